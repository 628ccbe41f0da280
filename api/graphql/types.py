"""The main types of the schema: statements and clauses.

In: views. Out: GraphQL types whose plain fields are filled at once and whose links are resolved by loaders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

import strawberry

from ..views import model
from ..views.search import Polarity as PolarityName
from ..views.search import StatementFilter
from ..views.words import label as label_of
from .enums import ClauseKind, Facet, Modality, Polarity, PolarityFilter, Practice
from .evidence import (
    Condition,
    Duration,
    FacetValue,
    Mention,
    Party,
    condition,
    facet_values,
    mention,
    party,
    version_of,
)
from .evidence import duration as duration_of
from .loaders import Info
from .node import Node
from .vocabulary import Concept, LangArgument, concept

if TYPE_CHECKING:
    from .policies import Policy, PolicyVersion


@strawberry.type(
    description="One data practice: the smallest unit that a person would call one fact, such as “we share your "
    "e-mail address with advertisers if you agree”. Read `polarity` first: everything in a denied statement is what "
    "does *not* happen."
)
class Statement(Node):
    """A statement."""

    view: strawberry.Private[model.StatementView]
    quote: str = strawberry.field(description="The words that state it.")
    start: int = strawberry.field(description="Offset of its first character in the policy's text.")
    end: int = strawberry.field(description="Offset after its last character.")
    practice: Practice
    polarity: Polarity = strawberry.field(description="DENIED: everything here is what does *not* happen.")
    modality: Modality | None = strawberry.field(description="How strongly it is put: will, may, must, should.")
    conditional: bool = strawberry.field(description="Whether a condition stands on it.")
    confidence: float | None = strawberry.field(description="How often rules like these were right on the tuning set.")
    vague: bool = strawberry.field(description="The text leaves open what exactly it means.")
    open_list: bool = strawberry.field(description="The text says that its list is not complete.")
    exclusive: bool = strawberry.field(description="The text says “only”.")

    @strawberry.field(description="The practice in words.")
    def label(self, info: Info, lang: LangArgument = None) -> str:
        """Label of the practice."""
        return label_of(self.view.practice, lang or info.context.lang)

    @strawberry.field(description="What kind of party acts.")
    def actor(self) -> Concept | None:
        """Actor."""
        return concept(self.view.actor) if self.view.actor else None

    @strawberry.field(description="Who acts, where the text names somebody.")
    def named_actor(self) -> Party | None:
        """Named actor."""
        return party(self.view.named_actor)

    @strawberry.field(description="The controller, if this is its own practice; null where others act for themselves.")
    def controller(self) -> Party | None:
        """Controller."""
        return party(self.view.controller)

    @strawberry.field(description="Its values, facet by facet, with evidence.")
    def facets(
        self,
        only: Annotated[list[Facet] | None, strawberry.argument(description="Only of these facets; else all.")] = None,
    ) -> list[FacetValue]:
        """Facets."""
        return facet_values(self.view.facets, self.view.mentions, only)

    @strawberry.field(description="When it holds and when it does not.")
    def conditions(self) -> list[Condition]:
        """Conditions."""
        return [condition(one) for one in self.view.conditions]

    @strawberry.field(description="Every piece of evidence, those of its conditions included, in text order.")
    def mentions(self) -> list[Mention]:
        """Mentions."""
        return [mention(one) for one in self.view.evidence()]

    @strawberry.field(description="The retention period.")
    def duration(self) -> Duration | None:
        """Duration."""
        return duration_of(self.view)

    @strawberry.field(description="Whom to contact.")
    def contact(self) -> Party | None:
        """Contact."""
        return party(self.view.contact)

    @strawberry.field(description="What the contact is: the controller, its data protection officer, an authority, …")
    def contact_role(self) -> Concept | None:
        """Contact's role."""
        return concept(self.view.contact_role) if self.view.contact_role else None

    @strawberry.field(description="The rules that read it.")
    def rules(self) -> list[str]:
        """Rules."""
        return list(self.view.rules)

    @strawberry.field(description="The statements that this one is an exception to.")
    async def exception_to(self, info: Info) -> list[Statement]:
        """Exceptions."""
        found = await info.context.statement.load_many(list(self.view.exception_to))
        return [statement(one) for one in found if one is not None]

    @strawberry.field(description="The list head whose practice, actor and polarity it takes over.")
    async def inherits(self, info: Info) -> Statement | None:
        """List head."""
        found = await info.context.statement.load(self.view.inherits) if self.view.inherits else None
        return statement(found) if found else None

    @strawberry.field(description="The clause it stands in.")
    async def clause(self, info: Info) -> Clause | None:
        """Clause."""
        clauses = await info.context.clauses.load(self.view.version)
        return next((clause(one, self.view.version) for one in clauses if one.iri == self.view.clause), None)

    @strawberry.field(description="The policy that states it.")
    async def policy(self, info: Info) -> Annotated[Policy, strawberry.lazy(".policies")] | None:
        """Policy."""
        from .policies import policy

        found = await info.context.policy.load(self.view.policy)
        return policy(found) if found else None

    @strawberry.field(description="The version of the policy in which it stands.")
    async def version(self, info: Info) -> Annotated[PolicyVersion, strawberry.lazy(".policies")] | None:
        """Version."""
        from .policies import version

        found = await info.context.version.load(self.view.version)
        return version(found) if found else None


def statement(view: model.StatementView) -> Statement:
    """A statement."""
    return Statement(
        view=view,
        iri=view.iri,
        quote=view.quote,
        start=view.start,
        end=view.end,
        practice=Practice(view.practice),
        polarity=Polarity.DENIED if view.denied else Polarity.AFFIRMED,
        modality=Modality(view.modality) if view.modality else None,
        conditional=view.conditional,
        confidence=view.confidence,
        vague=view.vague,
        open_list=view.open_list,
        exclusive=view.exclusive,
    )


@strawberry.type(
    description="A clause of the document: a heading, a paragraph, a list item, … Clauses form a tree, and every "
    "character of a policy belongs to one."
)
class Clause(Node):
    """A clause."""

    view: strawberry.Private[model.ClauseView]
    version_iri: strawberry.Private[str]
    path: str = strawberry.field(description="Its place as counted, such as 3.2.1.")
    number: str | None = strawberry.field(description="Its number as printed, such as 三、 or (a).")
    heading: str | None = strawberry.field(description="The heading, if it is one.")
    kind: ClauseKind
    start: int = strawberry.field(description="Offset of its first character in the policy's text.")
    end: int = strawberry.field(description="Offset after its last character, the clauses below it left out.")

    @strawberry.field(description="Its words.")
    async def text(self, info: Info) -> str:
        """Text."""
        whole = await info.context.text.load(self.version_iri)
        return whole[self.start : self.end]

    @strawberry.field(description="The clause above it.")
    async def parent(self, info: Info) -> Clause | None:
        """Clause above."""
        clauses = await info.context.clauses.load(self.version_iri)
        return next(
            (clause(one, self.version_iri) for one in clauses if self.view.parent and one.path == self.view.parent),
            None,
        )

    @strawberry.field(description="All clauses above it, from the top down.")
    async def ancestors(self, info: Info) -> list[Clause]:
        """Clauses above."""
        by_path = {one.path: one for one in await info.context.clauses.load(self.version_iri)}
        found: list[Clause] = []
        above = by_path.get(self.view.parent)
        while above is not None:
            found.insert(0, clause(above, self.version_iri))
            above = by_path.get(above.parent)
        return found

    @strawberry.field(description="The clauses right below it.")
    async def children(self, info: Info) -> list[Clause]:
        """Clauses below."""
        clauses = await info.context.clauses.load(self.version_iri)
        return [clause(one, self.version_iri) for one in clauses if one.parent == self.path]

    @strawberry.field(description="All clauses below it, in text order.")
    async def descendants(self, info: Info) -> list[Clause]:
        """Clauses below, of every depth."""
        clauses = await info.context.clauses.load(self.version_iri)
        return [clause(one, self.version_iri) for one in clauses if one.path.startswith(self.path + ".")]

    @strawberry.field(description="The statements read from it, while its version is in force.")
    async def statements(
        self,
        info: Info,
        polarity: Annotated[
            PolarityFilter, strawberry.argument(description="What is affirmed, unless asked otherwise.")
        ] = PolarityFilter.AFFIRMED,
    ) -> list[Statement]:
        """Statements."""
        hits = await info.context.of_clause.load(
            (self.iri, StatementFilter(polarity=cast(PolarityName, polarity.value)))
        )
        found = await info.context.statement.load_many([hit.statement for hit in hits])
        return [statement(one) for one in found if one is not None]

    @strawberry.field(description="The policy in which it stands.")
    async def policy(self, info: Info) -> Annotated[Policy, strawberry.lazy(".policies")] | None:
        """Policy."""
        from .policies import policy

        found = await info.context.policy.load(self.version_iri.rsplit("/version/", 1)[0])
        return policy(found) if found else None


def clause(view: model.ClauseView, version: str) -> Clause:
    """A clause."""
    return Clause(
        view=view,
        version_iri=version,
        iri=view.iri,
        path=view.path,
        number=view.number or None,
        heading=view.heading or None,
        kind=ClauseKind(view.kind),
        start=view.start,
        end=view.end,
    )


async def clause_of(info: Info, iri: str) -> Clause | None:
    """The clause of an IRI."""
    version = version_of(iri)
    clauses = await info.context.clauses.load(version) if version else ()
    return next((clause(one, version) for one in clauses if one.iri == iri), None)
