"""What the user's mapping says is the same, as GraphQL, the party's page and the saved report show it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from clausegraph.api.app import create_app
from clausegraph.api.settings import Settings
from clausegraph.ontology.identifiers import identified, lei, party, register, wikidata
from clausegraph.ontology.terms import ID
from clausegraph.queries.report import run_report
from clausegraph.queries.same import Link, add_links, drop_links, stored_links, stored_parties
from clausegraph.queries.store import MemoryStore

from .conftest import czech, english, graph_of

QUERY = """{ policies { nodes { key controller { name iri
  sameAs { kind iri text relation party { name policy { key } } } } } } }"""
GONE = f"{ID}policy/gone/party/0123456789abcdef"


@pytest.fixture
def mapped() -> Iterator[MemoryStore]:
    """Both policies; the controllers are one organisation, which has an item, an LEI and an entry."""
    with MemoryStore() as store:
        store.put([graph_of(english()), graph_of(czech())])
        one, other = sorted(iri for iri, found in stored_parties(store).items() if found.controller)
        targets = [wikidata("Q42"), lei("506700GE1G29325QX363"), register("https://register.example/1")]
        ties = [(one, target) for target in targets] + [(other, party(one)), (one, party(GONE))]
        add_links(store, [Link(subject, target.relation, target.iri) for subject, target in ties])
        yield store


@pytest.fixture
def client(mapped: MemoryStore) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(store=":memory:"), store=mapped)) as made:
        yield made


def test_each_controller_names_the_whole_organisation(client: TestClient) -> None:
    nodes = client.post("/graphql", json={"query": QUERY}).json()["data"]["policies"]["nodes"]
    assert len(nodes) == 2
    parties = {node["controller"]["iri"]: node for node in nodes}
    for node in nodes:
        same = node["controller"]["sameAs"]
        assert [(one["kind"], one["relation"]) for one in same] == [
            ("WIKIDATA", "SAME_AS"),
            ("LEI", "EXACT_MATCH"),
            ("REGISTER", "EXACT_MATCH"),
            ("PARTY", "SAME_AS"),
        ]
        assert [one["text"] for one in same[:2]] == ["Q42", "506700GE1G29325QX363"]
        assert same[3]["iri"] in {*parties} - {node["controller"]["iri"]}
        assert same[3]["party"]["policy"]["key"] == parties[same[3]["iri"]]["key"]


def test_a_party_without_a_mapping_has_none(mapped: MemoryStore, client: TestClient) -> None:
    drop_links(mapped, stored_links(mapped))
    nodes = client.post("/graphql", json={"query": QUERY}).json()["data"]["policies"]["nodes"]
    assert [node["controller"]["sameAs"] for node in nodes] == [[], []]


def test_the_page_of_a_party_links_to_the_others(client: TestClient) -> None:
    node, other = client.post("/graphql", json={"query": QUERY}).json()["data"]["policies"]["nodes"]
    page = client.get(node["controller"]["iri"].replace(ID, "/id/"), headers={"Accept": "text/html"}).text
    assert "The same organisation" in page
    assert 'href="http://www.wikidata.org/entity/Q42"' in page
    assert other["controller"]["iri"].replace(ID, "/id/") in page
    assert GONE not in page


def test_the_report_puts_policies_of_one_controller_together(mapped: MemoryStore) -> None:
    result = run_report(mapped, "same-controller")
    names = [column.name for column in result.columns]
    rows = [dict(zip(names, (cell.text for cell in row), strict=True)) for row in result.rows]
    assert len(rows) == 2
    assert {row["together"] for row in rows} == {"2"}
    assert {row["identifiers"] for row in rows} == {"LEI 506700GE1G29325QX363; Q42; https://register.example/1"}
    assert len({row["organisation"] for row in rows}) == 1
    drop_links(mapped, [link for link in stored_links(mapped) if identified(link.target).kind == "party"])
    assert [row[names.index("together")].text for row in run_report(mapped, "same-controller").rows] == ["1"]
