"""A running server over a store on disk: what threads, processes, sockets and limits do cannot be seen otherwise."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from clausegraph.api.app import create_app
from clausegraph.api.base import ensure_base
from clausegraph.api.cli.serve import address, listen
from clausegraph.api.serving import server_of
from clausegraph.api.settings import Settings
from clausegraph.queries.store import open_store

from ..api.conftest import czech, english, graph_of

TOKEN = "a-token-for-these-tests"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
Serve = Callable[..., httpx.Client]


def fill(place: Path) -> None:
    """The hand-made policies, the ontology and the concepts."""
    with open_store(place, write=True) as store:
        ensure_base(store)
        store.put([graph_of(english()), graph_of(czech())])


@contextmanager
def running(place: Path, **settings: object) -> Iterator[httpx.Client]:
    """A server on a free port of the loopback, and a client of it."""
    listener = listen("127.0.0.1", 0)
    app = create_app(Settings.model_validate({"store": str(place), "query_workers": 1} | settings))
    server = server_of(app)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        with httpx.Client(base_url=address(listener), timeout=60, trust_env=False) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join(20)
        listener.close()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """``serve(**settings)``: a server over the hand-made policies in a store of this test's own."""
    with ExitStack() as stack:

        def start(**settings: object) -> httpx.Client:
            place = tmp_path / "store"
            if not place.exists():
                fill(place)
            return stack.enter_context(running(place, **settings))

        yield start


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server that takes no updates, for the tests of a whole module."""
    place = tmp_path_factory.mktemp("reading") / "store"
    fill(place)
    with running(place) as client:
        yield client


@pytest.fixture(scope="module")
def writing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server that takes updates from who has the `TOKEN`, over a store that is empty at first."""
    place = tmp_path_factory.mktemp("writing") / "store"
    open_store(place, write=True).close()
    with running(place, write_token=TOKEN) as client:
        yield client
