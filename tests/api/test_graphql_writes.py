"""Mutations: off unless a token is set, the same reading as the command line's, followed as jobs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from clausegraph.api.app import create_app
from clausegraph.api.settings import Settings
from clausegraph.queries.store import open_store

from ..cli.conftest import Run, run
from ..sparql.conftest import BEARER, TOKEN, running
from .serving import serving

__all__ = ["run"]  # a fixture
TEXT = "Privacy policy of Acme Ltd\n\nWe share your e-mail address with advertisers.\n\nWe never sell your location.\n"
JOB = """id state source error mend iri summary { result title language statements characters accounted warnings }
  policy { key statementCount }"""
INGEST = f"""mutation ($source: PolicySource!, $key: String) {{
  ingestPolicy(source: $source, key: $key, wait: 10) {{ {JOB} }} }}"""
REMOVE = f"mutation ($name: String!) {{ removePolicy(name: $name, wait: 10) {{ {JOB} }} }}"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server that lets itself be written to, over an empty store."""
    place = tmp_path_factory.mktemp("writes") / "store"
    open_store(place, write=True).close()
    with running(place, write_token=TOKEN) as made:
        yield made


def ask(client: httpx.Client, query: str, headers: dict[str, str] | None = None, **variables: Any) -> Any:
    answer = client.post("/graphql", json={"query": query, "variables": variables}, headers=headers or {})
    return answer.json()


def done(client: httpx.Client, job: dict[str, Any]) -> dict[str, Any]:
    """A job at its end, polled as a client would."""
    query = f"query ($id: ID!) {{ job(id: $id) {{ {JOB} startedAt finishedAt }} }}"
    deadline = time.monotonic() + 60
    while True:
        found: dict[str, Any] = ask(client, query, id=job["id"])["data"]["job"]
        if found["state"] in ("DONE", "FAILED"):
            return found
        assert time.monotonic() < deadline
        time.sleep(0.1)


def ingest(client: httpx.Client, **variables: Any) -> dict[str, Any]:
    """A policy read in, as the job that did it."""
    answer = ask(client, INGEST, BEARER, **variables)
    assert "errors" not in answer, answer
    return done(client, answer["data"]["ingestPolicy"])


def test_writing_is_off_without_a_token(tmp_path: Path) -> None:
    with serving(create_app(Settings(store=str(tmp_path / "store")))) as base, httpx.Client(base_url=base) as client:
        for query, variables in (
            (INGEST, {"source": {"text": TEXT}, "key": "x"}),
            (REMOVE, {"name": "x"}),
        ):
            for headers in ({}, BEARER, {"Authorization": "Bearer"}, {"Authorization": "Bearer None"}):
                answer = client.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
                assert answer.status_code == 403
                assert "CLAUSEGRAPH_WRITE_TOKEN" in answer.json()["errors"][0]["extensions"]["mend"]
    assert not (tmp_path / "store").exists()


def test_writing_needs_the_token(client: httpx.Client) -> None:
    wrong = [{}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}"}, {"Cookie": f"token={TOKEN}"}]
    for headers in wrong:
        body = {"query": INGEST, "variables": {"source": {"text": TEXT}, "key": "refused"}}
        answer = client.post("/graphql", json=body, headers=headers)
        assert answer.status_code == 401, headers
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert "data" not in answer.json()
    assert ask(client, '{ policy(name: "refused") { key } }') == {"data": {"policy": None}}


def test_a_policy_is_read_in_read_anew_and_taken_out(client: httpx.Client, tmp_path: Path) -> None:
    first = ingest(client, source={"text": TEXT}, key="acme")
    assert (first["state"], first["summary"]["result"], first["error"]) == ("DONE", "ADDED", None)
    assert first["summary"]["accounted"] == first["summary"]["characters"]
    assert first["policy"] == {"key": "acme", "statementCount": first["summary"]["statements"]}
    assert first["startedAt"] <= first["finishedAt"]
    assert ingest(client, source={"text": TEXT}, key="acme")["summary"]["result"] == "UNCHANGED"
    page = f"<html><body><h1>Privacy policy</h1><p>{TEXT}</p></body></html>"
    second = ingest(client, source={"html": page}, key="acme")
    assert second["summary"]["result"] == "REPLACED"
    quotes = ask(client, "{ statements(where: { polarity: BOTH }) { nodes { quote } } }")["data"]["statements"]["nodes"]
    assert any("e-mail address with advertisers" in one["quote"] for one in quotes)
    gone = done(client, ask(client, REMOVE, BEARER, name="acme")["data"]["removePolicy"])
    assert (gone["state"], gone["policy"]) == ("DONE", None)
    assert ask(client, '{ policy(name: "acme") { key } }')["data"]["policy"] is None
    again = done(client, ask(client, REMOVE, BEARER, name="acme")["data"]["removePolicy"])
    assert (again["state"], again["mend"] is not None) == ("FAILED", True)


def test_it_is_the_same_graph_that_the_command_line_makes(client: httpx.Client, tmp_path: Path, run: Run) -> None:
    ingest(client, source={"text": TEXT}, key="same")
    (tmp_path / "same.txt").write_text(TEXT, encoding="utf-8")
    place = tmp_path / "store"
    (told,) = run("ingest", tmp_path / "same.txt", "--store", place, "--format", "json").json
    query = {"query": f"SELECT ?s ?p ?o WHERE {{ GRAPH <{told['version']}> {{ ?s ?p ?o }} }}", "format": "csv"}
    with running(place) as other:
        wanted = sorted(other.get("/sparql", params=query).text.splitlines())
    assert len(wanted) > 100
    assert sorted(client.get("/sparql", params=query).text.splitlines()) == wanted


@pytest.mark.parametrize(
    ("source", "key", "says"),
    [
        ({"text": ""}, "x", "nothing to read"),
        ({"text": " \n"}, "x", "nothing to read"),
        ({"text": TEXT}, None, "which policy"),
        ({"text": TEXT}, "  ", "which policy"),
        ({"url": "/etc/passwd"}, "x", "no address"),
        ({"url": "file:///etc/passwd"}, "x", "no address"),
        ({"url": "https://example.org/"}, " ", "blank"),
        ({"text": TEXT, "url": "https://example.org/"}, "x", "exactly one"),
        ({}, "x", "exactly one"),
    ],
)
def test_what_cannot_be_read_is_told_at_once(
    client: httpx.Client, source: dict[str, str], key: str | None, says: str
) -> None:
    answer = ask(client, INGEST, BEARER, source=source, key=key)
    assert says in answer["errors"][0]["message"].lower()


def test_a_private_address_is_out_of_reach(client: httpx.Client) -> None:
    job = ingest(client, source={"url": f"http://localhost:{client.base_url.port}/healthz"})
    assert job["state"] == "FAILED"
    assert "private" in job["error"] or "loopback" in job["error"] or "this machine" in job["error"]
    assert job["mend"]


def test_jobs_that_nobody_started_are_null(client: httpx.Client) -> None:
    assert ask(client, '{ job(id: "0") { id } }') == {"data": {"job": None}}


def test_mutations_of_one_request_run_one_after_the_other(client: httpx.Client) -> None:
    query = f"""mutation ($text: String!) {{
      a: ingestPolicy(source: {{ text: $text }}, key: "one") {{ {JOB} }}
      b: removePolicy(name: "one") {{ {JOB} }} }}"""
    jobs = ask(client, query, BEARER, text=TEXT)["data"]
    assert done(client, jobs["a"])["state"] == done(client, jobs["b"])["state"] == "DONE"
    assert ask(client, '{ policy(name: "one") { key } }')["data"]["policy"] is None
