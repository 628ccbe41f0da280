"""Sentence ranges inside a stretch of text.

In: text and a range. Out: sentence ranges without surrounding white space; nothing but white space lies between.
Chinese ends at 。！？ (also where ASCII ! ? stand between Chinese); Latin scripts at . ! ? before a capital,
unless an abbreviation, an initial, a number or an open bracket stands before the stop. A line end ends a sentence too,
unless the line was broken at a width: it runs on in lower case, or is long and stops at nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_STOP = re.compile(r"[。！？!?]+[”’」』）)\"\]*_]*|[.…]+[”’“\"')\]*_]*(?=\s|$)|\n+|[.](?=[A-ZÁ-Ž][a-zá-ž])")
_ABBREVIATIONS = frozenset(
    "e.g i.e etc inc ltd llc corp co vs u.s u.k st mr mrs ms dr jr sr approx dept fig sec art para "
    "např tzv tj tzn mj resp popř příp čl odst písm č sb atd apod aj s.r.o a.s z.s o.s spol ing mgr bc mudr judr phdr "
    "odd lit par tel ul min max cca kč tis mil hod str pozn viz ust násl zák obch aj event vč".split()
)
_WORD_BEFORE = re.compile(r"([\w.]+)$")
_NEVER_LAST = frozenset(
    "např tzv tj tzn mj resp popř příp čl odst písm č vč odd lit e.g i.e vs mr mrs ms dr ing mgr bc".split()
)


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentence ranges of ``text[start:end]``, trimmed of white space."""
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if stop.start() < begin or not _ends(text, begin, stop, end):
            continue
        yield from _trimmed(text, begin, stop.end())
        begin = stop.end()
    yield from _trimmed(text, begin, end)


def _ends(text: str, begin: int, stop: re.Match[str], limit: int) -> bool:
    mark = stop.group()
    if mark[0] == "\n":
        return len(mark) > 1 or not _wrapped(text, begin, stop.start(), limit)
    if mark[0] in "。！？!?":
        return _brackets_closed(text, begin, stop.start())
    following = text[stop.end() : min(stop.end() + 12, limit)].lstrip()
    if not following:
        return True
    before = _WORD_BEFORE.search(text, max(begin, stop.start() - 24), stop.start())
    word = before.group(1).lower().strip(".") if before else ""
    if word == "no" and following[:1].isdigit():
        return False
    if word in _NEVER_LAST:
        return False
    first = following.lstrip("“\"'(*_[„‚«")[:1]
    if not first or first.islower():
        return False
    if word in _ABBREVIATIONS and following[:1] == "(":
        return False
    if word in _ABBREVIATIONS:
        return (
            first.isupper()
            and word in {"etc", "atd", "apod", "inc", "ltd", "llc", "corp", "s.r.o", "a.s"}
            and len(following) > 1
        )
    if word.isdigit() and (first.isdigit() or (len(word) <= 2 and not first.isupper())):
        return False
    if len(word) == 1 and word.isalpha() and text[stop.start() - 1].isupper():
        return False
    return _brackets_closed(text, begin, stop.start())


#: What a line that runs on in the next one does not begin with: a mark of a list, a table, a heading.
_RUNS_ON = re.compile(r"[ \t]*[(\[*_`„“\"'«]*(?P<first>\w)")
_WIDE = 50


def _wrapped(text: str, begin: int, at: int, limit: int) -> bool:
    """Whether a line was broken at a width, as in Markdown written by hand, and not because something ended."""
    line = text[max(text.rfind("\n", begin, at) + 1, begin) : at].rstrip()
    following = _RUNS_ON.match(text, at + 1, limit)
    if not following or not line or not (line[-1].isalnum() or line[-1] in ",-–—;)*_`") or line[-1] > "\u2fff":
        return False
    first = following["first"]
    return first.islower() or (len(line) >= _WIDE and first.isupper() and line[-1] not in ";)*_`")


def _brackets_closed(text: str, begin: int, position: int) -> bool:
    """Whether no bracket opened in this sentence is still open; long ones are taken as never closed."""
    opened = max(text.rfind("(", begin, position), text.rfind("（", begin, position))
    if opened < 0 or position - opened > 160:
        return True
    return max(text.rfind(")", opened, position), text.rfind("）", opened, position)) > opened


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
