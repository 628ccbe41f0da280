"""What every answer has: headers that keep browsers from doing with it what it is not for, and an answer to HEAD.

In: any answer of the server. Out: the same with a Content-Security-Policy and its like, unless it brings its own.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .pages import CSP

__all__ = ["SECURITY", "HeadAsGet", "SecurityHeaders"]

#: As they go over the wire, so that nothing is encoded for each answer.
SECURITY = (
    (b"content-security-policy", CSP.encode("ascii")),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)


class SecurityHeaders:
    """Headers that every answer carries; a page's own Content-Security-Policy stays."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and add the headers to its answer."""

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message.get("headers", ())
                there = {name.lower() for name, _ in headers}
                message["headers"] = [*headers, *(pair for pair in SECURITY if pair[0] not in there)]
            await send(message)

        await self.app(scope, receive, add if scope["type"] == "http" else send)


#: Paths that answer HEAD by themselves.
_OWN_HEAD = ("/sparql", "/history/sparql", "/graphs", "/static/", "/.well-known/void")


class HeadAsGet:
    """Answers HEAD wherever GET is answered, as HTTP asks, with the headers and without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask for the page and leave its body out."""
        if scope["type"] != "http" or scope["method"] != "HEAD" or scope["path"].startswith(_OWN_HEAD):
            await self.app(scope, receive, send)
            return

        async def headers_only(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self.app({**scope, "method": "GET"}, receive, headers_only)
