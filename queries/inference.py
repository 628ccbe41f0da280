"""Keep what follows from stored policies in step, and read it back.

In: an open store. Out: the graphs ``{version}/inferred`` written where they are missing or made by other definitions;
`Concluded` records for people. An ingest writes these graphs itself, together with the version; this is for stores that
were filled before, for versions that were changed by hand, and after a change of definitions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pyoxigraph as ox

from ..ontology.closure import Inference, closure_digest, infer, inferred_nquads
from ..ontology.defined import load_defined
from ..ontology.terms import CATALOGUE_GRAPH, CLAUSE, CURRENT_VERSION, DEFINITIONS_DIGEST, INFERRED, MENTION
from .store import Solutions, Store
from .store.catalogue import iri as iri_of
from .store.formats import ntriples_of

if TYPE_CHECKING:
    import rdflib

Step = Literal["written", "unchanged"]


@dataclass(frozen=True, slots=True)
class Concluded:
    """What follows for one policy. ``counts``: class IRI → number of statements. ``state``: whether it was written."""

    policy: str
    version: str
    state: Step
    counts: Mapping[str, int]


def reason(store: Store, policy: str | None = None, *, force: bool = False) -> Iterator[Concluded]:
    """Write the inferred graph of every current version, or of one policy's. Open the store for writing.

    A graph made by the same definitions from the same concepts is left as it is, unless ``force``.
    """
    for iri, version, digest in _current(store, None if policy is None else [policy]):
        nquads = version_nquads(store, iri)
        if digest == closure_digest() and not force:
            yield Concluded(iri, version, "unchanged", counted(infer(nquads)))
            continue
        _write(store, version, nquads)
        yield Concluded(iri, version, "written", counted(infer(nquads)))


def refresh(store: Store, policies: Sequence[str]) -> int:
    """Write what is out of step of these policies; how many that were. One query where nothing is."""
    stale = [row for row in _current(store, policies) if row[2] != closure_digest()] if policies else []
    for iri, version, _digest in stale:
        _write(store, version, version_nquads(store, iri))
    return len(stale)


def _write(store: Store, version: str, nquads: bytes) -> None:
    graph = f"{version}/{INFERRED}"
    store.write_graph(graph, ntriples_of(inferred_nquads(version, nquads), graph), replace=True)


def version_nquads(store: Store, policy: str) -> bytes:
    """The graph of a policy's current version as N-Quads."""
    return b"".join(store.export("nquads", policy=policy))


def classified(nquads: bytes) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Class IRI → members, as the quick closure and as HermiT find them. Raises `ReasonerError` without Java."""
    from ..ontology.reasoning import classify  # rdflib and owlready2 cost a second

    classes = [one.iri for one in load_defined()]
    found = infer(nquads)
    quick = {cls: frozenset(one.statement for one in found if one.cls == cls) for cls in classes}
    return quick, classify(facts_of(nquads), classes=classes)


def facts_of(nquads: bytes) -> rdflib.Graph:
    """A version's graph for HermiT: without clauses and mentions, most of its nodes, which no definition looks at."""
    import rdflib

    triples = (quad.triple for quad in ox.parse(nquads, format=ox.RdfFormat.N_QUADS))
    graph = rdflib.Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"", format="nt")
    for cls in (MENTION, CLAUSE):
        for node in list(graph.subjects(rdflib.RDF.type, rdflib.URIRef(cls))):
            graph.remove((node, None, None))
            graph.remove((None, None, node))
    return graph


def counted(inferences: tuple[Inference, ...]) -> dict[str, int]:
    """Class IRI → number of its members, by name."""
    return dict(sorted(Counter(one.cls for one in inferences).items()))


def _current(store: Store, policies: Sequence[str] | None) -> Iterator[tuple[str, str, str]]:
    """Policy, its current version and the digest of the definitions that its inferred graph was made by, or ""."""
    named = "" if policies is None else f"VALUES ?policy {{ {' '.join(map(iri_of, policies))} }} "
    query = (
        f"SELECT ?policy ?version ?digest WHERE {{ {named}"
        f"GRAPH <{CATALOGUE_GRAPH}> {{ ?policy <{CURRENT_VERSION}> ?version }} "
        'BIND(IRI(CONCAT(STR(?version), "/inferred")) AS ?graph) '
        f"OPTIONAL {{ GRAPH ?graph {{ ?graph <{DEFINITIONS_DIGEST}> ?digest }} }} }} ORDER BY ?policy"
    )
    answer = store.query(query)
    assert isinstance(answer, Solutions)
    for row in answer.texts():
        yield row["policy"], row["version"], row.get("digest", "")
