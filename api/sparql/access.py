"""Who may do what: everybody reads, from any page; who has the token writes, where a token is set at all.

In: a request. Out: headers for pages of other hosts (`OpenToAll`); `HttpProblem` from `authorise`.
"""

from __future__ import annotations

import hmac

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..problem import HttpProblem
from ..settings import Settings

READ = "GET, HEAD, POST, OPTIONS"
METHODS = {
    "/sparql": READ,
    "/history/sparql": READ,
    "/graphs": "GET, HEAD, PUT, POST, DELETE, OPTIONS",
    "/.well-known/void": "GET, HEAD, OPTIONS",
}
#: What a page of another host may send and see. There are no cookies here, so any origin may be let in.
SHARED = (
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"ETag, Content-Disposition, Link, Location, Retry-After, WWW-Authenticate",
    ),
)
PREFLIGHT = {
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def authorise(request: Request) -> None:
    """Let a write pass. Raises `HttpProblem`: 403 where writing is off, 401 for a missing or wrong token."""
    settings: Settings = request.app.state.settings
    if settings.write_token is None:
        raise HttpProblem(
            "This server only answers queries; updates are switched off.",
            status=403,
            mend="Write with the command line, or start the server with CLAUSEGRAPH_WRITE_TOKEN set.",
        )
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not given.strip():
        raise HttpProblem(
            "An update needs the server's token.",
            status=401,
            mend="Send the header “Authorization: Bearer TOKEN”.",
            headers={"WWW-Authenticate": 'Bearer realm="clausegraph"'},
        )
    wanted = settings.write_token.get_secret_value()
    if not hmac.compare_digest(given.strip().encode(), wanted.encode()):
        raise HttpProblem(
            "The token is not the one that this server wants.",
            status=401,
            mend="Ask who runs the server for the token.",
            headers={"WWW-Authenticate": 'Bearer realm="clausegraph", error="invalid_token"'},
        )


def methods_at(path: str) -> str:
    """The methods of an address here, "" for one of another part of the server."""
    return METHODS["/graphs"] if path.startswith("/graphs/") else METHODS.get(path, "")


class OpenToAll:
    """Answers OPTIONS and adds the headers that pages of other hosts need, to errors as well."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it only asks what it may ask."""
        path = scope.get("path", "").removeprefix(scope.get("root_path", "").rstrip("/"))
        methods = methods_at(path) if scope["type"] == "http" else ""
        if not methods:
            await self.app(scope, receive, send)
            return

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.raw.extend(SHARED)
                vary = headers.get("Vary", "")
                if vary != "Accept" and "accept" not in [name.strip().lower() for name in vary.split(",")]:
                    headers["Vary"] = f"{vary}, Accept" if vary else "Accept"
                if message["status"] == 405:
                    headers["Allow"] = methods
            await send(message)

        if scope["method"] == "OPTIONS":
            allowed = {"Allow": methods, "Access-Control-Allow-Methods": methods} | PREFLIGHT
            raw = [(name.lower().encode(), value.encode()) for name, value in allowed.items()]
            await add({"type": "http.response.start", "status": 204, "headers": raw})
            await send({"type": "http.response.body", "body": b""})
            return
        await self.app(scope, receive, add)
