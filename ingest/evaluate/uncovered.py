"""The frequent phrases of a corpus that no lexicon form covers: what a lexicon should learn next.

In: `Document`s. Out: by lexicon language, noun-like phrases from enumerations and from behind the verbs of a practice,
with the number of policies and of times they occur. A phrase is left out where any concept, party or compose form
overlaps it, where a cue stands in it (it is then no bare name of a thing) or where ``not-concepts.toml`` lists it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ...ontology.lexicon import LANGUAGES, SCHEMES, lexicon_language
from ..extract.reading import Reading
from ..records import Document
from ..segment import segment, sentences
from .inventory import is_read, not_concepts

_SKIPPED = frozenset({"Boilerplate", "Markup", "Contents"})
_COVERING = (*SCHEMES, "parties", "compose-verbs", "compose-objects")
_BARRED = ("predicates", "subjects", "negation", "modality", "conditions", "anaphora", "structure", "exceptions")
_CHARS_MAX, _WORDS_MAX = 10, 4

#: What parts the members of an enumeration, in folded text.
_PART_CHARS = re.compile(r"[、,，;；。:：()（）\[\]【】《》“”\"/|\n!?]|以及|或者|并且|等|及|和|与|或|的")
_PART_WORDS = re.compile(r"[,;.:()\[\]“”\"/|\n!?•–—*]|\b(?:and|or|as well as|nebo|či|anebo|a|i|jakož i)\b")
_BEFORE = (
    "the|a|an|any|other|all|such|our|your|their|its|this|that|these|those|of|to|for|in|on|with|by|from|some|certain|also"
    "|e g|i e|etc|including|tyto|tato|tento|další|jiné|naše|vaše|své|na|v|ve|z|ze|s|se|k|o|pro|za|po|do|od|u|při|např"
    "|jsou|je|tj|atd|aj"
)
_AFTER = "etc|atd|aj|of|to|for|in|on|with|by|from|na|v|ve|z|s|se|k|o|pro|za|po|do|od|u"
_EDGES = re.compile(rf"^(?:(?:{_BEFORE})\s+)+|(?:\s+(?:{_AFTER}))+$")
#: Words that name nothing by themselves.
_BARE_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        about above after against also another applicable automatically before below between both cases during each
        either from here however including into least more most necessary note only otherwise over particular relevant
        same section similar some specific such than that their them then there therefore these they this those
        through together under until various when where whether which while whose with within without your
        aktuální apod dále jako jiné jsou která které který nebo nich pouze před prostřednictvím například např naše
        těchto tohoto tyto všech však zejména
        """,
    )
)


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A phrase that no form covers, folded as the matcher sees it."""

    text: str
    policies: int
    times: int


def uncovered(documents: Iterable[Document], *, policies: int = 2) -> dict[str, list[Uncovered]]:
    """By lexicon language the phrases that ``policies`` or more documents have, the most widespread first."""
    times: dict[str, Counter[str]] = defaultdict(Counter)
    spread: dict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        language = lexicon_language(document.language)
        if language is None:
            continue
        found = Counter(phrases(document, language))
        times[language] += found
        spread[language].update(found.keys())
    return {
        language: sorted(
            (
                Uncovered(text, number, times[language][text])
                for text, number in spread[language].items()
                # Where it was kept from being read (a blocked form lies over it) the lexicon knows it all the same.
                if number >= policies and not is_read(text, "", language)
            ),
            key=lambda one: (-one.policies, -one.times, one.text),
        )
        for language in LANGUAGES
        if language in spread
    }


def phrases(document: Document, language: str) -> Iterator[str]:
    """Each uncovered phrase of one document as often as it occurs."""
    reading = Reading(document.text, language)
    taken = _Ranges(reading, _COVERING)
    barred = _Ranges(reading, _BARRED)
    listed: Mapping[str, str] = not_concepts(language)
    for clause in segment(document):
        if clause.kind in _SKIPPED:
            continue
        for start, end in sentences(document.text, max(clause.body, clause.start), clause.end):
            for first, last in _candidates(reading, start, end):
                if not taken.touch(first, last) and not barred.touch(first, last):
                    text = " ".join(reading.view.folded[first:last].split())
                    if text and text not in listed:
                        yield text


def _candidates(reading: Reading, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Ranges between the marks of an enumeration, and what follows the verb of a practice up to the next mark."""
    folded = reading.view.folded
    parting = _PART_WORDS if reading.words else _PART_CHARS
    marks = [(mark.start(), mark.end()) for mark in parting.finditer(folded, start, end)]
    enumerated = len(marks) > 2 if reading.words else "、" in folded[start:end]
    verbs = [hit.end for hit in reading.hits("predicates", start, end)]
    begin = start
    for left, right in [*marks, (end, end)]:
        after = [verb for verb in verbs if begin < verb < left]
        if after:
            yield from _trimmed(reading, after[-1], left)
        elif enumerated:
            yield from _trimmed(reading, begin, left)
        begin = right


def _trimmed(reading: Reading, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The range without spaces, articles and prepositions at its edges, if it is short enough to be a name."""
    folded = reading.view.folded
    text = folded[start:end]
    start += len(text) - len(text.lstrip(" \t*_-·•>#"))
    end -= len(text) - len(text.rstrip(" \t*_-·•>#"))
    if not reading.words:
        if 2 <= end - start <= _CHARS_MAX and re.fullmatch(
            r"[\u3400-\u9fff][\u3400-\u9fffa-z0-9 ]*", folded[start:end]
        ):
            yield start, end
        return
    while edge := _EDGES.search(folded[start:end]):
        if edge.start():
            end = start + edge.start()
        else:
            start += edge.end()
    words = folded[start:end].split()
    if 1 <= len(words) <= _WORDS_MAX and all(re.fullmatch(r"[^\W\d_][\w'’-]*", word) for word in words):
        if len(words) == 1 and (len(words[0]) < 4 or words[0] in _BARE_WORDS):
            return
        yield start, end


class _Ranges:
    """The ranges of all hits of some layers, to be asked whether one overlaps a range."""

    def __init__(self, reading: Reading, layers: Iterable[str]) -> None:
        ranges = sorted((hit.start, hit.end) for layer in layers for hit in reading.layers.get(layer, ()))
        merged: list[tuple[int, int]] = []
        for start, end in ranges:
            if merged and start <= merged[-1][1]:
                merged[-1] = merged[-1][0], max(merged[-1][1], end)
            else:
                merged.append((start, end))
        self._ends = [end for _, end in merged]
        self._starts = [start for start, _ in merged]

    def touch(self, start: int, end: int) -> bool:
        """Whether any range overlaps ``[start, end)``."""
        index = bisect_left(self._ends, start + 1)
        return index < len(self._starts) and self._starts[index] < end
