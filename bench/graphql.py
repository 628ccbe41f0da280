"""How long GraphQL takes beside the same answer by other ways, in one run on one server.

In: a folder of policies (default: the project's samples). Out: a table on standard output, medians and ratios.
`python -m bench.graphql [FOLDER] [--tries N]`. Every way gives 100 statements with facets, labels and evidence; that it
is the same answer is checked first. The ways take turns, so that a slow moment meets them all.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

PAGE = 100
QUERY = """query ($first: Int!) { statements(first: $first) { nodes {
  iri quote practice start end
  facets { facet concept { name label(lang: "en") } mentions { exact start end } }
} } }"""
SPARQL = """PREFIX cg: <https://w3id.org/clausegraph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?statement ?quote ?practice ?start ?end ?facet ?value ?label ?exact ?from ?to WHERE {
  { SELECT ?statement ?start WHERE {
      ?statement cg:practice ?any ; cg:start ?start ; cg:inVersion ?version .
      ?policy cg:currentVersion ?version
    } ORDER BY STR(?policy) ?start STR(?statement) LIMIT PAGE }
  ?statement cg:quote ?quote ; cg:practice ?practice ; cg:end ?end .
  OPTIONAL {
    ?mention cg:mentionOf ?statement ; cg:facet ?facet ; cg:value ?value ; cg:exact ?exact ; cg:start ?from ; cg:end ?to
    OPTIONAL { ?value skos:prefLabel ?label FILTER(LANG(?label) = "en") }
  }
}""".replace("PAGE", str(PAGE))
Fact = tuple[str, str, str, int, int]


def serve(place: str, port: Any) -> None:
    """The server: ours, with the two rivals beside it."""
    from clausegraph.api.app import create_app
    from clausegraph.api.cli.serve import address, listen
    from clausegraph.api.serving import server_of
    from clausegraph.api.settings import Settings
    from clausegraph.api.views.fetch import fetch_statements
    from clausegraph.api.views.search import StatementFilter, search
    from clausegraph.queries.store import open_store

    from .graphql_rivals import in_memory, naive

    store = open_store(place)
    hits = search(store, StatementFilter(), limit=PAGE)
    app = create_app(Settings(store=place, query_workers=1))
    app.include_router(naive(store))
    app.include_router(in_memory(fetch_statements(store, [hit.statement for hit in hits])))
    listener = listen("127.0.0.1", 0)
    port.send(address(listener))
    server_of(app).run(sockets=[listener])


def facts_of_graphql(answer: Any) -> set[Fact]:
    """Statement, concept, its label, and where its words stand."""
    return {
        (one["iri"], facet["concept"]["name"], facet["concept"]["label"], mention["start"], mention["end"])
        for one in answer["data"]["statements"]["nodes"]
        for facet in one["facets"]
        if facet["concept"]
        for mention in facet["mentions"]
    }


def facts_of_sparql(answer: Any) -> set[Fact]:
    """The same of a SPARQL result."""
    found = ({name: one["value"] for name, one in row.items()} for row in answer["results"]["bindings"])
    return {
        (row["statement"], row["value"].rpartition("#")[2], row["label"], int(row["from"]), int(row["to"]))
        for row in found
        if "label" in row
    }


def measure(client: httpx.Client, tries: int) -> dict[str, list[float]]:
    """Seconds of every way, by turns."""
    body = {"query": QUERY, "variables": {"first": PAGE}}
    ways: dict[str, Callable[[], httpx.Response]] = {
        "ours": lambda: client.post("/graphql", json=body),
        "sparql": lambda: client.post("/sparql", data={"query": SPARQL}, headers={"Accept": "application/json"}),
        "memory": lambda: client.post("/memory", json=body),
        "naive": lambda: client.post("/naive", json=body),
    }
    wanted = facts_of_graphql(ways["ours"]().json())
    for name, ask in ways.items():
        answer = json.loads(ask().raise_for_status().text)
        found = facts_of_sparql(answer) if name == "sparql" else facts_of_graphql(answer)
        if found != wanted or not wanted:
            raise SystemExit(f"{name} gives another answer: {len(found ^ wanted)} of {len(wanted)} facts differ.")
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(tries):
        for name, ask in ways.items():
            began = time.perf_counter()
            ask().read()
            taken[name].append(time.perf_counter() - began)
    return taken


def main() -> int:
    """Read the policies, start the server, ask, print."""
    from clausegraph.api.ingestion import ingest
    from clausegraph.ingest.read import discover
    from clausegraph.queries.store import open_store

    parser = argparse.ArgumentParser(description="Time GraphQL beside other ways to the same answer.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("api/samples"))
    parser.add_argument("--tries", type=int, default=60)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = str(Path(folder) / "store")
        with open_store(place, write=True) as store:
            landed = list(ingest(store, discover([str(chosen.folder)])))
        if failed := [one.error for one in landed if one.state == "failed"]:
            print(*failed, sep="\n", file=sys.stderr)
            return 2
        here, there = multiprocessing.Pipe()
        server = multiprocessing.get_context("spawn").Process(target=serve, args=(place, there))
        server.start()
        try:
            with httpx.Client(base_url=here.recv(), timeout=300, trust_env=False) as client:
                taken = measure(client, chosen.tries)
        finally:
            server.terminate()
            server.join()
    print(f"{PAGE} statements of {len(landed)} policies with facets, labels and evidence, {chosen.tries} turns")
    for name, seconds in taken.items():
        ratio = statistics.median(one / same for one, same in zip(seconds, taken["sparql"], strict=True))
        middle = statistics.median(seconds)
        print(f"{name:<8}{middle * 1000:8.1f} ms ({min(seconds) * 1000:.1f} at best) {ratio:8.2f} times SPARQL")
    return 0


if __name__ == "__main__":
    sys.exit(main())
