"""The check of alignments: each kind of fault planted alone, named exactly, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from clausegraph.ontology.alignment import our_names, ours, read_alignment
from clausegraph.ontology.alignmentcheck import Checked, check_alignment
from clausegraph.ontology.external import ExternalError, read_external
from clausegraph.ontology.externalterms import PROPERTIES, Said, Terms
from clausegraph.ontology.vocabulary import Vocabulary

PREFIXES = """@prefix cg: <https://w3id.org/clausegraph/ontology#> .
@prefix cgc: <https://w3id.org/clausegraph/concepts#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix ex: <https://voc.example/v#> .
@prefix other: <https://other.example/#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sw: <http://www.w3.org/2003/06/sw-vocab-status/ns#> .
@prefix tag: <https://voc.example/v/tags#> .
"""
#: Contact → EmailAddress → WorkEmail; Contact → Telephone. `tag` is an extension of it, `other` a stranger.
VOCABULARY = """<https://voc.example/v> a owl:Ontology ; owl:versionIRI <https://voc.example/2> .
ex:Data a skos:Concept .
ex:Contact a skos:Concept ; skos:broader ex:Data .
ex:EmailAddress a skos:Concept ; skos:broader ex:Contact ; sw:term_status "accepted"@en .
ex:WorkEmail a skos:Concept ; skos:broader ex:EmailAddress .
ex:Telephone a skos:Concept ; skos:broader ex:Contact .
ex:Phone a skos:Concept ; dct:isReplacedBy ex:Telephone .
ex:Landline a skos:Concept ; owl:deprecated true ; skos:exactMatch ex:Telephone .
ex:Fax a skos:Concept ; sw:term_status "sunset"@en ; skos:broader ex:Contact .
ex:Telex a owl:DeprecatedClass .
ex:Mobile a skos:Concept ; dct:replaces ex:Handy .
ex:hasData a rdf:Property .
"""
EXTENSION = """<https://voc.example/v/tags> a owl:Ontology ; owl:versionIRI <https://voc.example/2/tags> .
tag:Mail a skos:Concept .
"""
OTHER = """<https://other.example/> a owl:Ontology ; owl:versionIRI <https://other.example/1> .
other:Email a skos:Concept .
"""


def terms_of(*texts: str) -> Terms:
    said: list[Said] = []
    ontologies = {}
    for text in texts:
        read = read_external((PREFIXES + text).encode(), name="v.ttl", source="v.ttl")
        ontologies[read.graph] = read.ontology
        for quad in ox.parse(read.ntriples, format=ox.RdfFormat.N_TRIPLES):
            if quad.predicate.value in PROPERTIES:
                value = quad.object
                assert not isinstance(value, ox.Triple) and not isinstance(quad.subject, ox.Triple)
                said.append((read.graph, quad.subject.value, quad.predicate.value, value.value))
    return Terms(said, ontologies)


@pytest.fixture(scope="module")
def terms() -> Terms:
    return terms_of(VOCABULARY, EXTENSION, OTHER)


def check(terms: Terms, vocabulary: Vocabulary, text: str, beside: str = "") -> Checked:
    parents = {
        one.iri: [vocabulary.concepts[above].iri for above in one.broader] for one in vocabulary.concepts.values()
    }
    more = read_alignment((PREFIXES + beside).encode(), name="ours.ttl") if beside else ()
    claims = read_alignment((PREFIXES + text).encode(), name="a.ttl")
    return check_alignment(claims, terms, parents=parents, own=our_names(), beside=more)


SOUND = """cgc:EmailAddress skos:exactMatch ex:EmailAddress , other:Email .
cgc:Contact skos:exactMatch ex:Contact .
cgc:TelephoneNumber skos:closeMatch ex:Telephone , ex:EmailAddress ; skos:broadMatch ex:Contact .
ex:Data skos:narrowMatch cgc:Name .
cg:dataCategory rdfs:subPropertyOf ex:hasData .
"""


def test_a_sound_alignment_has_no_faults(terms: Terms, vocabulary: Vocabulary) -> None:
    """Exact matches in two vocabularies that have nothing to do with each other contradict nothing."""
    checked = check(terms, vocabulary, SOUND)
    assert checked.findings == ()
    assert checked.claims == 8
    assert checked.unlinked == {}


@pytest.mark.parametrize(
    ("fault", "kind", "said", "mend"),
    [
        ("cgc:Age skos:exactMatch ex:Telefone .", "unknown", "Telefone does not exist", "Telephone"),
        ("cgc:Age skos:exactMatch ex:Nothing .", "unknown", "Nothing does not exist in the linked version", ""),
        (
            "cgc:Age skos:exactMatch <http://voc.example/v#Data> .",
            "unknown",
            "http://voc.example/v#Data",
            "https://voc",
        ),
        ("ex:Nothing skos:closeMatch cgc:Age .", "unknown", "Nothing does not exist", ""),
        ("cgc:Age skos:closeMatch ex:Fax .", "given-up", "Fax is sunset", "in use"),
        ("cgc:Age skos:closeMatch ex:Telex .", "given-up", "Telex is deprecated", "in use"),
        ("cgc:Age skos:closeMatch ex:Landline .", "given-up", "Landline is deprecated", "#Telephone"),
        ("cgc:Age skos:closeMatch ex:Phone .", "renamed", "Phone was replaced by", "Use .*#Telephone"),
        ("cgc:Age skos:closeMatch ex:Handy .", "renamed", "Handy was replaced by", "Use .*#Mobile"),
        ("cgc:Aeg skos:closeMatch ex:Data .", "own", "ClauseGraph has no cgc:Aeg", ""),
        ("cgc:Share skos:closeMatch ex:Data .", "own", "ClauseGraph has no cgc:Share", "cg:Share"),
        ('cgc:Age skos:exactMatch "ex:Data" .', "literal", "the text “ex:Data”", "<…>"),
        ("cg:purpose rdfs:subPropertyOf ex:Data .", "wrong-kind", "that is no property", "rdfs:subClassOf"),
        ("cg:Policy rdfs:subClassOf ex:hasData .", "wrong-kind", "that is a property", "rdfs:subClassOf"),
        ("cg:deniedDataCategory rdfs:subPropertyOf ex:hasData .", "denial", "look affirmed", "Leave it out"),
        ("cgc:Age skos:exactMatch ex:EmailAddress .", "contradiction", "Age and cgc:EmailAddress are both exact", ""),
        ("cgc:Age owl:sameAs ex:Contact .", "contradiction", "Age and cgc:Contact are both exact", ""),
        ("cgc:Age skos:exactMatch ex:WorkEmail , ex:Telephone .", "contradiction", "which are different terms", ""),
        ("cgc:Age skos:exactMatch ex:WorkEmail , tag:Mail .", "contradiction", "which are different terms", ""),
        ("cgc:EmailAddress skos:exactMatch ex:Telephone .", "contradiction", "which are siblings", ""),
        ("cgc:EmailAddress skos:exactMatch ex:WorkEmail .", "contradiction", "one lies above the other", ""),
        ("cgc:EmailAddress skos:narrowMatch ex:EmailAddress .", "contradiction", "exact to and above", ""),
        ("cgc:EmailAddress skos:relatedMatch ex:EmailAddress .", "contradiction", "exact to and related to", ""),
        ("cgc:TelephoneNumber skos:narrowMatch ex:Contact .", "contradiction", "below and above", ""),
        ("cgc:EmailAddress skos:broadMatch ex:WorkEmail .", "contradiction", "WorkEmail lies below", ""),
        (
            "cgc:EmailAddress skos:narrowMatch ex:Contact .",
            "contradiction",
            "above .*Contact and exact to .*EmailAddress, but",
            "",
        ),
        ("ex:Data skos:broadMatch cgc:Contact .", "contradiction", "above .*Data and exact to .*Contact, but", ""),
        ("cgc:PersonalData skos:exactMatch ex:WorkEmail .", "contradiction", "the other way round", "Most likely"),
    ],
)
def test_a_planted_fault_is_named_and_nothing_else(
    terms: Terms, vocabulary: Vocabulary, fault: str, kind: str, said: str, mend: str
) -> None:
    checked = check(terms, vocabulary, SOUND + fault)
    assert {one.kind for one in checked.findings} == {kind}
    assert all(one.severity == "error" and one.where == ("a.ttl",) for one in checked.findings)
    assert all(re.search(said, one.message) for one in checked.findings), checked.findings
    assert all(re.search(mend, one.mend) for one in checked.findings), checked.findings
    assert len(checked.findings) == 1


def test_several_exact_matches_are_one_fault(terms: Terms, vocabulary: Vocabulary) -> None:
    (found,) = check(
        terms, vocabulary, "cgc:Age skos:exactMatch ex:Contact , ex:EmailAddress , ex:Telephone ."
    ).findings
    assert len(found.objects) == 3


def test_one_wrong_claim_is_one_fault_however_many_it_contradicts(terms: Terms, vocabulary: Vocabulary) -> None:
    (found,) = check(terms, vocabulary, SOUND + "cgc:PersonalData skos:exactMatch ex:EmailAddress .").findings
    assert "are both exact to" in found.message
    assert "the other way round" in found.message
    assert found.mend.startswith("Most likely this is wrong: cgc:PersonalData skos:exactMatch")
    (found,) = check(terms, vocabulary, SOUND + "cgc:EmailAddress skos:exactMatch ex:Contact .").findings
    assert "one lies above the other" in found.message
    assert "are both exact to" in found.message


def test_two_wrong_claims_about_a_right_one_are_two_faults(terms: Terms, vocabulary: Vocabulary) -> None:
    faults = "cgc:EmailAddress skos:exactMatch ex:Telephone . cgc:Age skos:exactMatch ex:EmailAddress ."
    assert len(check(terms, vocabulary, SOUND + faults).findings) == 2


def test_what_is_ours_is_held_against_a_file_only_where_asked(terms: Terms, vocabulary: Vocabulary) -> None:
    text = "cgc:Age skos:exactMatch ex:EmailAddress ."
    assert check(terms, vocabulary, text).findings == ()
    (found,) = check(terms, vocabulary, text, beside=SOUND).findings
    assert found.where == ("a.ttl", "ours.ttl")


def test_faults_of_what_stands_beside_are_not_reported(terms: Terms, vocabulary: Vocabulary) -> None:
    beside = "cgc:Age skos:exactMatch ex:Nothing , ex:Contact , ex:Telephone ."
    assert check(terms, vocabulary, "cgc:Name skos:closeMatch ex:Data .", beside=beside).findings == ()


def test_the_same_claim_in_both_is_no_conflict(terms: Terms, vocabulary: Vocabulary) -> None:
    assert check(terms, vocabulary, SOUND, beside=SOUND).findings == ()


def test_what_is_not_linked_is_counted_not_judged(vocabulary: Vocabulary) -> None:
    checked = check(terms_of(VOCABULARY), vocabulary, "cgc:Age skos:exactMatch other:A , other:B , ex:Data .")
    assert (checked.findings, checked.claims) == ((), 1)
    assert checked.unlinked == {"https://other.example/#": 2}


def test_a_users_own_terms_may_extend_both(terms: Terms, vocabulary: Vocabulary) -> None:
    """DPV's way to extend it: own terms below theirs. Their order counts like ours."""
    mine = "@prefix my: <https://my.example/#> .\nmy:B skos:broader my:A . my:A skos:broader ex:Contact ."
    assert check(terms, vocabulary, mine).findings == ()
    turned = check(
        terms, vocabulary, f"{mine} my:A skos:exactMatch ex:WorkEmail . my:B skos:exactMatch ex:EmailAddress ."
    )
    assert [one.message.count("the other way round") for one in turned.findings] == [1]


def test_cycles_of_the_other_side_do_no_harm(vocabulary: Vocabulary) -> None:
    round_trip = VOCABULARY + "ex:Contact skos:broader ex:WorkEmail .\n"
    claims = "cgc:EmailAddress skos:exactMatch ex:EmailAddress . cgc:Contact skos:exactMatch ex:Contact ."
    assert check(terms_of(round_trip), vocabulary, claims).findings == ()


def test_a_file_without_matches_is_bad_input() -> None:
    with pytest.raises(ExternalError, match="aligns nothing"):
        read_alignment(b"<https://a.example/> <https://a.example/p> 1 .", name="a.ttl")


def vocabularies(shared: Path, *names: str) -> Terms:
    said: list[Said] = []
    ontologies = {}
    for name in names:
        file = shared / "vocab" / name
        read = read_external(file.read_bytes(), name=file.name, source=file.name)
        ontologies[read.graph] = read.ontology
        for quad in ox.parse(read.ntriples, format=ox.RdfFormat.N_TRIPLES):
            if quad.predicate.value in PROPERTIES and isinstance(quad.subject, ox.NamedNode):
                assert not isinstance(quad.object, ox.Triple)
                said.append((read.graph, quad.subject.value, quad.predicate.value, quad.object.value))
    return Terms(said, ontologies)


DPV = [f"dpv-2.3/{name}.ttl" for name in ("dpv", "pd", "tech", "loc", "legal", "eu-gdpr", "dpv-owl")]
OTHERS = [f"other/{name}.ttl" for name in ("ODRL22", "oa", "gdprtext-gdpr", "gdprtext-ont")]


@pytest.fixture(scope="module")
def everything(shared: Path) -> Terms:
    return vocabularies(shared, *DPV, *OTHERS)


@pytest.mark.shared
def test_our_own_alignments_are_clean_against_dpv_and_the_others(everything: Terms, vocabulary: Vocabulary) -> None:
    parents = {
        one.iri: [vocabulary.concepts[above].iri for above in one.broader] for one in vocabulary.concepts.values()
    }
    checked = check_alignment(ours(), everything, parents=parents, own=our_names())
    assert [one.message for one in checked.findings] == []
    assert checked.claims > 1500
    assert not any("/dpv#" in name or "/pd#" in name or "/loc#" in name for name in checked.unlinked)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("fault", "kind", "said"),
    [
        ("cgc:Age skos:exactMatch pd:Agee .", "unknown", "pd:Agee does not exist"),
        ("cgc:Age skos:exactMatch pd:Behavioral .", "unknown", "pd:Behavioral does not exist"),
        ("cgc:Age skos:closeMatch dpv:PersonalDataHandling .", "given-up", "dpv:PersonalDataHandling is sunset"),
        ("cgc:Age skos:closeMatch odrl:share .", "given-up", "odrl:share is deprecated"),
        ("cgc:Age skos:closeMatch olddpv:Consent .", "renamed", "the term is now dpv:Consent"),
        ("cgc:Age skos:exactMatch pd:Age , pd:Gender .", "contradiction", "cgc:Age is exact to pd:Age and pd:Gender"),
        ("cgc:Age skos:exactMatch pd:Age , dpv:Purpose .", "contradiction", "exact to dpv:Purpose and pd:Age"),
        ("cgc:Age skos:exactMatch pd:Age ; skos:narrowMatch pd:Age .", "contradiction", "exact to and above pd:Age"),
        ("cgc:Age skos:exactMatch pd:Age . cgc:Name skos:exactMatch pd:Age .", "contradiction", "both exact to pd:Age"),
        ("cgc:Germany skos:exactMatch loc:DE , loc:FR .", "contradiction", "exact to loc:DE and loc:FR"),
    ],
)
def test_faults_against_dpv(everything: Terms, vocabulary: Vocabulary, fault: str, kind: str, said: str) -> None:
    prefixes = "".join(
        f"@prefix {name}: <{iri}> .\n"
        for name, iri in {
            "dpv": "https://w3id.org/dpv#",
            "pd": "https://w3id.org/dpv/pd#",
            "loc": "https://w3id.org/dpv/loc#",
            "odrl": "http://www.w3.org/ns/odrl/2/",
            "olddpv": "http://www.w3.org/ns/dpv#",
        }.items()
    )
    (found,) = check(everything, vocabulary, prefixes + fault).findings
    assert found.kind == kind
    assert said in found.message


@pytest.mark.shared
def test_a_term_given_up_leads_to_what_its_vocabulary_advises(everything: Terms) -> None:
    dpv = "https://w3id.org/dpv#"
    assert everything.advised(dpv + "DataProcessorContract") == (dpv + "ControllerProcessorAgreement",)
    assert everything.advised(dpv + "PersonalDataHandling") == (dpv + "Process",)
    assert everything.advised("http://www.w3.org/ns/odrl/2/share") == ("http://creativecommons.org/ns#Sharing",)


@pytest.mark.shared
def test_both_namespaces_of_dpv_hold_the_same_terms(everything: Terms, vocabulary: Vocabulary) -> None:
    text = "cgc:Age skos:exactMatch <https://w3id.org/dpv#Purpose> , <https://w3id.org/dpv/owl#Purpose> ."
    assert check(everything, vocabulary, text).findings == ()
