"""The pool in an event loop: the same limits without threads, and nothing of it stays behind."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clausegraph.queries.line import Line, LineReader
from clausegraph.queries.pool import Busy, Crashed, SnapshotPool, TimedOut
from clausegraph.queries.requests import Query
from clausegraph.queries.store import QueryError, Store, VersionGraph, open_store

from .test_pool import COUNT, RUNAWAY, children

MakeGraph = Callable[..., VersionGraph]
EVERYTHING = Query("SELECT * { GRAPH ?g { ?s ?p ?o } }", "xml")


@pytest.fixture
def writer(tmp_path: Path, make_graph: MakeGraph) -> Iterator[Store]:
    with open_store(tmp_path / "store", write=True) as store:
        store.put([make_graph("acme", 1, size=300)])
        yield store


async def count(pool: SnapshotPool) -> int:
    reply = await pool.answer(Query(COUNT, "json"))
    return int(json.loads(reply.read())["results"]["bindings"][0]["n"]["value"])


def test_many_at_once_each_get_their_own_answer(writer: Store) -> None:
    before = children()

    async def ask(pool: SnapshotPool, number: int) -> int:
        reply = await pool.answer(Query(f"SELECT ({number} AS ?n) {{}}", "json"))
        return int(json.loads(reply.read())["results"]["bindings"][0]["n"]["value"])

    async def main(pool: SnapshotPool) -> None:
        assert await asyncio.gather(*(ask(pool, number) for number in range(60))) == list(range(60))
        with pytest.raises(QueryError):
            await pool.answer(Query("SELECT", "json"))
        long = f"SELECT ?x {{ VALUES ?x {{ {'1 ' * 100_000} }} }}"  # neither way fits into the system's buffers
        assert (await pool.answer(Query(long, "csv"))).length == 3 * 100_000 + 3
        whole = await pool.answer(EVERYTHING)
        assert len(whole.read()) == whole.length
        assert await count(pool) == 300

    with SnapshotPool(writer.location, workers=2, queue=60) as pool:
        asyncio.run(main(pool))
        assert json.loads(pool.run(COUNT, "json")), "threads may ask the same pool"
        asyncio.run(main(pool))  # and so may another loop
    assert children() == before


def test_a_runaway_is_killed_and_a_full_queue_is_said(writer: Store) -> None:
    before = children()

    async def main(pool: SnapshotPool) -> None:
        assert await count(pool) == 300
        start = time.monotonic()
        runaway = asyncio.create_task(pool.answer(Query(RUNAWAY, "json")))
        await asyncio.sleep(0.1)
        waiting = await asyncio.gather(*(count(pool) for _ in range(4)), return_exceptions=True)
        with pytest.raises(TimedOut, match="1 seconds"):
            await runaway
        assert 0.9 < time.monotonic() - start < 4
        assert sum(isinstance(one, Busy) for one in waiting) == 3
        assert await count(pool) == 300

    with SnapshotPool(writer.location, workers=1, seconds=1, queue=1) as pool:
        asyncio.run(main(pool))
    assert children() == before


def test_who_leaves_takes_no_worker_along(writer: Store) -> None:
    before = children()

    async def main(pool: SnapshotPool) -> None:
        running = asyncio.create_task(pool.answer(Query(RUNAWAY, "json")))
        await asyncio.sleep(0.5)
        queued = asyncio.create_task(count(pool))
        await asyncio.sleep(0.1)
        for task in (queued, running):
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        assert await count(pool) == 300
        (worker,) = children() - before
        os.kill(worker, signal.SIGKILL)
        with pytest.raises(Crashed):
            await count(pool)
        assert await count(pool) == 300

    with SnapshotPool(writer.location, workers=1, seconds=30) as pool:
        asyncio.run(main(pool))
    assert children() == before


def test_a_message_wakes_only_who_waits_for_it() -> None:
    async def main() -> None:
        ours, theirs = Line.pair()
        reader = LineReader(ours)
        for number in range(50):
            theirs.send(b"%d" % number)
            assert await reader.receive(5) == b"%d" % number
            with pytest.raises(TimeoutError):
                await reader.receive(0.001)
        large = os.urandom(3_000_000)
        sending = asyncio.create_task(asyncio.to_thread(theirs.send, large))
        assert await reader.receive(5) == large
        await sending
        theirs.close()
        with pytest.raises(EOFError):
            await reader.receive(5)
        reader.stop()
        ours.close()

    asyncio.run(main())
