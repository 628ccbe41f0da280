"""The register of processing activities as a file.

In: `Row`s. Out: the bytes of CSV, XLSX, JSON or Turtle; equal rows give equal bytes.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import pyoxigraph as ox
from xlsxwriter import Workbook

from ...ontology.terms import BASE, DCT, DPV, PROV, RDF, SCHEMA, XSD
from ..store.formats import export_pieces
from .cells import FORMULA, harmless_text
from .roparows import COLUMNS, NOT_STATED, Entry, Row
from .said import dpv_or_own

__all__ = ["to_csv", "to_json", "to_turtle", "to_xlsx"]

_BEFORE: Final = ("Policy",)
_AFTER: Final = ("Conditions in the text", "Words of the text", "Version")
_LONGEST: Final = 32_000  # what Excel holds in a cell
#: Same input, same bytes.
_CREATED: Final = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_ABOUT: Final = (
    ("What it is", "The skeleton of a register of processing activities by Art. 30(1) GDPR, from privacy policies."),
    ("Rows", "One for each purpose that a policy names; a last one for what it says without a purpose."),
    ("What is in it", "What the text affirms of its controller's own handling of data. Denials are not in it."),
    (NOT_STATED, "The text does not say it, or it was not found. Whoever keeps the register has to fill it in."),
    ("Where applicable", "The law asks for these columns only where there is such a thing."),
    ("Time limits", "Those whose data the row names. In square brackets stands the data that a period is for."),
    ("What it is not", "Legal advice, or a complete register: a policy says less than Art. 30 asks for."),
)
_NS: Final = BASE + "ropa#"
#: Where GDPRtEXT names the points of Art. 30(1).
_POINT: Final = "http://purl.org/adaptcentre/resources/GDPRtEXT#article30-1-"
_TIME: Final = "http://www.w3.org/2006/time#"
#: Which DPV property a column is.
_PROPERTIES: Final = {
    "purpose": "hasPurpose",
    "controller": "hasDataController",
    "joint": "hasJointDataControllers",
    "representative": "hasRepresentative",
    "dpo": "hasDataProtectionOfficer",
    "subjects": "hasDataSubject",
    "data": "hasPersonalData",
    "recipients": "hasRecipient",
    "countries": "hasCountry",
    "safeguards": "hasTechnicalOrganisationalMeasure",
    "measures": "hasTechnicalOrganisationalMeasure",
}


def _titles() -> list[str]:
    columns = [f"{each.title} – Art. 30(1)({each.point}){', where applicable' * each.where}" for each in COLUMNS]
    return [*_BEFORE, *columns, *_AFTER]


def _texts(row: Row) -> list[str]:
    conditions = "; ".join(each.text for each in row.conditions)
    return [
        row.title or row.policy,
        *(row.text(each.name) for each in COLUMNS),
        conditions,
        "\n".join(row.quotes),
        row.version,
    ]


def to_csv(rows: Sequence[Row]) -> bytes:
    """RFC 4180 with a line of titles; no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_titles())
    writer.writerows([harmless_text(text) for text in _texts(row)] for row in rows)
    return out.getvalue().encode()


def to_xlsx(rows: Sequence[Row]) -> bytes:
    """A workbook: the register, and a sheet that says how to read it. No cell is a formula."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, options) as book:
        book.set_properties({"title": "Register of processing activities", "created": _CREATED})
        top = {"valign": "top", "text_wrap": True}
        head = book.add_format({**top, "bold": True, "bottom": 1, "bg_color": "#EFEFEA"})
        text, quoted = book.add_format(top), book.add_format({**top, "quote_prefix": True})
        empty = book.add_format({**top, "italic": True, "font_color": "#7A4B00", "bg_color": "#FFF6E0"})
        sheet = book.add_worksheet("Register")
        for at, title in enumerate(_titles()):
            sheet.write_string(0, at, title, head)
            sheet.set_column(at, at, 60 if title == _AFTER[1] else 26)
        for line, row in enumerate(rows, 1):
            for at, cell in enumerate(_texts(row)):
                form = empty if cell == NOT_STATED else quoted if cell.startswith(FORMULA) else text
                sheet.write_string(line, at, cell[:_LONGEST], form)
        sheet.freeze_panes(1, 2)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(_titles()) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        about = book.add_worksheet("About")
        about.set_column(0, 0, 20)
        about.set_column(1, 1, 100)
        for line, (name, words) in enumerate(_ABOUT):
            about.write_string(line, 0, name, book.add_format({"bold": True, "valign": "top"}))
            about.write_string(line, 1, words, text)
    return out.getvalue()


def to_json(rows: Sequence[Row]) -> bytes:
    """An object a row; a cell is a list, empty where nothing is stated."""

    def entry(one: Entry) -> dict[str, str]:
        found = {"text": one.text, "iri": one.iri or (dpv_or_own(one.concept) if one.concept else "")}
        return {name: value for name, value in (found | {"duration": one.duration}).items() if value}

    def record(row: Row) -> dict[str, Any]:
        return {
            "policy": row.policy,
            "version": row.version,
            "title": row.title,
            **{each.name: [entry(one) for one in row.cells[each.name]] for each in COLUMNS},
            "notStated": [each.name for each in COLUMNS if not row.cells[each.name]],
            "conditions": [entry(one) for one in row.conditions],
            "statements": list(row.statements),
        }

    columns = [
        {"name": each.name, "title": each.title, "point": f"Art. 30(1)({each.point})", "whereApplicable": each.where}
        for each in COLUMNS
    ]
    document = {"columns": columns, "rows": [record(row) for row in rows]}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def to_turtle(rows: Sequence[Row]) -> bytes:
    """In DPV's terms: one record of activities a policy, a process a row; what is not stated by its column."""
    lines = sorted({f"{triple} .\n" for row in rows for triple in _triples(row)})
    return b"".join(export_pieces("turtle", [""], lambda _graph: "".join(lines).encode()))


def _triples(row: Row) -> Iterator[str]:
    register, here = f"{row.version}/ropa", f"{row.version}/ropa/{row.key}"

    def link(subject: str, predicate: str, value: str) -> str:
        return f"<{subject}> <{predicate}> <{value}>"

    yield link(register, RDF + "type", dpv_or_own("ROPA"))
    yield link(register, PROV + "wasDerivedFrom", row.version)
    yield link(register, DCT + "hasPart", here)
    yield link(here, RDF + "type", DPV + "PersonalDataProcess")
    for statement in row.statements:
        yield link(here, PROV + "wasDerivedFrom", statement)
    for condition in row.conditions:
        yield link(here, DPV + "hasProcessingCondition", condition.iri)
        yield f"<{condition.iri}> <{DCT}description> {ox.Literal(condition.text)}"
    for column in COLUMNS:
        cell = row.cells[column.name]
        if not cell and not column.where:
            yield link(here, _NS + "notStated", _NS + column.name)
            yield link(_NS + column.name, DCT + "source", _POINT + column.point)
        for number, entry in enumerate(cell):
            value = entry.iri or dpv_or_own(entry.concept)
            if column.name in _PROPERTIES:
                yield link(here, DPV + _PROPERTIES[column.name], value)
            if entry.iri and column.name != "contact":
                yield f"<{entry.iri}> <{SCHEMA}name> {ox.Literal(entry.text)}"
            if column.name == "contact":
                yield f"<{entry.iri}> <{DPV}hasContact> {ox.Literal(entry.text)}"
            if column.name == "erasure":
                yield from _time(here, number, entry)


def _time(here: str, number: int, entry: Entry) -> Iterator[str]:
    node = f"{here}/storage/{number}"
    yield f"<{here}> <{DPV}hasStorageCondition> <{node}>"
    yield f"<{node}> <{RDF}type> <{DPV}StorageCondition>"
    yield f"<{node}> <{DCT}type> <{dpv_or_own(entry.concept)}>"
    yield f"<{node}> <{DCT}description> {ox.Literal(entry.text)}"
    if entry.duration:
        period = f"{node}/duration"
        yield f"<{node}> <{DPV}hasDuration> <{period}>"
        yield f"<{period}> <{RDF}type> <{_TIME}Duration>"
        duration = ox.Literal(entry.duration, datatype=ox.NamedNode(XSD + "duration"))
        yield f"<{period}> <{_TIME}hasXSDDuration> {duration}"
