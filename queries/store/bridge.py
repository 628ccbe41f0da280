"""rdflib's view of a store, for people who know rdflib.

In: a `Store`. Out: an `rdflib.Dataset` whose default graph is the union, for reading. SPARQL goes to the store's
own engine, never to rdflib's (which would fetch what FROM names).
"""

from __future__ import annotations

from typing import Any, NoReturn

import rdflib
from oxrdflib.store import OxigraphStore

from .base import Store, StoreError
from .core import GraphStore
from .dataset import OxDataset

__all__ = ["as_rdflib"]


class _ReadOnlyStore(OxigraphStore):
    """Only the store itself keeps *current*, *history* and catalogue in step, so rdflib may not write."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise StoreError("The rdflib view of a store is for reading.", mend="Write with Store.put and Store.remove.")

    keep: object = None  # what must outlive the view: the lock on its snapshot's files

    add = addN = remove = remove_graph = update = destroy = _refuse

    def add_graph(self, graph: rdflib.Graph) -> None:
        """Nothing: `Dataset.graph` calls it to look at a graph, too."""


def as_rdflib(store: Store) -> rdflib.Dataset:
    """The *current* dataset of an embedded store or its memory twin. Raises `StoreError` for a remote one.

    A reader's view stays on its snapshot: ask for a new one after `refresh`.
    """
    dataset = store._current if isinstance(store, GraphStore) else None
    if not isinstance(dataset, OxDataset):
        raise StoreError(
            f"{store.location} is a server, not a store in this process.",
            mend="Use rdflib.plugins.stores.sparqlstore.SPARQLStore with its query URL.",
        )
    view = _ReadOnlyStore(store=dataset.store)
    view.keep = dataset
    return rdflib.Dataset(store=view, default_union=True)
