"""The routes of /graphql: from a request to its answer.

In: GET and POST at /graphql. Out: JSON; for browsers the playground, from the package's own files.
"""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Request
from graphql import OperationType, get_operation_ast
from starlette.responses import Response

from ... import ClauseGraphError
from ..pages import CSP_EDITOR, VENDOR, language_of, page
from ..problem import HttpProblem, status_of, wants_page
from ..reader import reader_of
from ..settings import Settings
from ..sparql.access import authorise
from ..sparql.runner import runner_of
from .cost import estimate
from .documents import Documents
from .examples import EXAMPLES
from .http import JSON, Asked, media_type, not_understood, read, refused, reply
from .lane import Lane
from .limits import Limits, refusal
from .ready import Asking
from .schema import schema
from .trusted import load_trusted


def create_router(settings: Settings) -> APIRouter:
    """The routes, with the limits and trusted documents that the settings name."""
    limits = Limits.of(settings)
    documents = Documents(schema._schema, limits)
    trusted = load_trusted(settings)
    lane = Lane(settings.query_workers + settings.query_queue)
    router = APIRouter(include_in_schema=False)

    @router.get("/graphql")
    @router.post("/graphql")
    async def graphql(request: Request) -> Response:
        if request.method == "GET" and wants_page(request):
            built = (VENDOR / "graphql.js").is_file()
            return page(request, "graphql.html", csp=CSP_EDITOR, examples=EXAMPLES, built=built)
        kind = JSON
        try:
            kind = media_type(request)
            asked = await read(request)
            query = trusted.text(asked.query, asked.document_id)
            return await _answer(request, kind, asked, query, documents, lane)
        except ClauseGraphError as error:
            return not_understood(kind, error, status_of(error))

    return router


async def _answer(request: Request, kind: str, asked: Asked, query: str, documents: Documents, lane: Lane) -> Response:
    """The answer to a query. Raises `HttpProblem` for an operation that may not be run so."""
    limits = documents.limits
    ready = documents.prepare(query)
    if ready.document is None:
        return refused(kind, list(ready.errors))
    operation = get_operation_ast(ready.document, asked.operation)
    if operation is None:
        raise _no_operation(asked.operation)
    headers: dict[str, str] = {}
    if operation.operation is OperationType.MUTATION:
        if request.method != "POST":
            raise HttpProblem(
                "A mutation cannot come by GET.", status=405, mend="Send it by POST.", headers={"Allow": "POST"}
            )
        authorise(request)
        headers["Cache-Control"] = "no-store"
    cost = estimate(documents.schema, ready.document, operation, asked.variables)
    if cost > limits.cost:
        return refused(kind, [refusal("cost", limits.cost, cost)])
    context = await _context(request)
    context.document = ready.document
    try:
        with lane.request(limits.seconds):
            result = await asyncio.wait_for(
                schema.execute(
                    query, variable_values=asked.variables, context_value=context, operation_name=asked.operation
                ),
                limits.seconds,
            )
    except TimeoutError:
        return refused(kind, [refusal("time", limits.seconds)], status=503)
    if result.data is None and result.errors and not any(error.path for error in result.errors):
        return refused(kind, result.errors)  # the values of the variables do not fit
    body: dict[str, Any] = {"errors": [error.formatted for error in result.errors]} if result.errors else {}
    return reply(kind, body | {"data": result.data}, headers=headers)


def _no_operation(name: str | None) -> HttpProblem:
    if name is None:
        return HttpProblem("The query has several operations.", status=400, mend="Name one of them: operationName.")
    return HttpProblem(f"The query has no operation “{name[:80]}”.", status=400, mend="Correct operationName.")


async def _context(request: Request) -> Asking:
    """One context a request."""
    reader = reader_of(request)
    context = Asking(
        await reader.store(),
        lang=language_of(request),
        base_url=str(request.base_url),
        deadline=request.app.state.deadline,
        reports=request.app.state.settings.reports,
        stoppable=runner_of(request).stoppable,
    )
    context.request = request
    return context
