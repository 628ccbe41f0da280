"""The bundled reports on three small policies (``policies.trig``), read off by hand; and that no denial leaks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from clausegraph import ontology
from clausegraph.ontology.closure import inferred_nquads
from clausegraph.ontology.terms import CG, CONCEPTS_GRAPH, DENIED_STATEMENT, ONTOLOGY_GRAPH
from clausegraph.queries.report import Report, Result, list_reports, run_report
from clausegraph.queries.store import MemoryStore, Solutions, Store, VersionGraph

FIXTURE = Path(__file__).parent / "policies.trig"
ONTOLOGY = Path(ontology.__file__).parent
REPORTS = [report.name for report in list_reports()]

ACME, KROK, LIWU = "Acme Privacy Notice", "Zásady ochrany soukromí", "禮物隱私權政策"
EVIDENCE = ("statement", "clause", "quote")
#: What stands before the names of columns of evidence.
SIDES = ("", "denied", "exception", "other", "former", "deniedOther", "deniedFormer")
#: What reports must be asked with that need to be told the policy.
NEEDED: dict[str, dict[str, str]] = {
    "changes": {"policy": "acme"},
    "compare": {"one": "acme", "other": "liwu"},
    "compare-denials": {"one": "acme", "other": "liwu"},
}
#: About policies, clauses or the whole collection, not about what one policy states: no statement to lead to.
WITHOUT_EVIDENCE = {
    "corpus", "data-frequency", "dpv-superseded", "dpv-usage", "dpv-without-match", "languages", "missing-rights",
    "no-complaint-body", "no-retention", "no-security", "policies", "practices", "provenance", "rights-matrix",
    "rules", "same-controller", "silent-clauses",
}  # fmt: skip


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    graphs: dict[str, list[ox.Quad]] = {}
    for quad in ox.parse(path=FIXTURE, format=ox.RdfFormat.TRIG):
        assert isinstance(quad.graph_name, ox.NamedNode)
        graphs.setdefault(quad.graph_name.value, []).append(quad)
    with MemoryStore() as memory:
        for name, files in (
            (ONTOLOGY_GRAPH, [ONTOLOGY / "clausegraph.ttl", ONTOLOGY / "defined.ttl"]),
            (CONCEPTS_GRAPH, sorted((ONTOLOGY / "concepts").glob("*.ttl"))),
        ):
            quads = [quad for file in files for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE)]
            memory.load_base(name, nquads(quads, name))
        memory.put(
            [
                VersionGraph(
                    name.partition("/version/")[0],
                    name,
                    "",
                    "e1",
                    nquads(quads, name),
                    "2026-02-01T00:00:00Z",
                    inferred_nquads(name, nquads(quads, name)),
                )
                for name, quads in graphs.items()
            ]
        )
        yield memory


def nquads(quads: list[ox.Quad], graph: str) -> bytes:
    named = (ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(graph)) for quad in quads)
    return ox.serialize(named, format=ox.RdfFormat.N_QUADS) or b""


def table(result: Result, *columns: str) -> list[tuple[str, ...]]:
    """The texts of some columns, row by row."""
    places = [[column.name for column in result.columns].index(name) for name in columns]
    return [tuple(row[place].text for place in places) for row in result.rows]


def facts(store: Store, name: str, *columns: str, lang: str = "en", **parameters: str) -> list[tuple[str, ...]]:
    return table(run_report(store, name, parameters, lang), "policy", *columns)


# --- the fixture itself


def test_quotes_and_mentions_slice_back(store: Store) -> None:
    texts = store.query(f"SELECT ?v ?text {{ ?v <{CG}text> ?text }}")
    spans = store.query(
        f"SELECT ?v ?start ?end ?words {{ GRAPH ?v {{ ?x <{CG}start> ?start ; <{CG}end> ?end ; "
        f"<{CG}quote>|<{CG}exact> ?words }} }}"
    )
    assert isinstance(texts, Solutions)
    assert isinstance(spans, Solutions)
    text = {row["v"]: row["text"] for row in texts.texts()}
    assert len(spans.rows) > 60
    for row in spans.texts():
        assert text[row["v"]][int(row["start"]) : int(row["end"])] == row["words"]


def test_the_fixture_keeps_the_contract(store: Store) -> None:
    import pyshacl

    data, shapes = rdflib.Graph(), rdflib.Graph()
    for row in store.policies():
        data.parse(data=b"".join(store.export("turtle", policy=row.policy_iri)).decode(), format="turtle")
    shapes.parse(ONTOLOGY / "shapes" / "contract.ttl", format="turtle")
    conforms, _, text = pyshacl.validate(data, shacl_graph=shapes)
    assert conforms, text


def test_an_export_is_the_graph_that_was_put(store: Store) -> None:
    for row in store.policies():
        whole = list(ox.parse(path=FIXTURE, format=ox.RdfFormat.TRIG))
        own = [quad for quad in whole if quad.graph_name == ox.NamedNode(row.version_iri)]
        lines = set((ox.serialize(own, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True))
        assert b"".join(store.export("nquads", policy=row.policy_iri)) == b"".join(sorted(lines))


# --- denials stay denials


@pytest.mark.parametrize(
    "pattern",
    [
        "?s cg:controller ?c ; cg:recipient ?r",
        "?s cg:controller ?c ; cg:dataCategory ?d",
        "?s cg:practice cg:Share ; cg:dataCategory ?d",
        "?s cg:dataCategory cgc:Location ; cg:recipient cgc:AdvertisingNetwork",
        "?s cg:practice ?p ; cg:transferDestination ?place",
        "?s cg:controller ?c ; cg:legalBasis ?b",
        "?s a cg:AffirmedStatement ; cg:quote ?q",
    ],
)
def test_naive_questions_return_only_what_is_affirmed(store: Store, pattern: str) -> None:
    prefixes = f"PREFIX cg: <{CG}> PREFIX cgc: <{CONCEPTS_GRAPH}#>"
    answer = store.query(f"{prefixes} SELECT DISTINCT ?s {{ {pattern} }}")
    assert isinstance(answer, Solutions)
    found = {row["s"] for row in answer.texts()}
    assert not found & denials(store)
    if "Network" in pattern:  # the one policy that speaks of it denies it
        assert found == set()
    else:
        assert found


def denials(store: Store) -> set[str]:
    answer = store.query(f"SELECT ?s {{ ?s a <{DENIED_STATEMENT}> }}")
    assert isinstance(answer, Solutions)
    return {row["s"] for row in answer.texts()}


@pytest.mark.parametrize("name", REPORTS)
def test_denied_and_affirmed_never_share_a_column(store: Store, name: str) -> None:
    result = run_report(store, name, NEEDED.get(name))
    names = [column.name for column in result.columns]
    answer = store.query(f"SELECT ?s ?quote {{ ?s a <{DENIED_STATEMENT}> ; <{CG}quote> ?quote }}")
    assert isinstance(answer, Solutions)
    denied_quotes = {row["quote"] for row in answer.texts()}
    for row in result.rows:
        for column, cell in zip(names, row, strict=True):
            if column.lower().endswith("statement") and cell.iri:
                assert (cell.iri in denials(store)) == column.startswith("denied")
            if column.lower().endswith("quote") and cell.text:
                assert (cell.text in denied_quotes) == column.startswith("denied")


@pytest.mark.parametrize("name", REPORTS)
def test_every_fact_leads_to_its_words(store: Store, name: str) -> None:
    check_evidence(run_report(store, name, NEEDED.get(name)))


def check_evidence(result: Result) -> None:
    """Each row has one statement at least, and each statement its clause and quote, both linked."""
    names = [column.name for column in result.columns]
    if result.report.name in WITHOUT_EVIDENCE:
        assert "statement" not in names
        assert "deniedStatement" not in names
        return
    for row in result.rows:
        cells = dict(zip(names, row, strict=True))
        complete = 0
        for side in SIDES:
            found = [cells.get(f"{side}{word.title()}" if side else word) for word in EVIDENCE]
            if found == [None, None, None]:
                continue
            texts = [cell.text for cell in found if cell is not None]
            assert len(texts) == 3
            assert all(texts) or not any(texts)
            assert all(found[place].iri for place in (0, 1) if all(texts))  # type: ignore[union-attr]
            complete += all(texts)
        assert complete or result.report.name == "controllers-and-contacts"


# --- each report, by hand


def test_policies(store: Store) -> None:
    columns = ("language", "controllers", "effective", "clauses", "affirmed", "denied")
    assert facts(store, "policies", *columns) == [
        (ACME, "en", "Acme Ltd.", "2026-01-31", "15", "10", "4"),
        (KROK, "cs", "", "", "5", "2", "2"),
        (LIWU, "zh-Hant", "禮物股份有限公司", "", "6", "4", "1"),
    ]
    assert run_report(store, "policies").rows[0][-1].number == 4


def test_controllers_and_contacts(store: Store) -> None:
    columns = ("controllers", "role", "contact", "email", "clause")
    assert facts(store, "controllers-and-contacts", *columns) == [
        (ACME, "Acme Ltd.", "Data protection officer", "data protection officer", "dpo@acme.example", "11"),
        (KROK, "", "", "", "", ""),
        (LIWU, "禮物股份有限公司", "", "", "", ""),
    ]


def test_data_by_practice(store: Store) -> None:
    assert facts(store, "data-by-practice", "data", "practice", "clause") == [
        (ACME, "E-mail address", "Collect", "1"),
        (ACME, "Location data", "Collect", "1"),
        (ACME, "Location data", "Share", "2"),
        (ACME, "Account data", "Retain", "6"),
        (ACME, "E-mail address", "Use", "10"),
        (KROK, "Approximate location", "Share", "3"),
        (LIWU, "Personal data", "Sell", "1"),
        (LIWU, "Name", "Collect", "5"),
    ]
    assert facts(store, "data-by-practice", "data", "clause", category="Location", kind="Share") == [
        (ACME, "Location data", "2"),
        (KROK, "Approximate location", "3"),
    ]
    assert facts(store, "data-by-practice", "data", policy="liwu", kind="Share") == [(LIWU, "Personal data")]


def test_sharing(store: Store) -> None:
    columns = ("practice", "recipient", "data", "onlyIf", "unless", "clause")
    assert facts(store, "sharing", *columns) == [
        (ACME, "Share", "Affiliated company", "Location data", "if you consent", "", "2"),
        (ACME, "Share", "Law enforcement", "", "when a court orders it", "", "5.1"),
        (KROK, "Share", "Analytics provider", "Approximate location", "", "", "3"),
        (LIWU, "Sell", "Business partner", "Personal data", "", "", "1"),
    ]
    assert facts(store, "sharing", "recipient", wanted="ThirdParty") == [
        (ACME, "Affiliated company"),
        (KROK, "Analytics provider"),
        (LIWU, "Business partner"),
    ]


def test_who_gets_location_data(store: Store) -> None:
    columns = ("data", "recipients", "onlyIf", "deniedData", "deniedRecipients", "deniedUnless")
    assert facts(store, "who-gets", *columns) == [
        (ACME, "Location data", "Affiliated company", "if you consent", "", "", ""),
        (ACME, "", "", "", "Personal data", "Third party", "except where the law requires it"),
        (KROK, "Approximate location", "Analytics provider", "", "", "", ""),
        (LIWU, "", "", "", "Location data", "Advertising network", ""),
    ]
    # a denial about locations says nothing about all personal data; a sale of personal data does
    assert facts(store, "who-gets", "data", "deniedData", category="cgc:PersonalData", policy="liwu") == [
        (LIWU, "Personal data", ""),
    ]


def test_sales(store: Store) -> None:
    columns = ("data", "recipients", "deniedPractice", "deniedData", "deniedRecipients", "deniedUnless")
    assert facts(store, "sales", *columns) == [
        (ACME, "", "", "Sell", "Personal data", "", ""),
        (ACME, "", "", "Share", "Personal data", "Third party", "except where the law requires it"),
        (LIWU, "Personal data", "Business partner", "", "", "", ""),
        (LIWU, "", "", "Share", "Location data", "Advertising network", ""),
    ]


def test_denials(store: Store) -> None:
    columns = ("deniedPractice", "deniedData", "deniedUnless", "deniedClause", "exceptionRecipients", "exceptionClause")
    assert facts(store, "denials", *columns) == [
        (ACME, "Sell", "Personal data", "", "4", "", ""),
        (ACME, "Share", "Personal data", "except where the law requires it", "5", "Law enforcement", "5.1"),
        (ACME, "Collect", "", "", "12", "", ""),
        (KROK, "Transfer abroad", "", "", "2", "", ""),
        (KROK, "Retain", "Payment card number", "", "4", "", ""),
        (LIWU, "Share", "Location data", "", "2", "", ""),
    ]
    assert facts(store, "denials", "deniedPractice", practice="Sell", policy="acme") == [
        (ACME, "Sell"),
        (ACME, "Share"),
    ]


def test_retention(store: Store) -> None:
    columns = ("data", "retention", "duration", "days", "bound", "since")
    assert facts(store, "retention", *columns) == [
        (ACME, "Account data", "Storage period", "P2Y", "730", "at most", "after you close your account"),
        (KROK, "", "As long as necessary", "", "", "", ""),
    ]
    assert facts(store, "no-retention", "controllers", "gap") == [
        (KROK, "", "names no length of time"),
        (LIWU, "禮物股份有限公司", "says nothing of it"),
    ]


def test_children(store: Store) -> None:
    assert facts(store, "children", "practice", "legalBases", "clause", "deniedPractice", "deniedClause") == [
        (ACME, "", "", "", "Collect", "12"),
        (LIWU, "Protect children", "Parental consent", "3", "", ""),
    ]


def test_transfers(store: Store) -> None:
    assert facts(store, "transfers", "destinations", "safeguards", "deniedDestinations") == [
        (ACME, "United States", "Standard contractual clauses", ""),
        (KROK, "", "", "Third country"),
    ]


def test_inferred(store: Store) -> None:
    assert facts(store, "inferred", "kind", "because", "clause") == [
        (ACME, "disclosure to public bodies", "Law enforcement", "5.1"),
        (ACME, "transfer to another country", "United States", "7"),
        (ACME, "transfer with a named safeguard", "Standard contractual clauses; United States", "7"),
        (ACME, "marketing based on consent", "Consent; Direct marketing; with your consent", "10"),
        (LIWU, "sale without a condition", "", "1"),
    ]
    only = facts(store, "inferred", "kind", lang="cs", kind=f"{CG}UnconditionalSale")
    assert only == [(LIWU, "prodej bez podmínky")]


def test_rights_security_and_bases(store: Store) -> None:
    assert facts(store, "rights", "right", "clause") == [
        (ACME, "Right of access", "9"),
        (ACME, "Right to erasure", "9"),
        (LIWU, "Right of access", "4"),
    ]
    assert facts(store, "rights", "right", wanted="RightToErasure") == [(ACME, "Right to erasure")]
    assert facts(store, "security", "measure", "clause") == [(ACME, "Encryption", "8")]
    assert facts(store, "legal-bases", "purpose", "legalBases", "data") == [
        (ACME, "Providing the service", "", "E-mail address; Location data"),
        (ACME, "Direct marketing", "Consent", "E-mail address"),
    ]


# --- for every reader and every tool


def test_labels_come_in_the_readers_language(store: Store) -> None:
    assert facts(store, "sharing", "recipient", lang="zh-TW", wanted="Affiliate") == [(ACME, "關係企業")]
    for lang in ("cs", "zh-CN", "zh-Hant"):
        for name in REPORTS:
            needed = NEEDED.get(name)
            english, other = run_report(store, name, needed), run_report(store, name, needed, lang=lang)
            assert [[cell.iri for cell in row] for row in english.rows] == [
                [cell.iri for cell in row] for row in sorted(other.rows, key=lambda row: english_place(english, row))
            ]


def english_place(english: Result, row: tuple[Any, ...]) -> int:
    """Where a row stands among the English ones (labels may sort differently)."""
    return [[cell.iri for cell in each] for each in english.rows].index([cell.iri for cell in row])


@pytest.fixture(scope="module")
def other_tool(store: Store) -> rdflib.Dataset:
    """The same data in rdflib with its own SPARQL engine."""
    dataset = rdflib.Dataset(default_union=True)
    for quad in ox.parse(b"".join(store.export("nquads")), format=ox.RdfFormat.N_QUADS):
        subject, value = term(quad.subject), term(quad.object)
        dataset.graph(rdflib.URIRef(quad.graph_name.value)).add((subject, rdflib.URIRef(quad.predicate.value), value))
    return dataset


def term(node: Any) -> Any:
    if isinstance(node, ox.NamedNode):
        return rdflib.URIRef(node.value)
    if isinstance(node, ox.BlankNode):
        return rdflib.BNode(node.value)
    return rdflib.Literal(node.value, lang=node.language, datatype=None if node.language else node.datatype.value)


@pytest.mark.parametrize("report", list_reports(), ids=lambda report: report.name)
@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:Dataset.(contexts|identifier) is deprecated:DeprecationWarning")
def test_the_file_runs_unchanged_in_another_tool(store: Store, other_tool: rdflib.Dataset, report: Report) -> None:
    ours = store.query(report.query)
    assert isinstance(ours, Solutions)
    lists = {column.name for column in report.columns if column.list}

    def key(values: dict[str, str]) -> frozenset[tuple[str, Any]]:
        return frozenset(
            (name, frozenset(value.split("; ")) if name in lists else value) for name, value in values.items() if value
        )

    theirs = [
        {str(name): str(value).replace("+00:00", "Z") for name, value in row.asdict().items() if value is not None}  # type: ignore[union-attr]
        for row in other_tool.query(report.query)
    ]
    assert {key(row) for row in theirs} == {key(row) for row in ours.texts()}
