"""The version's named graph: its IRIs, its literals, and that a denial never reads as a permission."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace

import pyoxigraph as ox
import pytest

from clausegraph.ingest.quads import (
    ExtractorStamp,
    party_iri,
    statement_iris,
    version_iri,
    version_quads,
)
from clausegraph.ingest.records import (
    FACETS,
    PRACTICES,
    Clause,
    Condition,
    Document,
    Duration,
    Extraction,
    Mention,
    Party,
    Statement,
)
from clausegraph.ontology import terms
from clausegraph.ontology.terms import CG, CGC

HEAD = "Notice of Example Ltd.\n"
AFFIRMED = "We share your e-mail address with Printer Inc. in Norway, as C001 allows, for 180 days.\n"
DENIED = "We never share your e-mail address with Printer Inc. in Norway, as C001 allows, unless a court orders it.\n"
TEXT = HEAD + AFFIRMED + DENIED
#: Those of the records and those that stand beside them in the contract.
ALL_FACETS = (*FACETS, "consequence", "necessity", "automatedDecision", "transferSafeguard")
CONCEPTS = {facet: f"{facet[0].upper()}{facet[1:]}Concept" for facet in ALL_FACETS}
STAMP = ExtractorStamp("rules", "0.1.0", "d1" * 32, "e2" * 32, (("ahocorasick-rs", "1.0.0"), ("cn2an", "0.5.22")))


def place(words: str, after: int) -> tuple[int, int]:
    start = TEXT.index(words, after)
    return start, start + len(words)


def mentions(after: int) -> tuple[Mention, ...]:
    """Every facet once, all but the recipient on the same words."""
    words = place("e-mail address", after)
    found = [Mention(facet, CONCEPTS[facet], *words, rule=f"lexicon:{facet}") for facet in ALL_FACETS]
    recipient = FACETS.index("recipient")
    found[recipient] = Mention(
        "recipient", CONCEPTS["recipient"], *place("Printer Inc.", after), rule="party", party="printerinc."
    )
    found[0] = replace(found[0], code="C001", inherited_from="1")
    return tuple(found)


def extraction(key: str = "acme/privacy", text: str = TEXT) -> Extraction:
    first, second = len(HEAD), len(HEAD) + len(AFFIRMED)
    statements = (
        Statement(
            first,
            second - 1,
            "2",
            "Share",
            mentions=mentions(first),
            conditions=(Condition(*place("as C001 allows", first), "OnlyIf", ("If", "Consent"), "cue:as"),),
            vague=True,
            open_list=True,
            exclusive=True,
            duration=Duration("P180D", 180.0, "AtMost", "collection"),
            contact="printerinc.",
            contact_role="DataProtectionOfficer",
            named_actor="exampleltd.",
            confidence=0.75,
            rules=("frame:share",),
        ),
        Statement(
            second,
            len(TEXT) - 1,
            "3",
            "Share",
            denied=True,
            modality="Must",
            mentions=mentions(second),
            conditions=(
                Condition(
                    *place("unless a court orders it", second),
                    "Unless",
                    ("Exception",),
                    "cue:unless",
                    (Mention("legalBasis", "LegalObligation", *place("court orders", second), rule="lexicon"),),
                ),
            ),
            inherits=0,
        ),
        Statement(second, len(TEXT) - 1, "3", "Share", exception_to=(0, 1)),
        Statement(second, len(TEXT) - 1, "3", "Share", actor="ThirdParty", of_controller=False),
    )
    clauses = (
        Clause("1", 0, first, "Heading", 0, number="§ 1", heading="Notice", section_end=len(TEXT)),
        Clause("2", first, second, "Paragraph", 1, parent="1"),
        Clause("3", second, len(TEXT), "ListItem", 2, parent="1", language="en"),
    )
    parties = (
        Party("exampleltd.", "Example Ltd.", 10, 22, ("Example", "we"), "dpo@example.org", "+1 2", "1 Main St", "cue"),
        Party("printerinc.", "Printer Inc."),
        Party("nobody", ""),
    )
    document = Document(key, text, "en", hashlib.sha256(text.encode()).hexdigest(), url="https://example.org/a b")
    return Extraction(
        document, clauses, statements, parties, "exampleltd.", "Notice", "2024-01-02", "2024-01-03", "2024-01-04"
    )


def store(quads: bytes) -> ox.Store:
    loaded = ox.Store()
    loaded.bulk_load(quads, format=ox.RdfFormat.N_QUADS)
    return loaded


def ask(quads: bytes, query: str) -> list[tuple[str, ...]]:
    prefixes = f"PREFIX cg: <{CG}> PREFIX cgc: <{CGC}> PREFIX schema: <https://schema.org/> "
    solutions = store(quads).query(prefixes + query, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    return sorted(
        tuple(term.value if isinstance(term, (ox.NamedNode, ox.Literal)) else "" for term in row) for row in solutions
    )


@pytest.fixture(scope="module")
def quads() -> bytes:
    return version_quads(extraction(), extractor=STAMP)


def test_one_graph_sorted_no_blank_nodes_no_line_twice(quads: bytes) -> None:
    lines = quads.splitlines()
    assert lines == sorted(set(lines))
    parsed = list(ox.parse(quads, format=ox.RdfFormat.N_QUADS))
    assert len(parsed) == len(lines)
    version = version_iri("acme/privacy", extraction().document.sha256)
    assert {quad.graph_name for quad in parsed} == {ox.NamedNode(version)}
    assert not any(isinstance(term, ox.BlankNode) for quad in parsed for term in (quad.subject, quad.object))


def test_the_text_comes_out_as_pyoxigraph_would_write_it(quads: bytes) -> None:
    parsed = list(ox.parse(quads, format=ox.RdfFormat.N_QUADS))
    again = ox.serialize(parsed, format=ox.RdfFormat.N_QUADS)
    assert again == quads


def test_same_bytes_whatever_the_hash_seed(quads: bytes) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import test_quads as t; "
        "sys.stdout.buffer.write(t.version_quads(t.extraction(), extractor=t.STAMP))"
    )
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        folder = os.path.dirname(__file__)  # noqa: PTH120
        run = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, env=environment, check=True)
        assert run.stdout == quads


def test_a_stranger_s_queries_return_only_what_is_affirmed(quads: bytes) -> None:
    affirmed = statement_iris(version_iri("acme/privacy", extraction().document.sha256), extraction().statements)[0]
    for facet in (*ALL_FACETS, "namedRecipient", "practice"):
        rows = ask(quads, f"SELECT DISTINCT ?s {{ ?s cg:controller ?c ; cg:{facet} ?v }}")
        wanted = {(affirmed,)}
        if facet == "practice":
            wanted |= {(iri,) for iri in statement_iris(version_of(quads), extraction().statements)[2:3]}
        assert set(rows) == wanted, facet


def version_of(quads: bytes) -> str:
    return ask(quads, "SELECT ?v { ?v a cg:PolicyVersion }")[0][0]


def test_a_denied_statement_carries_the_twins_and_nothing_plain(quads: bytes) -> None:
    rows = ask(quads, "SELECT ?p ?o { ?s a cg:DeniedStatement ; ?p ?o }")
    properties = {row[0].removeprefix(CG) for row in rows if row[0].startswith(CG)}
    for facet in (*ALL_FACETS, "namedRecipient"):
        assert f"denied{facet[0].upper()}{facet[1:]}" in properties
    assert not properties & {*ALL_FACETS, "namedRecipient", "practice", "citesCode"}
    assert ("cg:deniedPractice", f"{CG}Share") in {(row[0].replace(CG, "cg:"), row[1]) for row in rows}
    facets = ask(quads, "SELECT DISTINCT ?f { ?m cg:mentionOf ?s ; cg:facet ?f . ?s a cg:DeniedStatement }")
    assert {row[0].removeprefix(CG)[:6] for row in facets} == {"denied"}
    assert len(facets) == len(ALL_FACETS) + 1


def test_what_stands_in_an_unless_is_the_condition_s(quads: bytes) -> None:
    rows = ask(
        quads,
        "SELECT ?b ?x { ?s a cg:DeniedStatement ; cg:condition ?c . ?c cg:legalBasis ?b ; cg:effect cg:Unless ; "
        "cg:exact ?x . ?m cg:mentionOf ?c ; cg:facet cg:legalBasis ; cg:value ?b }",
    )
    assert rows == [(f"{CGC}LegalObligation", "unless a court orders it")]
    assert (f"{CGC}LegalObligation",) not in ask(quads, "SELECT ?b { ?s cg:deniedLegalBasis ?b }")


def test_a_value_of_the_statement_inside_an_unless_goes_to_the_condition() -> None:
    whole = extraction()
    denied = whole.statements[1]
    moved = replace(
        denied,
        mentions=denied.conditions[0].mentions,
        conditions=(replace(denied.conditions[0], mentions=()),),
    )
    out = version_quads(replace(whole, statements=(whole.statements[0], moved)), extractor=STAMP)
    assert ask(out, "SELECT ?b { ?c a cg:Condition ; cg:legalBasis ?b }") == [(f"{CGC}LegalObligation",)]
    assert ask(out, "SELECT ?b { ?s cg:deniedLegalBasis ?b }") == []


def test_the_same_mention_given_twice_is_one() -> None:
    whole = extraction()
    denied = whole.statements[1]
    twice = replace(denied, mentions=(*denied.mentions, *denied.mentions, *denied.conditions[0].mentions))
    out = version_quads(replace(whole, statements=(whole.statements[0], twice, *whole.statements[2:])), extractor=STAMP)
    assert out == version_quads(whole, extractor=STAMP)


def test_values_inside_an_only_if_stay_with_the_statement() -> None:
    whole = extraction()
    denied = whole.statements[1]
    only = replace(denied, mentions=(), conditions=(replace(denied.conditions[0], effect="OnlyIf"),))
    out = version_quads(replace(whole, statements=(whole.statements[0], only)), extractor=STAMP)
    assert ask(out, "SELECT ?b { ?s cg:deniedLegalBasis ?b }") == [(f"{CGC}LegalObligation",)]


def test_kinds_of_place_are_jurisdictions_too(quads: bytes) -> None:
    values = {row[0] for row in ask(quads, "SELECT ?v { ?s a cg:AffirmedStatement ; cg:jurisdiction ?v }")}
    places = {"transferDestination", "storageLocation", "processingLocation", "recipientLocation", "residence"}
    assert values == {CGC + CONCEPTS[facet] for facet in (*places, "jurisdiction")}
    denied = {row[0] for row in ask(quads, "SELECT ?v { ?s cg:deniedJurisdiction ?v }")}
    assert denied == values


def test_every_value_has_a_mention_whose_words_are_there(quads: bytes) -> None:
    rows = ask(quads, "SELECT ?start ?end ?exact { ?m a cg:Mention ; cg:start ?start ; cg:end ?end ; cg:exact ?exact }")
    assert len(rows) == 2 * (len(ALL_FACETS) + 1) + 2
    assert all(TEXT[int(start) : int(end)] == exact for start, end, exact in rows)
    places = "FILTER(?p NOT IN (cg:jurisdiction, cg:deniedJurisdiction))"
    without = ask(
        quads,
        "SELECT ?s ?p { ?s ?p ?v . ?v a ?any . FILTER(STRSTARTS(STR(?v), STR(cgc:))) "
        f"{places} FILTER NOT EXISTS {{ ?m cg:mentionOf ?s ; cg:facet ?p ; cg:value ?v }} }}",
    )
    assert without == []


def test_the_controller_is_charged_only_with_its_own_practice(quads: bytes) -> None:
    rows = ask(quads, "SELECT ?s { ?s a cg:Statement FILTER NOT EXISTS { ?s cg:controller ?c } }")
    version = version_of(quads)
    assert rows == [(statement_iris(version, extraction().statements)[3],)]
    assert ask(quads, "SELECT ?a { ?s cg:actor ?a FILTER NOT EXISTS { ?s cg:controller ?c } }") == [
        (f"{CGC}ThirdParty",)
    ]
    assert ask(quads, "SELECT ?x { ?m cg:facet cg:controller ; cg:exact ?x }") == [("Example Ltd.",)]


def test_what_the_version_says(quads: bytes) -> None:
    rows = ask(quads, "SELECT ?p ?o { ?v a cg:PolicyVersion ; ?p ?o FILTER(isLiteral(?o)) }")
    said = {row[0].rpartition("#")[2].rpartition("/")[2]: row[1] for row in rows}
    assert said == {
        "title": "Notice",
        "language": "en",
        "url": "https://example.org/a b",
        "effectiveDate": "2024-01-02",
        "modified": "2024-01-03",
        "date": "2024-01-04",
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "text": TEXT,
    }
    agent = ask(
        quads,
        "SELECT ?n ?v ?d ?l { ?version cg:extraction ?a . ?a <http://www.w3.org/ns/prov#used> ?version ; "
        "<http://www.w3.org/ns/prov#wasAssociatedWith> ?w . ?w schema:name ?n ; schema:softwareVersion ?v ; "
        "cg:digest ?d ; cg:library ?l }",
    )
    assert agent == [
        ("rules", "0.1.0", "d1" * 32, "ahocorasick-rs 1.0.0"),
        ("rules", "0.1.0", "d1" * 32, "cn2an 0.5.22"),
    ]


def test_parties(quads: bytes) -> None:
    unnamed = ask(quads, "SELECT ?p { ?p a cg:UnnamedParty , cg:Party }")
    assert unnamed == [(party_iri("acme/privacy", "nobody"),)]
    assert ask(quads, "SELECT ?n { ?p a cg:UnnamedParty ; schema:name|cg:nameKey ?n }") == []
    names = ask(quads, 'SELECT ?a ?k { ?p schema:name "Example Ltd." ; schema:alternateName ?a ; cg:nameKey ?k }')
    assert names == [("Example", "exampleltd."), ("we", "exampleltd.")]


def test_an_unnamed_controller_may_have_the_empty_key() -> None:
    whole = extraction()
    nameless = replace(whole, parties=(*whole.parties[:2], Party("", "")), controller="")
    out = version_quads(nameless, extractor=STAMP)
    rows = ask(out, "SELECT DISTINCT ?c { ?s cg:controller ?c . ?c a cg:UnnamedParty }")
    assert rows == [(party_iri("acme/privacy", ""),)]
    none = version_quads(replace(whole, controller=""), extractor=STAMP)
    assert ask(none, "SELECT ?c { ?s cg:controller ?c }") == []


def test_statement_iris_of_equals_are_numbered_in_order() -> None:
    same = Statement(1, 9, "1", "Use")
    assert statement_iris("v", [same, replace(same, denied=True), same, replace(same, practice="Collect"), same]) == [
        "v/s/1-9-Use",
        "v/s/1-9-Use-denied",
        "v/s/1-9-Use-2",
        "v/s/1-9-Collect",
        "v/s/1-9-Use-3",
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"controller": "stranger"}, "controller 'stranger'"),
        ({"statements": (Statement(0, 1, "9", "Use"),)}, "clause of the extraction has the path '9'"),
        ({"statements": (Statement(0, 1, "1", "Use", named_actor="x"),)}, "party of the extraction has the key 'x'"),
        ({"statements": (Statement(0, 1, "1", "Use", mentions=(Mention("hue", "Red", 0, 1, "r"),)),)}, "facet 'hue'"),
        ({"clauses": (Clause("1", 0, 1, "Heading", 0), Clause("1", 1, 2, "Heading", 1))}, "two clauses"),
        ({"parties": (Party("a", "A"), Party("a", "B")), "controller": ""}, "two parties"),
    ],
)
def test_an_extraction_that_contradicts_itself_is_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        version_quads(replace(extraction(), **change), extractor=STAMP)  # type: ignore[arg-type]


def test_records_and_ontology_name_the_same_facets_and_practices() -> None:
    assert set(FACETS) == set(terms.FACETS)
    assert set(PRACTICES) == set(terms.PRACTICES)


@pytest.mark.parametrize("practice", PRACTICES)
@pytest.mark.parametrize("denied", [False, True])
def test_each_practice_in_both_polarities(practice: str, denied: bool) -> None:
    whole = replace(extraction(), statements=(Statement(0, 5, "1", practice, denied=denied),))
    out = version_quads(whole, extractor=STAMP)
    assert ask(out, "SELECT ?p { ?s cg:practice ?p }") == ([] if denied else [(CG + practice,)])
    assert ask(out, "SELECT ?p { ?s cg:deniedPractice ?p }") == ([(CG + practice,)] if denied else [])
