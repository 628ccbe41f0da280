"""Plain queries take a short way; what they get is what the routes would have given, to the byte."""

from __future__ import annotations

from urllib.parse import quote, quote_plus

import httpx
import pytest

CG = "https://w3id.org/clausegraph/ontology#"
ALL = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"


def asked(
    client: httpx.Client, path: str, query: str, headers: dict[str, str]
) -> list[tuple[int, dict[str, str], bytes]]:
    """The answer by the short way, and by the routes, which any other parameter leads to."""
    answers = []
    for more in ("", "&x=1"):
        request = client.build_request("GET", f"{path}?query={query}{more}", headers=headers)
        answer = client.send(request)
        answers.append((answer.status_code, {k: v for k, v in answer.headers.items() if k != "date"}, answer.content))
    return answers


@pytest.mark.parametrize("accept", ["*/*", "application/sparql-results+xml", "text/csv;q=0.5, text/html;q=0.1", ""])
@pytest.mark.parametrize(
    "query",
    [
        quote("ASK {}"),
        quote_plus(f"SELECT ?q {{ ?s <{CG}quote> ?q }} ORDER BY ?q"),
        quote('SELECT ("řeka + 河" AS ?x) {}', safe=""),
        quote("SELECT (NOW() AS ?x) (1 AS ?y) { FILTER(false) }"),
        quote(f"{ALL} # {'x' * 2000}"),  # goes over in a file
        quote("SELECT (<relative> AS ?x) {}"),
    ],
)
@pytest.mark.parametrize("path", ["/sparql", "/history/sparql"])
def test_both_ways_give_the_same(reading: httpx.Client, path: str, query: str, accept: str) -> None:
    short, long = asked(reading, path, query, {"Accept": accept})
    assert short == long
    assert (short[0], short[2] != b"") == (200, True)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELECT", 400),
        ("DROP%20ALL", 400),
        ("SELECT%20*%20%7B%20SERVICE%20%3Chttp%3A%2F%2F127.0.0.1%3A9%2F%3E%20%7B%7D%20%7D", 400),
        (quote("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"), 413),
        ("%FF%FEASK%20%7B%7D", 400),
    ],
)
def test_what_goes_wrong_is_told_the_same_way(reading: httpx.Client, query: str, status: int) -> None:
    short, long = asked(reading, "/sparql", query, {"Accept": "application/json, text/turtle"})
    assert (short[0], short[1]) == (long[0], long[1])
    assert short[0] == status
    assert short[2] == long[2]


def test_a_state_that_one_has_is_not_sent_again(reading: httpx.Client) -> None:
    first = reading.get("/sparql", params={"query": "ASK {}"})
    again = reading.get("/sparql", params={"query": "ASK {}"}, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_large_results_come_whole(reading: httpx.Client) -> None:
    query = "SELECT * { VALUES ?x { 1 2 3 4 5 6 7 8 9 10 } ?s ?p ?o . ?a ?b ?x2 } LIMIT 20000"
    short, long = asked(reading, "/sparql", quote(query), {"Accept": "text/csv"})
    assert len(short[2]) == int(short[1]["content-length"]) > 1_000_000
    assert short == long
