"""A document with every lexicon hit found once, to be asked sentence by sentence.

In: document text and language. Out: `Reading` (whole text) and `Sentence` (one range of it).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from ...ontology.lexicon import Lexicon, load_lexicon
from .match import Hit, matcher
from .view import View, view

#: Marks that part a sentence into clauses, in folded text.
CLAUSE_MARKS = re.compile(r"[,;:()\n]|(?<=\s)[–—-](?=\s)|——")


class Reading:
    """All hits of a text, by layer."""

    def __init__(self, text: str, language: str) -> None:
        self.lexicon: Lexicon = load_lexicon(language)
        self.view: View = view(text, self.lexicon)
        self.layers = matcher(language).find(self.view)
        self._starts = {layer: [hit.start for hit in hits] for layer, hits in self.layers.items()}

    @property
    def words(self) -> bool:
        """Whether the language is written in words (else in characters without spaces)."""
        return self.lexicon.unit == "words"

    def hits(self, layer: str, start: int, end: int) -> list[Hit]:
        """Hits of a layer that lie wholly inside ``[start, end)``."""
        starts = self._starts.get(layer)
        if not starts:
            return []
        first = bisect_left(starts, start)
        last = bisect_left(starts, end)
        return [hit for hit in self.layers[layer][first:last] if hit.end <= end]

    def has(self, layer: str, name: str, start: int, end: int) -> bool:
        """Whether a cue of that name stands in the range."""
        return any(hit.id == name for hit in self.hits(layer, start, end))

    def sentence(self, start: int, end: int) -> Sentence:
        """The sentence at ``[start, end)``."""
        return Sentence(self, start, end)


@dataclass(slots=True)
class Sentence:
    """One sentence (or list item) of a reading."""

    reading: Reading
    start: int
    end: int
    _clauses: list[tuple[int, int]] = field(default_factory=list)

    def hits(self, layer: str) -> list[Hit]:
        """Hits of a layer inside the sentence."""
        return self.reading.hits(layer, self.start, self.end)

    def named(self, layer: str, name: str) -> list[Hit]:
        """Hits of one cue inside the sentence."""
        return [hit for hit in self.hits(layer) if hit.id == name]

    def has(self, layer: str, name: str) -> bool:
        """Whether a cue stands in the sentence."""
        return self.reading.has(layer, name, self.start, self.end)

    @property
    def folded(self) -> str:
        """The folded text of the sentence."""
        return self.reading.view.folded[self.start : self.end]

    @property
    def clauses(self) -> list[tuple[int, int]]:
        """Ranges between commas, semicolons, colons and brackets, in order; they leave the marks out."""
        if not self._clauses:
            begin = self.start
            for mark in CLAUSE_MARKS.finditer(self.reading.view.folded, self.start, self.end):
                if mark.start() > begin:
                    self._clauses.append((begin, mark.start()))
                begin = mark.end()
            if begin < self.end:
                self._clauses.append((begin, self.end))
        return self._clauses

    def clause_of(self, position: int) -> tuple[int, int]:
        """The clause range that holds a position."""
        for start, end in self.clauses:
            if start <= position < end:
                return start, end
        return self.start, self.end

    def token(self, offset: int, step: int = 0) -> str:
        """The token ``step`` places from the one at ``offset`` (languages of words), or ""."""
        view = self.reading.view
        index = view.token_at(offset) + step
        if 0 <= index < len(view.tokens) and self.start <= view.tokens[index].start < self.end:
            return view.tokens[index].text
        return ""
