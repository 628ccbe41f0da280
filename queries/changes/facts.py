"""What a version's graph says, taken apart so that two can be compared.

In: the graph as N-Triples or N-Quads. Out: a `Version`: its text and what it `Said`, in text order.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import pyoxigraph as ox

from ...ontology import terms
from ...ontology.terms import CG, CGC, RDF, SCHEMA

Value = tuple[str, str]

#: Plain facet names by the property that carries them, on affirmed and on denied statements.
_FACETS = {
    terms.property_iri(facet, denied): facet
    for facet in (*terms.FACETS, *terms.OTHER_TWINNED)
    for denied in (False, True)
}
#: Who acts and whom to contact are values too: a fact about somebody else is another fact.
_PLAIN = {CG + name: name for name in ("actor", "namedActor", "contact", "contactRole")}
_PARTIES = frozenset({"namedRecipient", "namedActor", "contact"})


@dataclass(frozen=True, slots=True)
class Limit:
    """A condition: what it does, of what kinds, the values inside its words, the words."""

    effect: str
    kinds: frozenset[str]
    values: frozenset[Value]
    words: str

    @property
    def key(self) -> tuple[str, frozenset[str], frozenset[Value]]:
        """What tells it from others, apart from its words."""
        return self.effect, self.kinds, self.values


@dataclass(frozen=True, slots=True)
class Said:
    """One statement. ``values``: facet (always the plain name) and concept, or a party's name."""

    iri: str
    practice: str
    denied: bool
    values: frozenset[Value]
    limits: tuple[Limit, ...]
    period: tuple[str, str]
    days: float | None
    modality: str
    quote: str
    start: int
    end: int

    @property
    def fact(self) -> tuple[object, ...]:
        """What it says, apart from its words and place."""
        limits = frozenset(one.key for one in self.limits)
        return self.practice, self.denied, self.values, limits, self.period, self.modality

    def of(self, facet: str) -> frozenset[str]:
        """Its values of one facet."""
        return frozenset(value for name, value in self.values if name == facet)


@dataclass(frozen=True, slots=True)
class Version:
    """One version: IRI, canonical text, what it says in text order."""

    iri: str
    text: str
    said: tuple[Said, ...]


def _local(value: str) -> str:
    return value.removeprefix(CGC).removeprefix(CG)


class _Graph:
    def __init__(self, ntriples: bytes) -> None:
        self.nodes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for quad in ox.parse(ntriples, format=ox.RdfFormat.N_QUADS):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                self.nodes[quad.subject.value][quad.predicate.value].append(quad.object.value)

    def all(self, subject: str, predicate: str) -> list[str]:
        return sorted(self.nodes[subject].get(predicate, ())) if subject in self.nodes else []

    def one(self, subject: str, name: str) -> str:
        found = self.all(subject, CG + name)
        return found[0] if found else ""

    def value(self, facet: str, value: str) -> str:
        """A concept's name, or what a party is called: parties of two policies never share an IRI."""
        if facet not in _PARTIES:
            return _local(value)
        for name in (CG + "nameKey", SCHEMA + "name", SCHEMA + "email"):
            if found := self.all(value, name):
                return found[0]
        return ""

    def values(self, subject: str) -> set[Value]:
        found = set()
        for predicate, values in self.nodes[subject].items():
            facet = _FACETS.get(predicate) or _PLAIN.get(predicate)
            if facet is not None:
                found |= {(facet, self.value(facet, value)) for value in values}
        places = {value for facet, value in found if facet in terms.JURISDICTION_KINDS}
        return {one for one in found if one[1] and not (one[0] == "jurisdiction" and one[1] in places)}

    def limit(self, subject: str) -> Limit:
        return Limit(
            _local(self.one(subject, "effect")),
            frozenset(_local(one) for one in self.all(subject, CG + "conditionKind")),
            frozenset(self.values(subject)),
            self.one(subject, "exact"),
        )

    def said(self, subject: str) -> Said:
        days = self.one(subject, "durationDays")
        limits = (self.limit(one) for one in self.all(subject, CG + "condition"))
        return Said(
            iri=subject,
            practice=_local(self.one(subject, "practice") or self.one(subject, "deniedPractice")),
            denied=bool(self.one(subject, "deniedPractice")),
            values=frozenset(self.values(subject)),
            limits=tuple(sorted(limits, key=lambda one: (one.effect, one.words))),
            period=(self.one(subject, "duration"), _local(self.one(subject, "durationBound"))),
            days=float(days) if days else None,
            modality=_local(self.one(subject, "modality")),
            quote=self.one(subject, "quote"),
            start=int(self.one(subject, "start") or 0),
            end=int(self.one(subject, "end") or 0),
        )


def read_version(ntriples: bytes) -> Version:
    """Take a version's graph apart; an empty graph says nothing."""
    graph = _Graph(ntriples)
    stated = [subject for subject, known in graph.nodes.items() if CG + "inVersion" in known]
    versions = [s for s, known in graph.nodes.items() if terms.POLICY_VERSION in known.get(RDF + "type", ())]
    iri = versions[0] if versions else next((graph.one(one, "inVersion") for one in stated), "")
    said = sorted((graph.said(one) for one in stated), key=lambda one: (one.start, one.end, one.iri))
    return Version(iri, graph.one(iri, "text"), tuple(said))
