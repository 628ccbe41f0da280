"""Helps tests of the DPV view: DPV's own tree, shapes, lines as triples."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import rdflib
from rdflib.namespace import SH, SKOS

from clausegraph.ontology import vocabulary
from clausegraph.ontology.dpv import BROADER_FILE, read_broader
from clausegraph.queries.dpv import direct_lines, prohibition_lines, read_facts

SHAPES = Path(__file__).parent / "dpv-shapes.ttl"
DPV = rdflib.Namespace("https://w3id.org/dpv#")


def tree() -> rdflib.Graph:
    """What DPV puts above its terms, and our concepts with their matches."""
    graph = rdflib.Graph()
    for term, above in read_broader(BROADER_FILE.read_text(encoding="utf-8").splitlines()).items():
        for one in above:
            graph.add((rdflib.URIRef(term), SKOS.broader, rdflib.URIRef(one)))
    for file in sorted(vocabulary.FOLDER.glob("*.ttl")):
        for subject, predicate, value in rdflib.Graph().parse(file):
            if predicate in (SKOS.broader, SKOS.broadMatch, SKOS.exactMatch):
                graph.add((subject, predicate, value))
    return graph


def exported(version: str, graph: bytes) -> rdflib.Graph:
    """What an export says of a version in DPV's terms, denials as prohibitions included."""
    facts = read_facts(version, graph)
    return triples(direct_lines(facts).direct | prohibition_lines(facts))


def triples(lines: set[str]) -> rdflib.Graph:
    """Lines as a graph."""
    return rdflib.Graph().parse(data="".join(f"{line} .\n" for line in lines), format="nt")


def complaints(data: rdflib.Graph, above: rdflib.Graph) -> list[str]:
    """What breaks the shapes, one line each."""
    shapes = rdflib.Graph().parse(SHAPES)
    _conforms, results, _text = pyshacl.validate(data + above, shacl_graph=shapes, inference="none")
    assert isinstance(results, rdflib.Graph)
    return sorted(
        f"{results.value(one, SH.focusNode)} {results.value(one, SH.resultPath)} {results.value(one, SH.value)}"
        for one in results.subjects(rdflib.RDF.type, SH.ValidationResult)
    )


__all__ = ["DPV", "complaints", "exported", "tree", "triples"]
