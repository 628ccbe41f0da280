"""The server that an app runs in: uvicorn, which gives each answer to the network in one piece where it fits.

In: an app. Out: a `uvicorn.Server`. uvicorn writes the head of an answer and then its body; written together they spare
a system call, and the client a second waking.
"""

from __future__ import annotations

import asyncio
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["server_of"]

#: What is larger does not wait for more.
_LARGE = 32_000


def server_of(app: ASGIApp) -> uvicorn.Server:
    """The server for an app, ready to run."""
    config = uvicorn.Config(app, http=JoinedProtocol, log_level="warning", access_log=False, server_header=False)
    return uvicorn.Server(config)


class JoinedProtocol(H11Protocol):
    """uvicorn's protocol over a transport that joins what is written in one turn of the event loop."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A connection has come."""
        super().connection_made(_Joined(transport, self.loop))


class _Joined(asyncio.Transport):
    """A transport over another; writes wait for the end of the turn, all else goes straight through."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._transport = transport
        self._loop = loop
        self._parts: list[bytes] = []
        self._size = 0
        # The commonest calls without a detour.
        self.get_extra_info = transport.get_extra_info  # type: ignore[method-assign]
        self.is_closing = transport.is_closing  # type: ignore[method-assign]
        self.pause_reading = transport.pause_reading  # type: ignore[method-assign]
        self.resume_reading = transport.resume_reading  # type: ignore[method-assign]
        self.set_protocol = transport.set_protocol  # type: ignore[method-assign]

    def write(self, data: Any) -> None:
        if not data:
            return
        if not self._parts:
            self._loop.call_soon(self._flush)
        self._parts.append(data)
        self._size += len(data)
        if self._size > _LARGE:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._transport.close()

    def abort(self) -> None:
        self._parts.clear()
        self._transport.abort()

    def _flush(self) -> None:
        if self._parts:
            whole = self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)
            self._parts.clear()
            self._size = 0
            self._transport.write(whole)
