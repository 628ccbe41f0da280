"""Statements in DPV's terms, on a version made by hand: what is a process, what is none, and what stays in step."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import DCTERMS, PROV, RDF

from clausegraph.api.base import ensure_base, ensure_derived
from clausegraph.api.ingestion import ingest
from clausegraph.ingest.read import discover
from clausegraph.ingest.records import Condition, Extraction, Mention, Statement
from clausegraph.ontology.terms import CG, CGC, DIGEST, expand, shorten
from clausegraph.queries.dpv import BROADER, DIRECT, dpv_graphs, mapping_digest
from clausegraph.queries.store import MemoryStore, Solutions, Store, StoreError, VersionGraph
from clausegraph.queries.store.formats import GRAPH_FORMATS
from clausegraph.queries.views import view_of

from ..api.conftest import ENGLISH, SHARING, czech, english, graph_of, place
from .dpvhelp import DPV, complaints, exported, tree

TIME = rdflib.Namespace("http://www.w3.org/2006/time#")
ODRL = rdflib.Namespace("http://www.w3.org/ns/odrl/2/")


def stored(extraction: Extraction, at: str = "2026-01-01T00:00:00Z") -> VersionGraph:
    """A version with what is derived from it."""
    graph = graph_of(extraction)
    return replace(graph, ingested_at=at, derived=dpv_graphs(graph.version_iri, graph.nquads))


def one(statement: Statement) -> tuple[rdflib.Graph, rdflib.URIRef]:
    """What one statement says in DPV's terms, and the IRI of its process or rule."""
    extraction = replace(english(), statements=(statement,))
    graph = graph_of(extraction)
    denied = "-denied" if statement.denied else ""
    name = f"{graph.version_iri}/dpv/{statement.start}-{statement.end}-{statement.practice}{denied}"
    return exported(graph.version_iri, graph.nquads), rdflib.URIRef(name)


def said(graph: rdflib.Graph, subject: rdflib.URIRef) -> dict[str, set[str]]:
    """Properties of DPV's with their values, both short."""
    found: dict[str, set[str]] = {}
    for predicate, value in graph.predicate_objects(subject):
        if str(predicate).startswith(str(DPV)):
            found.setdefault(shorten(str(predicate)).removeprefix("dpv:"), set()).add(shorten(str(value)))
    return found


def mention(facet: str, concept: str, **more: str) -> Mention:
    return Mention(facet, concept, *place(ENGLISH, "e-mail address"), "rule", **more)  # type: ignore[arg-type]


def share(*mentions: Mention, practice: str = "Share", **more: object) -> Statement:
    return Statement(*place(ENGLISH, SHARING), "1.1", practice, mentions=mentions, **more)  # type: ignore[arg-type]


def test_a_sharing_is_a_process_with_all_its_facets() -> None:
    extraction = english()
    version = graph_of(extraction).version_iri
    graph, process = one(extraction.statements[0])
    found = said(graph, process)
    assert found.pop("hasDataController") and found.pop("hasNotice")
    recipients = found.pop("hasRecipient")
    assert "dpv:ThirdParty" in recipients and len(recipients) == 2  # the kind, and the party named
    assert found == {
        "hasProcessing": {"dpv:Disclose"},
        "hasPersonalData": {"pd:EmailAddress"},
        "hasPurpose": {"dpv:Marketing"},
        "hasLocation": {"loc:NO"},
        "hasRecipientThirdParty": {"dpv:ThirdParty"},
    }
    source = graph.value(process, PROV.wasDerivedFrom)
    assert str(source) == str(process).replace("/dpv/", "/s/")
    notice = rdflib.URIRef(version + "/dpv/notice")
    assert (notice, DPV.hasProcess, process) in graph
    assert (None, DPV.hasName, rdflib.Literal("Acme Ltd")) in graph


def test_a_period_stands_on_the_storage_condition() -> None:
    graph, process = one(english().statements[2])
    storage = rdflib.URIRef(f"{process}/storage")
    period = rdflib.URIRef(f"{process}/duration")
    assert (process, DPV.hasStorageCondition, storage) in graph
    assert (storage, RDF.type, DPV.StorageDuration) in graph
    assert (storage, DPV.hasDuration, period) in graph
    assert str(graph.value(period, TIME.hasXSDDuration)) == "P30D"
    assert (period, DCTERMS.type, rdflib.URIRef(CG + "AtMost")) in graph
    assert (process, DPV.hasProcessing, rdflib.URIRef(CG + "Retain")) in graph  # DPV has no word for keeping for a time


def test_a_denial_is_a_rule_without_any_facet_of_dpv() -> None:
    graph, rule = one(english().statements[1])
    assert (rule, RDF.type, DPV.Prohibition) in graph
    assert said(graph, rule) == {}
    assert (None, DPV.hasProcess, rule) not in graph
    assert set(graph.subjects(DPV.hasProhibition, rule)) != set()
    constraint = graph.value(rule, ODRL.constraint)
    assert graph.value(constraint, ODRL.rightOperand) == DPV.PersonalData
    condition = graph.value(rule, DCTERMS.relation)
    assert str(graph.value(condition, DCTERMS.description)) == "unless you give your consent"
    assert (condition, DCTERMS.type, rdflib.URIRef(CG + "Unless")) in graph
    assert (None, RDF.type, DPV.PersonalDataProcess) not in graph


def operands(graph: rdflib.Graph, rule: rdflib.URIRef) -> dict[str, set[str]]:
    """Left operands of a prohibition with their right ones, both short."""
    found: dict[str, set[str]] = {}
    for one in graph.objects(rule, ODRL.constraint):
        left = shorten(str(graph.value(one, ODRL.leftOperand)))
        found[left] = {shorten(str(value)) for value in graph.objects(one, ODRL.rightOperand)}
    return found


def test_a_denial_that_sets_an_end_does_not_forbid_what_comes_before_it() -> None:
    """ "No longer than 30 days" forbids no keeping for 20."""
    kept = replace(english().statements[2], denied=True)
    graph, rule = one(kept)
    (time,) = [each for each in graph.objects(rule, ODRL.constraint) if str(each).endswith("/time")]
    assert graph.value(time, ODRL.operator) == ODRL.gt
    assert str(graph.value(time, ODRL.rightOperand)) == "P30D"
    assert complaints(graph, tree()) == []


def test_a_denial_forbids_no_purpose_and_no_basis_that_it_leaves_allowed() -> None:
    """ "For no purpose other than marketing", "not beyond what the law requires"."""
    graph, rule = one(
        share(mention("purpose", "Marketing"), mention("purpose", "UnspecifiedPurpose"), practice="Use", denied=True)
    )
    assert not any("Marketing" in each for each in operands(graph, rule)["odrl:purpose"])
    graph, rule = one(share(mention("legalBasis", "LegalObligation"), denied=True))
    assert "dpv:LegalBasis" not in operands(graph, rule)


def test_a_denied_use_of_any_data_holds_as_its_sentence_says() -> None:
    graph, rule = one(share(mention("dataCategory", "PersonalData"), practice="Use", denied=True))
    assert "https://w3id.org/clausegraph/odrl#circumstance" in operands(graph, rule)
    graph, rule = one(share(mention("dataCategory", "PersonalData"), practice="Sell", denied=True))
    assert set(operands(graph, rule)) == {"dpv:PersonalData"}
    assert complaints(graph, tree()) == []


@pytest.mark.parametrize("practice", ["Protect", "GrantRight", "OfferChoice", "Notify", "OfferContact", "LimitScope"])
def test_a_denial_of_what_is_no_handling_forbids_nothing(practice: str) -> None:
    """That no security is perfect does not forbid to protect."""
    graph, _rule = one(share(mention("measure", "Encryption"), practice=practice, denied=True))
    assert (None, RDF.type, DPV.Prohibition) not in graph
    assert (None, DPV.hasTechnicalMeasure, None) not in graph


def test_what_current_holds_has_no_denial() -> None:
    graph = graph_of(english())
    view = dpv_graphs(graph.version_iri, graph.nquads)
    assert b"-denied" not in view
    assert b"Prohibition" not in view
    assert dpv_graphs(graph_of(czech()).version_iri, graph_of(czech()).nquads).count(b"hasProcess>") == 0


def test_what_others_do_is_left_out() -> None:
    """A statement without `cg:controller` is another's practice, or a duty of the user."""
    graph, _process = one(share(mention("dataCategory", "EmailAddress"), of_controller=False))
    assert (None, RDF.type, DPV.PersonalDataProcess) not in graph


def test_a_condition_is_always_a_processing_condition() -> None:
    words = place(ENGLISH, "to send the newsletter")
    only = Condition(*words, "OnlyIf", ("Consent",), "cue")
    graph, process = one(share(mention("dataCategory", "EmailAddress"), conditions=(only,)))
    condition = graph.value(process, DPV.hasProcessingCondition)
    assert (condition, RDF.type, DPV.ProcessingCondition) in graph
    assert str(graph.value(condition, DCTERMS.description)) == "to send the newsletter"
    graph, process = one(share(mention("dataCategory", "EmailAddress")))
    assert graph.value(process, DPV.hasProcessingCondition) is None


def test_an_exception_that_names_nobody_is_conditional() -> None:
    """Not without your consent: sharing with consent. With nobody but the printer: sharing with the printer."""
    denial = english().statements[1]
    for recipients, conditional in (((), True), ((mention("recipient", "ThirdParty"),), False)):
        exception = share(mention("legalBasis", "Consent"), *recipients, exception_to=(1,))
        graph = graph_of(replace(english(), statements=(exception, denial)))
        found = exported(graph.version_iri, graph.nquads)
        process = next(found.subjects(RDF.type, DPV.PersonalDataProcess))
        condition = found.value(process, DPV.hasProcessingCondition)
        assert (condition is not None) is conditional
        if conditional:
            assert str(found.value(condition, DCTERMS.description)) == SHARING


def test_values_inside_an_exception_are_no_values_of_the_process() -> None:
    words = place(ENGLISH, "to send the newsletter")
    unless = Condition(*words, "Unless", ("Exception",), "cue", (Mention("purpose", "Marketing", *words, "rule"),))
    graph, process = one(share(mention("dataCategory", "EmailAddress"), conditions=(unless,)))
    assert "hasPurpose" not in said(graph, process)
    assert "hasProcessingCondition" in said(graph, process)


def test_a_right_does_not_say_that_what_it_is_about_is_done() -> None:
    """The right to object to marketing, and to sale to third parties, is no marketing and no sale."""
    graph, process = one(
        share(
            mention("right", "RightToErasure"),
            mention("purpose", "Marketing"),
            mention("recipient", "ThirdParty"),
            mention("dataCategory", "HealthData"),
            practice="GrantRight",
        )
    )
    found = said(graph, process)
    assert set(found) == {"hasRight", "hasDataController", "hasNotice"}
    assert found["hasRight"] == {"eu-gdpr:A17"}


def test_scope_and_roles_are_no_processes() -> None:
    law = mention("applicableLaw", "EU-GDPR")
    graph, _process = one(share(law, mention("dataCategory", "EmailAddress"), practice="LimitScope"))
    notice = next(graph.subjects(RDF.type, DPV.PrivacyNotice))
    assert (notice, DPV.hasApplicableLaw, rdflib.URIRef(expand("legal-eu:law-GDPR"))) in graph
    assert (None, DPV.hasPersonalData, None) not in graph
    only = Condition(*place(ENGLISH, "to send the newsletter"), "OnlyIf", ("If",), "cue")
    graph, _process = one(share(law, practice="LimitScope", conditions=(only,)))
    assert (None, DPV.hasApplicableLaw, None) not in graph  # for some readers only


def test_what_is_no_personal_data_is_not_said_to_be() -> None:
    graph, process = one(share(mention("dataCategory", "AnonymisedData")))
    assert said(graph, process)["hasData"] == {"dpv:AnonymisedData"}
    assert "hasPersonalData" not in said(graph, process)


def test_a_union_is_no_country() -> None:
    graph, process = one(share(mention("transferDestination", "EuropeanUnion"), practice="Transfer"))
    assert said(graph, process)["hasLocation"] == {"loc:EU"}
    assert "hasCountry" not in said(graph, process)


def test_a_concept_that_dpv_lacks_stands_for_itself() -> None:
    graph, process = one(share(mention("recipient", "AdvertisingNetwork")))
    assert said(graph, process)["hasRecipient"] == {"cgc:AdvertisingNetwork"}


def test_the_view_says_nothing_in_our_own_properties() -> None:
    """They have domains: under inference a period or a process would become a statement."""
    graph = graph_of(english())
    own = {line.split(b" ")[1] for line in dpv_graphs(graph.version_iri, graph.nquads).splitlines()}
    assert {name for name in own if name.startswith(b"<" + CG.encode())} == {f"<{DIGEST}>".encode()}
    assert not any(str(name).startswith(CG) for name in exported(graph.version_iri, graph.nquads).predicates())


def test_the_same_facts_give_the_same_bytes() -> None:
    graph = graph_of(english())
    first = dpv_graphs(graph.version_iri, graph.nquads)
    shuffled = b"".join(reversed(graph.nquads.splitlines(keepends=True)))
    assert dpv_graphs(graph.version_iri, shuffled) == first
    assert b"_:" not in first
    names = {line.rpartition(b" <")[2] for line in first.splitlines()}
    assert names == {f"{graph.version_iri}{name}> .".encode() for name in (DIRECT, BROADER)}


# --- in the store


def views(store: Store) -> dict[str, int]:
    answer = store.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    assert isinstance(answer, Solutions)
    return {row["g"]: int(row["n"]) for row in answer.texts() if "/dpv" in row["g"]}


def later() -> Extraction:
    """The English policy with one statement less, from other bytes."""
    before = english()
    document = replace(before.document, sha256="f" * 64)
    return replace(before, document=document, statements=before.statements[1:])


def test_the_view_is_replaced_and_removed_with_its_version() -> None:
    first, second = stored(english()), stored(later(), "2026-02-01T00:00:00Z")
    with MemoryStore() as store:
        store.put([first])
        assert set(views(store)) == {first.version_iri + name for name in (DIRECT, BROADER)}
        store.put([second])
        assert set(views(store)) == {second.version_iri + name for name in (DIRECT, BROADER)}
        assert not any("/dpv" in row["g"] for row in _history(store))
        before = b"".join(store.export("nquads"))
        store.put([replace(second, ingested_at="2026-03-01T00:00:00Z")], force=True)
        again = b"".join(store.export("nquads"))
        assert again.replace(b"2026-03-01", b"2026-02-01") == before
        store.put([replace(second, extractor_digest="e9", derived=b"")])
        assert views(store) == {}
        store.put([replace(second, extractor_digest="e8")])
        store.remove(second.policy_iri)
        assert views(store) == {}


def _history(store: Store) -> list[dict[str, str]]:
    answer = store.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", dataset="history")
    assert isinstance(answer, Solutions)
    return answer.texts()


def test_the_store_takes_derived_quads_only_where_they_belong() -> None:
    graph = graph_of(english())
    with MemoryStore() as store, pytest.raises(StoreError, match="derived"):
        store.put([replace(graph, derived=b"<x:a> <x:b> <x:c> <x:d> .\n")])


def test_a_store_of_another_version_of_the_package_is_brought_up_to_date() -> None:
    old, stale = graph_of(czech()), stored(english())
    stale = replace(stale, derived=stale.derived.replace(mapping_digest().encode(), b"0" * 64))
    with MemoryStore() as store:
        ensure_base(store)
        store.put([old, stale])
        assert ensure_derived(store) == 2
        assert ensure_derived(store) == 0
        direct = stale.version_iri + DIRECT
        wanted = dpv_graphs(stale.version_iri, stale.nquads)
        assert views(store)[direct] == wanted.count(f" <{direct}> .\n".encode())


def test_a_stranger_finds_an_address_under_contact_data() -> None:
    """Without knowing our concepts, and without DPV in the store."""
    with MemoryStore() as store:
        ensure_base(store)
        store.put([stored(english()), stored(czech())])
        asked = "PREFIX dpv: <https://w3id.org/dpv#> PREFIX pd: <https://w3id.org/dpv/pd#> "
        asked += "ASK { ?p a dpv:PersonalDataProcess"
        assert store.query(f"{asked} ; dpv:hasPersonalData pd:Contact }}") is True
        assert store.query(f"{asked} ; dpv:hasPersonalData pd:Financial }}") is False
        assert store.query(f"{asked} ; dpv:hasProcessing dpv:Share }}") is False  # only a denial speaks of selling


# --- the export


def test_the_export_conforms_to_the_shapes_and_is_the_same_every_time() -> None:
    with MemoryStore() as store:
        ensure_base(store)
        store.put([stored(english()), stored(czech())])
        view = view_of("dpv")
        rows = sorted(store.policies(), key=lambda row: row.policy_iri)
        above = tree()
        graphs = {}
        for name in view.formats:
            rendered = view.render(store, rows, name)
            assert rendered.missing == ()
            assert view.render(store, rows, name).data == rendered.data
            quads = ox.parse(rendered.data, format=GRAPH_FORMATS[name])
            lines = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
            graphs[name] = rdflib.Graph().parse(data=lines, format="nt")
            assert not any(isinstance(node, rdflib.BNode) for triple in graphs[name] for node in triple)
        assert len({len(graph) for graph in graphs.values()}) == 1
        assert complaints(graphs["turtle"], above) == []
        assert len(set(graphs["turtle"].subjects(RDF.type, DPV.Prohibition))) == 2


def test_the_shapes_find_a_denial_that_reads_as_a_process() -> None:
    graph, rule = one(english().statements[1])
    graph.add((rule, DPV.hasPersonalData, DPV.PersonalData))
    assert complaints(graph, tree())
    graph, process = one(english().statements[0])
    graph.add((process, DPV.hasPersonalData, rdflib.URIRef(CGC + "Norway")))
    assert complaints(graph, tree())


def test_the_samples_conform_to_the_shapes() -> None:
    """The policies that come with the package, in four languages, read by the rules."""
    above = tree()
    with MemoryStore() as store:
        landed = list(ingest(store, discover([str(Path(__file__).resolve().parents[2] / "api" / "samples")]), jobs=1))
        assert all(one.state == "added" for one in landed)
        assert len(views(store)) == 2 * len(landed)
        graph = rdflib.Graph()
        for row in store.policies():
            graph.parse(data=view_of("dpv").render(store, [row], "ntriples").data, format="nt")
        assert complaints(graph, above) == []
        for kind in (DPV.PersonalDataProcess, DPV.Prohibition, DPV.ProcessingCondition, DPV.StorageDuration):
            assert (None, RDF.type, kind) in graph, kind
        derived = {str(source) for _rule, source in graph.subject_objects(PROV.wasDerivedFrom)}
        denied = {str(rule) for rule in graph.subjects(RDF.type, DPV.Prohibition)}
        assert all("-denied" in rule for rule in denied)
        assert {source for source in derived if "-denied" in source} == {one.replace("/dpv/", "/s/") for one in denied}


def test_the_queries_of_the_documentation_have_rows() -> None:
    """docs/dpv.md, over the two policies made by hand."""
    text = (Path(__file__).resolve().parents[2] / "docs" / "dpv.md").read_text(encoding="utf-8")
    queries = re.findall(r"```sparql\n(.*?)```", text, re.DOTALL)
    assert len(queries) == 4
    with MemoryStore() as store:
        ensure_base(store)
        store.put([stored(english()), stored(czech())])
        for query in queries:
            answer = store.query(query)
            assert isinstance(answer, Solutions)
            assert answer.rows, query
