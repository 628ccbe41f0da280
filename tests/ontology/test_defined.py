"""Defined classes: labels, what may stand in a definition, members and reasons; and that HermiT finds the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS

from clausegraph import api
from clausegraph.ingest.pipeline import run
from clausegraph.ingest.read import discover
from clausegraph.ontology.closure import Inference, closure_digest, infer, inferred_nquads
from clausegraph.ontology.defined import FILE, DefinedClass, DefinitionError, load_defined, read_defined
from clausegraph.ontology.reasoning import ReasonerError, classify
from clausegraph.ontology.terms import CG, CGC
from clausegraph.ontology.vocabulary import LANGUAGES, Vocabulary
from clausegraph.queries.inference import facts_of

SAMPLES = Path(api.__file__).parent / "samples"
V = "https://w3id.org/clausegraph/id/policy/acme/version/0123456789abcdef"
HEAD = f"""
@prefix cg: <{CG}> .
@prefix cgc: <{CGC}> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix v: <{V}/> .
v:us a cg:Party .
"""
#: An affirmed statement of the controller; tests add to it.
OURS = "v:s1 a cg:Statement , cg:AffirmedStatement ; cg:polarity cg:Affirmed ; cg:controller v:us"
DENIED = "v:s1 a cg:Statement , cg:DeniedStatement ; cg:polarity cg:Denied ; cg:controller v:us"

#: (class, what the statement says); every class stands here.
MEMBERS = [
    ("SensitiveDisclosure", "cg:practice cg:Share ; cg:dataCategory cgc:SensitivePersonalData"),
    ("SensitiveDisclosure", "cg:practice cg:Sell ; cg:dataCategory cgc:FacialPrint"),
    ("SensitiveCollection", "cg:practice cg:Collect ; cg:dataCategory cgc:HealthRecord"),
    ("CrossBorderTransfer", "cg:practice cg:Transfer"),
    ("CrossBorderTransfer", "cg:practice cg:Share ; cg:transferDestination cgc:Taiwan"),
    ("SafeguardedTransfer", "cg:practice cg:Transfer ; cg:measure cgc:SCCByCommission"),
    ("SafeguardedTransfer", "cg:practice cg:Transfer ; cg:transferSafeguard cgc:AdequacyDecision"),
    ("UnboundedRetention", "cg:practice cg:Retain ; cg:retention cgc:EndlessDuration"),
    ("UnboundedRetention", "cg:practice cg:Store ; cg:durationBound cg:AtLeast"),
    ("UndeterminedRetention", "cg:practice cg:Retain ; cg:retention cgc:IndeterminateDuration"),
    ("UnconditionalSale", "cg:practice cg:Sell ; cg:conditional false"),
    ("ConsentBasedMarketing", "cg:practice cg:Use ; cg:purpose cgc:DirectMarketing ; cg:legalBasis cgc:WrittenConsent"),
    (
        "ConsentBasedMarketing",
        "cg:practice cg:Use ; cg:purpose cgc:Marketing ; cg:condition v:x . "
        "v:x a cg:Condition ; cg:effect cg:OnlyIf ; cg:conditionKind cg:Consent",
    ),
    (
        "ConsentBasedMarketing",
        "cg:practice cg:Share ; cg:purpose cgc:Marketing ; cg:condition v:x . "
        "v:x a cg:Condition ; cg:effect cg:OnlyIf ; cg:legalBasis cgc:Consent",
    ),
    ("ChildDataCollection", "cg:practice cg:Collect ; cg:dataSubject cgc:Child"),
    ("ThirdPartyAdvertisingDisclosure", "cg:practice cg:Share ; cg:recipient cgc:AdvertisingNetwork"),
    (
        "ThirdPartyAdvertisingDisclosure",
        "cg:practice cg:Share ; cg:recipient cgc:Affiliate ; cg:purpose cgc:TargetedAdvertising",
    ),
    ("GovernmentDisclosure", "cg:practice cg:Share ; cg:recipient cgc:LawEnforcementOrganisation"),
    ("Profiling", "cg:practice cg:Use ; cg:purpose cgc:Profiling"),
]
#: What must not follow, with the class that a hasty reader would conclude.
NOT_MEMBERS = [
    ("a condition on the sale", "UnconditionalSale", f"{OURS} ; cg:practice cg:Sell ; cg:conditional true"),
    ("nothing is said of conditions", "UnconditionalSale", f"{OURS} ; cg:practice cg:Sell"),
    ("no period is named", "UnboundedRetention", f"{OURS} ; cg:practice cg:Retain"),
    (
        "as long as necessary",
        "UnboundedRetention",
        f"{OURS} ; cg:practice cg:Retain ; cg:retention cgc:AsLongAsNecessary",
    ),
    ("the wider kind", "SensitiveDisclosure", f"{OURS} ; cg:practice cg:Share ; cg:dataCategory cgc:PersonalData"),
    (
        "others do it",
        "SensitiveDisclosure",
        "v:s1 a cg:Statement , cg:AffirmedStatement ; cg:polarity cg:Affirmed ; cg:practice cg:Share ; "
        "cg:dataCategory cgc:Health",
    ),
    (
        "unless there is consent",
        "ConsentBasedMarketing",
        f"{OURS} ; cg:practice cg:Use ; cg:purpose cgc:Marketing ; cg:condition v:x . "
        "v:x a cg:Condition ; cg:effect cg:Unless ; cg:conditionKind cg:Consent",
    ),
    (
        "one condition is consent, another holds",
        "ConsentBasedMarketing",
        f"{OURS} ; cg:practice cg:Use ; cg:purpose cgc:Marketing ; cg:condition v:x , v:y . "
        "v:x a cg:Condition ; cg:effect cg:Unless ; cg:conditionKind cg:Consent . "
        "v:y a cg:Condition ; cg:effect cg:OnlyIf ; cg:conditionKind cg:If",
    ),
    (
        "an opt-out from marketing",
        "ConsentBasedMarketing",
        f"{OURS} ; cg:practice cg:OfferChoice ; cg:purpose cgc:Marketing ; cg:legalBasis cgc:Consent",
    ),
]


def graph_of(turtle: str) -> bytes:
    quads = ox.parse((HEAD + turtle + " .").encode(), format=ox.RdfFormat.TURTLE)
    named = (ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(V)) for quad in quads)
    return ox.serialize(named, format=ox.RdfFormat.N_QUADS) or b""


def classes_of(turtle: str) -> set[str]:
    return {one.cls.removeprefix(CG) for one in infer(graph_of(turtle))}


def denied(turtle: str) -> str:
    """The same statement denied: every facet becomes its twin, except in the condition."""
    first, *rest = turtle.split(" . ")
    words = r"practice|dataCategory|recipient|purpose|dataSubject|retention|legalBasis|measure|transfer\w+"
    twins = re.sub(rf"cg:({words})\b", lambda found: f"cg:denied{found[1][0].upper()}{found[1][1:]}", first)
    return " . ".join([f"{DENIED} ; {twins}", *rest])


# --- the definitions


def test_every_class_is_labelled_and_defined_in_every_language() -> None:
    for one in load_defined():
        assert set(one.labels) == set(one.definitions) == set(LANGUAGES), one.id
        assert one.label("zh-TW") == one.labels["zh-Hant"]
        assert one.label("de") == one.labels["en"]
    for lang in LANGUAGES:
        assert len({one.labels[lang] for one in load_defined()}) == len(load_defined()) >= 10


def test_every_class_lies_below_affirmed_statements_and_names_what_exists(
    core: rdflib.Graph, vocabulary: Vocabulary
) -> None:
    graph = rdflib.Graph().parse(FILE)
    for one in load_defined():
        assert (rdflib.URIRef(one.iri), RDFS.subClassOf, rdflib.URIRef(CG + "AffirmedStatement")) in graph
        assert one.reasons[0].property == CG + "controller"
        for reason in one.reasons:
            assert (rdflib.URIRef(reason.property), RDF.type, None) in core
            assert "denied" not in reason.property
    for name in {str(node) for triple in graph for node in triple}:
        if name.startswith(CGC):
            assert name.removeprefix(CGC) in vocabulary.concepts
    assert {name for name in graph.predicates() if str(name).startswith(str(OWL))} == {
        OWL.equivalentClass, OWL.intersectionOf, OWL.unionOf, OWL.oneOf, OWL.onProperty, OWL.hasValue,
        OWL.someValuesFrom,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "expression", "part"),
    [
        ("what is absent", "[ owl:complementOf cg:DeniedStatement ]", "something that SPARQL cannot be made of"),
        ("all values", "[ owl:onProperty cg:purpose ; owl:allValuesFrom cg:X ]", "something that SPARQL cannot be"),
        ("how many", "[ owl:onProperty cg:purpose ; owl:maxCardinality 0 ]", "something that SPARQL cannot be made of"),
        (
            "half a roll-up",
            "[ owl:onProperty cg:purpose ; owl:someValuesFrom [ owl:unionOf ( [ owl:oneOf ( cgc:Marketing ) ] "
            "[ owl:onProperty skos:broaderTransitive ; owl:hasValue cgc:Advertising ] ) ] ]",
            "on one side only",
        ),
    ],
)
def test_a_definition_that_could_mislead_is_refused(words: str, expression: str, part: str) -> None:
    prefixes = "".join(line for line in FILE.read_text(encoding="utf-8").splitlines(True) if line.startswith("@prefix"))
    shape = "cg:X a owl:Class ; owl:equivalentClass [ owl:intersectionOf ( {} ) ] ."
    with pytest.raises(DefinitionError, match=part) as caught:
        read_defined((prefixes + shape.format(f"cg:AffirmedStatement {expression}")).encode())
    assert caught.value.mend
    with pytest.raises(DefinitionError, match="begin with cg:AffirmedStatement"):
        read_defined((prefixes + shape.format("cg:Statement")).encode())


# --- the quick closure


@pytest.mark.parametrize(("name", "says"), MEMBERS)
def test_a_member_is_found_and_its_denial_never(name: str, says: str) -> None:
    assert name in classes_of(f"{OURS} ; {says}")
    assert classes_of(denied(says)) == set()


def test_every_class_has_a_member_here() -> None:
    assert {name for name, _ in MEMBERS} == {one.id for one in load_defined()}


@pytest.mark.parametrize(("name", "turtle"), [row[1:] for row in NOT_MEMBERS], ids=[row[0] for row in NOT_MEMBERS])
def test_nothing_follows_from_what_is_not_said(name: str, turtle: str) -> None:
    assert name not in classes_of(turtle)


def test_the_reasons_lead_from_the_value_to_the_concept() -> None:
    says = (
        f"{OURS} ; cg:practice cg:Sell ; cg:dataCategory cgc:FacialPrint , cgc:Name . "
        "v:m a cg:Mention ; cg:mentionOf v:s1 ; cg:facet cg:dataCategory ; cg:value cgc:FacialPrint"
    )
    (found,) = infer(graph_of(says))
    assert found.iri == f"{V}/s1/i/SensitiveDisclosure"
    by_value = {one.value: one for one in found.because}
    assert set(by_value) == {CGC + "FacialPrint", CG + "Sell", f"{V}/us"}
    face = by_value[CGC + "FacialPrint"]
    assert face.concept == CGC + "SensitivePersonalData"
    assert face.through == (CGC + "Biometric", CGC + "SpecialCategoryPersonalData")
    assert face.mentions == (f"{V}/m",)
    assert by_value[CG + "Sell"].concept == CG + "Share"
    assert by_value[CG + "Sell"].through == ()


def test_the_graph_is_the_same_whatever_the_order_and_holds_no_facet(core: rdflib.Graph) -> None:
    nquads = graph_of(f"{OURS} ; cg:practice cg:Sell ; cg:conditional false ; cg:dataCategory cgc:Health")
    written = inferred_nquads(V, nquads)
    assert written == inferred_nquads(V, b"".join(reversed(nquads.splitlines(keepends=True))))
    assert closure_digest().encode() in written
    quads = list(ox.parse(written, format=ox.RdfFormat.N_QUADS))
    assert {quad.graph_name for quad in quads} == {ox.NamedNode(f"{V}/inferred")}
    assert not any(isinstance(quad.subject, ox.BlankNode) for quad in quads)
    facets = {str(name) for name in core.subjects(RDFS.domain, rdflib.URIRef(CG + "FacetBearer"))}
    used = {quad.predicate.value for quad in quads}
    assert not used & (facets | {CG + "practice", CG + "controller", CG + "facet", CG + "value", CG + "inVersion"})
    undefined = {name for name in used if name.startswith(CG) and (rdflib.URIRef(name), RDF.type, None) not in core}
    assert undefined == set()


def test_the_query_runs_over_any_store(folder: Path) -> None:
    store = ox.Store()
    store.load(graph_of(f"{OURS} ; cg:practice cg:Sell ; cg:dataCategory cgc:Health"), format=ox.RdfFormat.N_QUADS)
    for file in (folder / "concepts").glob("*.ttl"):
        store.load(path=file, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode("https://example.org/concepts"))
    query = next(one.query for one in load_defined() if one.id == "SensitiveDisclosure")
    solutions = store.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    assert {row["statement"] for row in solutions} == {ox.NamedNode(f"{V}/s1")}


# --- HermiT


def quick(inferences: tuple[Inference, ...], classes: tuple[DefinedClass, ...]) -> dict[str, frozenset[str]]:
    return {one.iri: frozenset(each.statement for each in inferences if each.cls == one.iri) for one in classes}


def by_hermit(*graphs: rdflib.Graph) -> dict[str, frozenset[str]]:
    return classify(*graphs, classes=[one.iri for one in load_defined()])


@pytest.fixture(scope="module")
def samples() -> Iterator[list[bytes]]:
    outcomes = list(run(discover([str(SAMPLES)]), 1))
    assert all(one.ok for one in outcomes)
    yield [one.nquads for one in outcomes]


@pytest.mark.java
@pytest.mark.usefixtures("java")
class TestHermit:
    def test_it_finds_the_same_in_what_is_made_up(self) -> None:
        """All members, their denials and all that must not follow, each as a statement of its own."""
        turtles = [f"{OURS} ; {says}" for _, says in MEMBERS] + [denied(says) for _, says in MEMBERS]
        turtles += [turtle for _, _, turtle in NOT_MEMBERS]
        numbered = [re.sub(r"v:(s1|x|y)\b", rf"v:n{number}-\1", turtle) for number, turtle in enumerate(turtles)]
        nquads = graph_of(" . ".join(numbered))
        found = by_hermit(facts_of(nquads))
        assert found == quick(infer(nquads), load_defined())
        assert all(found.values())

    @pytest.mark.slow
    def test_it_finds_the_same_in_the_samples(self, samples: list[bytes]) -> None:
        inferences = tuple(each for nquads in samples for each in infer(nquads))
        assert by_hermit(*map(facts_of, samples)) == quick(inferences, load_defined())
        assert len({one.cls for one in inferences}) >= 7

    def test_clauses_and_mentions_make_no_difference(self, prefixes: str, version: str) -> None:
        whole = rdflib.Graph().parse(data=prefixes + version.replace("cgc:EmailAddress", "cgc:Health"))
        facts = facts_of(whole.serialize(format="nt", encoding="utf-8"))
        assert len(facts) < len(whole)
        found = by_hermit(whole)
        assert found == by_hermit(facts)
        assert [cls for cls, members in found.items() if members] == [CG + "SensitiveCollection"]

    @pytest.mark.slow
    @pytest.mark.shared
    def test_it_finds_the_same_in_the_seeds(self, shared: Path) -> None:
        outcomes = list(run(discover([str(shared / "seeds")]), 1))
        inferences = tuple(each for one in outcomes for each in infer(one.nquads))
        assert by_hermit(*(facts_of(one.nquads) for one in outcomes)) == quick(inferences, load_defined())
        assert len(inferences) > 10

    def test_what_contradicts_the_ontology_is_not_classified(self) -> None:
        with pytest.raises(ReasonerError, match="contradict"):
            by_hermit(facts_of(graph_of(f"{OURS} ; cg:practice cg:Sell ; cg:deniedPractice cg:Sell")))
