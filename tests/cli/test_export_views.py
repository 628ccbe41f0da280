"""`export --view`: what is written where, and what is said of fields that stay empty."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from clausegraph.queries import views
from clausegraph.queries.store import PolicyRow, Store
from clausegraph.queries.views import Missing, Rendered, View

from .conftest import Run


def _render(_store: Store, policies: Sequence[PolicyRow], format: str) -> Rendered:
    names = [row.policy_iri.rpartition("/")[2] for row in policies]
    missing = [Missing(row.policy_iri, "meta.id", "The text gives none.") for row in policies if row.denied]
    return Rendered(f"{format}: {' '.join(names)}\n".encode(), tuple(missing))


@pytest.fixture(autouse=True)
def one_view(monkeypatch: pytest.MonkeyPatch) -> None:
    """A view of names, in the registry's place."""
    view = View("names", "Names", {"txt": "text/plain", "json": "application/json"}, _render)
    monkeypatch.setattr(views, "VIEWS", {"names": view})


def test_a_view_is_of_all_policies_or_of_one(run: Run, filled: Path, tmp_path: Path) -> None:
    everything = run("export", "--view", "names").out
    assert everything.startswith("txt: ") and len(everything.split()) == 3
    one = run("export", "--view", "names", "--policy", "acme", "-o", tmp_path / "one.txt")
    assert one.out == ""
    assert (tmp_path / "one.txt").read_text().split() == ["txt:", "shop%2Fprivacy"]


def test_empty_required_fields_are_named_and_the_exit_code_is_one(run: Run, filled: Path) -> None:
    told = run("export", "--view", "names", "--policy", "acme")
    assert told.code == 1
    assert told.out == "txt: shop%2Fprivacy\n"
    assert "meta.id: The text gives none." in told.err
    told = run("export", "--view", "names", "--policy", "acme", "--format", "json")
    assert told.code == 1
    assert json.loads(told.err)["missing"][0]["field"] == "meta.id"


def test_unknown_views_and_formats_are_refused(run: Run, filled: Path) -> None:
    told = run("export", "--view", "none")
    assert told.code == 2
    assert "names" in told.err
    told = run("export", "--view", "names", "--format", "pdf")
    assert told.code == 2
    assert "txt, json" in told.err
    assert run("export", "--format", "pdf").code == 2
