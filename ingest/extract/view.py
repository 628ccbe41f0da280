"""A text as the matcher sees it: folded, of equal length, with its tokens.

In: canonical text and a lexicon. Out: `View`, whose ``folded`` has one code point for each of the text's, so that
every offset holds in both. Case, full-width forms, Traditional characters and Taiwan terms are folded;
Markdown marks, link targets, URLs and HTML tags are blanked.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

import opencc

from ...ontology.lexicon import Lexicon

_BLANKED = re.compile(
    r"\]\([^)\s]*\)|</?[A-Za-z][^<>\n]{0,200}>|https?://[^\s)\]，。；、）】]+|\{:?[^{}\n]*\}|\*{1,3}|(?<![^\W_])_{1,2}(?=\w)|(?<=\w)_{1,2}(?![^\W_])|`|\\"
)
_TOKEN = re.compile(r"[^\W_]+|[^\s\w]|\t")  # a tab parts the cells of a row


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a punctuation mark of the folded text."""

    start: int
    end: int
    text: str
    word: bool


@dataclass(frozen=True)
class View:
    """``folded`` and, for languages of words, ``tokens`` in order."""

    text: str
    folded: str
    tokens: tuple[Token, ...]
    starts: tuple[int, ...]

    def token_at(self, offset: int) -> int:
        """Index of the first token that starts at or after ``offset``."""
        return bisect_left(self.starts, offset)


def view(text: str, lexicon: Lexicon) -> View:
    """The folded view of a text."""
    folded = fold(text, lexicon)
    tokens: tuple[Token, ...] = ()
    if lexicon.unit == "words":
        tokens = tuple(Token(m.start(), m.end(), m.group(), m.group()[0].isalnum()) for m in _TOKEN.finditer(folded))
    return View(text, folded, tokens, tuple(token.start for token in tokens))


def fold(text: str, lexicon: Lexicon) -> str:
    """Equal-length folding of a text or of a form."""
    folded = _BLANKED.sub(_blank, text).translate(_table(lexicon.unit == "chars"))
    for old, new in lexicon.folds:
        if old in folded:
            folded = folded.replace(old, new)
    return folded


def _blank(match: re.Match[str]) -> str:
    found = match.group()
    if found.startswith("]("):
        return "]" + " " * (len(found) - 1)
    return " " * len(found)


@cache
def _table(chinese: bool) -> dict[int, str]:
    """One code point to one: lower case, NFKC where it keeps the length, and for Chinese Traditional to Simplified."""
    table: dict[int, str] = {}
    for code in [*range(0x20, 0x2FF), *range(0x370, 0x530), *range(0x1E00, 0x2070), *range(0xFF01, 0xFFEF), 0x3000]:
        char = chr(code)
        folded = unicodedata.normalize("NFKC", char).lower()
        if len(folded) == 1 and folded != char:
            table[code] = folded
    table.update({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0xA0: " ", 0x2011: "-", 0x200B: " ", 0xAD: " "})
    if chinese:
        table.update({ord("。"): "。", 0xFF0C: ",", 0xFF1A: ":", 0xFF1B: ";", 0xFF08: "(", 0xFF09: ")"})
        characters = [chr(code) for code in range(0x3400, 0x9FFF)]
        simplified = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
        table.update(
            {ord(old): new for old, new in zip(characters, simplified, strict=True) if old != new and len(new) == 1}
        )
    return table
