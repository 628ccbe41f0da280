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


def changes_ntriples(comparison: Comparison, older: str = "", newer: str = "") -> bytes:
    """The graph: what was compared, how much is the same, and the changes.

    ``older``, ``newer``: the versions' IRIs, where the graphs that were compared do not say them.
    """
    older, newer = older or comparison.older.iri, newer or comparison.newer.iri
    whole = ox.NamedNode(changes_graph(newer))
    between = (
        (ox.NamedNode(CG + "changeIn"), ox.NamedNode(newer)),
        (ox.NamedNode(CG + "changeSince"), ox.NamedNode(older)),
    )
    triples = [
        ox.Triple(whole, ox.NamedNode(RDF + "type"), ox.NamedNode(CG + "ChangeSet")),
        *(ox.Triple(whole, name, version) for name, version in between),
        ox.Triple(whole, ox.NamedNode(CG + "sameFacts"), ox.Literal(comparison.same)),
        ox.Triple(whole, ox.NamedNode(CG + "factsReadOtherwise"), ox.Literal(comparison.reread)),
    ]
    for change in comparison.changes:
        pair = " ".join(one.iri if one else "" for one in (change.before, change.after))
        subject = ox.NamedNode(f"{whole.value}/{hashlib.sha256(pair.encode()).hexdigest()[:16]}")
        triples += [ox.Triple(subject, name, version) for name, version in between]
        triples += _triples(subject, change)
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def _triples(subject: ox.NamedNode, change: Change) -> list[ox.Triple]:
    def said(name: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
        return ox.Triple(subject, ox.NamedNode(name), value)

    found = [
        said(RDF + "type", ox.NamedNode(CG + "Change")),
        said(CG + "changeKind", ox.NamedNode(CG + change.kind)),
        *(said(CG + "changeAspect", ox.NamedNode(CG + aspect)) for aspect in change.aspects),
    ]
    if change.before is not None:
        found.append(said(CG + "changeBefore", ox.NamedNode(change.before.iri)))
    if change.after is not None:
        found.append(said(CG + "changeAfter", ox.NamedNode(change.after.iri)))
    if change.anchor is not None:
        score = ox.Literal(f"{change.anchor.score:.4f}".rstrip("0").rstrip("."), datatype=ox.NamedNode(XSD + "decimal"))
        found.append(said(CG + "anchorScore", score))
        found.append(said(CG + "anchorExact", ox.Literal(change.anchor.exact)))
    return found
