"""A server on a free port of the loopback, for tests whose client is another program."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from clausegraph.api.cli.serve import address, listen


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The address of the app while it runs."""
    listener = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        deadline = time.monotonic() + 20
        while not server.started:
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.02)
        yield address(listener)
    finally:
        server.should_exit = True
        thread.join(20)
        listener.close()
