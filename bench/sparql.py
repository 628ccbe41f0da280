"""Small SPARQL results over HTTP, beside other servers on the same data: `python -m bench.sparql`.

In: a folder of policies (default: the project's samples). Out: a table on standard output, or one JSON document
(``--format json``): for each server, at one connection and at eight, answers a second, the time and the CPU time of one
answer, each also as a multiple of ``inline`` (see `bench.sparql_servers`). `make bench-sparql` runs it, in two minutes.

All servers run meanwhile and are asked one after another in short turns; a ratio is formed inside one round, so that a
slower moment of the machine meets all. A query comes with another subject each time, so that no cache of answers helps.
CPU time (of a server and its worker processes; Linux only) and the tenth percentile of the times depend least on what
else the machine does.
A server that is not installed (the PyPI packages ``oxigraph`` and ``rdflib-endpoint``) is left out with a word.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

from rich.console import Console
from rich.table import Table

from clausegraph.api.base import ensure_base
from clausegraph.api.ingestion import ingest
from clausegraph.ingest.read import discover
from clausegraph.queries.store import Solutions, Store, open_store

from .sparql_load import Unexpected
from .throughput_process import ROOT, tree_cpu

CONNECTIONS = (1, 8)
CG = "https://w3id.org/clausegraph/ontology#"
#: What is asked about each of many statements: a handful of rows; a page of a hundred.
QUERIES = {
    "one statement": "SELECT ?p ?o WHERE {{ <{iri}> ?p ?o }}",
    "100 rows": f"SELECT ?s ?practice ?quote ?start ?end WHERE {{{{ ?s <{CG}practice> ?practice ; <{CG}quote> ?quote ; "
    f"<{CG}start> ?start ; <{CG}end> ?end FILTER(?s != <{{iri}}>) }}}} LIMIT 100",
}
_START_SECONDS = 60.0


def prepare(folder: Path, policies: Path) -> tuple[list[str], Path, Path]:
    """A store of the policies, the same quads as a file, and IRIs of statements to ask about."""
    place, nquads = folder / "store", folder / "all.nq"
    with open_store(place, write=True) as store:
        ensure_base(store)
        for outcome in ingest(store, discover([str(policies)])):
            if outcome.state == "failed":
                raise Unexpected(str(outcome.error))
        statements = _statements(store)
        with nquads.open("wb") as file:
            file.writelines(store.export("nquads"))
    return statements, place, nquads


def _statements(store: Store) -> list[str]:
    found = store.query(f"SELECT DISTINCT ?s {{ ?s <{CG}quote> ?q }} ORDER BY ?s LIMIT 500")
    assert isinstance(found, Solutions)
    return [str(getattr(row[0], "value", "")) for row in found.rows]


def commands(place: Path, nquads: Path) -> dict[str, list[str]]:
    """How each server is started; PORT stands for its port."""
    ours = [
        sys.executable,
        "-c",
        "from clausegraph.api.cli import main; main()",
        "serve",
        "--port",
        "PORT",
        "--store",
        str(place),
    ]
    others = [sys.executable, "-m", "bench.sparql_servers"]
    found = {"clausegraph": ours, "inline": [*others, "inline", "PORT", str(place), str(nquads)]}
    binary = shutil.which("oxigraph", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    if binary is not None:
        snapshots = sorted((place / "snapshots").glob("current-*[0-9]"), key=lambda path: int(path.name[8:]))
        serve = ["serve-read-only", "--location", str(snapshots[-1]), "--bind", "127.0.0.1:PORT"]
        found["oxigraph"] = [binary, *serve, "--union-default-graph"]
    if find_spec("rdflib_endpoint") is not None:
        found["rdflib-endpoint"] = [*others, "rdflib-endpoint", "PORT", str(place), str(nquads)]
    return found


@contextmanager
def running(command: list[str]) -> Iterator[tuple[int, int]]:
    """A server's port and process while it runs. Raises `Unexpected` where it does not start."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    paths = [str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [part.replace("PORT", str(port)) for part in command],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            stdout=log,
            stderr=log,
        )
        try:
            deadline = time.monotonic() + _START_SECONDS
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    if process.poll() is not None or time.monotonic() > deadline:
                        log.seek(0)
                        written = log.read()[-1000:].decode("utf-8", "replace")
                        raise Unexpected(f"“{' '.join(command)}” does not answer.\n{written}") from None
                    time.sleep(0.1)
            yield port, process.pid
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def requests_for(query: str, statements: list[str]) -> list[str]:
    """A query about each statement as HTTP."""
    return [
        f"GET /sparql?query={quote(query.format(iri=iri), safe='')} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "Accept: application/sparql-results+json\r\n\r\n"
        for iri in statements
    ]


def ask(server: tuple[int, int], connections: int, seconds: float, requests: list[str]) -> dict[str, Any]:
    """One turn of one server, asked from a process of its own. Raises `Unexpected`."""
    port, pid = server
    given = {"port": port, "connections": connections, "seconds": seconds, "requests": requests}
    before = tree_cpu(pid)
    done = subprocess.run(
        [sys.executable, "-m", "bench.sparql_load"],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=seconds + 60,
        check=False,
    )
    if done.returncode:
        raise Unexpected(done.stderr[-2000:])
    found: dict[str, Any] = json.loads(done.stdout)
    return {**found, "cpu": (tree_cpu(pid) - before) / found["answered"]}


def measure(asked: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """All rounds."""
    statements, place, nquads = prepare(folder, asked.folder)
    rounds: list[dict[str, Any]] = []
    with ExitStack() as stack:
        servers = {
            name: stack.enter_context(running(command))
            for name, command in commands(place, nquads).items()
            if not asked.only or name in asked.only
        }
        turns = [(query, count) for query in QUERIES for count in CONNECTIONS]
        for server in servers.values():  # caches of code and files, worker processes: nobody's first request counts
            for query in QUERIES.values():
                ask(server, 8, max(2.0, asked.seconds / 2), requests_for(query, statements))  # workers start in it
        for _ in range(asked.rounds):
            found: dict[str, Any] = {}
            for query, count in turns:
                requests = requests_for(QUERIES[query], statements)
                found[f"{query}, {count}"] = {
                    name: ask(server, count, asked.seconds, requests) for name, server in servers.items()
                }
            rounds.append(found)
    return document(rounds, sorted({"oxigraph", "rdflib-endpoint"} - set(servers)))


#: Figure of a turn, and how it is told.
MEASURED = {"p10": "p10_ms", "median": "median_ms", "p99": "p99_ms", "cpu": "cpu_ms"}


def document(rounds: list[dict[str, Any]], absent: list[str]) -> dict[str, Any]:
    """Medians over the rounds, and each server's seconds an answer against those of ``inline`` in the same round."""
    figures: dict[str, Any] = {}
    for turn, servers in rounds[0].items():
        figures[turn] = {}
        for name in servers:
            each = [one[turn][name] for one in rounds]
            found: dict[str, Any] = {
                "per_second": round(statistics.median(one["answered"] / one["seconds"] for one in each), 1)
            }
            for key, told in MEASURED.items():
                found[told] = round(statistics.median(one[key] for one in each) * 1000, 3)
            if "inline" in servers:
                base = [one[turn]["inline"] for one in rounds]
                found["times_inline"] = {
                    "seconds": _ratios([b["answered"] / o["answered"] for o, b in zip(each, base, strict=True)]),
                    "p10": _ratios([o["p10"] / b["p10"] for o, b in zip(each, base, strict=True)]),
                    "cpu": _ratios([o["cpu"] / b["cpu"] for o, b in zip(each, base, strict=True) if b["cpu"]]),
                }
            figures[turn][name] = found
    return {"rounds": len(rounds), "absent": absent, "load": list(os.getloadavg()), "figures": figures}


def _ratios(found: list[float]) -> dict[str, float]:
    if not found:
        return {}
    return {name: round(f(found), 2) for name, f in (("median", statistics.median), ("min", min), ("max", max))}


def show(found: dict[str, Any]) -> None:
    """The document as tables for people."""
    console = Console(width=None if sys.stdout.isatty() else 140, highlight=False)
    console.print(f"{found['rounds']} rounds, load average {found['load'][0]:.1f}; × inline: median (min–max)")
    for turn, servers in found["figures"].items():
        table = Table(title=f"{turn} connection{'' if turn.endswith(' 1') else 's'}", title_justify="left")
        table.add_column("server")
        heads = ("answers/s", "p10 ms", "median ms", "p99 ms", "CPU ms", "× inline", "× inline, p10", "× inline, CPU")
        for head in heads:
            table.add_column(head, justify="right")
        for name, one in servers.items():
            ratios = one.get("times_inline", {})
            table.add_row(
                name,
                f"{one['per_second']:,.0f}",
                *(f"{one[told]:.2f}" for told in MEASURED.values()),
                *(_told(ratios.get(key, {})) for key in ("seconds", "p10", "cpu")),
            )
        console.print(table)
    if found["absent"]:
        console.print(f"Not installed, so left out: {', '.join(found['absent'])} (PyPI packages of these names).")


def _told(ratio: dict[str, float]) -> str:
    return f"{ratio['median']:.2f} ({ratio['min']:.2f}–{ratio['max']:.2f})" if ratio else ""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench.sparql", description="Small SPARQL results over HTTP, side by side.")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "api" / "samples", help="policies to ask about")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="how often (5)")
    parser.add_argument("--seconds", type=float, default=1.0, metavar="S", help="one turn of one server (1)")
    parser.add_argument("--only", nargs="+", metavar="SERVER", help="compare these alone")
    parser.add_argument("-f", "--format", choices=("table", "json"), default="table", help="how to print")
    asked = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory(prefix="clausegraph-bench-") as folder:
            found = measure(asked, Path(folder))
    except Unexpected as error:
        print(error, file=sys.stderr)
        return 2
    if asked.format == "json":
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        show(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
