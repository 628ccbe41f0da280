"""From a document to its lines: the units that the clause tree is built of.

In: `Document`. Out: a list of `Line` in order, each one visible line (or block) with what its marks say:
heading, list item, table row, boilerplate, markup. Blank lines are not lines; the tree gives them to the one before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..records import Block, BlockKind, Document
from .numbering import Label, label

_ATX = re.compile(r"(#{1,6})\s+")
_SETEXT = re.compile(r"\s{0,3}(=+|-{3,})\s*$")
_RULE = re.compile(r"\s*(?:[-*_=~·.]\s*){3,}$")
_ATTRIBUTES = re.compile(r"\s*\{:?[^}]*\}\s*$")
_ANCHOR_ONLY = re.compile(r"\s*(?:\[\s*\]\([^)]*\)|!\[[^\]]*\]\([^)]*\)|<[^>]+>|\\)\s*$")
_TABLE_ROW = re.compile(r"\s*\|.*\|\s*$")
_TABLE_RULE = re.compile(r"\s*\|?[\s:|-]*-{2,}[\s:|-]*\|?\s*$")
_BOLD_LINE = re.compile(r"(?:\*\*|__)(?P<text>[^*_]+(?:[*_]{4}[^*_]+)*)(?:\*\*|__)\s*[:：]?\s*\\?$")
_BRACKETED = re.compile(r"[【\[〔［〖].{1,40}[】\]〕］〗]$")


@dataclass(slots=True)
class Line:
    """One visible line. ``start``/``end`` without surrounding white space; ``body`` where its content starts.

    ``kind``: "" for plain text that the tree has yet to judge. ``rank``: a marked heading's level. ``indent``: of a list item.
    """

    start: int
    end: int
    text: str
    kind: BlockKind | str
    label: Label
    body: int
    rank: int = 0
    indent: int = 0
    blank_before: bool = False
    bold: bool = False


def lines(document: Document) -> list[Line]:
    """All lines of the document, marks read."""
    text = document.text
    if document.blocks:
        found = [line for block in document.blocks for line in _of_block(text, block)]
    else:
        found = _of_plain(text)
    return found


def _of_block(text: str, block: Block) -> list[Line]:
    out: list[Line] = []
    position = block.start
    pieces = [text[block.start : block.end]] if block.kind == "row" else text[block.start : block.end].split("\n")
    for index, piece in enumerate(pieces):
        start = position + len(piece) - len(piece.lstrip())
        end = position + len(piece.rstrip())
        position += len(piece) + 1
        if start >= end:
            continue
        line = _line(text, start, end)
        line.blank_before = index == 0
        if block.kind == "item" and index:
            line.kind, line.indent = "continuation", block.level
        elif block.kind != "paragraph":
            line.kind = block.kind
            line.rank = block.level if block.kind == "heading" else 0
            line.indent = block.level
            if block.kind == "item" and block.marker and not line.label.number:
                line.label = Label(block.marker, "list", True, line.label.length)
        out.append(line)
    return out


def _of_plain(text: str) -> list[Line]:
    out: list[Line] = []
    blank = True
    position = 0
    for raw in text.split("\n"):
        start = position + len(raw) - len(raw.lstrip(" \t\xa0\u3000\u200b\ufeff\r\f\v"))
        end = position + len(raw.rstrip())
        position += len(raw) + 1
        if start >= end:
            blank = True
            continue
        if out and _SETEXT.match(raw) and not blank and out[-1].kind in ("", "heading") and len(out[-1].text) < 200:
            previous = out[-1]
            previous.kind = "heading"
            previous.rank = 1 if raw.strip()[0] == "=" else 2
            out.append(Line(start, end, text[start:end], "markup", Label(), start, blank_before=False))
            blank = True  # what follows a heading starts anew
            continue
        line = _line(text, start, end)
        line.blank_before = blank
        line.indent = _indent(raw)
        _mark(raw, line)
        out.append(line)
        blank = False
    return _joined(text, out)


def _line(text: str, start: int, end: int) -> Line:
    content = text[start:end]
    found = label(content)
    return Line(start, end, content, "", found, start + found.length)


def _indent(raw: str) -> int:
    width = 0
    for char in raw:
        if char == "\t":
            width += 4
        elif char in " \xa0":
            width += 1
        elif char == "\u3000":
            width += 2
        else:
            break
    return width


def _mark(raw: str, line: Line) -> None:
    """Read Markdown's marks and a few that plain text uses alike."""
    content = line.text
    heading = _ATX.match(content)
    if heading:
        line.kind, line.rank = "heading", len(heading.group(1))
        inner = label(content[heading.end() :].lstrip("*_ "))
        line.label = Label(inner.number, inner.style, False, heading.end(), inner.depth)
        line.body = line.start + heading.end() + (inner.length if inner.number else 0)
    elif _RULE.match(raw) or _ATTRIBUTES.match(raw) or _ANCHOR_ONLY.match(raw) or _TABLE_RULE.match(raw):
        line.kind = "markup"
    elif _TABLE_ROW.match(raw):
        line.kind = "row"
        line.body = line.start + 1
    elif line.label.bullet:
        line.kind = "item"
    elif _BOLD_LINE.match(content) and len(content) < 120:
        line.bold = True
    elif _BRACKETED.match(content):
        line.kind, line.rank = "heading", 6


def _joined(text: str, found: list[Line]) -> list[Line]:
    """Undo hard wrapping: where plain lines were broken at a fixed width, a paragraph is one line again."""
    plain = [line for line in found if line.kind in ("", "item")]
    widths = sorted(line.end - line.start for line in plain if not _cjk(line.text))
    if len(widths) < 8 or len(widths) < len(plain) * 0.7:
        return found
    limit = widths[int(len(widths) * 0.95)]
    near = sum(1 for width in widths if limit * 0.75 <= width <= limit * 1.05)
    if not 50 <= limit <= 130 or near < len(widths) * 0.35:
        return found
    out: list[Line] = []
    for line in found:
        previous = out[-1] if out else None
        if (
            previous is not None
            and line.kind == ""
            and not line.blank_before
            and not line.label.number
            and not line.bold
            and previous.kind in ("", "item")
            and not previous.bold
            and len(text[previous.start : previous.end].rsplit("\n", 1)[-1]) >= limit * 0.6
        ):
            previous.end = line.end
            previous.text = text[previous.start : previous.end]
        else:
            out.append(line)
    return out


def _cjk(content: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in content[:40])
