"""The view `ropa`: its shapes, its files, and that it says nothing that a policy denies."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import openpyxl
import pytest
import rdflib
from rdflib.namespace import PROV, RDF

from clausegraph.queries.store import MemoryStore, Store, VersionGraph
from clausegraph.queries.views.roparows import COLUMNS, NOT_STATED

from .viewing import HERE, complaints, written

CG = "https://w3id.org/clausegraph/ontology#"
CGC = "https://w3id.org/clausegraph/concepts#"
DPV = rdflib.Namespace("https://w3id.org/dpv#")
FERNWAY = "en%2Ffernway-books"
POLICY = "https://w3id.org/clausegraph/id/policy/hand"
VERSION = f"{POLICY}/version/0000000000000001"


def statement(practice: str, quote: str, **facets: str) -> list[str]:
    """The lines of one affirmed statement of the controller."""
    iri = f"{VERSION}/s/{practice}"
    return [
        f"<{iri}> <{CG}inVersion> <{VERSION}>",
        f"<{iri}> <{CG}polarity> <{CG}Affirmed>",
        f"<{iri}> <{CG}practice> <{CG}{practice}>",
        f"<{iri}> <{CG}controller> <{POLICY}/party/1>",
        f'<{iri}> <{CG}quote> "{quote}"',
        *(f"<{iri}> <{CG}{name}> <{CGC}{each}>" for name, value in facets.items() for each in value.split()),
    ]


def conditional(practice: str, words: str) -> list[str]:
    """The lines that put it under a condition."""
    iri, condition = f"{VERSION}/s/{practice}", f"{VERSION}/s/{practice}/x/1-2"
    return [
        f'<{iri}> <{CG}conditional> "true"^^<http://www.w3.org/2001/XMLSchema#boolean>',
        f"<{iri}> <{CG}condition> <{condition}>",
        f"<{condition}> <{CG}effect> <{CG}OnlyIf>",
        f'<{condition}> <{CG}exact> "{words}"',
    ]


def stored(lines: list[str]) -> MemoryStore:
    """A store that holds them."""
    base = [f"<{VERSION}> <{CG}versionOf> <{POLICY}>", f"<{VERSION}> <{CG}controller> <{POLICY}/party/1>"]
    nquads = "".join(f"{line} <{VERSION}> .\n" for line in sorted({*base, *lines})).encode()
    store = MemoryStore()
    store.put([VersionGraph(POLICY, VERSION, "0" * 64, "e1", nquads, "2026-01-01T00:00:00Z")])
    return store


def rows(store: Store, key: str) -> list[dict[str, str]]:
    """The register as a spreadsheet reads it, by the first words of its titles."""
    reader = csv.DictReader(io.StringIO(written(store, "ropa", "csv", key).decode()))
    return [{title.partition(" –")[0]: cell for title, cell in row.items()} for row in reader]


def row(store: Store, key: str, purpose: str) -> dict[str, str]:
    (found,) = [each for each in rows(store, key) if each["Purpose of the processing"] == purpose]
    return found


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(HERE / "ropa-shapes.ttl")


@pytest.mark.parametrize("kind", ["samples", "seeds"])
def test_each_entry_answers_every_point_or_says_that_it_cannot(
    kind: str, request: pytest.FixtureRequest, shapes: rdflib.Graph
) -> None:
    store: Store = request.getfixturevalue(kind)
    data = rdflib.Graph().parse(data=written(store, "ropa", "turtle"), format="turtle")
    assert complaints(data, shapes) == set()
    assert len(set(data.subjects(RDF.type, DPV.ROPA))) == len(store.policies())


@pytest.mark.parametrize("kind", ["samples", "seeds"])
def test_nothing_denied_is_in_the_register(kind: str, request: pytest.FixtureRequest) -> None:
    store: Store = request.getfixturevalue(kind)
    data = rdflib.Graph().parse(data=written(store, "ropa", "turtle"), format="turtle")
    used = {str(statement) for statement in data.objects(None, PROV.wasDerivedFrom) if "/s/" in str(statement)}
    answer = store.query(
        f"SELECT ?s WHERE {{ ?s <{CG}polarity> <{CG}Affirmed> ; <{CG}controller> ?c }}", default_graphs=None
    )
    affirmed = {each["s"] for each in answer.texts()}  # type: ignore[union-attr]
    assert used
    assert used <= affirmed


def test_what_a_row_says(samples: Store) -> None:
    orders = row(samples, FERNWAY, "Order handling")
    assert orders["Controller"] == "Fernway Books Ltd"
    assert orders["Data protection officer"] == "dpo@fernway-books.example"
    assert "Payment card" in orders["Categories of personal data"]
    assert orders["Categories of recipients"] == NOT_STATED
    assert orders["Conditions in the text"] == "only if: “When you place an order”"
    assert "Encryption in transit" in orders["Security measures"]
    assert "contractual" not in orders["Security measures"]  # what protects a transfer stands with the transfer
    marketing = row(samples, FERNWAY, "Direct marketing")
    assert "given your consent" in marketing["Conditions in the text"]


def test_what_has_no_purpose_stands_in_a_row_of_its_own(samples: Store) -> None:
    rest = row(samples, FERNWAY, NOT_STATED)
    assert "Delivery company" in rest["Categories of recipients"]
    assert rest["Transfers: third countries"] == "United States"
    assert rest["Transfers: safeguards"] == "Standard contractual clauses"
    assert "7 years [Transaction data]" in rest["Time limits for erasure"]
    assert "at most 30 days" in rest["Time limits for erasure"]
    everything = json.dumps(rows(samples, FERNWAY))
    for denied in ("Health", "Religious beliefs", "Advertising network"):
        assert denied not in everything


def test_time_limits_go_with_the_data_that_they_are_for(samples: Store) -> None:
    service = row(samples, "en%2Fnorrvik-ledger", "Security")
    assert service["Time limits for erasure"] == "60 days [Log data]"


def test_what_is_done_under_a_condition_is_no_rule_for_everything() -> None:
    lines = [
        *statement("Use", "We use it for news.", dataCategory="PersonalData", purpose="Marketing"),
        *statement("Retain", "Asked to, we delete it.", dataCategory="PersonalData", retention="StorageDeletion"),
        *conditional("Retain", "Asked to"),
        *statement("Protect", "In reports we mask it, by day we lock it.", measure="Anonymisation"),
        *conditional("Protect", "In reports"),
    ]
    with stored(lines) as store:
        marketing, rest = rows(store, "policy/hand")
    assert marketing["Time limits for erasure"] == NOT_STATED
    assert rest["Time limits for erasure"] == "Deletion [Personal data], only if: “Asked to”"
    assert marketing["Security measures"] == "Anonymisation (only if: “In reports”)"
    assert marketing["Conditions in the text"] == ""


def test_a_time_limit_of_named_data_stands_with_that_data_alone() -> None:
    lines = [
        *statement("Use", "We use it for news.", dataCategory="PersonalData", purpose="Marketing"),
        *statement(
            "Retain", "We keep it as needed.", dataCategory="PersonalData Behaviour", retention="AsLongAsNecessary"
        ),
        *statement("Store", "We keep it for good.", dataCategory="PersonalData"),
    ]
    with stored(lines) as store:
        assert rows(store, "policy/hand")[0]["Time limits for erasure"] == NOT_STATED


def test_the_workbook_marks_what_is_not_stated(samples: Store) -> None:
    data = written(samples, "ropa", "xlsx", FERNWAY)
    assert data == written(samples, "ropa", "xlsx", FERNWAY)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Register", "About"]
    cells = list(book["Register"].values)
    plain = list(csv.reader(io.StringIO(written(samples, "ropa", "csv", FERNWAY).decode())))
    assert [[cell or "" for cell in each] for each in cells] == plain
    marked = {cell.font.color.rgb for each in book["Register"] for cell in each if cell.value == NOT_STATED}
    assert marked == {"FF7A4B00"}


def test_json_lists_what_is_not_stated(samples: Store) -> None:
    document: dict[str, Any] = json.loads(written(samples, "ropa", "json", FERNWAY))
    assert [each["name"] for each in document["columns"]] == [each.name for each in COLUMNS]
    for each in document["rows"]:
        assert each["notStated"] == [column.name for column in COLUMNS if not each[column.name]]
        assert all(iri.startswith("https://w3id.org/clausegraph/id/policy/") for iri in each["statements"])


def test_no_cell_is_a_formula() -> None:
    lines = [
        f'<{VERSION}> <http://purl.org/dc/terms/title> "=cmd|calc"',
        f'<{POLICY}/party/1> <https://schema.org/name> "@SUM(1)"',
        f'<{POLICY}/party/1> <https://schema.org/telephone> "+420 555 010 203"',
        *statement("Use", "-1+1", purpose="Marketing"),
    ]
    with stored(lines) as store:
        for each in csv.reader(io.StringIO(written(store, "ropa", "csv").decode())):
            assert not any(cell.startswith(("=", "+", "-", "@")) for cell in each)
        book = openpyxl.load_workbook(io.BytesIO(written(store, "ropa", "xlsx")))
        cells = [cell for each in book["Register"] for cell in each if str(cell.value or "")[:1] in "=+-@"]
        cells = [cell for cell in cells if cell.value]
        assert len(cells) == 4
        assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


BROKEN = [
    ("dpv:hasPurpose dpv:DirectMarketing ;", "", "(b) purpose"),
    ("dpv:hasPurpose dpv:DirectMarketing ;", "dpv:hasPurpose dpv:DirectMarketing , dpv:Marketing ;", "one purpose"),
    ("a dpv:ROPA", "a dpv:RecordsOfActivities", None),
    ("#recipients>", "#recipient>", "(d) recipients"),
    ("#article30-1-d>", "#article30-2-d>", "the point of the law"),
    ("dpv:hasDataController", "dpv:hasDataProcessor", "(a) controller"),
]


@pytest.mark.parametrize(("old", "new", "broken"), BROKEN)
def test_the_shapes_find_faults(samples: Store, shapes: rdflib.Graph, old: str, new: str, broken: str | None) -> None:
    turtle = written(samples, "ropa", "turtle", FERNWAY).decode()
    assert old in turtle
    data = rdflib.Graph().parse(data=turtle.replace(old, new), format="turtle")
    found = complaints(data, shapes)
    assert broken in found if broken else found == set()
