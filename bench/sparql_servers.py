"""The servers that `bench.sparql` compares, one a process: `python -m bench.sparql_servers NAME PORT STORE NQUADS`.

In: a store of ours (its newest snapshot is read) and the same quads as a file. Out: a server on the loopback.

``inline`` is the least that a route in FastAPI on uvicorn can do: pyoxigraph answers and serialises inside the event
loop. Nothing is checked, limited or negotiated, and a query that does not end stops it for all. ``rdflib-endpoint`` is
the package of that name as it comes, over rdflib's own store in memory.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import Response


def inline(store: Path) -> FastAPI:
    """Query and serialise, nothing else."""
    snapshots = sorted((store / "snapshots").glob("current-*[0-9]"), key=lambda path: int(path.name[8:]))
    graphs = ox.Store.read_only(str(snapshots[-1]))
    app = FastAPI()

    @app.get("/sparql")
    async def sparql(request: Request) -> Response:
        found: Any = graphs.query(request.query_params["query"], use_default_graph_as_union=True)
        return Response(
            found.serialize(format=ox.QueryResultsFormat.JSON), media_type="application/sparql-results+json"
        )

    return app


def rdflib_endpoint(nquads: Path) -> FastAPI:
    """rdflib-endpoint over the same quads; its default graph is the union as well."""
    from rdflib import Dataset
    from rdflib_endpoint import SparqlEndpoint

    graphs = Dataset(default_union=True)
    graphs.parse(nquads, format="nquads")
    return SparqlEndpoint(graph=graphs, path="/sparql")


def main(name: str, port: str, store: str, nquads: str) -> None:
    """Serve until killed."""
    app = inline(Path(store)) if name == "inline" else rdflib_endpoint(Path(nquads))
    # As `clausegraph serve` sets it.
    uvicorn.run(app, port=int(port), log_level="error", access_log=False, server_header=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
