"""The ontology as documentation: what `clausegraph.ttl`, `defined.ttl` and the alignments in `links/` say of terms.

In: the Turtle files of the package. Out: `read_ontology`: a `Head` and `Section`s of `Term`s, in the file's own order.
Sections are the file's comment lines ``# -------- Title: remark``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from ... import ontology
from ...ontology.terms import CG, DCT, ONTOLOGY_GRAPH, OWL, RDF, RDFS, SKOS, shorten
from ...ontology.vocabulary import load_vocabulary

FOLDER = Path(ontology.__file__).resolve().parent
FILES = (FOLDER / "clausegraph.ttl", FOLDER / "defined.ttl")

_SECTION = re.compile(r"# -{3,} (?P<title>[^:]+)(?:: (?P<remark>.+))?")
_STANZA = re.compile(r"cg:(?P<name>\w+) a ")
#: How the page names a property of a term; the order is that of the page.
RELATIONS: Mapping[str, str] = {
    RDFS + "subClassOf": "is a kind of",
    RDFS + "subPropertyOf": "is a kind of",
    OWL + "equivalentClass": "is the same as",
    OWL + "disjointUnionOf": "is exactly one of",
    OWL + "disjointWith": "is never",
    OWL + "oneOf": "is one of",
    OWL + "inverseOf": "is the inverse of",
    RDFS + "domain": "is said of",
    RDFS + "range": "leads to",
    RDFS + "seeAlso": "see also",
}
KINDS: Mapping[str, str] = {
    OWL + "Class": "class",
    OWL + "ObjectProperty": "property that leads to a thing",
    OWL + "DatatypeProperty": "property that leads to a value",
    OWL + "AnnotationProperty": "property that leads to a value reasoners do not read",
    OWL + "FunctionalProperty": "has one value at most",
    OWL + "TransitiveProperty": "transitive",
}

Graph = Mapping[str, Mapping[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]]


@dataclass(frozen=True, slots=True)
class Reference:
    """Something a term refers to: ``name`` for people, ``iri`` "" for an expression that has none."""

    name: str
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A line about a term."""

    name: str
    values: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property or individual. ``name`` is the local name; ``concept`` says that `/concepts/` has a page."""

    name: str
    label: str
    definition: str
    kinds: tuple[str, ...]
    relations: tuple[Relation, ...]
    twin: str
    concept: bool

    @property
    def iri(self) -> str:
        """The whole IRI."""
        return CG + self.name


@dataclass(frozen=True, slots=True)
class Section:
    """Terms that belong together."""

    title: str
    remark: str
    terms: tuple[Term, ...]

    @property
    def anchor(self) -> str:
        """The id of its heading; no term's, since those have no hyphen."""
        return "section-" + re.sub(r"\W+", "-", self.title.lower())


@dataclass(frozen=True, slots=True)
class Head:
    """What the ontology says of itself."""

    title: str
    description: str
    licence: str


@cache
def read_ontology() -> tuple[Head, tuple[Section, ...]]:
    """The ontology of this package; read once."""
    own = _graph(FILES)
    links = _graph(sorted((FOLDER / "links").glob("*.ttl")))
    names = {subject.removeprefix(CG) for subject in own if subject.startswith(CG)}
    sections = tuple(
        Section(title, remark, tuple(_term(name, own, links, names) for name in members))
        for title, remark, members in _sections("".join(file.read_text(encoding="utf-8") for file in FILES))
        if members
    )
    about = own[ONTOLOGY_GRAPH]
    head = Head(_text(about, DCT + "title"), _text(about, DCT + "description"), _text(about, DCT + "license"))
    return head, sections


def _sections(text: str) -> list[tuple[str, str, list[str]]]:
    found: list[tuple[str, str, list[str]]] = []
    for line in text.splitlines():
        if section := _SECTION.fullmatch(line):
            found.append((section["title"], section["remark"] or "", []))
        elif stanza := _STANZA.match(line):
            found[-1][2].append(stanza["name"])
    return found


def _graph(files: Iterable[Path]) -> Graph:
    found: dict[str, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    for file in files:
        for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE):
            assert not isinstance(quad.object, ox.Triple)
            assert not isinstance(quad.subject, ox.Triple)
            found[quad.subject.value][quad.predicate.value].append(quad.object)
    return found


def _text(about: Mapping[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]], predicate: str) -> str:
    return " ".join(node.value for node in about.get(predicate, ()))


def _english(about: Mapping[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]], predicate: str) -> str:
    """The page is in English, and definitions that come in four languages are too long for it."""
    nodes = about.get(predicate, ())
    return next((one.value for one in nodes if isinstance(one, ox.Literal) and one.language == "en"), "")


def _term(name: str, own: Graph, links: Graph, names: set[str]) -> Term:
    about = own[CG + name]
    types = [node.value for node in about.get(RDF + "type", ())]
    kinds = tuple(KINDS.get(kind, "") for kind in types if kind in KINDS)
    individual_of = [_reference(ox.NamedNode(kind), own) for kind in types if kind.startswith(CG)]
    relations = [Relation("is an instance of", tuple(individual_of))] if individual_of else []
    said: dict[str, list[Reference]] = {}
    for predicate, relation in RELATIONS.items():
        said.setdefault(relation, []).extend(_reference(node, own) for node in about.get(predicate, ()))
    relations += [Relation(relation, tuple(values)) for relation, values in said.items() if values]
    for predicate, nodes in sorted(links.get(CG + name, {}).items()):
        values = tuple(_reference(node, links) for node in nodes)
        relations.append(Relation(f"aligned: {shorten(predicate)}", values))
    concept = load_vocabulary().get(name)
    practice = concept is not None and concept.iri == CG + name
    definition = _english(about, SKOS + "definition") or (
        concept.definition if concept is not None and practice else ""
    )
    twin = f"denied{name[:1].upper()}{name[1:]}"
    return Term(
        name, _text(about, RDFS + "label"), definition, kinds, tuple(relations), twin if twin in names else "", practice
    )


def _reference(node: ox.NamedNode | ox.BlankNode | ox.Literal, graph: Graph) -> Reference:
    if isinstance(node, ox.NamedNode):
        return Reference(shorten(node.value), node.value)
    if isinstance(node, ox.Literal):
        return Reference(node.value)
    about = graph[node.value]
    if RDF + "first" in about:
        return Reference(", ".join(one.name for one in _members(node, graph)))
    for predicate, word in ((OWL + "unionOf", " or "), (OWL + "intersectionOf", "; and "), (OWL + "oneOf", ", ")):
        if parts := about.get(predicate):
            return Reference(word.join(one.name for one in _members(parts[0], graph)))
    if on := about.get(OWL + "onProperty"):
        if on[0].value == SKOS + "broaderTransitive":
            return Reference(f"what is below {_reference(about[OWL + 'hasValue'][0], graph).name}")
        for predicate, words in (("hasValue", "with the value"), ("someValuesFrom", "with some")):
            if values := about.get(OWL + predicate):
                return Reference(f"{shorten(on[0].value)} {words} {_reference(values[0], graph).name}")
    return Reference("(an expression; see the Turtle)")


def _members(node: ox.NamedNode | ox.BlankNode | ox.Literal, graph: Graph) -> Iterable[Reference]:
    while node.value in graph and RDF + "first" in graph[node.value]:
        yield _reference(graph[node.value][RDF + "first"][0], graph)
        node = graph[node.value][RDF + "rest"][0]
