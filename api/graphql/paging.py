"""Keyset cursors: where a page ended, as text that a client hands back unread.

In: a tuple of strings and whole numbers. Out: a cursor; `decode` gives the tuple back or raises `BadCursor`.
A cursor names what was seen last, not a count, so pages stay right while policies are added.
"""

from __future__ import annotations

import base64
import binascii
import json

from ... import ClauseGraphError

MAX_PAGE = 200


class BadCursor(ClauseGraphError):
    """A cursor or page size that the server did not give out."""


def encode(*key: str | int) -> str:
    """A cursor for a key."""
    return base64.urlsafe_b64encode(json.dumps(key, ensure_ascii=False).encode()).decode().rstrip("=")


def decode(cursor: str, *types: type[str] | type[int]) -> tuple[str | int, ...]:
    """The key of a cursor. Raises `BadCursor` unless it has exactly these types."""
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError):
        key = None
    if not isinstance(key, list) or [type(part) for part in key] != list(types):
        raise BadCursor("That cursor is not one of this list.", mend="Use the endCursor of the page before as it is.")
    return tuple(key)


def page_size(first: int) -> int:
    """A checked page size. Raises `BadCursor` outside 0 to `MAX_PAGE`."""
    if not 0 <= first <= MAX_PAGE:
        raise BadCursor(f"A page of {first} cannot be given.", mend=f"Ask for `first` between 0 and {MAX_PAGE}.")
    return first
