"""All stages in order, for one document or for many in worker processes.

In: `Document`s or `Source`s. Out: `Extraction`s, or `Outcome`s with the N-Quads of each version's graph.
"""

from __future__ import annotations

import multiprocessing
import time
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path

from .. import ClauseGraphError
from ..ontology import lexicon
from .extract import Extractor, RuleExtractor
from .extractors import RULES, Choice, build, extractor_digest, extractor_stamp
from .quads import policy_iri, version_iri, version_quads
from .read import Source, read_source
from .records import Document, Extraction
from .segment import segment

__all__ = [
    "Known",
    "Outcome",
    "Summary",
    "extractor_digest",
    "extractor_stamp",
    "process",
    "run",
    "summary",
    "work",
]

#: Sources handed to workers ahead of the one whose outcome is due.
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Summary:
    """What a person wants to know of one policy that was read.

    ``accounted``: code points that stand in a clause of any kind. ``seconds``: time a stage, by its name.
    """

    policy: str
    title: str
    language: str
    controller: str
    clauses: int
    statements: int
    characters: int
    accounted: int
    warnings: tuple[str, ...]
    denied: int = 0
    seconds: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source.

    Where ``ok`` is False only ``source_name``, ``key``, ``error`` and ``mend`` say something. Where ``unchanged`` the
    text was read and no more: ``nquads`` is empty and ``summary`` knows nothing that had to be extracted.
    """

    source_name: str
    key: str
    ok: bool
    error: str = ""
    mend: str = ""
    policy_iri: str = ""
    version_iri: str = ""
    sha256: str = ""
    extractor_digest: str = ""
    nquads: bytes = b""
    summary: Summary | None = None
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored of a policy: what would give the same version by the same extractor is not extracted again."""

    version_iri: str
    extractor_digest: str


def process(document: Document, extractor: Extractor | None = None) -> Extraction:
    """Segment and extract one document."""
    return (extractor or RuleExtractor()).extract(document, segment(document))


def work(source: Source, extractor: Choice = RULES, known: Known | None = None) -> Outcome:
    """Everything from a source's bytes to the N-Quads of its graph; errors for people become a failed outcome.

    Where the graph would be the one that is ``known`` already, the source is read and no more.
    """
    try:
        began = time.perf_counter()
        stamp = extractor_stamp(extractor)
        document = read_source(source)
        version = version_iri(document.key, document.sha256)
        read = time.perf_counter()
        if known == Known(version, stamp.digest):
            return _unchanged(source, document, stamp.digest, read - began)
        clauses = segment(document)
        segmented = time.perf_counter()
        extraction = build(extractor).extract(document, clauses)
        extracted = time.perf_counter()
        nquads = version_quads(extraction, extractor=stamp)
        written = time.perf_counter()
    except ClauseGraphError as error:
        return Outcome(source.name, source.key, False, str(error), error.mend)
    except Exception as error:  # a bug met by one document must not lose the others
        where = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(where.filename).name}:{where.lineno}"
        return Outcome(
            source.name,
            source.key,
            False,
            f"{source.name}: {type(error).__name__} at {place}: {error}",
            "This is a bug in ClauseGraph; please report it with the file, or with the part of it that shows the bug.",
        )
    seconds = (
        ("read", read - began),
        ("segment", segmented - read),
        ("extract", extracted - segmented),
        ("quads", written - extracted),
    )
    return Outcome(
        source.name,
        document.key,
        True,
        policy_iri=policy_iri(document.key),
        version_iri=version,
        sha256=document.sha256,
        extractor_digest=stamp.digest,
        nquads=nquads,
        summary=summary(extraction, seconds),
    )


def _unchanged(source: Source, document: Document, digest: str, seconds: float) -> Outcome:
    return Outcome(
        source.name,
        document.key,
        True,
        policy_iri=policy_iri(document.key),
        version_iri=version_iri(document.key, document.sha256),
        sha256=document.sha256,
        extractor_digest=digest,
        summary=Summary(
            policy=document.key,
            title=document.title,
            language=document.language,
            controller="",
            clauses=0,
            statements=0,
            characters=len(document.text),
            accounted=0,
            warnings=document.warnings,
            seconds=(("read", seconds),),
        ),
        unchanged=True,
    )


def summary(extraction: Extraction, seconds: tuple[tuple[str, float], ...] = ()) -> Summary:
    """The figures of one extraction."""
    owner = next((party for party in extraction.parties if party.key == extraction.controller), None)
    return Summary(
        policy=extraction.document.key,
        title=extraction.title,
        language=extraction.document.language,
        controller=owner.name if owner else "",
        clauses=len(extraction.clauses),
        statements=len(extraction.statements),
        characters=len(extraction.document.text),
        accounted=sum(clause.end - clause.start for clause in extraction.clauses),
        warnings=extraction.warnings,
        denied=sum(statement.denied for statement in extraction.statements),
        seconds=seconds,
    )


#: A source and what is known of its policy.
_Task = tuple[Source, Known | None]


def run(
    sources: Iterable[Source],
    jobs: int = 1,
    *,
    extractor: Choice = RULES,
    known: Mapping[str, Known] | None = None,
) -> Iterator[Outcome]:
    """One outcome a source, in order, from ``jobs`` worker processes (few sources stay in this one).

    ``known``: what is stored, by the policy's IRI; what would not change it is read and no more. A worker that dies
    (out of memory) fails its own source alone: those in flight are tried again one by one.
    """
    queue = _tasks(sources, known or {})
    first = list(islice(queue, _AHEAD))
    queue = chain(first, queue)
    do = partial(_do, extractor=extractor)
    if jobs <= 1 or len(first) < _AHEAD:
        yield from map(do, queue)
        return
    warm = not known  # where much is stored already little is extracted, and matchers are made by whoever needs one
    again = yield from _pooled(queue, do, jobs, warm=warm)
    while again:
        for task in again:
            yield from _alone(task, do)
        again = yield from _pooled(queue, do, jobs, warm=warm)


def _tasks(sources: Iterable[Source], known: Mapping[str, Known]) -> Iterator[_Task]:
    """Each source with what is known of its policy; once only, since the first source of a policy may change it."""
    seen: set[str] = set()
    for source in sources:
        told = known.get(policy_iri(source.key)) if source.key and source.key not in seen else None
        seen.add(source.key)
        yield source, told


def _do(task: _Task, extractor: Choice) -> Outcome:
    return work(task[0], extractor, task[1])


_Do = Callable[[_Task], Outcome]


def _pooled(queue: Iterator[_Task], do: _Do, jobs: int, *, warm: bool) -> Generator[Outcome, None, list[_Task]]:
    """Outcomes from a pool; returns the tasks that were in flight when the pool broke, none when all went well."""
    pending: deque[tuple[_Task, Future[Outcome]]] = deque()
    with _pool(jobs, warm=warm) as pool:
        try:
            for task in queue:
                try:
                    pending.append((task, pool.submit(do, task)))
                except BrokenProcessPool:
                    return [*(waiting for waiting, _ in pending), task]
                if len(pending) >= jobs * _AHEAD:
                    yield pending[0][1].result()
                    pending.popleft()
            while pending:
                yield pending[0][1].result()
                pending.popleft()
        except BrokenProcessPool:
            return [task for task, _ in pending]
        finally:
            for _, future in pending:
                future.cancel()
    return []


def _alone(task: _Task, do: _Do) -> Iterator[Outcome]:
    """One source in a process of its own."""
    source = task[0]
    with _pool(1, warm=False) as pool:
        try:
            yield pool.submit(do, task).result()
        except BrokenProcessPool:
            error = f"{source.name}: the process that read it died; it may need more memory than this machine has."
            yield Outcome(source.name, source.key, False, error, "Ingest a smaller file, or use a larger machine.")


def _pool(jobs: int, *, warm: bool) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, context, initializer=_warm if warm else None)


def _warm() -> None:
    """Load what every document needs before the first one arrives."""
    from .extract.match import matcher

    for language in lexicon.LANGUAGES:
        matcher(language)
