"""Runs the command line in this process, over a store on disk that holds two hand-made policies."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from clausegraph.api import settings
from clausegraph.api.base import ensure_base
from clausegraph.api.cli import main
from clausegraph.queries.store import open_store

from ..api.conftest import czech, english, graph_of


class Ran(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output read as JSON."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `clausegraph ARGUMENTS…`; settings files of the user and the working directory do not count."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(settings, "user_file", lambda: tmp_path / "none.toml")

    def command(*arguments: str | Path) -> Ran:
        monkeypatch.setattr(sys, "argv", ["clausegraph", *map(str, arguments)])
        capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return command


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for a store, which does not exist yet."""
    place = tmp_path / "store"
    monkeypatch.setenv("CLAUSEGRAPH_STORE", str(place))
    return place


@pytest.fixture
def filled(empty: Path) -> Path:
    """A store with both hand-made policies, the ontology and the concepts."""
    with open_store(empty, write=True) as store:
        ensure_base(store)
        store.put([graph_of(english()), graph_of(czech())])
    return empty
