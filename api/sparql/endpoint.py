"""The SPARQL 1.1 Protocol at /sparql (what is in force) and /history/sparql (superseded versions, for reading).

In: GET or POST. Out: results in the form asked for by Accept or ``format=``; without a query, the service's
description, or a page for browsers.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response
from starlette.routing import Route

from ...queries.lexer import query_form
from ...queries.requests import Query, Update
from ...queries.store import DatasetName
from ..problem import HttpProblem, wants_page
from .answer import deliver, form_of_answer
from .description import service_description
from .page import FIRST_QUERY, answer_page, form
from .protocol import DATASET, Asked, address, read
from .runner import run

router = APIRouter(tags=["sparql"])


def _parameter(name: str, says: str, *, many: bool = False) -> dict[str, Any]:
    kind: dict[str, Any] = {"type": "string"}
    return {
        "name": name,
        "in": "query",
        "description": says,
        "schema": {"type": "array", "items": kind} if many else kind,
    }


READING: dict[str, Any] = {
    "parameters": [
        _parameter("query", "The query; without one, the answer describes the service."),
        *(_parameter(name, "A graph that the query sees, in place of all.", many=True) for name in DATASET),
        _parameter("format", "json, xml, csv, tsv, turtle, ntriples, rdfxml, jsonld, nquads, trig or html."),
    ]
}
SENDING: dict[str, Any] = {
    "requestBody": {
        "content": {
            "application/sparql-query": {"schema": {"type": "string"}},
            "application/sparql-update": {"schema": {"type": "string"}},
            "application/x-www-form-urlencoded": {"schema": {"type": "object"}},
        }
    }
}


@router.get("/sparql", summary="Ask a SPARQL query", response_class=Response, openapi_extra=READING)
@router.post("/sparql", summary="Ask a SPARQL query, or update", response_class=Response, openapi_extra=SENDING)
@router.head("/sparql", include_in_schema=False)
async def sparql(request: Request) -> Response:
    """SPARQL 1.1 Protocol. Updates need the server's token, where it has one."""
    asked = await read(request)
    if asked.update is not None:
        await run(request, Update(asked.update, address(request), asked.default or (), asked.named or ()))
        return Response(status_code=204)
    return await answer(request, asked, "current")


@router.get("/history/sparql", summary="Ask superseded versions", response_class=Response, openapi_extra=READING)
@router.post("/history/sparql", summary="Ask superseded versions", response_class=Response, openapi_extra=SENDING)
@router.head("/history/sparql", include_in_schema=False)
async def history(request: Request) -> Response:
    """The same over the versions that newer ones have replaced. It takes no updates: what was said stays as it was."""
    asked = await read(request)
    if asked.update is not None:
        raise HttpProblem(
            "Superseded versions cannot be updated.", status=403, mend="Update what is in force, at /sparql."
        )
    return await answer(request, asked, "history")


#: The same two, to stand before the routers: FastAPI looks twice through all routes of an included router and prepares
#: arguments that these do not have, which together takes as long as a small query. Its own routes describe them.
DIRECT = [
    Route("/sparql", sparql, methods=["GET", "POST"], include_in_schema=False),
    Route("/history/sparql", history, methods=["GET", "POST"], include_in_schema=False),
]


async def answer(request: Request, asked: Asked, dataset: DatasetName) -> Response:
    """A query's result, or what there is without one."""
    if asked.query is None:
        if request.method == "POST":
            raise HttpProblem("The request brings no query.", status=400, mend="Give one as the parameter “query”.")
        if wants_page(request):
            return form(request, FIRST_QUERY)
        return await service_description(request, dataset, asked.format)
    kind = query_form(asked.query)
    tables = kind in ("select", "ask", None)
    if kind is None:  # no query at all: what is wrong with it matters more than the form of the answer
        name = "html" if wants_page(request) else "json"
    else:
        name = form_of_answer(request, asked.format, tables=tables)
    query = Query(asked.query, name, dataset, address(request), asked.default, asked.named)
    if name == "html":
        return await answer_page(request, query, tables=tables)
    return await deliver(request, query, download=bool(asked.format))
