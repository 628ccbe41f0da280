"""Checklists over HTTP and GraphQL: every form, every refusal, and that nothing promises more than was checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from clausegraph.api.app import create_app
from clausegraph.api.base import ensure_base
from clausegraph.api.settings import Settings
from clausegraph.queries.store import MemoryStore

from ..queries.said import COMPLETE, Said, policy, right

HTML = {"accept": "text/html"}
NASTY = Said("We <b>use</b> *names* | to [deliver].", "Use", {"dataCategory": "Name", "purpose": "Delivery"})
SAYS = (
    NASTY,
    right("Under that act you may see your data, if you ask.", "RightOfAccess", only_if="if you ask"),
    right("Nobody may have data erased.", "RightToErasure", denied=True),
    Said("We never send data abroad.", "Transfer", denied=True),
)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """A client of the app with a complete policy and one with gaps that names Taiwan's act."""
    SAYS[1].facets["applicableLaw"] = "TW-PDPA"
    with MemoryStore() as store:
        ensure_base(store)
        store.put([policy("complete", COMPLETE), policy("gaps", SAYS)])
        with TestClient(create_app(Settings(store=":memory:"), store=store)) as made:
            yield made


def items(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The items by id."""
    return {one["id"]: one for one in data["items"]}


def test_the_checklists_are_listed_and_only_the_policys_words_suggest_one(client: TestClient) -> None:
    plain = client.get("/comply").json()
    assert [one["law"] for one in plain] == ["ccpa", "gdpr", "pipl", "tw-pdpa"]
    assert not any(one["suggested"] for one in plain)
    found = {one["law"]: one["suggested"] for one in client.get("/comply?policy=gaps").json()}
    assert [one["quote"] for one in found["tw-pdpa"]] == [SAYS[1].text]
    assert not found["gdpr"]
    page = client.get("/comply?policy=gaps", headers=HTML).text
    assert page.count("suggested:") == 1
    assert "for you to judge" in page


def test_a_list_without_a_policy_says_what_it_asks_for(client: TestClient) -> None:
    found = items(client.get("/comply/pipl?lang=cs").json())
    assert found["pipl22"]["verification"] == "Unverified"
    assert found["pipl22"]["source"].endswith("Article 22")
    assert found["pipl22"]["applies"] == ["přechází-li podnik na jiného"]
    page = client.get("/comply/pipl", headers=HTML).text
    assert page.count("unverified: the wording") == 4
    assert client.get("/comply/pipl.markdown").status_code == 406


def test_each_item_has_its_verdict_with_words_clause_and_condition(client: TestClient) -> None:
    found = client.get("/comply/gdpr?policy=gaps").json()
    assert not found["complete"]
    assert "not legal advice" in found["advice"]
    by_id = items(found)
    rights = by_id["gdpr13-2b"]
    assert rights["verdict"] == "partly"
    points = {one["id"]: one for one in rights["points"]}
    (words,) = points["access"]["evidence"]
    assert (words["quote"], words["path"]) == (SAYS[1].text, "2")
    assert words["conditions"] == [{"effect": "OnlyIf", "label": "only if", "words": "if you ask"}]
    assert words["statements"][0].startswith("https://w3id.org/clausegraph/id/policy/gaps/version/")
    assert words["clause"].endswith("/c/2")
    assert points["erasure"]["state"] == "not found"
    assert [one["quote"] for one in points["erasure"]["denials"]] == [SAYS[2].text]
    assert rights["judge"] == [
        "The text denies: deletion.",
        "Said only under a condition: access.",
    ]
    transfer = by_id["gdpr13-1f"]
    assert transfer["verdict"] == "not applicable"
    assert transfer["judge"][0].startswith("Taken as not applicable, since nothing read from the text states")
    assert transfer["judge"][1] == "The text denies: if data is sent to another country."
    assert by_id["gdpr13-3"]["verdict"] == "not checked"


@pytest.mark.parametrize("lang", ["en", "zh-Hant", "zh-Hans", "cs"])
@pytest.mark.parametrize("law", ["gdpr", "tw-pdpa", "pipl", "ccpa"])
def test_pages_and_markdown_escape_what_the_text_says(client: TestClient, law: str, lang: str) -> None:
    page = client.get(f"/comply/{law}?policy=gaps&lang={lang}", headers=HTML).text
    assert "<b>use</b>" not in page
    assert "We &lt;b&gt;use&lt;/b&gt;" in page
    assert page.count("<tr id=") == len(client.get(f"/comply/{law}").json()["items"])
    markdown = client.get(f"/comply/{law}.md?policy=gaps&lang={lang}").text
    assert "<b>" not in markdown
    assert "\\*names\\*" in markdown


def test_a_complete_policy_is_complete_and_its_links_lead_to_the_words(client: TestClient) -> None:
    found = client.get("/comply/tw-pdpa?policy=complete").json()
    assert found["complete"]
    assert found["counts"]["not found"] == found["counts"]["partly"] == 0
    page = client.get("/comply/tw-pdpa?policy=complete", headers=HTML).text
    statement = items(found)["twpdpa8-4c"]["points"][0]["evidence"][0]["statements"][0]
    path = statement.removeprefix("https://w3id.org/clausegraph")
    assert f'href="{path}"' in page
    assert client.get(path, headers=HTML).status_code == 200


def test_provisions_of_ours_lead_to_their_items(client: TestClient) -> None:
    moved = client.get("/id/law/pipl39", follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (303, "/comply/pipl#pipl39")
    assert client.get("/id/law/pipl99", follow_redirects=False).status_code == 404


@pytest.mark.parametrize("path", ["/comply/gpdr", "/comply/gdpr?policy=nobody", "/comply?policy=nobody"])
def test_what_is_not_there_is_said_with_a_mend(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["mend"]
    assert client.get(path, headers=HTML).status_code == 404


QUERY = """query ($policy: String!, $law: String!) { coverage(policy: $policy, law: $law, lang: "en") {
  law title advice complete count(verdict: MET)
  items(only: [PARTLY, NOT_APPLICABLE]) { iri article verdict verification provision judge
    conditions { label found denials { quote } }
    points { label found evidence(first: 1) { quote clausePath limits { effect exact } statement { iri } }
      denials { quote statement { polarity } } } } } }"""


def test_graphql_gives_the_same(client: TestClient) -> None:
    asked = {"query": QUERY, "variables": {"policy": "gaps", "law": "gdpr"}}
    found = client.post("/graphql", json=asked).json()["data"]["coverage"]
    over_http = client.get("/comply/gdpr?policy=gaps").json()
    assert found["count"] == over_http["counts"]["met"]
    assert found["complete"] is False
    by_article = {one["article"]: one for one in found["items"]}
    points = {one["label"]: one for one in by_article["13(2)(b)"]["points"]}
    assert points["access"]["evidence"][0]["limits"] == [{"effect": "ONLY_IF", "exact": "if you ask"}]
    assert points["access"]["evidence"][0]["statement"]["iri"].endswith("GrantRight")
    assert points["deletion"]["found"] is False
    assert points["deletion"]["denials"] == [{"quote": SAYS[2].text, "statement": {"polarity": "DENIED"}}]
    assert by_article["13(1)(f)"]["conditions"][0]["denials"] == [{"quote": SAYS[3].text}]


def test_the_query_of_the_page_is_answered(client: TestClient) -> None:
    page = (Path(__file__).parents[2] / "docs" / "checklists.md").read_text(encoding="utf-8")
    (query,) = re.findall(r"```graphql\n(.+?)```", page, re.DOTALL)
    answer = client.post("/graphql", json={"query": query.replace("en/fernway-books", "gaps")}).json()
    assert "errors" not in answer
    assert answer["data"]["coverage"]["items"]


def test_graphql_names_what_is_wrong(client: TestClient) -> None:
    for policy_name, law, said in (("gaps", "gpdr", "no checklist"), ("nobody", "gdpr", "no policy")):
        asked = {"query": QUERY, "variables": {"policy": policy_name, "law": law}}
        (error,) = client.post("/graphql", json=asked).json()["errors"]
        assert said in error["message"]
        assert error["extensions"]["mend"]
