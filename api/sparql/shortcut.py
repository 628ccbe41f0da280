"""The short way of the plainest and commonest request: one query by GET, answered from memory.

In: an ASGI scope. Out: the answer that the routes of `endpoint` would give, byte for byte, 0.1 ms sooner; a
request with anything else to it (another parameter, a condition, an error) goes to the routes as it came.

A framework's routes, request objects and layers of middleware take twice as long as a small query itself. Nothing of
what keeps queries in bounds is here: `runner` runs, fences, limits and queues these as all others.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import unquote_to_bytes

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ... import ClauseGraphError
from ...queries.lexer import query_form
from ...queries.requests import Query, Reply
from ...queries.store import DatasetName
from ..security import SECURITY
from .access import SHARED
from .answer import content_type_of, negotiated, response_of, state_tag, tag_of
from .protocol import address_of
from .runner import FAILURE, Runner

DATASETS: dict[str, DatasetName] = {"/sparql": "current", "/history/sparql": "history"}
#: The headers after those that an answer has of its own, in the order in which the middlewares add them.
_REST = (*SHARED, *SECURITY)
_START = b"query="


class Shortcut:
    """Answers plain queries and passes all else on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the app answer."""
        query = plain(scope)
        if query is None:
            await self.app(scope, receive, send)
            return
        runner: Runner = scope["app"].state.sparql
        tag = state_tag(runner, query)
        try:
            reply = await runner.answer(query)
        except ClauseGraphError as error:
            await self.app({**scope, FAILURE: error}, receive, send)
            return
        if not tag and reply.file is None:
            tag = tag_of(reply.data)
        headers = _headers(query.format, tag, reply)
        if reply.file is not None:
            response = response_of(Request(scope), reply, {})
            response.raw_headers = headers
            await response(scope, receive, send)
            return
        start: Message = {"type": "http.response.start", "status": 200, "headers": headers}
        await send(start)
        await send({"type": "http.response.body", "body": reply.data})


def plain(scope: Scope) -> Query | None:
    """The query of a request that brings one by GET and nothing else, None for every other request."""
    if scope["type"] != "http" or scope["method"] != "GET" or scope.get("root_path"):
        return None
    dataset = DATASETS.get(scope["path"])
    given: bytes = scope["query_string"]
    if dataset is None or not given.startswith(_START) or b"&" in given or not given.isascii():
        return None
    accept = host = None
    for name, value in scope["headers"]:
        if name == b"accept":
            accept = value if accept is None else accept
        elif name == b"host":
            host = value if host is None else host
        elif name == b"if-none-match":
            return None
    sparql = unquote_to_bytes(given[len(_START) :].replace(b"+", b" ")).decode("utf-8", "replace")
    kind = query_form(sparql)
    if kind is None:
        return None
    form = negotiated((accept or b"").decode("latin-1"), tables=kind in ("select", "ask"))
    if form is None or form == "html":
        return None
    return Query(sparql, form, dataset, address_of(scope, (host or b"").decode("latin-1")))


def _headers(form: str, tag: str, reply: Reply) -> list[tuple[bytes, bytes]]:
    length = (b"content-length", b"%d" % reply.length)
    if not tag:
        return [*_fixed(form), length, *_REST]
    return [*_fixed(form), (b"etag", tag.encode("ascii")), (b"cache-control", b"no-cache"), length, *_REST]


@lru_cache(maxsize=32)
def _fixed(form: str) -> tuple[tuple[bytes, bytes], ...]:
    return ((b"content-type", content_type_of(form).encode("ascii")), (b"vary", b"Accept"))
