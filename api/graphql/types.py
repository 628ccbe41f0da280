"""The main types of the schema: statements, clauses, policies.

In: views. Out: GraphQL types whose plain fields are filled at once and whose links are resolved by loaders.
"""

from __future__ import annotations

from typing import Annotated, cast

import strawberry

from ...ontology.terms import ID
from ..views import model
from ..views.search import Hit, StatementFilter, find_concept
from ..views.search import Polarity as PolarityName
from ..views.words import label as label_of
from . import paging
from .enums import ClauseKind, Facet, Modality, Polarity, PolarityFilter, Practice
from .evidence import Condition, Duration, FacetValue, Mention, Party, condition, facet_values, mention, party
from .evidence import duration as duration_of
from .loaders import Info
from .vocabulary import Concept, LangArgument

FirstArgument = Annotated[int, strawberry.argument(description="How many, at most 200.")]
AfterArgument = Annotated[str | None, strawberry.argument(description="The `endCursor` of the page before.")]


@strawberry.type(description="One data practice: the smallest unit that a person would call one fact.")
class Statement:
    """A statement."""

    view: strawberry.Private[model.StatementView]
    iri: str
    quote: str = strawberry.field(description="The words that state it.")
    start: int
    end: int
    practice: Practice
    polarity: Polarity = strawberry.field(description="DENIED: everything here is what does *not* happen.")
    modality: Modality | None
    conditional: bool = strawberry.field(description="Whether a condition stands on it.")
    confidence: float | None = strawberry.field(description="How often rules like these were right on the tuning set.")
    vague: bool
    open_list: bool = strawberry.field(description="The text says that its list is not complete.")
    exclusive: bool = strawberry.field(description="The text says “only”.")

    @strawberry.field(description="The practice in words.")
    def label(self, info: Info, lang: LangArgument = None) -> str:
        """Label of the practice."""
        return label_of(self.view.practice, lang or info.context.lang)

    @strawberry.field(description="What kind of party acts.")
    def actor(self) -> Concept | None:
        """Actor."""
        return Concept(id=self.view.actor) if self.view.actor else None

    @strawberry.field(description="Who acts, where the text names somebody.")
    def named_actor(self) -> Party | None:
        """Named actor."""
        return party(self.view.named_actor)

    @strawberry.field(description="The controller, if this is its own practice; null where others act for themselves.")
    def controller(self) -> Party | None:
        """Controller."""
        return party(self.view.controller)

    @strawberry.field(description="Its values, facet by facet, with evidence.")
    def facets(self, only: list[Facet] | None = None) -> list[FacetValue]:
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
    async def policy(self, info: Info) -> Policy | None:
        """Policy."""
        found = await info.context.policy.load(self.view.policy)
        return policy(found) if found else None

    @strawberry.field(description="Its page on this server.")
    def page(self, info: Info) -> str:
        """Page."""
        return page_of(self.iri, info)


def page_of(iri: str, info: Info) -> str:
    """The address at which this server shows an IRI below `ID`."""
    return f"{info.context.base_url}/id/{iri.removeprefix(ID)}"


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


@strawberry.type(description="A clause of the document: a heading, a paragraph, a list item, …")
class Clause:
    """A clause."""

    view: strawberry.Private[model.ClauseView]
    version: strawberry.Private[str]
    iri: str
    path: str = strawberry.field(description="Its place as counted, such as 3.2.1.")
    number: str | None = strawberry.field(description="Its number as printed, such as 三、 or (a).")
    heading: str | None
    kind: ClauseKind
    start: int
    end: int

    @strawberry.field(description="Its words.")
    async def text(self, info: Info) -> str:
        """Text."""
        whole = await info.context.text.load(self.version)
        return whole[self.start : self.end]

    @strawberry.field(description="The clause above it.")
    async def parent(self, info: Info) -> Clause | None:
        """Clause above."""
        clauses = await info.context.clauses.load(self.version)
        return next(
            (clause(one, self.version) for one in clauses if self.view.parent and one.path == self.view.parent), None
        )

    @strawberry.field(description="The clauses right below it.")
    async def children(self, info: Info) -> list[Clause]:
        """Clauses below."""
        clauses = await info.context.clauses.load(self.version)
        return [clause(one, self.version) for one in clauses if one.parent == self.path]

    @strawberry.field(description="The statements read from it.")
    async def statements(self, info: Info, polarity: PolarityFilter = PolarityFilter.AFFIRMED) -> list[Statement]:
        """Statements."""
        hits = await info.context.of_clause.load(
            (self.iri, StatementFilter(polarity=cast(PolarityName, polarity.value)))
        )
        found = await info.context.statement.load_many([hit.statement for hit in hits])
        return [statement(one) for one in found if one is not None]


def clause(view: model.ClauseView, version: str) -> Clause:
    """A clause."""
    return Clause(
        view=view,
        version=version,
        iri=view.iri,
        path=view.path,
        number=view.number or None,
        heading=view.heading or None,
        kind=ClauseKind(view.kind),
        start=view.start,
        end=view.end,
    )


@strawberry.input(description="Which statements to look at; what is left out restricts nothing.")
class StatementWhere:
    """A filter over statements."""

    practice: list[Practice] | None = strawberry.field(default=None, description="Only these practices.")
    polarity: PolarityFilter = strawberry.field(
        default=PolarityFilter.AFFIRMED, description="What is affirmed, unless asked otherwise."
    )
    concept: str | None = strawberry.field(
        default=None,
        description="A concept's id, its IRI, or a DPV term or code that it equals. Affirmed statements match it and "
        "all below it; denied ones match it and all above it (who never shares personal data never shares locations).",
    )
    facet: Facet | None = strawberry.field(default=None, description="The facet in which the concept must stand.")

    def to_filter(self) -> StatementFilter:
        """The filter for a search; raises `UnknownConcept`."""
        return StatementFilter(
            practices=None if self.practice is None else tuple(one.value for one in self.practice),
            polarity=cast(PolarityName, self.polarity.value),
            concept=find_concept(self.concept).id if self.concept else "",
            facet=self.facet.value if self.facet else "",
        )


WhereArgument = Annotated[
    StatementWhere | None, strawberry.argument(description="Which statements; else all affirmed.")
]


@strawberry.type(description="Where a page of a list ends.")
class PageInfo:
    """Paging."""

    has_next_page: bool
    end_cursor: str | None


@strawberry.type(description="A page of statements, in text order.")
class StatementConnection:
    """Statements."""

    nodes: list[Statement]
    page_info: PageInfo
    total_count: int | None = strawberry.field(description="How many there are in all, where that is known.")


async def statement_page(info: Info, hits: list[Hit], first: int, total: int | None) -> StatementConnection:
    """The page that begins with the first of ``hits``; one hit more than ``first`` says that there is a next page."""
    shown = hits[:first]
    views = await info.context.statement.load_many([hit.statement for hit in shown])
    return StatementConnection(
        nodes=[statement(view) for view in views if view is not None],
        page_info=PageInfo(
            has_next_page=len(hits) > first,
            end_cursor=paging.encode(shown[-1].policy, shown[-1].start, shown[-1].statement) if shown else None,
        ),
        total_count=total,
    )


def hit_of(cursor: str | None) -> Hit | None:
    """Where a cursor points. Raises `BadCursor`."""
    if cursor is None:
        return None
    policy_iri, start, found = paging.decode(cursor, str, int, str)
    return Hit(str(policy_iri), int(start), str(found))


@strawberry.type(description="A controller's privacy policy, in its current version.")
class Policy:
    """A policy."""

    view: strawberry.Private[model.PolicyView]
    iri: str
    key: str = strawberry.field(description="What identifies it: a path, a URL or the name it was given.")
    version: str = strawberry.field(description="IRI of its current version, which is also its named graph.")
    title: str | None
    language: str = strawberry.field(description="BCP 47, such as zh-Hant.")
    url: str | None
    controller: Party | None = strawberry.field(description="Who is responsible, as the text says.")
    effective_date: str | None = strawberry.field(description="ISO 8601.")
    modified: str | None = strawberry.field(description="“Last updated”, ISO 8601.")
    date: str | None = strawberry.field(description="A date that the text leaves unexplained, ISO 8601.")
    sha256: str = strawberry.field(description="Digest of the bytes that were read.")
    ingested_at: str | None = strawberry.field(description="ISO 8601.")
    clause_count: int
    statement_count: int
    denied_count: int = strawberry.field(description="How many of its statements are denials.")

    @strawberry.field(description="The whole text; all offsets count its code points.")
    async def text(self, info: Info) -> str:
        """Text."""
        return await info.context.text.load(self.version)

    @strawberry.field(description="Its clauses in text order: the topmost, or all of them.")
    async def clauses(
        self,
        info: Info,
        all: Annotated[bool, strawberry.argument(description="Clauses of every depth.")] = False,
    ) -> list[Clause]:
        """Clauses."""
        found = await info.context.clauses.load(self.version)
        return [clause(one, self.version) for one in found if all or not one.parent]

    @strawberry.field(description="One clause by its path, such as 3.2.")
    async def clause(self, info: Info, path: str) -> Clause | None:
        """A clause."""
        found = await info.context.clauses.load(self.version)
        return next((clause(one, self.version) for one in found if one.path == path), None)

    @strawberry.field(description="What it states, in text order.")
    async def statements(
        self, info: Info, where: WhereArgument = None, first: FirstArgument = 100, after: AfterArgument = None
    ) -> StatementConnection:
        """Statements."""
        paging.page_size(first)
        last = hit_of(after)
        hits = await info.context.of_policy.load((self.iri, (where or StatementWhere()).to_filter()))
        later = hits if last is None else [hit for hit in hits if hit[:3] > last[:3]]
        return await statement_page(info, later, first, len(hits))

    @strawberry.field(description="Its page on this server.")
    def page(self, info: Info) -> str:
        """Page."""
        return page_of(self.iri, info)


def policy(view: model.PolicyView) -> Policy:
    """A policy."""
    return Policy(
        view=view,
        iri=view.iri,
        key=view.key,
        version=view.version,
        title=view.title or None,
        language=view.language,
        url=view.url or None,
        controller=party(view.controller),
        effective_date=view.effective_date or None,
        modified=view.modified or None,
        date=view.date or None,
        sha256=view.sha256,
        ingested_at=view.ingested_at or None,
        clause_count=view.clauses,
        statement_count=view.statements,
        denied_count=view.denied,
    )


@strawberry.type(description="A page of policies, by IRI.")
class PolicyConnection:
    """Policies."""

    nodes: list[Policy]
    page_info: PageInfo
