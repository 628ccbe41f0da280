"""PDF to canonical text.

In: the bytes of a PDF. Out: `PdfText`: the text of its pages in order, a paragraph a line, as its place on the page
shows what belongs together; the lines that repeat at the edge of most pages are boilerplate. Hyphens at line ends
stay. Raises `ReadError`: locked, damaged, without a text layer, too many pages.
"""

from __future__ import annotations

import math
import re
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from ..records import Block, BlockKind
from .canonical import without_forbidden
from .errors import ReadError, cannot_read
from .limits import Limits

_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
_HYPHEN = "\ufffe"  # PDFium's sign for a hyphen at a line end, which it joins to the next line
_HYPHENATED = re.compile(r"[^\W\d_]-$")
_UNSPACED = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60]")
_EDGE_LINES = 3
_MOST_PAGES = 0.6
_MOST_FURNITURE = 0.5
_PLACE = 6.0  # points: furniture stands at the same height
_MARKER = re.compile(
    r"\s*(?:[•·●○◦▪■□➢►*–—-]\s|[(（]?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,5})[.)）]\s"
    r"|第?[一二三四五六七八九十百]+[、.章條条節节])"
)
_COLUMN = 0.9  # the share of lines that end within the column
_FULL_LINE = 0.85  # of the width of the column: a shorter line ends its paragraph
_WIDE_GAP = 1.3  # times the usual distance of lines: a wider one starts a paragraph
_UNREADABLE = 0.3  # share of private-use characters from which on a text layer says nothing
_lock = threading.Lock()  # PDFium is not safe for use by several threads


@dataclass(frozen=True, slots=True)
class PdfText:
    """``blocks`` cover all text; ``title`` is the document property."""

    text: str
    blocks: tuple[Block, ...]
    title: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with its box in points (PDF axes: up is positive); NaN where the place is unknown."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


def read_pdf(data: bytes, *, name: str, limits: Limits) -> PdfText:
    """The text of a PDF, in the order in which its pages hold it."""
    with _lock:
        pages, title = _pages(data, name, limits)
    if not any(pages):
        raise cannot_read(
            name,
            "this PDF has no text layer, only pictures of pages",
            "run it through text recognition (OCR) first, or give the policy as text or HTML.",
        )
    furniture = _furniture(pages)
    usual, full = _layout(pages, furniture)
    texts: list[str] = []
    blocks: list[Block] = []
    length = 0
    for lines in pages:
        for kind, group in _groups(lines, furniture, usual, full):
            text = _joined(group, "\n" if kind == "boilerplate" else " ")
            if blocks:
                texts.append("\n")
                length += 1
            texts.append(text)
            blocks.append(Block(length, length + len(text), kind))
            length += len(text)
    warnings = ("Lines that repeat on most pages were set aside as page furniture.",) if furniture else ()
    joined = "".join(texts)
    unreadable = sum("\ue000" <= char <= "\uf8ff" for char in joined)
    if unreadable > _UNREADABLE * len(joined):
        raise cannot_read(
            name,
            "the text layer of this PDF holds no readable characters (its fonts do not say what they show)",
            "run it through text recognition (OCR) first, or give the policy as text or HTML.",
        )
    return PdfText(joined, tuple(blocks), title, warnings)


def _pages(data: bytes, name: str, limits: Limits) -> tuple[list[list[_Line]], str]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _cannot_open(error, name) from error
    try:
        if len(document) > limits.max_pages:
            raise cannot_read(
                name,
                f"it has {len(document):,} pages, more than the {limits.max_pages:,} allowed",
                "give the policy alone.",
            )
        title = without_forbidden(str(document.get_metadata_dict().get("Title", ""))).strip()
        return [_lines(document, number) for number in range(len(document))], title
    except pypdfium2.PdfiumError as error:
        raise cannot_read(name, f"this PDF is damaged ({error})", "save it again from its source.") from error
    finally:
        document.close()


def _cannot_open(error: Any, name: str) -> ReadError:
    if getattr(error, "err_code", None) == _PASSWORD_ERROR:
        return cannot_read(name, "this PDF is locked with a password", "save it without a password and try again.")
    return cannot_read(name, "this PDF is damaged", "save it again from its source, or give the policy as text.")


def _lines(document: Any, number: int) -> list[_Line]:
    """The non-empty lines of a page."""
    page = document[number]
    text_page = page.get_textpage()
    try:
        text: str = text_page.get_text_range()
        located = len(text) == text_page.count_chars()
        lines = []
        position = 0
        for piece in re.split(rf"(?<={_HYPHEN})|\r\n|\n", text):
            start = text.index(piece, position)
            position = start + len(piece)
            if piece.strip():
                shown = without_forbidden(piece.replace(_HYPHEN, "-")).rstrip()
                lines.append(_Line(shown, *(_box(text_page, text, start, position) if located else (math.nan,) * 4)))
        return [line for line in lines if line.text.strip()]
    finally:
        text_page.close()
        page.close()


def _box(text_page: Any, text: str, start: int, end: int) -> tuple[float, float, float, float]:
    shown = [index for index in (start, end - 1) if 0 <= index < len(text)]
    while shown[-1] > start and text[shown[-1]].isspace():
        shown[-1] -= 1
    first = text_page.get_charbox(shown[0], loose=True)
    last = text_page.get_charbox(shown[-1], loose=True)
    return first[0], last[2], min(first[1], last[1]), max(first[3], last[3])


def _furniture_key(line: _Line, at_top: bool) -> tuple[str, bool, int]:
    height = -1 if math.isnan(line.bottom) else round(line.bottom / _PLACE)
    return re.sub(r"\d+", "#", line.text.strip()), at_top, height


def _edges(lines: Sequence[_Line]) -> dict[int, bool]:
    """The indexes of the lines at the top (True) and bottom (False) of a page."""
    bottom = dict.fromkeys(range(max(0, len(lines) - _EDGE_LINES), len(lines)), False)
    return bottom | dict.fromkeys(range(min(_EDGE_LINES, len(lines))), True)


def _furniture(pages: Sequence[Sequence[_Line]]) -> set[int]:
    """Identities of the lines that repeat, but for numbers, at the same place of most pages."""
    places: dict[tuple[str, bool, int], list[_Line]] = {}
    for lines in pages:
        for index, at_top in _edges(lines).items():
            places.setdefault(_furniture_key(lines[index], at_top), []).append(lines[index])
    least = max(2, math.ceil(_MOST_PAGES * len(pages)))
    repeated = [line for found in places.values() if len(found) >= least for line in found]
    everything = sum(len(line.text) for lines in pages for line in lines)
    if sum(len(line.text) for line in repeated) > _MOST_FURNITURE * everything:
        return set()  # pages that are all alike have no furniture
    return {id(line) for line in repeated}


def _layout(pages: Sequence[Sequence[_Line]], furniture: set[int]) -> tuple[float, float]:
    """The usual distance of lines and where a full line ends, in points, over the whole document."""
    distances: Counter[int] = Counter()
    body: list[_Line] = []
    for lines in pages:
        of_page = [line for line in lines if id(line) not in furniture and not math.isnan(line.bottom)]
        distances.update(round(a.bottom - b.bottom) for a, b in pairwise(of_page) if a.bottom > b.bottom)
        body += of_page
    left = min((line.left for line in body), default=0.0)
    edges = sorted(line.right for line in body)
    right = edges[int(_COLUMN * (len(edges) - 1))] if edges else 0.0  # not the widest: code and tables overhang
    usual = distances.most_common(1)[0][0] if distances else 0
    return usual, left + _FULL_LINE * (right - left)


def _groups(
    lines: Sequence[_Line], furniture: set[int], usual: float, full: float
) -> list[tuple[BlockKind, list[_Line]]]:
    """The lines of a page as paragraphs and pieces of furniture."""
    groups: list[tuple[BlockKind, list[_Line]]] = []
    for line in lines:
        kind: BlockKind = "boilerplate" if id(line) in furniture else "paragraph"
        if groups and groups[-1][0] == kind and (kind == "boilerplate" or _continues(groups[-1][1], line, usual, full)):
            groups[-1][1].append(line)
        else:
            groups.append((kind, [line]))
    return groups


def _joined(lines: Sequence[_Line], between: str) -> str:
    """Lines as one text; nothing stands between Chinese or Japanese characters, nor after a hyphen."""
    text = lines[0].text
    for line in lines[1:]:
        glued = between == " " and (
            _HYPHENATED.search(text) or (_UNSPACED.match(text[-1]) and _UNSPACED.match(line.text))
        )
        text += line.text.lstrip() if glued else between + line.text
    return text


def _continues(group: Sequence[_Line], line: _Line, usual: float, full: float) -> bool:
    """Whether ``line`` goes on with the paragraph of the lines before it."""
    before = group[-1]
    if math.isnan(before.bottom) or math.isnan(line.bottom):
        return False
    distance = before.bottom - line.bottom
    size = median(part.height for part in group)
    if not 0 < distance <= _WIDE_GAP * max(usual, size) or abs(line.height - size) > 0.2 * size:
        return False
    if before.right < full or _MARKER.match(line.text):
        return False
    return len(group) == 1 or line.left <= before.left + size  # else: indented, a new paragraph
