"""Changes over HTTP: the page with old and new words side by side, GraphQL, the IRIs of changes, another extractor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from clausegraph import api
from clausegraph.api import ingestion
from clausegraph.api.app import create_app
from clausegraph.api.settings import Settings
from clausegraph.api.views.changes import words_apart
from clausegraph.api.views.fetch import find_policy, version_chains
from clausegraph.ingest.read import discover
from clausegraph.ontology.terms import CG
from clausegraph.queries.store import DatasetName, MemoryStore, Solutions, VersionGraph

SAMPLES = Path(api.__file__).parent / "samples"
EDITS = {
    "We never sell your personal data.": "We <b>sell</b> your personal data.",
    "invoices for seven years": "invoices for ten years",
    "1 March 2025": "2 March 2025",
}
HTML = {"accept": "text/html"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MemoryStore]:
    """Two versions of one sample, the newer with other facts."""
    folder = tmp_path_factory.mktemp("shop")
    text = (SAMPLES / "en/fernway-books.txt").read_text(encoding="utf-8")
    with MemoryStore() as made:
        for _ in range(2):
            (folder / "shop.txt").write_text(text, encoding="utf-8")
            (landed,) = ingestion.ingest(made, discover([str(folder)]), jobs=1)
            assert landed.state in ("added", "replaced")
            for before, after in EDITS.items():
                text = text.replace(before, after)
        yield made


@pytest.fixture(scope="module")
def client(store: MemoryStore) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(store=":memory:"), store=store)) as made:
        yield made


@pytest.fixture(scope="module")
def chain(store: MemoryStore) -> list[str]:
    """The IRIs of the versions, newest first."""
    policy = find_policy(store, "shop").iri
    return version_chains(store, [policy])[policy]


def path(iri: str) -> str:
    """Where the page about an IRI is."""
    return iri.replace("https://w3id.org/clausegraph/id/", "/page/")


def test_the_page_shows_both_wordings_with_the_turn_first(client: TestClient, chain: list[str]) -> None:
    page = client.get(f"{path(chain[0])}/changes", headers=HTML)
    assert page.status_code == 200
    first, second = re.findall(r'<section class="change (\w+)".*?</section>', page.text, re.DOTALL)
    assert (first, second) == ("turnedround", "changed")
    same = re.search(r"1 turned round, 1 changed; (\d+) facts are the same\.", page.text)
    assert same is not None and int(same[1]) > 20
    assert re.search(r"<del> ?never ?</del>", page.text)
    assert "&lt;" in page.text
    assert "<b>sell</b>" not in page.text
    assert re.search(r"for <del>seven</del> years.*for <ins>ten</ins> years", page.text, re.DOTALL)
    assert f"--from {chain[1].rpartition('/')[2]}" in page.text


def test_any_two_versions_have_a_page(client: TestClient, chain: list[str]) -> None:
    back = client.get(f"{path(chain[1])}/changes", params={"since": chain[0]}, headers=HTML)
    assert "was affirmed, now denied" in back.text
    alone = client.get(f"{path(chain[1])}/changes", headers=HTML)
    assert "nothing to compare it with" in alone.text
    wrong = client.get(f"{path(chain[0])}/changes", params={"since": "1999"}, headers=HTML)
    assert wrong.status_code == 404
    none = client.get(f"{path(chain[0])[:-3]}000/changes", headers=HTML)
    assert none.status_code == 404


def test_pages_lead_to_it_and_every_link_on_it_answers(client: TestClient, chain: list[str]) -> None:
    wanted = f'href="{path(chain[0])}/changes'
    assert wanted in client.get(path(chain[0]), headers=HTML).text
    assert wanted in client.get(path(chain[1]), headers=HTML).text
    for link in re.findall(r'href="(/[^"#]+)', client.get(f"{path(chain[0])}/changes", headers=HTML).text):
        assert client.get(link, headers=HTML).status_code == 200, link


def test_a_change_is_looked_up_by_its_iri(client: TestClient, store: MemoryStore, chain: list[str]) -> None:
    answer = store.query(f"SELECT ?c {{ GRAPH <{chain[0]}/changes> {{ ?c a <{CG}Change> }} }}")
    assert isinstance(answer, Solutions)
    found = [row["c"] for row in answer.texts()]
    assert len(found) == 2
    for iri in (*found, f"{chain[0]}/changes"):
        where = iri.replace("https://w3id.org/clausegraph/id/", "/id/")
        assert client.get(where, headers=HTML).url.path.endswith("/changes")
        assert iri in client.get(where, headers={"accept": "text/turtle"}).text


def test_the_query_of_the_documentation_answers(store: MemoryStore, chain: list[str]) -> None:
    text = (Path(__file__).parents[2] / "docs/changes.md").read_text(encoding="utf-8")
    (query,) = re.findall(r"```sparql\n(.*?)```", text, re.DOTALL)
    answer = store.query(query)
    assert isinstance(answer, Solutions)
    assert answer.texts() == [{"version": chain[0], "quote": "We <b>sell</b> your personal data."}]


def test_graphql_tells_what_turned_round(client: TestClient, chain: list[str]) -> None:
    query = """query ($a: String!, $b: String!) { changes(from: $a, to: $b) {
        kind aspects before { quote denied: polarity } after { quote } anchor { score } gained { what label } } }"""
    sent = {"query": query, "variables": {"a": chain[1], "b": chain[0]}}
    turned, kept = client.post("/graphql", json=sent).json()["data"]["changes"]
    assert (turned["kind"], turned["aspects"]) == ("TURNED_ROUND", ["NOW_AFFIRMED"])
    assert turned["before"] == {"quote": "We never sell your personal data.", "denied": "DENIED"}
    assert turned["anchor"]["score"] > 0.7
    assert (kept["kind"], kept["aspects"]) == ("CHANGED", ["RETENTION_LENGTHENED"])
    assert kept["gained"] == [{"what": "period", "label": "exactly 10 years"}]


def test_another_extractor_changes_no_policy(store: MemoryStore, chain: list[str]) -> None:
    """The newer version read anew, with half its statements gone and its extractor's name another."""

    quads, policy = quads_of(store, chain[0], "current"), find_policy(store, "shop").iri
    extractor = re.search(rb"<(https://w3id.org/clausegraph/id/extractor/[^>]+)>", quads)
    assert extractor is not None
    kept = b"".join(
        line.replace(extractor[1], extractor[1] + b"-other")
        for line in quads.splitlines(keepends=True)
        if b"-Collect>" not in line
    )
    with MemoryStore() as other:
        for version, lines, digest in ((chain[1], quads_of(store, chain[1], "history"), "1"), (chain[0], kept, "2")):
            other.put([VersionGraph(policy, version, "0" * 64, digest, lines, "2026-01-01T00:00:00Z")])
        told = other.query_serialised(
            f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{chain[0]}/changes> {{ ?s ?p ?o }} }}", "ntriples"
        ).decode()
    assert len(re.findall(r"changeKind> <[^>]+#(\w+)>", told)) == 2
    assert "#TurnedRound>" in told
    assert "#RetentionLengthened>" in told
    assert int(re.findall(r'factsReadOtherwise> "(\d+)"', told)[0]) >= 3


def quads_of(store: MemoryStore, graph: str, dataset: DatasetName) -> bytes:
    """A version's graph as it was stored."""
    query = f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    lines = store.query_serialised(query, "ntriples", dataset=dataset)
    return b"".join(line.removesuffix(b" .") + f" <{graph}> .\n".encode() for line in lines.splitlines())


def test_words_are_set_apart_in_scripts_with_and_without_spaces() -> None:
    older, newer = words_apart("We never sell it.", "We sell it.")
    assert older == (("We ", False), ("never ", True), ("sell it.", False))
    assert newer == (("We sell it.", False),)
    older, newer = words_apart("我們不會分享", "我們會分享")
    assert older == (("我們", False), ("不", True), ("會分享", False))
    assert "".join(text for text, _ in newer) == "我們會分享"
