"""rdflib's view of a store: the same graph, the union by default, for reading only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rdflib

from clausegraph.queries.store import StoreError, VersionGraph, open_store
from clausegraph.queries.store.bridge import as_rdflib

# rdflib 7.6 warns about what its own Dataset methods call.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")

MakeGraph = Callable[..., VersionGraph]
CG = rdflib.Namespace("https://w3id.org/clausegraph/ontology#")


def test_the_view_is_the_union(tmp_path: Path, make_graph: MakeGraph) -> None:
    acme, bolt = make_graph("acme", 1), make_graph("bolt", 1)
    with open_store(tmp_path, write=True) as writer:
        writer.put([acme, bolt])
        for store in (writer, open_store(tmp_path)):
            view = as_rdflib(store)
            assert len(list(view.triples((None, CG.deniedPractice, CG.Share)))) == 2
            assert (rdflib.URIRef(acme.version_iri), CG.versionOf, rdflib.URIRef(acme.policy_iri)) in view
            assert len(view.graph(rdflib.URIRef(bolt.version_iri))) == bolt.nquads.count(b"\n")
            rows = list(view.query("SELECT ?q { ?s cg:deniedPractice ?p ; cg:quote ?q }", initNs={"cg": CG}))
            assert len(rows) == 2
            nowhere = "SELECT * FROM <http://127.0.0.1:9/x> { ?s ?p ?o }"
            assert all("127.0.0.1" not in str(row) for row in view.query(nowhere))


def test_the_view_does_not_write(tmp_path: Path, make_graph: MakeGraph) -> None:
    triple = (rdflib.URIRef("x:a"), rdflib.URIRef("x:b"), rdflib.URIRef("x:c"))
    with open_store(tmp_path, write=True) as store:
        store.put([make_graph("acme", 1)])
        view = as_rdflib(store)
        for write in (
            lambda: view.add(triple),
            lambda: view.remove(triple),
            lambda: view.update("DROP ALL"),
            lambda: view.remove_graph(rdflib.URIRef(make_graph("acme", 1).version_iri)),
        ):
            with pytest.raises(StoreError, match="for reading"):
                write()
        assert len(store.policies()) == 1


def test_a_server_has_its_own_way(make_server: Callable[[], Any]) -> None:
    url = make_server().url
    with open_store(url) as store, pytest.raises(StoreError, match="is a server"):
        as_rdflib(store)
