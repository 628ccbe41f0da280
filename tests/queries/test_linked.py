"""Vocabularies of others in stores of every kind: all or nothing, one version at a time, policies untouched."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from clausegraph.ontology.external import External, read_external
from clausegraph.queries.linked import NotLinked, add, find, linked, remove, terms_of, used
from clausegraph.queries.store import Solutions, Store, StoreError, open_store

from .conftest import CG, MakeGraph

AT = "2026-02-03T04:05:06Z"
GRAPH = "https://voc.example/2"


def vocabulary(version: str = "2", body: str = "ex:A a ex:Kind .", ontology: str = "https://voc.example/v") -> External:
    text = f"""@prefix ex: <https://voc.example/v#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
    <{ontology}> a owl:Ontology ; owl:versionIRI <https://voc.example/{version}> ; owl:versionInfo "{version}" ;
      <http://purl.org/dc/terms/title> "Words" ; <http://purl.org/dc/terms/creator> [ ex:name "Somebody" ] .
    {body}"""
    return read_external(text.encode(), name="voc.ttl", source="voc.ttl")


def triples_in(store: Store, graph: str) -> int:
    answer = store.query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    assert isinstance(answer, Solutions)
    return int(answer.texts()[0]["n"])


def everything(store: Store) -> set[tuple[str, ...]]:
    answer = store.query("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } FILTER(!isBlank(?s) && !isBlank(?o)) }")
    assert isinstance(answer, Solutions)
    return {tuple(row.values()) for row in answer.texts()}


def test_a_vocabulary_is_added_listed_and_removed(store: Store) -> None:
    before = everything(store)
    added = add(store, vocabulary(), at=AT)
    assert (added.state, added.instead_of) == ("added", ())
    (one,) = linked(store)
    assert one == added.vocabulary
    assert (one.graph, one.ontology, one.version, one.title) == (GRAPH, "https://voc.example/v", "2", "Words")
    assert (one.source, one.at, one.triples, one.shown) == ("voc.ttl", AT, 7, "Words 2")
    assert triples_in(store, GRAPH) == 7
    assert remove(store, GRAPH) == one
    assert everything(store) == before
    assert linked(store) == []


def test_the_same_again_writes_nothing(store: Store) -> None:
    add(store, vocabulary(), at=AT)
    again = add(store, vocabulary(), at="2027-01-01T00:00:00Z")
    assert again.state == "unchanged"
    assert again.vocabulary.at == AT
    assert triples_in(store, GRAPH) == 7  # blank nodes would be doubled


def test_another_file_of_the_same_version_takes_its_place(store: Store) -> None:
    add(store, vocabulary(), at=AT)
    again = add(store, vocabulary(body="ex:B a ex:Kind . ex:C a ex:Kind ."), at=AT)
    assert (again.state, again.instead_of) == ("replaced", ())
    assert triples_in(store, GRAPH) == again.vocabulary.triples == 8
    assert store.query("ASK { <https://voc.example/v#A> ?p ?o }") is False
    assert len(linked(store)) == 1


@pytest.mark.parametrize("version", ["3", "1"])
def test_another_version_takes_the_place_of_the_one_before(store: Store, version: str) -> None:
    """Newer or older: what was added last is what is there, and what it put out is told."""
    add(store, vocabulary(), at=AT)
    add(store, vocabulary("x", ontology="https://voc.example/other"), at=AT)
    newer = add(store, vocabulary(version), at=AT)
    assert newer.state == "replaced"
    assert [one.graph for one in newer.instead_of] == [GRAPH]
    assert [one.version for one in linked(store)] == [version, "x"]
    assert triples_in(store, GRAPH) == 0


def test_vocabularies_that_do_not_say_what_they_are_stand_side_by_side(store: Store) -> None:
    nameless = replace(vocabulary(), graph="https://w3id.org/clausegraph/id/vocabulary/1", ontology="", digest="1")
    add(store, nameless, at=AT)
    add(store, replace(nameless, graph=nameless.graph[:-1] + "2", digest="2"), at=AT)
    assert len(linked(store)) == 2


def test_a_graph_that_somebody_else_put_there_is_left_alone(store: Store) -> None:
    store.write_graph(GRAPH, b'<https://a.example/s> <https://a.example/p> "mine" .\n', replace=True)
    with pytest.raises(StoreError, match="already that “link” did not put there") as caught:
        add(store, vocabulary(), at=AT)
    assert "Drop that graph" in caught.value.mend
    assert triples_in(store, GRAPH) == 1
    assert linked(store) == []


def test_what_was_dropped_behind_our_back_is_not_listed_and_can_be_added_again(store: Store) -> None:
    add(store, vocabulary(), at=AT)
    store.drop_graph(GRAPH)
    assert linked(store) == []
    assert add(store, vocabulary(), at=AT).state == "added"
    assert triples_in(store, GRAPH) == 7
    assert len(linked(store)) == 1


def test_policies_come_and_go_beside_it(store: Store, make_graph: MakeGraph) -> None:
    store.put([make_graph("acme", 1)])
    add(store, vocabulary(), at=AT)
    kept = linked(store)
    store.put([make_graph("acme", 2), make_graph("foo", 1), make_graph("acme", 2, digest="e2")])
    store.load_base("https://w3id.org/clausegraph/ontology", b"")
    store.remove(make_graph("foo", 1).policy_iri, purge=True)
    assert linked(store) == kept
    assert triples_in(store, GRAPH) == 7
    add(store, vocabulary("3"), at=AT)
    remove(store, "voc.ttl")
    assert [row.title for row in store.policies()] == ["Privacy of acme, 2"]


@pytest.mark.parametrize(
    "name", [GRAPH, "https://voc.example/v", "https://voc.example/v#", "Words", "words 2", "voc.ttl", "voc"]
)
def test_a_vocabulary_is_found_by_what_people_call_it(name: str) -> None:
    with open_store(":memory:", write=True) as store:
        add(store, vocabulary(), at=AT)
        add(store, replace(vocabulary("x", ontology="https://x.example"), title="Other", source="x.ttl"), at=AT)
        assert find(linked(store), name).graph == GRAPH


def test_a_name_that_fits_none_or_several_is_refused() -> None:
    with open_store(":memory:", write=True) as store:
        with pytest.raises(NotLinked, match=r"“voc”; there is none"):
            remove(store, "voc")
        add(store, vocabulary(), at=AT)
        add(store, vocabulary("x", ontology="https://x.example"), at=AT)
        with pytest.raises(NotLinked, match=r"may be any of https://voc.example/2, https://voc.example/x"):
            remove(store, "Words")
        with pytest.raises(NotLinked, match=r"there are https://voc.example/2"):
            remove(store, "Wordz")
        assert len(linked(store)) == 2


def test_text_cannot_break_out_of_the_update() -> None:
    nasty = replace(vocabulary(), title='" } } ; DROP ALL ; #', version="\\", source='x" .')
    with open_store(":memory:", write=True) as store:
        add(store, nasty, at=AT)
        (one,) = linked(store)
        assert (one.title, one.version, one.source) == (nasty.title, "\\", 'x" .')


def test_terms_and_uses_are_read_from_the_store(store: Store, make_graph: MakeGraph) -> None:
    store.put([make_graph("acme", 1)])
    store.write_graph("https://w3id.org/clausegraph/concepts", f"<{CG}x> <{CG}y> <{CG}z> .\n".encode(), replace=True)
    add(
        store,
        vocabulary(body="ex:B a ex:Kind ; <http://purl.org/dc/terms/isReplacedBy> ex:A . ex:A a ex:Kind ."),
        at=AT,
    )
    terms = terms_of(store, linked(store))
    assert terms.replacements("https://voc.example/v#B") == ("https://voc.example/v#A",)
    assert terms.owner("https://voc.example/v#Zzz") == GRAPH
    uses = {use.iri: use for use in used(store, linked(store))}
    assert uses[CG + "Share"].times == 3
    assert uses[CG + "Share"].graph == make_graph("acme", 1).version_iri
    assert uses[CG + "quote"].times == 3
    assert CG + "z" not in uses
    assert "https://voc.example/v#Kind" not in uses


FULL = """
import resource, signal, sys
from clausegraph.queries.linked import add, linked
from clausegraph.queries.store import open_store
from clausegraph.ontology.external import read_external

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # writing beyond the limit fails as on a full disk
text = "<https://v.example/> <http://www.w3.org/2002/07/owl#versionIRI> <https://voc.example/2> .\\n" + "".join(
    f'<https://v.example/{n}> <https://v.example/p> "{n:0200}" .\\n' for n in range(20_000)
)
with open_store(sys.argv[1], write=True) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
    try:
        add(store, read_external(text.encode(), name="v.ttl", source="v.ttl"), at="2026-01-01T00:00:00Z")
    except Exception as error:
        print(type(error).__name__, error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit on Windows")
def test_a_full_disk_leaves_the_store_as_it_was(tmp_path: Path, make_graph: MakeGraph) -> None:
    place = tmp_path / "store"
    with open_store(place, write=True) as store:
        store.put([make_graph("acme", 1)])
        add(store, vocabulary("1"), at=AT)
        before = everything(store)
    ran = subprocess.run([sys.executable, "-c", FULL, str(place)], capture_output=True, text=True, check=True)
    assert ran.stdout.startswith("StoreError The store could not be written")
    for write in (False, True):
        with open_store(place, write=write) as store:
            assert everything(store) == before
    with open_store(place, write=True) as store:
        assert add(store, vocabulary("2"), at=AT).state == "replaced"
