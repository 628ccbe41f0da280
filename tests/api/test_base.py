"""The shared graphs: written once, the same bytes every time."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from clausegraph.api.base import FOLDER, ensure_base, nquads
from clausegraph.ontology.terms import CONCEPTS_GRAPH, ONTOLOGY_GRAPH
from clausegraph.queries.store import MemoryStore


def test_the_ontology_gives_the_same_bytes_every_time() -> None:
    files = [FOLDER / "clausegraph.ttl"]
    first = nquads(files, ONTOLOGY_GRAPH)
    assert first == nquads(files, ONTOLOGY_GRAPH)
    assert len(first.splitlines()) == len(list(ox.parse(path=files[0], format=ox.RdfFormat.TURTLE)))


def test_blank_nodes_of_two_files_stay_apart(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.ttl").write_text("<http://example.org/s> <http://example.org/p> [ ] .")
    assert len(nquads(sorted(tmp_path.glob("*.ttl")), CONCEPTS_GRAPH).splitlines()) == 2


def test_a_store_that_has_them_is_left_alone() -> None:
    with MemoryStore() as store:
        ensure_base(store)
        before = b"".join(store.export("nquads"))
        ensure_base(store)
        assert b"".join(store.export("nquads")) == before
        assert store.query(f"ASK {{ GRAPH <{CONCEPTS_GRAPH}> {{ ?s ?p ?o }} }}") is True
