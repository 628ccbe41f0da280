"""The SPARQL 1.1 Graph Store Protocol at /graphs: whole graphs by name. Reading is open, writing needs the token.

In: ``?graph=IRI``, ``?default`` (the graph without a name, not the union that queries see), or the graph's own address
below ``/graphs/``. Out: RDF; 201 or 204 after a write.
"""

from __future__ import annotations

import uuid

import pyoxigraph as ox
from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.responses import Response

from ...ontology.external import ExternalError, check_entities
from ...queries.requests import BODY_TYPES, DropGraph, Graph, PutGraph
from ...queries.store import GraphMissing
from ..pages import raw_path
from ..problem import HttpProblem
from .access import authorise
from .answer import deliver, form_of_answer
from .protocol import content_type, limited, root_of
from .runner import run

router = APIRouter(tags=["sparql"])

MAX_GRAPH_BYTES = 64_000_000
MULTIPART = "multipart/form-data"


@router.get("/graphs", summary="Read a graph", response_class=Response)
@router.get("/graphs/{path:path}", include_in_schema=False)
@router.head("/graphs", include_in_schema=False)
@router.head("/graphs/{path:path}", include_in_schema=False)
async def read(request: Request) -> Response:
    """A graph, as Turtle, N-Triples, RDF/XML, JSON-LD, N-Quads or TriG."""
    graph = named(request)
    given = request.query_params.get("format", "")
    name = form_of_answer(request, given, tables=False, page=False)
    return await deliver(request, Graph(graph, name), download=bool(given))


@router.put("/graphs", summary="Replace a graph", response_class=Response)
@router.put("/graphs/{path:path}", include_in_schema=False)
async def put(request: Request) -> Response:
    """Put a graph in the place of what is there."""
    authorise(request)
    return await write(request, named(request), replace=True)


@router.post("/graphs", summary="Add to a graph", response_class=Response)
@router.post("/graphs/{path:path}", include_in_schema=False)
async def post(request: Request) -> Response:
    """Add to a graph; without a name, make a new one and say where it is."""
    authorise(request)
    if not direct_name(request) and not {"graph", "default"} & set(request.query_params):
        return await write(request, f"{base_of(request)}/{uuid.uuid4()}", replace=False)
    return await write(request, named(request), replace=False)


@router.delete("/graphs", summary="Drop a graph", response_class=Response)
@router.delete("/graphs/{path:path}", include_in_schema=False)
async def delete(request: Request) -> Response:
    """Drop a graph; the one without a name is emptied."""
    authorise(request)
    graph = named(request)
    if (await run(request, DropGraph(graph))).read() != b"dropped":
        raise GraphMissing(f"There is no graph {graph}.")
    return Response(status_code=204)


async def write(request: Request, graph: str | None, *, replace: bool) -> Response:
    """Send the body to the store."""
    parts = await parts_of(request)
    for data, media_type in parts:
        if media_type == "application/rdf+xml":
            _refuse_bombs(data)
    base = graph or base_of(request)
    created = (await run(request, PutGraph(graph, parts, base, replace))).read() == b"created"
    if created and graph is not None:
        return Response(status_code=201, headers={"Location": graph})
    return Response(status_code=204)


def _refuse_bombs(data: bytes) -> None:
    """`HttpProblem` 400 for XML whose entities would grow beyond all bounds: the parser would not survive it."""
    try:
        check_entities(data, "The document")
    except ExternalError as error:
        raise HttpProblem(str(error), status=400, mend=error.mend) from error


async def parts_of(request: Request) -> tuple[tuple[bytes, str], ...]:
    """The documents in the body with their media types; several where it is a form with files."""
    kind, charset = content_type(request)
    if kind == MULTIPART:
        parser = MultiPartParser(request.headers, limited(request, MAX_GRAPH_BYTES))
        try:
            form = await parser.parse()
        except (MultiPartException, KeyError) as error:
            reason = getattr(error, "message", "") or "it has no boundary"
            raise HttpProblem(f"The form cannot be read: {reason}.", status=400) from error
        try:
            files = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
            if not files:
                raise HttpProblem("The form brings no file.", status=400, mend="Send each document as a file.")
            return tuple([(await file.read(), known(file.content_type or "")) for file in files])
        finally:
            await form.close()
    media_type = known(kind)
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise HttpProblem(f"A graph cannot come in {charset[:40]}.", status=415, mend="Send it in UTF-8.")
    return ((b"".join([chunk async for chunk in limited(request, MAX_GRAPH_BYTES)]), media_type),)


def known(kind: str) -> str:
    """A media type that a graph may come in; `HttpProblem` 415 for others."""
    media_type = kind.partition(";")[0].strip().lower()
    if media_type not in BODY_TYPES:
        wanted = ", ".join(BODY_TYPES)
        raise HttpProblem(
            f"A graph cannot come as “{media_type[:80] or 'no content type'}”.",
            status=415,
            mend=f"Send one of {wanted}, or files of these in a form ({MULTIPART}).",
        )
    return media_type


def named(request: Request) -> str | None:
    """The graph that a request is about, None for the one without a name."""
    parameters = request.query_params
    given = parameters.getlist("graph")
    direct = direct_name(request)
    if bool(direct) + len(given) + ("default" in parameters) != 1:
        raise HttpProblem(
            "The request must name one graph.",
            status=400,
            mend="Give ?graph=IRI, or ?default, or the graph's address below /graphs/.",
        )
    if "default" in parameters:
        return None
    name = given[0] if given else f"{base_of(request)}/{direct}"
    try:
        return ox.NamedNode(name).value
    except ValueError as error:
        raise HttpProblem(
            f"“{name[:200]}” is no absolute IRI: {error}.", status=400, mend="Give a full https://… address."
        ) from error


def direct_name(request: Request) -> str:
    """What stands below /graphs/, as it was sent."""
    root = request.scope.get("root_path", "").rstrip("/")
    return raw_path(request).removeprefix(root).removeprefix("/graphs").removeprefix("/")


def base_of(request: Request) -> str:
    """The address of /graphs."""
    return f"{root_of(request)}/graphs"
