"""Until when the present work may ask the store.

In: a moment of `time.monotonic`, set for a context. Out: the seconds that are left, or `TimedOut` where none are.
The context goes with the work into the threads that it is run in.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from .. import ClauseGraphError

__all__ = ["TimedOut", "seconds_left", "within"]

_UNTIL: ContextVar[float | None] = ContextVar("clausegraph-until", default=None)


class TimedOut(ClauseGraphError):
    """The query ran into the time limit and was stopped."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """What is asked inside has this long, or what is left of a shorter time around it."""
    until, outer = time.monotonic() + seconds, _UNTIL.get()
    token = _UNTIL.set(until if outer is None else min(until, outer))
    try:
        yield
    finally:
        _UNTIL.reset(token)


def seconds_left() -> float | None:
    """How long a query may take, None where nothing limits it. Raises `TimedOut` where the time is over."""
    until = _UNTIL.get()
    if until is None:
        return None
    left = until - time.monotonic()
    if left <= 0:
        raise TimedOut("The time for this is over.", mend="Ask for less: one policy or one category at a time.")
    return left
