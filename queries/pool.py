"""Requests of others in processes of their own, on the newest snapshot, killed at the time limit.

In: a store's location, `requests`. Out: the serialised result, or a `ClauseGraphError` that says what went wrong:
`TimedOut`, `Busy`, `Crashed`, `guard.Refused`, and the store's own. Nothing that a query does can hurt another.
Works where descriptors can be inherited (Linux, macOS).
"""

from __future__ import annotations

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from multiprocessing import Pipe
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from .. import ClauseGraphError
from .guard import Refused
from .requests import Query, Reply, Request
from .store import (
    DatasetName,
    GraphMissing,
    NoHistory,
    QueryError,
    StoreBusy,
    StoreError,
    StoreMissing,
    TooLarge,
)
from .store.snapshots import Snapshots
from .worker import Limits

__all__ = ["Busy", "Crashed", "SnapshotPool", "TimedOut"]

_KINDS: dict[str, type[ClauseGraphError]] = {
    kind.__name__: kind
    for kind in (GraphMissing, NoHistory, QueryError, Refused, StoreBusy, StoreError, StoreMissing, TooLarge)
}
_START_SECONDS = 30.0


class TimedOut(ClauseGraphError):
    """The query ran into the time limit and was stopped."""


class Busy(ClauseGraphError):
    """Too many queries wait already. ``retry_after``: seconds after which it is worth another try."""

    def __init__(self, message: str, *, mend: str = "", retry_after: int = 1) -> None:
        super().__init__(message, mend=mend)
        self.retry_after = retry_after


class Crashed(ClauseGraphError):
    """The query ended the process that ran it (memory limit, nesting too deep for the engine)."""


class SnapshotPool:
    """``workers`` processes that read a store; ``queue`` more queries may wait for one.

    ``seconds``: time limit of a query, also the longest wait for a worker. ``max_bytes``: limit of a result.
    ``memory``: limit of a worker in bytes. Use it from any thread; `close` it, or leave its ``with`` block.
    """

    def __init__(
        self,
        location: str,
        *,
        workers: int = 2,
        seconds: float = 10.0,
        queue: int = 16,
        max_bytes: int | None = 50_000_000,
        memory: int | None = None,
    ) -> None:
        self._location = str(location)
        remote = self._location.startswith(("http://", "https://"))
        self._snapshots = None if remote else Snapshots(Path(self._location).expanduser() / "snapshots")
        self._limits = Limits(seconds, max_bytes, memory)
        self._queue = queue
        self._waiting = 0
        self._closed = False
        self._free = threading.Condition()
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        for _ in range(workers):
            self._idle.append(self._start())
        atexit.register(self.close)

    def run(
        self,
        sparql: str,
        format: str,
        *,
        dataset: DatasetName = "current",
        base: str | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> bytes:
        """The result of a query from a stranger: fenced, limited, on the newest snapshot. Blocks until it is there."""
        request = Query(
            sparql,
            format,
            dataset,
            base,
            None if default_graphs is None else tuple(default_graphs),
            None if named_graphs is None else tuple(named_graphs),
        )
        return self.ask(request).read()

    def ask(self, request: Request) -> Reply:
        """What a request gives. Blocks until it is there, whole."""
        worker = self._take()
        try:
            reply = worker.ask(request, self._limits.seconds)
        except BaseException:
            self._replace(worker)
            raise
        self._give(worker)
        if isinstance(reply, Reply):
            return reply
        kind, message, mend = reply
        raise _KINDS.get(kind, StoreError)(message, mend=mend)

    def stamp(self, dataset: DatasetName = "current") -> str:
        """What tells the state that the next request sees from every other, "" where nothing does (a server)."""
        return "" if self._snapshots is None else self._snapshots.stamp(dataset)

    def close(self) -> None:
        """End all workers and wait for them; a query that still runs fails. May be called twice."""
        with self._free:
            self._closed = True
            idle, busy = list(self._idle), self._all.difference(self._idle)
            self._idle.clear()
            self._all.clear()
            self._free.notify_all()
        for worker in busy:
            worker.kill()  # who waits for it learns so, and closes the connection
        for worker in idle:
            worker.end()
        atexit.unregister(self.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _start(self) -> _Worker:
        worker = _Worker(self._location, self._limits)
        self._all.add(worker)
        return worker

    def _take(self) -> _Worker:
        deadline = time.monotonic() + self._limits.seconds
        with self._free:
            if not self._idle and not self._closed:
                if self._waiting >= self._queue:
                    raise self._busy()
                self._waiting += 1
                try:
                    while not self._idle and not self._closed:
                        if not self._free.wait(deadline - time.monotonic()):
                            raise self._busy()
                finally:
                    self._waiting -= 1
            if self._closed:
                raise Busy("The server is shutting down.", mend="Ask again when it is back.")
            return self._idle.pop()

    def _give(self, worker: _Worker) -> None:
        with self._free:
            if not self._closed:
                self._idle.append(worker)
                self._free.notify()

    def _replace(self, worker: _Worker) -> None:
        with self._free:
            self._all.discard(worker)
            if not self._closed:
                self._idle.insert(0, self._start())  # it needs a moment: let those that are ready go first
                self._free.notify()
        worker.kill()
        worker.end()

    def _busy(self) -> Busy:
        return Busy(
            "All query workers are busy and the queue is full.",
            mend="Ask again in a few seconds, or run the store on a machine of your own.",
            retry_after=max(1, round(self._limits.seconds / 2)),
        )


class _Worker:
    """One process; only one thread at a time talks to it."""

    def __init__(self, location: str, limits: Limits) -> None:
        self._connection, theirs = Pipe()
        self._ready = False
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", f"{__package__}.worker", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for the parent, which ends us in order
            )
        finally:
            theirs.close()
        self._connection.send((location, limits))

    def ask(self, request: Request, seconds: float) -> Reply | tuple[str, str, str]:
        """The reply, or an error's kind, message and mend. The time limit counts from when the process is ready."""
        try:
            if not self._ready:
                if not self._connection.poll(_START_SECONDS):
                    raise Crashed("A query worker did not start.", mend="Look whether the machine is overloaded.")
                self._connection.recv_bytes()
                self._ready = True
            self._connection.send(request)
            if not self._connection.poll(seconds):
                raise TimedOut(
                    f"The {_noun(request)} took longer than {seconds:g} seconds and was stopped.",
                    mend="Ask for less: fewer patterns, a LIMIT, one policy at a time.",
                )
            message = self._connection.recv_bytes()
            if message[:1] == b"+":
                return Reply(message[1:], None, len(message) - 1)
            if message[:1] == b"=":
                return Reply(b"", self._file(), int(message[1:]))
            kind, text, mend = json.loads(message[1:])
            return kind, text, mend
        except (EOFError, OSError):
            raise Crashed(
                f"The {_noun(request)} ended the process that ran it: it needs more memory or nesting than is allowed.",
                mend="Ask for less, or write it flatter.",
            ) from None

    def _file(self) -> IO[bytes]:
        """The file that the process hands over: nameless, so that it is gone with its last reader."""
        with socket.socket(fileno=os.dup(self._connection.fileno())) as line:
            _, descriptors, _, _ = socket.recv_fds(line, 1, 1)
        if not descriptors:
            raise EOFError
        return os.fdopen(descriptors[0], "rb")

    def kill(self) -> None:
        """Stop the process at once and wait for it. From any thread."""
        self._process.kill()
        self._process.wait()

    def end(self) -> None:
        """Let the process leave by itself, and see that it does. Only while nobody else talks to it."""
        self._connection.close()
        try:
            self._process.wait(1)
        except subprocess.TimeoutExpired:
            self.kill()


def _noun(request: Request) -> str:
    return "update" if request.writes else "query"
