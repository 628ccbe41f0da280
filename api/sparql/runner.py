"""What runs the requests of others: worker processes, or this one where no other could read the store.

In: settings, perhaps an open store. Out: a `Runner` on the app's state; `run` for routes.

Requests run in worker processes (`queries.pool`) on the newest snapshot; nothing here runs them itself, but for an app
over a store in memory, which has no snapshot that another process could read.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from fastapi import FastAPI
from fastapi import Request as HttpRequest
from fastapi.concurrency import run_in_threadpool

from ...queries.pool import SnapshotPool
from ...queries.requests import Reply, Request
from ...queries.stoppable import stoppable
from ...queries.store import DatasetName, MemoryStore, Store
from ...queries.store.sink import Sink
from ..reader import reader_of
from ..settings import Settings

#: Where a request's scope holds the error of a query that has been run already (see `shortcut`).
FAILURE = "clausegraph.failure"


class Runner(Protocol):
    """Runs a request and gives its whole result."""

    async def answer(self, request: Request) -> Reply:
        """Waits until the result is there; raises `ClauseGraphError`."""
        ...

    def stamp(self, dataset: DatasetName) -> str:
        """What tells the present state from every other, "" where nothing cheap does."""
        ...

    def stoppable(self, store: Store) -> Store:
        """A store of the same content whose queries end at their time limit, where that can be had."""
        ...


class InlineRunner:
    """For a store that only this process can read."""

    def __init__(self, store: Store, max_bytes: int) -> None:
        self._store = store
        self._max_bytes = max_bytes

    async def answer(self, request: Request) -> Reply:
        """Run it in a thread, fenced all the same."""
        return await run_in_threadpool(self._ask, request)

    def _ask(self, request: Request) -> Reply:
        sink = Sink(self._max_bytes)
        try:
            request.run(self._store, sink)
        except BaseException:
            sink.close()
            raise
        if sink.on_disk:
            return Reply(b"", sink, sink.length)
        with sink:
            return Reply(sink.value(), None, sink.length)

    def stamp(self, dataset: DatasetName) -> str:
        """Nothing: a store in memory has no snapshots to tell apart."""
        return ""

    def stoppable(self, store: Store) -> Store:
        """The same store: nothing can end a query in this process."""
        return store


class LazyPool:
    """Processes for reading and one for writing, started with the first request for each."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._pools: dict[bool, SnapshotPool] = {}

    async def answer(self, request: Request) -> Reply:
        """Run it in a worker process."""
        pool = self._pools.get(request.writes)
        if pool is None:
            pool = await run_in_threadpool(self._pool, request.writes)
        return await pool.answer(request)

    def stamp(self, dataset: DatasetName) -> str:
        """See `Runner`."""
        return self._pool(False).stamp(dataset)

    def stoppable(self, store: Store) -> Store:
        """The store as the workers read it; the empty one that stands for a store to come stays as it is."""
        return store if isinstance(store, MemoryStore) else stoppable(self._pool(False), store.location)

    def close(self) -> None:
        """End the processes."""
        with self._lock:
            for pool in self._pools.values():
                pool.close()

    def _pool(self, writes: bool) -> SnapshotPool:
        pool = self._pools.get(writes)
        if pool is None:
            with self._lock:
                pool = self._pools.get(writes) or self._start(writes)
                self._pools[writes] = pool
        return pool

    def _start(self, writes: bool) -> SnapshotPool:
        settings = self._settings
        return SnapshotPool(
            settings.store,
            workers=1 if writes else settings.query_workers,
            seconds=settings.query_seconds,
            queue=settings.query_queue,
            max_bytes=int(settings.query_megabytes * 1e6),
            memory=int(settings.query_memory * 1e6),
        )


@contextmanager
def open_runner(app: FastAPI, settings: Settings, store: Store | None) -> Iterator[None]:
    """Give the app its runner for as long as it lives."""
    if store is not None:
        app.state.sparql = InlineRunner(store, int(settings.query_megabytes * 1e6))
        yield
        return
    pool = LazyPool(settings)
    app.state.sparql = pool
    try:
        yield
    finally:
        pool.close()


def runner_of(request: HttpRequest) -> Runner:
    """The runner of the app that a request reached."""
    runner: Runner = request.app.state.sparql
    return runner


async def stoppable_store(request: HttpRequest) -> Store:
    """The store for work that may be long (`deadline`): what of it is late is stopped like a query."""
    store = await reader_of(request).store()
    return await run_in_threadpool(runner_of(request).stoppable, store)


async def run(request: HttpRequest, asked: Request) -> Reply:
    """Run it without blocking the server. Raises what went wrong, also where that was tried before (`FAILURE`)."""
    if (failure := request.scope.get(FAILURE)) is not None:
        raise failure
    return await runner_of(request).answer(asked)
