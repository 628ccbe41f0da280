"""One worker process, seen from the pool that started it.

In: a store's location, `Limits`, requests. Out: the reply or the error that the process sends back; `TimedOut` and
`Crashed` where it does not. Blocking (`Process.ask`) or in an event loop (`Process.answer`).
"""

from __future__ import annotations

import asyncio
import json
import pickle
import subprocess
import sys

from .. import ClauseGraphError
from .line import SHORT, Line, LineReader
from .requests import Reply, Request
from .until import TimedOut
from .worker import Limits

__all__ = ["Crashed", "Failure", "Process", "TimedOut"]

_START_SECONDS = 30.0

#: An error's kind, message and mend.
Failure = tuple[str, str, str]


class Crashed(ClauseGraphError):
    """The query ended the process that ran it (memory limit, nesting too deep for the engine)."""


class Process:
    """One process; only one thread or task at a time talks to it. After an exception it is of no more use."""

    def __init__(self, location: str, limits: Limits) -> None:
        self._seconds = limits.seconds
        self._line, theirs = Line.pair()
        self._reader = LineReader(self._line)
        self._ready = False
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", f"{__package__}.worker", str(theirs.socket.fileno())],
                pass_fds=[theirs.socket.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for the parent, which ends us in order
            )
        finally:
            theirs.close()
        self._line.send(pickle.dumps((location, limits)))

    def ask(self, request: Request, seconds: float | None = None) -> Reply | Failure:
        """The reply, or what went wrong in the process. The time limit counts from when the process is ready.

        ``seconds``: a time limit shorter than that of all requests.
        """
        limit = self._seconds if seconds is None else min(self._seconds, seconds)
        message = pickle.dumps(request)
        try:
            if not self._ready:
                self._begin(self._line.receive(_START_SECONDS))
            self._line.send(message)
            return self._reply(self._line.receive(limit))
        except TimeoutError:
            raise self._late(request, limit) from None
        except (EOFError, OSError):
            raise _crashed(request) from None

    async def answer(self, request: Request) -> Reply | Failure:
        """`ask` without blocking."""
        message = pickle.dumps(request)
        try:
            if not self._ready:
                self._begin(await self._reader.receive(_START_SECONDS))
            if len(message) > SHORT:
                await asyncio.to_thread(self._line.send, message)
            else:
                self._line.send(message)
            return self._reply(await self._reader.receive(self._seconds))
        except TimeoutError:
            raise self._late(request, self._seconds) from None
        except (EOFError, OSError):
            raise _crashed(request) from None

    def let_go(self) -> None:
        """Let the event loop forget it; in the loop's thread, before `end`."""
        self._reader.stop()

    def kill(self) -> None:
        """Stop the process at once and wait for it. From any thread."""
        self._process.kill()
        self._process.wait()

    def end(self) -> None:
        """Let the process leave by itself, and see that it does. Only while nobody else talks to it."""
        self._line.close()
        try:
            self._process.wait(1)
        except subprocess.TimeoutExpired:
            self.kill()

    def _begin(self, message: bytes) -> None:
        self._ready = bool(message)

    def _reply(self, message: bytes) -> Reply | Failure:
        if message[:1] == b"+":
            return Reply(message[1:], None, len(message) - 1)
        if message[:1] == b"=":
            return Reply(b"", self._line.receive_file(), int(message[1:]))
        kind, text, mend = json.loads(message[1:])
        return kind, text, mend

    def _late(self, request: Request, limit: float) -> ClauseGraphError:
        if not self._ready:
            return Crashed("A query worker did not start.", mend="Look whether the machine is overloaded.")
        return TimedOut(
            f"The {_noun(request)} took longer than {limit:.3g} seconds and was stopped.",
            mend="Ask for less: fewer patterns, a LIMIT, one policy at a time.",
        )


def _crashed(request: Request) -> Crashed:
    return Crashed(
        f"The {_noun(request)} ended the process that ran it: it needs more memory or nesting than is allowed.",
        mend="Ask for less, or write it flatter.",
    )


def _noun(request: Request) -> str:
    return "update" if request.writes else "query"
