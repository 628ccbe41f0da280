"""A stranger's questions to the five seeds, in DPV's terms alone. The rows were read by hand against the texts."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF

from clausegraph import ontology
from clausegraph.api.ingestion import ingest
from clausegraph.ingest.read import discover
from clausegraph.ontology.dpv import dpv_levels
from clausegraph.ontology.terms import CG, CGC, DPV, DPV_BASE, ID, concept_iri
from clausegraph.ontology.vocabulary import load_vocabulary
from clausegraph.queries.dpv import dpv_graphs
from clausegraph.queries.dpv.values import FACET_RULES, HANDLING, processing_of, said_of
from clausegraph.queries.store import MemoryStore, Solutions, Store
from clausegraph.queries.views import view_of

from .dpvhelp import complaints, tree

pytestmark = pytest.mark.shared

PREFIXES = """
PREFIX dpv: <https://w3id.org/dpv#>
PREFIX pd: <https://w3id.org/dpv/pd#>
PREFIX loc: <https://w3id.org/dpv/loc#>
PREFIX tech: <https://w3id.org/dpv/tech#>
PREFIX eu-gdpr: <https://w3id.org/dpv/legal/eu/gdpr#>
PREFIX time: <http://www.w3.org/2006/time#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX cg: <https://w3id.org/clausegraph/ontology#>
"""

#: Question, rows that must be there (number of the seed, value), seeds that must not.
QUESTIONS: dict[str, tuple[str, set[tuple[str, str]], set[str]]] = {
    "contact data for marketing": (
        "?p a dpv:PersonalDataProcess ; dpv:hasPersonalData pd:Contact ; dpv:hasPurpose dpv:Marketing",
        {("001", ""), ("002", ""), ("004", "")},
        set(),
    ),
    "countries": (
        "?p dpv:hasCountry ?x FILTER(?x != dpv:Country)",
        {("001", "TW"), ("002", "US"), ("003", "CN")},
        {"000", "004"},
    ),
    "periods of storage": (
        "?p dpv:hasStorageCondition/dpv:hasDuration/time:hasXSDDuration ?x",
        {("002", "P60D"), ("002", "P90D"), ("002", "P180D")},
        {"003", "004"},
    ),
    "encryption": (
        "?p dpv:hasTechnicalMeasure dpv:Encryption",
        {("000", ""), ("002", ""), ("003", ""), ("004", "")},
        set(),
    ),
    "disclosure to third parties that no condition limits": (
        "?p dpv:hasProcessing dpv:Disclose ; dpv:hasRecipient dpv:ThirdParty "
        "FILTER NOT EXISTS { ?p dpv:hasProcessingCondition ?condition }",
        {("000", ""), ("002", ""), ("003", "")},
        set(),
    ),
    "the right to erasure": ("?p dpv:hasRight eu-gdpr:A17", {("000", ""), ("002", "")}, set()),
    "law enforcement": ("?p dpv:hasRecipient dpv:LawEnforcementOrganisation", {("002", "")}, {"001"}),
    "cookies": (
        "?p dpv:hasProcessing dpv:Collect ; dpv:hasDataSource tech:Cookie",
        {("000", ""), ("001", ""), ("002", ""), ("003", ""), ("004", "")},
        set(),
    ),
    "the data protection officer": ("?p dpv:hasDataProtectionOfficer ?officer", {("002", "")}, {"000", "001", "004"}),
    "transfers across borders": ("?p dpv:hasProcessing dpv:Transfer", {("002", "")}, {"000", "004"}),
    "financial data collected": (
        "?p dpv:hasProcessing dpv:Collect ; dpv:hasPersonalData pd:Financial",
        {("001", ""), ("002", ""), ("003", "")},
        set(),
    ),
    "sharing under that name, which here is selling": ("?p dpv:hasProcessing dpv:Share", {("002", "")}, {"000", "001"}),
}


@pytest.fixture(scope="module")
def seeds(shared: Path) -> Iterator[Store]:
    with MemoryStore() as store:
        landed = list(ingest(store, discover([str(shared / "seeds")]), jobs=1))
        assert [one.state for one in landed] == ["added"] * 5
        yield store


def rows(store: Store, sparql: str) -> list[dict[str, str]]:
    answer = store.query(PREFIXES + sparql)
    assert isinstance(answer, Solutions)
    return answer.texts()


def seed_of(iri: str) -> str:
    return iri.split("/id/policy/")[1][:3]


@pytest.mark.parametrize("question", QUESTIONS)
def test_questions_in_dpv_terms_have_the_right_rows(question: str, seeds: Store) -> None:
    pattern, wanted, never = QUESTIONS[question]
    found = rows(seeds, f"SELECT DISTINCT ?p ?x {{ {pattern} }}")
    pairs = {(seed_of(row["p"]), row.get("x", "").rpartition("#")[2]) for row in found}
    assert wanted <= pairs
    assert not never & {seed for seed, _value in pairs}
    denials = {row["s"] for row in rows(seeds, "SELECT ?s { ?s a cg:DeniedStatement }")}
    assert denials
    sources = rows(seeds, f"SELECT ?s {{ ?p prov:wasDerivedFrom ?s {{ {pattern} }} }}")
    assert sources
    assert not denials & {row["s"] for row in sources}


@pytest.mark.parametrize("facet", [*HANDLING, *FACET_RULES])
def test_every_term_finds_what_our_own_terms_find(facet: str, seeds: Store) -> None:
    """For each property of DPV's and each term at any level: the same statements, no more and no fewer."""
    found: dict[tuple[str, str], set[str]] = {}
    told = "?p prov:wasDerivedFrom ?s ; ?property ?x . ?s a cg:AffirmedStatement"
    asked = rows(seeds, f"SELECT ?s ?property ?x {{ {told} }}")
    for row in asked:
        found.setdefault((row["property"], row["x"]), set()).add(row["s"])
    ours = rows(seeds, f"SELECT ?s ?practice ?c {{ ?s cg:{facet} ?c ; cg:controller ?who ; cg:practice ?practice }}")
    wanted: dict[tuple[str, str], set[str]] = {}
    for row in ours:
        practice, concept = row["practice"].removeprefix(CG), row["c"].removeprefix(CGC)
        handled = processing_of(practice) is not None or (practice == "Protect" and facet == "dataCategory")
        if practice in ("LimitScope", "AssignRole") or (facet in HANDLING and not handled):
            continue
        for rule in {**HANDLING, **FACET_RULES}[facet]:
            said = said_of(rule, concept)
            for iri in (*said.direct, *said.broader) if said else ():
                wanted.setdefault((rule.property, iri), set()).add(row["s"])
                assert iri == concept_iri(concept) or iri in dpv_levels().levels(concept)
    for key, statements in wanted.items():
        assert statements <= found.get(key, set()), key
    rules = {**HANDLING, **FACET_RULES}
    elsewhere = {rule.property for other, kinds in rules.items() if other != facet for rule in kinds}
    own = {rule.property for rule in rules[facet]} - elsewhere
    for (name, iri), statements in found.items():
        if name in own and not iri.startswith(ID):  # parties stand beside the kinds of recipient
            assert statements == wanted.get((name, iri)), (name, iri)


def test_no_denial_stands_in_current_in_dpv_terms(seeds: Store) -> None:
    assert rows(seeds, "SELECT ?x { ?x a dpv:Prohibition }") == []
    assert rows(seeds, "SELECT ?p { ?p prov:wasDerivedFrom ?s . ?s cg:polarity cg:Denied }") == []
    others = "?p prov:wasDerivedFrom ?s . ?p dpv:hasNotice ?n . FILTER NOT EXISTS { ?s cg:controller ?who }"
    assert rows(seeds, f"SELECT ?p {{ {others} }}") == []


def test_what_is_conditional_never_looks_unconditional(seeds: Store) -> None:
    plain = "?p prov:wasDerivedFrom ?s . FILTER NOT EXISTS { ?p dpv:hasProcessingCondition ?x }"
    assert rows(seeds, f"SELECT ?p {{ ?s cg:conditional true . {plain} }}") == []
    assert rows(seeds, f"SELECT ?p {{ ?s cg:condition ?c . {plain} }}") == []
    assert rows(seeds, "SELECT ?p { ?p dpv:hasProcessingCondition ?x }") != []


def test_the_stored_view_is_what_its_version_gives(seeds: Store) -> None:
    stored: dict[str, set[bytes]] = {}
    for line in b"".join(seeds.export("nquads")).splitlines():
        name = line.rpartition(b" <")[2].removesuffix(b"> .").decode()
        if "/dpv" in name:
            stored.setdefault(name.partition("/dpv")[0], set()).add(line)
    for row in seeds.policies():
        graph = b"".join(seeds.export("nquads", policy=row.policy_iri))
        assert set(dpv_graphs(row.version_iri, graph).splitlines()) == stored[row.version_iri]


def test_the_exports_conform_to_the_shapes(seeds: Store) -> None:
    above = tree()
    view = view_of("dpv")
    forbidden = 0
    for row in seeds.policies():
        graph = rdflib.Graph().parse(data=view.render(seeds, [row], "ntriples").data, format="nt")
        assert complaints(graph, above) == []
        forbidden += len(set(graph.subjects(RDF.type, rdflib.URIRef(DPV + "Prohibition"))))
    assert forbidden > 5


RULES = (
    "INSERT { ?s ?wide ?o } WHERE { ?p rdfs:subPropertyOf+ ?wide . ?s ?p ?o FILTER(?wide != ?p) }",
    "INSERT { ?s a ?wide } WHERE { ?c rdfs:subClassOf+ ?wide . ?s a ?c }",
    "INSERT { ?s a ?c } WHERE { ?p rdfs:domain ?c . ?s ?p ?o FILTER(isIRI(?c)) }",
    "INSERT { ?o a ?c } WHERE { ?p rdfs:range ?c . ?s ?p ?o FILTER(isIRI(?o) && isIRI(?c)) }",
)


def test_inference_over_dpv_and_our_graph_makes_no_denial_positive(seeds: Store, shared: Path) -> None:
    """RDFS over all of it: DPV, our ontology and alignments, *current*, and the exports with their prohibitions."""
    whole = ox.Store()
    folder = Path(ontology.__file__).parent
    names = ("dpv", "pd", "tech", "eu-gdpr", "legal-eu", "risk")
    files = [shared / "vocab" / "dpv-2.3" / f"{name}.ttl" for name in names]
    for file in (*files, folder / "clausegraph.ttl", *sorted((folder / "links").glob("*.ttl"))):
        whole.load(path=file, format=ox.RdfFormat.TURTLE)
    for quad in ox.parse(b"".join(seeds.export("nquads")), format=ox.RdfFormat.N_QUADS):
        whole.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    whole.load(view_of("dpv").render(seeds, seeds.policies(), "ntriples").data, format=ox.RdfFormat.N_TRIPLES)
    before = -1
    while len(whole) != before:
        before = len(whole)
        for rule in RULES:
            whole.update(f"PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> {rule}")
    positive = {rule.property for rules in (*HANDLING.values(), *FACET_RULES.values()) for rule in rules}
    positive |= {DPV + name for name in ("hasProcessing", "hasStorageCondition", "hasProcessingCondition", "hasData")}
    values = " ".join(f"<{iri}>" for iri in sorted(positive))

    def count(pattern: str) -> int:
        answer = whole.query(f"{PREFIXES} SELECT ?s ?p {{ {pattern} VALUES ?p {{ {values} }} }}")
        assert isinstance(answer, ox.QuerySolutions)
        return len(list(answer))

    assert count("?s a dpv:PersonalDataProcess ; ?p ?o .") > 1000
    assert count("?s a cg:AffirmedStatement ; ?p ?o .") > 500  # the alignments are at work
    assert count("?s a cg:DeniedStatement ; ?p ?o .") == 0
    assert count("?s a dpv:Prohibition ; ?p ?o .") == 0
    for wrong in ("dpv:PersonalDataProcess", "dpv:Process", "cg:AffirmedStatement"):
        for denial in ("cg:DeniedStatement", "dpv:Prohibition"):
            assert not whole.query(f"{PREFIXES} ASK {{ ?s a {wrong}, {denial} }}"), (wrong, denial)
    assert not whole.query(f"{PREFIXES} ASK {{ ?n dpv:hasProcess ?s . ?s a dpv:Prohibition }}")


def test_every_name_of_dpv_is_one(seeds: Store, shared: Path) -> None:
    """Properties, classes and values of the view, and of rules that no seed needed, are in force in DPV 2.3."""
    with (shared / "reference" / "dpv-terms.tsv").open(encoding="utf-8") as file:
        terms = {row["iri"]: row for row in csv.DictReader(file, delimiter="\t")}
    rules = [rule for kinds in (*HANDLING.values(), *FACET_RULES.values()) for rule in kinds]
    names = {name for rule in rules for name in (rule.property, *rule.roots, rule.unless) if name}
    view = rdflib.Graph().parse(data=view_of("dpv").render(seeds, seeds.policies(), "ntriples").data, format="nt")
    broader = rows(seeds, "SELECT DISTINCT ?p ?o { GRAPH ?g { ?s ?p ?o } FILTER(STRENDS(STR(?g), '/dpv/broader')) }")
    names |= {str(node) for triple in view for node in triple} | {value for row in broader for value in row.values()}
    dpv = {name for name in names if name.startswith(DPV_BASE)}
    assert len(dpv) > 150
    assert {name for name in dpv if name not in terms} == set()
    matched = {iri for one in load_vocabulary().concepts.values() for iri in (*one.exact, *one.broad)}
    assert {name for name in dpv - matched if terms[name]["status"] == "sunset"} == set()  # else `link check` tells
