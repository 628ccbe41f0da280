"""Nothing that a client sends makes the server knock anywhere: a listening server on the loopback sees no one."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest

from ..queries.test_guard import HOSTILE, HOSTILE_UPDATES, Trap
from .conftest import BEARER, TOKEN, Serve

SPARQL_QUERY = {"Content-Type": "application/sparql-query"}
SPARQL_UPDATE = {"Content-Type": "application/sparql-update", **BEARER}


@pytest.fixture(scope="module")
def trap() -> Iterator[Trap]:
    server = Trap()
    yield server
    server.close()


def test_the_trap_counts(trap: Trap) -> None:
    before = trap.hits
    with pytest.raises(httpx.HTTPError):
        httpx.get(trap.url, trust_env=False)
    assert trap.hits == before + 1


@pytest.mark.parametrize("path", ["/sparql", "/history/sparql"])
def test_no_query_reaches_out(reading: httpx.Client, trap: Trap, path: str) -> None:
    before = trap.hits
    for hostile in HOSTILE:
        query = hostile.replace("<URL>", f"<{trap.url}>")
        answers = [
            reading.get(path, params={"query": query}),
            reading.post(path, data={"query": query}),
            reading.post(path, content=query, headers=SPARQL_QUERY),
            reading.get(path, params={"query": query, "format": "html"}),
        ]
        assert {answer.status_code for answer in answers} == {400}, query
    assert trap.hits == before


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_from_fetches_nothing(reading: httpx.Client, trap: Trap, scheme: str) -> None:
    url = trap.url if scheme == "http" else "file:///etc/hostname"
    before = trap.hits
    for query, parameters in (
        (f"SELECT * FROM <{url}> {{ ?s ?p ?o }}", {}),
        (f"SELECT*FROM<{url}>{{?s ?p ?o}}", {}),
        (f"SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}", {}),
        (f"SELECT * {{ GRAPH <{url}> {{ ?s ?p ?o }} }}", {}),
        ("SELECT * { ?s ?p ?o }", {"default-graph-uri": url}),
        ("SELECT * { GRAPH ?g { ?s ?p ?o } }", {"named-graph-uri": url}),
    ):
        answer = reading.get("/sparql", params={"query": query, "format": "json", **parameters})
        assert (answer.status_code, answer.json()["results"]["bindings"]) == (200, []), query
    describe = reading.get("/sparql", params={"query": f"DESCRIBE <{url}>", "format": "ntriples"})
    assert (describe.status_code, describe.content) == (200, b"")
    assert reading.get("/graphs", params={"graph": url}).status_code == 404
    assert trap.hits == before


def test_no_update_reaches_out_not_even_with_the_token(writing: httpx.Client, trap: Trap) -> None:
    before = trap.hits
    for hostile in HOSTILE_UPDATES:
        update = hostile.replace("<U>", f"<{trap.url}>")
        for parameters in ({}, {"using-graph-uri": trap.url}):
            answer = writing.post("/sparql", params=parameters, content=update, headers=SPARQL_UPDATE)
            assert answer.status_code == 400, update
    using = {"using-graph-uri": trap.url, "using-named-graph-uri": trap.url}
    copy = "INSERT { GRAPH <x:g> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    assert writing.post("/sparql", params=using, content=copy, headers=SPARQL_UPDATE).status_code == 204
    assert trap.hits == before


def test_no_graph_that_is_sent_fetches_what_it_names(writing: httpx.Client, trap: Trap) -> None:
    before = trap.hits
    context = json.dumps({"@context": trap.url, "@id": "x:a", "http://x/b": "c"})
    entity = (
        f'<!DOCTYPE r SYSTEM "{trap.url}" [<!ENTITY e SYSTEM "{trap.url}">]>'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="x:a"><rdf:value>&e;</rdf:value></rdf:Description></rdf:RDF>'
    )
    imports = f"<x:o> <http://www.w3.org/2002/07/owl#imports> <{trap.url}> ."
    for body, kind, status in (
        (context, "application/ld+json", 400),
        (entity, "application/rdf+xml", 400),
        (imports, "text/turtle", 201),
    ):
        headers = {"Content-Type": kind, **BEARER}
        answer = writing.put("/graphs", params={"graph": f"x:{kind}"}, content=body, headers=headers)
        assert answer.status_code == status, answer.text
    assert writing.get("/graphs", params={"graph": trap.url}).status_code == 404
    assert trap.hits == before


def test_entities_that_grow_without_end_hurt_nobody(serve: Serve) -> None:
    client = serve(write_token=TOKEN, query_seconds=3, query_memory=400)
    entities = '<!ENTITY a0 "aaaaaaaaaa">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = (
        f"<!DOCTYPE r [{entities}]>"
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="x:a"><rdf:value>&a11;</rdf:value></rdf:Description></rdf:RDF>'
    )
    headers = {"Content-Type": "application/rdf+xml", **BEARER}
    answer = client.put("/graphs", params={"graph": "x:bomb"}, content=bomb, headers=headers)
    assert answer.status_code == 400 and "entit" in answer.json()["detail"]
    assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True
    small = client.put(
        "/graphs",
        params={"graph": "x:small"},
        content="<x:a> <x:b> 1 .",
        headers={**headers, "Content-Type": "text/turtle"},
    )
    assert small.status_code == 201
