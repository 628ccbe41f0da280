"""What a server says of the vocabularies that are linked: on its home page, in VoID, in its service description."""

from __future__ import annotations

import html
import re
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from clausegraph.ontology.external import read_external
from clausegraph.queries.linked import add
from clausegraph.queries.store import open_store

from .conftest import Serve, fill

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
TITLE = "http://purl.org/dc/terms/title"
GRAPH = "https://voc.example/2"
VOCABULARY = f"""<https://voc.example/v> a <http://www.w3.org/2002/07/owl#Ontology> ;
  <http://www.w3.org/2002/07/owl#versionIRI> <{GRAPH}> ; <http://www.w3.org/2002/07/owl#versionInfo> "2" ;
  <{TITLE}> "Words & <signs>" ."""


@pytest.fixture
def client(tmp_path: Path, serve: Serve) -> httpx.Client:
    place = tmp_path / "store"
    fill(place)
    with open_store(place, write=True) as store:
        add(store, read_external(VOCABULARY.encode(), name="v.ttl", source="v.ttl"), at="2026-01-01T00:00:00Z")
    return serve()


def graph_of(answer: httpx.Response) -> ox.Store:
    store = ox.Store()
    store.load(answer.content, format=ox.RdfFormat.TURTLE)
    return store


def test_vocabularies_are_named_where_a_stranger_looks(client: httpx.Client) -> None:
    home = client.get("/", headers={"accept": "text/html"}).text
    assert "Linked vocabularies" in home
    assert "Words &amp; &lt;signs&gt;" in home and GRAPH in home

    void = graph_of(client.get("/.well-known/void"))
    part = f"""ASK {{ ?data <{VOID}subset> [ <{SD}name> <{GRAPH}> ; <{TITLE}> "Words & <signs>" ; <{VOID}triples> 4 ;
      <http://purl.org/dc/terms/isVersionOf> <https://voc.example/v> ] ; <{VOID}sparqlEndpoint> ?here }}"""
    assert bool(void.query(part))
    service = graph_of(client.get("/sparql", headers={"accept": "text/turtle"}))
    named = f"""ASK {{ ?data <{SD}namedGraph> [ <{SD}name> <{GRAPH}> ; <{SD}graph> [ a <{SD}Graph> ;
      <http://www.w3.org/2002/07/owl#versionInfo> "2" ] ] }}"""
    assert bool(service.query(named))


def test_a_vocabulary_can_be_followed_to_its_triples(tmp_path: Path, serve: Serve) -> None:
    """From the home page by a link; one that names no version also at its own address."""
    place = tmp_path / "store"
    fill(place)
    text = '<https://voc.example/v#a> <https://voc.example/v#b> "seen" .'
    with open_store(place, write=True) as store:
        added = add(store, read_external(text.encode(), name="v.ttl", source="v.ttl"), at="2026-01-01T00:00:00Z")
    client, graph = serve(), added.vocabulary.graph
    home = client.get("/", headers={"accept": "text/html"}).text
    (path,) = re.findall(r'href="([^"]*/graphs[?][^"]*)"', home)
    assert "seen" in client.get(html.unescape(path)).text
    assert "w3id.org/clausegraph/id/vocabulary/" in graph
    own = graph.removeprefix("https://w3id.org/clausegraph")
    answer = client.get(own, headers={"accept": "text/turtle"}, follow_redirects=True)
    assert (answer.status_code, "seen" in answer.text) == (200, True)
    page = client.get(own, headers={"accept": "text/html"}, follow_redirects=True)
    assert "Linked vocabularies" in page.text
    assert client.get(own[:-1] + "x", headers={"accept": "text/turtle"}).status_code == 404


def test_queries_see_them_by_default_and_by_name(client: httpx.Client) -> None:
    for query in (f'ASK {{ ?s <{TITLE}> "Words & <signs>" }}', f"ASK {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}"):
        assert client.get("/sparql", params={"query": query}).json()["boolean"] is True


def test_without_any_the_home_page_says_nothing(serve: Serve) -> None:
    assert "Linked vocabularies" not in serve().get("/", headers={"accept": "text/html"}).text
