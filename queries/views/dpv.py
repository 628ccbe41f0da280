"""The view `dpv`: policies in the terms of the Data Privacy Vocabulary 2.3.

In: the store and policies. Out: one RDF document. Beside what *current* holds in these terms it has the denials, as
prohibitions, and says of each concept of ours that stands in it which term of DPV's is broader, so that a tool that has
loaded DPV needs nothing else. Values are the direct ones: such a tool finds the broader ones by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import pyoxigraph as ox

from ...ontology.terms import CG, CGC, DPV_BASE, RDF, SKOS
from ...ontology.vocabulary import load_vocabulary
from ..dpv import direct_lines, prohibition_lines, read_facts
from ..store import PolicyRow, Store
from ..store.formats import GRAPH_FORMATS, MEDIA_TYPES, export_pieces, restored
from .base import Rendered, View

__all__ = ["DPV_VIEW"]

_FORMATS: Final = ("turtle", "jsonld", "ntriples", "rdfxml")
_OWN: Final = re.compile(rf"<({re.escape(CGC)}|{re.escape(CG)})([^<>#]+)>")


def render(store: Store, policies: Sequence[PolicyRow], format: str) -> Rendered:
    """The policies' current versions as one document."""
    lines: set[str] = set()
    for row in policies:
        facts = read_facts(row.version_iri, restored(_graph(store, row.version_iri)))
        lines |= direct_lines(facts).direct
        lines |= prohibition_lines(facts)
    lines |= _concepts(lines)
    ntriples = "".join(f"{line} .\n" for line in sorted(lines)).encode()
    if format == "ntriples":
        return Rendered(ntriples)
    if format == "turtle":
        return Rendered(b"".join(export_pieces("turtle", [""], lambda _graph: ntriples)))
    triples = (quad.triple for quad in ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES))
    return Rendered(ox.serialize(triples, format=GRAPH_FORMATS[format]) or b"")  # prefixes come in no fixed order


def _graph(store: Store, version: str) -> bytes:
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {ox.NamedNode(version)} {{ ?s ?p ?o }} }}"
    return store.query_serialised(query, "ntriples")


def _concepts(lines: set[str]) -> set[str]:
    """What the concepts of ours among the values are in DPV: `skos:broader` is how DPV itself is extended."""
    found: set[str] = set()
    vocabulary = load_vocabulary()
    for name in {match[2] for line in lines for match in _OWN.finditer(line.rpartition("> ")[2])}:
        concept = vocabulary.get(name)
        if concept is None:
            continue
        found.add(f"<{concept.iri}> <{RDF}type> <{SKOS}Concept>")
        found.update(
            f"<{concept.iri}> <{SKOS}prefLabel> {ox.Literal(label, language=tag)}"
            for tag, label in concept.labels.items()
        )
        equal = [iri for iri in concept.exact if iri.startswith(DPV_BASE)]
        found.update(f"<{concept.iri}> <{SKOS}exactMatch> <{iri}>" for iri in equal)
        for id in () if equal else (name, *vocabulary.ancestors(name)):
            above = vocabulary.concepts[id]
            terms = [iri for iri in (*above.exact, *above.broad) if iri.startswith(DPV_BASE)]
            found.update(f"<{concept.iri}> <{SKOS}broader> <{iri}>" for iri in terms)
            if terms:
                break
    return found


DPV_VIEW: Final = View(
    "dpv",
    "Data Privacy Vocabulary 2.3: processes, prohibitions, notice",
    {name: MEDIA_TYPES[name] for name in _FORMATS},
    render,
)
