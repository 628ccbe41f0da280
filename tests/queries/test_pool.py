"""Strangers' queries: limited, killed at the limit, never harming the next one, leaving no process behind."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from clausegraph.queries.guard import Refused
from clausegraph.queries.pool import Busy, Crashed, SnapshotPool, TimedOut
from clausegraph.queries.store import QueryError, Store, StoreMissing, TooLarge, VersionGraph, open_store

MakeGraph = Callable[..., VersionGraph]

CG = "https://w3id.org/clausegraph/ontology#"
COUNT = f"SELECT (COUNT(?s) AS ?n) {{ ?s <{CG}quote> ?q }}"
#: Never ends within anybody's patience, and never gives a row.
RUNAWAY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STR(?a) = CONCAT(STR(?d), STR(?g), STR(?j))) }"


@pytest.fixture
def writer(tmp_path: Path, make_graph: MakeGraph) -> Iterator[Store]:
    with open_store(tmp_path / "store", write=True) as store:
        store.put([make_graph("acme", 1, size=300)])
        yield store


def count(pool: SnapshotPool) -> int:
    return int(json.loads(pool.run(COUNT, "json"))["results"]["bindings"][0]["n"]["value"])


def processes() -> list[tuple[int, int, str]]:
    """Process, parent and state of all that run, from /proc or, where there is none, from ps."""
    if Path("/proc/self/stat").exists():
        texts = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                texts.append(path.read_text())
        rows = [(text.split()[0], *text.rpartition(")")[2].split()[:2]) for text in texts]
        return [(int(pid), int(parent), state) for pid, state, parent in rows]
    listing = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True)
    return [(int(pid), int(parent), state) for pid, parent, state in map(str.split, listing.stdout.splitlines())]


def children() -> set[int]:
    """Our child processes, dead ones that nobody waited for included."""
    return {pid for pid, parent, _ in processes() if parent == os.getpid()}


def test_queries_run_on_the_newest_snapshot(writer: Store, make_graph: MakeGraph) -> None:
    before = children()
    with SnapshotPool(writer.location, workers=1) as pool:
        assert count(pool) == 300
        writer.put([make_graph("acme", 2, size=7)])
        assert count(pool) == 7
        assert b"cg:quote" in pool.run(f"CONSTRUCT WHERE {{ ?s <{CG}quote> ?q }}", "turtle")
        old = json.loads(pool.run(COUNT, "json", dataset="history"))
        assert old["results"]["bindings"][0]["n"]["value"] == "300"
        assert b"true" in pool.run("ASK { <s/0> ?p ?o }", "json", base=make_graph("acme", 2).version_iri + "/")
        assert b"false" in pool.run("ASK { ?s ?p ?o }", "json", default_graphs=["x:none"])
    assert children() == before


def test_errors_come_through(writer: Store) -> None:
    with SnapshotPool(writer.location, workers=1, max_bytes=1000) as pool:
        for query, form, kind in (
            ("SELECT", "json", QueryError),
            ("SELECT * { ?s ?p ?o }", "turtle", QueryError),
            ("DROP ALL", "json", QueryError),
            ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "json", Refused),
            ("SELECT * { ?s ?p ?o }", "json", TooLarge),
        ):
            with pytest.raises(kind) as caught:
                pool.run(query, form)
            assert getattr(caught.value, "mend", "")
        assert count(pool) == 300


def test_a_store_may_come_later(tmp_path: Path, make_graph: MakeGraph) -> None:
    with SnapshotPool(str(tmp_path / "store"), workers=1) as pool:
        with pytest.raises(StoreMissing):
            count(pool)
        with open_store(tmp_path / "store", write=True) as store:
            store.put([make_graph("acme", 1, size=4)])
        assert count(pool) == 4


def test_a_runaway_is_killed_and_hurts_nobody(writer: Store) -> None:
    before = children()
    with SnapshotPool(writer.location, workers=2, seconds=1) as pool, ThreadPoolExecutor(2) as threads:
        assert count(pool) == 300
        runaway = threads.submit(pool.run, RUNAWAY, "json")
        start = time.monotonic()
        while not runaway.done():
            assert count(pool) == 300
        with pytest.raises(TimedOut, match="1 seconds") as caught:
            runaway.result()
        assert caught.value.mend
        assert 0.9 < time.monotonic() - start < 2.5
        assert [future.result() for future in [threads.submit(count, pool) for _ in range(6)]] == [300] * 6
        assert len(children() - before) == 2
    assert children() == before


def test_a_full_queue_is_said(writer: Store) -> None:
    with SnapshotPool(writer.location, workers=1, seconds=1, queue=1) as pool, ThreadPoolExecutor(8) as threads:
        assert count(pool) == 300
        runaway = threads.submit(pool.run, RUNAWAY, "json")
        time.sleep(0.2)
        waiting = [threads.submit(count, pool) for _ in range(4)]
        outcomes = [future.exception() for future in waiting]
        refused = [error for error in outcomes if isinstance(error, Busy)]
        assert len(refused) == 3
        assert refused[0].retry_after >= 1
        assert isinstance(runaway.exception(), TimedOut)
        assert outcomes.count(None) == 1


def test_what_kills_its_process_is_survived(writer: Store) -> None:
    before = children()
    with SnapshotPool(writer.location, workers=1, memory=400_000_000) as pool:
        greedy = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g ?i"
        for query in (greedy, "SELECT * { " + "{" * 100_000 + "}" * 100_000 + " }"):
            with pytest.raises((Crashed, QueryError)) as caught:
                pool.run(query, "json")
            assert getattr(caught.value, "mend", "")
            assert count(pool) == 300
        (worker,) = children() - before
        os.kill(worker, signal.SIGKILL)
        with pytest.raises(Crashed):
            count(pool)
        assert count(pool) == 300
    assert children() == before


def test_closing_ends_what_runs(writer: Store) -> None:
    before = children()
    pool = SnapshotPool(writer.location, workers=2, seconds=60)
    assert count(pool) == 300
    failures: list[BaseException] = []

    def run() -> None:
        try:
            pool.run(RUNAWAY, "json")
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    time.sleep(0.3)
    start = time.monotonic()
    pool.close()
    pool.close()
    thread.join(5)
    assert time.monotonic() - start < 3
    assert len(failures) == 1
    assert children() == before
    with pytest.raises(Busy, match="shutting down"):
        count(pool)


def test_workers_do_not_outlive_a_killed_parent(writer: Store) -> None:
    code = f"""
import sys, threading
from clausegraph.queries.pool import SnapshotPool
pool = SnapshotPool(sys.argv[1], workers=2, seconds=1)
pool.run("ASK {{}}", "json")
threading.Thread(target=pool.run, args=[{RUNAWAY!r}, "json"], daemon=True).start()
print(*[worker._process.pid for worker in pool._all], flush=True)
sys.stdin.read()
"""
    command = [sys.executable, "-c", code, writer.location]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        workers = [int(pid) for pid in parent.stdout.readline().split()]
        time.sleep(0.3)
        parent.kill()
    assert len(workers) == 2
    deadline = time.monotonic() + 5
    while any(alive(pid) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(alive(pid) for pid in workers)


def alive(wanted: int) -> bool:
    return any(pid == wanted and not state.startswith("Z") for pid, _, state in processes())
