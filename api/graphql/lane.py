"""Threads for what GraphQL asks of the store: a fixed number of them, and none for a request whose time is over.

In: a function of a resolver or loader. Out: what it gives, or `TimedOut`.

A query of the store that runs in a thread cannot be stopped; it can be kept from doing harm. A request that has run
into its time limit begins no further query, what it has begun ends in one of these threads, and these are all that late
work can take: pages, reports and SPARQL have threads and processes of their own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from typing import ParamSpec, TypeVar

from fastapi.concurrency import run_in_threadpool

from ...queries.until import seconds_left, within

__all__ = ["Lane", "in_thread"]

P = ParamSpec("P")
T = TypeVar("T")

_LANE: ContextVar[ThreadPoolExecutor | None] = ContextVar("clausegraph-lane", default=None)


class Lane:
    """At most ``threads`` at once, whatever number of requests there is."""

    def __init__(self, threads: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="graphql")

    @contextmanager
    def request(self, seconds: float) -> Iterator[None]:
        """What is asked inside goes this way and has this long."""
        token = _LANE.set(self._threads)
        try:
            with within(seconds):
                yield
        finally:
            _LANE.reset(token)


async def in_thread(work: Callable[P, T], /, *arguments: P.args, **named: P.kwargs) -> T:
    """Run it in a thread of the request's lane. Raises `TimedOut` instead where its time is over by then."""
    threads = _LANE.get()
    if threads is None:  # resolvers that are called without a server
        return await run_in_threadpool(work, *arguments, **named)

    def timely() -> T:
        seconds_left()
        return work(*arguments, **named)

    return await asyncio.get_running_loop().run_in_executor(threads, copy_context().run, timely)
