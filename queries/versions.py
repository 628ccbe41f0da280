"""Questions about all versions of a policy at once: the current one and those that the history keeps.

In: a store, SPARQL, IRIs of policies. Out: the answer over a store in memory that holds every version of these
policies, each in its own graph, with their part of the catalogue and the concepts beside them. The two datasets of a
store are apart, so no query on it sees an old and a new version together; what one policy has is small enough to copy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from ..ontology.terms import CATALOGUE_GRAPH, CONCEPTS_GRAPH, ONTOLOGY_GRAPH, VERSION_OF
from .store import Answer, DatasetName, Solutions, Store
from .store.base import Scope
from .store.dataset import OxDataset

__all__ = ["ask_versions"]


def ask_versions(store: Store, sparql: str, policies: Sequence[str]) -> Answer:
    """Ask about every version of these policies. The query must have passed `guard.fence_query`."""
    copy = ox.Store()
    for graph in (CONCEPTS_GRAPH, ONTOLOGY_GRAPH):
        _copy(copy, store, graph, f"GRAPH <{graph}> {{ ?s ?p ?o }}")
    for dataset, version in _versions(store, policies):
        _copy(copy, store, version, f"GRAPH <{version}> {{ ?s ?p ?o }}", dataset)
        known = f"GRAPH <{CATALOGUE_GRAPH}> {{ ?s ?p ?o VALUES ?s {{ <{version}> }} }}"
        _copy(copy, store, CATALOGUE_GRAPH, known)  # the catalogue of *current* lists superseded versions too
    return OxDataset(copy).query(sparql, Scope())


def _versions(store: Store, policies: Sequence[str]) -> Iterator[tuple[DatasetName, str]]:
    """Where each version of the policies is, and its IRI, which names its graph."""
    chosen = " ".join(str(ox.NamedNode(policy)) for policy in policies)
    query = f"SELECT ?v {{ VALUES ?policy {{ {chosen} }} GRAPH ?v {{ ?v <{VERSION_OF}> ?policy }} }}"
    datasets: tuple[DatasetName, ...] = ("current", "history")
    for dataset in datasets:
        answer = store.query(query, dataset=dataset)
        assert isinstance(answer, Solutions)
        for row in answer.texts():
            yield dataset, row["v"]


def _copy(copy: ox.Store, store: Store, graph: str, pattern: str, dataset: DatasetName = "current") -> None:
    triples = store.query_serialised(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}", "ntriples", dataset=dataset)
    copy.load(triples, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(graph))
