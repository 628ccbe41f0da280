"""How results travel: negotiation, ETags, downloads, other hosts' pages, descriptions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from clausegraph.ontology.terms import CONCEPTS_GRAPH, PREFIXES
from clausegraph.queries.store import open_store

from ..api.conftest import ENGLISH, english, graph_of
from .conftest import Serve

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
CG = "https://w3id.org/clausegraph/ontology#"
SELECT = f"SELECT ?s ?q {{ ?s <{CG}quote> ?q }}"
CONSTRUCT = f"CONSTRUCT WHERE {{ ?s <{CG}quote> ?q }}"


def triples(answer: httpx.Response) -> list[ox.Triple]:
    """The graph in an answer, whatever its form."""
    form = ox.RdfFormat.from_media_type(answer.headers["content-type"].partition(";")[0])
    assert form is not None
    return [quad.triple for quad in ox.parse(answer.content, format=form)]


def text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def objects(graph: list[ox.Triple], predicate: str) -> set[str]:
    return {text(each.object) for each in graph if each.predicate.value == predicate}


@pytest.mark.parametrize(
    ("given", "media_type", "suffix"),
    [
        ("json", "application/sparql-results+json", "json"),
        ("application/sparql-results+xml", "application/sparql-results+xml", "xml"),
        ("srx", "application/sparql-results+xml", "xml"),
        ("csv", "text/csv; charset=utf-8", "csv"),
        ("TSV", "text/tab-separated-values; charset=utf-8", "tsv"),
    ],
)
def test_a_named_form_is_a_download(reading: httpx.Client, given: str, media_type: str, suffix: str) -> None:
    answer = reading.get("/sparql", params={"query": SELECT, "format": given}, headers={"accept": "image/png"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
    assert answer.headers["content-disposition"] == f'attachment; filename="results.{suffix}"'
    assert "content-disposition" not in reading.get("/sparql", params={"query": SELECT}).headers


@pytest.mark.parametrize(
    ("given", "media_type", "suffix"),
    [
        ("ttl", "text/turtle; charset=utf-8", "ttl"),
        ("xml", "application/rdf+xml", "rdf"),  # what SPARQLWrapper says of any result
        ("json-ld", "application/ld+json", "jsonld"),
        ("nquads", "application/n-quads", "nq"),
        ("trig", "application/trig", "trig"),
    ],
)
def test_graphs_come_in_every_form(reading: httpx.Client, given: str, media_type: str, suffix: str) -> None:
    answer = reading.get("/sparql", params={"query": CONSTRUCT, "format": given})
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
    assert answer.headers["content-disposition"] == f'attachment; filename="results.{suffix}"'
    assert len(triples(answer)) == 4


def test_a_result_is_not_sent_twice(serve: Serve, tmp_path: Path) -> None:
    client = serve()
    first = client.get("/sparql", params={"query": SELECT})
    tag = first.headers["etag"]
    assert tag.startswith('W/"')
    assert first.headers["cache-control"] == "no-cache"
    again = client.get("/sparql", params={"query": SELECT}, headers={"if-none-match": f'"x", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert "Accept" in again.headers["vary"]
    other_form = {"if-none-match": tag, "accept": "text/csv"}
    assert client.get("/sparql", params={"query": SELECT}, headers=other_form).status_code == 200
    assert client.get("/sparql", params={"query": SELECT + " "}, headers={"if-none-match": tag}).status_code == 200
    assert client.get("/history/sparql", params={"query": SELECT}, headers={"if-none-match": tag}).status_code == 200
    with open_store(tmp_path / "store", write=True) as store:
        assert store.remove(graph_of(english()).policy_iri)
    changed = client.get("/sparql", params={"query": SELECT}, headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert len(changed.json()["results"]["bindings"]) < len(first.json()["results"]["bindings"])


def test_what_differs_each_time_is_compared_by_its_result(reading: httpx.Client) -> None:
    for query in ("SELECT (RAND() AS ?x) {}", "SELECT (struuid() AS ?x) {}"):
        first = reading.get("/sparql", params={"query": query})
        again = reading.get("/sparql", params={"query": query}, headers={"if-none-match": first.headers["etag"]})
        assert again.status_code == 200
        assert again.content != first.content
    known = "SELECT (UCASE('known') AS ?x) {}"  # the letters of NOW
    first = reading.get("/sparql", params={"query": known})
    again = reading.get("/sparql", params={"query": known}, headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304


def test_head_says_what_get_would(reading: httpx.Client) -> None:
    for path, parameters in (
        ("/sparql", {"query": SELECT}),
        ("/sparql", {}),
        ("/graphs", {"graph": CONCEPTS_GRAPH}),
        ("/.well-known/void", {}),
    ):
        got, head = reading.get(path, params=parameters), reading.head(path, params=parameters)
        assert (head.status_code, head.content) == (200, b"")
        assert {name: head.headers[name] for name in ("content-type", "content-length", "etag")} == {
            name: got.headers[name] for name in ("content-type", "content-length", "etag")
        }


@pytest.mark.parametrize("path", ["/sparql", "/history/sparql", "/graphs", "/graphs/a/b", "/.well-known/void"])
def test_pages_of_other_hosts_may_ask(reading: httpx.Client, path: str) -> None:
    origin = {"origin": "https://elsewhere.example"}
    ask = origin | {"access-control-request-method": "POST", "access-control-request-headers": "content-type"}
    preflight = reading.options(path, headers=ask)
    assert (preflight.status_code, preflight.content) == (204, b"")
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert "content-type" in preflight.headers["access-control-allow-headers"].lower()
    assert "GET" in preflight.headers["access-control-allow-methods"]
    for answer in (reading.get(path, params={"query": "SELEC"}, headers=origin), reading.patch(path, headers=origin)):
        assert answer.headers["access-control-allow-origin"] == "*", "errors as well"
        assert "ETag" in answer.headers["access-control-expose-headers"]
        assert "Accept" in answer.headers["vary"]
    assert answer.status_code == 405
    assert answer.headers["allow"] == preflight.headers["allow"]
    assert "access-control-allow-origin" not in reading.get("/healthz", headers=origin).headers


def test_browsers_and_programs_get_what_they_want_most(reading: httpx.Client) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert "<textarea" in reading.get("/sparql", headers={"accept": browser}).text
    for accept in ("*/*", "text/turtle", "text/turtle, text/html;q=0.5", "application/rdf+xml;q=0.1, text/turtle"):
        assert reading.get("/sparql", headers={"accept": accept}).headers["content-type"].startswith("text/turtle")
    wrong = {"query": "SELEC"}
    assert "<textarea" in reading.get("/sparql", params=wrong, headers={"accept": browser}).text
    for accept in ("*/*", "text/turtle", "application/sparql-results+json, text/html;q=0.5"):
        answer = reading.get("/sparql", params=wrong, headers={"accept": accept})
        assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "application/ld+json"])
def test_the_service_describes_itself(reading: httpx.Client, accept: str) -> None:
    answer = reading.get("/sparql", headers={"accept": accept})
    assert answer.headers["content-type"].startswith(accept)
    graph = triples(answer)
    assert objects(graph, SD + "endpoint") == {f"{reading.base_url}/sparql"}
    assert objects(graph, SD + "supportedLanguage") == {SD + "SPARQL11Query"}
    assert SD + "UnionDefaultGraph" in objects(graph, SD + "feature")
    assert len(objects(graph, SD + "resultFormat")) == 10
    assert {graph_of(english()).version_iri, CONCEPTS_GRAPH} <= objects(graph, SD + "name")
    assert objects(graph, "http://www.w3.org/ns/shacl#prefix") == set(PREFIXES)
    assert objects(graph, "http://www.w3.org/ns/shacl#namespace") == set(PREFIXES.values())
    again = reading.get("/sparql", headers={"accept": accept, "if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    past = triples(reading.get("/history/sparql", headers={"accept": accept}))
    assert objects(past, SD + "endpoint") == {f"{reading.base_url}/history/sparql"}
    assert objects(past, SD + "name") == set()


def test_the_data_are_described(reading: httpx.Client) -> None:
    graph = triples(reading.get("/.well-known/void"))
    assert objects(graph, VOID + "sparqlEndpoint") == {
        f"{reading.base_url}/sparql",
        f"{reading.base_url}/history/sparql",
    }
    counted = reading.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"}).json()
    assert objects(graph, VOID + "triples") == {counted["results"]["bindings"][0]["n"]["value"]}
    kinds = {each.subject: text(each.object) for each in graph if each.predicate.value == VOID + "class"}
    sizes = {kinds[each.subject]: text(each.object) for each in graph if each.predicate.value == VOID + "entities"}
    assert sizes == {CG + "Policy": "2", CG + "Statement": "4", CG + "Clause": "6"}
    assert reading.get("/.well-known/void", headers={"accept": "image/png"}).status_code == 406
    assert reading.get("/.well-known/void", params={"format": "jsonld"}).json()
    page = reading.get("/.well-known/void", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert f"{reading.base_url}/history/sparql" in page.text and f"{VOID}sparqlEndpoint" in page.text
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert reading.get("/.well-known/void", headers={"accept": browser}).text == page.text


def test_a_server_without_a_store_still_describes_itself(serve: Serve, tmp_path: Path) -> None:
    client = serve(store=str(tmp_path / "none"))
    assert SD + "SPARQL11Query" in client.get("/sparql").text
    assert VOID + "sparqlEndpoint" in client.get("/.well-known/void", params={"format": "ntriples"}).text
    answer = client.get("/sparql", params={"query": "ASK {}"})
    assert (answer.status_code, bool(answer.json()["mend"])) == (503, True)


def test_superseded_versions_are_asked_at_an_address_of_their_own(tmp_path: Path, serve: Serve) -> None:
    client = serve()
    asked = f"ASK {{ ?version <{CG}text> ?text FILTER(STRSTARTS(?text, '1. Data <we>')) }}"
    assert client.get("/history/sparql", params={"query": asked}).json()["boolean"] is False
    old = graph_of(english())
    version = old.version_iri[:-16] + "0" * 16
    nquads = old.nquads.replace(old.version_iri.encode(), version.encode()).replace(b"1. Data", b"2. Data")
    new = replace(old, version_iri=version, sha256="0" * 64, nquads=nquads)
    assert "1. Data <we>" in ENGLISH
    with open_store(tmp_path / "store", write=True) as store:
        assert store.put([new]) == ["replaced"]
    assert client.get("/history/sparql", params={"query": asked}).json()["boolean"] is True
    assert client.get("/sparql", params={"query": asked}).json()["boolean"] is False
    update = client.post("/history/sparql", data={"update": "CLEAR ALL"})
    assert update.status_code == 403


def test_a_host_that_is_none_breaks_nothing(reading: httpx.Client) -> None:
    for path, parameters in (("/sparql", {"query": "ASK {}"}), ("/sparql", {}), ("/.well-known/void", {})):
        for host in ('a"b<c>', "a b", "a|b", "a{b}", "[::1", "ž.example"):
            answer = reading.get(path, params=parameters, headers=[(b"host", host.encode())])
            assert answer.status_code in (200, 400), host
            assert host not in answer.text


def test_the_form_over_superseded_versions_asks_them(reading: httpx.Client) -> None:
    page = reading.get("/history/sparql", headers={"accept": "text/html"}).text
    assert 'action="/history/sparql"' in page
    assert 'action="/sparql"' in reading.get("/sparql", headers={"accept": "text/html"}).text


def test_the_openapi_names_the_operations(reading: httpx.Client) -> None:
    paths = reading.get("/openapi.json").json()["paths"]
    assert {"get", "post"} <= set(paths["/sparql"])
    assert {"get", "put", "post", "delete"} <= set(paths["/graphs"])
    names = {each["name"] for each in paths["/sparql"]["get"]["parameters"]}
    assert names == {"query", "default-graph-uri", "named-graph-uri", "format"}
