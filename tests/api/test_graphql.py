"""GraphQL: the plain questions, in few queries, with errors that help."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from clausegraph.api.app import create_app
from clausegraph.api.graphql import introspection, sdl
from clausegraph.api.graphql.enums import ClauseKind, ConditionEffect, ConditionKind, Facet, Modality, Practice
from clausegraph.api.graphql.examples import EXAMPLES
from clausegraph.api.settings import Settings
from clausegraph.api.views.facets import FACETS
from clausegraph.ontology import terms
from clausegraph.queries.store import MemoryStore

from .conftest import CZECH, SHARING

STATEMENTS = """
query ($where: StatementWhere, $first: Int! = 50, $after: String) {
  statements(where: $where, first: $first, after: $after) {
    nodes {
      iri quote practice polarity modality label start end page
      actor { name label(lang: "cs") } controller { name }
      facets { facet label concept { name iri } party { name } mentions { exact start end rule } }
      conditions { effect kinds exact facets { facet label } }
      duration { iso days bound }
      clause { path kind text parent { path heading } }
      policy { key title }
    }
    pageInfo { hasNextPage endCursor }
  }
}"""


@pytest.fixture(scope="module")
def client(store: MemoryStore) -> Iterator[TestClient]:
    """A client of the app over the two hand-made policies."""
    with TestClient(create_app(Settings(store=":memory:"), store=store)) as made:
        yield made


def ask(client: TestClient, query: str, **variables: Any) -> Any:
    """The data of an answer without errors."""
    answer = client.post("/graphql", json={"query": query, "variables": variables}).json()
    assert "errors" not in answer, answer
    return answer["data"]


def test_policies_with_their_clauses_and_statements(client: TestClient) -> None:
    query = """{ policies { nodes {
        key title language controller { name aliases email } effectiveDate clauseCount statementCount deniedCount text
        clauses { path heading children { path text statements { practice } } }
        clause(path: "1.1") { text }
        statements { nodes { practice polarity } totalCount }
      } pageInfo { hasNextPage } } }"""
    czech, acme = ask(client, query)["policies"]["nodes"]
    assert (acme["key"], acme["title"], acme["effectiveDate"]) == ("shop/privacy", "Acme Privacy Policy", "2025-03-01")
    assert acme["controller"] == {"name": "Acme Ltd", "aliases": ["Acme"], "email": "privacy@acme.example"}
    assert (acme["clauseCount"], acme["statementCount"], acme["deniedCount"]) == (4, 3, 1)
    (heading,) = acme["clauses"]
    assert [one["path"] for one in heading["children"]] == ["1.1", "1.2", "1.3"]
    assert [one["statements"] for one in heading["children"]] == [[{"practice": "SHARE"}], [], [{"practice": "RETAIN"}]]
    assert acme["clause"]["text"].strip() == SHARING
    assert acme["statements"] == {
        "nodes": [{"practice": "SHARE", "polarity": "AFFIRMED"}, {"practice": "RETAIN", "polarity": "AFFIRMED"}],
        "totalCount": 2,
    }
    assert czech["controller"]["name"] is None
    assert czech["text"] == CZECH


def test_statements_are_affirmed_unless_asked_and_carry_their_evidence(client: TestClient) -> None:
    share, retain = ask(client, STATEMENTS)["statements"]["nodes"]
    assert (share["quote"], share["modality"], share["polarity"]) == (SHARING, "MAY", "AFFIRMED")
    assert share["controller"] == {"name": "Acme Ltd"}
    assert [(one["facet"], one["label"]) for one in share["facets"]] == [
        ("DATA_CATEGORY", "E-mail address"),
        ("PURPOSE", "Marketing"),
        ("RECIPIENT", "Third party"),
        ("NAMED_RECIPIENT", "Printer Inc."),
        ("RECIPIENT_LOCATION", "Norway"),
    ]
    assert share["facets"][0]["mentions"][0]["exact"] == "e-mail address"
    assert share["clause"]["parent"]["path"] == "1"
    assert share["page"].startswith("http://testserver/id/policy/shop%2Fprivacy/version/")
    assert client.get(share["page"], headers={"accept": "text/html"}).status_code == 200
    assert retain["duration"] == {"iso": "P30D", "days": 30, "bound": "AtMost"}


def test_filters(client: TestClient) -> None:
    def practices(**where: Any) -> list[str]:
        nodes = ask(client, STATEMENTS, where=where)["statements"]["nodes"]
        return [f"{one['policy']['key']} {one['practice']} {one['polarity']}" for one in nodes]

    assert practices(practice=["RETAIN"]) == ["shop/privacy RETAIN AFFIRMED"]
    assert practices(practice=["SELL"]) == []
    denied = ["cs SELL DENIED", "shop/privacy SELL DENIED"]
    assert practices(polarity="DENIED") == denied
    assert practices(polarity="BOTH", practice=["SELL"]) == denied
    assert practices(concept="Contact") == ["shop/privacy SHARE AFFIRMED"]
    assert practices(concept="pd:EmailAddress", facet="DATA_CATEGORY") == ["shop/privacy SHARE AFFIRMED"]
    assert practices(concept="Contact", polarity="DENIED") == ["shop/privacy SELL DENIED"]


def test_pages_follow_each_other_without_gaps(client: TestClient) -> None:
    everything = ask(client, STATEMENTS, where={"polarity": "BOTH"})["statements"]["nodes"]
    seen: list[str] = []
    after = None
    while True:
        page = ask(client, STATEMENTS, where={"polarity": "BOTH"}, first=1, after=after)["statements"]
        seen += [one["iri"] for one in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert seen == [one["iri"] for one in everything]
    first = ask(client, "{ policies(first: 1) { nodes { key } pageInfo { hasNextPage endCursor } } }")["policies"]
    assert first["pageInfo"]["hasNextPage"]
    query = "query ($after: String) { policies(after: $after) { nodes { key } pageInfo { hasNextPage } } }"
    rest = ask(client, query, after=first["pageInfo"]["endCursor"])["policies"]
    assert [one["key"] for one in first["nodes"] + rest["nodes"]] == ["cs", "shop/privacy"]
    assert not rest["pageInfo"]["hasNextPage"]


def test_a_long_list_costs_a_fixed_number_of_store_queries(
    client: TestClient, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = store.query

    def counted(sparql: str, **options: Any) -> Any:
        asked.append(sparql)
        return real(sparql, **options)

    monkeypatch.setattr(store, "query", counted)
    ask(client, STATEMENTS, where={"polarity": "BOTH"})
    whole = len(asked)
    asked.clear()
    ask(client, STATEMENTS, where={"polarity": "BOTH"}, first=1)
    assert len(asked) == whole
    assert whole <= 7, asked


def test_concepts(client: TestClient) -> None:
    query = """{ concept(name: "EmailAddress") { name iri label cs: label(lang: "cs") schemes { name label(lang: "cs") }
        links { match curie } broader { narrower { name } } ancestors { name } usage { affirmed denied policies } }
        concepts(scheme: "purposes") { name } }"""
    found = ask(client, query)
    concept = found["concept"]
    assert [one["name"] for one in concept["schemes"]] == ["data-categories"]
    assert "Contact" in [one["name"] for one in concept["ancestors"]]
    assert {"match": "EXACT", "curie": "pd:EmailAddress"} in concept["links"]
    assert {"name": "EmailAddress"} in concept["broader"][0]["narrower"]
    assert concept["usage"] == {"affirmed": 1, "denied": 2, "policies": 1}
    assert concept["cs"] != concept["label"]
    assert len(found["concepts"]) > 50


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ('{ concept(name: "Emailaddresses") { name } }', "There is no concept"),
        ('{ statements(after: "x") { nodes { iri } } }', "cursor"),
        ('{ statements(after: "WzEsMl0") { nodes { iri } } }', "cursor"),
        ("{ statements(first: 100000) { nodes { iri } } }", "100000"),
        ("{ policies(first: -1) { nodes { iri } } }", "-1"),
        ('{ statements(where: {concept: "Nothing"}) { nodes { iri } } }', "There is no concept"),
        ('{ policy(name: "a b") { key } nothing }', "nothing"),
    ],
)
def test_wrong_questions_are_answered_with_what_mends_them(client: TestClient, query: str, says: str) -> None:
    errors = client.post("/graphql", json={"query": query}).json()["errors"]
    assert says in errors[0]["message"]


@pytest.mark.parametrize(
    "body",
    [
        {"query": "query A { policies { nodes { key } } }", "operationName": "B"},
        {"query": 7},
        {},
        "no object",
        None,
    ],
)
def test_a_request_that_is_not_understood_is_answered_in_json(client: TestClient, body: object) -> None:
    answer = client.post("/graphql", json=body)
    assert answer.status_code == (415 if body is None else 400)  # without a body there is no content type
    assert answer.json()["errors"][0]["message"]


def test_what_does_not_exist_is_null(client: TestClient) -> None:
    query = '{ policy(name: "none") { key } statement(iri: "https://example.org/none") { iri } }'
    assert ask(client, query) == {"policy": None, "statement": None}


def test_faults_of_ours_are_masked(client: TestClient, store: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr(store, "query", fail)
    answer = client.post("/graphql", json={"query": "{ policies { nodes { key } } }"})
    assert "went wrong" in answer.json()["errors"][0]["message"]
    assert "secret" not in answer.text


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: str(one["title"]))
def test_the_playground_s_examples_answer(client: TestClient, example: dict[str, Any]) -> None:
    data = ask(client, example["query"], **example.get("variables", {}))
    (connection,) = data.values()
    assert connection.get("nodes") or connection.get("rows")


def test_browsers_get_the_playground_and_programs_do_not(client: TestClient) -> None:
    page = client.get("/graphql", headers={"accept": "text/html"})
    assert "<title>GraphQL" in page.text
    answer = client.get("/graphql", params={"query": "{ policies { nodes { key } } }"}, headers={"accept": "*/*"})
    assert answer.json()["data"]["policies"]["nodes"]


def test_enums_are_the_ontology_s() -> None:
    assert [one.value for one in Practice] == list(terms.PRACTICES)
    assert [one.value for one in Facet] == list(FACETS)
    assert {one.value for one in Modality} == set(terms.MODALITIES)
    assert {one.value for one in ClauseKind} == set(terms.CLAUSE_KINDS)
    assert {one.value for one in ConditionEffect} == set(terms.EFFECTS)
    assert {one.value for one in ConditionKind} == set(terms.CONDITION_KINDS)


def test_the_schema_as_text_describes_every_type() -> None:
    assert '"""' in sdl()
    types = introspection()["__schema"]["types"]
    ours = [
        one for one in types if not one["name"].startswith("__") and one["kind"] in ("OBJECT", "ENUM", "INPUT_OBJECT")
    ]
    assert [one["name"] for one in ours if not one["description"]] == []


REPORT = """
query ($name: String!, $parameters: [ReportParameter!], $lang: String, $first: Int! = 100, $skip: Int! = 0) {
  report(name: $name, parameters: $parameters, lang: $lang) {
    title lang rowCount
    info { name tags parameters { name type scheme } }
    columns { name title evidence }
    rows(first: $first, skip: $skip) { policy: text(column: "policy") cells { column text iri number } }
  }
}"""


def ask_report(client: TestClient, name: str, parameters: object = None, **variables: Any) -> dict[str, Any]:
    """The whole answer to a question for a report."""
    variables |= {"name": name, "parameters": parameters}
    found: dict[str, Any] = client.post("/graphql", json={"query": REPORT, "variables": variables}).json()
    return found


def test_a_report_is_asked_with_parameters_and_answers_as_its_page_does(client: TestClient) -> None:
    asked = ask_report(client, "who-gets", [{"name": "category", "values": "EmailAddress"}], lang="cs")
    found = asked["data"]["report"]
    page = client.get("/reports/who-gets", params={"category": "EmailAddress", "lang": "cs"}).json()
    assert found["rowCount"] == len(found["rows"]) == len(page["rows"]) == 1
    for row, same in zip(found["rows"], page["rows"], strict=True):
        assert {cell["column"]: (cell["text"], cell["iri"]) for cell in row["cells"]} == {
            name: (cell["text"], cell.get("iri")) for name, cell in same.items()
        }
    assert found["rows"][0]["policy"] == "Acme Privacy Policy"
    assert found["info"]["parameters"][0] == {"name": "category", "type": "concept", "scheme": "data-categories"}
    assert {one["name"] for one in found["columns"] if one["evidence"]} >= {"statement", "quote", "deniedQuote"}
    both = ask_report(client, "denials")["data"]["report"]
    part = ask_report(client, "denials", first=1, skip=1)["data"]["report"]
    assert both["rowCount"] == part["rowCount"] == 2
    assert part["rows"] == both["rows"][1:]


@pytest.mark.parametrize(
    ("name", "parameters", "variables", "words"),
    [
        ("nothing", None, {}, "There is no report “nothing”."),
        ("who-gets", [{"name": "category", "values": ["Nothing"]}], {}, "“Nothing” is no value of “category”"),
        ("who-gets", [{"name": "colour", "values": ["red"]}], {}, "has no parameter “colour”"),
        ("who-gets", [{"name": "category", "values": ["x> } #"]}], {}, "is no value of"),
        ("who-gets", None, {"first": -1}, "between 0 and 10,000 rows"),
        ("who-gets", None, {"skip": -1}, "between 0 and 10,000 rows"),
    ],
)
def test_a_report_asked_wrongly_says_what_mends_it(
    client: TestClient, name: str, parameters: object, variables: dict[str, int], words: str
) -> None:
    (error,) = ask_report(client, name, parameters, **variables)["errors"]
    assert words in error["message"]
    assert error["extensions"]["mend"]


def test_the_list_of_reports_holds_the_user_s_own_and_says_what_is_broken(store: MemoryStore, tmp_path: Path) -> None:
    (tmp_path / "ours.rq").write_text("#+ title: Ours\n#+ summary: One\n#+ tags: [us]\nSELECT ?s WHERE { ?s ?p 1 }")
    (tmp_path / "broken.rq").write_text("SELECT nothing")
    settings = Settings(store=":memory:", reports=(str(tmp_path),))
    with TestClient(create_app(settings, store=store)) as client:
        query = '{ reports { name title error } us: reports(tag: "us") { name } report(name: "ours") { title } }'
        found = client.post("/graphql", json={"query": query}).json()["data"]
    named = {one["name"]: one for one in found["reports"]}
    assert named["ours"] == {"name": "ours", "title": "Ours", "error": None}
    assert "broken.rq" in named["broken"]["error"]
    assert found["us"] == [{"name": "ours"}]
    assert found["report"] == {"title": "Ours"}
