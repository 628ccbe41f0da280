"""The names of the graph: each is defined in the ontology, and CURIEs go there and back."""

from __future__ import annotations

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from clausegraph.ingest import records
from clausegraph.ontology import terms
from clausegraph.ontology.terms import CG, CGC, FACETS, OTHER_TWINNED, expand, property_iri, shorten
from clausegraph.ontology.vocabulary import Vocabulary


def test_every_constant_is_defined_in_the_ontology(core: rdflib.Graph) -> None:
    names = {value for value in vars(terms).values() if isinstance(value, str) and value.startswith(CG) and value != CG}
    assert len(names) > 60
    lists = ("PRACTICES", "MODALITIES", "CLAUSE_KINDS", "EFFECTS", "CONDITION_KINDS", "DURATION_BOUNDS")
    names |= {CG + name for each in lists for name in getattr(terms, each)}
    names |= {property_iri(facet, denied) for facet in (*FACETS, *OTHER_TWINNED) for denied in (False, True)}
    undefined = {name for name in names if (rdflib.URIRef(name), RDF.type, None) not in core}
    assert undefined == set()


def test_every_name_of_the_ontology_has_a_label_and_a_definition(core: rdflib.Graph) -> None:
    ours = {subject for subject in core.subjects(RDF.type) if str(subject).startswith(CG)}
    assert len(ours) > 150
    for subject in ours:
        labels = [*core.objects(subject, RDFS.label), *core.objects(subject, SKOS.prefLabel)]
        assert any(isinstance(label, rdflib.Literal) and label.language == "en" for label in labels), subject
        assert len(list(core.objects(subject, SKOS.definition))) == 1, subject


def test_every_property_is_declared_once_as_what_it_is(core: rdflib.Graph) -> None:
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    for subject in set(core.subjects(RDF.type)):
        assert sum((subject, RDF.type, kind) in core for kind in kinds) <= 1, subject
    for name in ("cg:duration", "cg:effectiveDate", "skos:notation"):  # no OWL reasoner knows their datatypes
        assert (rdflib.URIRef(expand(name)), RDF.type, OWL.AnnotationProperty) in core


def test_the_records_use_the_same_names() -> None:
    assert FACETS[: len(records.FACETS)] == records.FACETS
    assert terms.PRACTICES == records.PRACTICES


def test_plain_and_denied_properties() -> None:
    assert property_iri("purpose") == CG + "purpose"
    assert property_iri("purpose", True) == CG + "deniedPurpose"
    assert property_iri("namedRecipient", denied=True) == CG + "deniedNamedRecipient"
    assert property_iri("practice", denied=True) == CG + "deniedPractice"
    for name in ("controller", "actor", "deniedPurpose", "Purpose", ""):
        with pytest.raises(ValueError, match="no facet"):
            property_iri(name, denied=True)


def test_schemes_of_facets_exist(vocabulary: Vocabulary) -> None:
    assert set(terms.CONTACT_ROLES) <= set(vocabulary.concepts)
    for schemes in terms.FACET_SCHEMES.values():
        assert set(schemes) <= set(vocabulary.schemes)


@pytest.mark.parametrize(
    ("curie", "iri"),
    [
        ("dpv:Purpose", "https://w3id.org/dpv#Purpose"),
        ("pd:EmailAddress", "https://w3id.org/dpv/pd#EmailAddress"),
        ("eu-gdpr:A6-1-a", "https://w3id.org/dpv/legal/eu/gdpr#A6-1-a"),
        ("legal-us:law-CA-CCPA", "https://w3id.org/dpv/legal/us#law-CA-CCPA"),
        ("sector-law:CrimeInvestigation", "https://w3id.org/dpv/sector/law#CrimeInvestigation"),
        ("cgc:Affiliate", CGC + "Affiliate"),
        ("dct:title", "http://purl.org/dc/terms/title"),
    ],
)
def test_curies(curie: str, iri: str) -> None:
    assert expand(curie) == iri
    assert shorten(iri) == curie


def test_what_is_no_curie() -> None:
    assert expand("https://example.org/a#b") == "https://example.org/a#b"
    assert shorten("https://example.org/a#b") == "https://example.org/a#b"
    assert shorten("https://w3id.org/dpv/risk#Risk") == "https://w3id.org/dpv/risk#Risk"
    with pytest.raises(ValueError, match="unknown prefix"):
        expand("nope:Thing")
