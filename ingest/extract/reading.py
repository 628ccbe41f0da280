"""A document with every lexicon hit found once, to be asked sentence by sentence.

In: document text and language. Out: `Reading` (whole text) and `Sentence` (one range of it).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from ...ontology.lexicon import Form, Lexicon, load_lexicon
from .match import Hit, longest, matcher, stemmer
from .view import View, fold, view

#: Marks that part a sentence into clauses, in folded text.
CLAUSE_MARKS = re.compile(r"[,;:()\n]|(?<=\s)[–—-](?=\s)|——")
#: "your number is not shared and your name is shown": a clause with a subject of its own, where one stands before it.
_AND_ANOTHER = re.compile(
    r"(?<=\s)(?:and|while|whereas)(?=\s(?:your|the|this|these|our|its|their)\s(?:(?!that\b|which\b|who\b|you\b|we\b|and\b|or\b)[\w-]+\s){1,4}?(?:is|are|will be|may be|can be)\s)"
)
_FINITE = re.compile(r"\b(?:is|are|was|were|will|may|can|do|does|has|have|we|never)\b")


def clause_marks(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """What parts the clauses of a range."""
    marks = [m.span() for m in CLAUSE_MARKS.finditer(folded, start, end)]
    for match in _AND_ANOTHER.finditer(folded, start, end):
        begin = max((m[1] for m in marks if m[1] <= match.start()), default=start)
        if _FINITE.search(folded, begin, match.start()):
            marks.append(match.span())
    return sorted(marks)


#: 《Titles》, and addresses that a site hides from robots.
_TITLES = re.compile(r"《[^《》\n]{2,40}》|\[email\s+protected\]", re.IGNORECASE)

_VERB_HERE = re.compile(r"\b(?:we|not|to|will|may|can|never|might|could|shall|must|they|also)\s$")


class Reading:
    """All hits of a text, by layer."""

    def __init__(self, text: str, language: str) -> None:
        self.lexicon: Lexicon = load_lexicon(language)
        self.view: View = view(text, self.lexicon)
        self.layers = matcher(language).find(self.view)
        self._starts = {layer: [hit.start for hit in hits] for layer, hits in self.layers.items()}
        titles = [(m.start(), m.end()) for m in _TITLES.finditer(text)]
        if titles:  # the title of a document says nothing of data
            for layer in ("data-categories", "purposes", "recipients", "measures", "rights", "predicates"):
                hits = self.layers.get(layer, [])
                self._replace(layer, [h for h in hits if not any(s <= h.start < e for s, e in titles)])

    @property
    def stem(self) -> Callable[[str], str]:
        """The stemmer of the language (none: the word itself)."""
        return stemmer(self.lexicon.stemmer) if self.lexicon.stemmer else str

    @property
    def words(self) -> bool:
        """Whether the language is written in words (else in characters without spaces)."""
        return self.lexicon.unit == "words"

    def know_companies(self, ranges: Iterable[tuple[int, int]]) -> None:
        """Take the companies named at these ranges as parties, unless the lexicon knows them.

        Who provides something to the controller is what an unknown company most often is.
        """
        known = self.layers.get("parties", [])
        new = [
            Hit(start, end, Form("parties", "ServiceProvider", self.view.folded[start:end]))
            for start, end in ranges
            if not any(hit.start < end and start < hit.end for hit in known)
        ]
        self._replace("parties", sorted([*known, *new], key=lambda hit: (hit.start, hit.end)))

    def know_actors(self, own: Iterable[str], notable: Iterable[str] = ()) -> None:
        """Take the controller's names (``own``) as "we", other named parties as third parties, in this text.

        Names of the controller are no recipients; a predicate inside a name is none.
        """
        folded = self.view.folded
        found: list[Hit] = []
        for kind, names in (("we", own), ("third", notable)):
            for name in names:
                key = fold(name, self.lexicon).strip()
                if len(key) < 2:
                    continue
                form = Form("subjects", kind, key)
                edge = r"(?<![a-z0-9])" if key[0].isascii() else ""
                found += [Hit(m.start(), m.end(), form) for m in re.finditer(edge + re.escape(key), folded)]
        ours = [(hit.start, hit.end) for hit in found if hit.id == "we"]
        parties = [p for p in self.layers.get("parties", []) if not any(s <= p.start < e for s, e in ours)]
        found += [Hit(p.start, p.end, Form("subjects", "third", p.form.text)) for p in parties if not p.form.weak]
        self._replace("parties", parties)
        self._replace("subjects", longest([*self.layers.get("subjects", []), *found]))
        self._drop_nested_predicates()

    def _drop_nested_predicates(self) -> None:
        """ "浏览记录" is data, not a recording: predicates inside the name of a thing go."""
        if self.words:  # "we do not transfer data": behind a subject or an auxiliary it is the verb
            verbs = {
                h.start
                for h in self.layers.get("predicates", [])
                if _VERB_HERE.search(self.view.folded, max(0, h.start - 7), h.start)
            }
            named = self.layers.get("data-categories", [])
            self._replace("data-categories", [h for h in named if h.start not in verbs])
        covered = sorted(
            (h.start, h.end)
            for layer in ("data-categories", "recipients", "parties", "data-subjects", "places")
            for h in self.layers.get(layer, [])
            if h.id != "Public"  # 公开披露 names the public and is the disclosure
        )
        kept = []
        for hit in self.layers.get("predicates", []):
            if self.view.folded[hit.start - 1 : hit.start] == "(" and self.view.folded[hit.end : hit.end + 1] == ")":
                continue
            index = bisect_left(covered, (hit.start + 1, 0))
            role = hit.id == "control" and self.lexicon.language == "cs"  # správcem names the controller and says so
            if role or not any(
                s <= hit.start and hit.end <= e and e - s > hit.end - hit.start
                for s, e in covered[max(0, index - 6) : index]
            ):
                kept.append(hit)
        self._replace("predicates", kept)
        data = sorted((h.start, h.end) for h in self.layers.get("data-categories", []))
        for layer in ("recipients", "data-subjects", "sources"):  # 个人 in 个人信息 is nobody
            outside = []
            for hit in self.layers.get(layer, []):
                index = bisect_left(data, (hit.start + 1, 0))
                inside = any(
                    s <= hit.start and hit.end <= e and e - s > hit.end - hit.start
                    for s, e in data[max(0, index - 4) : index]
                )
                if not inside or hit.id == "Child":  # whose data it is matters most where they are minors'
                    outside.append(hit)
                elif layer == "data-subjects":  # 会员数据 says whose data it is, if its surroundings agree
                    outside.append(replace(hit, form=replace(hit.form, weak=True)))
            self._replace(layer, outside)

    def _replace(self, layer: str, hits: list[Hit]) -> None:
        self.layers[layer] = hits
        self._starts[layer] = [hit.start for hit in hits]

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


_CZ_IS_NOT = re.compile(r"a\s+(?:\w+\s+)?(?:nejsou|není|nebudou|nebude|nesmí|nemohou|nelze)\b")


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
            for mark, behind in clause_marks(self.reading.view.folded, self.start, self.end):
                if mark > begin:
                    self._clauses.append((begin, mark))
                begin = behind
            if begin < self.end:
                self._clauses.append((begin, self.end))
        return self._clauses

    def clause_of(self, position: int) -> tuple[int, int]:
        """The clause range that holds a position."""
        for start, end in self.clauses:
            if start <= position < end:
                return start, end
        return self.start, self.end

    def around(self, position: int) -> tuple[int, int]:
        """The clause range that holds a position, with what stands before a bracket that ends in front of it."""
        folded = self.reading.view.folded
        start, end = self.clause_of(position)
        while folded[start - 1 : start] == ")" and start > self.start:
            opened = folded.rfind("(", self.start, start)
            if opened < 0:
                break
            start = self.clause_of(opened - 1)[0] if opened > self.start else self.start
        return start, end

    def denies_at(self, at: int, reach: int) -> bool:
        """Whether a verb with a negative prefix starts within ``reach`` characters of a position."""
        if _CZ_IS_NOT.match(self.reading.view.folded, at, self.end):
            return True
        near = self.reading.hits("predicates", at, min(at + reach + 16, self.end))
        return any(hit.negated and hit.start < at + reach for hit in near)

    def token(self, offset: int, step: int = 0) -> str:
        """The token ``step`` places from the one at ``offset`` (languages of words), or ""."""
        view = self.reading.view
        index = view.token_at(offset) + step
        if 0 <= index < len(view.tokens) and self.start <= view.tokens[index].start < self.end:
            return view.tokens[index].text
        return ""

    def stems(self) -> list[str]:
        """The stems of its words, in order (languages of words)."""
        view, stem = self.reading.view, self.reading.stem
        first, last = view.token_at(self.start), view.token_at(self.end)
        return [stem(token.text) for token in view.tokens[first:last] if token.word]
