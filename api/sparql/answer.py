"""A result as a response: in the form that the client wants, or "304: you have it already".

In: a request of `queries.requests`. Out: a response whose body is whole before its status is sent.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

from fastapi import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from ... import __version__
from ...queries.requests import Graph, Query, Reply
from ...queries.store.formats import GRAPH_FORMATS, MEDIA_TYPES, RESULT_FORMATS
from .. import negotiation
from ..problem import HttpProblem
from .runner import Runner, run, runner_of

#: Short names that other servers and clients use for ours (SPARQLWrapper sends some whatever the query).
TABLE_ALIASES = {"srj": "json", "srx": "xml", "sparql-results+json": "json", "sparql-results+xml": "xml"}
GRAPH_ALIASES = {
    "ttl": "turtle",
    "n3": "turtle",
    "nt": "ntriples",
    "n-triples": "ntriples",
    "rdf": "rdfxml",
    "xml": "rdfxml",
    "rdf+xml": "rdfxml",
    "json": "jsonld",
    "json-ld": "jsonld",
    "nq": "nquads",
    "n-quads": "nquads",
}
SUFFIXES = {"turtle": "ttl", "ntriples": "nt", "rdfxml": "rdf", "nquads": "nq"}
#: More of an Accept header than this nobody needs.
_LONGEST = 2000
#: Functions that give another result each time. (Inside a longer word they only cost a comparison.)
_VOLATILE = re.compile("now|rand|uuid|bnode", re.IGNORECASE)


def form_of_answer(request: Request, given: str, *, tables: bool, page: bool = True) -> str:
    """A short name of `MEDIA_TYPES`, or "html" (``page``): ``format=`` decides, else Accept.

    Raises `HttpProblem` 406 where nothing fits.
    """
    if not given and (wanted := negotiated(request.headers.get("accept", ""), tables=tables, page=page)):
        return wanted
    names = list(RESULT_FORMATS) if tables else list(GRAPH_FORMATS)
    mend = f"Ask for {', '.join([*names, 'html'] if page else names)}."
    if given:
        known = {name: name for name in names} | {MEDIA_TYPES[name]: name for name in names}
        known |= TABLE_ALIASES if tables else GRAPH_ALIASES
        known |= {"html": "html", "text/html": "html"} if page else {}
        found = known.get(given.strip().lower())
        if found is None:
            raise HttpProblem(f"This cannot be answered as “{given[:60]}”.", status=406, mend=mend)
        return found
    raise HttpProblem("This cannot be answered in any form that the Accept header names.", status=406, mend=mend)


def negotiated(accept: str, *, tables: bool, page: bool = True) -> str | None:
    """The form that an Accept header wants, None where none fits."""
    return _negotiated(accept[:_LONGEST], tables, page)


@lru_cache(maxsize=256)
def _negotiated(accept: str, tables: bool, page: bool) -> str | None:
    """The form that an Accept header wants, None where there is none. Clients send few different ones."""
    offers = [(name, MEDIA_TYPES[name]) for name in (RESULT_FORMATS if tables else GRAPH_FORMATS)]
    offers += [("html", "text/html")] if page else []
    offers += [("json", "application/json"), ("xml", "application/xml")] if tables else [("turtle", "text/plain")]
    return negotiation.choose(accept, offers)


async def deliver(request: Request, asked: Query | Graph, *, download: bool) -> Response:
    """Run it, unless the client has the result already. ``download``: browsers shall save it, not show it."""
    cacheable = request.method in ("GET", "HEAD")
    tag = ""
    if cacheable:
        tag = state_tag(runner_of(request), asked)
        if tag and matches(request, tag):
            return unchanged(tag)
    reply = await run(request, asked)
    if cacheable and not tag and reply.file is None:
        tag = tag_of(reply.data)
        if matches(request, tag):
            return unchanged(tag)
    headers = {"Content-Type": content_type_of(asked.format), "Vary": "Accept"}
    if tag:
        headers |= {"ETag": tag, "Cache-Control": "no-cache"}
    if download:
        stem = "graph" if isinstance(asked, Graph) else "results"
        headers["Content-Disposition"] = f'attachment; filename="{stem}.{SUFFIXES.get(asked.format, asked.format)}"'
    return response_of(request, reply, headers)


def state_tag(runner: Runner, asked: Query | Graph) -> str:
    """The ETag that the present state gives a request's answer, "" where it gives none.

    Take it before the query runs: should the state change meanwhile, the next request only asks in vain.
    """
    stamp = runner.stamp(asked.dataset)
    if not stamp or (isinstance(asked, Query) and _VOLATILE.search(asked.sparql)):
        return ""
    return tag_of(repr((__version__, stamp, *asked.fields)).encode())


def response_of(request: Request, reply: Reply, headers: dict[str, str]) -> Response:
    """The result with its length, so that nobody takes a broken connection for its end."""
    headers |= {"Content-Length": str(reply.length)}
    if request.method == "HEAD":
        reply.close()
        return Response(headers=headers)
    if reply.file is None:
        return Response(reply.data, headers=headers)
    return _Streamed(reply, headers)


class _Streamed(StreamingResponse):
    """A large result, piece by piece; its file is closed whether the client stays to the end or not."""

    def __init__(self, reply: Reply, headers: dict[str, str]) -> None:
        super().__init__(reply.chunks(), headers=headers)
        self._reply = reply

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._reply.close()


def content_type_of(name: str) -> str:
    """The media type of a short name, with the charset where it is text."""
    return MEDIA_TYPES[name] + ("; charset=utf-8" if MEDIA_TYPES[name].startswith("text/") else "")


def tag_of(data: bytes) -> str:
    """A weak ETag: the same result may come in another order."""
    return f'W/"{hashlib.sha256(data).hexdigest()[:32]}"'


def matches(request: Request, tag: str) -> bool:
    """Whether the client says that it has this."""
    given = request.headers.get("if-none-match", "")
    known = {each.strip().removeprefix("W/") for each in given.split(",")}
    return "*" in known or tag.removeprefix("W/") in known


def unchanged(tag: str) -> Response:
    """304."""
    return Response(status_code=304, headers={"ETag": tag, "Vary": "Accept", "Cache-Control": "no-cache"})
