"""The catalogue graph: which policies there are, their current version and the versions before it, as SPARQL text.

In: IRIs and `VersionGraph`s. Out: SPARQL updates and queries; nothing here touches a store.

In the graph `CATALOGUE_GRAPH`: ``<policy> a cg:Policy ; cg:currentVersion <v>`` and for every version, superseded ones
included, ``<v> cg:ingestedAt … ; cg:extractorDigest … ; cg:previousVersion <older>``; for shared graphs
``<graph> cg:graphDigest …``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import pyoxigraph as ox

from ...ontology.terms import (
    CATALOGUE_GRAPH,
    CG,
    CURRENT_VERSION,
    DCT,
    INGESTED_AT,
    POLICY,
    PREVIOUS_VERSION,
    RDF,
    SCHEMA,
    XSD,
)
from ..changes.graph import changes_graph
from .base import StoreError, VersionGraph
from .formats import ntriples_of

PREFIXES = f"PREFIX cg: <{CG}> PREFIX dct: <{DCT}> PREFIX schema: <{SCHEMA}>\n"
#: What follows a version's IRI in the names of the graphs that are derived from its own.
DERIVED_GRAPHS = ("/dpv", "/dpv/broader", "/inferred")
_GRAPH = f"GRAPH <{CATALOGUE_GRAPH}>"
_DATE_TIME = ox.NamedNode(XSD + "dateTime")


def iri(text: str) -> str:
    """An IRI between angle brackets; raises `StoreError` for text that is none (nothing can break out of it)."""
    try:
        return str(ox.NamedNode(text))
    except ValueError as error:
        raise StoreError(f"“{text}” is not an IRI: {error}.", mend="Name it by its full https://… address.") from error


def check(graph: VersionGraph) -> None:
    """Raise `StoreError` unless every line is a quad in the version's own graph and the rest is well formed."""
    iri(graph.policy_iri)
    iri(graph.version_iri)
    _check_graph(graph.version_iri, graph.nquads)
    if not graph.nquads:
        raise StoreError(f"The graph of {graph.version_iri} is empty: nothing can be stored for it.")
    _derived(graph.version_iri, graph.derived)


def _check_graph(graph: str, nquads: bytes) -> None:
    lines = nquads.count(b"\n")
    if nquads and (not nquads.endswith(b"\n") or nquads.count(b" <" + graph.encode() + b"> .\n") != lines):
        raise StoreError(
            f"The N-Quads for {graph} hold something that is not in that graph.",
            mend="Write one quad a line, each ending in the graph's IRI and “ .”.",
        )


def _derived(version: str, nquads: bytes) -> dict[str, bytes]:
    """N-Quads by the derived graph that they stand in. Raises `StoreError` where they stand in another."""
    found = {}
    for name in (version + suffix for suffix in DERIVED_GRAPHS):
        tail = b" <" + name.encode() + b"> .\n"
        found[name] = b"".join(line for line in nquads.splitlines(keepends=True) if line.endswith(tail))
    if sum(map(len, found.values())) != len(nquads):
        raise StoreError(
            f"What is derived from {version} holds something that is in no derived graph of it.",
            mend=f"Write one quad a line, each ending in the version's IRI and one of {', '.join(DERIVED_GRAPHS)}.",
        )
    return found


def _drop_version(version: str) -> str:
    """A version's graph and all that is derived from it, dropped."""
    return drop_update([version, *(version + suffix for suffix in DERIVED_GRAPHS)])


def derived_update(version: str, nquads: bytes) -> str:
    """The derived graphs of a version replaced."""
    drop = drop_update(version + suffix for suffix in DERIVED_GRAPHS)
    return f"{drop} ;\nINSERT DATA {{\n{_derived_blocks(version, nquads)}}}"


def _derived_blocks(version: str, nquads: bytes) -> str:
    return "".join(
        f"GRAPH {iri(name)} {{\n{ntriples_of(quads, name).decode()}}}\n"
        for name, quads in _derived(version, nquads).items()
        if quads
    )


def version_triples(graph: VersionGraph, previous: str | None) -> str:
    """What the catalogue says of a version, as N-Triples lines."""
    version, policy = iri(graph.version_iri), iri(graph.policy_iri)
    lines = [
        f"{policy} <{RDF}type> <{POLICY}> .",
        f"{policy} <{CURRENT_VERSION}> {version} .",
        f"{version} <{INGESTED_AT}> {ox.Literal(graph.ingested_at, datatype=_DATE_TIME)} .",
        f"{version} <{CG}extractorDigest> {ox.Literal(graph.extractor_digest)} .",
    ]
    if previous is not None:
        lines.append(f"{version} <{PREVIOUS_VERSION}> {iri(previous)} .")
    return "\n".join(lines) + "\n"


def new_quads(graph: VersionGraph) -> bytes:
    """The version's graph, what is derived from it and its catalogue entry: all that a new policy adds, as N-Quads."""
    entry = version_triples(graph, None).replace(" .\n", f" <{CATALOGUE_GRAPH}> .\n")
    return graph.nquads + graph.derived + entry.encode()


def reextract_update(graph: VersionGraph) -> str:
    """Replace the graph of the version that is current already; its place among the versions stays."""
    version = iri(graph.version_iri)
    return (
        f"{PREFIXES}{_drop_version(graph.version_iri)} ;\n"
        f"DELETE WHERE {{ {_GRAPH} {{ {version} cg:ingestedAt ?at }} }} ;\n"
        f"DELETE WHERE {{ {_GRAPH} {{ {version} cg:extractorDigest ?digest }} }} ;\n"
        f"{_insert(graph, None)}"
    )


def replace_update(graph: VersionGraph, old: str) -> str:
    """Make the version current in the place of ``old``, whose graph goes.

    A version that was current before (A, B, A again) leaves its old place in the chain, so that no cycle arises.
    """
    new, policy = iri(graph.version_iri), iri(graph.policy_iri)
    return (
        f"{PREFIXES}{_drop_version(old)} ;\n{_drop_version(graph.version_iri)} ;\n"
        f"INSERT {{ {_GRAPH} {{ ?later cg:previousVersion ?earlier }} }}\n"
        f"WHERE {{ {_GRAPH} {{ ?later cg:previousVersion {new} . {new} cg:previousVersion ?earlier }} }} ;\n"
        f"DELETE WHERE {{ {_GRAPH} {{ ?later cg:previousVersion {new} }} }} ;\n"
        f"DELETE WHERE {{ {_GRAPH} {{ {new} ?property ?value }} }} ;\n"
        f"DELETE WHERE {{ {_GRAPH} {{ {policy} cg:currentVersion ?version }} }} ;\n"
        f"{_insert(graph, old)}"
    )


def _insert(graph: VersionGraph, previous: str | None) -> str:
    triples = ntriples_of(graph.nquads, graph.version_iri).decode()
    return (
        f"INSERT DATA {{\n{_GRAPH} {{\n{version_triples(graph, previous)}}}\n"
        f"GRAPH {iri(graph.version_iri)} {{\n{triples}}}\n{_derived_blocks(graph.version_iri, graph.derived)}}}"
    )


def remove_update(policy: str, versions: Iterable[str]) -> str:
    """Drop the graphs and entries of all a policy's versions and the policy's own entry."""
    parts = [f"DELETE WHERE {{ {_GRAPH} {{ {iri(policy)} ?property ?value }} }}"]
    for version in versions:
        parts.append(_drop_version(version))
        parts.append(f"DROP SILENT GRAPH {iri(changes_graph(version))}")
        parts.append(f"DELETE WHERE {{ {_GRAPH} {{ {iri(version)} ?property ?value }} }}")
    return " ;\n".join(parts)


def put_graph_update(graph: str, ntriples: bytes) -> str:
    """One graph replaced whole, without any catalogue change (the history's graphs)."""
    return f"DROP SILENT GRAPH {iri(graph)} ;\nINSERT DATA {{ GRAPH {iri(graph)} {{\n{ntriples.decode()}}} }}"


def write_update(graph: str | None, ntriples: bytes, *, replace: bool) -> str:
    """Triples put into a graph (None: the one without a name), which is made where it is absent."""
    text = ntriples.decode()
    if graph is None:
        return ("DROP DEFAULT ;\n" if replace else "") + f"INSERT DATA {{\n{text}}}"
    name = iri(graph)
    drop = f"DROP SILENT GRAPH {name} ;\n" if replace else ""
    return f"{drop}CREATE SILENT GRAPH {name} ;\nINSERT DATA {{ GRAPH {name} {{\n{text}}} }}"


def drop_update(graphs: Iterable[str]) -> str:
    """Graphs dropped."""
    return " ;\n".join(f"DROP SILENT GRAPH {iri(graph)}" for graph in graphs)


def digest_of(data: bytes) -> str:
    """What tells whether a shared graph changed: hex SHA-256 of its bytes."""
    return hashlib.sha256(data).hexdigest()


def base_update(graph: str, nquads: bytes) -> str:
    """A shared graph replaced whole, with the digest that says so."""
    _check_graph(graph, nquads)
    name, digest = iri(graph), ox.Literal(digest_of(nquads))
    return (
        f"{PREFIXES}DROP SILENT GRAPH {name} ;\n"
        f"DELETE WHERE {{ {_GRAPH} {{ {name} cg:graphDigest ?digest }} }} ;\n"
        f"INSERT DATA {{ {_GRAPH} {{ {name} cg:graphDigest {digest} }}\n"
        f"GRAPH {name} {{\n{ntriples_of(nquads, graph).decode()}}} }}"
    )


def digest_query(graph: str) -> str:
    """Gives ``digest``."""
    return f"{PREFIXES}SELECT ?digest WHERE {{ {_GRAPH} {{ {iri(graph)} cg:graphDigest ?digest }} }}"


def states_query(policies: Iterable[str] | None = None) -> str:
    """Gives ``policy``, ``version``, ``digest``; of every policy where none are named."""
    names = "" if policies is None else f"VALUES ?policy {{ {' '.join(iri(policy) for policy in policies)} }}\n"
    return (
        f"{PREFIXES}SELECT ?policy ?version ?digest WHERE {{ {names}"
        f"{_GRAPH} {{ ?policy cg:currentVersion ?version . ?version cg:extractorDigest ?digest }} }}"
    )


def previous_query(versions: Iterable[str]) -> str:
    """Gives ``version`` and ``older``: the version before each, where there is one."""
    names = " ".join(iri(version) for version in versions)
    return (
        f"{PREFIXES}SELECT ?version ?older WHERE {{ VALUES ?version {{ {names} }} "
        f"{_GRAPH} {{ ?version cg:previousVersion ?older }} }}"
    )


def versions_query(policy: str) -> str:
    """Gives ``version``: the current one and all before it."""
    return (
        f"{PREFIXES}SELECT DISTINCT ?version WHERE {{ {_GRAPH} "
        f"{{ {iri(policy)} cg:currentVersion/cg:previousVersion* ?version }} }}"
    )


def graphs_of_query(policy: str) -> str:
    """Gives ``version``: the graphs in a dataset that say they are versions of the policy."""
    return f"{PREFIXES}SELECT DISTINCT ?version WHERE {{ GRAPH ?version {{ ?version cg:versionOf {iri(policy)} }} }}"


#: Gives one row a policy and controller name.
POLICIES_QUERY = f"""{PREFIXES}
SELECT ?policy ?version ?ingested ?title ?language ?controller WHERE {{
  {_GRAPH} {{ ?policy cg:currentVersion ?version . ?version cg:ingestedAt ?ingested }}
  OPTIONAL {{ GRAPH ?version {{ ?version dct:title ?title }} }}
  OPTIONAL {{ GRAPH ?version {{ ?version dct:language ?language }} }}
  OPTIONAL {{ GRAPH ?version {{ ?version cg:controller ?party . ?party schema:name ?controller }} }}
}}"""


def count_query(pattern: str) -> str:
    """Gives ``version`` and ``n``: how many ``?node`` match the pattern in each current version."""
    return (
        f"{PREFIXES}SELECT ?version (COUNT(DISTINCT ?node) AS ?n) WHERE {{ "
        f"{_GRAPH} {{ ?policy cg:currentVersion ?version }} GRAPH ?version {{ {pattern} }} }} GROUP BY ?version"
    )


STATEMENTS = "?node cg:inVersion ?version"
DENIALS = "?node cg:deniedPractice ?practice"
CLAUSES = "?node cg:clauseKind ?kind"
