"""Where a clause is cut into sentences to read.

In: the `Reading` and a clause's range. Out: sentence ranges without emphasis marks, labels and links around them.
"""

from __future__ import annotations

import re

from ..segment import sentences
from .reading import Reading


def sentence_ranges(reading: Reading, start: int, end: int) -> list[tuple[int, int]]:
    """Sentence ranges without the emphasis marks around them; a semicolon before a new subject parts a sentence too."""
    text = reading.view.text
    out = []
    for first, last in sentences(text, start, end):
        for begin, stop in _parted(reading, first, last):
            link = _LINK_REST.match(text, begin, stop)
            begin = link.end() if link else begin
            while begin < stop and (text[begin] in "*_|" or text[begin].isspace()):
                begin += 1
            while stop > begin and (text[stop - 1] in "*_|\\" or text[stop - 1].isspace()):
                stop -= 1
            if stop - begin >= 2 or text[begin:stop] in _ANSWERS:
                out.append((begin, stop))
    return out


#: Single characters that say something.
_ANSWERS = frozenset("无無否不是有")
_LINK_REST = re.compile(r"\s*\]?\((?:https?|mailto|#)[^)\s]*\)\s*")
_PART = re.compile(r"[;；]\s*(?=\S)")
_JOINS = re.compile(r"(?:或|以及|及|和|并|而|和|且|nebo|a\s|or\s|and\s|as well)")


def _parted(reading: Reading, start: int, end: int) -> list[tuple[int, int]]:
    """Parts of a long sentence whose own subject stands right behind a semicolon."""
    text = reading.view.text
    cuts = [start]
    for mark in _PART.finditer(text, start, end):
        at = mark.end()
        if at - cuts[-1] < 12 or end - at < 12 or _JOINS.match(reading.view.folded, at):
            continue
        near = reading.hits("subjects", at, min(at + (40 if reading.words else 14), end))
        if near and reading.hits("predicates", at, end):
            cuts.append(at)
    return list(zip(cuts, [*cuts[1:], end], strict=True))


_LABEL = re.compile(r"\s*(?:\*\*|__)(?P<label>[^*_\n]{1,60}?)[:：]?(?:\*\*|__)\s*[:：–—-]?\s*(?=\S)")


def after_label(text: str, start: int, end: int) -> int:
    """Where an item's text starts behind its bold label ("**E-mail**: we …"); ``start`` where the label is all there is."""
    found = _LABEL.match(text, start, end)
    return found.end() if found and end - found.end() > 24 else start
