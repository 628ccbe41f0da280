"""What a version's graph says, taken apart so that two can be compared.

In: the graph as N-Triples or N-Quads. Out: a `Version`: its text and what it `Said`, in text order.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

import pyoxigraph as ox

from ...ontology import terms
from ...ontology.terms import CG, CGC, DCT, PROV, RDF, SCHEMA

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

#: A sentence, or what stands alone on a line. A point inside a number or an abbreviation only cuts it finer.
_SENTENCE = re.compile(r"[^\n.!?\u3002\uff01\uff1f]+")
_SPACE = re.compile(r"\s+")
Range = tuple[int, int]


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
    """One statement.

    ``values``: facet (always the plain name) and concept, or a party's name. ``head``: the statement of its list head.
    ``above``: where the headings and list heads stand that it takes something from.
    """

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
    head: str = ""
    above: tuple[Range, ...] = ()

    @property
    def fact(self) -> tuple[object, ...]:
        """What it says, apart from its words and place."""
        limits = frozenset(one.key for one in self.limits)
        return self.practice, self.denied, self.values, limits, self.period, self.modality

    def of(self, facet: str) -> frozenset[str]:
        """Its values of one facet."""
        return frozenset(value for name, value in self.values if name == facet)


@dataclass(frozen=True)
class Version:
    """One version: IRI, canonical text, what it says in text order, the IRI of the extractor that read it."""

    iri: str
    text: str
    said: tuple[Said, ...]
    extractor: str = ""

    @cached_property
    def _sentences(self) -> tuple[tuple[int, int, str], ...]:
        found = ((one.start(), one.end(), folded(one[0])) for one in _SENTENCE.finditer(self.text))
        return tuple(one for one in found if one[2])

    @cached_property
    def sentences(self) -> frozenset[str]:
        """Its sentences, folded."""
        return frozenset(words for _, _, words in self._sentences)

    def around(self, said: Said) -> frozenset[str]:
        """The whole sentences that a statement rests on, with those of its headings and list heads, folded."""
        return frozenset(self._at((*said.above, (said.start, said.end))))

    def _at(self, ranges: Iterable[Range]) -> Iterable[str]:
        for start, end in ranges:
            first = bisect_right(self._sentences, start, key=lambda one: one[1])
            for begin, _, words in self._sentences[first:]:
                if begin >= end:
                    break
                yield words


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Words as they are compared: spaces, case and width do not count."""
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def _local(value: str) -> str:
    return value.removeprefix(CGC).removeprefix(CG)


class _Graph:
    def __init__(self, ntriples: bytes) -> None:
        self.nodes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for quad in ox.parse(ntriples, format=ox.RdfFormat.N_QUADS):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                self.nodes[quad.subject.value][quad.predicate.value].append(quad.object.value)

        self.mentions: dict[str, list[str]] = defaultdict(list)
        for subject, known in self.nodes.items():
            for bearer in known.get(terms.MENTION_OF, ()):
                self.mentions[bearer].append(subject)

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
        # who says “we” and who says its own name say the same
        own = set(self.all(subject, terms.CONTROLLER))
        for predicate, values in self.nodes[subject].items():
            facet = _FACETS.get(predicate) or _PLAIN.get(predicate)
            if facet is not None:
                found |= {(facet, self.value(facet, one)) for one in values if facet != "namedActor" or one not in own}
        places = {value for facet, value in found if facet in terms.JURISDICTION_KINDS}
        return {one for one in found if one[1] and not (one[0] == "jurisdiction" and one[1] in places)}

    def limit(self, subject: str) -> Limit:
        return Limit(
            _local(self.one(subject, "effect")),
            frozenset(_local(one) for one in self.all(subject, CG + "conditionKind")),
            frozenset(self.values(subject)),
            self.one(subject, "exact"),
        )

    def range(self, subject: str) -> Range:
        return int(self.one(subject, "start") or 0), int(self.one(subject, "end") or 0)

    def above(self, subject: str) -> set[Range]:
        """Where its list head stands, and the clauses above its own that a mention of it was inherited from."""
        bearers = (subject, *self.all(subject, terms.HAS_CONDITION))
        mentions = chain.from_iterable(self.mentions.get(bearer, ()) for bearer in bearers)
        clauses = set(chain.from_iterable(self.all(one, terms.INHERITED_FROM) for one in mentions))
        found = {self.range(one) for one in self.all(subject, terms.INHERITS)}
        here = self.one(subject, "inClause")
        while above := self.all(here, DCT + "isPartOf"):
            here = above[0]
            if here in clauses:
                found.add(self.range(here))
        return found

    def extractor(self, version: str) -> str:
        activities = self.all(version, terms.EXTRACTION)
        found = [agent for one in activities for agent in self.all(one, PROV + "wasAssociatedWith")]
        return found[0] if found else ""

    def said(self, subject: str) -> Said:
        days = self.one(subject, "durationDays")
        limits = (self.limit(one) for one in self.all(subject, terms.HAS_CONDITION))
        start, end = self.range(subject)
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
            start=start,
            end=end,
            head=self.one(subject, "inherits"),
            above=tuple(sorted(self.above(subject))),
        )


def read_version(ntriples: bytes) -> Version:
    """Take a version's graph apart; an empty graph says nothing."""
    graph = _Graph(ntriples)
    stated = [subject for subject, known in graph.nodes.items() if CG + "inVersion" in known]
    versions = [s for s, known in graph.nodes.items() if terms.POLICY_VERSION in known.get(RDF + "type", ())]
    iri = versions[0] if versions else next((graph.one(one, "inVersion") for one in stated), "")
    said = sorted((graph.said(one) for one in stated), key=lambda one: (one.start, one.end, one.iri))
    return Version(iri, graph.one(iri, "text"), tuple(said), graph.extractor(iri))
