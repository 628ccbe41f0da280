"""The emitted graph against the ontology: every name is defined there, and reasoning turns no denial round."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import RDF, SH, Graph

import clausegraph.ontology
from clausegraph.ingest.quads import version_quads
from clausegraph.ontology.terms import CG, OWL, RDFS

from .test_quads import STAMP, extraction

ONTOLOGY = Path(clausegraph.ontology.__file__).resolve().parent
PREFIXES = f"PREFIX cg: <{CG}> PREFIX rdfs: <{RDFS}> PREFIX owl: <{OWL}> "


@pytest.fixture(scope="module")
def store() -> ox.Store:
    loaded = ox.Store()
    loaded.bulk_load(version_quads(extraction(), extractor=STAMP), format=ox.RdfFormat.N_QUADS)
    loaded.load(path=ONTOLOGY / "clausegraph.ttl", to_graph=ox.NamedNode(CG.removesuffix("#")))
    for concepts in sorted((ONTOLOGY / "concepts").glob("*.ttl")):
        loaded.load(path=concepts, to_graph=ox.NamedNode("https://w3id.org/clausegraph/concepts"))
    return loaded


def names(store: ox.Store, query: str) -> list[str]:
    solutions = store.query(PREFIXES + query, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    return sorted(str(row[0]) for row in solutions)


def test_every_name_of_ours_is_defined(store: ox.Store) -> None:
    used = "?v a cg:PolicyVersion . GRAPH ?v { ?s ?p ?o }"
    ours = f"FILTER(STRSTARTS(STR(?n), '{CG}'))"
    undefined = names(
        store,
        f"SELECT DISTINCT ?n {{ {used} {{ BIND(?p AS ?n) }} UNION {{ {used} BIND(?o AS ?n) }} {ours} "
        "FILTER NOT EXISTS { GRAPH <https://w3id.org/clausegraph/ontology> { ?n a ?kind } } }",
    )
    assert undefined == []
    assert len(names(store, f"SELECT DISTINCT ?n {{ {used} BIND(?p AS ?n) {ours} }}")) > 70


def test_reasoning_makes_no_denied_statement_a_bearer_of_plain_facets(store: ox.Store) -> None:
    concluded = names(
        store,
        "SELECT DISTINCT ?p { ?s a cg:DeniedStatement ; ?p ?o . ?p rdfs:subPropertyOf*/rdfs:domain/"
        "(rdfs:subClassOf|owl:equivalentClass)* ?class FILTER(?class IN (cg:FacetBearer, cg:AffirmedStatement)) }",
    )
    assert concluded == []
    plain = names(
        store,
        "SELECT DISTINCT ?p { ?s a cg:AffirmedStatement ; ?p ?o . ?p rdfs:subPropertyOf*/rdfs:domain cg:FacetBearer }",
    )
    assert len(plain) > 20


def test_object_properties_point_to_nodes_and_datatype_properties_to_literals(store: ox.Store) -> None:
    wrong = names(
        store,
        "SELECT DISTINCT ?p { ?v a cg:PolicyVersion . GRAPH ?v { ?s ?p ?o } "
        "{ ?p a owl:ObjectProperty FILTER(isLiteral(?o)) } UNION "
        "{ ?p a owl:DatatypeProperty FILTER(!isLiteral(?o)) } }",
    )
    assert wrong == []


def test_literals_have_the_datatype_of_the_range(store: ox.Store) -> None:
    # From the text, not from the store: Oxigraph keeps every integer as xsd:integer.
    used = {
        (str(quad.predicate), str(quad.object.datatype))
        for quad in ox.parse(version_quads(extraction(), extractor=STAMP), format=ox.RdfFormat.N_QUADS)
        if isinstance(quad.object, ox.Literal)
    }
    solutions = store.query(
        PREFIXES + "SELECT ?p ?range { ?p a owl:DatatypeProperty ; rdfs:range ?range }", use_default_graph_as_union=True
    )
    assert isinstance(solutions, ox.QuerySolutions)
    ranges = {str(row[0]): str(row[1]) for row in solutions}
    assert [(name, kind) for name, kind in sorted(used) if ranges.get(name, kind) != kind] == []
    assert len(ranges.keys() & {name for name, _ in used}) > 20


def violations(quads: bytes) -> list[str]:
    graph = Graph().parse(
        data=ox.serialize(
            [quad.triple for quad in ox.parse(quads, format=ox.RdfFormat.N_QUADS)], format=ox.RdfFormat.N_TRIPLES
        ),
        format="nt",
    )
    shapes = Graph().parse(ONTOLOGY / "shapes" / "contract.ttl", format="turtle")
    core = Graph().parse(ONTOLOGY / "clausegraph.ttl", format="turtle")
    _, results, _ = pyshacl.validate(graph, shacl_graph=shapes, ont_graph=core, inference="none")
    assert isinstance(results, Graph)
    return sorted(
        f"{results.value(one, SH.focusNode)} {results.value(one, SH.resultMessage)}"
        for one in results.subjects(RDF.type, SH.ValidationResult)
    )


def test_every_facet_affirmed_and_denied_satisfies_the_contract() -> None:
    assert violations(version_quads(extraction(), extractor=STAMP)) == []


def test_the_shapes_would_notice_a_denial_that_reads_as_affirmed() -> None:
    quads = version_quads(extraction(), extractor=STAMP)
    assert violations(quads.replace(b"ontology#deniedPurpose>", b"ontology#purpose>"))
