"""What a question may ask for: filters over statements and over policies.

In: GraphQL input. Out: `StatementFilter`, `PolicyFilter` for the views. Unknown concepts raise `UnknownConcept`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, cast

import strawberry

from ... import ClauseGraphError
from ...ingest.quads import policy_iri
from ...ontology.terms import ID
from ...queries.store import Store
from ..views.dpvterms import asked_for
from ..views.policies import PolicyFilter, list_iris
from ..views.search import Polarity, StatementFilter
from ..views.textsearch import index_of
from .enums import ConditionKind, Facet, Modality, PolarityFilter, Practice

CONCEPT = (
    "A concept's name, its IRI, a term of DPV 2.3 (pd:Contact, dpv:Disclose), or an official code (C001). Affirmed "
    "statements match it and all below it; denied ones match it and all above it (who never shares personal data "
    "never shares locations). A DPV term goes by what DPV has below and above it."
)


class BadFilter(ClauseGraphError):
    """A filter that no statement could be compared with."""


@strawberry.input(description="A value that a statement must have.")
class ValueWhere:
    """A concept in a facet."""

    concept: str = strawberry.field(description=CONCEPT)
    facet: Facet | None = strawberry.field(default=None, description="The facet in which it must stand; else any.")


@strawberry.input(description="Which statements to look at; what is left out restricts nothing.")
class StatementWhere:
    """A filter over statements."""

    practice: list[Practice] | None = strawberry.field(
        default=None,
        description="Only these practices. What is affirmed as SELL is found under SHARE too.",
    )
    polarity: PolarityFilter = strawberry.field(
        default=PolarityFilter.AFFIRMED, description="What is affirmed, unless asked otherwise."
    )
    concept: str | None = strawberry.field(default=None, description=CONCEPT)
    facet: Facet | None = strawberry.field(default=None, description="The facet in which `concept` must stand.")
    values: list[ValueWhere] | None = strawberry.field(
        default=None, description="All of these, as one statement: e-mail addresses, for marketing, to third parties."
    )
    recipient: str | None = strawberry.field(
        default=None, description="A part of the name of a recipient that the text names, or the party's IRI."
    )
    condition_kind: list[ConditionKind] | None = strawberry.field(
        default=None, description="Only with a condition of one of these kinds."
    )
    conditional: bool | None = strawberry.field(default=None, description="Only with a condition, or only without.")
    min_confidence: float | None = strawberry.field(
        default=None, description="Only with at least this confidence, from 0 to 1; those without one are left out."
    )
    modality: list[Modality] | None = strawberry.field(default=None, description="Only put in one of these ways.")
    text: str | None = strawberry.field(
        default=None, description="Only with these words in the quote, in either case and either Chinese script."
    )

    def to_filter(self) -> StatementFilter:
        """The filter for a search; raises `UnknownConcept`."""
        lowest = self.min_confidence
        if lowest is not None and not 0 <= lowest <= 1:
            raise BadFilter(f"No confidence can be {lowest}.", mend="Give `minConfidence` between 0 and 1.")
        if self.facet and not self.concept:
            raise BadFilter("The filter names a facet and no concept.", mend="Give `concept` beside `facet`.")
        return StatementFilter(
            practices=_names(self.practice),
            polarity=cast(Polarity, self.polarity.value),
            concept=asked_for(self.concept) if self.concept else "",
            facet=self.facet.value if self.facet else "",
            values=tuple((asked_for(one.concept), one.facet.value if one.facet else "") for one in self.values or ()),
            recipient=self.recipient or "",
            conditions=_names(self.condition_kind),
            conditional=self.conditional,
            confidence=lowest,
            modalities=_names(self.modality),
            text=self.text or "",
        )


def _names(found: list[Practice] | list[ConditionKind] | list[Modality] | None) -> tuple[str, ...] | None:
    return None if found is None else tuple(str(one.value) for one in found)


@strawberry.input(description="Which policies to look at; what is left out restricts nothing.")
class PolicyWhere:
    """A filter over policies."""

    policies: list[str] | None = strawberry.field(default=None, description="Only these, by key or IRI.")
    language: str | None = strawberry.field(default=None, description="BCP 47; zh takes in zh-Hant and zh-Hans.")
    controller: str | None = strawberry.field(
        default=None, description="With this text in the controller's name or in another name it goes by."
    )
    title: str | None = strawberry.field(default=None, description="With this text in the title.")
    jurisdiction: str | None = strawberry.field(
        default=None, description="Affirming something about this place or a part of it: Taiwan, or the EU's countries."
    )
    law: str | None = strawberry.field(default=None, description="Naming this law.")
    states: list[StatementWhere] | None = strawberry.field(
        default=None, description="With a statement for each of these (affirmed, unless it asks otherwise)."
    )
    lacks: list[StatementWhere] | None = strawberry.field(
        default=None,
        description="Without any statement for each of these. To say nothing is not to deny: for what is denied ask "
        "`states: {polarity: DENIED, …}`.",
    )
    text: str | None = strawberry.field(default=None, description="With a clause that holds all these words.")

    def to_filter(self, store: Store) -> PolicyFilter:
        """The filter for a list; raises `UnknownConcept`. Asks the full-text index where there is text."""
        states = [one.to_filter() for one in self.states or ()]
        for name, facet in ((self.jurisdiction, "jurisdiction"), (self.law, "applicableLaw")):
            if name:
                states.append(StatementFilter(concept=asked_for(name), facet=facet))
        policies = None if self.policies is None else tuple(map(policy_of, self.policies))
        if self.text:
            found = index_of(store).policies(store, self.text)
            policies = tuple(one for one in found if policies is None or one in policies)
        return PolicyFilter(
            policies=policies,
            language=self.language or "",
            controller=self.controller or "",
            title=self.title or "",
            states=tuple(states),
            lacks=tuple(one.to_filter() for one in self.lacks or ()),
        )


def policy_of(name: str) -> str:
    """The IRI of a policy named by its key or IRI. Raises `BadFilter` for an empty name."""
    if not name:
        raise BadFilter("A policy needs a name.", mend="Give its key or its IRI, as `policies { nodes { key } }` does.")
    return name if name.startswith(ID) else policy_iri(name)


def within(store: Store, wanted: StatementFilter, policies: PolicyWhere | None) -> StatementFilter:
    """The filter, with only the policies that fit."""
    if policies is None:
        return wanted
    found = policies.to_filter(store)
    if found == PolicyFilter(policies=found.policies):
        return replace(wanted, policies=found.policies)
    return replace(wanted, policies=tuple(one.policy for one in list_iris(store, found)))


WhereArgument = Annotated[
    StatementWhere | None, strawberry.argument(description="Which statements; else all affirmed.")
]
PolicyWhereArgument = Annotated[PolicyWhere | None, strawberry.argument(description="Which policies; else all.")]
FirstArgument = Annotated[int, strawberry.argument(description="How many, at most 200.")]
AfterArgument = Annotated[str | None, strawberry.argument(description="The `endCursor` of the page before.")]
