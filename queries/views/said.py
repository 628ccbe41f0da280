"""What the current version of a policy says, as plain records for the views.

In: a store and a policy's row. Out: a `Notice` with its statements in text order; one query a policy. Concepts and
practices are local names ("EmailAddress", "Collect"); facets go by their plain names, also on denied statements, so
read `Said.denied` first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from ...ontology import terms
from ...ontology.terms import CG, CGC, DCT, SCHEMA, property_iri
from ...ontology.vocabulary import load_vocabulary
from ..store import PolicyRow, Solutions, Store
from ..store.base import plain

__all__ = ["ANY_DATA", "EMPTY", "HANDLING", "Condition", "Notice", "Party", "Said", "dpv_or_own", "read_notice"]

#: Practices in which someone handles data; the others are promises, rights and remarks.
HANDLING: Final = frozenset({"Collect", "Use", "Share", "Sell", "Transfer", "Store", "Retain"})

#: Values that say only that there is one.
EMPTY: Final = frozenset(
    {
        "DataSource",
        "DataSubject",
        "Duration",
        "LegalBasis",
        "Place",
        "Purpose",
        "Recipient",
        "StorageCondition",
        "StorageDuration",
        "TechnicalOrganisationalMeasure",
    }
)

#: Data of any kind.
ANY_DATA: Final = frozenset({"PersonalData", "Data"})

_QUERY: Final = """
SELECT ?s ?p ?o WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} FILTER(?p NOT IN ({skipped})) }}"""
#: Long, or of clauses, and nothing that a view says.
_SKIPPED: Final = (terms.TEXT, terms.RULE, terms.PATH, terms.ORDER, terms.NUMBER, terms.HEADING, terms.CLAUSE_KIND)


@dataclass(frozen=True, slots=True)
class Party:
    """Someone a text names; "" where it does not say."""

    iri: str
    name: str = ""
    email: str = ""
    telephone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """When a statement holds (``OnlyIf``) or does not (``Unless``), in the text's words."""

    iri: str
    effect: str
    kinds: tuple[str, ...]
    words: str

    def __str__(self) -> str:
        return f"{'unless' if self.effect == 'Unless' else 'only if'}: “{' '.join(self.words.split())}”"


@dataclass(frozen=True, slots=True)
class Said:
    """One statement. ``facets`` by plain name; ``words``: what a value of a facet rests on, word for word."""

    iri: str
    start: int
    practice: str
    denied: bool
    modality: str
    actor: str
    quote: str
    controllers: tuple[Party, ...]
    facets: Mapping[str, tuple[str, ...]]
    words: Mapping[tuple[str, str], str]
    conditions: tuple[Condition, ...] = ()
    conditional: bool = False
    named_recipients: tuple[Party, ...] = ()
    contacts: tuple[Party, ...] = ()
    contact_role: str = ""
    duration: str = ""
    bound: str = ""
    duration_from: str = ""
    inherits: str = ""
    exception_to: tuple[str, ...] = ()
    open_list: bool = False
    exclusive: bool = False
    vague: bool = False
    automated: bool = False
    consequence: str = ""

    @property
    def key(self) -> str:
        """What tells it from the other statements of its version."""
        return self.iri.rpartition("/s/")[2]

    def of(self, facet: str) -> tuple[str, ...]:
        """The values of a facet."""
        return self.facets.get(facet, ())

    def handles(self) -> bool:
        """Whether the controller itself says here that it handles data: affirmed, and its own practice."""
        return not self.denied and bool(self.controllers) and self.practice in HANDLING


@dataclass(frozen=True, slots=True)
class Notice:
    """A policy's current version. ``number``: how many versions of it there have been, this one included."""

    policy: str
    version: str
    title: str
    language: str
    url: str
    sha256: str
    date: str
    modified: str
    effective: str
    number: int
    controllers: tuple[Party, ...]
    statements: tuple[Said, ...]
    heads: frozenset[str] = field(default_factory=frozenset)

    def handling(self) -> tuple[Said, ...]:
        """The affirmed statements in which the controller handles data, without the heads of lists.

        A head ("we share your data with:") says less than its items; alone it would read as sharing with anyone.
        """
        return tuple(one for one in self.statements if one.handles() and one.iri not in self.heads)


class _Nodes:
    """Triples by subject and predicate."""

    def __init__(self, rows: Iterable[Sequence[str]]) -> None:
        self._of: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, value in rows:
            self._of[subject][predicate].append(value)
        self._mentions: dict[str, list[str]] = defaultdict(list)
        for mention in self.subjects(terms.MENTION_OF):
            for of in self.all(mention, terms.MENTION_OF):
                self._mentions[of].append(mention)

    def mentions(self, of: str) -> list[str]:
        return sorted(self._mentions.get(of, ()), key=lambda one: (int(self.one(one, terms.START) or 0), one))

    def all(self, subject: str, predicate: str) -> tuple[str, ...]:
        return tuple(sorted(self._of.get(subject, {}).get(predicate, ())))

    def one(self, subject: str, predicate: str) -> str:
        return next(iter(self.all(subject, predicate)), "")

    def subjects(self, predicate: str) -> list[str]:
        return sorted(subject for subject, said in self._of.items() if predicate in said)


def read_notice(store: Store, row: PolicyRow) -> Notice:
    """What the current version says."""
    skipped = ", ".join(f"<{iri}>" for iri in _SKIPPED)
    answer = store.query(_QUERY.format(graph=row.version_iri, skipped=skipped))
    if not isinstance(answer, Solutions):
        raise TypeError(f"a SELECT gave {type(answer).__name__}")
    nodes = _Nodes([plain(term) if term is not None else "" for term in found] for found in answer.rows)
    version = row.version_iri
    statements = tuple(
        sorted(
            (_said(nodes, iri) for iri in nodes.subjects(terms.IN_VERSION)),
            key=lambda one: (one.start, one.iri),
        )
    )
    return Notice(
        policy=row.policy_iri,
        version=version,
        title=nodes.one(version, DCT + "title"),
        language=nodes.one(version, DCT + "language"),
        url=nodes.one(version, SCHEMA + "url"),
        sha256=nodes.one(version, terms.SHA256),
        date=nodes.one(version, DCT + "date"),
        modified=nodes.one(version, DCT + "modified"),
        effective=nodes.one(version, terms.EFFECTIVE_DATE),
        number=_number(store, version),
        controllers=_parties(nodes, nodes.all(version, terms.CONTROLLER)),
        statements=statements,
        heads=_heads(statements),
    )


def _heads(statements: Sequence[Said]) -> frozenset[str]:
    """The statements that items of lists inherit from, and the other practices that the same sentence states."""
    pointed = {one.inherits for one in statements if one.inherits}
    sentences = {(one.start, one.quote) for one in statements if one.iri in pointed}
    return frozenset(one.iri for one in statements if (one.start, one.quote) in sentences)


def _number(store: Store, version: str) -> int:
    query = f"SELECT ?older WHERE {{ <{version}> <{terms.PREVIOUS_VERSION}>+ ?older }}"
    answer = store.query(query)
    return 1 + len(set(map(str, answer.rows))) if isinstance(answer, Solutions) else 1


def _said(nodes: _Nodes, iri: str) -> Said:
    practice = nodes.one(iri, terms.DENIED_PRACTICE)
    denied = bool(practice) or nodes.one(iri, terms.POLARITY) == terms.DENIED
    practice = practice or nodes.one(iri, terms.PRACTICE)
    facets = {
        facet: tuple(map(_local, found))
        for facet in terms.FACETS
        if (found := nodes.all(iri, property_iri(facet, denied)))
    }
    named = terms.DENIED_NAMED_RECIPIENT if denied else terms.NAMED_RECIPIENT

    def about(name: str) -> str:
        return nodes.one(iri, property_iri(name, denied))

    return Said(
        iri=iri,
        start=int(nodes.one(iri, terms.START) or 0),
        practice=_local(practice),
        denied=denied,
        modality=_local(nodes.one(iri, terms.MODALITY)),
        actor=_local(nodes.one(iri, terms.ACTOR)),
        quote=nodes.one(iri, terms.QUOTE),
        controllers=_parties(nodes, nodes.all(iri, terms.CONTROLLER)),
        facets=facets,
        words=_words(nodes, iri, denied),
        conditions=tuple(_condition(nodes, each) for each in nodes.all(iri, terms.HAS_CONDITION)),
        conditional=nodes.one(iri, terms.CONDITIONAL) == "true",
        named_recipients=_parties(nodes, nodes.all(iri, named)),
        contacts=_parties(nodes, nodes.all(iri, terms.CONTACT)),
        contact_role=_local(nodes.one(iri, terms.CONTACT_ROLE)),
        duration=nodes.one(iri, terms.DURATION),
        bound=_local(nodes.one(iri, terms.DURATION_BOUND)),
        duration_from=nodes.one(iri, terms.DURATION_FROM),
        inherits=nodes.one(iri, terms.INHERITS),
        exception_to=nodes.all(iri, terms.EXCEPTION_TO),
        open_list=nodes.one(iri, terms.OPEN_LIST) == "true",
        exclusive=nodes.one(iri, terms.EXCLUSIVE) == "true",
        vague=nodes.one(iri, terms.VAGUE) == "true",
        automated=bool(about("automatedDecision")),
        consequence=about("consequence"),
    )


def _words(nodes: _Nodes, iri: str, denied: bool) -> dict[tuple[str, str], str]:
    """The words of each value: those of its first mention."""
    names = {property_iri(facet, denied): facet for facet in (*terms.FACETS, *terms.OTHER_TWINNED)}
    found: dict[tuple[str, str], str] = {}
    for mention in nodes.mentions(iri):
        facet = names.get(nodes.one(mention, terms.FACET))
        if facet is not None:
            found.setdefault((facet, _local(nodes.one(mention, terms.VALUE))), nodes.one(mention, terms.EXACT))
    return found


def _condition(nodes: _Nodes, iri: str) -> Condition:
    return Condition(
        iri,
        _local(nodes.one(iri, terms.EFFECT)),
        tuple(map(_local, nodes.all(iri, terms.CONDITION_KIND))),
        nodes.one(iri, terms.EXACT),
    )


def _parties(nodes: _Nodes, iris: Iterable[str]) -> tuple[Party, ...]:
    return tuple(
        Party(iri, *(nodes.one(iri, SCHEMA + name) for name in ("name", "email", "telephone", "address")))
        for iri in iris
    )


def _local(iri: str) -> str:
    return iri.removeprefix(CGC).removeprefix(CG)


def dpv_or_own(concept: str) -> str:
    """The IRI of the DPV term that a concept equals, else the concept's own."""
    known = load_vocabulary().get(concept)
    if known is None:
        return CGC + concept
    return next((iri for iri in known.exact if not iri.startswith((CGC, CG))), known.iri)
