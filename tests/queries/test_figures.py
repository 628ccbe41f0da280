"""What is stored, told without extracting it again: states of all policies, figures of versions, in every store."""

from __future__ import annotations

from collections.abc import Callable

from clausegraph.ingest.pipeline import summary
from clausegraph.ingest.records import Extraction
from clausegraph.queries.store import Figures, State, Store, VersionGraph

from ..api.conftest import czech, english, graph_of

MakeGraph = Callable[..., VersionGraph]


def expected(extraction: Extraction) -> Figures:
    """The figures as extraction itself counts them."""
    told = summary(extraction)
    return Figures(
        title=told.title,
        language=told.language,
        controller=told.controller,
        clauses=told.clauses,
        statements=told.statements,
        denied=told.denied,
        characters=told.characters,
        accounted=told.accounted,
    )


def test_the_store_counts_what_extraction_counted(store: Store) -> None:
    graphs = {graph_of(each()).version_iri: each() for each in (english, czech)}
    store.put([graph_of(each()) for each in (english, czech)])
    found = store.figures(list(graphs))
    assert found == {version: expected(extraction) for version, extraction in graphs.items()}
    assert any(one.denied for one in found.values())
    first = next(iter(graphs))
    assert set(store.figures([first])) == {first}


def test_what_is_not_stored_has_no_figures(store: Store, make_graph: MakeGraph) -> None:
    assert store.figures([]) == {}
    assert store.figures([make_graph("acme", 1).version_iri]) == {}


def test_states_name_every_policy_with_its_current_version(store: Store, make_graph: MakeGraph) -> None:
    assert store.states() == {}
    store.put([make_graph("acme", 1), make_graph("acme", 2), make_graph("bolt", 1, digest="e2")])
    bolt, acme = make_graph("bolt", 1), make_graph("acme", 2)
    assert store.states() == {
        acme.policy_iri: State(acme.version_iri, "e1"),
        bolt.policy_iri: State(bolt.version_iri, "e2"),
    }


def test_what_is_unchanged_is_written_anew_only_when_forced(store: Store, make_graph: MakeGraph) -> None:
    first, other = make_graph("acme", 1), make_graph("acme", 1, note="read another way")
    store.put([first])
    assert store.put([other]) == ["unchanged"]
    assert b"".join(store.export("nquads", policy=first.policy_iri)) == first.nquads
    assert store.put([other], force=True) == ["replaced"]
    assert b"".join(store.export("nquads", policy=first.policy_iri)) == other.nquads
    assert store.states() == {first.policy_iri: State(first.version_iri, "e1")}
