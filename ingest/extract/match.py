"""Finding the lexicon's forms in a text.

In: a `View` and a compiled `Matcher`. Out: `Hit`s, layer by layer, the longest winning over those inside it.
Languages of words compare stems through a trie over tokens; scripts without spaces go through Aho–Corasick.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import ahocorasick_rs
import snowballstemmer

from ...ontology.lexicon import Form, Lexicon, load_lexicon
from .view import Token, View, fold

_GAP_WORDS = 3
_GAP_CHARS = 8
_CJK = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Hit:
    """A form found at ``[start, end)`` of the text. ``negated``: the word carries a negative prefix (Czech ne-)."""

    start: int
    end: int
    form: Form
    negated: bool = False

    @property
    def id(self) -> str:
        """The concept or cue."""
        return self.form.id


class Matcher:
    """All forms of one lexicon, compiled once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._stem = stemmer(lexicon.stemmer) if lexicon.unit == "words" else None
        self._prefix: str = lexicon.cues.get("language", {}).get("negative_prefix", "")
        self._affirmed = frozenset(lexicon.words("negation", "not_negated"))
        familiar = lexicon.cues.get("language", {}).get("familiar", {})
        self._familiar: dict[str, str] = familiar.get("words", {})
        self._familiar_ends: dict[str, str] = familiar.get("endings", {})
        if lexicon.unit == "words":
            self._trie: dict[str, Any] = {}
            for form in lexicon.forms:
                self._insert(form)
        else:
            self._compile_chars()

    def find(self, view: View) -> dict[str, list[Hit]]:
        """Hits of every layer, in order of start, longest first, none inside another of its layer."""
        raw = self._find_words(view) if self.lexicon.unit == "words" else self._find_chars(view)
        layers: dict[str, list[Hit]] = defaultdict(list)
        for hit in raw:
            layers[hit.form.layer].append(hit)
        return {layer: longest(hits) for layer, hits in layers.items()}

    # -- words

    def _insert(self, form: Form) -> None:
        node = self._trie
        for key in self._keys(form.text):
            node = node.setdefault(key, {})
        node.setdefault("", []).append(form)

    def _keys(self, text: str) -> list[str]:
        assert self._stem is not None
        keys = []
        for part in text.split():
            if part == "_":
                keys.append("_")
            elif part.startswith("="):
                keys += ["=" + word for word in re.findall(r"[^\W_]+|[^\s\w()]", part[1:].lower())]
            else:
                keys += [self._stem(word) for word in re.findall(r"[^\W_]+", part.lower())]
        return keys

    def _polite(self, word: str) -> str:
        """A word by which a reader is called a friend, as it is said to a stranger ("máš" → "máte")."""
        if word in self._familiar:
            return self._familiar[word]
        ends = self._familiar_ends
        return word[:-2] + ends[word[-2:]] if word[-2:] in ends and len(word) > 2 else word

    def _find_words(self, view: View) -> Iterator[Hit]:
        assert self._stem is not None
        stem = self._stem
        words = [(w := self._polite(t.text), stem(w)) if t.word else (t.text, t.text) for t in view.tokens]
        tokens = view.tokens
        glue = [not t.word and t.text in "-'/’" for t in tokens]
        for at, token in enumerate(tokens[:-1]):  # a full stop joins ("node.js", "čl. 6") where no sentence begins
            if token.text == ".":
                following = tokens[at + 1].start
                glue[at] = token.end == following or not view.text[following].isupper()
            elif token.text in "()":
                glue[at] = _of_number(tokens, glue, at)
        total = len(words)
        for first in range(total):
            if not view.tokens[first].word:
                continue
            surface, _key = words[first]
            yield from self._walk(self._trie, words, glue, view, first, first, False)
            prefix = self._prefix
            if (
                prefix
                and surface.startswith(prefix)
                and len(surface) > len(prefix) + 2
                and surface not in self._affirmed
            ):
                rest = surface[len(prefix) :]
                changed = list(words[first : first + 12])
                changed[0] = (rest, stem(rest))
                for hit in self._walk_changed(changed, glue, view, first):
                    yield replace(hit, negated=True)

    def _walk_changed(self, changed: list[tuple[str, str]], glue: list[bool], view: View, first: int) -> Iterator[Hit]:
        words = _Shifted(changed, first)
        for hit in self._walk(self._trie, words, glue, view, first, first, False):
            if hit.form.layer in ("predicates", "modality", "compose-verbs"):
                yield hit

    def _walk(
        self, node: dict[str, Any], words: Any, glue: list[bool], view: View, first: int, position: int, glued: bool
    ) -> Iterator[Hit]:
        if "" in node and position > first:
            last = position - 1
            while glue[last]:
                last -= 1
            for form in node[""]:
                yield Hit(view.tokens[first].start, view.tokens[last].end, form)
        if position >= len(words):
            return
        while position > first and position < len(words) and glue[position]:
            position += 1
        yield from self._walk_children(node, words, glue, view, first, position)

    def _walk_children(
        self, node: dict[str, Any], words: Any, glue: list[bool], view: View, first: int, position: int
    ) -> Iterator[Hit]:
        if position >= len(words):
            return
        surface, key = words[position]
        child = node.get(key)
        if child is not None:
            yield from self._walk(child, words, glue, view, first, position + 1, False)
        child = node.get("=" + surface)
        if child is not None:
            yield from self._walk(child, words, glue, view, first, position + 1, False)
        gap = node.get("_")
        if gap is not None:
            for skipped in range(_GAP_WORDS + 1):
                at = position + skipped
                if at >= len(words):
                    break
                if at > position and not view.tokens[at - 1].word and not glue[at - 1]:
                    break
                surface, key = words[at]
                for child in (gap.get(key), gap.get("=" + surface)):
                    if child is not None:
                        yield from self._walk(child, words, glue, view, first, at + 1, False)

    # -- characters

    def _compile_chars(self) -> None:
        patterns: dict[str, list[tuple[Form, re.Pattern[str] | None]]] = defaultdict(list)
        for form in self.lexicon.forms:
            text = fold(form.text.lstrip("="), self.lexicon)
            head, gap, tail = text.partition("_")
            head, tail = head.strip(), tail.strip()
            rest = None
            if gap:
                rest = re.compile(
                    r"[^,;。:.!?()\n]{0,"
                    + str(_GAP_CHARS)
                    + "}?"
                    + re.escape(tail).replace("_", r"[^,;。:.!?()\n]{0,8}?")
                )
            for variant in _spaced(head):
                patterns[variant].append((form, rest))
        self._patterns = list(patterns)
        self._entries = [patterns[pattern] for pattern in self._patterns]
        self._automaton = ahocorasick_rs.AhoCorasick(self._patterns)

    def _find_chars(self, view: View) -> Iterator[Hit]:
        folded = view.folded
        size = len(folded)
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            first, last = folded[start], folded[end - 1]
            if (
                first.isascii()
                and first.isalnum()
                and start
                and folded[start - 1].isascii()
                and folded[start - 1].isalnum()
            ):
                continue
            if last.isascii() and last.isalnum() and end < size and folded[end].isascii() and folded[end].isalnum():
                continue
            for form, rest in self._entries[index]:
                if rest is None:
                    yield Hit(start, end, form)
                else:
                    tail = rest.match(folded, end)
                    if tail:
                        yield Hit(start, tail.end(), form)


def _of_number(tokens: Sequence[Token], glue: Sequence[bool], at: int) -> bool:
    """Whether a bracket belongs to the number of a provision, as in "6(1)(f)" and "6 (1) f"."""
    if tokens[at].text == ")":
        return at > 1 and tokens[at - 2].text == "(" and glue[at - 2]
    before, after = tokens[at - 1] if at else None, tokens[at + 1]
    numbered = before is not None and (before.text.isdigit() or (before.text == ")" and glue[at - 1]))
    return numbered and (after.text.isdigit() or (after.word and len(after.text) == 1))


class _Shifted:
    """A window of changed words under the indexes of the whole list."""

    def __init__(self, words: list[tuple[str, str]], first: int) -> None:
        self._words = words
        self._first = first

    def __len__(self) -> int:
        return self._first + len(self._words)

    def __getitem__(self, index: int) -> tuple[str, str]:
        return self._words[index - self._first]


def _spaced(text: str) -> set[str]:
    """A Chinese form with and without a space between its Latin and its Chinese parts."""
    loose = re.sub(r"(?<=[a-z0-9])(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])(?=[a-z0-9])", " ", text)
    return {text, loose}


def longest(hits: list[Hit]) -> list[Hit]:
    """Of overlapping hits the longest, in order; those of one range all stay. Blocked forms take their place with them."""
    hits.sort(key=lambda hit: (hit.start, -hit.end))
    kept: list[Hit] = []
    end = 0
    for hit in hits:
        if hit.end <= end and not (kept[-1].start == hit.start and kept[-1].end == hit.end):
            continue
        if kept and hit.start < end and not (kept[-1].start == hit.start and kept[-1].end == hit.end):
            # overlaps the one before it: the longer wins
            if hit.end - hit.start <= kept[-1].end - kept[-1].start:
                continue
            while kept and kept[-1].end > hit.start:
                kept.pop()
        kept.append(hit)
        end = max(end, hit.end)
    return [hit for hit in kept if not hit.form.blocked]


@cache
def stemmer(name: str) -> Any:
    """A Snowball stemmer that remembers what it stemmed."""
    algorithm = snowballstemmer.stemmer(name)
    return cache(algorithm.stemWord)


@cache
def matcher(language: str) -> Matcher:
    """The compiled matcher of a lexicon language ("cs", "en", "zh"); built once a process."""
    return Matcher(load_lexicon(language))
