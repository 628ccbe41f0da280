"""Policies and their versions.

In: views. Out: the types `Policy`, `PolicyVersion`, and lists of policies.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import strawberry

from ..views import model
from ..views.counts import count_languages, count_policy_values
from ..views.policies import ORDERS, Listed, PolicyFilter, count_policies, list_iris
from . import paging
from .counts import (
    FacetCounts,
    LanguageCount,
    OnlyArgument,
    PracticeCount,
    RolledArgument,
    TopArgument,
    facet_counts,
    practice_counts,
)
from .enums import PolicyOrder, StatementOrder
from .evidence import Party, party
from .filters import AfterArgument, FirstArgument, PolicyWhere, StatementWhere, WhereArgument
from .lane import in_thread
from .lists import PageInfo, page_info
from .loaders import Info
from .node import Node
from .statements import StatementConnection, after_hit, list_statements, statement_page
from .types import Clause, Statement, clause, statement

if TYPE_CHECKING:
    from .changes import Change


@strawberry.interface(description="What a text says of itself.")
class Described(Node):
    """The fields that a policy shares with each of its versions."""

    view: strawberry.Private[model.PolicyView]
    title: str | None
    language: str = strawberry.field(description="BCP 47, such as zh-Hant.")
    url: str | None = strawberry.field(description="Where it was found, if the text or the user says so.")
    controller: Party | None = strawberry.field(description="Who is responsible, as the text says.")
    effective_date: str | None = strawberry.field(description="ISO 8601.")
    modified: str | None = strawberry.field(description="“Last updated”, ISO 8601.")
    date: str | None = strawberry.field(description="A date that the text leaves unexplained, ISO 8601.")
    sha256: str = strawberry.field(description="Digest of the bytes that were read.")
    ingested_at: str | None = strawberry.field(description="When it was read in, ISO 8601.")
    clause_count: int
    statement_count: int = strawberry.field(description="How many statements it makes, denials included.")
    denied_count: int = strawberry.field(description="How many of its statements are denials.")

    @strawberry.field(description="The whole text; all offsets count its code points.")
    async def text(self, info: Info) -> str:
        """Text."""
        return await info.context.text.load(self.view.version)

    @strawberry.field(description="Its clauses in text order: the topmost, or all of them.")
    async def clauses(
        self,
        info: Info,
        all: Annotated[bool, strawberry.argument(description="Clauses of every depth.")] = False,
    ) -> list[Clause]:
        """Clauses."""
        found = await info.context.clauses.load(self.view.version)
        return [clause(one, self.view.version) for one in found if all or not one.parent]

    @strawberry.field(description="One clause by its path, such as 3.2.")
    async def clause(self, info: Info, path: str) -> Clause | None:
        """A clause."""
        found = await info.context.clauses.load(self.view.version)
        return next((clause(one, self.view.version) for one in found if one.path == path), None)


@strawberry.type(
    description="A controller's privacy policy over time. What it says here is what its version in force says."
)
class Policy(Described):
    """A policy."""

    key: str = strawberry.field(description="What identifies it: a path, a URL or the name it was given.")

    @strawberry.field(description="The version in force; its IRI is also its named graph.")
    async def version(self, info: Info) -> PolicyVersion:
        """Current version."""
        return version(self.view)

    @strawberry.field(description="All its versions that the catalogue knows, the newest first.")
    async def versions(self, info: Info) -> list[PolicyVersion]:
        """Versions."""
        chain = await info.context.chain.load(self.iri)
        found = await info.context.version.load_many(chain)
        return [version(one) for one in found if one is not None]

    @strawberry.field(description="What its version in force says that the one before did not, and the reverse.")
    async def changes(self, info: Info) -> list[Annotated[Change, strawberry.lazy(".changes")]]:
        """Changes."""
        from .changes import changes_between

        chain = await info.context.chain.load(self.iri)
        return await changes_between(info, chain[1], chain[0]) if len(chain) > 1 else []

    @strawberry.field(description="What it states.")
    async def statements(
        self,
        info: Info,
        where: WhereArgument = None,
        order_by: StatementOrder = StatementOrder.PLACE,
        first: FirstArgument = 100,
        after: AfterArgument = None,
    ) -> StatementConnection:
        """Statements."""
        wanted = replace((where or StatementWhere()).to_filter(), policies=(self.iri,))
        if order_by is not StatementOrder.PLACE:
            return await list_statements(info, lambda: wanted, order_by, first, after)
        paging.page_size(first)
        last = after_hit(after, order_by)
        hits = await info.context.of_policy.load((self.iri, replace(wanted, policies=None)))
        later = hits if last is None else [hit for hit in hits if hit[:3] > last[:3]]
        return await statement_page(info, later, wanted, order_by, first, later=last is not None)


@strawberry.type(description="One exact text of a policy; its IRI is the named graph of all that was read from it.")
class PolicyVersion(Described):
    """A version."""

    @strawberry.field(description="Whether it is in force; else the history keeps it.")
    async def is_current(self, info: Info) -> bool:
        """In force."""
        chain = await info.context.chain.load(self.view.iri)
        return chain[:1] == [self.iri]

    @strawberry.field(description="The policy that it is a version of.")
    async def policy(self, info: Info) -> Policy | None:
        """Policy."""
        found = await info.context.policy.load(self.view.iri)
        return policy(found) if found else None

    @strawberry.field(description="The version before it, if the store keeps it.")
    async def previous(self, info: Info) -> PolicyVersion | None:
        """Version before."""
        chain = await info.context.chain.load(self.view.iri)
        here = chain.index(self.iri) if self.iri in chain else len(chain)
        found = await info.context.version.load(chain[here + 1]) if here + 1 < len(chain) else None
        return version(found) if found else None

    @strawberry.field(
        description="Everything it states, affirmed and denied, in text order: read each one's `polarity`."
    )
    async def statements(self, info: Info) -> list[Statement]:
        """Statements."""
        from .changes import statements_of

        return [statement(one) for one in await statements_of(info, self.iri)]


def _fields(view: model.PolicyView) -> dict[str, object]:
    return {
        "view": view,
        "title": view.title or None,
        "language": view.language,
        "url": view.url or None,
        "controller": party(view.controller),
        "effective_date": view.effective_date or None,
        "modified": view.modified or None,
        "date": view.date or None,
        "sha256": view.sha256,
        "ingested_at": view.ingested_at or None,
        "clause_count": view.clauses,
        "statement_count": view.statements,
        "denied_count": view.denied,
    }


def policy(view: model.PolicyView) -> Policy:
    """A policy."""
    return Policy(iri=view.iri, key=view.key, **_fields(view))  # type: ignore[arg-type]


def version(view: model.PolicyView) -> PolicyVersion:
    """A version."""
    return PolicyVersion(iri=view.version, **_fields(view))  # type: ignore[arg-type]


@strawberry.type(description="A policy in a list.")
class PolicyEdge:
    """An edge."""

    cursor: str
    node: Policy


@strawberry.type(description="A page of policies.")
class PolicyConnection:
    """Policies."""

    wanted: strawberry.Private[PolicyFilter]
    edges: list[PolicyEdge] = strawberry.field(description="What is listed, each with the cursor behind it.")
    page_info: PageInfo

    @strawberry.field(description="The policies, without their cursors.")
    def nodes(self) -> list[Policy]:
        """Nodes."""
        return [edge.node for edge in self.edges]

    @strawberry.field(description="How many there are on all pages; counted only when asked for.")
    async def total_count(self, info: Info) -> int:
        """Count."""
        return await in_thread(count_policies, info.context.store, self.wanted)

    @strawberry.field(description="How many policies of all pages affirm or deny each value.")
    async def facets(
        self, info: Info, only: OnlyArgument = None, first: TopArgument = 20, including_narrower: RolledArgument = False
    ) -> list[FacetCounts]:
        """Counts."""
        store, wanted = info.context.store, self.wanted
        return await facet_counts(
            lambda facets, rolled: count_policy_values(store, wanted, facets, rolled=rolled),
            only,
            first,
            including_narrower,
        )

    @strawberry.field(description="How many policies of all pages affirm or deny each practice.")
    async def practices(self, info: Info) -> list[PracticeCount]:
        """Counts."""
        store, wanted = info.context.store, self.wanted
        return await practice_counts(lambda facets, _: count_policy_values(store, wanted, facets))

    @strawberry.field(description="How many policies of all pages are in each language.")
    async def languages(self, info: Info) -> list[LanguageCount]:
        """Counts."""
        found = await in_thread(count_languages, info.context.store, self.wanted)
        return [LanguageCount(language=language, count=count) for language, count in found]


async def list_policies(
    info: Info, where: PolicyWhere, order: PolicyOrder, first: int, after: str | None
) -> PolicyConnection:
    """A page of policies: one query to find them, three for what they are."""
    paging.page_size(first)
    name, store = str(order.value), info.context.store
    last = None
    if after is not None:
        number = bool(name) and ORDERS[name][2]
        key, iri = paging.ordered(after, name, str, str, number=number)
        last = Listed(str(iri), str(key))

    def find() -> tuple[PolicyFilter, list[Listed]]:
        wanted = where.to_filter(store)
        return wanted, list_iris(store, wanted, order=name, after=last, limit=first + 1)

    wanted, found = await in_thread(find)
    shown = found[:first]
    views = await info.context.policy.load_many([one.policy for one in shown])
    cursors = [paging.encode(name, one.key, one.policy) for one in shown]
    return PolicyConnection(
        wanted=wanted,
        edges=[
            PolicyEdge(cursor=cursor, node=policy(view))
            for cursor, view in zip(cursors, views, strict=True)
            if view is not None
        ],
        page_info=page_info(cursors, more=len(found) > first, later=last is not None),
    )
