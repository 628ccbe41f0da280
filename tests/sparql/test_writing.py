"""Updates and Graph Store writes: off by default, behind a token, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from clausegraph.queries.store import open_store

from .conftest import BEARER, TOKEN, Serve

SPARQL_UPDATE = {"Content-Type": "application/sparql-update"}
TURTLE = {"Content-Type": "text/turtle"}
WRITES: list[dict[str, object]] = [
    {"method": "POST", "url": "/sparql", "data": {"update": "CLEAR ALL"}},
    {"method": "POST", "url": "/sparql", "content": "CLEAR ALL", "headers": SPARQL_UPDATE},
    {"method": "POST", "url": "/sparql?update=CLEAR%20ALL", "data": {}},
    {"method": "PUT", "url": "/graphs?graph=x:g", "content": "<x:a> <x:b> 1 .", "headers": TURTLE},
    {"method": "POST", "url": "/graphs?graph=x:g", "content": "<x:a> <x:b> 1 .", "headers": TURTLE},
    {"method": "POST", "url": "/graphs", "content": "<x:a> <x:b> 1 .", "headers": TURTLE},
    {"method": "PUT", "url": "/graphs/mine", "content": "<x:a> <x:b> 1 .", "headers": TURTLE},
    {"method": "DELETE", "url": "/graphs?default"},
]


def send(client: httpx.Client, request: dict[str, object], headers: dict[str, str]) -> httpx.Response:
    given = request.get("headers", {})
    assert isinstance(given, dict)
    return client.request(**{**request, "headers": {**given, **headers}})  # type: ignore[arg-type]


def ask(client: httpx.Client, query: str) -> bool:
    return bool(client.get("/sparql", params={"query": query}).json()["boolean"])


@pytest.mark.parametrize("write", WRITES)
def test_writing_is_off_by_default(reading: httpx.Client, write: dict[str, object]) -> None:
    if write["url"] == "/sparql?update=CLEAR%20ALL":
        write = {**write, "headers": {"Content-Type": "application/x-www-form-urlencoded"}}
    for headers in ({}, BEARER, {"Authorization": "Bearer"}, {"Authorization": "Bearer None"}):
        answer = send(reading, write, headers)
        assert answer.status_code == 403
        assert "CLAUSEGRAPH_WRITE_TOKEN" in answer.json()["mend"]
    assert ask(reading, "ASK { ?s <https://w3id.org/clausegraph/ontology#quote> ?q }")


@pytest.mark.parametrize("write", WRITES)
def test_writing_needs_the_token(writing: httpx.Client, write: dict[str, object]) -> None:
    if write["url"] == "/sparql?update=CLEAR%20ALL":
        write = {**write, "headers": {"Content-Type": "application/x-www-form-urlencoded"}}
    wrong = [{}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}"}, {"Authorization": TOKEN}]
    wrong += [{"Authorization": f"Bearer {TOKEN}x"}, {"Authorization": f"Bearer {TOKEN[:-1]}"}]
    for headers in wrong:
        answer = send(writing, write, headers)
        assert answer.status_code == 401, headers
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert TOKEN not in answer.text
    assert send(writing, write, BEARER).status_code in (201, 204, 404)


def test_an_update_is_seen_by_the_next_query(writing: httpx.Client) -> None:
    insert = "INSERT DATA { GRAPH <x:seen> { <x:a> <x:says> 'a service of ours, LOAD and all' } }"
    assert writing.post("/sparql", data={"update": insert}, headers=BEARER).status_code == 204
    assert ask(writing, "ASK { <x:a> <x:says> ?what FILTER(CONTAINS(?what, 'SERVICE') || CONTAINS(?what, 'service')) }")
    assert writing.post("/sparql", data={"update": "DROP GRAPH <x:seen>"}, headers=BEARER).status_code == 204
    assert not ask(writing, "ASK { <x:a> <x:says> ?what }")


def test_an_update_lands_whole_or_not_at_all(writing: httpx.Client) -> None:
    for update in (
        "INSERT DATA { GRAPH <x:half> { <x:a> <x:b> 1 } } ; DROP GRAPH <x:there-is-none>",
        "INSERT DATA { GRAPH <x:half> { <x:a> <x:b> 1 } } ; LOAD <file:///etc/hostname>",
        "INSERT DATA { GRAPH <x:half> { <x:a> <x:b> 1 } } ; NONSENSE",
    ):
        answer = writing.post("/sparql", data={"update": update}, headers=BEARER)
        assert answer.status_code == 400, update
        assert answer.json()["detail"]
    assert not ask(writing, "ASK { GRAPH <x:half> { ?s ?p ?o } }")


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"method": "GET", "url": "/sparql?update=CLEAR%20ALL"}, 400),
        ({"method": "POST", "url": "/sparql", "data": {"update": "CLEAR ALL", "query": "ASK {}"}}, 400),
        ({"method": "POST", "url": "/sparql?default-graph-uri=x:g", "data": {"update": "CLEAR ALL"}}, 400),
        ({"method": "POST", "url": "/sparql?using-graph-uri=x:g", "data": {"query": "ASK {}"}}, 400),
        ({"method": "PUT", "url": "/graphs", "content": "", "headers": TURTLE}, 400),
        ({"method": "PUT", "url": "/graphs?graph=x:g&default", "content": "", "headers": TURTLE}, 400),
        ({"method": "PUT", "url": "/graphs/a?graph=x:g", "content": "", "headers": TURTLE}, 400),
        ({"method": "PUT", "url": "/graphs?graph=relative", "content": "", "headers": TURTLE}, 400),
        ({"method": "PUT", "url": "/graphs?graph=x:%3E%20%7D", "content": "", "headers": TURTLE}, 400),
        ({"method": "PUT", "url": "/graphs?graph=x:g", "content": "<x:a", "headers": TURTLE}, 400),
        ({"method": "PUT", "url": "/graphs?graph=x:g", "content": "a,b", "headers": {"Content-Type": "text/csv"}}, 415),
        ({"method": "PUT", "url": "/graphs?graph=x:g", "content": "<x:a> <x:b> 1 ."}, 415),
        ({"method": "PUT", "url": "/graphs?graph=x:g", "headers": {"Content-Type": "multipart/form-data"}}, 400),
        ({"method": "DELETE", "url": "/graphs?graph=x:none"}, 404),
        ({"method": "GET", "url": "/graphs?graph=x:none"}, 404),
        ({"method": "GET", "url": "/graphs"}, 400),
    ],
)
def test_what_is_wrong_is_said(writing: httpx.Client, request_: dict[str, object], status: int) -> None:
    answer = send(writing, request_, BEARER)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    assert answer.json()["detail"]


def test_graphs_keep_what_they_were_given(writing: httpx.Client) -> None:
    text = '<x:a> <x:b> "\\"quoted\\"\\n}; DROP ALL #"@en-GB, 7, _:b . _:b <x:c> <rel> .'
    assert writing.put("/graphs/kept", content=text, headers=TURTLE | BEARER).status_code == 201
    read = writing.get("/graphs/kept", headers={"accept": "application/n-triples"})
    base = f"{writing.base_url}/graphs/"
    wanted = [each.triple for each in ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=base)]
    assert ox.Dataset([ox.Quad(*each) for each in wanted]) is not None
    given = {str(each.object) for each in wanted if not isinstance(each.object, ox.BlankNode)}
    kept = [quad.triple for quad in ox.parse(read.content, format=ox.RdfFormat.N_TRIPLES)]
    assert len(kept) == len(wanted) == 4
    assert {str(each.object).lower() for each in kept if not isinstance(each.object, ox.BlankNode)} == {
        each.lower() for each in given
    }
    empty = writing.put("/graphs/kept", content="", headers=TURTLE | BEARER)
    assert empty.status_code == 204
    assert writing.get("/graphs/kept").status_code == 200, "an empty graph is a graph"
    assert writing.delete("/graphs/kept", headers=BEARER).status_code == 204
    assert writing.get("/graphs/kept").status_code == 404


def test_the_nameless_graph_is_not_the_union(writing: httpx.Client) -> None:
    for name, number in (("?default", 1), ("?graph=x:named", 2)):
        sent = writing.put(f"/graphs{name}", content=f"<x:n> <x:is> {number} .", headers=TURTLE | BEARER)
        assert sent.is_success
    assert ask(writing, "ASK { <x:n> <x:is> 1, 2 }")
    assert writing.get("/graphs?default&format=ntriples").text.count("<x:is>") == 1


def test_a_token_must_be_long() -> None:
    from clausegraph.api.settings import SettingsError, load_settings

    with pytest.raises(SettingsError, match="write_token") as caught:
        load_settings({"CLAUSEGRAPH_WRITE_TOKEN": "short"})
    assert "short" not in str(caught.value).replace("shorter", "")
    assert TOKEN not in repr(load_settings({"CLAUSEGRAPH_WRITE_TOKEN": TOKEN}))


def test_a_writer_elsewhere_is_waited_for(serve: Serve, tmp_path: Path) -> None:
    client = serve(write_token=TOKEN)
    with open_store(tmp_path / "store", write=True):
        answer = client.post("/sparql", data={"update": "CLEAR GRAPH <x:g>"}, headers=BEARER)
        assert (answer.status_code, int(answer.headers["retry-after"]) > 0) == (503, True)
        assert "is being written by" in answer.json()["detail"]
        assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True
    create = {"update": "CREATE GRAPH <x:g>"}
    assert client.post("/sparql", data=create, headers=BEARER).status_code == 204
    with open_store(tmp_path / "store", write=True) as store:
        assert store.query("ASK { GRAPH <x:g> {} }") is True


def test_a_runaway_update_is_killed_and_leaves_nothing(serve: Serve, tmp_path: Path) -> None:
    client = serve(write_token=TOKEN, query_seconds=1.5)
    endless = (
        "INSERT { GRAPH <x:g> { ?a <x:p> ?d } } WHERE { GRAPH ?g1 { ?a ?b ?c } GRAPH ?g2 { ?d ?e ?f } "
        "GRAPH ?g3 { ?h ?i ?j } FILTER(STR(?a) = CONCAT(STR(?d), STR(?h))) }"
    )
    answer = client.post("/sparql", data={"update": f"CREATE GRAPH <x:g> ; {endless}"}, headers=BEARER)
    assert answer.status_code == 503
    assert "The update took longer than 1.5 seconds" in answer.json()["detail"]
    assert not ask(client, "ASK { GRAPH <x:g> {} }")
    after = client.put("/graphs?graph=x:after", content="<x:a> <x:b> 1 .", headers=TURTLE | BEARER)
    assert after.status_code == 201
    assert json.loads(client.get("/sparql", params={"query": "ASK { <x:a> <x:b> 1 }"}).text)["boolean"] is True
