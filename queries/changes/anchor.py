"""Evidence found again in another text.

In: a quote, the other version's text. Out: an `Anchor`: the words there that are nearest, with a score from 0 to 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from .facts import folded

#: Below this score the words are not there.
LEAST = 0.8
#: Quotes shorter than this are found only as they are: a few letters are like anything.
SHORT = 8

#: A letter of a script that writes words apart: Latin, Greek, Cyrillic.
_LETTER = re.compile(r"[0-9A-Za-z\u00c0-\u052f]")
#: What ends a sentence before, and spaces.
_BEFORE = " \t\n\u00a0\u3000.,;:!?\u3001\u3002\uff0c\uff1b\uff1a\uff01\uff1f"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in a text: half-open range of code points, its words, how like the quote they are (0 to 1)."""

    start: int
    end: int
    exact: str
    score: float


def likeness(one: str, other: str) -> float:
    """How like two quotes are in their words, from 0 to 1; spaces, case and width do not count."""
    return round(fuzz.ratio(folded(one), folded(other)) / 100, 4)


def within(one: str, other: str) -> float:
    """How like the shorter of two quotes is to the nearest part of the longer, from 0 to 1."""
    return round(fuzz.partial_ratio(folded(one), folded(other)) / 100, 4) if min(len(one), len(other)) >= SHORT else 0.0


class Anchors:
    """Where words stand in one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._known: dict[str, Anchor | None] = {}

    def find(self, quote: str) -> Anchor | None:
        """The nearest words, None where there are none at all near."""
        if quote not in self._known:
            self._known[quote] = self._find(quote.strip())
        return self._known[quote]

    def _find(self, quote: str) -> Anchor | None:
        if not quote or not self.text:
            return None
        place = self.text.find(quote)
        if place >= 0:
            return Anchor(place, place + len(quote), quote, 1.0)
        if len(quote) < SHORT or len(quote) > len(self.text):
            return None
        found = fuzz.partial_ratio_alignment(quote, self.text, score_cutoff=100 * LEAST)
        if found is None:
            return None
        start, end = self._whole(found.dest_start, found.dest_end)
        return Anchor(start, end, self.text[start:end], round(found.score / 100, 4))

    def _whole(self, start: int, end: int) -> tuple[int, int]:
        """A range widened to whole words, where spaces part them, without the end of the sentence before it."""
        while start > 0 and _LETTER.match(self.text[start]) and _LETTER.match(self.text[start - 1]):
            start -= 1
        while end < len(self.text) and _LETTER.match(self.text[end]) and _LETTER.match(self.text[end - 1]):
            end += 1
        inner = self.text[start:end]
        return start + len(inner) - len(inner.lstrip(_BEFORE)), start + len(inner.rstrip())
