"""`clausegraph serve` as a process: it says where it is, answers, and ends without a trace."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from clausegraph.api.cli.serve import listen

from .conftest import Run


@pytest.fixture
def server(filled: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A running server over the hand-made policies: its address and its process."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from clausegraph.api.cli import main; main()", "serve", "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "CLAUSEGRAPH_STORE": str(filled)},
    )
    try:
        assert process.stderr is not None
        for line in process.stderr:
            if found := re.search(r"Home +(http://\S+)/", line):
                yield found[1], process
                break
        else:
            raise AssertionError("the server printed no address")
    finally:
        process.kill()
        process.wait(10)
        if process.stderr:
            process.stderr.close()


def test_it_answers_at_the_address_it_prints_and_ends_cleanly(server: tuple[str, subprocess.Popen[str]]) -> None:
    base, process = server
    with httpx.Client(base_url=base, timeout=20, trust_env=False) as client:
        assert client.get("/healthz").json()["status"] == "ok"
        assert "Acme Privacy Policy" in client.get("/", headers={"accept": "text/html"}).text
        assert client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).json()["boolean"] is True
        assert client.post("/graphql", json={"query": "{ policies { nodes { key } } }"}).json()["data"]
    process.send_signal(signal.SIGINT)
    assert process.wait(20) in (0, 130)
    assert process.stderr is not None
    assert "Traceback" not in process.stderr.read()


def test_answers_do_not_wait_for_acknowledgements() -> None:
    """asyncio switches Nagle's algorithm off only for sockets that say that they are TCP."""
    with listen("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP
        with socket.create_connection(listener.getsockname()):
            pass


def test_an_address_that_is_taken_is_named(run: Run, filled: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        told = run("serve", "--port", str(port))
    assert told.code == 2
    assert f"port {port}" in told.err
    assert "--port" in told.err
