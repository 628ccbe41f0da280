"""One measured run of the throughput benchmark, alone in its process: `python -m bench.throughput_run MODE …`.

In: a mode, an input or a store, the time at which the process was asked for. Out: one JSON object in the file
``--out``; all times in seconds.

- ingest: files to a store in a folder, by the calls that `clausegraph ingest` makes
- extract: the same without a store; the N-Quads go into one file
- load: bare `pyoxigraph.Store.bulk_load` of that file's bytes in one call
- ask: each saved report, and one SPARQL count over all quads
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import statistics
import time
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, cast

import pyoxigraph as ox

from clausegraph.api.ingestion import ingest
from clausegraph.ingest.pipeline import Summary, run
from clausegraph.ingest.read import Source, discover
from clausegraph.queries.report import list_reports, run_report
from clausegraph.queries.store import Store, VersionGraph, open_store

#: Every triple of every graph, counted: what a report's time is compared with.
SCAN = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"

#: How often each report is asked at most, and the seconds after which it is not asked again. The median counts.
ASKED = 3
ENOUGH = 2.0

Result = dict[str, Any]


class Tally:
    """What a run went through. ``stages``: seconds by stage, added up over all processes."""

    def __init__(self, began: float) -> None:
        self.stages: dict[str, float] = {"start": time.time() - began}
        self.counts = Counter[str]()
        self.languages = Counter[str]()
        self.failed: list[str] = []
        self.triples = 0
        self.bytes = 0
        self.crc = 0

    def spent(self, stage: str, seconds: float) -> None:
        self.stages[stage] = self.stages.get(stage, 0.0) + seconds

    def graph(self, nquads: bytes) -> None:
        """Count one policy's N-Quads. The checksum tells whether two runs produced the very same ones in order."""
        self.triples += nquads.count(b"\n")
        self.bytes += len(nquads)
        self.crc = zlib.crc32(nquads, self.crc)

    def policy(self, summary: Summary | None, state: str, error: str) -> None:
        self.counts[state] += 1
        if summary is None:
            self.failed.append(error)
            return
        self.languages[summary.language] += 1
        self.counts["characters"] += summary.characters
        self.counts["statements"] += summary.statements
        for stage, seconds in summary.seconds:
            self.spent("graph" if stage == "quads" else stage, seconds)

    def result(self) -> Result:
        counts = self.counts
        return {
            "stages": self.stages,
            "policies": counts.total() - counts["failed"] - counts["characters"] - counts["statements"],
            "unchanged": counts["unchanged"],
            "characters": counts["characters"],
            "statements": counts["statements"],
            "languages": dict(sorted(self.languages.items())),
            "failed": self.failed,
            "triples": self.triples,
            "nquads_bytes": self.bytes,
            "crc": self.crc,
        }


class TimedStore:
    """A store that notes how long writing takes; everything else passes through."""

    def __init__(self, store: Store, tally: Tally) -> None:
        self._store = store
        self._tally = tally

    def put(self, batch: Sequence[VersionGraph], *, force: bool = False) -> list[str]:
        began = time.perf_counter()
        outcomes = self._store.put(batch, force=force)
        self._tally.spent("store", time.perf_counter() - began)
        for graph in batch:
            self._tally.graph(graph.nquads)
        return list(outcomes)

    def load_base(self, graph_iri: str, nquads: bytes) -> bool:
        began = time.perf_counter()
        loaded = self._store.load_base(graph_iri, nquads)
        self._tally.spent("ontology", time.perf_counter() - began)
        return loaded

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def sources_of(given: str, tally: Tally) -> list[Source]:
    """What `clausegraph ingest` would read."""
    began = time.perf_counter()
    found = list(discover([given]))
    tally.spent("discover", time.perf_counter() - began)
    return found


def ingest_run(asked: argparse.Namespace) -> Result:
    """Files to disk."""
    tally = Tally(asked.began)
    with open_store(asked.store, write=True) as store:
        sources = sources_of(asked.input, tally)
        for one in ingest(cast(Store, TimedStore(store, tally)), sources, jobs=asked.jobs):
            tally.policy(one.summary, one.state, one.error)
        began = time.perf_counter()
    tally.spent("store", time.perf_counter() - began)
    return tally.result()


def extract_run(asked: argparse.Namespace) -> Result:
    """Files to N-Quads."""
    tally = Tally(asked.began)
    with Path(asked.nquads).open("wb") as out:
        for outcome in run(sources_of(asked.input, tally), asked.jobs):
            tally.policy(outcome.summary, "extracted" if outcome.ok else "failed", outcome.error)
            tally.graph(outcome.nquads)
            out.write(outcome.nquads)
    return tally.result()


def load_run(asked: argparse.Namespace) -> Result:
    """N-Quads to disk by pyoxigraph alone: opening, loading and closing, without reading the file."""
    data = Path(asked.nquads).read_bytes()
    began, cpu = time.perf_counter(), time.process_time()
    store = ox.Store(asked.store)
    store.bulk_load(data, format=ox.RdfFormat.N_QUADS)
    del store
    return {"load": time.perf_counter() - began, "load_cpu": time.process_time() - cpu, "nquads_bytes": len(data)}


def ask_run(asked: argparse.Namespace) -> Result:
    """Median seconds of the scan and of each report, answered as the command line answers it."""
    with open_store(asked.store) as store:
        scan = _timed(lambda: store.query(SCAN))
        policies = [row.policy_iri for row in store.policies()]
        times = {}
        for report in (one for one in list_reports() if not one.error):
            needed = [parameter.name for parameter in report.parameters if parameter.required]
            given = dict(zip(needed, itertools.cycle(policies), strict=False))
            times[report.name] = _timed(partial(run_report, store, report, given))
    return {"scan": scan, "reports": times}


def _timed(call: Callable[[], object]) -> float:
    taken: list[float] = []
    while len(taken) < ASKED and sum(taken) < ENOUGH:
        began = time.perf_counter()
        call()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


MODES: dict[str, Callable[[argparse.Namespace], Result]] = {
    "ingest": ingest_run,
    "extract": extract_run,
    "load": load_run,
    "ask": ask_run,
}


def main() -> None:
    """Run one mode."""
    parser = argparse.ArgumentParser(description="One measured run; `bench.throughput` starts it.")
    parser.add_argument("mode", choices=MODES)
    parser.add_argument("--out", required=True, help="file for the result")
    parser.add_argument("--began", type=float, default=time.time(), help="seconds since the epoch")
    parser.add_argument("--input", default="", help="what to ingest")
    parser.add_argument("--store", default="", help="folder of the store")
    parser.add_argument("--nquads", default="", help="file of N-Quads")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="worker processes")
    asked = parser.parse_args()
    Path(asked.out).write_text(json.dumps(MODES[asked.mode](asked)), encoding="utf-8")


if __name__ == "__main__":
    main()
