"""docs/views.md against the program: every command on the page, on a sample policy."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from clausegraph import api

from .conftest import Run

PAGE = Path(__file__).resolve().parents[2] / "docs" / "views.md"
SAMPLE = Path(api.__file__).parent / "samples" / "en" / "fernway-books.txt"
COMMANDS = re.findall(r"^clausegraph (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture
def fernway(run: Run, empty: Path) -> Path:
    """A store with one sample policy."""
    assert run("ingest", SAMPLE).code == 0
    return empty


def test_the_commands_of_the_page_run(run: Run, fernway: Path, tmp_path: Path) -> None:
    assert len(COMMANDS) == 8
    for command in COMMANDS:
        arguments = shlex.split(command)
        told = run(*arguments)
        assert told.code == (1 if "tilt" in arguments else 0), command
        written = (tmp_path / arguments[-1]).read_bytes() if "-o" in arguments else told.out.encode()
        assert len(written) > 1000, command


def test_what_tilt_lacks_is_told_to_people_and_to_programs(run: Run, fernway: Path) -> None:
    told = run("export", "--view", "tilt")
    assert told.code == 1
    assert told.json["controller"] == {"name": "Fernway Books Ltd"}
    assert "controller.representative: No representative" in " ".join(told.err.split())
    told = run("export", "--view", "tilt", "--format", "json")
    assert told.code == 1
    fields = [each["field"] for each in json.loads(told.err)["missing"]]
    assert "controller.representative" in fields
    assert fields == list(dict.fromkeys(fields))


def test_a_policy_without_rules_is_left_out_of_odrl(run: Run, empty: Path, tmp_path: Path) -> None:
    policy = tmp_path / "policy.txt"
    policy.write_text("Privacy Policy\n\nThis policy of Acme Ltd. applies to our website.\n", encoding="utf-8")
    assert run("ingest", policy).code == 0
    told = run("export", "--view", "odrl")
    assert told.code == 1
    assert told.json["@graph"] == []
    assert "at least one rule" in told.err
