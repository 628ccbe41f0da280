"""All stages in order, for one document or for many in worker processes.

In: `Document`s or `Source`s. Out: `Extraction`s, or `Outcome`s with the N-Quads of each version's graph.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import time
import traceback
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from itertools import chain, islice
from pathlib import Path

from .. import ClauseGraphError, __version__
from ..ontology import lexicon
from .extract import Extractor, RuleExtractor
from .quads import ExtractorStamp, policy_iri, version_iri, version_quads
from .read import Source, read_source
from .records import Document, Extraction
from .segment import segment

#: Libraries whose version may change what is read or extracted.
LIBRARIES = (
    "ahocorasick-rs",
    "charset-normalizer",
    "cn2an",
    "justhtml",
    "mammoth",
    "opencc",
    "py3langid",
    "pypdfium2",
    "snowballstemmer",
    "trafilatura",
)

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

    Where ``ok`` is False only ``source_name``, ``key``, ``error`` and ``mend`` say something.
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


def process(document: Document, extractor: Extractor | None = None) -> Extraction:
    """Segment and extract one document."""
    return (extractor or RuleExtractor()).extract(document, segment(document))


@cache
def extractor_stamp() -> ExtractorStamp:
    """Who extracts: the same digest promises the same output for the same input."""
    libraries = tuple((name, _version(name)) for name in LIBRARIES)
    total = hashlib.sha256(f"{__version__} {RuleExtractor.name} {RuleExtractor.version} {libraries}".encode())
    total.update(lexicon.digest().encode())
    root = Path(__file__).parent
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.toml"), *(root.parent / "ontology").glob("*.py")]):
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return ExtractorStamp(RuleExtractor.name, __version__, total.hexdigest(), lexicon.digest(), libraries)


def extractor_digest() -> str:
    """The digest of `extractor_stamp`, hex."""
    return extractor_stamp().digest


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def work(source: Source) -> Outcome:
    """Everything from a source's bytes to the N-Quads of its graph; errors for people become a failed outcome."""
    try:
        began = time.perf_counter()
        document = read_source(source)
        read = time.perf_counter()
        clauses = segment(document)
        segmented = time.perf_counter()
        extraction = RuleExtractor().extract(document, clauses)
        extracted = time.perf_counter()
        stamp = extractor_stamp()
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
        version_iri=version_iri(document.key, document.sha256),
        sha256=document.sha256,
        extractor_digest=stamp.digest,
        nquads=nquads,
        summary=summary(extraction, seconds),
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


def run(sources: Iterable[Source], jobs: int = 1) -> Iterator[Outcome]:
    """One outcome a source, in order, from ``jobs`` worker processes (few sources stay in this one).

    A worker that dies (out of memory) fails its own source alone: those in flight are tried again one by one.
    """
    queue = iter(sources)
    first = list(islice(queue, _AHEAD))
    queue = chain(first, queue)
    if jobs <= 1 or len(first) < _AHEAD:
        yield from map(work, queue)
        return
    again = yield from _pooled(queue, jobs)
    while again:
        for source in again:
            yield from _alone(source)
        again = yield from _pooled(queue, jobs)


def _pooled(queue: Iterator[Source], jobs: int) -> Generator[Outcome, None, list[Source]]:
    """Outcomes from a pool; returns the sources that were in flight when the pool broke, none when all went well."""
    pending: deque[tuple[Source, Future[Outcome]]] = deque()
    with _pool(jobs) as pool:
        try:
            for source in queue:
                try:
                    pending.append((source, pool.submit(work, source)))
                except BrokenProcessPool:
                    return [*(waiting for waiting, _ in pending), source]
                if len(pending) >= jobs * _AHEAD:
                    yield pending[0][1].result()
                    pending.popleft()
            while pending:
                yield pending[0][1].result()
                pending.popleft()
        except BrokenProcessPool:
            return [source for source, _ in pending]
        finally:
            for _, future in pending:
                future.cancel()
    return []


def _alone(source: Source) -> Iterator[Outcome]:
    """One source in a process of its own."""
    with _pool(1) as pool:
        try:
            yield pool.submit(work, source).result()
        except BrokenProcessPool:
            error = f"{source.name}: the process that read it died; it may need more memory than this machine has."
            yield Outcome(source.name, source.key, False, error, "Ingest a smaller file, or use a larger machine.")


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=_warm)


def _warm() -> None:
    """Load what every document needs before the first one arrives."""
    from .extract.match import matcher

    for language in lexicon.LANGUAGES:
        matcher(language)
