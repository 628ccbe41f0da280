"""What one version of a policy says that another does not, as facts.

In: the graphs of two versions as N-Triples. Out: `Comparison` with its `Change`s; a graph of them for the store.

Reports, GraphQL and the command line all take their answer from here.
"""

from __future__ import annotations

from .compare import ASPECTS, KINDS, Change, Comparison, compare
from .facts import Said, Version, read_version
from .graph import changes_graph, changes_ntriples

__all__ = [
    "ASPECTS",
    "KINDS",
    "Change",
    "Comparison",
    "Said",
    "Version",
    "changes_graph",
    "changes_ntriples",
    "compare",
    "compare_graphs",
    "read_version",
]


def compare_graphs(older: bytes, newer: bytes) -> Comparison:
    """Compare two versions' graphs, given as N-Triples (or N-Quads: graph names are not looked at)."""
    return compare(read_version(older), read_version(newer))
