"""Reading policies into a store: sources in, graphs landed, each with what became of it.

In: sources (`ingest.read.discover`) and an open store. Out: `Landed`, one a source, while workers go on reading.

The command line and the server share this, so that both land the same graphs with the same words about failures.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from pydantic import SecretStr

from ..ingest.extractors import RULES, Choice, build
from ..ingest.pipeline import Known, Outcome, Summary, run
from ..ingest.read import Source
from ..queries.inference import refresh
from ..queries.store import Figures, Store, VersionGraph
from .base import derived_graphs, ensure_base, ensure_derived
from .settings import Settings

#: Policies a commit: enough to spread its cost, few enough that an interruption loses little.
BATCH = 20
#: Bytes of N-Quads a commit: the store takes several times as much memory while it loads them.
BATCH_BYTES = 24_000_000
#: Policies told of at once where most of them are unchanged: their figures come from one query.
TOLD = 100


def chosen(settings: Settings) -> Choice:
    """The extractor that the settings name, with the settings that begin with its name as options."""
    prefix = f"{settings.extractor}_"
    options = {
        name.removeprefix(prefix): getattr(settings, name)
        for name in type(settings).model_fields
        if name.startswith(prefix)
    }
    plain = {
        name: value.get_secret_value() if isinstance(value, SecretStr) else str(value)
        for name, value in options.items()
        if value is not None
    }
    return Choice(settings.extractor, tuple(plain.items()))


State = Literal["added", "replaced", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Landed:
    """What became of one source. ``summary`` is None and ``error`` says why where ``state`` is "failed".

    Where it is "unchanged" the summary's figures are those of the stored graph, its warnings those of reading alone.
    """

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


def ingest(
    store: Store,
    sources: Iterable[Source],
    *,
    jobs: int = 0,
    batch: int = BATCH,
    extractor: Choice = RULES,
    force: bool = False,
) -> Iterator[Landed]:
    """Read, extract and store every source. A bad source is one failed `Landed`; the others go on.

    ``jobs`` worker processes (0: one a core). Commits after every ``batch`` policies or `BATCH_BYTES`, and at the end.
    What is stored in the same version by the same extractor is read, but not extracted again unless ``force``. Raises
    `ExtractorError` where there is no such extractor or it cannot work here.
    """
    build(extractor)  # an extractor that cannot work at all is said once, not once a policy
    ensure_base(store)
    ensure_derived(store)
    known = {} if force else {iri: Known(one.version_iri, one.extractor_digest) for iri, one in store.states().items()}
    waiting: list[Outcome] = []
    for outcome in run(sources, jobs or os.cpu_count() or 1, extractor=extractor, known=known):
        if not outcome.ok:
            yield _failed(outcome)
            continue
        waiting.append(outcome)
        if _due(waiting, batch):
            yield from _land(store, waiting, force=force)
            waiting = []
    yield from _land(store, waiting, force=force)


def _due(waiting: list[Outcome], batch: int) -> bool:
    """Whether it is time to commit."""
    return (
        sum(not one.unchanged for one in waiting) >= batch
        or sum(len(one.nquads) for one in waiting) >= BATCH_BYTES
        or len(waiting) >= TOLD
    )


def _failed(outcome: Outcome) -> Landed:
    return Landed(outcome.source_name, "failed", error=outcome.error, mend=outcome.mend)


def _land(store: Store, outcomes: list[Outcome], *, force: bool) -> Iterator[Landed]:
    """Store what is new of a batch in one commit, and look up what is not; what follows from it may be out of step."""
    moment = now()
    graphs = [
        VersionGraph(
            one.policy_iri,
            one.version_iri,
            one.sha256,
            one.extractor_digest,
            one.nquads,
            moment,
            derived_graphs(one.version_iri, one.nquads),
        )
        for one in outcomes
        if not one.unchanged
    ]
    states = iter(store.put(graphs, force=force) if graphs else ())
    refresh(store, [one.policy_iri for one in outcomes if one.unchanged])
    figures = store.figures([one.version_iri for one in outcomes if one.unchanged])
    for outcome in outcomes:
        if outcome.unchanged:
            yield _stored(outcome, figures.get(outcome.version_iri))
        else:
            yield Landed(outcome.source_name, next(states), outcome.policy_iri, outcome.version_iri, outcome.summary)


def _stored(outcome: Outcome, figures: Figures | None) -> Landed:
    """What is told of a policy that was not extracted again."""
    if figures is None or outcome.summary is None:
        error = f"{outcome.source_name}: {outcome.policy_iri} was removed from the store while it was read again."
        return Landed(outcome.source_name, "failed", error=error, mend="Ingest it once more.")
    summary = replace(
        outcome.summary,
        title=figures.title,
        language=figures.language,
        controller=figures.controller,
        clauses=figures.clauses,
        statements=figures.statements,
        denied=figures.denied,
        characters=figures.characters,
        accounted=figures.accounted,
    )
    return Landed(outcome.source_name, "unchanged", outcome.policy_iri, outcome.version_iri, summary)
