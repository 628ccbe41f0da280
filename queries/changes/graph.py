"""The changes of a version as a graph of its own.

In: a `Comparison`. Out: N-Triples for the graph ``{version}/changes``.

A change points to the statements before and after and says what kind it is. It carries no facet: whether something is
affirmed or denied is said by its statement alone, and the one before stands in the history.
"""

from __future__ import annotations

import hashlib

import pyoxigraph as ox

from ...ontology.terms import CG, RDF, XSD
from .compare import Change, Comparison


def changes_graph(version: str) -> str:
    """The IRI of the graph that holds a version's changes since the one before."""
    return f"{version}/changes"


def changes_ntriples(comparison: Comparison) -> bytes:
    """The graph: what was compared, how much is the same, and the changes."""
    graph = changes_graph(comparison.newer.iri)
    whole = ox.NamedNode(graph)
    triples = [
        ox.Triple(whole, ox.NamedNode(RDF + "type"), ox.NamedNode(CG + "ChangeSet")),
        ox.Triple(whole, ox.NamedNode(CG + "changeIn"), ox.NamedNode(comparison.newer.iri)),
        ox.Triple(whole, ox.NamedNode(CG + "changeSince"), ox.NamedNode(comparison.older.iri)),
        ox.Triple(whole, ox.NamedNode(CG + "sameFacts"), _count(comparison.same)),
        ox.Triple(whole, ox.NamedNode(CG + "factsReadOtherwise"), _count(comparison.reread)),
    ]
    triples += [triple for change in comparison.changes for triple in _triples(change, comparison, graph)]
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def _count(number: int) -> ox.Literal:
    return ox.Literal(str(number), datatype=ox.NamedNode(XSD + "nonNegativeInteger"))


def _triples(change: Change, comparison: Comparison, graph: str) -> list[ox.Triple]:
    before, after = (one.iri if one else "" for one in (change.before, change.after))
    digest = hashlib.sha256(f"{before} {after}".encode()).hexdigest()[:16]
    subject = ox.NamedNode(f"{graph}/{digest}")

    def said(name: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
        return ox.Triple(subject, ox.NamedNode(name), value)

    found = [
        said(RDF + "type", ox.NamedNode(CG + "Change")),
        said(CG + "changeIn", ox.NamedNode(comparison.newer.iri)),
        said(CG + "changeSince", ox.NamedNode(comparison.older.iri)),
        said(CG + "changeKind", ox.NamedNode(CG + change.kind)),
        *(said(CG + "changeAspect", ox.NamedNode(CG + aspect)) for aspect in change.aspects),
    ]
    if before:
        found.append(said(CG + "changeBefore", ox.NamedNode(before)))
    if after:
        found.append(said(CG + "changeAfter", ox.NamedNode(after)))
    if change.anchor is not None:
        score = ox.Literal(f"{change.anchor.score:.4f}", datatype=ox.NamedNode(XSD + "decimal"))
        found.append(said(CG + "anchorScore", score))
        found.append(said(CG + "anchorExact", ox.Literal(change.anchor.exact)))
    return found
