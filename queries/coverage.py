"""What of a checklist a policy says.

In: a store, a version's IRI, a `Checklist`. Out: a `Coverage`: for each item a verdict and the evidence it rests on.

The shapes of the checklist are asked as SPARQL (`shacl`), all in one query, so that each point comes with the
statements that meet it. A denial meets nothing: it has a shape of its own and is kept apart. Nothing here is legal
advice: the verdicts say what the stored statements state, not whether the law is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from statistics import median

import pyoxigraph as ox
from rdflib.term import Node

from ..ontology.checklist import Checklist, Item, Point, When, load_checklists, outright, shapes
from ..ontology.terms import CG, CGC, DCT, SCHEMA
from .shacl import fits, found_by
from .store import Solutions, Store
from .store import Term as StoreTerm
from .store.base import plain

__all__ = [
    "Coverage",
    "Evidence",
    "Finding",
    "Holding",
    "ItemCoverage",
    "Suggestion",
    "Verdict",
    "cover",
    "suggest",
]


class Verdict(StrEnum):
    """What was found of an item. ``UNCHECKED``: nothing of it can be told from statements."""

    MET = "met"
    PARTLY = "partly"
    NOT_FOUND = "not found"
    NOT_APPLICABLE = "not applicable"
    UNCHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that a finding rests on. ``iri``: a statement or party, "" for a date or an address of the version.

    ``conditions``: effect (OnlyIf, Unless) and words of each condition that stands on the statement.
    """

    text: str
    iri: str = ""
    clause: str = ""
    path: str = ""
    start: int = -1
    denied: bool = False
    confidence: float = 0.0
    conditions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A point with what states it and what denies it."""

    point: Point
    evidence: tuple[Evidence, ...] = ()
    denials: tuple[Evidence, ...] = ()

    @property
    def found(self) -> bool:
        """Whether anything states it."""
        return bool(self.evidence)


@dataclass(frozen=True, slots=True)
class Holding:
    """A condition of an item with what shows that it is held and what denies that.

    ``hints``: what a person should read before taking it as not held; ``opens``: what leaves open whether it is.
    """

    when: When
    evidence: tuple[Evidence, ...] = ()
    denials: tuple[Evidence, ...] = ()
    hints: tuple[Evidence, ...] = ()
    opens: tuple[Evidence, ...] = ()

    @property
    def held(self) -> bool:
        """Whether anything shows that it is held."""
        return bool(self.evidence)

    @property
    def undecided(self) -> bool:
        """Whether the text leaves open whether it is held: nothing shows it, and nothing denies it outright."""
        return not self.held and not self.denials and bool(self.opens)


@dataclass(frozen=True, slots=True)
class ItemCoverage:
    """What was found of one item. ``also`` holds only what was found of the points that nothing hangs on."""

    item: Item
    verdict: Verdict
    points: tuple[Finding, ...] = ()
    unread: tuple[Finding, ...] = ()
    also: tuple[Finding, ...] = ()
    when: tuple[Holding, ...] = ()

    @property
    def failing(self) -> tuple[Holding, ...]:
        """The conditions that nothing shows to be held, nor leaves open: with one the item counts as not applicable."""
        return tuple(one for one in self.when if not one.held and not one.undecided)


@dataclass(frozen=True, slots=True)
class Coverage:
    """A whole checklist against one version of a policy."""

    checklist: Checklist
    version: str
    items: tuple[ItemCoverage, ...]

    def count(self, verdict: Verdict) -> int:
        """How many items have a verdict."""
        return sum(one.verdict is verdict for one in self.items)

    @property
    def complete(self) -> bool:
        """Whether nothing that can be checked is missing."""
        return not self.count(Verdict.PARTLY) and not self.count(Verdict.NOT_FOUND)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A checklist that a policy suggests because a statement says that a law of it applies."""

    checklist: Checklist
    evidence: tuple[Evidence, ...]


def cover(store: Store, version: str, checklist: Checklist) -> Coverage:
    """Ask a checklist of one version. Two queries, however long the list."""
    hits = _hits(store, version, checklist)
    evidence = _evidence(store, version, {one for found in hits.values() for one in found})

    def shown(name: str) -> tuple[Evidence, ...]:
        words = [evidence[term] for term in hits.get(name, ())]
        return tuple(sorted(words, key=_order(words)))

    def finding(point: Point) -> Finding:
        return Finding(point, shown(point.id), shown(_denial(point.id)))

    def holding(when: When) -> Holding:
        return Holding(when, shown(when.id), shown(_denial(when.id)), shown(_hint(when.id)), shown(_open(when.id)))

    items = []
    for item in checklist.items:
        points, unread = tuple(map(finding, item.points)), tuple(map(finding, item.unread))
        when = tuple(map(holding, item.when))
        also = tuple(one for one in map(finding, item.also) if one.found or one.denials)
        verdict = _verdict(item, points, unread, when)
        items.append(ItemCoverage(item, verdict, points, unread, also, when))
    return Coverage(checklist, version, tuple(items))


def _order(words: Sequence[Evidence]) -> Callable[[Evidence], tuple[bool, bool, int, str]]:
    """What people read first should carry most: unconditional, then of the surer half, then in the text's order."""
    middle = median([one.confidence for one in words] or [0.0])
    return lambda one: (bool(one.conditions), one.confidence < middle, one.start, one.iri)


def _verdict(item: Item, points: Sequence[Finding], unread: Sequence[Finding], when: Sequence[Holding]) -> Verdict:
    if item.never or not all(one.held or one.undecided for one in when):
        return Verdict.NOT_APPLICABLE
    wanted = [*points, *unread]
    found = sum(one.found for one in wanted)
    if found:
        return Verdict.MET if found == len(wanted) else Verdict.PARTLY
    # Nothing to ask, or nothing found where only a person can tell whether the item applies at all.
    unsure = item.undecided or any(one.undecided for one in when)
    return Verdict.UNCHECKED if not points or unsure else Verdict.NOT_FOUND


def suggest(store: Store, version: str) -> list[Suggestion]:
    """The checklists whose laws the version itself says apply to it; its language suggests nothing."""
    query = (
        f"SELECT ?law ?statement WHERE {{ ?statement <{CG}inVersion> {_iri(version)} ; <{CG}practice> ?practice . "
        f"{{ ?statement <{CG}applicableLaw> ?law }} UNION "
        f"{{ ?statement <{CG}condition>/<{CG}applicableLaw> ?law }} }}"
    )
    naming: dict[str, set[Term]] = {}
    for row in _ask(store, query):
        if isinstance(row["law"], ox.NamedNode) and isinstance(row["statement"], ox.NamedNode):
            naming.setdefault(row["law"].value.removeprefix(CGC), set()).add(row["statement"])
    found = []
    for checklist in load_checklists().values():
        terms = {term for law in checklist.suggested_by for term in naming.get(law, ())}
        if terms:
            words = _evidence(store, version, terms).values()
            found.append(Suggestion(checklist, tuple(sorted(words, key=lambda one: (one.start, one.iri)))))
    return found


Term = ox.NamedNode | ox.Literal


def _denial(name: str) -> str:
    return f"{name} denied"


def _hint(name: str) -> str:
    return f"{name} hint"


def _open(name: str) -> str:
    return f"{name} open"


def _iri(value: str) -> str:
    return str(ox.NamedNode(value))


@cache
def _probes(name: str) -> tuple[tuple[str, str], ...]:
    """For each point, condition and denial of a checklist: its name and the pattern that finds ``?found``."""
    graph = shapes()
    probes: dict[str, str] = {}

    def fitting(*wanted: Node) -> str:
        return f"?found <{CG}inVersion> ?version . " + " ".join(fits(graph, one, "?found") for one in wanted)

    def add(one: Point | When) -> None:
        if one.shape is not None:
            probes[one.id] = found_by(graph, one.shape, "?version", "?found")
        if one.denial is not None:
            probes[_denial(one.id)] = fitting(one.denial, outright())
        if isinstance(one, When) and one.hint is not None:
            probes[_hint(one.id)] = fitting(one.hint)
        if isinstance(one, When) and one.open is not None:
            probes[_open(one.id)] = fitting(one.open)

    for item in load_checklists()[name].items:
        asked: tuple[Point | When, ...] = (*item.points, *item.unread, *item.also, *item.when)
        for one in asked:
            add(one)
    return tuple(probes.items())


def _hits(store: Store, version: str, checklist: Checklist) -> dict[str, set[Term]]:
    """What was found for each probe."""
    parts = [
        f'{{ VALUES ?version {{ {_iri(version)} }} {pattern} BIND("{name}" AS ?probe) }}'
        for name, pattern in _probes(checklist.id)
    ]
    hits: dict[str, set[Term]] = {}
    for row in _ask(store, "SELECT DISTINCT ?probe ?found WHERE { " + "\nUNION ".join(parts) + " }"):
        probe, found = row["probe"], row["found"]
        if isinstance(probe, ox.Literal) and isinstance(found, ox.NamedNode | ox.Literal):
            hits.setdefault(probe.value, set()).add(found)
    return hits


_WORDS = f"""
PREFIX cg: <{CG}> PREFIX dct: <{DCT}> PREFIX schema: <{SCHEMA}>
SELECT ?found ?text ?start ?clause ?path ?practice ?confidence ?effect ?words WHERE {{
  VALUES (?version ?found) {{ %s }}
  {{
    ?found cg:quote ?text ; cg:start ?start ; cg:inClause ?clause .
    ?clause cg:path ?path .
    OPTIONAL {{ ?found cg:practice ?practice }}
    OPTIONAL {{ ?found cg:confidence ?confidence }}
    OPTIONAL {{ ?found cg:condition ?condition . ?condition cg:effect ?effect ; cg:exact ?words }}
  }}
  UNION
  {{
    ?mention cg:mentionOf ?version ; cg:value ?found ; cg:exact ?text ; cg:start ?start .
    OPTIONAL {{
      GRAPH ?version {{ ?clause cg:path ?path ; cg:start ?from ; cg:end ?to }}
      FILTER(?from <= ?start && ?start < ?to)
    }}
    BIND(cg:Collect AS ?practice)  # a party is no denial
  }}
}}"""


def _evidence(store: Store, version: str, found: Iterable[Term]) -> dict[Term, Evidence]:
    """The words behind what was found: a statement's quote, a party's mention, a literal itself."""
    evidence: dict[Term, Evidence] = {}
    nodes = []
    for term in found:
        if isinstance(term, ox.Literal):
            evidence[term] = Evidence(term.value)
        else:
            nodes.append(term)
    if not nodes:
        return evidence
    pairs = " ".join(f"({_iri(version)} {node})" for node in sorted(nodes, key=str))
    conditions: dict[Term, set[tuple[str, str]]] = {}
    for row in _ask(store, _WORDS % pairs):
        said = {name: plain(value) for name, value in row.items()}
        node = ox.NamedNode(said["found"])
        if "effect" in said:
            conditions.setdefault(node, set()).add((said["effect"].removeprefix(CG), said["words"]))
        known = evidence.get(node)
        if known is None or int(said["start"]) <= known.start:
            evidence[node] = Evidence(
                text=said["text"],
                iri=node.value,
                clause=said.get("clause", ""),
                path=said.get("path", ""),
                start=int(said["start"]),
                denied="practice" not in said,
                confidence=float(said.get("confidence", 0)),
                conditions=tuple(sorted(conditions.get(node, ()))),
            )
    for node in nodes:  # a party without a mention, such as an address that stands for the version
        evidence.setdefault(node, Evidence(node.value, iri=node.value))
    return evidence


def _ask(store: Store, query: str) -> list[dict[str, StoreTerm]]:
    """The rows of a SELECT by variable, without the unbound ones."""
    answer = store.query(query)
    assert isinstance(answer, Solutions)
    return answer.records()
