"""The dataset of an update: USING where a WHERE is, and nowhere else."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from clausegraph.queries.store import QueryError
from clausegraph.queries.using import with_dataset


def run(update: str, using: list[str], named: list[str]) -> set[str]:
    """What stands in <x:out> after the update, or is left in <x:one>."""
    store = ox.Store()
    store.update("INSERT DATA { <x:none> <x:p> 0 GRAPH <x:one> { <x:1> <x:p> 1 } GRAPH <x:two> { <x:2> <x:p> 2 } }")
    store.update(with_dataset(update, using, named))
    return {quad.subject.value for quad in store.quads_for_pattern(None, None, None, ox.NamedNode("x:out"))}  # type: ignore[union-attr]


COPY = "INSERT { GRAPH <x:out> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
NAMED = "INSERT { GRAPH <x:out> { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }"


def test_every_where_asks_the_graphs_named() -> None:
    assert run(COPY, [], []) == {"x:none"}
    assert run(COPY, ["x:one"], []) == {"x:1"}
    assert run(COPY, ["x:one", "x:two"], []) == {"x:1", "x:2"}
    assert run(NAMED, ["x:one"], ["x:two"]) == {"x:2"}
    assert run(NAMED, ["x:one"], []) == set()
    assert run(f"CREATE GRAPH <x:g> ; {COPY} ; {NAMED}", ["x:one"], ["x:two"]) == {"x:1", "x:2"}


@pytest.mark.parametrize(
    "update",
    [
        "PREFIX where: <x:> INSERT{GRAPH<x:out>{?s ?p ?o}}WHERE{?s ?p ?o}",
        "insert { graph <x:out> { ?s ?p ?o } } # where { using\n where { ?s ?p ?o FILTER(?p != 'WHERE { USING') }",
        "INSERT { GRAPH <x:out> { ?s ?p ?o } } WHERE { { SELECT * WHERE { ?s ?p ?o } } BIND(<x:\\u0061#> AS ?where) }",
    ],
)
def test_only_code_counts(update: str) -> None:
    assert run(update, ["x:one"], []) == {"x:1"}


def test_delete_where_takes_its_graphs() -> None:
    store = ox.Store()
    store.update("INSERT DATA { <x:s> <x:p> 1 . <x:t> <x:p> 2 GRAPH <x:one> { <x:s> <x:p> 1 } }")
    store.update(with_dataset("DELETE WHERE { ?s <x:p> ?o } ;", ["x:one"], []))
    assert {quad.subject.value for quad in store} == {"x:s", "x:t"}
    assert len(store) == 2, "found in <x:one>, deleted from the graph without a name"


@pytest.mark.parametrize(
    ("update", "using"),
    [
        (f"WITH <x:one> {COPY}", ["x:two"]),
        (COPY.replace("WHERE", "USING <x:two> WHERE"), ["x:one"]),
        (COPY.replace("WHERE {", "USINGNAMED<x:two>WHERE {"), ["x:one"]),
        ("DELETEWHERE { ?s ?p ?o }", ["x:one"]),
        (COPY, ["relative"]),
        (COPY, ["x:one> WHERE { } ; DROP ALL #"]),
    ],
)
def test_what_is_not_understood_is_refused(update: str, using: list[str]) -> None:
    with pytest.raises(QueryError) as caught:
        with_dataset(update, using, [])
    assert caught.value.mend
