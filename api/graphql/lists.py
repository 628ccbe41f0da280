"""Lists page by page, after Relay: edges with cursors, and the nodes alone for those who need no cursor.

In: what a page shows. Out: `PageInfo`, and the page that begins a list of found things.
"""

from __future__ import annotations

from collections.abc import Sequence

import strawberry


@strawberry.type(description="Where a page of a list begins and ends.")
class PageInfo:
    """Paging."""

    has_next_page: bool
    has_previous_page: bool = strawberry.field(description="Whether it was asked for with `after`.")
    start_cursor: str | None
    end_cursor: str | None = strawberry.field(description="Give it as `after` for the next page.")


def page_info(cursors: Sequence[str], *, more: bool, later: bool) -> PageInfo:
    """What a page says of itself."""
    return PageInfo(
        has_next_page=more,
        has_previous_page=later,
        start_cursor=cursors[0] if cursors else None,
        end_cursor=cursors[-1] if cursors else None,
    )
