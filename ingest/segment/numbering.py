"""Numbers and bullets at the start of a line.

In: a line of text. Out: `Label`: what is printed, its style and depth, and where the content starts.
A *style* is the shape of the number: lines of one style are siblings, a style first met later is deeper.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CN = "一二三四五六七八九十百零〇两"
_ORDINALS_CS = (
    "jedna dva dvě tři čtyři pět šest sedm osm devět deset jedenáct dvanáct třináct čtrnáct patnáct "
    "první druhá druhé třetí čtvrtá čtvrté pátá páté šestá šesté sedmá sedmé osmá osmé devátá deváté desátá desáté"
)
_ORDINALS_EN = "one two three four five six seven eight nine ten eleven twelve first second third fourth fifth"

#: (style, pattern of the number). The first that matches wins. Depth is told by the tree, not by the style.
_NUMBERS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (style, re.compile(pattern, re.IGNORECASE))
    for style, pattern in (
        ("article", rf"第\s*[{_CN}\d]+\s*[條条章节節款項项部]\s*[、.:：]?"),
        ("article", r"(?:article|section|part|čl(?:ánek|\.)|část|oddíl)\s+(?:\d+|[ivxl]+)\b\s*[.:)–-]?"),
        ("cjk", rf"[{_CN}]+\s*[、.．:：]"),
        ("(cjk)", rf"[（(]\s*[{_CN}]+\s*[)）]\s*[、.．]?"),
        ("decimal", r"\d{1,2}(?:[.．]\d{1,3})+[.．。]?(?=[\s\u4e00-\u9fff“\"'(（A-Za-zÁ-ž])(?!\s*\d{4}\b)[)）、]?"),
        ("1.", r"\d{1,2}\\?[.．](?!\d)(?!\s*\d{1,2}\.)(?=\s|[\u4e00-\u9fff“\"])[、]?"),
        ("1.", r"\d{1,2}\s*[、]"),
        ("1)", r"\d{1,2}[)）]"),
        ("(1)", r"[（(]\s*\d{1,2}\s*[)）]\s*[、.．]?"),
        ("①", r"[①-⑳❶-❿]"),
        ("1.", rf"(?:{'|'.join(_ORDINALS_CS.split())}|{'|'.join(_ORDINALS_EN.split())}),\s(?=\S)"),
        ("i.", r"(?:[ivx]{2,5}|[ivx])[.)](?=\s)"),
        ("(i)", r"[（(]\s*(?:[ivx]{2,5}|[ivx])\s*[)）]"),
        ("a.", r"[a-z][.)、](?=\s|[\u4e00-\u9fff])"),
        ("(a)", r"[（(]\s*[a-z]\s*[)）]"),
    )
)
_BULLET = re.compile(r"[•·●○◦▪■□◆◇‣⁃▶►※✓✔➢–—]\s*|[*+\-](?=\s)\s*|&bull;\s*")
_DATE = re.compile(
    r"\d{1,2}\\?\.\s*(?:\d{1,2}\.\s*\d{2,4}|(?:led|únor|břez|dub|květ|červ|srp|září|říj|list|pros|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\s+\d{4})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a line's content. ``length``: code points up to the content; ``depth``: of a decimal number."""

    number: str = ""
    style: str = ""
    bullet: bool = False
    length: int = 0
    depth: int = 0


def label(line: str) -> Label:
    """The bullet and number at the start of ``line`` (which has no leading white space)."""
    position = 0
    bullet = False
    found = _BULLET.match(line)
    if found and found.end() < len(line):
        bullet = True
        position = found.end()
    emphasis = re.match(r"(?:\*{1,3}|_{1,3})(?=\S)", line[position:])
    start = position + (emphasis.end() if emphasis else 0)
    if not _DATE.match(line, start):
        for style, pattern in _NUMBERS:
            number = pattern.match(line, start)
            if number and line[number.end() :].strip(" *_"):
                end = number.end()
                depth = 1 + len(re.findall(r"[.．]\d", number.group())) if style == "decimal" else 0
                if style == "1.":
                    depth = 1
                while end < len(line) and line[end] in " \t\u3000\xa0":
                    end += 1
                return Label(number.group().strip().replace("\\", ""), style, bullet, end, depth)
    return Label("", "", bullet, position)
