"""What every store does, whatever it stands on: one suite for all backends (fixture ``store``)."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clausegraph import ClauseGraphError, ontology
from clausegraph.queries.store import (
    GraphMissing,
    QueryError,
    Solutions,
    State,
    Store,
    StoreError,
    TooLarge,
    Triples,
    VersionGraph,
)
from clausegraph.queries.store.catalogue import DERIVED_GRAPHS
from clausegraph.queries.store.formats import GRAPH_FORMATS, OFFSET_PROPERTIES

MakeGraph = Callable[..., VersionGraph]

CG = "https://w3id.org/clausegraph/ontology#"
POLICY = "https://w3id.org/clausegraph/id/policy/"
XSD = "http://www.w3.org/2001/XMLSchema#"
CATALOGUE = "https://w3id.org/clausegraph/id/catalogue"
ONTOLOGY = "https://w3id.org/clausegraph/ontology"


def exported(store: Store, *, policy: str | None = None, dataset: str = "current") -> bytes:
    return b"".join(store.export("nquads", policy=policy, dataset=dataset))  # type: ignore[arg-type]


def graphs(store: Store, dataset: str = "current") -> set[str]:
    answer = store.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", dataset=dataset)  # type: ignore[arg-type]
    assert isinstance(answer, Solutions)
    return {row["g"] for row in answer.texts()}


def catalogue(store: Store) -> dict[tuple[str, str], str]:
    answer = store.query(f"SELECT ?s ?p ?o {{ GRAPH <{CATALOGUE}> {{ ?s ?p ?o }} }}")
    assert isinstance(answer, Solutions)
    return {(row["s"], row["p"].removeprefix(CG)): row["o"] for row in answer.texts()}


def test_new_policies_come_with_graph_and_catalogue_entry(store: Store, make_graph: MakeGraph) -> None:
    batch = [make_graph("acme", 1), make_graph("bolt", 1), make_graph("coil", 1)]
    assert store.put(batch) == ["added"] * 3
    assert store.state(POLICY + "acme") == State(batch[0].version_iri, "e1")
    assert store.state(POLICY + "nobody") is None
    assert graphs(store) == {graph.version_iri for graph in batch} | {CATALOGUE}
    assert graphs(store, "history") == set()
    assert exported(store, policy=POLICY + "bolt") == batch[1].nquads
    entry = catalogue(store)
    assert entry[POLICY + "acme", "currentVersion"] == batch[0].version_iri
    assert entry[batch[0].version_iri, "ingestedAt"] == "2026-01-01T00:00:00Z"
    assert (batch[0].version_iri, "previousVersion") not in entry


def test_same_version_and_digest_writes_nothing(store: Store, make_graph: MakeGraph) -> None:
    store.put([make_graph("acme", 1)])
    before = exported(store)
    assert store.put([make_graph("acme", 1, note="never seen")]) == ["unchanged"]
    assert exported(store) == before


def with_inferred(graph: VersionGraph, note: str) -> VersionGraph:
    name = f"{graph.version_iri}/inferred"
    return replace(graph, derived=f'<{graph.version_iri}/s/1> <{CG}definitionsDigest> "{note}" <{name}> .\n'.encode())


def test_what_follows_comes_and_goes_with_the_version(store: Store, make_graph: MakeGraph) -> None:
    def notes() -> dict[str, str]:
        answer = store.query(f"SELECT ?g ?note {{ GRAPH ?g {{ ?s <{CG}definitionsDigest> ?note }} }}")
        assert isinstance(answer, Solutions)
        return {row["g"]: row["note"] for row in answer.texts()}

    first, second = with_inferred(make_graph("acme", 1), "one"), with_inferred(make_graph("acme", 2), "two")
    names = [f"{graph.version_iri}/inferred" for graph in (first, second)]
    store.put([first])
    assert notes() == {names[0]: "one"}
    store.put([with_inferred(make_graph("acme", 1, digest="e2"), "again")])
    assert notes() == {names[0]: "again"}
    store.put([second])
    assert notes() == {names[1]: "two"}
    assert graphs(store, "history") == {first.version_iri}
    store.put([make_graph("acme", 2, digest="e3")])
    assert notes() == {}
    store.put([first])
    assert notes() == {names[0]: "one"}
    store.remove(POLICY + "acme")
    assert not any(name in graphs(store) for name in names)


def test_what_follows_stands_in_its_own_graph(store: Store, make_graph: MakeGraph) -> None:
    graph = make_graph("acme", 1)
    with pytest.raises(StoreError, match="in no derived graph"):
        store.put([replace(graph, derived=graph.nquads)])


def test_another_digest_replaces_the_graph_and_leaves_no_history(store: Store, make_graph: MakeGraph) -> None:
    store.put([make_graph("acme", 1), make_graph("acme", 2)])
    again = make_graph("acme", 2, digest="e2", size=1)
    assert store.put([again]) == ["replaced"]
    assert store.state(POLICY + "acme") == State(again.version_iri, "e2")
    assert exported(store, policy=POLICY + "acme") == again.nquads
    assert graphs(store, "history") == {make_graph("acme", 1).version_iri}
    assert catalogue(store)[again.version_iri, "previousVersion"] == make_graph("acme", 1).version_iri


def test_new_bytes_supersede_and_the_old_graph_goes_to_the_history(store: Store, make_graph: MakeGraph) -> None:
    first, second, other = make_graph("acme", 1), make_graph("acme", 2), make_graph("bolt", 1)
    store.put([first, other])
    assert store.put([second, other, make_graph("coil", 1)]) == ["replaced", "unchanged", "added"]
    assert graphs(store) == {
        second.version_iri,
        f"{second.version_iri}/changes",
        other.version_iri,
        make_graph("coil", 1).version_iri,
        CATALOGUE,
    }
    assert exported(store, dataset="history") == first.nquads
    assert exported(store, policy=first.policy_iri, dataset="history") == first.nquads
    entry = catalogue(store)
    assert entry[second.version_iri, "previousVersion"] == first.version_iri
    assert entry[first.version_iri, "ingestedAt"] == first.ingested_at


def test_a_version_that_returns_moves_to_the_top_without_a_cycle(store: Store, make_graph: MakeGraph) -> None:
    one, two, three = (make_graph("acme", number) for number in (1, 2, 3))
    assert store.put([one, two, three, one]) == ["added", "replaced", "replaced", "replaced"]
    assert graphs(store, "history") == {two.version_iri, three.version_iri}
    entry = catalogue(store)
    chain = [entry[POLICY + "acme", "currentVersion"]]
    while (before := entry.get((chain[-1], "previousVersion"))) is not None:
        chain.append(before)
    assert chain == [one.version_iri, three.version_iri, two.version_iri]
    store.put([two])
    assert catalogue(store)[one.version_iri, "previousVersion"] == three.version_iri
    assert (three.version_iri, "previousVersion") not in catalogue(store)


def test_the_history_holds_what_was_current_last(store: Store, make_graph: MakeGraph) -> None:
    again = make_graph("acme", 1, digest="e2", size=1)
    store.put([make_graph("acme", 1), make_graph("acme", 2), again, make_graph("acme", 3)])
    assert exported(store, dataset="history") == again.nquads + make_graph("acme", 2).nquads


def test_remove_keeps_the_history_unless_purged(store: Store, make_graph: MakeGraph) -> None:
    first = make_graph("acme", 1)
    store.put([first, make_graph("acme", 2), make_graph("bolt", 1)])
    assert store.remove(POLICY + "acme") is True
    assert store.state(POLICY + "acme") is None
    assert graphs(store) == {make_graph("bolt", 1).version_iri, CATALOGUE}
    assert {subject for subject, _ in catalogue(store)} == {POLICY + "bolt", make_graph("bolt", 1).version_iri}
    assert exported(store, dataset="history") == first.nquads
    assert store.remove(POLICY + "acme") is False
    assert store.remove(POLICY + "acme", purge=True) is True
    assert graphs(store, "history") == set()
    assert [row.policy_iri for row in store.policies()] == [POLICY + "bolt"]


def test_a_removed_policy_that_comes_back_is_not_its_own_past(store: Store, make_graph: MakeGraph) -> None:
    store.put([make_graph("acme", 1), make_graph("acme", 2)])
    store.remove(POLICY + "acme")
    store.put([make_graph("acme", 1)])
    assert graphs(store, "history") == set()


def test_policies_are_counted_and_named(store: Store, make_graph: MakeGraph) -> None:
    store.put([make_graph("bolt", 1, size=5), make_graph("acme", 1)])
    bare = make_graph("coil", 1, size=0)
    lines = [line for line in bare.nquads.splitlines(keepends=True) if b"party" not in line and b"title" not in line]
    store.put([VersionGraph(bare.policy_iri, bare.version_iri, "", "e1", b"".join(lines), bare.ingested_at)])
    rows = {row.policy_iri.removeprefix(POLICY): row for row in store.policies()}
    assert list(rows) == ["coil", "acme", "bolt"]
    assert rows["bolt"].title == "Privacy of bolt, 1"
    assert rows["bolt"].language == "en"
    assert rows["bolt"].controllers == ("Bolt Ltd.",)
    assert (rows["bolt"].statements, rows["bolt"].denied, rows["bolt"].clauses) == (5, 1, 1)
    assert rows["bolt"].ingested_at == "2026-01-01T00:00:00Z"
    assert rows["coil"].controllers == ()
    assert (rows["coil"].statements, rows["coil"].denied, rows["coil"].clauses) == (0, 0, 1)


def test_a_graph_with_foreign_quads_is_refused_whole(store: Store, make_graph: MakeGraph) -> None:
    good, bad = make_graph("acme", 1), make_graph("bolt", 1)
    for broken in (
        bad.nquads + b"<x:s> <x:p> <x:o> <x:elsewhere> .\n",
        bad.nquads + f"<x:s> <x:p> <x:o> <{CATALOGUE}> .\n".encode(),
        bad.nquads + b"<x:s> <x:p> <x:o> .\n",
        b"",
        bad.nquads.rstrip(b"\n"),
    ):
        with pytest.raises(StoreError):
            store.put([good, VersionGraph(bad.policy_iri, bad.version_iri, "", "e1", broken, bad.ingested_at)])
        assert graphs(store) == set()
    with pytest.raises(ClauseGraphError):
        store.remove("https://x> ; DROP ALL ; DROP GRAPH <https://y")


def test_base_graphs_are_replaced_only_when_they_change(store: Store, make_graph: MakeGraph) -> None:
    store.put([make_graph("acme", 1)])
    old, new = (f'<x:a> <x:label> "{text}"@zh-hant <{ONTOLOGY}> .\n'.encode() for text in ("舊", "新"))
    assert store.load_base(ONTOLOGY, old) is True
    assert store.load_base(ONTOLOGY, old) is False
    assert store.load_base(ONTOLOGY, new) is True
    answer = store.query("SELECT ?label { ?a <x:label> ?label }")
    assert isinstance(answer, Solutions)
    assert [row["label"] for row in answer.texts()] == ["新"]
    with pytest.raises(StoreError):
        store.load_base(ONTOLOGY, b"<x:a> <x:b> <x:c> <x:d> .\n")
    assert [row.policy_iri for row in store.policies()] == [POLICY + "acme"]


def test_queries_give_plain_records(store: Store, make_graph: MakeGraph) -> None:
    graph = make_graph("acme", 1)
    store.put([graph])
    answer = store.query(f"SELECT ?s ?none {{ ?s <{CG}deniedPractice> ?p }}")
    assert answer == Solutions(("s", "none"), [(ox.NamedNode(f"{graph.version_iri}/s/0"), None)])
    assert isinstance(answer, Solutions)
    assert answer.records() == [{"s": ox.NamedNode(f"{graph.version_iri}/s/0")}]
    assert store.query(f"ASK {{ ?s <{CG}practice> <{CG}Share> }}") is True
    assert store.query(f"ASK {{ ?s <{CG}practice> <{CG}Sell> }}") is False
    built = store.query(f"CONSTRUCT {{ ?s a <x:Denial> }} WHERE {{ ?s <{CG}deniedPractice> ?p }}")
    assert isinstance(built, Triples)
    assert [triple.object for triple in built.triples] == [ox.NamedNode("x:Denial")]
    described = store.query(f"DESCRIBE <{graph.version_iri}/s/0>")
    assert isinstance(described, Triples)
    assert len(described.triples) == 3
    assert store.query("ASK { <s/0> ?p ?o }", base=graph.version_iri + "/") is True


def test_from_names_stored_graphs_and_never_fetches(store: Store, make_graph: MakeGraph) -> None:
    acme, bolt = make_graph("acme", 1), make_graph("bolt", 1)
    store.put([acme, bolt])
    pattern = f"{{ ?s <{CG}deniedPractice> ?p }}"
    subjects = {
        clause: [row["s"] for row in answer.texts()]
        for clause in ("", f"FROM <{acme.version_iri}>", "FROM <http://127.0.0.1:9/none>", "FROM <file:///etc/passwd>")
        if isinstance(answer := store.query(f"SELECT ?s {clause} WHERE {pattern}"), Solutions)
    }
    assert [len(found) for found in subjects.values()] == [2, 1, 0, 0]
    assert subjects[f"FROM <{acme.version_iri}>"] == [f"{acme.version_iri}/s/0"]
    assert store.query(f"ASK {pattern}", default_graphs=[bolt.version_iri]) is True
    assert store.query(f"ASK {pattern}", default_graphs=[CATALOGUE]) is False
    assert store.query(f"ASK {{ GRAPH ?g {pattern} }}", named_graphs=[bolt.version_iri]) is True
    assert store.query(f"ASK {{ GRAPH <{acme.version_iri}> {pattern} }}", named_graphs=[bolt.version_iri]) is False
    # the letters of FROM are no dataset clause
    assert store.query(f"ASK {{ ?s <{CG}deniedPractice> ?p FILTER(\"from\" = 'from') }} # FROM <x:y>") is True


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_tables_serialise(store: Store, make_graph: MakeGraph, form: str) -> None:
    store.put([make_graph("acme", 1)])
    data = store.query_serialised(f"SELECT ?quote {{ ?s <{CG}deniedPractice> ?p ; <{CG}quote> ?quote }}", form)
    result = rdflib.query.Result.parse(io.BytesIO(data), format=form)
    assert [str(binding[rdflib.Variable("quote")]) for binding in result.bindings] == ['service "0"\nof 1 e1 第三方']


def test_graphs_serialise(store: Store, make_graph: MakeGraph) -> None:
    store.put([make_graph("acme", 1)])
    query = f"CONSTRUCT WHERE {{ ?s <{CG}quote> ?quote }}"
    forms = {name: GRAPH_FORMATS[name] for name in ("turtle", "ntriples", "rdfxml", "jsonld", "nquads", "trig")}
    sizes = {
        frozenset(quad.triple for quad in ox.parse(store.query_serialised(query, name), format=form))
        for name, form in forms.items()
    }
    assert len(sizes) == 1
    assert len(sizes.pop()) == 3
    assert b"cg:quote" in store.query_serialised(query, "turtle")


def test_a_format_that_does_not_fit_is_refused(store: Store, make_graph: MakeGraph) -> None:
    store.put([make_graph("acme", 1)])
    for query, form in (
        ("SELECT * { ?s ?p ?o }", "turtle"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "csv"),
        ("SELECT * { ?s ?p ?o }", "docx"),
    ):
        with pytest.raises(QueryError) as caught:
            store.query_serialised(query, form)
        assert caught.value.mend


def test_errors_say_what_and_where(store: Store) -> None:
    for broken in ("SELECT * {", "INSERT DATA { <x:a> <x:b> <x:c> }", "LOAD <http://127.0.0.1:9/x>", ""):
        with pytest.raises(QueryError):
            store.query(broken)
        with pytest.raises(QueryError):
            store.query_serialised(broken, "json")
    with pytest.raises(StoreError, match="no policy"):
        list(store.export("nquads", policy=POLICY + "nobody"))
    with pytest.raises(StoreError, match="docx"):
        list(store.export("docx"))


def test_a_result_beyond_the_limit_is_refused_whole(store: Store, make_graph: MakeGraph) -> None:
    store.put([make_graph("acme", 1, size=200)])
    for query, form in (("SELECT * { ?s ?p ?o }", "json"), ("CONSTRUCT WHERE { ?s ?p ?o }", "turtle")):
        with pytest.raises(TooLarge):
            store.query_serialised(query, form, max_bytes=500)
        assert len(store.query_serialised(query, form, max_bytes=10_000_000)) > 500


def test_export_gives_the_same_graph_in_every_format(store: Store, make_graph: MakeGraph) -> None:
    batch = [make_graph("acme", 1), make_graph("bolt", 2)]
    store.put(batch)
    everything = set(ox.parse(exported(store), format=ox.RdfFormat.N_QUADS))
    assert len(everything) == sum(graph.nquads.count(b"\n") for graph in batch) + 8
    trig = b"".join(store.export("trig"))
    assert set(ox.parse(trig, format=ox.RdfFormat.TRIG)) == everything
    assert trig.count(b"@prefix cg:") == 1
    jsonld = b"".join(store.export("jsonld"))
    assert len(json.loads(jsonld)) == 3
    assert set(ox.parse(jsonld, format=ox.RdfFormat.JSON_LD)) == everything
    turtle = b"".join(store.export("turtle"))
    assert {quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)} == {q.triple for q in everything}
    for form, kind in (("turtle", ox.RdfFormat.TURTLE), ("jsonld", ox.RdfFormat.JSON_LD)):
        one = b"".join(store.export(form, policy=POLICY + "acme"))
        assert {q.triple for q in ox.parse(one, format=kind)} == {
            q.triple for q in ox.parse(batch[0].nquads, format=ox.RdfFormat.N_QUADS)
        }


def test_exports_give_back_what_oxigraph_alters(store: Store, make_graph: MakeGraph) -> None:
    base = make_graph("acme", 1)
    lines = [
        f'<{base.version_iri}/s/0> <{CG}{name}> "7"^^<{XSD}nonNegativeInteger> <{base.version_iri}> .'
        for name in ("start", "end", "order")
    ]
    lines += [f'<{base.version_iri}/s/0> <x:p> "7"^^<{XSD}integer> <{base.version_iri}> .']
    lines += [f'<x:label> <x:p> "{tag} @zh-hant"@{tag} <{base.version_iri}> .' for tag in ("en", "zh-Hant-TW", "en-GB")]
    nquads = b"".join(sorted([*base.nquads.splitlines(keepends=True), *(f"{line}\n".encode() for line in lines)]))
    store.put([VersionGraph(base.policy_iri, base.version_iri, "", "e1", nquads, base.ingested_at)])
    assert exported(store, policy=base.policy_iri) == nquads
    turtle = b"".join(store.export("turtle", policy=base.policy_iri))
    assert turtle.count(b"xsd:nonNegativeInteger") == 3


def test_offsets_are_known_by_name() -> None:
    text = (Path(ontology.__file__).parent / "clausegraph.ttl").read_text(encoding="utf-8")
    graph = rdflib.Graph().parse(data=text, format="turtle")
    names = graph.subjects(rdflib.RDFS.range, rdflib.XSD.nonNegativeInteger)
    assert {str(name) for name in names} == set(OFFSET_PROPERTIES)


def test_an_empty_store_answers(store: Store) -> None:
    assert store.policies() == []
    assert store.query("ASK { ?s ?p ?o }") is False
    assert json.loads(b"".join(store.export("jsonld"))) == []
    assert b"".join(store.export("nquads")) == b""
    assert store.put([]) == []
    assert store.refresh() is False
    store.optimize()


def test_batches_of_any_size_land(store: Store, make_graph: MakeGraph) -> None:
    batch = [make_graph(f"p{number:03d}", 1, size=1) for number in range(120)]
    assert store.put(batch) == ["added"] * 120
    assert len(store.policies()) == 120
    assert store.put([make_graph("p007", 2), *batch[:3]]) == ["replaced", "unchanged", "unchanged", "unchanged"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=40), tag=st.sampled_from(["", "@zh-hant", "^^<http://www.w3.org/2001/XMLSchema#date>"]))
def test_any_text_survives_load_and_replacement(store: Store, make_graph: MakeGraph, text: str, tag: str) -> None:
    literal = str(ox.Literal(text)) + tag
    for version in (1, 2):
        base = make_graph("text", version, size=0)
        line = f"<{base.version_iri}> <{CG}quote> {literal} <{base.version_iri}> .\n".encode()
        graph = VersionGraph(base.policy_iri, base.version_iri, "", text[:5], base.nquads + line, base.ingested_at)
        store.put([graph])
        back = set(ox.parse(exported(store, policy=base.policy_iri), format=ox.RdfFormat.N_QUADS))
        assert back == set(ox.parse(graph.nquads, format=ox.RdfFormat.N_QUADS))


def test_single_graphs_are_written_read_and_dropped(store: Store) -> None:
    def read(graph: str | None) -> bytes:
        sink = io.BytesIO()
        store.graph_into(sink, graph, "ntriples")
        return sink.getvalue()

    assert store.write_graph("x:g", b'<x:a> <x:b> _:c .\n_:c <x:d> "1" .\n', replace=False) is True
    assert store.write_graph("x:g", b'<x:a> <x:b> "zh"@zh-Hant .\n', replace=False) is False
    assert read("x:g").count(b"\n") == 3
    assert store.write_graph("x:g", b'<x:a> <x:b> "zh"@zh-Hant .\n', replace=True) is False
    assert read("x:g").lower() == b'<x:a> <x:b> "zh"@zh-hant .\n'
    for name in GRAPH_FORMATS:
        store.graph_into(io.BytesIO(), "x:g", name)
    with pytest.raises(GraphMissing, match="x:none"):
        read("x:none")
    with pytest.raises(StoreError):
        store.write_graph("x:> {} } ; DROP ALL #", b"", replace=True)
    assert store.drop_graph("x:g") is True
    assert store.drop_graph("x:g") is False
    assert graphs(store) == set()


def test_the_graph_without_a_name_is_written_beside_the_named(store: Store) -> None:
    store.write_graph("x:g", b"<x:named> <x:b> <x:c> .\n", replace=True)
    assert store.write_graph(None, b"<x:a> <x:b> <x:c> .\n", replace=True) is False
    sink = io.BytesIO()
    try:
        store.graph_into(sink, None, "ntriples")
    except StoreError as error:
        assert "?graphs=URL" in error.mend, "only a server without the Graph Store Protocol cannot tell it apart"
    else:
        assert sink.getvalue() == b"<x:a> <x:b> <x:c> .\n"
    assert store.drop_graph(None) is True
    assert store.query("ASK { <x:a> ?p ?o }") is False
    assert store.query("ASK { <x:named> ?p ?o }") is True


def test_an_update_is_all_or_nothing(store: Store) -> None:
    store.update("INSERT DATA { GRAPH <x:g> { <x:a> <x:b> <relative> } }", base="http://base.example/")
    assert store.query("ASK { <x:a> <x:b> <http://base.example/relative> }") is True
    with pytest.raises(StoreError):
        store.update("INSERT DATA { GRAPH <x:g> { <x:a> <x:b> 2 } } ; NONSENSE")
    assert store.query("ASK { <x:a> <x:b> 2 }") is False


def test_derived_graphs_come_and_go_with_their_version(store: Store, make_graph: MakeGraph) -> None:
    first, second = make_graph("acme", 1), make_graph("acme", 2)

    def derived(graph: VersionGraph, word: str = "one") -> VersionGraph:
        names = [graph.version_iri + name for name in DERIVED_GRAPHS]
        quads = "".join(f'<{name}> <{CG}digest> "{word}" <{name}> .\n' for name in names)
        return replace(graph, derived=quads.encode())

    def there() -> dict[str, str]:
        asked = f"SELECT ?g ?o {{ GRAPH ?g {{ ?g <{CG}digest> ?o }} }}"
        answer = store.query(asked)
        assert isinstance(answer, Solutions)
        return {row["g"]: row["o"] for row in answer.texts()}

    store.put([derived(first), make_graph("bolt", 1)])
    assert there() == {first.version_iri + name: "one" for name in DERIVED_GRAPHS}
    assert exported(store, policy=first.policy_iri) == first.nquads  # no part of the policy's graph
    store.put_derived({first.version_iri: derived(first, "two").derived, second.version_iri: derived(second).derived})
    assert there() == {first.version_iri + name: "two" for name in DERIVED_GRAPHS}  # the second is not current
    store.put([replace(derived(first, "three"), extractor_digest="e2")])
    assert set(there().values()) == {"three"}
    store.put([derived(second)])
    assert there() == {second.version_iri + name: "one" for name in DERIVED_GRAPHS}
    assert graphs(store, "history") == {first.version_iri}
    store.remove(first.policy_iri)
    assert there() == {}
    with pytest.raises(StoreError, match="derived"):
        store.put([replace(first, derived=b"<x:a> <x:b> <x:c> <x:d> .\n")])
