"""The SPARQL 1.1 Protocol's requests.

In: an HTTP request. Out: `Asked`, or `HttpProblem` where the protocol is not kept.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.datastructures import URL
from starlette.types import Scope

from ..problem import HttpProblem
from .access import authorise

QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
FORM = "application/x-www-form-urlencoded"
MAX_QUERY_BYTES = 1_000_000
MAX_UPDATE_BYTES = 8_000_000
#: A name of a host cannot be longer; the port comes on top.
_LONGEST_HOST = 300
DATASET = ("default-graph-uri", "named-graph-uri")
USING = ("using-graph-uri", "using-named-graph-uri")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks: a query, an update (with the token checked already) or, with neither, a description.

    ``default`` and ``named``: the graphs that the protocol's parameters name; None where there are no such parameters.
    """

    query: str | None
    update: str | None
    default: tuple[str, ...] | None
    named: tuple[str, ...] | None
    format: str


async def read(request: Request) -> Asked:
    """The request's query or update and its graphs."""
    parameters = list(request.query_params.multi_items())
    if request.method == "POST":
        parameters += await _body(request)
    texts = {name: [value for key, value in parameters if key == name] for name in ("query", "update")}
    if sum(map(len, texts.values())) > 1:
        raise HttpProblem("The request brings more than one query or update.", status=400, mend="Send one at a time.")
    update = texts["update"][0] if texts["update"] else None
    if update is not None:
        if request.method != "POST":
            raise HttpProblem("An update cannot come by GET.", status=400, mend="Send it by POST.")
        authorise(request)
    own, others = (USING, DATASET) if update is not None else (DATASET, USING)
    if misplaced := next((key for key, _ in parameters if key in others), None):
        raise HttpProblem(
            f"{misplaced} belongs to {'queries' if update is not None else 'updates'}.",
            status=400,
            mend=f"Name the graphs with {own[0]} and {own[1]}.",
        )
    graphs = [tuple(value for key, value in parameters if key == name) for name in own]
    given = any(graphs)
    return Asked(
        texts["query"][0] if texts["query"] else None,
        update,
        graphs[0] if given else None,
        graphs[1] if given else None,
        next((value for key, value in parameters if key == "format"), ""),
    )


async def _body(request: Request) -> list[tuple[str, str]]:
    kind, charset = content_type(request)
    if kind not in (QUERY, UPDATE, FORM):
        raise HttpProblem(
            f"A query cannot come as “{kind[:80] or 'no content type'}”.",
            status=415,
            mend=f"Send {QUERY}, {UPDATE} or a form ({FORM}).",
            headers={"Accept-Post": f"{QUERY}, {UPDATE}, {FORM}"},
        )
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise HttpProblem(f"A query cannot come in {charset[:40]}.", status=415, mend="Send it in UTF-8.")
    if kind == UPDATE:
        authorise(request)
    limit = MAX_UPDATE_BYTES if kind == UPDATE else MAX_QUERY_BYTES
    try:
        text = b"".join([chunk async for chunk in limited(request, limit)]).decode("utf-8")
        if kind == FORM:
            return parse_qsl(text, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError as error:
        raise HttpProblem(f"The query is not UTF-8: {error}.", status=400, mend="Send it in UTF-8.") from error
    return [("update" if kind == UPDATE else "query", text)]


def content_type(request: Request) -> tuple[str, str]:
    """The media type and the charset, in small letters, "" where there is none."""
    kind, *rest = (part.strip() for part in request.headers.get("content-type", "").split(";"))
    values = (part.partition("=") for part in rest)
    charset = next((value.strip(' "') for name, _, value in values if name.strip().lower() == "charset"), "")
    return kind.lower(), charset.lower()


async def limited(request: Request, limit: int) -> AsyncGenerator[bytes, None]:
    """The body in pieces; `HttpProblem` 413 once it is larger than the limit."""
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise HttpProblem(
                f"The request's body is larger than {limit:,} bytes.", status=413, mend="Send it in several parts."
            )
        yield chunk


def address(request: Request) -> str:
    """The URL that was asked, without its parameters: what relative IRIs start from."""
    return address_of(request.scope, request.headers.get("host", ""))


def address_of(scope: Scope, host: str) -> str:
    """The same from a scope and its Host header."""
    server = scope.get("server")
    named = host if len(host) <= _LONGEST_HOST else ""
    return _address(scope.get("scheme", "http"), None if server is None else tuple(server), named, scope["path"])


@lru_cache(maxsize=256)
def _address(scheme: str, server: tuple[str, int | None] | None, host: str, path: str) -> str:
    """Clients ask few different ones, and taking one apart costs more than all else here."""
    headers = [(b"host", host.encode("latin-1"))] if host else []
    url = URL(scope={"type": "http", "scheme": scheme, "server": server, "path": path, "headers": headers})
    return str(url).rstrip("?#")


def root_of(request: Request) -> str:
    """The URL at which the server's own addresses start, without the last slash."""
    return str(request.base_url).rstrip("/")
