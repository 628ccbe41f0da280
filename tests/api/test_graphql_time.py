"""The time limit of GraphQL: late requests begin nothing more, and what they have begun takes nothing from others."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence

import pytest
from fastapi.testclient import TestClient

from clausegraph.api.app import create_app
from clausegraph.api.graphql import loaders
from clausegraph.api.settings import Settings
from clausegraph.api.views.model import PolicyView
from clausegraph.queries.store import MemoryStore, Store

KEYS = "{ policies { nodes { key } } }"


@pytest.fixture
def client(store: MemoryStore) -> Iterator[TestClient]:
    settings = Settings(store=":memory:", graphql_seconds=0.4, query_workers=1, query_queue=0)
    with TestClient(create_app(settings, store=store)) as made:
        yield made


def test_late_work_takes_nothing_from_others_and_asks_nothing_more(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = threading.Event()
    entered: list[int] = []

    def slow(store: Store, keys: Sequence[str]) -> list[PolicyView]:
        entered.append(len(keys))
        release.wait(20)
        return []

    (key, *_) = [
        one["key"] for one in client.post("/graphql", json={"query": KEYS}).json()["data"]["policies"]["nodes"]
    ]
    query = f'{{ policy(name: "{key}") {{ title }} }}'
    monkeypatch.setattr(loaders, "list_policies", slow)
    began = time.monotonic()
    for _ in range(3):  # the second and third find no thread, and say the same
        found = client.post("/graphql", json={"query": query})
        assert found.status_code in (200, 503)
        assert "given up after 0.4 seconds" in found.json()["errors"][0]["message"]
    assert time.monotonic() - began < 10
    assert entered == [1], "one thread is all that they take"
    assert client.get("/reports/policies.json").status_code == 200
    assert client.get("/", headers={"Accept": "text/html"}).status_code == 200
    release.set()
    deadline = time.monotonic() + 10
    monkeypatch.undo()
    answer = client.post("/graphql", json={"query": query}).json()
    while "errors" in answer and time.monotonic() < deadline:
        answer = client.post("/graphql", json={"query": query}).json()
    assert answer["data"]["policy"]["title"]
    assert entered == [1], "what waited past its time was never begun"
