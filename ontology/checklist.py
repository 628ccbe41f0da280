"""Checklists of what a law wants a policy to say, read from ``checklists/*.ttl``.

In: the SHACL shapes beside this module. Out: `Checklist`s of `Item`s with their `Point`s and `When`s, frozen; `shapes`
(the graph they come from, for any SHACL tool).

An item conforms as a shape when all its points are found or one of its conditions is not held. What SHACL has no words
for stands beside the shapes: what denies a point, what only a person can judge, what is taken as given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, RDF, SH, SKOS
from rdflib.term import Node

from .. import ClauseGraphError
from .terms import BASE, CGC

__all__ = [
    "CHECKLISTS",
    "Checklist",
    "ChecklistError",
    "Item",
    "Point",
    "When",
    "find_checklist",
    "item_of_provision",
    "load_checklists",
    "outright",
    "shapes",
]

FOLDER = Path(__file__).resolve().parent / "checklists"
#: Namespace of the checklists, their items, points and conditions.
CHECKLISTS = BASE + "checklists#"
#: What people may call a law beside the id of its checklist.
ALSO_CALLED = {"cpra": "ccpa", "ccpa-cpra": "ccpa", "dsgvo": "gdpr", "pdpa": "tw-pdpa", "pdpa-tw": "tw-pdpa"}


class ChecklistError(ClauseGraphError):
    """There is no such checklist, or a file of checklists cannot be used."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that an item asks for. ``shape`` and ``denial`` are nodes of `shapes`, None where there is none.

    Without a shape it is for a person to judge.
    """

    id: str
    labels: Mapping[str, str]
    shape: Node | None
    denial: Node | None


@dataclass(frozen=True, slots=True)
class When:
    """A condition on which an item applies. Without a shape the graph cannot tell whether it is held.

    ``hint`` fits what a person should read before taking it as not held; ``open`` what leaves open whether it is, so
    that only a person can tell.
    """

    id: str
    labels: Mapping[str, str]
    shape: Node | None
    denial: Node | None
    hint: Node | None = None
    open: Node | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One requirement of a law. It applies when all of ``when`` are held.

    ``points`` are required, and so are ``unread``, which may stand in the text without being read: where one is not
    found a person has to look. ``also``: shown where found. ``judge``: what no single statement can show, for a person.
    ``assuming``: conditions taken as given; ``undecided``: conditions that only a person can tell; ``never``: why the
    item is never a finding.
    ``verification``: Verified, VerifiedSecondary or Unverified, as the reference says of its wording.
    """

    id: str
    article: str
    labels: Mapping[str, str]
    provision: str
    source: str
    verification: str
    points: tuple[Point, ...] = ()
    unread: tuple[Point, ...] = ()
    also: tuple[Point, ...] = ()
    judge: tuple[Point, ...] = ()
    when: tuple[When, ...] = ()
    assuming: tuple[When, ...] = ()
    undecided: tuple[When, ...] = ()
    never: tuple[When, ...] = ()

    @property
    def iri(self) -> str:
        """The item's own IRI; the law's provision is ``provision``."""
        return CHECKLISTS + self.id


@dataclass(frozen=True, slots=True)
class Checklist:
    """All items of one law, in their order. ``suggested_by``: ids of laws whose mention suggests this checklist."""

    id: str
    labels: Mapping[str, str]
    notes: Mapping[str, str]
    suggested_by: tuple[str, ...]
    items: tuple[Item, ...]


@cache
def shapes() -> Graph:
    """All checklists in one graph."""
    graph = Graph()
    for file in sorted(FOLDER.glob("*.ttl")):
        graph.parse(file, format="turtle")
    if not graph:
        raise ChecklistError(f"There are no checklists (*.ttl) in {FOLDER}.", mend="Install the package again.")
    return graph


def outright() -> Node:
    """The shape in `shapes` that every denial has to fit beside its own."""
    return _own("outright")


@cache
def load_checklists() -> Mapping[str, Checklist]:
    """The checklists that come with the package, by id."""
    graph = shapes()
    found = {
        _local(node): Checklist(
            id=_local(node),
            labels=_labels(graph, node, DCTERMS.title),
            notes=_labels(graph, node, DCTERMS.description),
            suggested_by=tuple(sorted(_concepts(graph.objects(node, _own("suggestedBy"))))),
            items=tuple(_item(graph, item) for item in _items(graph, node)),
        )
        for node in graph.subjects(RDF.type, _own("Checklist"))
    }
    return dict(sorted(found.items()))


def find_checklist(name: str) -> Checklist:
    """The checklist of a law by its id, or by another name people have for it. Raises `ChecklistError`."""
    known = load_checklists()
    wanted = name.strip().casefold().replace("_", "-").replace(" ", "-")
    found = known.get(ALSO_CALLED.get(wanted, wanted))
    if found is None:
        near = get_close_matches(wanted, [*known, *ALSO_CALLED], n=1)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise ChecklistError(
            f"There is no checklist for the law “{name[:100]}”.", mend=f"{hint}There are {', '.join(known)}."
        )
    return found


def item_of_provision(name: str) -> tuple[Checklist, Item] | None:
    """The item with this id and its checklist; None where there is none."""
    for checklist in load_checklists().values():
        for item in checklist.items:
            if item.id == name:
                return checklist, item
    return None


def _own(name: str) -> URIRef:
    return URIRef(CHECKLISTS + name)


def _local(node: Node) -> str:
    return str(node).removeprefix(CHECKLISTS)


def _concepts(nodes: Iterable[Node]) -> list[str]:
    return [str(node).removeprefix(CGC) for node in nodes]


def _labels(graph: Graph, node: Node, predicate: URIRef) -> dict[str, str]:
    values = graph.objects(node, predicate)
    return {value.language or "": str(value) for value in values if isinstance(value, Literal)}


def _items(graph: Graph, checklist: Node) -> list[Node]:
    items = [node for node in graph.subjects(DCTERMS.isPartOf, checklist) if (node, RDF.type, _own("Item")) in graph]
    return sorted(items, key=lambda node: _order(graph, node))


def _order(graph: Graph, node: Node) -> int:
    return int(str(graph.value(node, SH.order)))


def _item(graph: Graph, node: Node) -> Item:
    tested = list(graph.objects(node, _own("onlyWhen")))
    required = list(graph.objects(node, SH.property))
    alternatives = graph.value(node, SH["or"])
    for alternative in Collection(graph, alternatives) if alternatives is not None else ():
        tested += graph.objects(alternative, SH["not"])
        required += graph.objects(alternative, SH.property)
    provision = graph.value(node, _own("provision"))
    source = graph.value(provision, DCTERMS.source) if provision is not None else None

    def points(nodes: Iterable[Node]) -> tuple[Point, ...]:
        return tuple(_point(graph, one) for one in sorted(nodes, key=lambda one: _order(graph, one)))

    def whens(nodes: Iterable[Node]) -> tuple[When, ...]:
        return tuple(_when(graph, one) for one in sorted(nodes, key=str))

    return Item(
        id=_local(node),
        article=str(graph.value(node, SKOS.notation)),
        labels=_labels(graph, node, DCTERMS.title),
        provision=str(provision),
        source=str(source or ""),
        verification=_local(graph.value(node, _own("verification")) or URIRef("")),
        points=points(required),
        unread=points(graph.objects(node, _own("unread"))),
        also=points(graph.objects(node, _own("also"))),
        judge=points(graph.objects(node, _own("judge"))),
        when=whens(tested),
        assuming=whens(graph.objects(node, _own("assuming"))),
        undecided=whens(graph.objects(node, _own("undecided"))),
        never=whens(graph.objects(node, _own("never"))),
    )


def _shape(graph: Graph, node: Node) -> Node | None:
    return node if (node, SH.path, None) in graph else None


@cache
def _point(graph: Graph, node: Node) -> Point:
    return Point(
        _local(node), _labels(graph, node, DCTERMS.title), _shape(graph, node), graph.value(node, _own("denial"))
    )


@cache
def _when(graph: Graph, node: Node) -> When:
    return When(
        _local(node),
        _labels(graph, node, DCTERMS.title),
        _shape(graph, node),
        graph.value(node, _own("denial")),
        graph.value(node, _own("hint")),
        graph.value(node, _own("open")),
    )
