"""What a version changes, written beside it.

In: a version that is stored, the graph of the one before it. Out: the update that keeps ``{version}/changes`` in step.
"""

from __future__ import annotations

from ..changes import changes_graph, changes_ntriples, compare_graphs
from .base import VersionGraph
from .catalogue import drop_update, put_graph_update


def changes_update(graph: VersionGraph, old: str, older: bytes) -> str:
    """Write what ``graph`` changes since ``old``, whose graph is ``older``; where there is none, drop what was said."""
    name = changes_graph(graph.version_iri)
    if not older:
        return drop_update([name])
    changes = changes_ntriples(compare_graphs(older, graph.nquads), old, graph.version_iri)
    return put_graph_update(name, changes)
