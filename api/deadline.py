"""Saved reports within the time that a query has.

In: work for a thread. Out: what it gives, or `TimedOut` once the time is over, `Busy` where too much runs already.

A thread cannot be stopped, but what it waits for can: a query of late work is killed in its process
(`queries.stoppable`), and the work may ask no other. Until its thread ends it counts as running, so that late work
never piles up.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from anyio import CapacityLimiter, fail_after, to_thread

from ..queries.pool import Busy, TimedOut
from ..queries.until import within

P = ParamSpec("P")
T = TypeVar("T")


class Deadline:
    """``seconds`` for each piece of work, of which at most ``most`` run at once."""

    def __init__(self, seconds: float, most: int) -> None:
        self.seconds = seconds
        self._most = most
        self._running = 0
        self._lock = threading.Lock()

    async def run(self, work: Callable[P, T], /, *arguments: P.args, **named: P.kwargs) -> T:
        """What the work gives. Raises `TimedOut`, `Busy`, and what the work raises."""
        with self._lock:
            if self._running >= self._most:
                raise Busy(
                    "Too many reports are being answered already.",
                    mend="Ask again in a few seconds.",
                    retry_after=max(1, round(self.seconds / 2)),
                )
            self._running += 1
        counted, started = 1, False

        def release() -> None:
            nonlocal counted
            with self._lock:
                self._running -= counted
                counted = 0

        def working() -> T:
            nonlocal started
            started = True
            try:
                with within(self.seconds):
                    return work(*arguments, **named)
            finally:
                release()

        try:
            with fail_after(self.seconds):
                # A limiter of its own: late reports must not keep pages from their threads.
                return await to_thread.run_sync(working, abandon_on_cancel=True, limiter=CapacityLimiter(1))
        except TimeoutError:
            raise TimedOut(
                f"The report took longer than {self.seconds:g} seconds and was stopped.",
                mend="Ask it about one policy or one category, or run it on a machine of your own.",
            ) from None
        finally:
            if not started:  # whoever asked left before a thread took it up
                release()
