"""GraphQL over HTTP: what a request says, and the form its answer takes (the specification's draft of 2025).

In: an HTTP request. Out: `Asked`, or `HttpProblem`; `reply` writes an answer in the media type that the client reads.

A request that a form or link of another site could send changes nothing: GET asks queries alone, and POST takes only
`application/json`, which browsers do not send to another origin without asking first. There is no batching.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from graphql import GraphQLError
from starlette.responses import Response

from ... import ClauseGraphError
from ...ingest.read.limits import DEFAULT_LIMITS
from ..negotiation import choose
from ..problem import HttpProblem, headers_of
from ..sparql.access import authorise
from ..sparql.protocol import content_type, limited

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"
OFFERS = ((JSON, JSON), (GRAPHQL, GRAPHQL))
MAX_BYTES = 1_000_000
#: What who may write can send: a whole policy, its letters escaped.
MAX_BYTES_WRITING = 3 * DEFAULT_LIMITS.max_bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks. Whether that may be answered is not said here."""

    query: str | None
    document_id: str | None
    operation: str | None
    variables: dict[str, Any]


async def read(request: Request) -> Asked:
    """The request's query, or the id of one, with its variables."""
    if request.method == "POST":
        given = await _body(request)
    else:
        given = dict(request.query_params)
        for name in ("variables", "extensions"):
            if given.get(name):
                given[name] = _json(given[name], name)
    variables = _checked(given, "variables", dict) or {}
    extensions = _checked(given, "extensions", dict) or {}
    document = _checked(given, "documentId", str)
    if document is None and isinstance(persisted := extensions.get("persistedQuery"), dict):
        document = _checked(persisted, "sha256Hash", str)
    return Asked(_checked(given, "query", str), document, _checked(given, "operationName", str) or None, variables)


async def _body(request: Request) -> dict[str, Any]:
    kind, charset = content_type(request)
    if kind != JSON:
        raise HttpProblem(
            f"A GraphQL request cannot come as “{kind[:80] or 'no content type'}”.",
            status=415,
            mend='Send {"query": "…"} as application/json.',
            headers={"Accept-Post": JSON},
        )
    if charset not in ("", "utf-8", "utf8"):
        raise HttpProblem(f"A GraphQL request cannot come in {charset[:40]}.", status=415, mend="Send it in UTF-8.")
    limit = MAX_BYTES_WRITING if _may_write(request) else MAX_BYTES
    given = _json(b"".join([chunk async for chunk in limited(request, limit)]), "request")
    if isinstance(given, list):
        raise HttpProblem("Requests are not taken in batches.", status=400, mend="Send one request for each query.")
    if not isinstance(given, dict):
        raise HttpProblem("A GraphQL request is a JSON object.", status=400, mend='Send {"query": "…"}.')
    return given


def _may_write(request: Request) -> bool:
    if "authorization" not in request.headers:
        return False
    try:
        authorise(request)
    except HttpProblem:
        return False
    return True


def _json(text: str | bytes, name: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise HttpProblem(f"The {name} cannot be read as JSON: {error}.", status=400, mend="Correct it.") from error


def _checked(given: Mapping[str, Any], name: str, kind: type) -> Any:
    """A member of the request, None where it is absent or null."""
    value = given.get(name)
    if value is None or isinstance(value, kind):
        return value
    wanted = "an object" if kind is dict else "a string"
    raise HttpProblem(f"“{name}” of a GraphQL request is {wanted} or null.", status=400, mend="Correct it.")


def media_type(request: Request) -> str:
    """The form of the answer. Who accepts neither is told so in JSON."""
    accept = request.headers.get("accept", "")
    found = choose(accept, OFFERS)
    if found is None:
        raise HttpProblem(f"An answer cannot come as “{accept[:80]}”.", status=406, mend=f"Accept {GRAPHQL} or {JSON}.")
    return found


def reply(
    kind: str, answer: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """An answer: JSON as short as it can be, with letters of all scripts as they are."""
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    vary = {"Vary": "Accept", "Content-Type": f"{kind}; charset=utf-8"}
    return Response(text.encode("utf-8", "backslashreplace"), status, headers={**vary, **(headers or {})})


def refused(kind: str, errors: list[GraphQLError], status: int = 400) -> Response:
    """The answer to a query that is not run. As plain JSON it comes with 200, since clients of that kind expect so."""
    body = {"errors": [error.formatted for error in errors]}
    return reply(kind, body, 200 if kind == JSON and status == 400 else status)


def not_understood(kind: str, error: ClauseGraphError, status: int) -> Response:
    """The answer to a request that cannot even be a query."""
    body = {"errors": [{"message": str(error), "extensions": {"mend": error.mend}}]}
    return reply(kind, body, status, headers_of(error))
