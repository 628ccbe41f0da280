"""Pages: they answer, escape what they show, link to what exists, and fetch nothing from elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest
from fastapi.testclient import TestClient

from clausegraph.api.app import create_app
from clausegraph.api.settings import Settings
from clausegraph.api.views.fetch import fetch_document, find_policy
from clausegraph.ontology.terms import CG, CGC, ID
from clausegraph.queries.store import MemoryStore

HTML = {"accept": "text/html"}
CONCEPTS = ("/concepts/DataCategories", "/concepts/EmailAddress", "/concepts/EmailAddress.ttl", "/concepts/Share")


@pytest.fixture(scope="module")
def client(store: MemoryStore) -> Iterator[TestClient]:
    """A client of the app over the two hand-made policies."""
    with TestClient(create_app(Settings(store=":memory:"), store=store)) as made:
        yield made


class Page(HTMLParser):
    """Tags with their attributes, and the text of each mark."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def values(self, attribute: str) -> list[str]:
        return [attributes[attribute] for _, attributes in self.tags if attribute in attributes]


def test_every_page_answers_and_links_to_nothing_that_is_missing(client: TestClient) -> None:
    seen: set[str] = set()
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        if path.startswith("/concepts/") and path.partition("?")[0] not in CONCEPTS:
            continue  # there are too many; test_dereference looks at them
        answer = client.get(path, headers=HTML)
        assert answer.status_code == 200, path
        if "html" not in answer.headers["content-type"]:
            continue
        for link in Page(answer.text).values("href") + Page(answer.text).values("src"):
            target = urljoin(f"http://testserver{path}", link).partition("#")[0]
            if target.startswith("http://testserver"):
                waiting.append(target.removeprefix("http://testserver"))
    assert len([one for one in seen if one.startswith("/id/") and "/s/" in one]) == 4
    assert {"/graphql", "/query", "/ontology", *CONCEPTS} <= seen


def test_no_page_names_another_host_and_all_forbid_it(client: TestClient, store: MemoryStore) -> None:
    policy = find_policy(store, "shop/privacy").iri.removeprefix(ID)
    editors = ("/graphql", "/query", "/reports/policies")  # Monaco, CodeMirror and Plot write styles
    for path in (*editors, "/", "/sparql", "/ontology", "/concepts", f"/id/{policy}", "/nothing"):
        answer = client.get(path, headers=HTML)
        page = Page(answer.text)
        for tag, attributes in page.tags:
            if tag in ("script", "link", "img", "form", "iframe"):
                place = attributes.get("src") or attributes.get("href") or attributes.get("action") or ""
                assert not re.match(r"(https?:)?//", place), (path, tag, place)
            assert not any(name.startswith("on") for name in attributes), (path, tag)
            assert "style" not in attributes, (path, tag)
        csp = answer.headers["content-security-policy"]
        assert "default-src 'none'" in csp
        assert "http" not in csp
        assert "unsafe-inline" not in csp or path in editors


def test_the_reading_page_marks_evidence_and_cannot_be_scripted(client: TestClient, store: MemoryStore) -> None:
    policy = find_policy(store, "shop/privacy")
    text = client.get(f"/id/{policy.iri.removeprefix(ID)}", headers=HTML).text
    assert "1. Data &lt;we&gt; collect" in text
    assert '<mark class="ev data" title="data category: E-mail address">e-mail address</mark>' in text
    assert re.search(r'<span class="badge denied"><b>NOT</b> Sell', text)
    assert "Acme Ltd" in text
    assert "unless (consent, exception)" in text
    assert "at most P30D (30 days)" in text


def test_labels_come_in_the_language_asked_for(client: TestClient, store: MemoryStore) -> None:
    path = f"/id/{find_policy(store, 'shop/privacy').iri.removeprefix(ID)}"
    english = client.get(path, headers=HTML).text
    chinese = client.get(path, headers=HTML | {"accept-language": "zh-TW,en;q=0.5"}).text
    assert "Share" in english
    assert "電子郵件" in chinese
    assert client.get(path, headers=HTML, params={"lang": "zh-Hant"}).text.count("電子郵件") == chinese.count(
        "電子郵件"
    )
    assert "電子郵件" not in client.get(path, headers=HTML, params={"lang": 'en"><script>'}).text


def test_a_statement_page_says_what_it_rests_on(client: TestClient, store: MemoryStore) -> None:
    share, sell, _ = fetch_document(store, find_policy(store, "shop/privacy")).statements
    page = client.get(f"/id/{share.iri.removeprefix(ID)}", headers=HTML).text
    assert "lexicon:EmailAddress" in page
    denied = client.get(f"/id/{sell.iri.removeprefix(ID)}", headers=HTML).text
    assert "does <b>not</b> happen" in denied
    mention = share.mentions[0].iri.removeprefix(ID)
    answer = client.get(f"/id/{mention}", headers=HTML, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/page/{share.iri.removeprefix(ID)}")


@pytest.mark.parametrize("accept", ["text/html", "application/json", "*/*"])
def test_what_is_not_there_is_said_in_the_form_asked_for(client: TestClient, accept: str) -> None:
    for path in ("/nothing", "/id/policy/none", "/id/x", "/id/policy/cs/version/0123456789abcdef/s/1-2-Sell"):
        answer = client.get(path, headers={"accept": accept})
        assert answer.status_code == 404
        if accept == "text/html":
            assert "<h1>" in answer.text
        else:
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["detail"]


def test_the_editor_page_offers_only_what_this_server_answers(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "query.js").write_text("")
    monkeypatch.setattr("clausegraph.api.pages.query.VENDOR", tmp_path)
    text = client.get("/query", headers=HTML).text
    found = re.search(r'<script type="application/json" id="setup">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    setup = json.loads(found[1])
    for endpoint in setup["endpoints"]:
        answer = client.get(endpoint["path"], params={"query": "ASK {}"}, headers={"accept": "*/*"})
        assert answer.status_code == 200, endpoint
    assert setup["endpoints"]
    assert {one["name"] for one in setup["examples"]} == {one["name"] for one in client.get("/reports").json()}
    for example in setup["examples"]:
        assert client.post("/sparql", data={"query": example["query"]}).status_code == 200, example["name"]
    assert setup["prefixes"]["cg"] == CG
    for kind, one in (("classes", "Clause"), ("properties", "deniedPurpose"), ("properties", "duration")):
        assert CG + one in setup["terms"][kind]
    assert CGC + "EmailAddress" in setup["terms"]["concepts"]


def test_without_the_bundle_the_editor_page_says_so(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("clausegraph.api.pages.query.VENDOR", tmp_path)
    text = client.get("/query", headers=HTML).text
    assert "was not built" in text
    assert "<script" not in text
    assert "#+ title: Who gets a kind of data" in text


def test_an_unforeseen_fault_is_masked(store: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_store: object) -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr("clausegraph.api.pages.home.list_policies", fail)
    app = create_app(Settings(store=":memory:"), store=store)
    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/", headers=HTML)
    assert answer.status_code == 500
    assert "secret" not in answer.text


def test_a_server_without_a_store_says_how_to_fill_it(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(store=str(tmp_path / "none")))) as client:
        assert "clausegraph ingest" in client.get("/", headers=HTML).text
        assert client.get("/healthz").json()["status"] == "ok"
        assert client.get("/", params={"format": "json"}).json() == []
