"""The small types that statements are made of: parties, mentions, facet values, conditions, periods.

In: views. Out: GraphQL types, filled at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from ..views import model
from ..views.describe import VERSION
from ..views.words import label as label_of
from .enums import ConditionEffect, ConditionKind, Facet
from .loaders import Info
from .node import Node
from .paging import BadCursor, page_size
from .vocabulary import Concept, LangArgument, concept

if TYPE_CHECKING:
    from .policies import Policy
    from .same import Same
    from .types import Clause, Statement


@strawberry.type(
    description="Someone a text names. Parties of two policies are never the same party; `sameAs` is what your mapping "
    "says."
)
class Party(Node):
    """A party."""

    name: str | None = strawberry.field(
        description="As the text gives it; null where it leaves its controller unnamed."
    )
    aliases: list[str] = strawberry.field(description="Other names the text uses for it.")
    email: str | None
    telephone: str | None
    address: str | None

    @strawberry.field(
        description="What the user's mapping says is the same organisation, directly or through others: parties of "
        "other policies, a Wikidata item, an LEI, register entries. Nothing is concluded from names."
    )
    async def same_as(self, info: Info) -> list[Annotated[Same, strawberry.lazy(".same")]]:
        """The same."""
        from .same import same

        found = await info.context.same.load(self.iri)
        parties = await info.context.party.load_many([one.iri for one in found if one.kind == "party"])
        named = {one.iri: one for one in parties if one is not None}
        return [same(one, named.get(one.iri)) for one in found]

    @strawberry.field(description="The policy that names it.")
    async def policy(self, info: Info) -> Annotated[Policy, strawberry.lazy(".policies")] | None:
        """Policy."""
        from .policies import policy

        found = await info.context.policy.load(self.iri.partition("/party/")[0])
        return policy(found) if found else None

    @strawberry.field(
        description="The statements that name it as actor, recipient or contact, affirmed and denied, in text order: "
        "read each one's `polarity`. Its own practices as controller are the policy's statements."
    )
    async def statements(
        self, info: Info, first: Annotated[int, strawberry.argument(description="How many, at most 200.")] = 50
    ) -> list[Annotated[Statement, strawberry.lazy(".types")]]:
        """Statements."""
        from .types import statement

        found = await info.context.naming.load(self.iri)
        views = await info.context.statement.load_many(found[: page_size(first)])
        return [statement(view) for view in views if view is not None]


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


ContextArgument = Annotated[int, strawberry.argument(description="How many characters, at most 1,000.")]


@strawberry.type(description="The exact words that a value rests on: characters `start` to `end` of the policy's text.")
class Mention(Node):
    """Evidence."""

    start: int = strawberry.field(description="Offset of the first character (code points of the policy's text).")
    end: int = strawberry.field(description="Offset after the last character.")
    exact: str = strawberry.field(description="The words.")
    rule: str | None = strawberry.field(description="What read them, such as lexicon:EmailAddress.")
    inherited_from: str | None = strawberry.field(
        description="IRI of the heading or list head in which the words stand, where that is not the statement's own."
    )
    cites_code: Concept | None = strawberry.field(description="The official code that the words cite.")

    @strawberry.field(description="The text right before the words.")
    async def before(self, info: Info, characters: ContextArgument = 60) -> str:
        """Context before."""
        text = await info.context.text.load(version_of(self.iri))
        return text[max(0, self.start - context_size(characters)) : self.start]

    @strawberry.field(description="The text right after the words.")
    async def after(self, info: Info, characters: ContextArgument = 60) -> str:
        """Context after."""
        text = await info.context.text.load(version_of(self.iri))
        return text[self.end : self.end + context_size(characters)]

    @strawberry.field(description="The statement that it is evidence for.")
    async def statement(self, info: Info) -> Annotated[Statement, strawberry.lazy(".types")] | None:
        """Statement."""
        from .types import statement

        found = await info.context.statement.load(statement_of(self.iri))
        return statement(found) if found else None

    @strawberry.field(description="The heading or list head in which the words stand, where that is another clause.")
    async def inherited_clause(self, info: Info) -> Annotated[Clause, strawberry.lazy(".types")] | None:
        """Clause."""
        from .types import clause

        clauses = await info.context.clauses.load(version_of(self.iri)) if self.inherited_from else ()
        return next((clause(one, version_of(self.iri)) for one in clauses if one.iri == self.inherited_from), None)


def version_of(iri: str) -> str:
    """The version in which a clause, statement, mention or condition stands."""
    found = VERSION.fullmatch(iri)
    return found[1] if found else ""


def statement_of(iri: str) -> str:
    """The statement to which a mention or condition belongs."""
    return iri.partition("/m/")[0].partition("/x/")[0]


def context_size(characters: int) -> int:
    """A checked number of characters. Raises `BadCursor` outside 0 to 1,000."""
    if not 0 <= characters <= 1000:
        raise BadCursor(f"{characters} characters of context cannot be given.", mend="Ask for 0 to 1,000.")
    return characters


def mention(view: model.MentionView) -> Mention:
    """A mention."""
    return Mention(
        iri=view.iri,
        start=view.start,
        end=view.end,
        exact=view.exact,
        rule=view.rule or None,
        inherited_from=view.inherited_from or None,
        cites_code=concept(view.code) if view.code else None,
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
        return label_of(self.concept.name, lang or info.context.lang) if self.concept else ""


def facet_values(
    facets: tuple[model.FacetView, ...], mentions: tuple[model.MentionView, ...], only: list[Facet] | None = None
) -> list[FacetValue]:
    """Facet values with their mentions; only of some facets where asked."""
    wanted = None if only is None else {one.value for one in only}
    return [
        FacetValue(
            facet=Facet(view.facet),
            concept=None if view.party else concept(view.value),
            party=party(view.party),
            mentions=[mention(one) for one in mentions if (one.facet, one.value) == (view.facet, view.value)],
        )
        for view in facets
        if wanted is None or view.facet in wanted
    ]


@strawberry.type(description="When a statement holds, or when it does not.")
class Condition(Node):
    """A condition."""

    effect: ConditionEffect
    kinds: list[ConditionKind] = strawberry.field(description="What it is about; there may be several.")
    start: int = strawberry.field(description="Offset of its first character.")
    end: int = strawberry.field(description="Offset after its last character.")
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
