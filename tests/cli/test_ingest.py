"""Ingestion from the command line: what lands, what is left alone, what is refused and how that is said."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from .conftest import Run

GOOD = """Acme Privacy Policy

1. Data

Acme Ltd ("we") collects your e-mail address and your name. We never sell your personal data.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two good policies."""
    place = tmp_path / "policies"
    (place / "shop").mkdir(parents=True)
    (place / "one.txt").write_text(GOOD)
    (place / "shop" / "two.txt").write_text(GOOD.replace("Acme", "Other"))
    return place


def test_a_folder_lands_and_a_second_time_nothing_changes(run: Run, empty: Path, folder: Path) -> None:
    told = run("ingest", folder)
    assert told.code == 0, told.err
    assert re.search(r"^one +en .* 100% +added$", told.out, re.MULTILINE)
    assert re.search(r"^shop/two +en ", told.out, re.MULTILINE)
    assert told.out.endswith("2 policies: 2 added.\n")
    assert told.err == ""
    before = run("export").out
    assert run("ingest", folder).out.endswith("2 policies: 2 unchanged.\n")
    assert run("export").out == before


def test_what_is_unchanged_is_told_as_before_and_may_be_forced(run: Run, empty: Path, folder: Path) -> None:
    def told(*options: str) -> list[dict[str, object]]:
        return [one | {"state": ""} for one in run("ingest", folder, "-f", "json", *options).json]

    first = told()
    assert told() == first
    before = [line for line in run("export").out.splitlines() if "ingestedAt" not in line]
    assert run("ingest", folder, "--force").out.endswith("2 policies: 2 replaced.\n")
    assert [line for line in run("export").out.splitlines() if "ingestedAt" not in line] == before


def test_a_changed_policy_becomes_a_new_version(run: Run, empty: Path, folder: Path) -> None:
    run("ingest", folder)
    old = {one["key"] if "key" in one else one["iri"]: one["version"] for one in run("policies", "-f", "json").json}
    (folder / "one.txt").write_text(GOOD + "We keep log files for 30 days.\n")
    assert run("ingest", folder).out.endswith("2 policies: 1 replaced, 1 unchanged.\n")
    new = [one["version"] for one in run("policies", "-f", "json").json]
    assert len(set(new) & set(old.values())) == 1
    history = run("query", "SELECT DISTINCT ?v { ?s cg:inVersion ?v }", "--history", "-f", "csv").out
    assert sum(version in history for version in old.values()) == 1


def test_one_bad_file_is_named_and_the_others_land(run: Run, empty: Path, folder: Path) -> None:
    (folder / "bad.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    told = run("ingest", folder)
    assert told.code == 2
    assert "4 policies: 2 added, 2 failed." in told.out
    assert re.search(r"^Failed: .*bad\.txt", told.out, re.MULTILINE)
    assert re.search(r"^Failed: .*binary\.txt", told.out, re.MULTILINE)
    assert len(run("policies", "-f", "json").json) == 2


def test_programs_read_one_object_a_source(run: Run, empty: Path, folder: Path) -> None:
    (folder / "bad.txt").write_bytes(b"")
    told = run("ingest", folder, "--format", "json")
    assert told.code == 2
    by_state = {one["source"]: one for one in told.json}
    good = by_state[str(folder / "one.txt")]
    assert (good["state"], good["language"], good["characters"]) == ("added", "en", good["accounted"])
    bad = by_state[str(folder / "bad.txt")]
    assert bad["state"] == "failed"
    assert "bad.txt" in bad["error"]


def test_standard_input_takes_its_name_from_the_user(run: Run, empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode())))
    assert run("ingest", "-", "--id", "acme/privacy").code == 0
    assert run("show", "acme/privacy").code == 0


def test_what_is_not_there_is_an_error(run: Run, empty: Path) -> None:
    told = run("ingest", "nowhere.txt")
    assert told.code == 2
    assert "nowhere.txt" in told.out


def test_a_second_writer_is_told_who_writes(run: Run, filled: Path, folder: Path) -> None:
    from clausegraph.queries.store import open_store

    with open_store(filled, write=True):
        told = run("ingest", folder)
    assert told.code == 2
    assert told.err.startswith("Error:")


def test_a_name_too_long_for_a_file_stops_no_other(run: Run, empty: Path, folder: Path) -> None:
    told = run("ingest", "x" * 5000, folder / "one.txt", "-f", "json")
    assert told.code == 2
    assert [one["state"] for one in told.json] == ["failed", "added"]
