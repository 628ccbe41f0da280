"""Keyset cursors: where a page ended, as text that a client hands back unread.

In: a tuple of strings and whole numbers. Out: a cursor; `decode` gives the tuple back or raises `BadCursor`.
A cursor names what was seen last, not a count, so pages stay right while policies are added.
"""

from __future__ import annotations

import base64
import binascii
import json
import re

from ... import ClauseGraphError

MAX_PAGE = 200
_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,30})?")


class BadCursor(ClauseGraphError):
    """A cursor or page size that the server did not give out."""


def encode(*key: str | int) -> str:
    """A cursor for a key."""
    return base64.urlsafe_b64encode(json.dumps(key, ensure_ascii=False).encode()).decode().rstrip("=")


def decode(cursor: str, *types: type[str] | type[int]) -> tuple[str | int, ...]:
    """The key of a cursor. Raises `BadCursor` unless it has exactly these types."""
    try:
        key = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError):
        key = None
    if not isinstance(key, list) or [type(part) for part in key] != list(types) or not all(map(_sound, key)):
        raise BadCursor("That cursor is not one of this list.", mend="Use the endCursor of the page before as it is.")
    return tuple(key)


def _sound(part: str | int) -> bool:
    """Whether a part can stand in a query: no half characters, no endless numbers."""
    return (
        abs(part) < 2**53 if isinstance(part, int) else part.isascii() or part == part.encode(errors="ignore").decode()
    )


def ordered(cursor: str, order: str, *types: type[str] | type[int], number: bool = False) -> tuple[str | int, ...]:
    """The key of a cursor of an ordered list, without the order. Raises `BadCursor` for a cursor of another order.

    ``number``: the first part after the order is a number in text, which goes into a query as it stands.
    """
    name, *key = decode(cursor, str, *types)
    if name != order:
        raise BadCursor("That cursor comes from the list in another order.", mend="Keep `orderBy` from page to page.")
    if number and not _NUMBER.fullmatch(str(key[0])):
        raise BadCursor("That cursor is not one of this list.", mend="Use the endCursor of the page before as it is.")
    return tuple(key)


def page_size(first: int) -> int:
    """A checked page size. Raises `BadCursor` outside 0 to `MAX_PAGE`."""
    if not 0 <= first <= MAX_PAGE:
        raise BadCursor(f"A page of {first} cannot be given.", mend=f"Ask for `first` between 0 and {MAX_PAGE}.")
    return first
