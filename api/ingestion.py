"""Reading policies into a store: sources in, graphs landed, each with what became of it.

In: sources (`ingest.read.discover`) and an open store. Out: `Landed`, one a source, while workers go on reading.

The command line and the server share this, so that both land the same graphs with the same words about failures.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from ..ingest.pipeline import Outcome, Summary, run
from ..ingest.read import Source
from ..queries.store import Store, VersionGraph
from .base import ensure_base

#: Policies a commit: enough to spread its cost, few enough that an interruption loses little.
BATCH = 20
#: Bytes of N-Quads a commit: the store takes several times as much memory while it loads them.
BATCH_BYTES = 24_000_000

State = Literal["added", "replaced", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Landed:
    """What became of one source. ``summary`` is None and ``error`` says why where ``state`` is "failed"."""

    source: str
    state: State
    policy: str = ""
    version: str = ""
    summary: Summary | None = None
    error: str = ""
    mend: str = ""


def now() -> str:
    """The time of ingestion as the catalogue writes it (UTC, whole seconds)."""
    return datetime.now(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def ingest(store: Store, sources: Iterable[Source], *, jobs: int = 0, batch: int = BATCH) -> Iterator[Landed]:
    """Read, extract and store every source. A bad source is one failed `Landed`; the others go on.

    ``jobs`` worker processes (0: one a core). Commits after every ``batch`` policies or `BATCH_BYTES`, and at the end.
    """
    ensure_base(store)
    waiting: list[Outcome] = []
    for outcome in run(sources, jobs or os.cpu_count() or 1):
        if not outcome.ok:
            yield _failed(outcome)
            continue
        waiting.append(outcome)
        if len(waiting) >= batch or sum(len(one.nquads) for one in waiting) >= BATCH_BYTES:
            yield from _land(store, waiting)
            waiting = []
    yield from _land(store, waiting)


def _failed(outcome: Outcome) -> Landed:
    return Landed(outcome.source_name, "failed", error=outcome.error, mend=outcome.mend)


def _land(store: Store, outcomes: list[Outcome]) -> Iterator[Landed]:
    """Store one batch in one commit."""
    if not outcomes:
        return
    moment = now()
    graphs = [
        VersionGraph(one.policy_iri, one.version_iri, one.sha256, one.extractor_digest, one.nquads, moment)
        for one in outcomes
    ]
    for outcome, state in zip(outcomes, store.put(graphs), strict=True):
        yield Landed(outcome.source_name, state, outcome.policy_iri, outcome.version_iri, outcome.summary)
