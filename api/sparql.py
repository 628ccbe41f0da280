"""The graph over the SPARQL 1.1 Protocol (queries).

In: GET or POST at /sparql. Out: results in the form asked for by Accept or ``format=``; a page for browsers.

Queries of strangers run in worker processes (`queries.pool`) on the newest snapshot; nothing here runs them itself,
but for an app over a store in memory, which has no snapshot that another process could read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import parse_qsl

from fastapi import APIRouter, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from .. import ClauseGraphError
from ..ontology.terms import ID, shorten
from ..queries.guard import fence_query
from ..queries.lexer import query_form
from ..queries.pool import SnapshotPool
from ..queries.store import Store
from ..queries.store.formats import GRAPH_FORMATS, MEDIA_TYPES, PREFIXES, RESULT_FORMATS
from . import negotiation
from .pages import page
from .problem import status_of, wants_page
from .settings import Settings

router = APIRouter(tags=["sparql"])

MAX_QUERY_BYTES = 1_000_000
FIRST_QUERY = """PREFIX cg: <https://w3id.org/clausegraph/ontology#>
PREFIX dct: <http://purl.org/dc/terms/>

SELECT ?title ?practice ?quote WHERE {
  ?statement cg:inVersion/dct:title ?title ;
             cg:practice ?practice ;
             cg:quote ?quote .
}
LIMIT 20
"""


class Runner(Protocol):
    """Runs a stranger's query and gives its serialised result."""

    def run(
        self, sparql: str, format: str, *, default_graphs: list[str] | None, named_graphs: list[str] | None
    ) -> bytes:
        """Blocks until the result is there; raises `ClauseGraphError`."""
        ...


class InlineRunner:
    """For a store that only this process can read."""

    def __init__(self, store: Store, max_bytes: int) -> None:
        self._store = store
        self._max_bytes = max_bytes

    def run(
        self, sparql: str, format: str, *, default_graphs: list[str] | None, named_graphs: list[str] | None
    ) -> bytes:
        """Run it here, fenced all the same."""
        return self._store.query_serialised(
            fence_query(sparql),
            format,
            default_graphs=default_graphs,
            named_graphs=named_graphs,
            max_bytes=self._max_bytes,
        )


class LazyPool:
    """A pool that starts its processes with the first query."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pool: SnapshotPool | None = None

    def run(
        self, sparql: str, format: str, *, default_graphs: list[str] | None, named_graphs: list[str] | None
    ) -> bytes:
        """Run it in a worker process."""
        if self._pool is None:
            self._pool = SnapshotPool(
                self._settings.store,
                workers=self._settings.query_workers,
                seconds=self._settings.query_seconds,
                max_bytes=int(self._settings.query_megabytes * 1e6),
            )
        return self._pool.run(sparql, format, default_graphs=default_graphs, named_graphs=named_graphs)

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.close()


@contextmanager
def open_runner(app: FastAPI, settings: Settings, store: Store | None) -> Iterator[None]:
    """Give the app its runner for as long as it lives."""
    if store is not None:
        app.state.sparql = InlineRunner(store, int(settings.query_megabytes * 1e6))
        yield
        return
    pool = LazyPool(settings)
    app.state.sparql = pool
    try:
        yield
    finally:
        pool.close()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks; ``query`` is None where it brings none."""

    query: str | None
    default_graphs: list[str] | None
    named_graphs: list[str] | None
    format: str


@router.get("/sparql", summary="Ask a SPARQL query", response_class=Response)
@router.post("/sparql", summary="Ask a SPARQL query", response_class=Response)
async def sparql(request: Request) -> Response:
    """SPARQL 1.1 Protocol: GET ?query=, POST as a form, POST as application/sparql-query."""
    asked = await read(request)
    if asked.query is None:
        if wants_page(request):
            return form(request, FIRST_QUERY)
        raise HTTPException(400, "The request brings no query: give one as the parameter `query`.")
    name = form_of_answer(request, asked)
    runner: Runner = request.app.state.sparql
    graphs = {"default_graphs": asked.default_graphs, "named_graphs": asked.named_graphs}
    if name == "html":
        return await run_in_threadpool(answer_page, request, runner, asked.query, graphs)
    body = await run_in_threadpool(lambda: runner.run(asked.query or "", name, **graphs))
    charset = "; charset=utf-8" if MEDIA_TYPES[name].startswith("text/") else ""
    headers = {"Vary": "Accept", "Access-Control-Allow-Origin": "*"}
    return Response(body, headers=headers | {"Content-Type": MEDIA_TYPES[name] + charset})


async def read(request: Request) -> Asked:
    """The request's query and datasets. Raises `HTTPException` where the protocol is not kept."""
    parameters = list(request.query_params.multi_items())
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_QUERY_BYTES:
                raise HTTPException(413, f"The query is larger than {MAX_QUERY_BYTES:,} bytes.")
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError as error:
            raise HTTPException(400, f"The query is not UTF-8: {error}.") from error
        if kind == "application/sparql-query":
            parameters.append(("query", text))
        elif kind == "application/x-www-form-urlencoded":
            parameters += parse_qsl(text, keep_blank_values=True)
        elif kind == "application/sparql-update":
            raise HTTPException(403, "This endpoint answers queries; it takes no updates.")
        else:
            raise HTTPException(
                415,
                f"A query cannot come as “{kind or 'no content type'}”: send application/sparql-query or a form.",
            )
    queries = [value for name, value in parameters if name == "query"]
    if len(queries) > 1:
        raise HTTPException(400, "The request brings more than one query.")
    if any(name == "update" for name, _ in parameters):
        raise HTTPException(403, "This endpoint answers queries; it takes no updates.")
    graphs = {
        key: [value for name, value in parameters if name == key] for key in ("default-graph-uri", "named-graph-uri")
    }
    given = any(graphs.values())
    return Asked(
        queries[0] if queries else None,
        graphs["default-graph-uri"] if given else None,
        graphs["named-graph-uri"] if given else None,
        next((value for name, value in parameters if name == "format"), ""),
    )


def form_of_answer(request: Request, asked: Asked) -> str:
    """A short name of `MEDIA_TYPES`, or "html". Raises `HTTPException` 406 where nothing fits."""
    tables = query_form(asked.query or "") in ("select", "ask", None)
    names = list(RESULT_FORMATS) if tables else list(GRAPH_FORMATS)
    if asked.format:
        by_type = {MEDIA_TYPES[name]: name for name in names}
        if asked.format in (*names, "html"):
            return asked.format
        if asked.format in by_type:
            return by_type[asked.format]
        raise HTTPException(406, f"This query cannot be answered as “{asked.format[:60]}”: ask for {', '.join(names)}.")
    offers = [(name, MEDIA_TYPES[name]) for name in names]
    offers += [("html", "text/html")]
    offers += [("json", "application/json"), ("xml", "application/xml")] if tables else [("turtle", "text/plain")]
    found = negotiation.choose(request.headers.get("accept", ""), offers)
    if found is None:
        raise HTTPException(406, f"This query can be answered as {', '.join(names)}, not as the Accept header wants.")
    return found


def form(request: Request, text: str, *, status: int = 200, **values: Any) -> Response:
    """The page with the query form."""
    shown: dict[str, Any] = {"answer": None, "graph": "", "error": "", "mend": "", "format": "html"} | values
    formats = ["html", *RESULT_FORMATS, *GRAPH_FORMATS]
    base = str(request.base_url).rstrip("/")
    return page(
        request, "sparql.html", status=status, text=text, formats=formats, prefixes=PREFIXES, base=base, **shown
    )


def answer_page(request: Request, runner: Runner, query: str, graphs: dict[str, list[str] | None]) -> Response:
    """The page with a query's result, or with what is wrong with it."""
    tables = query_form(query) in ("select", "ask", None)
    try:
        body = runner.run(query, "json" if tables else "turtle", **graphs)
    except ClauseGraphError as error:
        return form(request, query, status=status_of(error), error=str(error), mend=error.mend)
    if not tables:
        return form(request, query, graph=body.decode("utf-8"))
    return form(request, query, answer=table_of(json.loads(body), request.scope.get("root_path", "").rstrip("/")))


def table_of(result: dict[str, Any], root: str) -> dict[str, Any]:
    """SPARQL JSON as a template shows it: our own IRIs lead to their pages here."""

    def cell(term: dict[str, Any] | None) -> dict[str, str]:
        if term is None:
            return {"text": "", "href": ""}
        value = str(term["value"])
        if term["type"] != "uri":
            return {"text": value, "href": ""}
        href = f"{root}/id/{value.removeprefix(ID)}" if value.startswith(ID) else value
        return {"text": shorten(value), "href": href if href.startswith(("/", "http://", "https://")) else ""}

    if "boolean" in result:
        return {"boolean": result["boolean"], "variables": [], "rows": []}
    names = result["head"]["vars"]
    rows = [[cell(binding.get(name)) for name in names] for binding in result["results"]["bindings"]]
    return {"boolean": None, "variables": names, "rows": rows}
