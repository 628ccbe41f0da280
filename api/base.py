"""The graphs that every store holds beside the policies: the ontology, the concepts, the DPV view.

In: an open store. Out: these graphs in it, as this version of the package has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from .. import ontology
from ..ontology.closure import inferred_nquads
from ..ontology.terms import CATALOGUE_GRAPH, CONCEPTS_GRAPH, CURRENT_VERSION, DIGEST, ONTOLOGY_GRAPH
from ..queries.dpv import DIRECT, dpv_graphs, mapping_digest
from ..queries.store import Solutions, Store
from ..queries.store.formats import restored

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

#: Versions whose derived graphs are made anew in one commit.
BATCH = 50

FOLDER = Path(ontology.__file__).resolve().parent


def ensure_base(store: Store) -> None:
    """Load the ontology and the concepts; a store that has them already writes nothing."""
    store.load_base(ONTOLOGY_GRAPH, nquads([FOLDER / "clausegraph.ttl", FOLDER / "defined.ttl"], ONTOLOGY_GRAPH))
    store.load_base(CONCEPTS_GRAPH, nquads(sorted((FOLDER / "concepts").glob("*.ttl")), CONCEPTS_GRAPH))


def ensure_derived(store: Store) -> int:
    """Make the DPV view of policies that another version of the package stored anew; returns of how many."""
    query = f"""SELECT ?version WHERE {{
      GRAPH <{CATALOGUE_GRAPH}> {{ ?policy <{CURRENT_VERSION}> ?version }}
      BIND(IRI(CONCAT(STR(?version), "{DIRECT}")) AS ?view)
      FILTER NOT EXISTS {{ GRAPH ?view {{ ?view <{DIGEST}> "{mapping_digest()}" }} }}
    }}"""
    answer = store.query(query)
    assert isinstance(answer, Solutions)
    stale = sorted(row["version"] for row in answer.texts())
    for some in _batches(stale):
        store.put_derived({version: derived_graphs(version, _graph(store, version)) for version in some})
    return len(stale)


def derived_graphs(version: str, graph: bytes) -> bytes:
    """All that is derived from a version's graph, as N-Quads: its DPV view and what follows from its statements."""
    return dpv_graphs(version, graph) + inferred_nquads(version, graph)


def _graph(store: Store, version: str) -> bytes:
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {ox.NamedNode(version)} {{ ?s ?p ?o }} }}"
    return restored(store.query_serialised(query, "ntriples"))


def _batches(versions: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(versions), BATCH):
        yield versions[start : start + BATCH]


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
