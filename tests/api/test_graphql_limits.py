"""What a query may ask for: bombs are refused in milliseconds, in linear time, and each refusal says how to go on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from graphql import (
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLScalarType,
    get_introspection_query,
    get_named_type,
    get_nullable_type,
    parse,
)

from clausegraph.api.app import create_app
from clausegraph.api.graphql.cost import NAMED, PAGE, USUAL, estimate
from clausegraph.api.graphql.documents import Documents
from clausegraph.api.graphql.examples import EXAMPLES
from clausegraph.api.graphql.limits import Limits
from clausegraph.api.graphql.schema import schema
from clausegraph.api.settings import Settings
from clausegraph.queries.store import MemoryStore

from .test_graphql_protocol import open_client


@pytest.fixture(scope="module")
def client(store: MemoryStore) -> Iterator[TestClient]:
    """A client of a server with the limits that hold where nothing is set."""
    with open_client(store) as made:
        yield made


def nested_fragments(levels: int) -> str:
    """800 bytes that unfold to 2 to the power of ``levels`` fields."""
    parts = [
        f"fragment F{n} on Concept {{ a: broader {{ ...F{n + 1} }} b: broader {{ ...F{n + 1} }} }}"
        for n in range(levels)
    ]
    return f'{{ concept(name: "Contact") {{ ...F0 }} }} {" ".join(parts)} fragment F{levels} on Concept {{ id }}'


def chained_fragments(count: int) -> str:
    """Fragments that only lead to each other."""
    parts = [f"fragment F{n} on Concept {{ ...F{n + 1} }}" for n in range(count)]
    return f'{{ concept(name: "Contact") {{ ...F0 }} }} {" ".join(parts)} fragment F{count} on Concept {{ id }}'


def every_fragment_in_every_other(count: int) -> str:
    """Fragments that each spread all later ones: as many pairs as the square of their number."""
    parts = [
        f"fragment F{n} on Concept {{ id {' '.join(f'...F{m}' for m in range(n + 1, count))} }}" for n in range(count)
    ]
    return f'{{ concept(name: "Contact") {{ ...F0 }} }} {" ".join(parts)}'


def flat_fragments(count: int) -> str:
    """Fragments side by side with the same field."""
    parts = [f"fragment F{n} on Concept {{ broader {{ id }} }}" for n in range(count)]
    spreads = " ".join(f"...F{n}" for n in range(count))
    return f'{{ concept(name: "Contact") {{ {spreads} }} }} {" ".join(parts)}'


def fields(word: str, count: int) -> str:
    return f'{{ concept(name: "Contact") {{ {" ".join(word.format(n=n) for n in range(count))} }} }}'


def deep(field: str, levels: int) -> str:
    return f'{{ concept(name: "Contact") {{ {(field + " { ") * levels}id{" }" * levels} }} }}'


BOMBS: list[tuple[str, str]] = [
    (nested_fragments(8), "aliases"),
    (nested_fragments(40), "depth"),
    (nested_fragments(70), "depth"),
    (chained_fragments(240), "depth"),
    (fields("a{n}: label", 400), "aliases"),
    (fields("id", 1900), "aliases"),
    (fields("id", 3000), "tokens"),
    (deep("broader", 20), "depth"),
    (deep("... { broader", 20) + "}" * 20, ""),
    ('{ concept(name: "Contact") {' + " ... { broader {" * 20 + "id" + "} }" * 20 + "} }", "depth"),
    (deep("broader", 480), "depth"),
    (deep("broader", 3000), "depth"),
    ("{" * 1900, ""),
    ("[" * 5000, ""),
    ("{ concept(name: " + "[" * 1900, "depth"),
    ("#\n" * 40_000, "tokens"),
    ("{ a }" + " " * 500_000, "tokens"),
    ("{ policies(first: 200) { nodes { statements(first: 200) { nodes { label quote start } } } } }", "cost"),
    ("{ statements(first: 200) { nodes { policy { statements(first: 200) { nodes { iri start end } } } } } }", "cost"),
    ('{ concepts(scheme: "purposes") { ancestors { ancestors { ancestors { ancestors { id } } } } } }', "cost"),
    ('{ report(name: "denials") { rows(first: 10000) { cells { column text iri number } } } }', "cost"),
    ('{ policies { nodes { ...P } } } fragment P on Policy { statements(first: 200) { ...S } } '
     'fragment S on StatementConnection { nodes { quote label mentions { exact start } } }', "cost"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "limit"), BOMBS, ids=lambda one: one[:40] if "{" in one else one)
def test_bombs_are_refused_in_milliseconds(client: TestClient, query: str, limit: str) -> None:
    Documents(schema._schema, Limits()).prepare("{ reports { name } }")  # what is made once is made
    started = time.perf_counter()
    answer = client.post("/graphql", json={"query": query}).json()
    seconds = time.perf_counter() - started
    assert "data" not in answer
    error = answer["errors"][0]
    assert seconds < 0.5, seconds
    if limit:
        told = error["extensions"]
        assert told["limit"] == limit, error
        assert told["allowed"] == getattr(Limits(), limit)
        assert f"{told['allowed']:,}" in error["message"]
        assert told["mend"].endswith(".")
        if isinstance(told["value"], int):
            assert f"{told['value']:,}" in error["message"]
            assert told["value"] > told["allowed"]


@pytest.mark.parametrize(
    "made",
    [
        nested_fragments,
        chained_fragments,
        lambda n: fields("id", 4 * n),
        lambda n: fields("a{n}: id", 4 * n),
        lambda n: deep("broader", n),
    ],
)
def test_time_grows_with_the_length_and_no_faster(made: Callable[[int], str]) -> None:
    limits = Limits(depth=10**9, aliases=0, tokens=10**6)

    def seconds(query: str) -> float:
        best = 9.0
        for _ in range(9):  # the quickest of several, on a machine that does other things too
            documents = Documents(schema._schema, limits)
            started = time.perf_counter()
            documents.prepare(query)
            best = min(best, time.perf_counter() - started)
        return best

    short, long = made(15), made(120)
    # eight times as long: what is linear takes some 8 times as long, what is quadratic 64 times
    assert seconds(long) / seconds(short) < 5 * len(long) / len(short)


def test_what_passes_the_limits_is_validated_in_milliseconds_too(client: TestClient) -> None:
    for query in (chained_fragments(200), every_fragment_in_every_other(25), flat_fragments(40)):
        started = time.perf_counter()
        Documents(schema._schema, Limits()).prepare(query)
        assert time.perf_counter() - started < 1.0


def test_fragments_that_contain_themselves_are_named(client: TestClient) -> None:
    query = "{ reports { name } } fragment A on Concept { ...B } fragment B on Concept { broader { ...A } }"
    assert "itself" in client.post("/graphql", json={"query": query}).json()["errors"][0]["message"]


def cost_of(query: str, **variables: Any) -> int:
    document = parse(query)
    (operation, *_) = document.definitions
    return estimate(schema._schema, document, operation, variables)  # type: ignore[arg-type]


def test_the_cost_is_what_the_pages_can_hold() -> None:
    page = "query ($n: Int = 7) { statements(first: $n) { nodes { iri quote } pageInfo { endCursor } } }"
    assert cost_of(page) == 1 + 1 + 7 * 2 + 2
    assert cost_of(page, n=100) - cost_of(page) == 93 * 2
    assert cost_of(page, n=10**9) == cost_of(page, n=200)  # more is refused by the list itself
    assert cost_of(page, n="many") == cost_of(page, n=200)
    assert cost_of(page, n=-5) == cost_of(page, n=0)
    on = "on StatementConnection { nodes { iri } }"
    spread = f"query ($n: Int) {{ statements(first: $n) {{ ...S }} }} fragment S {on}"
    assert cost_of(spread, n=10) == 1 + 1 + 10
    twice = f"{{ a: statements(first: 9) {{ ...S }} b: statements(first: 3) {{ ...S }} }} fragment S {on}"
    assert cost_of(twice) == 2 + 2 + 12
    inner = "{ policies(first: 3) { nodes { statements(first: 4) { nodes { iri } } } } }"
    assert cost_of(inner) == 1 + 1 + 3 * (1 + 1 + 4)


def test_every_long_list_has_a_size_of_its_own() -> None:
    """A list whose length nothing bounds must not count as five."""
    short = {"schemes", "ancestors", "links", "codes", "exceptionTo", "gained", "lost", "versions", "policies", "cells"}
    short |= {"affirmed", "denied", "parameters", "columns", "kinds"}
    kinds = (GraphQLObjectType, GraphQLInterfaceType)
    known = {name: one.fields for name, one in schema._schema.type_map.items() if isinstance(one, kinds)}
    for key in USUAL:
        kind, field = key.split(".")
        assert field in known[kind], key
    bare = {
        f"{kind}.{name}"
        for kind, fields in known.items()
        if not kind.startswith("__")
        for name, field in fields.items()
        if isinstance(get_nullable_type(field.type), GraphQLList)
        and not isinstance(get_named_type(field.type), GraphQLScalarType)
        and name not in ("nodes", "edges")
        and not {*PAGE, *NAMED} & field.args.keys()
    }
    assert {one for one in bare - USUAL.keys() if one.split(".")[1] not in short} == set()


def test_what_people_ask_passes(client: TestClient) -> None:
    assert "errors" not in client.post("/graphql", json={"query": get_introspection_query()}).json()
    deep = get_introspection_query(input_value_deprecation=True, specified_by_url=True)
    assert "errors" not in client.post("/graphql", json={"query": deep}).json()
    for one in EXAMPLES:
        assert cost_of(one["query"], **one.get("variables", {})) < Limits().cost / 10


def test_introspection_is_no_way_around(client: TestClient) -> None:
    query = "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }"
    assert client.post("/graphql", json={"query": query}).json()["errors"]
    many = "{ " + " ".join(f"a{n}: __schema {{ types {{ fields {{ args {{ name }} }} }} }}" for n in range(60)) + " }"
    assert client.post("/graphql", json={"query": many}).json()["errors"][0]["extensions"]["limit"] == "aliases"


def test_a_query_that_takes_too_long_is_given_up(store: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    real = store.query

    def slow(*arguments: Any, **named: Any) -> Any:
        time.sleep(0.5)
        return real(*arguments, **named)

    monkeypatch.setattr(store, "query", slow)
    with open_client(store, graphql_seconds=0.1) as client:
        started = time.perf_counter()
        answer = client.post("/graphql", json={"query": "{ policies { nodes { key } } }"})
        assert time.perf_counter() - started < 0.45
        time.sleep(0.6)  # what was begun in the store ends there
    assert answer.status_code == 503
    (error,) = answer.json()["errors"]
    assert error["extensions"] | {"mend": ""} == {"limit": "time", "allowed": 0.1, "mend": ""}
    assert "0.1 seconds" in error["message"]


def test_limits_can_be_set(store: MemoryStore) -> None:
    with open_client(store, graphql_depth=2, graphql_aliases=0, graphql_tokens=30, graphql_cost=40) as client:
        for query, limit in (
            ("{ policies { nodes { key } } }", "depth"),
            ("{ a: reports { name } }", "aliases"),
            ("{ " + "reports " * 30 + "}", "tokens"),
            ("{ reports { name } }", "cost"),
        ):
            (error,) = client.post("/graphql", json={"query": query}).json()["errors"]
            assert error["extensions"]["limit"] == limit
    assert create_app(Settings(store=":memory:", graphql_depth=3))
