"""Lists of statements.

In: hits of a search. Out: `StatementConnection`, page by page, with counts that are asked for only where wanted.
"""

from __future__ import annotations

from collections.abc import Callable

import strawberry

from ..views.counts import count_statements, count_values
from ..views.search import Hit, StatementFilter, search
from . import paging
from .counts import FacetCounts, OnlyArgument, PracticeCount, RolledArgument, TopArgument, facet_counts, practice_counts
from .enums import StatementOrder
from .lane import in_thread
from .lists import PageInfo, page_info
from .loaders import Info
from .types import Statement, statement

FilterMaker = Callable[[], StatementFilter]


@strawberry.type(description="A statement in a list.")
class StatementEdge:
    """An edge."""

    cursor: str
    node: Statement


@strawberry.type(description="A page of statements.")
class StatementConnection:
    """Statements."""

    wanted: strawberry.Private[StatementFilter]
    edges: list[StatementEdge] = strawberry.field(description="What is listed, each with the cursor behind it.")
    page_info: PageInfo

    @strawberry.field(description="The statements, without their cursors.")
    def nodes(self) -> list[Statement]:
        """Nodes."""
        return [edge.node for edge in self.edges]

    @strawberry.field(description="How many there are on all pages; counted only when asked for.")
    async def total_count(self, info: Info) -> int:
        """Count."""
        return await in_thread(count_statements, info.context.store, self.wanted)

    @strawberry.field(description="The values that the statements of all pages have, with counts.")
    async def facets(
        self, info: Info, only: OnlyArgument = None, first: TopArgument = 20, including_narrower: RolledArgument = False
    ) -> list[FacetCounts]:
        """Counts."""
        store, wanted = info.context.store, self.wanted
        return await facet_counts(
            lambda facets, rolled: count_values(store, wanted, facets, rolled=rolled), only, first, including_narrower
        )

    @strawberry.field(description="The practices of the statements of all pages, with counts.")
    async def practices(self, info: Info) -> list[PracticeCount]:
        """Counts."""
        store, wanted = info.context.store, self.wanted
        return await practice_counts(lambda facets, _: count_values(store, wanted, facets))


def after_hit(cursor: str | None, order: StatementOrder) -> Hit | None:
    """Where a cursor points. Raises `BadCursor`."""
    if cursor is None:
        return None
    name = str(order.value)
    key, policy, start, found = paging.ordered(cursor, name, str, str, int, str, number=bool(name))
    return Hit(str(policy), int(start), str(found), key=str(key))


def cursor_of(hit: Hit, order: StatementOrder) -> str:
    """A cursor behind a statement."""
    return paging.encode(str(order.value), hit.key, hit.policy, hit.start, hit.statement)


async def list_statements(
    info: Info, make: FilterMaker, order: StatementOrder, first: int, after: str | None
) -> StatementConnection:
    """A page of what a search finds: one query for the page, one for all that its statements say."""
    paging.page_size(first)
    last = after_hit(after, order)
    store = info.context.store

    def find() -> tuple[StatementFilter, list[Hit]]:
        wanted = make()
        return wanted, search(store, wanted, order=str(order.value), after=last, limit=first + 1)

    wanted, hits = await in_thread(find)
    return await statement_page(info, hits, wanted, order, first, later=last is not None)


async def statement_page(
    info: Info, hits: list[Hit], wanted: StatementFilter, order: StatementOrder, first: int, *, later: bool
) -> StatementConnection:
    """The page that begins with the first of ``hits``; one hit more than ``first`` says that there is a next page."""
    shown = hits[:first]
    views = await info.context.statement.load_many([hit.statement for hit in shown])
    cursors = [cursor_of(hit, order) for hit in shown]
    return StatementConnection(
        wanted=wanted,
        edges=[
            StatementEdge(cursor=cursor, node=statement(view))
            for cursor, view in zip(cursors, views, strict=True)
            if view is not None
        ],
        page_info=page_info(cursors, more=len(hits) > first, later=later),
    )
