"""The open store behind a running server.

In: the store's place. Out: `Reader.store`, which gives the newest committed state.

Before anything was ingested there is no store: readers then see an empty one, and the real one as soon as it exists.
"""

from __future__ import annotations

import threading
import time

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from ..queries.store import MemoryStore, Store, StoreMissing, open_store

#: Seconds between looks for a newer state: fresh enough for people, rare enough to cost nothing.
LOOK_SECONDS = 1.0


class Reader:
    """One open store, shared by all requests."""

    def __init__(self, location: str, store: Store | None = None) -> None:
        self.location = location
        self._store = store
        self._given = store is not None
        self._empty: Store = MemoryStore()
        self._looked = 0.0
        self._lock = threading.Lock()

    async def store(self) -> Store:
        """The store, opened or refreshed where that is due."""
        if self._store is not None and (self._given or time.monotonic() - self._looked < LOOK_SECONDS):
            return self._store
        return await run_in_threadpool(self.current)

    def current(self) -> Store:
        """The same for code that runs in a thread."""
        with self._lock:
            if not self._given and time.monotonic() - self._looked >= LOOK_SECONDS:
                self._looked = time.monotonic()
                if self._store is None:
                    try:
                        self._store = open_store(self.location)
                    except StoreMissing:
                        return self._empty
                else:
                    self._store.refresh()
            return self._store or self._empty

    def renew(self) -> None:
        """Look for a newer state at the next request: something was written."""
        self._looked = 0.0

    def close(self) -> None:
        """Close what was opened here; a store that was handed in stays open."""
        with self._lock:
            if self._store is not None and not self._given:
                self._store.close()
            self._empty.close()
            self._store = None


def reader_of(request: Request) -> Reader:
    """The reader of the app that a request reached."""
    reader: Reader = request.app.state.reader
    return reader
