"""One RDF dataset with a union default graph: what the store's logic needs of a backend, and Oxigraph's form of it.

In: SPARQL, N-Quads. Out: `Answer` records or bytes. A pyoxigraph result never leaves the call that made it:
the process aborts when one crosses threads.
"""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Protocol

import pyoxigraph as ox

from ..lexer import has_dataset_clause
from .base import Answer, QueryError, Scope, Solutions, StoreError, Triples
from .formats import table_format, write_triples

__all__ = ["Dataset", "OxDataset"]

#: Above this, `bulk_load` (new files, twice as fast) beats `load` (through the log).
BULK_BYTES = 2_000_000


class Dataset(Protocol):
    """A backend. Each call is atomic: `update` as a whole, `add` item by item."""

    def query(self, sparql: str, scope: Scope) -> Answer:
        """The result as records."""
        ...

    def serialise(self, sparql: str, format: str, scope: Scope, sink: IO[bytes]) -> None:
        """Write the result into a sink, which may refuse by raising."""
        ...

    def update(self, sparql: str, base: str | None = None) -> None:
        """Run a SPARQL update, all of it or nothing. ``base``: what relative IRIs start from."""
        ...

    def add(self, parts: Sequence[bytes]) -> None:
        """Add N-Quads. Each part lands whole or not at all, and parts land in order."""
        ...

    def graphs(self) -> list[str]:
        """IRIs of the graphs that hold something, sorted."""
        ...

    def graph(self, iri: str | None) -> bytes:
        """One graph as N-Triples, empty if it is not there; None means the one without a name."""
        ...

    def has_graph(self, iri: str) -> bool:
        """Whether there is a graph of this name, be it empty."""
        ...

    def optimize(self) -> None:
        """Reorganise for reading."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class OxDataset:
    """A dataset in this process: pyoxigraph in memory, on disk, or read-only on a snapshot.

    ``keep``: anything that must live as long as this dataset is in use (a lock on the snapshot's files).
    """

    def __init__(self, store: ox.Store, *, keep: object = None) -> None:
        self._store: ox.Store | None = store
        self._keep = keep

    @property
    def store(self) -> ox.Store:
        """The pyoxigraph store, while open."""
        store = self._store
        if store is None:
            raise StoreError("The store is closed.", mend="Open it again.")
        return store

    def query(self, sparql: str, scope: Scope) -> Answer:
        """See `Dataset.query`."""
        try:
            return _records(self._run(sparql, scope))
        except BaseException as error:
            _let_go(error)
            raise

    def serialise(self, sparql: str, format: str, scope: Scope, sink: IO[bytes]) -> None:
        """See `Dataset.serialise`."""
        try:
            _write(self._run(sparql, scope), format, sink)
        except BaseException as error:
            _let_go(error)
            raise

    def update(self, sparql: str, base: str | None = None) -> None:
        """See `Dataset.update`."""
        try:
            self.store.update(sparql, base_iri=base)
        except SyntaxError as error:
            raise QueryError(f"The update is not valid SPARQL 1.1: {error}.") from error
        except (OSError, RuntimeError) as error:
            raise StoreError(f"The store could not be written: {error}.", mend=_DISK) from error

    def add(self, parts: Sequence[bytes]) -> None:
        """See `Dataset.add`; all parts land together."""
        data = b"".join(parts)
        if not data:
            return
        load = self.store.bulk_load if len(data) > BULK_BYTES else self.store.load
        try:
            load(data, format=ox.RdfFormat.N_QUADS)
        except SyntaxError as error:
            raise StoreError(f"What should be stored is not valid N-Quads: {error}.") from error
        except (OSError, RuntimeError) as error:
            raise StoreError(f"The store could not be written: {error}.", mend=_DISK) from error

    def graphs(self) -> list[str]:
        """See `Dataset.graphs`."""
        store = self.store
        names = (name for name in store.named_graphs() if isinstance(name, ox.NamedNode))
        return sorted(n.value for n in names if next(store.quads_for_pattern(None, None, None, n), None) is not None)

    def graph(self, iri: str | None) -> bytes:
        """See `Dataset.graph`."""
        name = ox.DefaultGraph() if iri is None else ox.NamedNode(iri)
        return self.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=name) or b""

    def has_graph(self, iri: str) -> bool:
        """See `Dataset.has_graph`."""
        return self.store.contains_named_graph(ox.NamedNode(iri))

    def optimize(self) -> None:
        """See `Dataset.optimize`."""
        self.store.optimize()

    def backup(self, folder: Path) -> None:
        """Write a snapshot (hard links) into a folder that does not exist yet."""
        self.store.backup(folder)

    def close(self) -> None:
        """See `Dataset.close`. A query that still runs in another thread keeps its files and ``keep``."""
        self._store = None

    def _run(self, sparql: str, scope: Scope) -> _Result:
        # A query's own FROM has no effect beside `use_default_graph_as_union`, so it must not be set then.
        given = scope.default_graphs is not None or scope.named_graphs is not None
        try:
            if given:
                return self.store.query(
                    sparql,
                    base_iri=scope.base,
                    default_graph=[ox.NamedNode(iri) for iri in scope.default_graphs or ()],
                    named_graphs=[ox.NamedNode(iri) for iri in scope.named_graphs or ()],
                )
            return self.store.query(
                sparql, base_iri=scope.base, use_default_graph_as_union=not has_dataset_clause(sparql)
            )
        except SyntaxError as error:
            raise QueryError(
                f"The query is not valid SPARQL 1.1: {error}.", mend="Mend it at the line and column named."
            ) from error
        except ValueError as error:
            raise QueryError(f"The query cannot be run: {error}.") from error
        except (OSError, RuntimeError) as error:
            raise StoreError(f"The query failed: {error}.") from error


_Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


def _records(result: _Result) -> Answer:
    if isinstance(result, ox.QueryBoolean):
        return bool(result)
    try:
        if isinstance(result, ox.QuerySolutions):
            names = tuple(variable.value for variable in result.variables)
            return Solutions(names, [tuple(row) for row in result])
        return Triples(list(result))
    except (OSError, RuntimeError) as error:
        raise StoreError(f"The query failed while it ran: {error}.") from error


def _write(result: _Result, format: str, sink: IO[bytes]) -> None:
    try:
        if isinstance(result, ox.QueryTriples):
            write_triples(result, format, sink)
        else:
            result.serialize(sink, format=table_format(format))
    except (OSError, RuntimeError) as error:
        raise StoreError(f"The query failed while it ran: {error}.") from error


def _let_go(error: BaseException | None) -> None:
    """Empty the frames that an error drags along: a result in them would die in whatever thread drops the error."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__


_DISK = "Check that the disk is not full and that the folder may be written."
