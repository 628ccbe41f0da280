"""Limits: each says what it is, none gives half a result, and who runs into one hurts nobody else."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from clausegraph.queries.store import open_store

from .conftest import Serve

CG = "https://w3id.org/clausegraph/ontology#"
#: Never ends within anybody's patience, and never gives a row.
RUNAWAY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STR(?a) = CONCAT(STR(?d), STR(?g), STR(?j))) }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g ?i"
COUNT = f"SELECT (COUNT(?s) AS ?n) {{ ?s <{CG}quote> ?q }}"
EVERYTHING = "SELECT * { GRAPH ?g { ?s ?p ?o } }"


def problem(answer: httpx.Response) -> str:
    """What the problem says; it must say how to mend it, too."""
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == answer.status_code
    assert told["mend"]
    return str(told["detail"])


def ask(client: httpx.Client, query: str, **parameters: str) -> httpx.Response:
    """With a connection of its own, as another client would."""
    with httpx.Client(base_url=client.base_url, timeout=60, trust_env=False) as other:
        return other.get("/sparql", params={"query": query, **parameters})


def test_a_full_queue_says_when_to_come_back(serve: Serve) -> None:
    client = serve(query_seconds=3, query_queue=1)
    assert ask(client, COUNT).status_code == 200
    with ThreadPoolExecutor(12) as threads:
        runaway = threads.submit(ask, client, RUNAWAY)
        time.sleep(0.5)
        start = time.monotonic()
        answers = list(threads.map(lambda _: ask(client, COUNT), range(8)))
        refused = [answer for answer in answers if answer.status_code == 429]
        assert len(refused) == 7
        assert all(int(answer.headers["retry-after"]) >= 1 and problem(answer) for answer in refused)
        assert [answer.status_code for answer in answers].count(200) == 1, "the one that waited has its turn"
        page = client.get("/", headers={"accept": "text/html"})
        assert page.status_code == 200
        assert time.monotonic() - start < 30
        assert runaway.result().status_code == 503
    assert ask(client, COUNT).status_code == 200


def test_a_runaway_is_killed_while_others_are_answered(serve: Serve) -> None:
    client = serve(query_seconds=2, query_workers=2)
    expected = ask(client, COUNT).content
    done = threading.Event()
    counted = 0
    with ThreadPoolExecutor(2) as threads:
        runaway = threads.submit(ask, client, RUNAWAY)
        runaway.add_done_callback(lambda _: done.set())
        while not done.is_set():
            assert ask(client, COUNT).content == expected
            counted += 1
        stopped = runaway.result()
    assert stopped.status_code == 503
    assert "longer than 2 seconds" in problem(stopped)
    assert counted >= 3


def test_a_query_without_end_of_memory_is_stopped(serve: Serve) -> None:
    client = serve(query_seconds=30, query_memory=400)
    greedy = ask(client, GREEDY)
    assert greedy.status_code == 503
    assert "memory" in problem(greedy)
    deep = client.post("/sparql", data={"query": "SELECT * { " + "{" * 100_000 + "}" * 100_000 + " }"})
    assert deep.status_code in (400, 503)
    assert problem(deep)
    assert ask(client, COUNT).status_code == 200


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_a_large_table_comes_whole_or_not(serve: Serve, form: str, tmp_path: Path) -> None:
    client = serve(query_megabytes=1.5)
    too_large = ask(client, EVERYTHING, format=form)
    assert too_large.status_code == 413
    assert "1.5 MB" in problem(too_large)
    roomy = serve(query_megabytes=60)
    whole = ask(roomy, EVERYTHING, format=form)
    assert whole.status_code == 200
    assert int(whole.headers["content-length"]) == len(whole.content) > 1_500_000, "it went through a file"
    with open_store(tmp_path / "store") as store:
        assert whole.content == store.query_serialised(EVERYTHING, form)
    again = roomy.get("/sparql", params={"query": EVERYTHING, "format": form}, headers={"if-none-match": "*"})
    assert again.status_code == 304


def test_a_large_graph_comes_whole_or_not(serve: Serve) -> None:
    construct = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"
    too_large = ask(serve(query_megabytes=1), construct, format="ntriples")
    assert (too_large.status_code, bool(problem(too_large))) == (413, True)
    roomy = serve()
    count = ask(roomy, "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } }").json()
    graph = ask(roomy, construct, format="ntriples")
    parsed = {quad.triple for quad in ox.parse(graph.content, format=ox.RdfFormat.N_TRIPLES)}
    assert len(parsed) == int(count["results"]["bindings"][0]["n"]["value"])
    assert len(graph.content) > 1_000_000


def test_a_client_that_leaves_takes_nothing_with_it(serve: Serve) -> None:
    client = serve()
    for _ in range(3):
        with client.stream("GET", "/sparql", params={"query": EVERYTHING, "format": "xml"}) as answer:
            assert answer.status_code == 200
            next(answer.iter_raw(1000))
    assert client.head("/sparql", params={"query": EVERYTHING}).status_code == 200
    assert ask(client, COUNT).status_code == 200


def test_a_page_that_nobody_could_read_says_so(serve: Serve) -> None:
    answer = ask(serve(), f"{EVERYTHING}", format="html")
    assert answer.status_code == 413
    assert "too large for a page" in answer.text
    assert "<textarea" in answer.text
