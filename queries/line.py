"""Messages between a pool and its worker processes, over a pair of sockets.

In: bytes, perhaps an open file. Out: the same at the other end, each message whole: its length in four bytes, then
itself. `Line` blocks; `LineReader` waits inside an event loop, without a thread, and reads there what is short.
"""

from __future__ import annotations

import asyncio
import os
import socket
from typing import IO

__all__ = ["SHORT", "Line", "LineReader"]

#: A message up to this size fits into the system's buffer whole: sending it to one who waits never blocks.
SHORT = 32_000
_HEAD = 4


class Line:
    """One end. ``EOFError`` or ``OSError`` where the other end is gone."""

    def __init__(self, line: socket.socket) -> None:
        self.socket = line

    @classmethod
    def pair(cls) -> tuple[Line, Line]:
        """Two ends."""
        ours, theirs = socket.socketpair()
        return cls(ours), cls(theirs)

    def send(self, *parts: bytes) -> None:
        """Send parts as one message."""
        whole = b"".join(parts)
        self.socket.sendall(len(whole).to_bytes(_HEAD) + whole)

    def receive(self, seconds: float | None = None) -> bytes:
        """The next message. Raises `TimeoutError` where it has not begun to come in ``seconds``."""
        if seconds is not None:
            self.socket.settimeout(seconds)
        try:
            head = self._exactly(_HEAD)
        finally:
            self.socket.settimeout(None)
        return self._exactly(int.from_bytes(head))

    def begin(self) -> tuple[bytes, int]:
        """What there is of a message that has begun to come, and the number of bytes that are still to come."""
        length = int.from_bytes(self._exactly(_HEAD))
        try:
            here = self.socket.recv(length, socket.MSG_DONTWAIT) if length else b""
        except BlockingIOError:
            return b"", length
        if length and not here:
            raise EOFError
        return here, length - len(here)

    def finish(self, here: bytes, missing: int) -> bytes:
        """The whole of a message that `begin` began."""
        return here + self._exactly(missing)

    def send_file(self, file: int) -> None:
        """Hand over an open file by its descriptor."""
        socket.send_fds(self.socket, [b"."], [file])

    def receive_file(self) -> IO[bytes]:
        """The file that the other end hands over."""
        _, descriptors, _, _ = socket.recv_fds(self.socket, 1, 1)
        if not descriptors:
            raise EOFError
        return os.fdopen(descriptors[0], "rb")

    def close(self) -> None:
        """Let go of this end."""
        self.socket.close()

    def _exactly(self, size: int) -> bytes:
        pieces = bytearray()
        while len(pieces) < size:
            piece = self.socket.recv(size - len(pieces))
            if not piece:
                raise EOFError
            pieces += piece
        return bytes(pieces)


class LineReader:
    """Waits for one message after another in one event loop. Only that loop's thread may call it."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: asyncio.Future[None] | None = None

    async def receive(self, seconds: float) -> bytes:
        """The next message. Raises `TimeoutError` where it has not begun to come in time."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop:  # registered once: that costs more than the waiting
            self.stop()
            self._loop = loop
            loop.add_reader(self._line.socket, self._readable)
        self._waiting = waiting = loop.create_future()
        timer = loop.call_later(seconds, _too_late, waiting)
        try:
            await waiting
        finally:
            timer.cancel()
            self._waiting = None
        here, missing = self._line.begin()
        return await asyncio.to_thread(self._line.finish, here, missing) if missing else here

    def stop(self) -> None:
        """Watch no longer; before the line is closed."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.remove_reader(self._line.socket)
        self._loop = None

    def _readable(self) -> None:
        if self._waiting is None:  # the other end is gone, or a long message is being read in a thread
            self.stop()
        elif not self._waiting.done():
            self._waiting.set_result(None)


def _too_late(waiting: asyncio.Future[None]) -> None:
    if not waiting.done():
        waiting.set_exception(TimeoutError())
