"""SPARQL over HTTP: the protocol for queries, the forms of an answer, errors by the book."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

from clausegraph.api.app import create_app
from clausegraph.api.negotiation import choose, quality
from clausegraph.api.settings import Settings
from clausegraph.queries.store import MemoryStore, open_store

from .conftest import english, graph_of

SELECT = "PREFIX cg: <https://w3id.org/clausegraph/ontology#> SELECT ?s ?q { ?s cg:practice cg:Share ; cg:quote ?q }"
ASK = "ASK { ?s ?p ?o }"
CONSTRUCT = "PREFIX cg: <https://w3id.org/clausegraph/ontology#> CONSTRUCT { ?s cg:quote ?q } WHERE { ?s cg:quote ?q }"


@pytest.fixture(scope="module")
def client(store: MemoryStore) -> Iterator[TestClient]:
    """A client of the app over the two hand-made policies."""
    with TestClient(create_app(Settings(store=":memory:"), store=store)) as made:
        yield made


def test_the_three_ways_to_ask(client: TestClient) -> None:
    answers = [
        client.get("/sparql", params={"query": SELECT}),
        client.post("/sparql", data={"query": SELECT}),
        client.post("/sparql", content=SELECT, headers={"content-type": "application/sparql-query"}),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/sparql-results+json"
        (row,) = answer.json()["results"]["bindings"]
        assert "newsletter" in row["q"]["value"]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("application/json", "application/sparql-results+json"),
        ("text/*;q=0.9, application/*;q=0.1", "text/csv; charset=utf-8"),
        ("text/html", "text/html; charset=utf-8"),
    ],
)
def test_tables_come_as_accept_wants(client: TestClient, accept: str, expected: str) -> None:
    for query in (SELECT, ASK):
        answer = client.get("/sparql", params={"query": query}, headers={"accept": accept})
        assert (answer.status_code, answer.headers["content-type"]) == (200, expected)
        assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("turtle", "text/turtle"),
        ("ntriples", "application/n-triples"),
        ("rdfxml", "application/rdf+xml"),
        ("jsonld", "application/ld+json"),
        ("nquads", "application/n-quads"),
        ("trig", "application/trig"),
    ],
)
def test_graphs_come_as_accept_or_format_want(client: TestClient, name: str, media_type: str) -> None:
    by_accept = client.get("/sparql", params={"query": CONSTRUCT}, headers={"accept": media_type})
    by_name = client.get("/sparql", params={"query": CONSTRUCT, "format": name}, headers={"accept": "text/csv"})
    by_type = client.get("/sparql", params={"query": CONSTRUCT, "format": media_type})
    for answer in (by_accept, by_name, by_type):
        assert answer.headers["content-type"].partition(";")[0] == media_type
        assert len(list(ox.parse(answer.content, format=ox.RdfFormat.from_media_type(media_type)))) == 4


def test_browsers_see_a_table_with_links_or_a_graph(client: TestClient) -> None:
    page = client.get("/sparql", params={"query": SELECT}, headers={"accept": "text/html"}).text
    assert 'href="/id/policy/shop%2Fprivacy/version/' in page
    assert "cg:quote" in client.get("/sparql", params={"query": CONSTRUCT, "format": "html"}).text
    assert "SELECT ?title" in client.get("/sparql", headers={"accept": "text/html"}).text
    wrong = client.get("/sparql", params={"query": "SELEC", "format": "html"}, headers={"accept": "text/html"})
    assert wrong.status_code == 400
    assert "<textarea" in wrong.text


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"method": "GET", "params": {"query": "SELEC"}}, 400),
        ({"method": "GET", "params": {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}}, 400),
        ({"method": "POST", "data": {"format": "json"}}, 400),
        ({"method": "GET", "params": [("query", ASK), ("query", ASK)]}, 400),
        ({"method": "GET", "params": {"query": ASK, "format": "turtle"}}, 406),
        ({"method": "GET", "params": {"query": ASK}, "headers": {"accept": "image/png"}}, 406),
        ({"method": "POST", "content": ASK, "headers": {"content-type": "text/plain"}}, 415),
        ({"method": "POST", "content": b"\xff", "headers": {"content-type": "application/sparql-query"}}, 400),
        ({"method": "POST", "content": "x" * 1_000_001, "headers": {"content-type": "application/sparql-query"}}, 413),
        ({"method": "POST", "data": {"update": "CLEAR ALL"}}, 403),
        ({"method": "PUT", "content": ASK}, 405),
    ],
)
def test_what_is_wrong_is_said_by_the_book(client: TestClient, request_: dict[str, object], status: int) -> None:
    answer = client.request(**{"url": "/sparql", **request_})  # type: ignore[arg-type]
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["detail"]


def test_the_parameters_choose_the_dataset(client: TestClient) -> None:
    everywhere = client.get("/sparql", params={"query": "SELECT ?s { ?s ?p ?o }", "format": "json"}).json()
    nowhere = {"query": "SELECT ?s { ?s ?p ?o }", "default-graph-uri": "https://example.org/none", "format": "json"}
    assert everywhere["results"]["bindings"]
    assert client.get("/sparql", params=nowhere).json()["results"]["bindings"] == []


def test_a_store_on_disk_is_asked_in_worker_processes_and_seen_as_it_grows(tmp_path: Path) -> None:
    place = tmp_path / "store"
    settings = Settings(store=str(place), query_seconds=5, query_workers=1)
    with TestClient(create_app(settings)) as client:
        assert client.get("/sparql", params={"query": ASK}).status_code == 503
        with open_store(place, write=True) as writer:
            writer.put([graph_of(english())])
        assert client.get("/sparql", params={"query": SELECT}).json()["results"]["bindings"]


def test_a_runaway_query_is_stopped(tmp_path: Path) -> None:
    with open_store(tmp_path, write=True) as writer:
        writer.put([graph_of(english())])
    settings = Settings(store=str(tmp_path), query_seconds=0.5, query_workers=1)
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
    with TestClient(create_app(settings)) as client:
        answer = client.get("/sparql", params={"query": endless})
        assert answer.status_code == 503
        assert "0.5 seconds" in answer.json()["detail"]
        assert client.get("/sparql", params={"query": ASK}).json()["boolean"] is True


def test_a_result_that_is_too_large_is_refused_whole(store: MemoryStore) -> None:
    with TestClient(create_app(Settings(store=":memory:", query_megabytes=0.001), store=store)) as client:
        answer = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"})
        assert answer.status_code == 413
        assert json.loads(answer.text)["mend"]


def test_quality_follows_the_most_specific_range() -> None:
    assert quality("text/*;q=0.3, text/csv;q=0.7, */*;q=0.1", "text/csv") == 0.7
    assert quality("text/*;q=0.3, */*;q=0.1", "text/csv") == 0.3
    assert quality("text/csv;q=0, */*", "text/csv") == 0
    assert quality("", "text/csv") == 1
    assert choose("a/b;q=0.5, c/d;q=0.5", [("x", "c/d"), ("y", "a/b")]) == "x"
    assert choose("a/b;q=0", [("y", "a/b")]) is None
