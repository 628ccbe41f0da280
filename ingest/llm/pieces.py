"""A document cut at clause boundaries into pieces that a model reads at once.

In: the text and its clauses. Out: `Piece`s in text order, each under one heading, none longer than `SIZE` code points
(a clause that is longer is cut between its sentences), with the headings and list heads above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..records import Clause
from ..segment import sentences

#: Code points of a piece at most.
SIZE = 2400
_UNREAD = frozenset({"Heading", "Boilerplate", "Markup", "Contents"})


@dataclass(frozen=True, slots=True)
class Piece:
    """``path`` is where it begins; ``headings``, outermost first, and ``heads`` (list heads) stand before it."""

    path: str
    start: int
    end: int
    headings: tuple[Clause, ...] = ()
    heads: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """A clause, or a part of one that is too long."""

    clause: Clause
    start: int
    end: int


def pieces(text: str, clauses: tuple[Clause, ...], size: int = SIZE) -> Iterator[Piece]:
    """The pieces of a document; what holds no letter is left out."""
    by_path = {clause.path: clause for clause in clauses}
    run: list[_Part] = []
    for clause in clauses:
        for part in _parts(text, clause, size):
            if run and not _joins(run, part, by_path, size):
                yield from _piece(text, run, by_path)
                run = []
            run.append(part)
    yield from _piece(text, run, by_path)


def above(clause: Clause, by_path: dict[str, Clause]) -> list[Clause]:
    """The clauses that a clause stands under, nearest first."""
    found = []
    while clause.parent:
        clause = by_path[clause.parent]
        found.append(clause)
    return found


def _parts(text: str, clause: Clause, size: int) -> Iterator[_Part]:
    if clause.kind in _UNREAD:
        return
    if clause.end - clause.start <= size:
        yield _Part(clause, clause.start, clause.end)
        return
    start = end = clause.start
    for first, last in _short(sentences(text, clause.start, clause.end), size):
        if last - start > size and end > start:
            yield _Part(clause, start, end)
            start = first
        end = last
    if end > start:
        yield _Part(clause, start, end)


def _short(ranges: Iterable[tuple[int, int]], size: int) -> Iterator[tuple[int, int]]:
    """Sentences; one that is longer than a piece (a table in one line) in parts."""
    for start, end in ranges:
        for at in range(start, end, size):
            yield at, min(at + size, end)


def _joins(run: list[_Part], part: _Part, by_path: dict[str, Clause], size: int) -> bool:
    """Whether a part goes into the piece that the run makes: it follows, under the same heading, and there is room."""
    last = run[-1]
    return (
        part.clause is not last.clause
        and part.clause.order == last.clause.order + 1
        and part.end - run[0].start <= size
        and _headings(part.clause, by_path) == _headings(last.clause, by_path)
    )


def _headings(clause: Clause, by_path: dict[str, Clause]) -> tuple[Clause, ...]:
    return tuple(reversed([one for one in above(clause, by_path) if one.kind == "Heading"]))


def _piece(text: str, run: list[_Part], by_path: dict[str, Clause]) -> Iterator[Piece]:
    if not run:
        return
    start, end = run[0].start, run[-1].end
    while end > start and text[end - 1].isspace():
        end -= 1
    if not any(char.isalpha() for char in text[start:end]):
        return
    first = run[0].clause
    heads = reversed([one for one in above(first, by_path) if one.kind != "Heading"])
    yield Piece(first.path, start, end, _headings(first, by_path), tuple(heads))
