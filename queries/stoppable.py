"""A store whose queries run in the processes of a pool, where one that is late is killed.

In: a `SnapshotPool`. Out: `stoppable`, a `Store` for reading. What asks it gets records as from any other store, and
`TimedOut`, `Busy`, `TooLarge` or `Crashed` where a query breaks a limit. Each query has what is left of the asker's
time (`until.within`), at most the pool's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, NoReturn

import pyoxigraph as ox

from .lexer import query_form
from .pool import SnapshotPool
from .requests import Graph, Query, Reply
from .store import Answer, DatasetName, GraphMissing, Solutions, Store, StoreError, Triples
from .store.base import Scope
from .store.core import GraphStore
from .store.formats import records_of
from .until import seconds_left

__all__ = ["stoppable"]


def stoppable(pool: SnapshotPool, location: str) -> Store:
    """The store that a pool reads."""
    return GraphStore(PooledDataset(pool, "current"), PooledDataset(pool, "history"), location=location, writable=False)


class PooledDataset:
    """`Dataset` for reading, in another process."""

    def __init__(self, pool: SnapshotPool, name: DatasetName) -> None:
        self._pool = pool
        self._name: DatasetName = name

    def query(self, sparql: str, scope: Scope) -> Answer:
        """See `Dataset.query`."""
        if query_form(sparql) in ("construct", "describe"):
            data = self._ask(sparql, "ntriples", scope).read()
            return Triples([quad.triple for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES)])
        return records_of(self._ask(sparql, "json", scope).read())

    def serialise(self, sparql: str, format: str, scope: Scope, sink: IO[bytes]) -> None:
        """See `Dataset.serialise`."""
        for piece in self._ask(sparql, format, scope).chunks():
            sink.write(piece)

    def graphs(self) -> list[str]:
        """See `Dataset.graphs`."""
        answer = self.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", Scope())
        assert isinstance(answer, Solutions)
        return sorted(row["g"] for row in answer.texts())

    def graph(self, iri: str | None) -> bytes:
        """See `Dataset.graph`."""
        try:
            return self._pool.ask(Graph(iri, "ntriples", self._name), seconds_left()).read()
        except GraphMissing:
            return b""

    def has_graph(self, iri: str) -> bool:
        """See `Dataset.has_graph`."""
        try:
            self._pool.ask(Graph(iri, "ntriples", self._name), seconds_left()).close()
        except GraphMissing:
            return False
        return True

    def close(self) -> None:
        """Nothing: who made the pool closes it."""

    def update(self, sparql: str, base: str | None = None) -> NoReturn:
        """See `Dataset.update`."""
        raise _read_only()

    def add(self, parts: Sequence[bytes]) -> NoReturn:
        """See `Dataset.add`."""
        raise _read_only()

    def optimize(self) -> NoReturn:
        """See `Dataset.optimize`."""
        raise _read_only()

    def _ask(self, sparql: str, format: str, scope: Scope) -> Reply:
        request = Query(sparql, format, self._name, scope.base, scope.default_graphs, scope.named_graphs)
        return self._pool.ask(request, seconds_left())


def _read_only() -> StoreError:
    return StoreError("This store is read only.", mend="Open the store itself for writing.")
