"""Small SPARQL results over HTTP, beside other servers on the same data: `python -m bench.sparql`.

In: a folder of policies (default: the project's samples). Out: a table on standard output, or one JSON document
(``--format json``): answers a second of each server at one connection and at eight, and our server's time as a multiple of
``inline`` (see `bench.sparql_servers`). `make bench-sparql` runs it; it takes about a minute and a half.

All servers run meanwhile and are asked one after another in short turns; a ratio is formed inside one round, so that a
slower moment of the machine meets all. A query comes with another subject each time, so that no cache of answers helps.
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
from contextlib import ExitStack, contextmanager
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

from clausegraph.api.base import ensure_base
from clausegraph.api.ingestion import ingest
from clausegraph.ingest.read import discover
from clausegraph.queries.store import Solutions, Store, open_store

from .sparql_load import Unexpected

ROOT = Path(__file__).resolve().parent.parent
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
    ours = [sys.executable, "-c", "from clausegraph.api.cli import main; main()", "serve", "--port", "PORT", "--store", str(place)]
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
def running(command: list[str]) -> Iterator[int]:
    """A server's port while it runs. Raises `Unexpected` where it does not start."""
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
            yield port
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


def ask(port: int, connections: int, seconds: float, requests: list[str]) -> dict[str, Any]:
    """One turn of one server, asked from a process of its own. Raises `Unexpected`."""
    given = {"port": port, "connections": connections, "seconds": seconds, "requests": requests}
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
    return found


def measure(asked: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """All rounds."""
    statements, place, nquads = prepare(folder, asked.folder)
    rounds: list[dict[str, Any]] = []
    with ExitStack() as stack:
        ports = {
            name: stack.enter_context(running(command))
            for name, command in commands(place, nquads).items()
            if not asked.only or name in asked.only
        }
        turns = [(query, count) for query in QUERIES for count in CONNECTIONS]
        for port in ports.values():  # caches of code and files, worker processes: nobody's first request counts
            for query in QUERIES.values():
                ask(port, 8, asked.seconds / 2, requests_for(query, statements))
        for _ in range(asked.rounds):
            found: dict[str, Any] = {}
            for query, count in turns:
                requests = requests_for(QUERIES[query], statements)
                found[f"{query}, {count}"] = {
                    name: ask(port, count, asked.seconds, requests) for name, port in ports.items()
                }
            rounds.append(found)
    return document(rounds, sorted(set(("oxigraph", "rdflib-endpoint")) - set(ports)))


def document(rounds: list[dict[str, Any]], absent: list[str]) -> dict[str, Any]:
    """Medians over the rounds: answers a second, the median answer's milliseconds, and seconds against ``inline``."""
    figures: dict[str, Any] = {}
    for turn in rounds[0]:
        figures[turn] = {}
        for name in rounds[0][turn]:
            each = [one[turn][name] for one in rounds]
            rates = [one["answered"] / one["seconds"] for one in each]
            figures[turn][name] = {
                "per_second": round(statistics.median(rates), 1),
                "median_ms": round(statistics.median(one["median"] for one in each) * 1000, 3),
                "p99_ms": round(statistics.median(one["p99"] for one in each) * 1000, 3),
            }
            if "inline" in rounds[0][turn]:
                ratios = [
                    one[turn]["inline"]["answered"] / one[turn]["inline"]["seconds"] / rate
                    for one, rate in zip(rounds, rates, strict=True)
                ]
                low, high = min(ratios), max(ratios)
                figures[turn][name] |= {
                    "times_inline": round(statistics.median(ratios), 2),
                    "times_inline_range": [round(low, 2), round(high, 2)],
                }
    return {"rounds": len(rounds), "absent": absent, "load": list(os.getloadavg()), "figures": figures}


def show(found: dict[str, Any]) -> None:
    """The document as a table for people."""
    print(f"{found['rounds']} rounds, load average {found['load'][0]:.1f}; “× inline”: our time for its one second")
    for turn, servers in found["figures"].items():
        print(f"\n{turn} connection{'s' if not turn.endswith(' 1') else ''}")
        for name, one in servers.items():
            low, high = one.get("times_inline_range", (0, 0))
            ratio = f"{one['times_inline']:6.2f} × inline ({low:.2f}–{high:.2f})" if "times_inline" in one else ""
            print(
                f"  {name:<16}{one['per_second']:9,.0f}/s {one['median_ms']:9.2f} ms {one['p99_ms']:9.2f} ms p99 {ratio}"
            )
    if found["absent"]:
        print(f"\nNot installed, so left out: {', '.join(found['absent'])} (pip install {' '.join(found['absent'])}).")


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
