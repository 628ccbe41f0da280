"""Questions about all versions of a policy at once: the current one and those that the history keeps.

In: a store, SPARQL, IRIs of policies. Out: the answer over a store in memory that holds every version of these
policies, each in its own graph, with the changes from one to the next (``{version}/changes``), their part of the
catalogue and the concepts beside them. The two datasets of a
store are apart, so no query on it sees an old and a new version together; what one policy has is small enough to copy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pyoxigraph as ox

from ..ontology.terms import CATALOGUE_GRAPH, CONCEPTS_GRAPH, ONTOLOGY_GRAPH, PREVIOUS_VERSION, VERSION_OF
from .changes import changes_graph, changes_ntriples, compare_graphs
from .store import Answer, DatasetName, Solutions, Store
from .store.base import NoHistory, Scope
from .store.dataset import OxDataset

__all__ = ["ask_versions", "version_graph"]

DATASETS: tuple[DatasetName, ...] = ("current", "history")


def ask_versions(store: Store, sparql: str, policies: Sequence[str]) -> Answer:
    """Ask about every version of these policies. The query must have passed `guard.fence_query`."""
    copy = ox.Store()
    graphs: dict[str, bytes] = {}
    for graph in (CONCEPTS_GRAPH, ONTOLOGY_GRAPH):
        _copy(copy, store, graph, f"GRAPH <{graph}> {{ ?s ?p ?o }}")
    for dataset, version in _versions(store, policies):
        graphs[version] = _copy(copy, store, version, f"GRAPH <{version}> {{ ?s ?p ?o }}", dataset)
        known = f"GRAPH <{CATALOGUE_GRAPH}> {{ ?s ?p ?o VALUES ?s {{ <{version}> }} }}"
        _copy(copy, store, CATALOGUE_GRAPH, known)  # the catalogue of *current* lists superseded versions too
    for newer, older in _steps(copy, graphs):
        changes = changes_ntriples(compare_graphs(graphs[older], graphs[newer]), older, newer)
        copy.load(changes, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(changes_graph(newer)))
    return OxDataset(copy).query(sparql, Scope())


def version_graph(store: Store, version: str) -> bytes:
    """The graph of a version as N-Triples, wherever the store keeps it; empty where it does not."""
    name = str(ox.NamedNode(version))
    for dataset in DATASETS:
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }}"
        try:
            found = store.query_serialised(query, "ntriples", dataset=dataset)
        except NoHistory:
            return b""
        if found:
            return found
    return b""


def _steps(copy: ox.Store, graphs: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Each version with the one before it."""
    for quad in copy.quads_for_pattern(None, ox.NamedNode(PREVIOUS_VERSION), None, None):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            newer, older = quad.subject.value, quad.object.value
            if newer in graphs and older in graphs:
                yield newer, older


def _versions(store: Store, policies: Sequence[str]) -> Iterator[tuple[DatasetName, str]]:
    """Where each version of the policies is, and its IRI, which names its graph."""
    chosen = " ".join(str(ox.NamedNode(policy)) for policy in policies)
    query = f"SELECT ?v {{ VALUES ?policy {{ {chosen} }} GRAPH ?v {{ ?v <{VERSION_OF}> ?policy }} }}"
    for dataset in DATASETS:
        answer = store.query(query, dataset=dataset)
        assert isinstance(answer, Solutions)
        for row in answer.texts():
            yield dataset, row["v"]


def _copy(copy: ox.Store, store: Store, graph: str, pattern: str, dataset: DatasetName = "current") -> bytes:
    triples = store.query_serialised(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}", "ntriples", dataset=dataset)
    copy.load(triples, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(graph))
    return triples
