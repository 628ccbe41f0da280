"""What the IRIs of the graph lead to: pages for people, graphs for programs, nothing invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

from clausegraph.api.app import create_app
from clausegraph.api.base import FOLDER
from clausegraph.api.settings import Settings
from clausegraph.api.views.concepts import scheme_name, tree
from clausegraph.api.views.fetch import fetch_document, find_policy
from clausegraph.api.views.model import PolicyDocument
from clausegraph.api.views.ontology import read_ontology
from clausegraph.ontology.terms import CATALOGUE_GRAPH, CG, CGC, ID, SKOS
from clausegraph.ontology.vocabulary import load_vocabulary
from clausegraph.queries.dpv import dpv_graphs
from clausegraph.queries.store import MemoryStore

from .conftest import english, graph_of

HTML = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
}
ENDINGS = {"ttl": "text/turtle", "jsonld": "application/ld+json", "rdf": "application/rdf+xml"}


@pytest.fixture(scope="module")
def client(store: MemoryStore) -> Iterator[TestClient]:
    """A client of the app over the two hand-made policies."""
    with TestClient(create_app(Settings(store=":memory:"), store=store)) as made:
        yield made


@pytest.fixture(scope="module")
def document(store: MemoryStore) -> PolicyDocument:
    """The English policy."""
    return fetch_document(store, find_policy(store, "shop/privacy"))


def triples(text: str, media_type: str) -> set[tuple[str, str, str]]:
    """A graph without the case of language tags, which some writers fold."""
    parsed = ox.parse(text.encode(), format=FORMATS[media_type.partition(";")[0]])
    return {(str(quad.subject), str(quad.predicate), str(quad.object).lower()) for quad in parsed}


def subjects(text: str) -> set[str]:
    return {str(quad.subject)[1:-1] for quad in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE)}


def things(document: PolicyDocument) -> list[str]:
    """An IRI of every kind that a policy brings."""
    share, sell, _ = document.statements
    policy = document.policy
    assert policy.controller is not None
    return [
        policy.iri,
        policy.version,
        f"{policy.version}/extraction",
        document.clauses[1].iri,
        share.iri,
        share.mentions[0].iri,
        sell.conditions[0].iri,
        policy.controller.iri,
        CATALOGUE_GRAPH,
    ]


def test_every_iri_leads_people_to_a_page_and_programs_to_data(client: TestClient, document: PolicyDocument) -> None:
    for iri in things(document):
        path = f"/id/{iri.removeprefix(ID)}"
        answer = client.get(path, headers=HTML, follow_redirects=False)
        assert answer.status_code == 303, iri
        assert answer.headers["vary"] == "Accept"
        page = client.get(answer.headers["location"], headers=HTML)
        assert page.status_code == 200, iri
        assert page.headers["content-type"].startswith("text/html")
        for ending, media_type in ENDINGS.items():
            answer = client.get(path, headers={"accept": media_type}, follow_redirects=False)
            assert (answer.status_code, answer.headers["location"]) == (303, f"/data/{iri.removeprefix(ID)}.{ending}")
            data = client.get(answer.headers["location"])
            assert data.headers["content-type"].partition(";")[0] == media_type
            assert (
                any(iri in (s[1:-1], o[1:-1]) for s, _, o in triples(data.text, media_type)) or iri == CATALOGUE_GRAPH
            )


def test_all_forms_hold_the_same_graph(client: TestClient, document: PolicyDocument) -> None:
    for path in (
        f"/data/{document.statements[1].iri.removeprefix(ID)}",
        "/concepts/Collect",
        "/concepts/DataCategories",
    ):
        forms = [triples(client.get(f"{path}.{ending}").text, kind) for ending, kind in ENDINGS.items()]
        assert forms[0] == forms[1] == forms[2]
        assert forms[0]


def test_who_asks_for_nothing_in_particular_gets_turtle(client: TestClient, document: PolicyDocument) -> None:
    path = f"/id/{document.policy.iri.removeprefix(ID)}"
    for accept in ("*/*", "", "text/turtle;q=0.9,text/html;q=0.1"):
        answer = client.get(path, headers={"accept": accept}, follow_redirects=False)
        assert answer.headers["location"].endswith(".ttl")
    answer = client.get(path, params={"format": "html", "lang": "cs"}, follow_redirects=False)
    assert answer.headers["location"] == f"/page/{document.policy.iri.removeprefix(ID)}?lang=cs"
    assert client.get(path, headers={"accept": "image/png"}).status_code == 406
    assert client.get(path, params={"format": "pdf"}).status_code == 406
    assert client.head(path, headers=HTML).status_code == 200


def test_a_version_is_given_with_everything_extracted_from_it(client: TestClient, document: PolicyDocument) -> None:
    version = document.policy.version
    text = client.get(f"/data/{version.removeprefix(ID)}.ttl").text
    found = subjects(text)
    assert {one.iri for one in document.statements} | {one.iri for one in document.clauses} < found
    assert "ingestedAt" in text
    assert document.policy.iri in found


def test_a_denied_statement_keeps_its_twins_and_its_exception(client: TestClient, document: PolicyDocument) -> None:
    sell = document.statements[1]
    text = client.get(f"/data/{sell.iri.removeprefix(ID)}.ttl").text
    assert "cg:deniedPractice cg:Sell" in text
    assert "cg:practice" not in text
    assert sell.conditions[0].iri in subjects(text)
    assert {one.iri for one in sell.evidence()} <= subjects(text)
    assert '"^^xsd:nonNegativeInteger' in text
    assert document.statements[0].iri not in text


def test_data_is_kept_until_it_changes(client: TestClient, document: PolicyDocument) -> None:
    path = f"/data/{document.policy.version.removeprefix(ID)}.ttl"
    tag = client.get(path).headers["etag"]
    assert tag.startswith('W/"')
    assert client.get(path, headers={"if-none-match": f'"x", {tag}'}).status_code == 304
    assert client.get(path, headers={"if-none-match": '"x"'}).status_code == 200
    assert client.get(path).headers["access-control-allow-origin"] == "*"


def test_a_superseded_version_is_answered_from_the_history() -> None:
    old, new = english(), english()
    text = new.document.text.replace("30 days", "60 days")
    new = replace(new, document=replace(new.document, text=text, sha256="ab" * 32))
    with MemoryStore() as store:
        store.put([graph_of(old)])
        share = fetch_document(store, find_policy(store, "shop/privacy")).statements[0]
        store.put([graph_of(new)])
        with TestClient(create_app(Settings(store=":memory:"), store=store)) as client:
            for iri in (share.version, share.iri):
                assert "A superseded version" in client.get(f"/id/{iri.removeprefix(ID)}", headers=HTML).text
                data = client.get(f"/id/{iri.removeprefix(ID)}", headers={"accept": "text/turtle"}).text
                assert share.iri in subjects(data)
                assert "ab" * 32 not in data
            policy = client.get(f"/data/{share.policy.removeprefix(ID)}.ttl").text
            assert "ababababababab" in policy


@pytest.mark.parametrize(
    "path",
    [
        "/id/policy/none",
        "/id/policy/cs/version/0123456789abcdef",
        "/id/policy/cs/version/0123456789abcdef/c/1",
        "/id/policy/cs%3E%20",
        "/id/policy/cs/party/0123456789abcdef",
        "/id/extractor/none",
        "/id/",
        "/data/policy/cs",
        "/data/policy/none.ttl",
        "/page/policy/none",
        "/ontology.pdf",
        "/concepts.pdf",
        "/concepts/Nothing",
        "/concepts/Nothing.ttl",
    ],
)
def test_what_is_not_there_is_404_at_once(client: TestClient, path: str) -> None:
    answer = client.get(path, follow_redirects=False)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_ontology_is_documented_term_by_term(client: TestClient) -> None:
    files = ("clausegraph.ttl", "defined.ttl")
    graph = [q for name in files for q in ox.parse(path=FOLDER / name, format=ox.RdfFormat.TURTLE)]
    defined = {q.subject.value.removeprefix(CG) for q in graph if str(q.subject).startswith(f"<{CG}")}
    _, sections = read_ontology()
    told = [term for section in sections for term in section.terms]
    assert sorted(term.name for term in told) == sorted(defined)
    assert all(term.label and term.definition for term in told)
    by_name = {term.name: term for term in told}
    assert by_name["recipient"].twin == "deniedRecipient"
    relations = {one.name: [value.name for value in one.values] for one in by_name["FacetBearer"].relations}
    assert relations["is the same as"] == ["cg:AffirmedStatement or cg:Condition"]
    sale = {one.name: [value.name for value in one.values] for one in by_name["UnconditionalSale"].relations}
    assert "cg:practice with some cg:Sell or what is below cg:Sell" in sale["is the same as"][0]
    page = client.get("/ontology", headers=HTML).text
    assert all(f'id="{name}"' in page for name in defined)
    assert "(an expression" not in page


def test_the_ontology_comes_as_it_is_written_and_in_other_forms(client: TestClient) -> None:
    files = ("clausegraph.ttl", "defined.ttl")
    written = "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in files)
    assert client.get("/ontology.ttl").text == written
    count = len(triples(written, "text/turtle"))
    for ending, media_type in ENDINGS.items():
        by_type = client.get("/ontology", headers={"accept": media_type})
        assert by_type.text == client.get(f"/ontology.{ending}").text
        assert len(triples(by_type.text, media_type)) == count
    assert client.get("/concepts.nt").text.count("skos/core#Concept> .") == len(load_vocabulary().concepts)


def test_each_concept_has_its_anchor_once_and_its_page(client: TestClient) -> None:
    vocabulary = load_vocabulary()
    page = client.get("/concepts", headers=HTML).text
    for id in vocabulary.concepts:
        assert page.count(f' id="{id}"') == 1, id
    for scheme in vocabulary.schemes.values():
        assert {node.concept.id for node in tree(scheme, "cs")} == {one.id for one in vocabulary.in_scheme(scheme.id)}
        assert client.get(f"/concepts/{scheme_name(scheme)}", headers=HTML).status_code == 200
    redirect = client.get("/concepts/data-categories.ttl", follow_redirects=False)
    assert (redirect.status_code, redirect.headers["location"]) == (303, "/concepts/DataCategories.ttl")


def test_a_concept_page_says_what_it_means_and_who_speaks_of_it(client: TestClient) -> None:
    page = client.get("/concepts/EmailAddress", headers=HTML, params={"lang": "cs"}).text
    for words in ("電子郵件", "pd:EmailAddress", "Printer Inc.", 'href="/concepts/Contact"', "Neprodáváme"):
        assert words in page, words
    assert page.index("Printer Inc.") < page.index("Statements that deny it") < page.index("Neprodáváme")
    # who never sells personal data never sells e-mail addresses
    assert page.index("Statements that deny it") < page.index("We never sell")
    practice = client.get("/concepts/Share", headers=HTML).text
    assert "Printer Inc." in practice
    assert "None in this store" in practice


def test_concept_data_says_what_stands_around_it(client: TestClient) -> None:
    found = triples(client.get("/concepts/Collect.ttl").text, "text/turtle")
    assert (f"<{CG}Collect>", f"<{SKOS}inScheme>", f"<{CGC}Practices>".lower()) in found
    assert (f"<{CGC}Record>", f"<{SKOS}broader>", f"<{CG}Collect>".lower()) in found


def test_what_stands_in_dpv_terms_can_be_looked_up() -> None:
    """People are led to the policy, programs to the triples; so with the graphs of the view themselves."""
    graph = graph_of(english())
    with MemoryStore() as store:
        store.put([replace(graph, derived=dpv_graphs(graph.version_iri, graph.nquads))])
        process = next(
            line.split(b" ")[2][1:-1].decode()
            for line in dpv_graphs(graph.version_iri, graph.nquads).splitlines()
            if b"#hasProcess> " in line
        )
        with TestClient(create_app(Settings(store=":memory:"), store=store)) as own:
            for name in (process, f"{graph.version_iri}/dpv", f"{graph.version_iri}/dpv/notice"):
                path = "/id/" + name.removeprefix(ID)
                told = own.get(path, headers={"accept": "text/turtle"})
                assert told.status_code == 200
                assert name in subjects(told.text)
                assert own.get(path, headers=HTML).status_code == 200
            assert own.get("/id/" + process.removeprefix(ID) + "x").status_code == 404
