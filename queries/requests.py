"""What strangers and token holders may ask of a store, and what they get.

In: a request as the network brought it (safe to pickle). Out: `Reply`, the serialised result, in memory or in a file.
Each request fences itself where it runs, so that no caller can forget to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, ClassVar, Protocol

import pyoxigraph as ox

from .guard import fence_query, fence_update
from .store import DatasetName, QueryError, Store
from .store.sink import Sink
from .using import with_dataset

__all__ = ["BODY_TYPES", "DropGraph", "Graph", "PutGraph", "Query", "Reply", "Request", "Update"]

_CHUNK = 256 * 1024

#: Media types in which a graph may be sent, and the syntax that each means.
BODY_TYPES: dict[str, ox.RdfFormat] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole result of ``length`` bytes: ``data``, or ``file`` where it is large. `read` or `chunks` use it up."""

    data: bytes
    file: IO[bytes] | None = None
    length: int = 0

    def read(self) -> bytes:
        """All of it."""
        return self.data if self.file is None else b"".join(self.chunks())

    def chunks(self) -> Iterator[bytes]:
        """Piece by piece, so that a large one never stands in memory."""
        if self.file is None:
            yield self.data
            return
        with self.file as file:
            file.seek(0)
            while chunk := file.read(_CHUNK):
                yield chunk

    def close(self) -> None:
        """Drop it unread."""
        if self.file is not None:
            self.file.close()


class Request(Protocol):
    """Something that runs on a store. ``writes``: whether it needs the store open for writing."""

    writes: ClassVar[bool]

    def run(self, store: Store, sink: Sink) -> None:
        """Do it and write what comes out. Raises `ClauseGraphError`."""
        ...


@dataclass(frozen=True, slots=True)
class Query:
    """A query; the fields are those of `Store.query_into`."""

    sparql: str
    format: str
    dataset: DatasetName = "current"
    base: str | None = None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    writes: ClassVar[bool] = False

    @property
    def fields(self) -> tuple[object, ...]:
        """All that tells it from other requests."""
        return self.sparql, self.format, self.dataset, self.base, self.default_graphs, self.named_graphs

    def __reduce__(self) -> tuple[type[Query], tuple[object, ...]]:
        """As a dataclass would be pickled, in a fifth of the time: each query is."""
        return Query, self.fields

    def run(self, store: Store, sink: Sink) -> None:
        """See `Request`."""
        store.query_into(
            sink,
            fence_query(self.sparql),
            self.format,
            dataset=self.dataset,
            base=self.base,
            default_graphs=self.default_graphs,
            named_graphs=self.named_graphs,
        )


@dataclass(frozen=True, slots=True)
class Graph:
    """One graph as it is stored; None names the one without a name."""

    graph: str | None
    format: str
    dataset: DatasetName = "current"
    writes: ClassVar[bool] = False

    @property
    def fields(self) -> tuple[object, ...]:
        """All that tells it from other requests."""
        return "graph", self.graph, self.format, self.dataset

    def run(self, store: Store, sink: Sink) -> None:
        """See `Request`."""
        store.graph_into(sink, self.graph, self.format, dataset=self.dataset)


@dataclass(frozen=True, slots=True)
class Update:
    """A SPARQL update of *current*, with the graphs that the protocol's parameters name."""

    sparql: str
    base: str | None = None
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()
    writes: ClassVar[bool] = True

    def run(self, store: Store, sink: Sink) -> None:
        """See `Request`."""
        store.update(fence_update(with_dataset(self.sparql, self.using, self.using_named)), base=self.base)


@dataclass(frozen=True, slots=True)
class PutGraph:
    """Triples for a graph of *current*, in place of what is there (``replace``) or beside it.

    ``parts``: documents with their media types (`BODY_TYPES`). Gives ``created`` where the graph is new.
    """

    graph: str | None
    parts: tuple[tuple[bytes, str], ...]
    base: str
    replace: bool
    writes: ClassVar[bool] = True

    def run(self, store: Store, sink: Sink) -> None:
        """See `Request`."""
        if store.write_graph(self.graph, _ntriples(self.parts, self.base), replace=self.replace):
            sink.write(b"created")


@dataclass(frozen=True, slots=True)
class DropGraph:
    """A graph of *current* dropped. Gives ``dropped`` where there was one."""

    graph: str | None
    writes: ClassVar[bool] = True

    def run(self, store: Store, sink: Sink) -> None:
        """See `Request`."""
        if store.drop_graph(self.graph):
            sink.write(b"dropped")


def _ntriples(parts: Sequence[tuple[bytes, str]], base: str) -> bytes:
    """Documents as N-Triples. Blank nodes of two documents stay apart; nothing that they name is fetched."""
    texts: list[bytes] = []
    for data, media_type in parts:
        try:
            triples = []
            parsed = ox.parse(data, format=BODY_TYPES[media_type], base_iri=base, rename_blank_nodes=True)
            for quad in parsed:
                if not isinstance(quad.graph_name, ox.DefaultGraph):
                    raise QueryError("The body holds several graphs.", mend="Send each to its own address.")
                triples.append(quad.triple)
        except (SyntaxError, ValueError) as error:
            raise QueryError(
                f"The body is not valid {BODY_TYPES[media_type].name}: {error}.", mend="Mend it at the place named."
            ) from error
        texts.append(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
    return b"".join(texts)
