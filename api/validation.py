"""SHACL over one stored policy.

In: a store, a policy's IRI. Out: `Violation`s, none where its graph, and that of what follows from it, conform to every
shape of the ontology.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SH, XSD
from rdflib.term import Node

from .. import ontology as _ontology
from ..ontology.terms import INFERRED
from ..queries.store import GraphMissing, Store

FOLDER = Path(_ontology.__file__).parent


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule: the node, the path, the value found ("" where the fault is its absence), the shape's words."""

    focus: str
    path: str
    value: str
    message: str


@cache
def shapes() -> Graph:
    """All structural shapes of the ontology in one graph."""
    graph = Graph()
    for file in sorted((FOLDER / "shapes").glob("*.ttl")):
        graph.parse(file, format="turtle")
    return graph


@cache
def core() -> Graph:
    """The core ontology, for the class hierarchy that shapes rely on."""
    return Graph().parse(FOLDER / "clausegraph.ttl", format="turtle")


def restore_integers(graph: Graph) -> None:
    """Give integers back the type that their property's range says: Oxigraph keeps every kind as xsd:integer."""
    for name in core().subjects(RDFS.range, XSD.nonNegativeInteger):
        for subject, value in list(graph.subject_objects(name)):
            if isinstance(value, Literal) and value.datatype == XSD.integer and value.toPython() >= 0:
                graph.remove((subject, name, value))
                graph.add((subject, name, Literal(str(value), datatype=XSD.nonNegativeInteger)))


def _inferred(store: Store, version: str) -> bytes:
    """What follows from a version as N-Triples; empty where nobody worked it out."""
    sink = BytesIO()
    try:
        store.graph_into(sink, f"{version}/{INFERRED}", "ntriples")
    except GraphMissing:
        return b""
    return sink.getvalue()


def validate_policy(store: Store, policy: str) -> list[Violation]:
    """Check the graph of a policy's current version."""
    import pyshacl

    data = Graph().parse(data=b"".join(store.export("turtle", policy=policy)), format="turtle")
    state = store.state(policy)
    if state is not None:
        data.parse(data=_inferred(store, state.version_iri), format="nt")
    restore_integers(data)
    _conforms, results, _text = pyshacl.validate(data, shacl_graph=shapes(), ont_graph=core(), inference="none")
    if not isinstance(results, Graph):
        raise TypeError(f"pyshacl gave {type(results).__name__} instead of a results graph")

    def text(subject: Node, predicate: URIRef) -> str:
        value = results.value(subject, predicate)
        return "" if value is None else str(value)

    found = [
        Violation(text(one, SH.focusNode), text(one, SH.resultPath), text(one, SH.value), text(one, SH.resultMessage))
        for one in results.subjects(RDF.type, SH.ValidationResult)
    ]
    return sorted(found, key=lambda one: (one.focus, one.path, one.value))
