"""Where graphs are kept: one small protocol, an embedded Oxigraph, its twin in memory, a remote SPARQL 1.1 server.

In: a folder, a URL or ``:memory:``. Out: a `Store`.
"""

from __future__ import annotations

from pathlib import Path

from .base import (
    Answer,
    DatasetName,
    Figures,
    GraphMissing,
    NoHistory,
    Outcome,
    PolicyRow,
    QueryError,
    Solutions,
    State,
    Store,
    StoreBusy,
    StoreError,
    StoreMissing,
    Term,
    TooLarge,
    Triples,
    VersionGraph,
)
from .embedded import EmbeddedReader, EmbeddedStore
from .memory import MemoryStore

__all__ = [
    "Answer",
    "DatasetName",
    "Figures",
    "GraphMissing",
    "MemoryStore",
    "NoHistory",
    "Outcome",
    "PolicyRow",
    "QueryError",
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
    "open_store",
]


def open_store(location: str | Path, *, write: bool = False, history: str = "") -> Store:
    """Open the store at a folder, a URL of a SPARQL 1.1 server, or ``:memory:`` (a new, empty one).

    A folder opened with ``write`` is made where it is absent and locked against other writers; without it, the
    newest committed state is read. A server's URL is its SPARQL query endpoint, or the root of an Oxigraph server;
    ``history`` is a second such URL for superseded versions (see `remote`). Raises `StoreError` and its kinds.
    """
    text = str(location)
    if text.startswith(("http://", "https://")):
        from .remote import RemoteStore  # httpx costs 60 ms that local use need not pay

        return RemoteStore(text, history=history, writable=write)
    if text == ":memory:":
        return MemoryStore()
    folder = Path(location).expanduser()
    return EmbeddedStore(folder) if write else EmbeddedReader(folder)
