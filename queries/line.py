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

    def begin(self) -> tuple[bytes, int] | None:
        """What there is of the next message and the number of bytes still to come; None where it has not begun."""
        try:
            head = self.socket.recv(_HEAD, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return None
        if not head:
            raise EOFError
        length = int.from_bytes(head if len(head) == _HEAD else head + self._exactly(_HEAD - len(head)))
        try:
            here = self.socket.recv(length, socket.MSG_DONTWAIT)
        except BlockingIOError:
            here = b""
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
        self._waiting: asyncio.Future[tuple[bytes, int]] | None = None

    async def receive(self, seconds: float) -> bytes:
        """The next message. Raises `TimeoutError` where it has not begun to come in time."""
        if (begun := self._line.begin()) is not None:  # waking the other end lets it run before us, often to its end
            if begun[1]:
                self.stop()  # a thread reads the rest
            return await self._whole(*begun)
        loop = asyncio.get_running_loop()
        if self._loop is not loop:  # registered once: that costs more than the waiting
            self.stop()
            self._loop = loop
            loop.add_reader(self._line.socket, self._readable)
        self._waiting = waiting = loop.create_future()
        timer = loop.call_later(seconds, _too_late, waiting)
        try:
            here, missing = await waiting
        finally:
            timer.cancel()
            self._waiting = None
        return await self._whole(here, missing)

    async def _whole(self, here: bytes, missing: int) -> bytes:
        return await asyncio.to_thread(self._line.finish, here, missing) if missing else here

    def stop(self) -> None:
        """Watch no longer; before the line is closed."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.remove_reader(self._line.socket)
        self._loop = None

    def _readable(self) -> None:
        # Read at once: left for the task that waits, the same bytes would wake the loop once more, and what waits
        # for the next message would be told that it is there.
        waiting = self._waiting
        if waiting is None or waiting.done():
            self.stop()  # the other end is gone, or who waited is
            return
        try:
            begun = self._line.begin()
        except (EOFError, OSError) as error:
            self.stop()
            waiting.set_exception(error)
            return
        if begun is not None:
            if begun[1]:
                self.stop()  # a thread reads the rest
            waiting.set_result(begun)


def _too_late(waiting: asyncio.Future[tuple[bytes, int]]) -> None:
    if not waiting.done():
        waiting.set_exception(TimeoutError())
