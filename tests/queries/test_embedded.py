"""The embedded store among processes: one writer, readers on snapshots, kills at any moment."""

from __future__ import annotations

import gc
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from clausegraph.queries.store import Solutions, Store, StoreBusy, StoreError, StoreMissing, VersionGraph, open_store
from clausegraph.queries.store.embedded import EmbeddedReader

MakeGraph = Callable[..., VersionGraph]

CG = "https://w3id.org/clausegraph/ontology#"
POLICY = "https://w3id.org/clausegraph/id/policy/"
CATALOGUE = "https://w3id.org/clausegraph/id/catalogue"

HOLD = """
import sys
from clausegraph.queries.store import open_store
store = open_store(sys.argv[1], write=True)
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def spawn() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """`spawn(code, *arguments)` runs Python code in a process that ends with the test at the latest."""
    children: list[subprocess.Popen[str]] = []

    def start(code: str, *arguments: object) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", code, *map(str, arguments)]
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        children.append(child)
        return child

    yield start
    for child in children:
        child.kill()
        child.communicate()


def line_of(child: subprocess.Popen[str]) -> str:
    assert child.stdout is not None
    return child.stdout.readline().strip()


def titles(store: Store) -> list[str]:
    return [row.title for row in store.policies()]


def test_reopening_finds_everything(tmp_path: Path, make_graph: MakeGraph) -> None:
    with open_store(tmp_path / "a" / "store", write=True) as store:
        store.put([make_graph("acme", 1), make_graph("acme", 2)])
    with open_store(tmp_path / "a" / "store", write=True) as store:
        assert titles(store) == ["Privacy of acme, 2"]
        assert store.query("ASK { ?s ?p ?o }", dataset="history") is True
        assert store.location == str(tmp_path / "a" / "store")


def test_readers_see_the_last_commit_and_refresh(tmp_path: Path, make_graph: MakeGraph) -> None:
    with open_store(tmp_path, write=True) as writer:
        writer.put([make_graph("acme", 1)])
        with open_store(tmp_path) as reader:
            assert titles(reader) == ["Privacy of acme, 1"]
            writer.put([make_graph("acme", 2), make_graph("bolt", 1)])
            assert titles(reader) == ["Privacy of acme, 1"]
            assert reader.refresh() is True
            assert titles(reader) == ["Privacy of acme, 2", "Privacy of bolt, 1"]
            assert reader.query("ASK { ?s ?p ?o }", dataset="history") is True
            assert reader.refresh() is False
            with pytest.raises(StoreError, match="reading only"):
                reader.put([make_graph("coil", 1)])
            with pytest.raises(StoreError, match="reading only"):
                reader.remove(POLICY + "acme")


def test_old_snapshots_go_when_nobody_reads_them(tmp_path: Path, make_graph: MakeGraph) -> None:
    def snapshots() -> list[str]:
        return sorted(path.name for path in (tmp_path / "snapshots").iterdir() if path.suffix != ".lock")

    with open_store(tmp_path, write=True) as writer:
        reader = open_store(tmp_path)
        writer.put([make_graph("acme", 1)])
        writer.put([make_graph("bolt", 1)])
        assert snapshots() == ["current-1", "current-3", "history-1"]
        assert titles(reader) == []
        reader.close()
        del reader
        writer.put([make_graph("coil", 1)])
        assert snapshots() == ["current-4", "history-1"]
        (tmp_path / "snapshots" / "current-9.tmp").mkdir()
        (tmp_path / "snapshots" / "current-2.lock").touch()
    with open_store(tmp_path, write=True) as writer:
        assert snapshots() == ["current-5", "history-2"]
        assert not (tmp_path / "snapshots" / "current-2.lock").exists()
        assert len(titles(writer)) == 3


def test_a_reader_in_another_process_keeps_its_snapshot(
    tmp_path: Path, make_graph: MakeGraph, spawn: Callable[..., subprocess.Popen[str]]
) -> None:
    code = """
import sys
from clausegraph.queries.store import open_store
store = open_store(sys.argv[1])
print("open", flush=True)
sys.stdin.readline()
print(*[row.title for row in store.policies()], sep=";", flush=True)
"""
    with open_store(tmp_path, write=True) as writer:
        writer.put([make_graph("acme", 1, size=500)])
        child = spawn(code, tmp_path)
        assert line_of(child) == "open"
        for version in range(2, 8):
            writer.put([make_graph("acme", version, size=500)])
        writer.optimize()
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
        assert line_of(child) == "Privacy of acme, 1"
        child.wait(10)
        writer.put([make_graph("acme", 9)])
        names = sorted(path.name for path in (tmp_path / "snapshots").iterdir() if path.is_dir())
        assert len(names) == 2


def test_a_reader_needs_no_right_to_write(
    tmp_path: Path, make_graph: MakeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(tmp_path, write=True) as writer:
        writer.put([make_graph("acme", 1)])
    before = sorted(path.name for path in tmp_path.rglob("*"))
    with open_store(tmp_path) as reader:
        assert titles(reader) == ["Privacy of acme, 1"]
        reader.refresh()
    assert sorted(path.name for path in tmp_path.rglob("*")) == before

    def refuse(*_: object) -> int:
        raise PermissionError("read-only")

    monkeypatch.setattr(os, "open", refuse)
    with open_store(tmp_path) as reader:
        assert titles(reader) == ["Privacy of acme, 1"]


def test_a_second_writer_learns_who_holds_the_store(
    tmp_path: Path, make_graph: MakeGraph, spawn: Callable[..., subprocess.Popen[str]]
) -> None:
    child = spawn(HOLD, tmp_path)
    assert line_of(child) == "open"
    with pytest.raises(StoreBusy) as caught:
        open_store(tmp_path, write=True)
    assert f"process {child.pid}" in str(caught.value)
    assert json.loads((tmp_path / "holder.json").read_text())["since"] in str(caught.value)
    assert "CLAUSEGRAPH_STORE" in caught.value.mend
    assert titles(open_store(tmp_path)) == []

    child.kill()
    child.wait()
    assert (tmp_path / "holder.json").exists()  # stale, and no obstacle
    with open_store(tmp_path, write=True) as store:
        assert store.put([make_graph("acme", 1)]) == ["added"]
        assert json.loads((tmp_path / "holder.json").read_text())["pid"] == os.getpid()
    assert not (tmp_path / "holder.json").exists()


def test_a_second_writer_in_the_same_process_is_refused_too(tmp_path: Path, make_graph: MakeGraph) -> None:
    with open_store(tmp_path, write=True) as store:
        with pytest.raises(StoreBusy, match=f"process {os.getpid()}"):
            open_store(tmp_path / "." / "", write=True)
        assert store.put([make_graph("acme", 1)]) == ["added"]
    with open_store(tmp_path, write=True) as store:
        assert len(store.policies()) == 1
    store.close()


def test_what_is_no_store_is_said_and_left_alone(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match="no store at"):
        open_store(tmp_path / "absent")
    assert not (tmp_path / "absent").exists()
    with pytest.raises(StoreMissing, match="nothing that can be read"):
        open_store(tmp_path)
    (tmp_path / "thesis.docx").touch()
    for write in (True, False):
        with pytest.raises(StoreError, match="other files"):
            open_store(tmp_path, write=write)
        with pytest.raises(StoreError, match="is a file"):
            open_store(tmp_path / "thesis.docx", write=write)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_damaged_store_is_said(tmp_path: Path) -> None:
    open_store(tmp_path, write=True).close()
    (tmp_path / "current" / "CURRENT").write_text("nonsense")
    with pytest.raises(StoreError, match="cannot be opened") as caught:
        open_store(tmp_path, write=True)
    assert caught.value.mend
    with pytest.raises(StoreError, match="cannot be opened"):  # and the lock was given back
        open_store(tmp_path, write=True)


def test_threads_may_share_a_store(tmp_path: Path, make_graph: MakeGraph) -> None:
    failures: list[BaseException] = []
    with open_store(tmp_path, write=True) as writer:
        writer.put([make_graph("acme", 1, size=200)])
        reader = open_store(tmp_path)
        stop = threading.Event()

        def ask(store: Store) -> None:
            try:
                while not stop.is_set():
                    answer = store.query(f"SELECT ?q {{ ?s <{CG}quote> ?q }}")
                    assert isinstance(answer, Solutions)
                    assert len(answer.rows) == 200
                    assert store.query_serialised("CONSTRUCT WHERE { ?s ?p ?o }", "turtle")
                    store.refresh()
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=ask, args=[store]) for store in (writer, reader, reader)]
        for thread in threads:
            thread.start()
        for version in range(2, 12):
            writer.put([make_graph("acme", version, size=200)])
        stop.set()
        for thread in threads:
            thread.join()
        reader.close()
    assert failures == []


def test_errors_may_leave_their_thread(tmp_path: Path, make_graph: MakeGraph) -> None:
    """A pyoxigraph result that an error's traceback carried into another thread would abort the process there."""
    with open_store(tmp_path, write=True) as store, ThreadPoolExecutor(1) as threads:
        store.put([make_graph("acme", 1, size=200)])
        for query, form in (
            ("SELECT * { ?s ?p ?o }", "turtle"),
            ("CONSTRUCT WHERE { ?s ?p ?o }", "csv"),
            ("SELECT * { ?s ?p ?o }", "json"),
            ("CONSTRUCT WHERE { ?s ?p ?o }", "turtle"),
        ):
            error = threads.submit(store.query_serialised, query, form, max_bytes=300).exception()
            assert isinstance(error, StoreError)
            del error
            gc.collect()


def test_an_export_is_of_one_moment(tmp_path: Path, make_graph: MakeGraph) -> None:
    with open_store(tmp_path, write=True) as writer:
        writer.put([make_graph("acme", 1), make_graph("bolt", 1)])
        whole = b"".join(writer.export("nquads"))
        pieces = writer.export("nquads")
        first = next(pieces)
        writer.put([make_graph("acme", 2), make_graph("bolt", 2)])
        assert first + b"".join(pieces) == whole


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = open_store(tmp_path, write=True)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.query("ASK {}")


# --- kills

WRITER = """
import sys
from clausegraph.queries.store import VersionGraph, dataset, open_store

CG = "https://w3id.org/clausegraph/ontology#"
POLICY = "https://w3id.org/clausegraph/id/policy/"

def graph(key, version, digest, size):
    policy = POLICY + key
    name = f"{policy}/version/{version:016x}"
    lines = [f"<{name}> <{CG}versionOf> <{policy}>"]
    for number in range(size):
        lines.append(f"<{name}/s/{number}> <{CG}inVersion> <{name}>")
        lines.append(f'<{name}/s/{number}> <{CG}quote> "{key} {version} {digest} {number}"')
    nquads = "".join(f"{line} <{name}> .\\n" for line in lines).encode()
    return VersionGraph(policy, name, "", digest, nquads, "2026-01-01T00:00:00Z")

folder, round_, size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
if round_ % 2:
    dataset.BULK_BYTES = 0  # new files for every load, as large batches have them
with open_store(folder, write=True) as store:
    print("go", flush=True)
    step = 0
    while True:
        step += 1
        number = round_ * 1000 + step
        store.put([graph(f"new{number}-{each}", 1, "e1", size) for each in range(3)])
        store.put([graph("acme", number, "e1", size), graph("bolt", number, "e1", size)])
        store.put([graph("acme", number, "e2", size)])
        if step % 3 == 0:
            store.remove(POLICY + f"new{number}-0")
        print(number, flush=True)
"""


def check_whole(store: Store, size: int) -> int:
    """Every catalogue entry has its whole graph, every graph its entry, every older version its place."""

    def rows(sparql: str, dataset: str = "current") -> list[dict[str, str]]:
        answer = store.query(sparql, dataset=dataset)  # type: ignore[arg-type]
        assert isinstance(answer, Solutions)
        return answer.texts()

    entries = {
        row["version"]: row["digest"]
        for row in rows(
            f"SELECT * {{ GRAPH <{CATALOGUE}> "
            f"{{ ?policy <{CG}currentVersion> ?version . ?version <{CG}extractorDigest> ?digest }} }}"
        )
    }
    policies = rows(f"SELECT ?policy {{ GRAPH <{CATALOGUE}> {{ ?policy a <{CG}Policy> }} }}")
    assert len(policies) == len(entries)
    count = f"SELECT ?g (COUNT(?s) AS ?n) (COUNT(DISTINCT ?q) AS ?m) {{ GRAPH ?g {{ ?s <{CG}quote> ?q }} }} GROUP BY ?g"
    assert {row["g"]: (row["n"], row["m"]) for row in rows(count)} == dict.fromkeys(entries, (str(size), str(size)))
    for row in rows(f"SELECT ?g (SAMPLE(?q) AS ?any) {{ GRAPH ?g {{ ?s <{CG}quote> ?q }} }} GROUP BY ?g"):
        assert row["any"].split()[2] == entries[row["g"]]

    kept = rows(count, "history")
    assert all((row["n"], row["m"]) == (str(size), str(size)) for row in kept)
    superseded = rows(f"SELECT ?old {{ GRAPH <{CATALOGUE}> {{ ?new <{CG}previousVersion> ?old }} }}")
    assert {row["old"] for row in superseded} <= {row["g"] for row in kept}
    return len(entries)


@pytest.mark.slow
def test_kill_9_at_any_moment_leaves_old_or_new(
    tmp_path: Path, spawn: Callable[..., subprocess.Popen[str]], record_property: Callable[[str, object], None]
) -> None:
    chance = random.Random(8)
    folder, size = tmp_path / "store", 400
    kills = found = 0
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        child = spawn(WRITER, folder, kills, size)
        assert line_of(child) == "go", "the store did not open after a kill"
        time.sleep(chance.uniform(0, 0.35))
        child.send_signal(signal.SIGKILL)
        child.wait()
        kills += 1
        with open_store(folder) as reader:  # what a reader sees before anybody repairs anything
            assert isinstance(reader, EmbeddedReader)
            check_whole(reader, size)
        if kills % 4 == 0:
            with open_store(folder, write=True) as writer:
                found = check_whole(writer, size)
    record_property("kills", kills)
    print(f"{kills} kills, {found} policies in the end")
    assert kills >= 15
    assert found > 2
