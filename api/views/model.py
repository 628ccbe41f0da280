"""Frozen views of what the graph holds.

In: nothing. Out: `PolicyView`, `ClauseView`, `StatementView` and their parts, `PolicyDocument`.

Concepts and practices are local names ("EmailAddress", "Collect"); everything else that has an identity is an IRI.
Offsets are half-open ranges of code points of the version's canonical text. "" and None mean that the graph is silent.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ...ingest.quads import policy_key


@dataclass(frozen=True, slots=True)
class PartyView:
    """Someone a text names; ``name`` is "" where it leaves its controller unnamed."""

    iri: str
    name: str
    aliases: tuple[str, ...] = ()
    email: str = ""
    telephone: str = ""
    address: str = ""

    @property
    def shown(self) -> str:
        """The name, or words that say there is none."""
        return self.name or "(unnamed)"


@dataclass(frozen=True, slots=True)
class PolicyView:
    """A policy with its current version; ``iri`` is the policy's, ``version`` the version's (its named graph)."""

    iri: str
    version: str
    title: str = ""
    language: str = ""
    url: str = ""
    controller: PartyView | None = None
    effective_date: str = ""
    modified: str = ""
    date: str = ""
    sha256: str = ""
    ingested_at: str = ""
    clauses: int = 0
    statements: int = 0
    denied: int = 0

    @property
    def key(self) -> str:
        """What identifies it: a path, a URL or the name it was given."""
        return policy_key(self.iri)

    @property
    def shown(self) -> str:
        """The title, or the key where the text has none."""
        return self.title or self.key


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause; ``parent`` is the path of the clause above it, "" at the top."""

    iri: str
    path: str
    kind: str
    order: int
    start: int
    end: int
    number: str = ""
    heading: str = ""
    parent: str = ""

    @property
    def depth(self) -> int:
        """How deep it stands: 0 at the top."""
        return self.path.count(".")


@dataclass(frozen=True, slots=True)
class MentionView:
    """The exact words that a facet value rests on; ``of`` is the statement or condition, ``facet`` the plain name."""

    iri: str
    of: str
    facet: str
    value: str
    start: int
    end: int
    exact: str
    rule: str = ""
    inherited_from: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class FacetView:
    """One value of one facet. ``value`` is a concept's local name, or a party's IRI for ``namedRecipient``."""

    facet: str
    value: str
    party: PartyView | None = None


@dataclass(frozen=True, slots=True)
class ConditionView:
    """When a statement holds (`OnlyIf`) or does not (`Unless`), with the values that stand inside its words."""

    iri: str
    effect: str
    kinds: tuple[str, ...]
    start: int
    end: int
    exact: str
    facets: tuple[FacetView, ...] = ()
    mentions: tuple[MentionView, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementView:
    """One data practice. Denied statements keep plain facet names here: ``denied`` says how to read all of it."""

    iri: str
    version: str
    clause: str
    start: int
    end: int
    quote: str
    practice: str
    denied: bool
    modality: str = ""
    actor: str = ""
    named_actor: PartyView | None = None
    controller: PartyView | None = None
    conditional: bool = False
    confidence: float | None = None
    vague: bool = False
    open_list: bool = False
    exclusive: bool = False
    duration: str = ""
    duration_days: float | None = None
    duration_bound: str = ""
    duration_from: str = ""
    contact: PartyView | None = None
    contact_role: str = ""
    rules: tuple[str, ...] = ()
    inherits: str = ""
    exception_to: tuple[str, ...] = ()
    facets: tuple[FacetView, ...] = ()
    conditions: tuple[ConditionView, ...] = ()
    mentions: tuple[MentionView, ...] = ()

    @property
    def policy(self) -> str:
        """IRI of the policy whose version states it."""
        return self.version.rsplit("/version/", 1)[0]

    def evidence(self) -> tuple[MentionView, ...]:
        """Every mention, those of its conditions included, in text order."""
        own = (*self.mentions, *(mention for condition in self.conditions for mention in condition.mentions))
        return tuple(sorted(own, key=lambda mention: (mention.start, mention.end, mention.facet)))


@dataclass(frozen=True, slots=True)
class PolicyDocument:
    """One policy's current version as a whole, in text order."""

    policy: PolicyView
    text: str
    clauses: tuple[ClauseView, ...]
    statements: tuple[StatementView, ...]
    extraction: dict[str, str] = field(default_factory=dict)

    def statements_of(self, clause: str) -> tuple[StatementView, ...]:
        """The statements whose clause has this IRI, in text order."""
        return tuple(statement for statement in self.statements if statement.clause == clause)
