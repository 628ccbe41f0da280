"""A report's answer as an Excel workbook.

In: `queries.report.Result`, and how an IRI becomes an address that opens. Out: the bytes of an .xlsx file: one sheet
with the answer (links to the evidence, a filter on each column), one that says what was asked.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..queries.report import Cell, Column, Result
from .tables import FORMULA

__all__ = ["MEDIA_TYPE", "to_xlsx"]

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What Excel holds in one sheet and opens as one address.
MOST_ROWS, MOST_LINKS, LONGEST_LINK, LONGEST_TEXT = 1_048_000, 60_000, 2_000, 32_000
#: Same input, same bytes.
CREATED = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
WIDE, NARROW = 60, 9


def _itself(iri: str) -> str:
    return iri


def to_xlsx(result: Result, address: Callable[[str], str] = _itself) -> bytes:
    """The workbook. ``address``: where an IRI opens, such as a page of the running server.

    No cell is a formula, whatever it begins with: texts are written as texts, marked so that they stay so when edited.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, options) as book:
        book.set_properties({"title": result.report.title, "comments": result.report.summary, "created": CREATED})
        sheet = book.add_worksheet("Answer")
        _Answer(book, sheet, address).write(result)
        _about(book, result)
    return out.getvalue()


class _Answer:
    """Writes the sheet with the rows."""

    def __init__(self, book: Workbook, sheet: Worksheet, address: Callable[[str], str]) -> None:
        self._sheet, self._address, self._links = sheet, address, 0
        top = {"valign": "top", "text_wrap": True}
        self._head = book.add_format({**top, "bold": True, "bottom": 1})
        self._denied_head = book.add_format({**top, "bold": True, "bottom": 1, "font_color": "#B3261E"})
        self._text, self._number = book.add_format(top), book.add_format({"valign": "top"})
        self._quoted = book.add_format({**top, "quote_prefix": True})
        self._link = book.add_format({**top, "font_color": "#1F5C55", "underline": 1})

    def write(self, result: Result) -> None:
        rows = result.rows[:MOST_ROWS]
        shown = [place for place in range(len(result.columns)) if any(row[place].text for row in rows) or not rows]
        for at, place in enumerate(shown):
            column = result.columns[place]
            self._sheet.write_string(0, at, column.title, self._denied_head if _denied(column) else self._head)
            self._sheet.set_column(at, at, _width(column, [row[place] for row in rows[:200]]))
        for line, row in enumerate(rows, 1):
            for at, place in enumerate(shown):
                self._cell(line, at, row[place])
        self._sheet.freeze_panes(1, 0)
        if rows:
            self._sheet.autofilter(0, 0, len(rows), len(shown) - 1)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(0)

    def _cell(self, line: int, at: int, cell: Cell) -> None:
        text = cell.text[:LONGEST_TEXT]
        if cell.number is not None:
            self._sheet.write_number(line, at, cell.number, self._number)
            return
        link = self._address(cell.iri) if cell.iri.startswith("https:") else ""
        if text and link and len(link) <= LONGEST_LINK and self._links < MOST_LINKS:
            self._links += 1
            self._sheet.write_url(line, at, link, self._link, text)
        elif text:
            self._sheet.write_string(line, at, text, self._format(text))

    def _format(self, text: str) -> Format:
        return self._quoted if text.startswith(FORMULA) else self._text


def _denied(column: Column) -> bool:
    return column.name.startswith("denied")


def _width(column: Column, cells: list[Cell]) -> int:
    """Wide enough for most of what stands in it; Chinese characters take two places."""
    longest = max((sum(2 if ord(sign) > 0x2E7F else 1 for sign in cell.text) for cell in cells), default=0)
    return max(NARROW, min(WIDE, max(longest, len(column.title)) + 2))


def _about(book: Workbook, result: Result) -> None:
    """What was asked, of which report, in which language."""
    sheet = book.add_worksheet("About")
    bold, text = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True, "valign": "top"})
    given = {
        name: value if isinstance(value, str) else ", ".join(value)
        for name, value in result.parameters.items()
        if value
    }
    lines = {
        "Report": result.report.title,
        "What it answers": result.report.summary,
        "How to read it": result.report.description,
        **{f"Asked with {name}": value for name, value in given.items()},
        "Rows": str(len(result.rows)),
        "Language of the labels": result.lang,
        "Made by": "ClauseGraph",
    }
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    for line, (name, value) in enumerate(lines.items()):
        sheet.write_string(line, 0, name, bold)
        sheet.write_string(line, 1, value[:LONGEST_TEXT], text)
