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

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

FOLDER = Path(ontology.__file__).resolve().parent


def ensure_base(store: Store) -> None:
    """Load the ontology and the concepts; a store that has them already writes nothing."""
    store.load_base(ONTOLOGY_GRAPH, nquads([FOLDER / "clausegraph.ttl", FOLDER / "defined.ttl"], ONTOLOGY_GRAPH))
    store.load_base(CONCEPTS_GRAPH, nquads(sorted((FOLDER / "concepts").glob("*.ttl")), CONCEPTS_GRAPH))


def nquads(files: Iterable[Path], graph: str) -> bytes:
    """Turtle files as the sorted N-Quads of one graph, the same bytes every time.

    Parsers name blank nodes at random; here they are numbered as they come in each file.
    """
    name = ox.NamedNode(graph)
    lines: set[bytes] = set()
    for file in files:
        numbers: dict[str, ox.BlankNode] = {}

        def numbered(term: Node, numbers: dict[str, ox.BlankNode] = numbers, stem: str = file.stem) -> Node:
            if isinstance(term, ox.BlankNode):
                return numbers.setdefault(term.value, ox.BlankNode(f"{stem}-{len(numbers)}"))
            return term

        quads = [
            ox.Quad(numbered(quad.subject), quad.predicate, numbered(quad.object), name)  # type: ignore[arg-type]
            for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE)
        ]
        lines.update((ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True))
    return b"".join(sorted(lines))
