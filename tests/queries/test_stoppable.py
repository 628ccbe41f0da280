"""A store whose queries can be killed: records as from the store itself, and nothing runs on when time is over."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clausegraph.queries.pool import SnapshotPool, TimedOut
from clausegraph.queries.stoppable import stoppable
from clausegraph.queries.store import QueryError, Store, StoreError, TooLarge, VersionGraph, open_store
from clausegraph.queries.until import seconds_left, within

from .test_pool import COUNT, RUNAWAY, children

MakeGraph = Callable[..., VersionGraph]


@pytest.fixture
def writer(tmp_path: Path, make_graph: MakeGraph) -> Iterator[Store]:
    with open_store(tmp_path / "store", write=True) as store:
        store.put([make_graph("acme", 1, size=30)])
        yield store


def test_it_answers_as_the_store_itself(writer: Store, make_graph: MakeGraph) -> None:
    writer.put([make_graph("acme", 2, size=7)])
    with SnapshotPool(writer.location, workers=1) as pool, open_store(writer.location) as reader:
        store = stoppable(pool, writer.location)
        for query in (
            COUNT,
            "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o",
            'SELECT ?x ?y { VALUES (?x ?y) { (1.5 UNDEF) ("řeka"@cs <x:y>) (true "\\n\\u0000"^^<x:t>) } }',
            "ASK { ?s ?p ?o }",
            "ASK { <x:none> ?p ?o }",
        ):
            assert store.query(query) == reader.query(query)
            assert store.query(query, dataset="history") == reader.query(query, dataset="history")
        triples = "CONSTRUCT WHERE { ?s ?p ?o }"
        one, other = store.query(triples), reader.query(triples)
        assert set(getattr(one, "triples", ())) == set(getattr(other, "triples", ())) != set()
        assert sorted(store.query_serialised(triples, "ntriples").splitlines()) == sorted(
            reader.query_serialised(triples, "ntriples").splitlines()
        )
        assert store.policies() == reader.policies()
        assert sorted(b"".join(store.export("nquads")).splitlines()) == sorted(
            b"".join(reader.export("nquads")).splitlines()
        )
        with pytest.raises(QueryError):
            store.query("SELECT")
        with pytest.raises(StoreError, match="reading only"):
            store.update("DROP ALL")


def test_late_queries_are_killed_at_the_askers_limit(writer: Store) -> None:
    others = children()  # what earlier tests have left running
    with SnapshotPool(writer.location, workers=1, seconds=60) as pool:
        store = stoppable(pool, writer.location)
        store.query(COUNT)
        workers = children() - others
        began = time.monotonic()
        with within(0.3):
            assert 0 < (seconds_left() or 0) <= 0.3
            with pytest.raises(TimedOut, match=r"0\.3 seconds"):
                store.query(RUNAWAY)
            with pytest.raises(TimedOut):
                store.query(COUNT)  # nothing more is asked
        assert time.monotonic() - began < 10
        assert store.query(COUNT), "a fresh process answers"
        assert not workers & children(), "the process of the late query is gone"


def test_limits_of_results_hold(writer: Store) -> None:
    with SnapshotPool(writer.location, workers=1, max_bytes=2000) as pool:
        store = stoppable(pool, writer.location)
        with pytest.raises(TooLarge):
            store.query("SELECT * { ?s ?p ?o }")
