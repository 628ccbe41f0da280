"""A report's answer as text for programs and documents: CSV, Markdown, HTML, JSON.

In: `queries.report.Result`. Out: strings and plain data.
"""

from __future__ import annotations

import csv
import io
import re
from html import escape
from typing import Any

from ..queries.report import Cell, Report, Result
from ..queries.views.cells import FORMULA, harmless_text

__all__ = ["FORMULA", "describe", "harmless", "to_csv", "to_html", "to_json", "to_markdown"]


def harmless(cell: Cell) -> str:
    """A cell's text, made so that no spreadsheet runs it: what looks like a formula gets an apostrophe before it."""
    return harmless_text(cell.text) if cell.number is None else cell.text


def to_csv(result: Result) -> str:
    """RFC 4180 with a line of titles; a column that leads to evidence is followed by one with its IRI."""
    out = io.StringIO()
    writer = csv.writer(out)
    linked = [place for place, column in enumerate(result.columns) if column.evidence and _has_iri(result, place)]
    header = []
    for place, column in enumerate(result.columns):
        header += [column.title, f"{column.title} IRI"] if place in linked else [column.title]
    writer.writerow(header)
    for row in result.rows:
        cells = []
        for place, cell in enumerate(row):
            cells += [harmless(cell), cell.iri] if place in linked else [harmless(cell)]
        writer.writerow(cells)
    return out.getvalue()


def _has_iri(result: Result, place: int) -> bool:
    return any(row[place].iri for row in result.rows)


def to_markdown(result: Result) -> str:
    """A pipe table under the report's title."""

    def text(value: str) -> str:
        return " ".join(re.sub(r"[\\|\[\]`]", r"\\\g<0>", value).replace("<", "&lt;").split())

    lines = [f"# {text(result.report.title)}", "", text(result.report.summary), ""] if result.report.summary else []
    lines = lines or [f"# {text(result.report.title)}", ""]
    lines.append("| " + " | ".join(text(column.title) for column in result.columns) + " |")
    numeric = [any(row[place].number is not None for row in result.rows) for place in range(len(result.columns))]
    lines.append("|" + "|".join(" ---: " if right else " --- " for right in numeric) + "|")
    lines += ["| " + " | ".join(text(cell.text) for cell in row) + " |" for row in result.rows]
    return "\n".join(lines) + "\n"


_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;margin:2rem}table{border-collapse:collapse;font-size:.9rem}"
    "th,td{border:1px solid #bbb;padding:.3rem .5rem;text-align:left;vertical-align:top}"
    "th{background:#f2f2ee}.denied{background:#fdecea}thead{display:table-header-group}tr{break-inside:avoid}"
)


def to_html(result: Result) -> str:
    """A page of its own, to print or to send; links lead to the IRIs of the evidence."""
    columns = result.columns
    shown = [place for place in range(len(columns)) if any(row[place].text for row in result.rows)]

    def cell(place: int, found: Cell) -> str:
        text = escape(found.text)
        link = found.iri if found.iri.startswith("https:") and text else ""
        inner = f'<a href="{escape(link)}">{text}</a>' if link else text
        return (
            f'<td class="denied">{inner}</td>'
            if text and columns[place].name.startswith("denied")
            else f"<td>{inner}</td>"
        )

    head = "".join(f"<th>{escape(columns[place].title)}</th>" for place in shown)
    rows = "\n".join(f"<tr>{''.join(cell(place, row[place]) for place in shown)}</tr>" for row in result.rows)
    title, summary = escape(result.report.title), escape(result.report.summary)
    return (
        f'<!doctype html>\n<html lang="{escape(result.lang)}">\n<head><meta charset="utf-8"><title>{title}</title>\n'
        f"<style>{_STYLE}</style></head>\n<body>\n<h1>{title}</h1>\n<p>{summary}</p>\n"
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</body>\n</html>\n"
    )


def to_json(result: Result) -> dict[str, Any]:
    """The report, what it was asked with, its columns, and one object a row."""
    given = {name: value if isinstance(value, str) else list(value) for name, value in result.parameters.items()}
    return {
        "report": result.report.name,
        "title": result.report.title,
        "lang": result.lang,
        "parameters": given,
        "columns": [{"name": column.name, "title": column.title} for column in result.columns],
        "rows": [
            {column.name: _cell(cell) for column, cell in zip(result.columns, row, strict=True)} for row in result.rows
        ],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    found: dict[str, Any] = {"text": cell.text}
    if cell.iri:
        found["iri"] = cell.iri
    if cell.number is not None:
        found["number"] = cell.number
    return found


def describe(report: Report) -> dict[str, Any]:
    """A report for a list: what it answers and what it can be asked with."""
    if report.error:
        return {"name": report.name, "error": report.error}
    return {
        "name": report.name,
        "title": report.title,
        "summary": report.summary,
        "tags": list(report.tags),
        "dataset": report.dataset,
        "parameters": [
            {
                "name": one.name,
                "type": one.type,
                "description": one.description,
                "required": one.required,
                "default": list(one.default),
                "scheme": one.scheme,
                "values": list(one.values),
            }
            for one in report.parameters
        ],
    }
