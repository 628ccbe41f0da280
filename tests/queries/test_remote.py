"""What is particular to a store on a server: its addresses, its refusals, its silence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from clausegraph.queries.store import QueryError, StoreError, VersionGraph, open_store
from clausegraph.queries.store.remote import Endpoints, RemoteStore

MakeGraph = Callable[..., VersionGraph]
MakeServer = Callable[..., Any]


@pytest.mark.parametrize(
    ("url", "endpoints"),
    [
        (
            "http://h:7878",
            ("http://h:7878/query", "http://h:7878/update", "http://h:7878/store", "union-default-graph"),
        ),
        ("https://h/", ("https://h/query", "https://h/update", "https://h/store", "union-default-graph")),
        ("https://h/ds/sparql", ("https://h/ds/sparql", "", "", "")),
        (
            "https://h/ds/sparql?x=1&union-default-graph&update=https%3A%2F%2Fh%2Fup%3Fy&graphs=https://h/ds/data",
            ("https://h/ds/sparql?x=1", "https://h/up?y", "https://h/ds/data", "union-default-graph"),
        ),
    ],
)
def test_one_url_names_the_endpoints(url: str, endpoints: tuple[str, str, str, str]) -> None:
    assert Endpoints.of(url) == Endpoints(*endpoints)


def test_nothing_is_superseded_without_a_place_for_it(make_server: MakeServer, make_graph: MakeGraph) -> None:
    with open_store(make_server().url, write=True) as store:
        assert store.put([make_graph("acme", 1)]) == ["added"]
        with pytest.raises(StoreError, match="no history") as caught:
            store.put([make_graph("acme", 2)])
        assert "history=" in caught.value.mend
        assert store.put([make_graph("acme", 1, digest="e2")]) == ["replaced"]
        assert [row.title for row in store.policies()] == ["Privacy of acme, 1"]
        with pytest.raises(StoreError, match="no history"):
            store.query("ASK {}", dataset="history")
        assert store.remove(make_graph("acme", 1).policy_iri, purge=True) is True


def test_a_server_that_hides_named_graphs_is_refused(make_server: MakeServer, make_graph: MakeGraph) -> None:
    server = make_server(union=False)
    url = f"{server.url}/query?update={server.url}/update"
    with open_store(url, write=True) as store:  # empty: it cannot be told yet
        store.put([make_graph("acme", 1)])
    with pytest.raises(StoreError, match="default graph") as caught:
        open_store(url)
    assert "union" in caught.value.mend


def test_reading_only_writes_nothing(make_server: MakeServer, make_graph: MakeGraph) -> None:
    server = make_server()
    with open_store(server.url) as store, pytest.raises(StoreError, match="reading only"):
        store.put([make_graph("acme", 1)])
    assert not [path for path in server.requests if "update" in path]
    with open_store(f"{server.url}/query", write=True) as store, pytest.raises(StoreError, match="queries only"):
        store.put([make_graph("acme", 1)])


def test_tokens_go_with_every_request(make_server: MakeServer, make_graph: MakeGraph) -> None:
    server = make_server()
    server.token = "secret"
    with pytest.raises(StoreError, match="401") as caught:
        open_store(server.url, write=True)
    assert "token" in caught.value.mend
    with RemoteStore(server.url, writable=True, headers={"authorization": "Bearer secret"}) as store:
        assert store.put([make_graph("acme", 1)]) == ["added"]


def test_a_server_that_is_not_there_is_said(make_server: MakeServer) -> None:
    with pytest.raises(StoreError, match="cannot be reached") as caught:
        open_store("http://127.0.0.1:9", write=True)
    assert caught.value.mend


@pytest.mark.parametrize(
    ("status", "kind", "body", "error"),
    [
        (200, "text/html", b"<html>login</html>", "no result of a query"),
        (200, "application/sparql-results+json", b"{broken", "broken result"),
        (200, "application/sparql-results+json", b'{"head":{},"results":{}}', "broken result"),
        (500, "text/plain", b"out of memory", "500: out of memory"),
        (400, "text/plain", b"parse error at 1:2", "parse error at 1:2"),
    ],
)
def test_strange_answers_are_said(
    monkeypatch: pytest.MonkeyPatch, status: int, kind: str, body: bytes, error: str
) -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, content=body, headers={"content-type": kind})

    client = httpx.Client
    monkeypatch.setattr(httpx, "Client", lambda **options: client(transport=httpx.MockTransport(respond), **options))
    with pytest.raises(StoreError, match=error) as caught:
        RemoteStore("http://server.test/sparql")
    assert isinstance(caught.value, QueryError) == (status == 400)
