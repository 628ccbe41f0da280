"""Shapes asked as SPARQL find what a SHACL validator counts, and what cannot be asked is refused."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyshacl
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SH

from clausegraph import ontology
from clausegraph.api import ingestion
from clausegraph.api.base import ensure_base
from clausegraph.ingest.read import discover
from clausegraph.ontology.checklist import CHECKLISTS, load_checklists, shapes
from clausegraph.queries.coverage import cover
from clausegraph.queries.shacl import ShapeError, fits, found_by
from clausegraph.queries.store import MemoryStore, Solutions

from .goldens import SAMPLES
from .said import COMPLETE, OFFICER, Said, policy, right

EX = "https://example.org/"
PREFIXES = f"""
@prefix cg: <https://w3id.org/clausegraph/ontology#> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <{EX}> .
"""
MIXED = (
    Said("We never send data abroad.", "Transfer", {"dataCategory": "PersonalData"}, denied=True),
    Said("We never sell data.", "Sell", {"dataCategory": "PersonalData"}, denied=True),
    Said("We do not share unless you agree.", "Share", denied=True, unless="unless you agree"),
    Said("We use mail for marketing.", "Use", {"purpose": "DirectMarketing", "legalBasis": "LegitimateInterest"}),
    Said("We decide by machine.", "Use", {"purpose": "AutomatedDecisionMaking"}),
    Said("Ask our officer.", "OfferContact", contact=OFFICER.key, contact_role="DataProtectionOfficer"),
    Said("Firms tell us of you.", "Collect", {"source": "ThirdPartyDataSource", "dataCategory": "Name"}),
    Said("We share names with carriers.", "Share", {"dataCategory": "Name", "recipient": "ServiceProvider"}),
    Said("We tell you of changes.", "Notify", {"measure": "Notification"}),
    Said("We tell you of breaches.", "Notify", {"measure": "DataBreachNotification"}),
    Said("No child's data without a parent's consent.", "Collect", {"dataSubject": "Child"}, denied=True,
         unless="without a parent's consent", inside={"legalBasis": "ParentalConsent"}),
    right("No erasure.", "RightToErasure", denied=True),
    right("You may have a copy.", "TW-A3-2-Copy"),
)  # fmt: skip


@pytest.fixture(scope="module")
def store() -> Iterator[MemoryStore]:
    """Policies made by hand, one of the samples, and the concepts."""
    with MemoryStore() as made:
        ensure_base(made)
        made.put([policy("complete", COMPLETE), policy("mixed", MIXED, date="2026-02-01")])
        landed = list(ingestion.ingest(made, discover([str(SAMPLES / "zh-Hant")]), jobs=1))
        assert all(one.state != "failed" for one in landed)
        yield made


@cache
def concepts() -> Graph:
    """What is above what."""
    graph = Graph()
    for file in sorted((Path(ontology.__file__).parent / "concepts").glob("*.ttl")):
        graph.parse(file, format="turtle")
    return graph


def broken_points(store: MemoryStore, policy: str) -> set[str]:
    """What a validator finds missing in a policy: ids of points and of items that apply only on a condition."""
    data = Graph().parse(data=b"".join(store.export("turtle", policy=policy)), format="turtle") + concepts()
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes(), inference="none")
    assert isinstance(results, Graph)
    sources = [results.value(one, SH.sourceShape) for one in results.subjects(RDF.type, SH.ValidationResult)]
    return {str(one).removeprefix(CHECKLISTS) for one in sources}


def test_a_validator_finds_the_same_items_kept(store: MemoryStore) -> None:
    """Every item of every list: it conforms where all its points are found or a condition is not held."""
    compared = kept = 0
    for policy_iri, state in store.states().items():
        broken = broken_points(store, policy_iri)
        for checklist in load_checklists().values():
            for one in cover(store, state.version_iri, checklist).items:
                if not one.item.points:
                    continue
                ours = not all(when.held for when in one.when) or all(point.found for point in one.points)
                parts = {one.item.id} if one.item.when else {point.id for point in one.item.points}
                assert ours == (not parts & broken), (policy_iri, one.item.id, parts & broken)
                compared += 1
                kept += ours
    assert compared > 200
    assert 50 < kept < compared - 50


def test_evidence_that_denies_is_only_where_the_law_asks_for_it(store: MemoryStore) -> None:
    """“None is sold” is an answer that California wants; what may be done with consent stands in a denial."""
    allowed = {
        "sale-or-none",
        "sale-said",
        "disclosed-or-none",
        "disclosed-said",
        "each-kind",
        "minor-sale",
        "guardian",
    }
    seen = set()
    for state in store.states().values():
        for checklist in load_checklists().values():
            for one in cover(store, state.version_iri, checklist).items:
                for point in (*one.points, *one.also):
                    denied = [words for words in point.evidence if words.denied]
                    assert not denied or point.point.id in allowed, (point.point.id, denied)
                    assert all(words.denied for words in point.denials), point.point.id
                    seen |= {point.point.id} if denied else set()
    assert {"sale-or-none", "guardian"} <= seen


def graph_of(turtle: str) -> Graph:
    return Graph().parse(data=PREFIXES + turtle, format="turtle")


@pytest.mark.parametrize(
    ("turtle", "said"),
    [
        ("ex:s sh:pattern 'x' .", "pattern"),
        ("ex:s sh:property [ sh:path cg:right ; sh:minCount 2 ] .", "minCount 2"),
        ("ex:s sh:property [ sh:path cg:right ; sh:maxCount 1 ] .", "maxCount 1"),
        ("ex:s sh:property [ sh:path cg:right ; sh:class cg:Party ] .", "class"),
        ("ex:s sh:property [ sh:path cg:right ] .", "says nothing"),
        ("ex:s sh:property [ sh:minCount 1 ] .", "sh:path"),
        ("ex:s a sh:NodeShape .", "says nothing"),
        ("ex:s sh:property [ sh:path [ ex:odd cg:right ] ; sh:minCount 1 ] .", "path"),
        ("ex:s sh:property [ sh:path cg:right ; sh:qualifiedValueShape [ sh:in ( cg:a ) ] ] .", "qualified"),
        ("ex:s sh:property [ sh:path cg:right ; sh:minCount 1 ; sh:hasValue [] ] .", "without an IRI"),
        ("ex:s sh:not [ sh:nodeKind sh:IRI ] .", "nodeKind"),
    ],
)
def test_what_cannot_be_asked_is_refused(turtle: str, said: str) -> None:
    """A constraint that was passed over would find too much."""
    with pytest.raises(ShapeError, match=said) as refused:
        fits(graph_of(turtle), URIRef(EX + "s"), "?x")
    assert refused.value.mend.endswith(".")


@pytest.mark.parametrize(
    "turtle",
    [
        "sh:property [ sh:path cg:practice ; sh:hasValue cg:Share ]",
        "sh:property [ sh:path cg:practice ; sh:in ( cg:Share cg:Sell ) ]",
        "sh:property [ sh:path cg:practice ; sh:minCount 1 ; sh:in ( cg:Share cg:Sell ) ]",
        "sh:property [ sh:path cg:practice ; sh:maxCount 0 ]",
        "sh:property [ sh:path cg:condition ; sh:qualifiedMaxCount 0 ; sh:qualifiedValueShape"
        " [ sh:property [ sh:path cg:effect ; sh:hasValue cg:Unless ] ] ]",
        "sh:or ( [ sh:property [ sh:path cg:right ; sh:minCount 1 ] ]"
        " [ sh:property [ sh:path cg:deniedPractice ; sh:hasValue cg:Sell ] ] )",
        "sh:or ( [ sh:property [ sh:path cg:purpose ; sh:maxCount 0 ] , [ sh:path cg:right ; sh:maxCount 0 ] ]"
        " [ sh:property [ sh:path cg:practice ; sh:hasValue cg:Share ] ] )",
        "sh:or ( [ sh:and ( [ sh:property [ sh:path cg:purpose ; sh:minCount 1 ] ] [ sh:not [ sh:property"
        " [ sh:path cg:right ; sh:minCount 1 ] ] ] ) ] [ sh:property [ sh:path cg:right ; sh:minCount 1 ] ] )",
        "sh:property [ sh:path ( cg:inVersion [ sh:inversePath cg:inVersion ] ) ; sh:qualifiedMinCount 1 ;"
        " sh:qualifiedValueShape [ sh:property [ sh:path cg:practice ; sh:hasValue cg:Notify ] ] ] ,"
        " [ sh:path cg:practice ; sh:hasValue cg:Use ]",
        "sh:and ( [ sh:property [ sh:path cg:purpose ; sh:minCount 1 ] ]"
        " [ sh:not [ sh:property [ sh:path cg:practice ; sh:hasValue cg:Share ] ] ] )",
        "sh:not [ sh:property [ sh:path ( cg:condition cg:effect ) ; sh:minCount 1 ] ]",
        "sh:not [ sh:or ( [ sh:property [ sh:path cg:right ; sh:minCount 1 ] ]"
        " [ sh:property [ sh:path cg:purpose ; sh:minCount 1 ] ] ) ]",
        "sh:property [ sh:path [ sh:alternativePath ( cg:purpose cg:right ) ] ; sh:qualifiedMinCount 1 ;"
        " sh:qualifiedValueShape [ sh:not [ sh:in ( <https://w3id.org/clausegraph/concepts#DirectMarketing> ) ] ] ]",
    ],
)
def test_each_constraint_finds_what_a_validator_finds(store: MemoryStore, turtle: str) -> None:
    graph = graph_of(f"ex:s a sh:NodeShape ; sh:targetClass cg:Statement ; {turtle} .")
    mixed = policy("mixed", MIXED)
    data = Graph().parse(data=b"".join(store.export("turtle", policy=mixed.policy_iri)), format="turtle")
    everything = set(data.subjects(RDF.type, URIRef("https://w3id.org/clausegraph/ontology#Statement")))
    _, results, _ = pyshacl.validate(data, shacl_graph=graph, inference="none")
    assert isinstance(results, Graph)
    wanted = everything - set(results.objects(None, SH.focusNode))
    assert 0 < len(wanted) < len(everything) == len(MIXED)
    path = graph_of("ex:p sh:path [ sh:inversePath cg:inVersion ] .")
    for one in graph:
        path.add(one)
    path.add((URIRef(EX + "p"), SH.qualifiedValueShape, URIRef(EX + "s")))
    path.remove((URIRef(EX + "s"), SH.targetClass, None))
    path.add((URIRef(EX + "p"), SH.qualifiedMinCount, Literal(1)))
    version = f"<{store.states()[mixed.policy_iri].version_iri}>"
    pattern = found_by(path, URIRef(EX + "p"), version, "?found")
    answer = store.query(f"SELECT DISTINCT ?found {{ {pattern} }}")
    assert isinstance(answer, Solutions)
    assert {row["found"] for row in answer.texts()} == {str(one) for one in wanted}
