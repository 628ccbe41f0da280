"""The small types that statements are made of: parties, mentions, facet values, conditions, periods.

In: views. Out: GraphQL types, filled at once.
"""

from __future__ import annotations

import strawberry

from ..views import model
from ..views.words import label as label_of
from .enums import ConditionEffect, ConditionKind, Facet
from .loaders import Info
from .vocabulary import Concept, LangArgument


@strawberry.type(description="Someone a text names. Parties of two policies are never the same party.")
class Party:
    """A party."""

    iri: str
    name: str | None = strawberry.field(
        description="As the text gives it; null where it leaves its controller unnamed."
    )
    aliases: list[str] = strawberry.field(description="Other names the text uses for it.")
    email: str | None
    telephone: str | None
    address: str | None


def party(view: model.PartyView | None) -> Party | None:
    """A party, None for none."""
    if view is None:
        return None
    return Party(
        iri=view.iri,
        name=view.name or None,
        aliases=list(view.aliases),
        email=view.email or None,
        telephone=view.telephone or None,
        address=view.address or None,
    )


@strawberry.type(description="The exact words that a value rests on; `Policy.text[start:end]` is `exact`.")
class Mention:
    """Evidence."""

    iri: str
    start: int = strawberry.field(description="Offset of the first character (code points of the policy's text).")
    end: int = strawberry.field(description="Offset after the last character.")
    exact: str = strawberry.field(description="The words.")
    rule: str | None = strawberry.field(description="What read them, such as lexicon:EmailAddress.")
    inherited_from: str | None = strawberry.field(
        description="IRI of the heading or list head in which the words stand, where that is not the statement's own."
    )
    cites_code: Concept | None = strawberry.field(description="The official code that the words cite.")


def mention(view: model.MentionView) -> Mention:
    """A mention."""
    return Mention(
        iri=view.iri,
        start=view.start,
        end=view.end,
        exact=view.exact,
        rule=view.rule or None,
        inherited_from=view.inherited_from or None,
        cites_code=Concept(id=view.code) if view.code else None,
    )


@strawberry.type(description="One value of one facet, with its evidence.")
class FacetValue:
    """A facet value."""

    facet: Facet
    concept: Concept | None = strawberry.field(description="The value; null where it is a party.")
    party: Party | None = strawberry.field(description="The value of NAMED_RECIPIENT.")
    mentions: list[Mention] = strawberry.field(description="The words it rests on.")

    @strawberry.field(description="The value in words.")
    def label(self, info: Info, lang: LangArgument = None) -> str:
        """Label."""
        if self.party is not None:
            return self.party.name or "(unnamed)"
        return label_of(self.concept.id, lang or info.context.lang) if self.concept else ""


def facet_values(
    facets: tuple[model.FacetView, ...], mentions: tuple[model.MentionView, ...], only: list[Facet] | None = None
) -> list[FacetValue]:
    """Facet values with their mentions; only of some facets where asked."""
    wanted = None if only is None else {one.value for one in only}
    return [
        FacetValue(
            facet=Facet(view.facet),
            concept=None if view.party else Concept(id=view.value),
            party=party(view.party),
            mentions=[mention(one) for one in mentions if (one.facet, one.value) == (view.facet, view.value)],
        )
        for view in facets
        if wanted is None or view.facet in wanted
    ]


@strawberry.type(description="When a statement holds, or when it does not.")
class Condition:
    """A condition."""

    iri: str
    effect: ConditionEffect
    kinds: list[ConditionKind]
    start: int
    end: int
    exact: str = strawberry.field(description="The words of the condition.")
    facets: list[FacetValue] = strawberry.field(description="Values that stand inside its words; never denied.")


def condition(view: model.ConditionView) -> Condition:
    """A condition."""
    return Condition(
        iri=view.iri,
        effect=ConditionEffect(view.effect),
        kinds=[ConditionKind(kind) for kind in view.kinds],
        start=view.start,
        end=view.end,
        exact=view.exact,
        facets=facet_values(view.facets, view.mentions),
    )


@strawberry.type(description="How long data is kept.")
class Duration:
    """A retention period."""

    iso: str = strawberry.field(description="ISO 8601, such as P180D.")
    days: float | None = strawberry.field(description="In days; a month counts 30, a year 365.")
    bound: str | None = strawberry.field(description="AtMost, Exactly or AtLeast.")
    begins: str | None = strawberry.field(description="The words that say when it starts.")


def duration(view: model.StatementView) -> Duration | None:
    """A statement's period, None where it has none."""
    if not view.duration:
        return None
    return Duration(
        iso=view.duration,
        days=view.duration_days,
        bound=view.duration_bound or None,
        begins=view.duration_from or None,
    )
