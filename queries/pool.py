"""Requests of others in processes of their own, on the newest snapshot, killed at the time limit.

In: a store's location, `requests`. Out: the serialised result, or a `ClauseGraphError` that says what went wrong:
`TimedOut`, `Busy`, `Crashed`, `guard.Refused`, and the store's own. Nothing that a query does can hurt another.
Ask from threads (`SnapshotPool.ask`) or in an event loop (`SnapshotPool.answer`), which needs none.
Works where descriptors can be inherited (Linux, macOS).
"""

from __future__ import annotations

import asyncio
import atexit
import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from .. import ClauseGraphError
from .guard import Refused
from .process import Crashed, Failure, Process, TimedOut
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


class Busy(ClauseGraphError):
    """Too many queries wait already. ``retry_after``: seconds after which it is worth another try."""

    def __init__(self, message: str, *, mend: str = "", retry_after: int = 1) -> None:
        super().__init__(message, mend=mend)
        self.retry_after = retry_after


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
        self._closed = False
        self._lock = threading.Lock()
        self._waiting: deque[Future[Process]] = deque()
        self._idle: list[Process] = []
        for _ in range(workers):
            self._idle.append(Process(self._location, self._limits))
        self._all = set(self._idle)
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

    def ask(self, request: Request, seconds: float | None = None) -> Reply:
        """What a request gives. Blocks until it is there, whole. ``seconds``: a shorter time limit for this one."""
        worker = self._take()
        try:
            reply = worker.ask(request, seconds)
        except BaseException:
            self._replace(worker)
            raise
        self._give(worker)
        return _reply(reply)

    async def answer(self, request: Request) -> Reply:
        """`ask` in an event loop: it waits there for a worker and for what that sends, without a thread."""
        turn = self._turn()
        worker = turn if isinstance(turn, Process) else await self._wait(turn)
        try:
            reply = await worker.answer(request)
        except Exception:
            worker.let_go()
            await asyncio.shield(asyncio.to_thread(self._replace, worker))
            raise
        except BaseException:  # cancelled: no time to wait for a thread
            worker.let_go()
            self._replace(worker)
            raise
        self._give(worker)
        return _reply(reply)

    def stamp(self, dataset: DatasetName = "current") -> str:
        """What tells the state that the next request sees from every other, "" where nothing does (a server)."""
        return "" if self._snapshots is None else self._snapshots.stamp(dataset)

    def close(self) -> None:
        """End all workers and wait for them; a query that still runs fails. May be called twice."""
        with self._lock:
            self._closed = True
            idle, busy = list(self._idle), self._all.difference(self._idle)
            self._idle.clear()
            self._all.clear()
            while self._waiting:
                turn = self._waiting.popleft()
                if turn.set_running_or_notify_cancel():
                    turn.set_exception(_closing())
        for worker in busy:
            worker.kill()  # who waits for it learns so, and closes the connection
        for worker in idle:
            worker.let_go()
            worker.end()
        atexit.unregister(self.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _turn(self) -> Process | Future[Process]:
        """An idle worker, or a place in the queue. Raises `Busy`."""
        with self._lock:
            if self._closed:
                raise _closing()
            if self._idle:
                return self._idle.pop()
            if len(self._waiting) >= self._queue:
                raise self._busy()
            turn: Future[Process] = Future()
            self._waiting.append(turn)
            return turn

    def _take(self) -> Process:
        turn = self._turn()
        if isinstance(turn, Process):
            return turn
        try:
            return turn.result(self._limits.seconds)
        except TimeoutError:
            return self._leave(turn)

    async def _wait(self, turn: Future[Process]) -> Process:
        loop = asyncio.get_running_loop()
        come = asyncio.Event()
        turn.add_done_callback(lambda _: loop.call_soon_threadsafe(come.set))
        try:
            async with asyncio.timeout(self._limits.seconds):
                await come.wait()
        except TimeoutError:
            return self._leave(turn)
        except asyncio.CancelledError:
            with suppress(Busy):
                self._give(self._leave(turn))
            raise
        return turn.result()

    def _leave(self, turn: Future[Process]) -> Process:
        """Give up one's place in the queue. Raises `Busy`, unless one's turn has come just now."""
        if not turn.cancel():
            return turn.result()
        with self._lock:
            if turn in self._waiting:
                self._waiting.remove(turn)
        raise self._busy()

    def _give(self, worker: Process, *, fresh: bool = False) -> None:
        """To who has waited longest, else to those that idle. ``fresh``: it needs a moment, so take others first."""
        with self._lock:
            if self._closed:
                return
            while self._waiting:
                turn = self._waiting.popleft()
                if turn.set_running_or_notify_cancel():
                    turn.set_result(worker)
                    return
            self._idle.insert(0 if fresh else len(self._idle), worker)

    def _replace(self, worker: Process) -> None:
        with self._lock:
            self._all.discard(worker)
        if not self._closed:
            fresh = Process(self._location, self._limits)  # without the lock: it takes a moment
            with self._lock:
                closed = self._closed
                if not closed:
                    self._all.add(fresh)
            if closed:
                fresh.end()
            else:
                self._give(fresh, fresh=True)
        worker.kill()
        worker.end()

    def _busy(self) -> Busy:
        return Busy(
            "All query workers are busy and the queue is full.",
            mend="Ask again in a few seconds, or run the store on a machine of your own.",
            retry_after=max(1, round(self._limits.seconds / 2)),
        )


def _closing() -> Busy:
    return Busy("The server is shutting down.", mend="Ask again when it is back.")


def _reply(given: Reply | Failure) -> Reply:
    if isinstance(given, Reply):
        return given
    kind, message, mend = given
    raise _KINDS.get(kind, StoreError)(message, mend=mend)
