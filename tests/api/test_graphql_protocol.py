"""GraphQL over HTTP: the specification's audit, what GET and POST may do, trusted documents."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from clausegraph.api.app import create_app
from clausegraph.api.graphql.http import GRAPHQL, JSON
from clausegraph.api.graphql.trusted import BadDocuments
from clausegraph.api.settings import Settings
from clausegraph.queries.store import MemoryStore

from ..conftest import ROOT
from .serving import serving

POLICIES = "{ policies { nodes { key } } }"
MUTATION = 'mutation { removePolicy(name: "cs") { id } }'


@contextmanager
def open_client(store: MemoryStore, **settings: object) -> Iterator[TestClient]:
    """A client of a server with these settings."""
    with TestClient(create_app(Settings.model_validate({"store": ":memory:"} | settings), store=store)) as made:
        yield made


@pytest.fixture(scope="module")
def client(store: MemoryStore) -> Iterator[TestClient]:
    """A client of the app over the two hand-made policies."""
    with open_client(store) as made:
        yield made


@pytest.mark.node
def test_the_audit_of_graphql_over_http_is_clean(store: MemoryStore) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("NODE ABSENT: install it to run the audit of GraphQL over HTTP")
    web = ROOT / "api" / "web"
    if not (web / "node_modules" / "graphql-http").is_dir():
        pytest.skip("GRAPHQL-HTTP ABSENT: npm ci in api/web installs the audit of GraphQL over HTTP")
    with serving(create_app(Settings(store=":memory:"), store=store)) as base:
        done = subprocess.run(
            [node, "audit.mjs", f"{base}/graphql"], cwd=web, capture_output=True, text=True, timeout=120
        )
    assert done.stdout.splitlines()[-1:] == ["61 of 61"], done.stdout + done.stderr


def test_answers_come_in_the_form_that_was_asked_for(client: TestClient) -> None:
    for accept, kind in (
        ("", JSON),
        ("*/*", JSON),
        (JSON, JSON),
        (GRAPHQL, GRAPHQL),
        (f"{GRAPHQL}, {JSON};q=0.9", GRAPHQL),
    ):
        answer = client.post("/graphql", json={"query": POLICIES}, headers={"accept": accept})
        assert answer.headers["content-type"] == f"{kind}; charset=utf-8"
        assert answer.json()["data"]["policies"]["nodes"]
    assert client.post("/graphql", json={"query": POLICIES}, headers={"accept": "image/png"}).status_code == 406


@pytest.mark.parametrize(("accept", "status"), [(JSON, 200), (GRAPHQL, 400)])
@pytest.mark.parametrize("query", ["{ nothing }", "{", "query ($a: Int!) { policies(first: $a) { nodes { key } } }"])
def test_a_query_that_is_not_run_has_no_data(client: TestClient, accept: str, status: int, query: str) -> None:
    answer = client.post("/graphql", json={"query": query}, headers={"accept": accept})
    assert answer.status_code == status
    assert set(answer.json()) == {"errors"}


def test_get_asks_queries_and_nothing_else(client: TestClient) -> None:
    asked = {"query": "query ($n: Int!) { policies(first: $n) { nodes { key } } }", "variables": '{"n": 1}'}
    assert len(client.get("/graphql", params=asked).json()["data"]["policies"]["nodes"]) == 1
    answer = client.get("/graphql", params={"query": MUTATION})
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    both = {"query": f"query A {POLICIES} mutation B {MUTATION.removeprefix('mutation ')}"}
    assert client.get("/graphql", params=both | {"operationName": "A"}).status_code == 200
    assert client.get("/graphql", params=both | {"operationName": "B"}).status_code == 405


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "application/jsonp"],
)
def test_what_a_form_of_another_site_can_send_is_not_taken(client: TestClient, kind: str) -> None:
    body = json.dumps({"query": POLICIES})
    answer = client.post("/graphql", content=body, headers={"content-type": kind})
    assert answer.status_code == 415
    assert "data" not in answer.json()
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"[" + json.dumps({"query": POLICIES}).encode() + b"]", "batches"),
        (b"[]", "batches"),
        (b"{", "JSON"),
        (b"[" * 100_000, "JSON"),
        (b'{"query": "{ policies { nodes { key } } }", "variables": []}', "variables"),
        (b'{"query": "{ policies { nodes { key } } }", "operationName": 1}', "operationName"),
        (b'{"query": "query A { reports { name } } query B { reports { name } }"}', "operationName"),
        (b'{"documentId": "none"}', "trusted document"),
    ],
)
def test_what_is_no_request_is_told_why(client: TestClient, body: bytes, says: str) -> None:
    answer = client.post("/graphql", content=body, headers={"content-type": JSON})
    assert answer.status_code in (400, 404)
    (error,) = answer.json()["errors"]
    assert says in error["message"] + error["extensions"]["mend"]


def test_a_body_that_is_too_large_is_not_read(client: TestClient) -> None:
    answer = client.post("/graphql", json={"query": POLICIES, "variables": {"x": "x" * 1_000_000}})
    assert answer.status_code == 413


def ask(client: TestClient, **body: Any) -> tuple[int, dict[str, Any]]:
    answer = client.post("/graphql", json=body)
    return answer.status_code, answer.json()


def test_trusted_documents_are_asked_by_their_ids(store: MemoryStore, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "first.graphql").write_text(POLICIES)
    (tmp_path / "made.json").write_text(
        json.dumps({"abc": "query Made($n: Int!) { policies(first: $n) { nodes { key } } }"})
    )
    sha = hashlib.sha256(POLICIES.encode()).hexdigest()
    with ExitStack() as stack:
        open_ = stack.enter_context(open_client(store, graphql_documents=str(tmp_path)))
        only = stack.enter_context(open_client(store, graphql_documents=str(tmp_path), graphql_only_trusted=True))
        for client in (open_, only):
            for name in ("pages/first", sha, f"sha256:{sha}"):
                assert ask(client, documentId=name)[1]["data"]["policies"]["nodes"]
            assert len(ask(client, documentId="abc", variables={"n": 1})[1]["data"]["policies"]["nodes"]) == 1
            assert client.get("/graphql", params={"documentId": sha}).json()["data"]
            assert ask(client, extensions={"persistedQuery": {"version": 1, "sha256Hash": sha}})[1]["data"]
            assert ask(client, query=POLICIES)[1]["data"]
            assert ask(client, documentId="abcd")[0] == 404
            assert ask(client, documentId=sha, query="{ reports { name } }")[0] == 400
        assert ask(open_, query="{ reports { name } }")[0] == 200
        for query in ("{ reports { name } }", POLICIES + " ", "{ __schema { types { name } } }"):
            status, body = ask(only, query=query)
            assert status == 403
            assert "data" not in body


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"graphql_only_trusted": True}, "names none"),
        ({"graphql_documents": "/nowhere/at/all"}, "no trusted documents"),
        ({"graphql_documents": "."}, "no GraphQL"),
    ],
)
def test_trusted_documents_that_cannot_be_read_stop_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: dict[str, object], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.graphql").write_text("{ policies ")
    with pytest.raises(BadDocuments, match=says) as caught:
        create_app(Settings.model_validate({"store": ":memory:"} | settings))
    assert caught.value.mend
