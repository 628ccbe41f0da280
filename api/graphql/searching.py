"""Full-text search in the schema.

In: words. Out: `SearchConnection`: clauses page by page, with the places of the words.
"""

from __future__ import annotations

from typing import Annotated

import strawberry

from ..views.policies import PolicyFilter, list_iris
from ..views.textsearch import Place, index_of, places
from . import paging
from .enums import SearchOrder
from .filters import PolicyWhere
from .lane import in_thread
from .lists import PageInfo, page_info
from .loaders import Info
from .types import Clause, clause_of


@strawberry.type(description="Where a word of the search stands.")
class SearchPlace:
    """A place."""

    start: int = strawberry.field(description="Offset of its first character in the policy's text.")
    end: int = strawberry.field(description="Offset after its last character.")
    exact: str = strawberry.field(description="The words as they stand there.")
    before: str = strawberry.field(description="Up to 40 characters of the clause before them.")
    after: str = strawberry.field(description="Up to 40 characters of the clause after them.")


@strawberry.type(description="A clause in which the words of a search stand.")
class SearchHit:
    """A hit."""

    found: strawberry.Private[Place]
    query: strawberry.Private[str]
    hits: int = strawberry.field(description="How often the words occur in it; 0 in an order that does not count them.")

    @strawberry.field(description="The clause.")
    async def clause(self, info: Info) -> Clause | None:
        """Clause."""
        return await clause_of(info, self.found.clause)

    @strawberry.field(description="Where in it the words stand.")
    async def places(
        self, info: Info, first: Annotated[int, strawberry.argument(description="How many, at most 200.")] = 10
    ) -> list[SearchPlace]:
        """Places."""
        paging.page_size(first)
        begin, finish = self.found.start, self.found.end
        text = (await info.context.text.load(self.found.version))[begin:finish]
        return [
            SearchPlace(
                start=begin + start,
                end=begin + end,
                exact=text[start:end],
                before=text[max(0, start - 40) : start],
                after=text[end : end + 40],
            )
            for start, end in places(text, self.query)[:first]
        ]


@strawberry.type(description="A hit in a list.")
class SearchEdge:
    """An edge."""

    cursor: str
    node: SearchHit


@strawberry.type(description="A page of clauses found.")
class SearchConnection:
    """Hits."""

    query: strawberry.Private[str]
    policies: strawberry.Private[list[str] | None]
    edges: list[SearchEdge] = strawberry.field(description="What is listed, each with the cursor behind it.")
    page_info: PageInfo

    @strawberry.field(description="The hits, without their cursors.")
    def nodes(self) -> list[SearchHit]:
        """Nodes."""
        return [edge.node for edge in self.edges]

    @strawberry.field(description="How many clauses there are on all pages; counted only when asked for.")
    async def total_count(self, info: Info) -> int:
        """Count."""
        store = info.context.store
        return await in_thread(index_of(store).count, store, self.query, self.policies)


async def search(
    info: Info, query: str, where: PolicyWhere | None, order: SearchOrder, first: int, after: str | None
) -> SearchConnection:
    """Clauses of what is in force that hold all words of the query."""
    paging.page_size(first)
    store, name = info.context.store, str(order.value)
    last = None
    if after is not None:
        hits, policy, start, clause = paging.ordered(after, name, int, str, int, str)
        last = Place(int(hits), str(policy), int(start), str(clause))

    def find() -> tuple[list[str] | None, list[Place]]:
        wanted = where.to_filter(store) if where else PolicyFilter()
        policies = None if wanted == PolicyFilter() else [one.policy for one in list_iris(store, wanted)]
        by_hits = order is SearchOrder.MOST_HITS
        found = index_of(store).search(store, query, policies=policies, by_hits=by_hits, after=last, limit=first + 1)
        return policies, found

    policies, found = await in_thread(find)
    shown = found[:first]
    cursors = [paging.encode(name, one.hits, one.policy, one.start, one.clause) for one in shown]
    return SearchConnection(
        query=query,
        policies=policies,
        edges=[
            SearchEdge(cursor=cursor, node=SearchHit(found=one, query=query, hits=one.hits))
            for cursor, one in zip(cursors, shown, strict=True)
        ],
        page_info=page_info(cursors, more=len(found) > first, later=last is not None),
    )
