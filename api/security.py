"""Headers that keep browsers from doing with an answer what it is not for.

In: any answer of the server. Out: the same with a Content-Security-Policy and its like, unless it brings its own.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .pages import CSP

__all__ = ["SECURITY", "SecurityHeaders"]

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
