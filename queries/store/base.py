"""What every store of graphs can do, and the records it takes and gives.

In: whole named graphs as N-Quads (`VersionGraph`), SPARQL text. Out: plain records (`Solutions`, `Triples`, `bool`,
`PolicyRow`, `State`) that may cross threads, or serialised bytes. Errors: `StoreError` and its kinds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Protocol, Self
from typing import Literal as Choice

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ... import ClauseGraphError

__all__ = [
    "Answer",
    "DatasetName",
    "Figures",
    "GraphMissing",
    "NoHistory",
    "Outcome",
    "PolicyRow",
    "QueryError",
    "Scope",
    "Solutions",
    "State",
    "Store",
    "StoreBusy",
    "StoreError",
    "StoreMissing",
    "Term",
    "TooLarge",
    "Triples",
    "VersionGraph",
]

Term = NamedNode | BlankNode | Literal | Triple
DatasetName = Choice["current", "history"]
Outcome = Choice["added", "replaced", "unchanged"]


class StoreError(ClauseGraphError):
    """The store cannot do what was asked."""


class StoreBusy(StoreError):
    """Another process holds the store for writing; the message names it."""


class StoreMissing(StoreError):
    """There is no store at the location, or nothing in it that can be read."""


class GraphMissing(StoreError):
    """There is no graph of that name."""


class NoHistory(StoreError):
    """The store keeps no superseded versions."""


class QueryError(StoreError):
    """The query is not valid SPARQL, or cannot be answered in the form asked for."""


class TooLarge(StoreError):
    """The result is larger than the limit; nothing of it is given."""


@dataclass(frozen=True, slots=True)
class VersionGraph:
    """Everything extracted from one policy version, ready to be stored.

    ``nquads``: UTF-8 N-Quads, one quad a line, every one in the graph ``version_iri``.
    ``ingested_at``: ISO 8601 date and time with zone. ``sha256``: hex digest of the source bytes. ``derived``: sorted
    N-Quads of graphs that follow from it (`DERIVED_GRAPHS`); they come and go with it and have no history.
    """

    policy_iri: str
    version_iri: str
    sha256: str
    extractor_digest: str
    nquads: bytes
    ingested_at: str
    derived: bytes = b""


@dataclass(frozen=True, slots=True)
class State:
    """What is stored of a policy now: enough to know whether an ingest would change anything."""

    version_iri: str
    extractor_digest: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What a stored version amounts to. ``controller``: its name, "" where the text leaves the controller unnamed.

    ``characters``: code points of the text; ``accounted``: those that stand in a clause of any kind.
    """

    title: str
    language: str
    controller: str
    clauses: int
    statements: int
    denied: int
    characters: int
    accounted: int


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One policy as a list shows it. ``controllers``: names, empty where the text leaves the controller unnamed.

    ``statements`` counts all, ``denied`` those among them that deny; ``ingested_at`` is ISO 8601.
    """

    policy_iri: str
    title: str
    language: str
    controllers: tuple[str, ...]
    version_iri: str
    ingested_at: str
    statements: int
    denied: int
    clauses: int


@dataclass(frozen=True, slots=True)
class Solutions:
    """A SELECT result: ``rows`` are as wide as ``variables``; None is unbound."""

    variables: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]

    def records(self) -> list[dict[str, Term]]:
        """One dict a row, without the unbound variables."""
        return [
            {name: term for name, term in zip(self.variables, row, strict=True) if term is not None}
            for row in self.rows
        ]

    def texts(self) -> list[dict[str, str]]:
        """One dict a row: IRIs and lexical forms as plain text, without the unbound variables."""
        return [{name: plain(term) for name, term in record.items()} for record in self.records()]


@dataclass(frozen=True, slots=True)
class Triples:
    """A CONSTRUCT or DESCRIBE result."""

    triples: list[Triple]


Answer = Solutions | bool | Triples


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of a dataset a query sees. Nothing given: the union of all graphs, or the query's own FROM.

    ``default_graphs``/``named_graphs`` are the SPARQL protocol's parameters; given (even empty), they win over FROM.
    """

    base: str | None = None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


def plain(term: Term) -> str:
    """The IRI, label or lexical form of a term, without its syntax."""
    return str(term) if isinstance(term, Triple) else term.value


class Store(Protocol):
    """Two datasets, *current* and *history*, and a catalogue that only the store writes.

    One process may write; readers see the state of the last commit before they opened or refreshed.
    All methods may be called from any thread.
    """

    @property
    def location(self) -> str:
        """Where it is: a folder, a URL or ``:memory:``."""
        ...

    def state(self, policy_iri: str) -> State | None:
        """The policy's current version, None where there is none."""
        ...

    def states(self) -> dict[str, State]:
        """The current version of every policy, by the policy's IRI."""
        ...

    def figures(self, versions: Sequence[str]) -> dict[str, Figures]:
        """What the current versions of these IRIs amount to; those that are not stored are left out."""
        ...

    def put(self, batch: Sequence[VersionGraph], *, force: bool = False) -> list[Outcome]:
        """Store versions and make them current; superseded ones go to the history. One outcome an item, in order.

        Each policy is all or nothing. A known version with the same extractor digest writes nothing (unless ``force``
        says that it is to be written anew), with another digest its graph is replaced whole and leaves no trace in
        the history.
        """
        ...

    def remove(self, policy_iri: str, *, purge: bool = False) -> bool:
        """Remove a policy's graph and catalogue entry; ``purge`` also its superseded versions. False: nothing there."""
        ...

    def policies(self) -> list[PolicyRow]:
        """All policies, by title."""
        ...

    def query(
        self,
        sparql: str,
        *,
        dataset: DatasetName = "current",
        base: str | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Answer:
        """Ask. The default graph is the union; a FROM graph that is not stored is empty, never fetched.

        For trusted queries only: what strangers send goes through `queries.guard` and `queries.pool`.
        """
        ...

    def query_serialised(
        self,
        sparql: str,
        format: str,
        *,
        dataset: DatasetName = "current",
        base: str | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        max_bytes: int | None = None,
    ) -> bytes:
        """Ask and serialise at once: json, xml, csv, tsv for SELECT and ASK; see `formats.GRAPH_FORMATS` for the rest.

        Raises `QueryError` where the format does not fit the query's form, `TooLarge` beyond ``max_bytes``.
        """
        ...

    def query_into(
        self,
        sink: IO[bytes],
        sparql: str,
        format: str,
        *,
        dataset: DatasetName = "current",
        base: str | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> None:
        """The same, written into a sink (a `sink.Sink`, which refuses what is too large)."""
        ...

    def graph_into(self, sink: IO[bytes], graph: str | None, format: str, *, dataset: DatasetName = "current") -> None:
        """Write one graph (None: the one without a name). Raises `GraphMissing`."""
        ...

    def export(self, format: str, *, policy: str | None = None, dataset: DatasetName = "current") -> Iterator[bytes]:
        """Everything, or the graph of one policy's current version, graph by graph in a fixed order."""
        ...

    def put_derived(self, nquads: Mapping[str, bytes]) -> None:
        """Replace the derived graphs of current versions, by their IRIs; each version's are all or nothing.

        What is not current (any more) is passed over.
        """
        ...

    def load_base(self, graph_iri: str, nquads: bytes) -> bool:
        """Put the ontology, the concepts or another shared graph. False: it was there already, byte for byte."""
        ...

    def update(self, sparql: str, *, base: str | None = None) -> None:
        """Run a SPARQL update on *current*, all of it or nothing.

        Nothing keeps it from what the store itself needs (the catalogue): for trusted hands only. What comes over
        the network goes through `guard.fence_update` first.
        """
        ...

    def write_graph(self, graph: str | None, ntriples: bytes, *, replace: bool) -> bool:
        """Put triples into a graph of *current* (None: the one without a name). True: the graph is new."""
        ...

    def drop_graph(self, graph: str | None) -> bool:
        """Drop a graph of *current*; False: there was none. The one without a name is emptied."""
        ...

    def optimize(self) -> None:
        """Reorganise after large loads, so that wide queries are fast."""
        ...

    def refresh(self) -> bool:
        """Readers: go to the newest state. True: there was a newer one."""
        ...

    def close(self) -> None:
        """Release files, locks and connections. May be called twice."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
