"""A denial cannot be read as a permission: not by rules, not by reasoning, not through alignments."""

from __future__ import annotations

import rdflib
from rdflib.namespace import OWL, RDF, RDFS
from rdflib.term import Node

from clausegraph.ontology.terms import CG, FACETS, JURISDICTION_KINDS, OTHER_TWINNED, property_iri

PLAIN = [rdflib.URIRef(property_iri(facet)) for facet in (*FACETS, *OTHER_TWINNED)]
TWINS = [rdflib.URIRef(property_iri(facet, denied=True)) for facet in (*FACETS, *OTHER_TWINNED)]
AFFIRMED, DENIED = rdflib.URIRef(CG + "AffirmedStatement"), rdflib.URIRef(CG + "DeniedStatement")
BEARER, CONDITION = rdflib.URIRef(CG + "FacetBearer"), rdflib.URIRef(CG + "Condition")


def closure(graph: rdflib.Graph) -> rdflib.Graph:
    """RDFS: domains, ranges, sub-properties and sub-classes, until nothing new follows."""
    whole = rdflib.Graph() + graph
    while True:
        new = set()
        for sub, wide in whole.subject_objects(RDFS.subPropertyOf):
            new |= {(s, wide, o) for s, o in whole.subject_objects(sub)}
            new |= {(sub, RDFS.subPropertyOf, wider) for wider in whole.objects(wide, RDFS.subPropertyOf)}
        for name, cls in whole.subject_objects(RDFS.domain):
            new |= {(s, RDF.type, cls) for s in whole.subjects(name)}
        for name, cls in whole.subject_objects(RDFS.range):
            new |= {(o, RDF.type, cls) for o in whole.objects(None, name) if not isinstance(o, rdflib.Literal)}
        for sub, cls in whole.subject_objects(RDFS.subClassOf):
            new |= {(s, RDF.type, cls) for s in whole.subjects(RDF.type, sub)}
        before = len(whole)
        for triple in new:
            whole.add(triple)
        if len(whole) == before:
            return whole


def test_plain_facets_have_the_domain_affirmed_statement_or_condition(core: rdflib.Graph) -> None:
    union = core.value(core.value(BEARER, OWL.equivalentClass), OWL.unionOf)
    assert union is not None
    assert set(core.items(union)) == {AFFIRMED, CONDITION}
    for name in PLAIN:
        assert set(core.objects(name, RDFS.domain)) == {BEARER}, name


def test_twins_have_the_domain_denied_statement(core: rdflib.Graph) -> None:
    for name in TWINS:
        assert set(core.objects(name, RDFS.domain)) == {DENIED}, name


def test_every_facet_has_a_twin_and_every_twin_a_facet(core: rdflib.Graph) -> None:
    plain = set(core.subjects(RDFS.domain, BEARER))
    denied = set(core.subjects(RDFS.domain, DENIED)) - {rdflib.URIRef(CG + "deniedPractice")}
    assert {CG + "denied" + str(name)[len(CG)].upper() + str(name)[len(CG) + 1 :] for name in plain} == {
        str(name) for name in denied
    }
    assert set(PLAIN) == plain


def test_plain_facets_and_twins_share_no_super_property(core: rdflib.Graph, links: rdflib.Graph) -> None:
    whole = core + links

    def above(name: rdflib.URIRef) -> set[Node | None]:
        return set(whole.transitive_objects(name, RDFS.subPropertyOf))

    plain = set().union(*(above(name) for name in PLAIN))
    denied = set().union(*(above(name) for name in TWINS))
    assert plain & denied == set()
    assert plain & set(TWINS) == set()


def test_kinds_of_place_are_sub_properties_of_jurisdiction(core: rdflib.Graph) -> None:
    for kind in JURISDICTION_KINDS:
        for denied in (False, True):
            above = set(core.objects(rdflib.URIRef(property_iri(kind, denied)), RDFS.subPropertyOf))
            assert above == {rdflib.URIRef(property_iri("jurisdiction", denied))}


def test_no_twin_is_aligned_with_anything(links: rdflib.Graph) -> None:
    denied = {DENIED, rdflib.URIRef(CG + "deniedPractice"), *TWINS}
    assert [triple for triple in links if triple[0] in denied or triple[2] in denied] == []
    assert len(list(links.subjects(RDFS.subPropertyOf))) > 40


def test_naive_rdfs_over_a_denied_statement_yields_nothing_affirmed(
    core: rdflib.Graph, links: rdflib.Graph, prefixes: str, version: str
) -> None:
    data = rdflib.Graph().parse(data=prefixes + version)
    whole = closure(core + links + data)
    statement = next(data.subjects(RDF.type, DENIED))
    assert (statement, RDF.type, AFFIRMED) not in whole
    assert (statement, RDF.type, BEARER) not in whole
    positive: set[Node] = {*PLAIN, rdflib.URIRef(CG + "practice")}
    positive |= {wide for name in PLAIN for wide in whole.objects(name, RDFS.subPropertyOf)}
    assert [name for name in positive if (statement, name, None) in whole] == []
    # The same questions do find the affirmed statement.
    affirmed = next(data.subjects(RDF.type, AFFIRMED))
    dpv = rdflib.URIRef("https://w3id.org/dpv#hasPersonalData")
    assert (affirmed, dpv, None) in whole
    assert (affirmed, RDF.type, BEARER) in whole


def test_a_stranger_asks_who_gets_what(core: rdflib.Graph, prefixes: str, version: str) -> None:
    whole = closure(core + rdflib.Graph().parse(data=prefixes + version))
    rows = list(
        whole.query(
            "PREFIX cg: <https://w3id.org/clausegraph/ontology#> SELECT ?s { ?s cg:controller ?c ; cg:recipient ?r }"
        )
    )
    assert rows == []


def test_denied_places_stay_denied(core: rdflib.Graph, prefixes: str, version: str) -> None:
    """The twin of a kind of place leads to the twin of jurisdiction, never to jurisdiction."""
    whole = closure(core + rdflib.Graph().parse(data=prefixes + version))
    statement = next(whole.subjects(rdflib.URIRef(CG + "deniedTransferDestination")))
    assert (statement, rdflib.URIRef(CG + "deniedJurisdiction"), None) in whole
    assert (statement, rdflib.URIRef(CG + "jurisdiction"), None) not in whole


def test_links_name_only_what_exists_of_ours(core: rdflib.Graph, links: rdflib.Graph, folder: object) -> None:
    ours = {term for triple in links for term in triple if str(term).startswith(CG)}
    assert [term for term in ours if (term, RDF.type, None) not in core] == []
