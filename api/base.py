"""The graphs that every store holds beside the policies: the ontology and the concepts.

In: an open store. Out: both graphs in it, as this version of the package has them.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from .. import ontology
from ..ontology.terms import CONCEPTS_GRAPH, ONTOLOGY_GRAPH
from ..queries.store import Store

FOLDER = Path(ontology.__file__).resolve().parent


def ensure_base(store: Store) -> None:
    """Load the ontology and the concepts; a store that has them already writes nothing."""
    store.load_base(ONTOLOGY_GRAPH, nquads([FOLDER / "clausegraph.ttl"], ONTOLOGY_GRAPH))
    store.load_base(CONCEPTS_GRAPH, nquads(sorted((FOLDER / "concepts").glob("*.ttl")), CONCEPTS_GRAPH))


def nquads(files: Iterable[Path], graph: str) -> bytes:
    """Turtle files as the sorted N-Quads of one graph."""
    name = ox.NamedNode(graph)
    quads = (
        ox.Quad(quad.subject, quad.predicate, quad.object, name)
        for file in files
        for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE)
    )
    text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(set(text.splitlines(keepends=True))))
