"""The process that runs strangers' queries, one at a time, until it is killed or its parent is gone.

In (a connection whose descriptor is the first argument): pickled `Request`s. Out: one message a request, ``+`` and
the serialised result, or ``-`` and JSON of the error's kind, message and mend. Started by `pool`.
"""

from __future__ import annotations

import json
import signal
import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection

from .. import ClauseGraphError
from .guard import fence_query
from .store import DatasetName, Store, open_store

__all__ = ["Limits", "Request", "main"]


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` a query, ``max_bytes`` a result, ``memory`` in bytes of the whole process (None: no limit)."""

    seconds: float
    max_bytes: int | None = None
    memory: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One query, as `Store.query_serialised` takes it."""

    sparql: str
    format: str
    dataset: DatasetName = "current"
    base: str | None = None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


def main(descriptor: int) -> None:
    """Serve until the other end closes. The first message is the location and the `Limits`."""
    connection = Connection(descriptor)
    location, limits = connection.recv()
    _limit_memory(limits.memory)
    connection.send_bytes(b"ready")
    store: Store | None = None
    while True:
        try:
            request = connection.recv()
        except (EOFError, OSError):  # a parent that never read our "ready" resets the connection
            return
        _alarm(limits.seconds + 1)
        try:
            if store is None:
                store = open_store(location)
            store.refresh()
            reply = b"+" + _run(store, request, limits)
        except ClauseGraphError as error:
            reply = _failure(type(error).__name__, str(error), error.mend)
        except Exception as error:  # the worker goes on with the next query, the asker learns of it
            reply = _failure("StoreError", f"The query failed: {type(error).__name__}: {error}", "")
        _alarm(0)
        try:
            connection.send_bytes(reply)
        except OSError:
            return


def _run(store: Store, request: Request, limits: Limits) -> bytes:
    return store.query_serialised(
        fence_query(request.sparql),
        request.format,
        dataset=request.dataset,
        base=request.base,
        default_graphs=request.default_graphs,
        named_graphs=request.named_graphs,
        max_bytes=limits.max_bytes,
    )


def _failure(kind: str, message: str, mend: str) -> bytes:
    return b"-" + json.dumps([kind, message, mend]).encode()


def _alarm(seconds: float) -> None:
    """The system ends the process by itself then, even if nobody is left to kill it and Python never gets a turn."""
    signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory(limit: int | None) -> None:
    if limit is not None:
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


if __name__ == "__main__":
    main(int(sys.argv[1]))
