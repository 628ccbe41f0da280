"""Counts beside a list, as a search page shows them.

In: counts of the views. Out: `FacetCounts`, `PracticeCount`, `LanguageCount`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated

import strawberry

from ..views import counts as view
from ..views.counts import PRACTICE
from ..views.words import label as label_of
from .enums import Facet, Practice
from .lane import in_thread
from .loaders import Info
from .paging import page_size
from .vocabulary import Concept, LangArgument, concept

Counter = Callable[[Sequence[str], bool], list[view.ValueCount]]

OnlyArgument = Annotated[list[Facet] | None, strawberry.argument(description="Only these facets; else all.")]
TopArgument = Annotated[int, strawberry.argument(description="How many values of each facet, at most 200.")]
RolledArgument = Annotated[
    bool, strawberry.argument(description="Count a value for everything above it too, so that Contact has its parts'.")
]


@strawberry.type(description="How many of the things listed have a value. Affirmed and denied are never added up.")
class ValueCount:
    """A count."""

    concept: Concept | None = strawberry.field(description="The value; null where it is a party.")
    party_name: str | None = strawberry.field(description="The name of a NAMED_RECIPIENT, one spelling of it.")
    affirmed: int = strawberry.field(description="How many affirm it.")
    denied: int = strawberry.field(description="How many deny it.")

    @strawberry.field(description="The value in words.")
    def label(self, info: Info, lang: LangArgument = None) -> str:
        """Label."""
        return label_of(self.concept.name, lang or info.context.lang) if self.concept else self.party_name or ""


@strawberry.type(description="The values of one facet, the most frequent first.")
class FacetCounts:
    """Counts of a facet."""

    facet: Facet
    values: list[ValueCount] = strawberry.field(description="The values, as many as asked for.")
    value_count: int = strawberry.field(description="How many values there are in all.")


@strawberry.type(description="How many of the things listed have a practice.")
class PracticeCount:
    """A count."""

    practice: Practice
    affirmed: int = strawberry.field(description="How many affirm it.")
    denied: int = strawberry.field(description="How many deny it.")

    @strawberry.field(description="The practice in words.")
    def label(self, info: Info, lang: LangArgument = None) -> str:
        """Label."""
        return label_of(str(self.practice.value), lang or info.context.lang)


@strawberry.type(description="How many policies are written in a language.")
class LanguageCount:
    """A count."""

    language: str = strawberry.field(description="BCP 47.")
    count: int


async def facet_counts(count: Counter, only: list[Facet] | None, first: int, rolled: bool) -> list[FacetCounts]:
    """The counts of facets that have any value."""
    page_size(first)
    facets = list(dict.fromkeys(one.value for one in (Facet if only is None else only)))
    found = await in_thread(count, facets, rolled)
    counts = []
    for facet in facets:
        values = [one for one in found if one.facet == facet]
        if values:
            shown = [value_count(one) for one in values[:first]]
            counts.append(FacetCounts(facet=Facet(facet), values=shown, value_count=len(values)))
    return counts


async def practice_counts(count: Counter) -> list[PracticeCount]:
    """The counts of practices."""
    found = await in_thread(count, [PRACTICE], False)
    return [PracticeCount(practice=Practice(one.value), affirmed=one.affirmed, denied=one.denied) for one in found]


def value_count(one: view.ValueCount) -> ValueCount:
    """A count."""
    party = one.facet == Facet.NAMED_RECIPIENT.value
    return ValueCount(
        concept=None if party else concept(one.value),
        party_name=one.name or one.value if party else None,
        affirmed=one.affirmed,
        denied=one.denied,
    )
