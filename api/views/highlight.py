"""Cuts text into stretches by the evidence that lies on them.

In: a text range and marks (ranges that may nest, overlap and repeat). Out: `Stretch`es that together are the range,
each with all marks that cover it, so that a page or terminal can colour every character once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

Mark = TypeVar("Mark")


@dataclass(frozen=True, slots=True)
class Stretch(Generic[Mark]):
    """``text[start:end]`` with the marks that cover all of it, the shortest first."""

    start: int
    end: int
    text: str
    marks: tuple[Mark, ...]


def stretches(text: str, start: int, end: int, marks: Iterable[tuple[int, int, Mark]]) -> Iterator[Stretch[Mark]]:
    """Cut ``text[start:end]`` at every mark's ends. Marks outside the range count only where they reach into it."""
    inside = [(max(s, start), min(e, end), s, e, mark) for s, e, mark in marks if s < end and e > start and s < e]
    cuts = sorted({start, end, *(s for s, *_ in inside), *(e for _, e, *_ in inside)})
    for left, right in pairwise(cuts):
        covering = sorted(
            (e - s, place) for place, (cs, ce, s, e, _) in enumerate(inside) if cs <= left and ce >= right
        )
        seen: list[Mark] = []
        for _, place in covering:
            mark = inside[place][4]
            if mark not in seen:
                seen.append(mark)
        yield Stretch(left, right, text[left:right], tuple(seen))
