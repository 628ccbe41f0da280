"""What strangers send and what policies hold: nothing runs, nothing breaks, and every refusal says what helps."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from clausegraph.api.app import create_app
from clausegraph.api.ingestion import ingest
from clausegraph.api.settings import Settings
from clausegraph.ingest.read import discover
from clausegraph.queries.store import MemoryStore

TEXT = """Privacy Policy

Mallory Ltd ("we") is the controller.

We share your e-mail address with partners if you [agree](javascript:alert(1)). We use your name for marketing.
"""
PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """A client of the app over a policy that means harm."""
    line = json.dumps({"id": "mallory", "url": "javascript:alert(1)", "text": TEXT}) + "\n"
    with MemoryStore() as store:
        landed = list(ingest(store, discover(["-"], stdin=io.BytesIO(line.encode())), jobs=1))
        assert [one.state for one in landed] == ["added"]
        with TestClient(create_app(Settings(store=":memory:"), store=store), raise_server_exceptions=False) as made:
            yield made


def test_no_link_leads_to_a_script(client: TestClient) -> None:
    page = client.get("/page/policy/mallory", headers={"accept": "text/html"})
    assert page.status_code == 200
    assert "javascript:alert(1)" in page.text  # said, and no link
    assert not re.search(r"""(href|src|action)\s*=\s*["']?\s*javascript:""", page.text, re.IGNORECASE)


def test_markdown_of_a_report_makes_no_link_of_a_quote(client: TestClient) -> None:
    text = client.get("/reports/sharing?format=markdown").text
    assert "alert(1)" in text
    assert "](javascript" not in text.replace("\\]", "")


@pytest.mark.parametrize("path", ["/reports/" + "x" * 5000, "/id/policy/%zz", "/data/extractor/%.ttl", "/nothing"])
def test_what_no_name_can_be_is_404_with_help(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"accept": "application/json"}, follow_redirects=False)
    assert answer.status_code in (400, 404)
    assert answer.headers["content-type"] == PROBLEM
    assert answer.json()["mend"]
    assert "SPARQL" not in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/", "/reports", "/reports/denials", "/comply", "/query", "/healthz"])
def test_head_is_answered_where_get_is(client: TestClient, path: str) -> None:
    told, answer = client.head(path), client.get(path)
    assert told.status_code == 200
    assert told.content == b""
    assert told.headers["content-type"] == answer.headers["content-type"]
    assert told.headers["content-length"] == answer.headers["content-length"]


def test_a_wrong_method_is_told_the_right_one(client: TestClient) -> None:
    answer = client.put("/reports")
    assert answer.status_code == 405
    assert answer.headers["content-type"] == PROBLEM
    assert answer.json()["detail"] == "/reports takes no PUT."
    assert answer.json()["mend"] == f"Use {answer.headers['allow']}."
