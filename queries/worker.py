"""The process that runs requests of others, one at a time, until it is killed or its parent is gone.

In (a `line` whose descriptor is the first argument): pickled `requests`. Out: one message a request: ``+`` and
the serialised result; ``=``, its length and then the descriptor of the file that holds it; or ``-`` and JSON of the
error's kind, message and mend. Started by `pool`.

A result is whole before a word of it leaves, so that nobody ever gets half of one.
"""

from __future__ import annotations

import gc
import json
import pickle
import signal
import socket
import sys
from dataclasses import dataclass

from .. import ClauseGraphError
from .line import Line
from .requests import Request
from .store import Store, open_store
from .store.sink import Sink

__all__ = ["Limits", "main"]


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` a request, ``max_bytes`` a result, ``memory`` in bytes of the whole process (None: no limit)."""

    seconds: float
    max_bytes: int | None = None
    memory: int | None = None


def main(descriptor: int) -> None:
    """Serve until the other end closes. The first message is the location and the `Limits`."""
    line = Line(socket.socket(fileno=descriptor))
    location, limits = pickle.loads(line.receive())  # from our parent alone, as everything that is unpickled here
    _limit_memory(limits.memory)
    gc.freeze()  # what is there now stays, and need not be looked through while people wait
    try:
        line.send(b"ready")
    except OSError:  # the pool was closed before it had any use for us
        return
    store: Store | None = None
    while True:
        try:
            request: Request = pickle.loads(line.receive())
        except (EOFError, OSError):  # a parent that never read our "ready" resets the connection
            return
        _alarm(limits.seconds + 1)
        with Sink(limits.max_bytes) as sink:
            failure = b""
            try:
                if request.writes:
                    # Opened for each write and closed at once: the command line may write between two of them.
                    with open_store(location, write=True) as writer:
                        request.run(writer, sink)
                else:
                    if store is None:
                        store = open_store(location)
                    store.refresh()
                    request.run(store, sink)
            except ClauseGraphError as error:
                failure = _failure(type(error).__name__, str(error), error.mend)
            except Exception as error:  # the worker goes on with the next request, the asker learns of it
                failure = _failure("StoreError", f"The query failed: {type(error).__name__}: {error}", "")
            _alarm(0)
            try:
                _send(line, failure, sink)
            except OSError:
                return


def _send(line: Line, failure: bytes, sink: Sink) -> None:
    if failure:
        line.send(failure)
    elif sink.on_disk:
        sink.flush()
        line.send(b"=%d" % sink.length)
        line.send_file(sink.fileno())
    else:
        line.send(b"+", sink.value())


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
