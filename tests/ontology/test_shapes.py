"""The structural shapes: a graph that keeps the contract conforms, and each broken one fails for its own reason."""

from __future__ import annotations

import time
import warnings
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import RDF, SH

CGS = "https://w3id.org/clausegraph/shapes/contract#"

#: (what is wrong, words to replace in the good graph, their replacement, the shapes that must complain)
BAD = [
    ("policy without a current version", "cg:currentVersion p:version", "dct:title 'x'", "Policy-currentVersion Policy-ingestedAt"),
    ("policy with two current versions", "cg:currentVersion p:version", "cg:currentVersion p:version , p:older", "Policy-currentVersion"),
    ("version never ingested", 'cg:ingestedAt "2026-01-02T03:04:05Z"^^xsd:dateTime ;', "", "Policy-ingestedAt"),
    ("ingested on a date", '"2026-01-02T03:04:05Z"^^xsd:dateTime', '"2026-01-02"^^xsd:date', "CatalogueEntry-ingestedAt"),
    ("version that replaces two", "cg:previousVersion p:older", "cg:previousVersion p:older , p:oldest", "CatalogueEntry-previousVersion"),
    ("version of two policies", "cg:versionOf p:acme", "cg:versionOf p:acme , p:other", "PolicyVersion-versionOf"),
    ("version without language", 'dct:language "en" ;', "", "PolicyVersion-language"),
    ("language that is no tag", 'dct:language "en"', 'dct:language "English (US)"', "PolicyVersion-language"),
    ("two titles", 'dct:title "Notice"', 'dct:title "Notice" , "Policy"', "PolicyVersion-title"),
    ("two addresses", "schema:url", 'schema:url "b" ; schema:url', "PolicyVersion-url"),
    ("controller that is no party", "cg:controller p:party-acme ;\n    cg:effectiveDate", "cg:controller p:extractor ;\n    cg:effectiveDate", "PolicyVersion-controller"),
    ("effective date as text", '"2026-01-01"^^xsd:date', '"1 January 2026"', "PolicyVersion-effectiveDate"),
    ("effective date that is none", '"2026-01-01"^^xsd:date', '"2026-13-01"^^xsd:date', "PolicyVersion-effectiveDate"),
    ("last change as text", '"2025-12-31"^^xsd:date', '"2025-12-31"', "PolicyVersion-modified"),
    ("bare date as text", '"2025-12-30"^^xsd:date', '"2025-12-30"', "PolicyVersion-date"),
    ("digest cut short", '0123456789abcdef0123456789abcdef"', '"', "PolicyVersion-sha256"),
    ("version without text", 'cg:text "Acme collects" ;', "", "PolicyVersion-text"),
    ("version without extraction", "cg:text \"Acme collects\" ;\n    cg:extraction :extraction .", 'cg:text "Acme collects" .', "PolicyVersion-extraction PolicyVersion-used PolicyVersion-associated"),
    ("extraction of nothing", "prov:used p:version ;", "", "PolicyVersion-used"),
    ("extraction by nobody", "prov:used p:version ;\n    prov:wasAssociatedWith p:extractor .", "prov:used p:version .", "PolicyVersion-associated"),
    ("version with a purpose mention", "cg:facet cg:controller", "cg:facet cg:purpose", "PolicyVersion-facets"),
    ("clause without path", 'cg:path "1" ;', "", "Clause-path"),
    ("clause path with a gap", 'cg:path "1.a"', 'cg:path "1..a"', "Clause-path"),
    ("clause order as text", 'cg:order "0"^^xsd:nonNegativeInteger', 'cg:order "first"', "Clause-order"),
    ("clause of unknown kind", "cg:clauseKind cg:Heading", "cg:clauseKind cg:Footer", "Clause-kind"),
    ("clause in two places", "dct:isPartOf :c1", "dct:isPartOf :c1 , p:version", "Clause-isPartOf"),
    ("clause that is part of a statement", "dct:isPartOf :c1", "dct:isPartOf :s1", "Clause-isPartOf"),
    ("statement in no version", "cg:inVersion p:version ;\n    cg:inClause :c1", "cg:inClause :c1", "Statement-inVersion"),
    ("statement in no clause", "cg:inVersion p:version ;\n    cg:inClause :c1 ;", "cg:inVersion p:version ;", "Statement-inClause"),
    ("statement in what is no clause", "cg:inClause :c2", "cg:inClause :m2", "Statement-inClause"),
    ("statement without quote", 'cg:quote "Acme collects e-mail addresses for 30 days." ;', "", "Statement-quote"),
    ("empty quote", 'cg:quote "Acme collects e-mail addresses for 30 days."', 'cg:quote ""', "Statement-quote"),
    ("no modality", "cg:modality cg:Will ;\n    cg:conditional false", "cg:conditional false", "Statement-modality"),
    ("unknown modality", "cg:modality cg:Will ;\n    cg:conditional false", "cg:modality cg:Shall ;\n    cg:conditional false", "Statement-modality"),
    ("conditional as text", "cg:conditional false", 'cg:conditional "no"', "Statement-conditional Statement-conditionalMatches"),
    ("unconditional with a condition", "cg:conditional true", "cg:conditional false", "Statement-conditionalMatches"),
    ("conditional without a condition", "cg:conditional false", "cg:conditional true", "Statement-conditionalMatches"),
    ("confidence above one", "cg:confidence 0.9", "cg:confidence 1.9", "Statement-confidence"),
    ("confidence as a float", "cg:confidence 0.9", "cg:confidence 9e-1", "Statement-confidence"),
    ("no actor", "cg:actor cgc:DataController ;\n    cg:namedActor", "cg:namedActor", "Statement-actor"),
    ("actor that is a party", "cg:actor cgc:DataController ;\n    cg:namedActor", "cg:actor p:party-acme ;\n    cg:namedActor", "ConceptValue"),
    ("named actor that is a concept", "cg:namedActor p:party-acme", "cg:namedActor cgc:User", "Statement-namedActor"),
    ("statement controller that is a concept", "cg:controller p:party-acme ;\n    cg:dataCategory", "cg:controller cgc:User ;\n    cg:dataCategory", "Statement-controller"),
    ("exception to a clause", "cg:exceptionTo :s1", "cg:exceptionTo :c1", "Statement-exceptionTo"),
    ("heir of two", "cg:inherits :s1", "cg:inherits :s1 , :s2", "Statement-inherits"),
    ("contact that is a concept", "cg:contact p:party-acme", "cg:contact cgc:User", "Statement-contact"),
    ("contact role that is text", "cg:contactRole cgc:DataController", 'cg:contactRole "officer"', "ConceptValue"),
    ("neither affirmed nor denied", ":s1 a cg:Statement , cg:AffirmedStatement", ":s1 a cg:Statement", "Statement-eitherOr PlainFacet"),
    ("both affirmed and denied", ":s2 a cg:Statement , cg:DeniedStatement", ":s2 a cg:Statement , cg:DeniedStatement , cg:AffirmedStatement", "Statement-eitherOr Affirmed-practice Affirmed-noDeniedPractice Affirmed-polarity Affirmed-facets"),
    ("affirmed, but no statement", ":s1 a cg:Statement , cg:AffirmedStatement", ":s1 a cg:AffirmedStatement", "Affirmed Statement-exceptionTo Statement-inherits Mention-of"),
    ("denied, but no statement", ":s2 a cg:Statement , cg:DeniedStatement", ":s2 a cg:DeniedStatement", "Denied Mention-of"),
    ("two practices", "cg:practice cg:Collect", "cg:practice cg:Collect , cg:Use", "Affirmed-practice"),
    ("unknown practice", "cg:practice cg:Collect", "cg:practice cg:Hoard", "Affirmed-practice"),
    ("no practice", "cg:practice cg:Collect ;", "", "Affirmed-practice"),
    ("affirmed with a denied practice", "cg:practice cg:Collect", "cg:practice cg:Collect ; cg:deniedPractice cg:Use", "Affirmed-noDeniedPractice"),
    ("affirmed of denied polarity", "cg:polarity cg:Affirmed", "cg:polarity cg:Denied", "Affirmed-polarity"),
    ("affirmed of no polarity", "cg:polarity cg:Affirmed ;", "", "Statement-polarity Affirmed-polarity"),
    ("affirmed with a twin", "cg:dataCategory cgc:EmailAddress", "cg:dataCategory cgc:EmailAddress ; cg:deniedPurpose cgc:Marketing", "DeniedFacet"),
    ("affirmed whose mention names a twin", "cg:facet cg:dataCategory", "cg:facet cg:deniedDataCategory", "Affirmed-facets"),
    ("denied with a plain practice", "cg:deniedPractice cg:Sell", "cg:deniedPractice cg:Sell ; cg:practice cg:Sell", "Denied-noPlainPractice"),
    ("denied with a plain practice only", "cg:deniedPractice cg:Sell", "cg:practice cg:Sell", "Denied-practice Denied-noPlainPractice"),
    ("denied of affirmed polarity", "cg:polarity cg:Denied", "cg:polarity cg:Affirmed", "Denied-polarity"),
    ("denied with a plain facet", "cg:deniedRecipient cgc:ThirdParty", "cg:recipient cgc:ThirdParty", "PlainFacet"),
    ("denied with a plain kind of place", "cg:deniedTransferDestination", "cg:transferDestination", "PlainFacet"),
    ("denied with a plain named recipient", "cg:deniedNamedRecipient", "cg:namedRecipient", "PlainFacet"),
    ("denied whose mention names a plain facet", "cg:facet cg:deniedDataCategory", "cg:facet cg:dataCategory", "Denied-facets"),
    ("denied that cites a code", "cg:deniedJurisdiction cgc:Norway", "cg:deniedJurisdiction cgc:Norway ; cg:citesCode cgc:TW-C001", "Denied-noCode"),
    ("facet value as text", "cg:dataCategory cgc:EmailAddress", 'cg:dataCategory "e-mail"', "ConceptValue"),
    ("facet value from DPV", "cg:dataCategory cgc:EmailAddress", "cg:dataCategory <https://w3id.org/dpv/pd#EmailAddress>", "ConceptValue"),
    ("named recipient that is a concept", "cg:deniedNamedRecipient p:party-foo", "cg:deniedNamedRecipient cgc:ThirdParty", "PartyValue"),
    ("duration that is none", '"P30D"^^xsd:duration', '"30 days"^^xsd:duration', "Duration-duration"),
    ("two durations", '"P30D"^^xsd:duration', '"P30D"^^xsd:duration , "P1Y"^^xsd:duration', "Duration-duration"),
    ("duration without its days", "cg:durationDays 30.0 ;", "", "Duration-days"),
    ("negative days", "cg:durationDays 30.0", "cg:durationDays -30.0", "Duration-days"),
    ("unknown bound", "cg:durationBound cg:Exactly", "cg:durationBound cg:About", "Duration-bound"),
    ("two starts of a duration", "cg:durationBound cg:Exactly", 'cg:durationBound cg:Exactly ; cg:durationFrom "a" , "b"', "Duration-from"),
    ("condition without effect", "cg:effect cg:Unless ;", "", "Condition-effect"),
    ("condition of unknown kind", "cg:conditionKind cg:Exception", "cg:conditionKind cg:Whim", "Condition-kind"),
    ("condition of two statements", "cg:conditional false", "cg:conditional true ; cg:condition :x2", "Condition-owner"),
    ("condition that is none", ":x2 a cg:Condition", ":x2 a cg:Thing", "Statement-condition PlainFacet Mention-of"),
    ("condition whose mention names a twin", "cg:facet cg:legalBasis", "cg:facet cg:deniedLegalBasis", "Condition-facets"),
    ("mention of a clause", "cg:mentionOf :s1", "cg:mentionOf :c1", "Mention-of"),
    ("mention of two facets", "cg:facet cg:dataCategory", "cg:facet cg:dataCategory , cg:purpose", "Mention-facet"),
    ("mention without a value", "cg:value cgc:EmailAddress ;", "", "Mention-value"),
    ("mention inherited from a statement", "cg:inheritedFrom :c1", "cg:inheritedFrom :s1", "Mention-inheritedFrom"),
    ("mention without words", 'cg:exact "e-mail addresses" ;', "", "HasExact"),
    ("mention nowhere", '    cg:start "14"^^xsd:nonNegativeInteger ;\n    cg:end "30"^^xsd:nonNegativeInteger ;\n', "", "HasStart"),
    ("party without a name", 'schema:name "Foo Ltd" ;', "", "Party"),
    ("party without a key", 'schema:name "Foo Ltd" ;\n    cg:nameKey "fooltd" .', 'schema:name "Foo Ltd" .', "Party"),
    ("key with a space", '"fooltd"', '"foo ltd"', "Party"),
    ("unnamed party with a name", "cg:Party , cg:UnnamedParty", 'cg:Party , cg:UnnamedParty ; schema:name "Foo"', "Party"),
    ("end before start", '"30"^^xsd:nonNegativeInteger', '"3"^^xsd:nonNegativeInteger', "Range-order"),
    ("negative offset", '"14"^^xsd:nonNegativeInteger', '"-14"^^xsd:nonNegativeInteger', "Range-start"),
    ("start as xsd:integer", '"14"^^xsd:nonNegativeInteger', "14", "Range-start"),
    ("two ends", '"30"^^xsd:nonNegativeInteger', '"30"^^xsd:nonNegativeInteger , "31"^^xsd:nonNegativeInteger', "Range-end"),
    ("start without end", 'cg:end "30"^^xsd:nonNegativeInteger ;', "", "Range-end"),
    ("blank mention", ":m1 a cg:Mention", "_:m1 a cg:Mention", "NoBlankNode"),
    ("blank party", "p:party-foo", "_:foo", "NoBlankNode"),
]  # fmt: skip


@pytest.fixture(scope="module")
def shapes(folder: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(folder / "shapes" / "contract.ttl")


def complaints(data: rdflib.Graph, shapes: rdflib.Graph, core: rdflib.Graph | None = None) -> set[str]:
    """The names of the shapes that the graph breaks."""
    import pyshacl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdflib warns of the ill-typed literals that some bad graphs hold
        _, report, text = pyshacl.validate(data, shacl_graph=shapes, ont_graph=core, inference="none")
    assert isinstance(report, rdflib.Graph), text
    return {
        str(report.value(result, SH.sourceShape)).removeprefix(CGS)
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


def test_a_good_graph_conforms(shapes: rdflib.Graph, prefixes: str, catalogue: str, version: str) -> None:
    for turtle in (version, catalogue, catalogue + version):
        assert complaints(rdflib.Graph().parse(data=prefixes + turtle), shapes) == set()


def test_a_good_graph_conforms_beside_the_ontology(
    shapes: rdflib.Graph, folder: Path, prefixes: str, catalogue: str, version: str
) -> None:
    core = rdflib.Graph().parse(folder / "clausegraph.ttl")
    assert complaints(rdflib.Graph().parse(data=prefixes + catalogue + version), shapes, core) == set()


@pytest.mark.parametrize(("old", "new", "expected"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_a_bad_graph_fails_for_its_own_reason(
    old: str, new: str, expected: str, shapes: rdflib.Graph, prefixes: str, catalogue: str, version: str
) -> None:
    good = catalogue + version
    assert old in good
    assert complaints(_parse(prefixes + good.replace(old, new)), shapes) == set(expected.split())


def test_every_named_shape_is_tried_by_a_bad_graph(shapes: rdflib.Graph) -> None:
    constrained = {
        str(shape).removeprefix(CGS) for shape in shapes.subjects(SH.message) if isinstance(shape, rdflib.URIRef)
    }
    assert constrained <= {name for row in BAD for name in row[3].split()}


def test_five_thousand_triples_take_seconds(shapes: rdflib.Graph, prefixes: str, version: str) -> None:
    head, statements = version.split(":s1 a cg:Statement", 1)
    statements = ":s1 a cg:Statement" + statements
    many = head + "".join(
        statements.replace(":s1", f":s1-{n}")
        .replace(":s2", f":s2-{n}")
        .replace(":x2", f":x2-{n}")
        .replace(":m1", f":m1-{n}")
        .replace(":m2", f":m2-{n}")
        .replace(":m3", f":m3-{n}")
        for n in range(65)
    )
    graph = rdflib.Graph().parse(data=prefixes + many)
    assert len(graph) > 5000
    before = time.perf_counter()
    assert complaints(graph, shapes) == set()
    assert time.perf_counter() - before < 20


def _parse(turtle: str) -> rdflib.Graph:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return rdflib.Graph().parse(data=turtle)
