"""`clausegraph comply`: what it prints, and what its exit code says."""

from __future__ import annotations

from pathlib import Path

import pytest

from clausegraph.api.base import ensure_base
from clausegraph.api.cli.comply import STYLES
from clausegraph.queries.coverage import Verdict
from clausegraph.queries.store import open_store

from ..queries.said import COMPLETE, Said, policy, right
from .conftest import Run

ACCESS = "Under that act you may see your data, if you ask."


@pytest.fixture
def laws(empty: Path) -> Path:
    """A store with a complete policy and one with gaps that names Taiwan's act."""
    says = [
        right(ACCESS, "RightOfAccess", only_if="if you ask"),
        right("Nobody may have [data] erased.", "RightToErasure", denied=True),
        Said("We never send data abroad.", "Transfer", denied=True),
    ]
    says[0].facets["applicableLaw"] = "TW-PDPA"
    with open_store(empty, write=True) as store:
        ensure_base(store)
        store.put([policy("complete", COMPLETE), policy("gaps", says)])
    return empty


def test_all_met_is_0_and_a_gap_is_1(run: Run, laws: Path) -> None:
    assert run("comply", "complete", "--law", "tw-pdpa").code == 0
    assert run("comply", "complete", "--law", "tw-pdpa", "--law", "gdpr").code == 1
    assert run("comply", "gaps", "--law", "TW_PDPA").code == 1


def test_the_table_shows_words_conditions_and_denials(run: Run, laws: Path) -> None:
    ran = run("comply", "gaps", "--law", "gdpr")
    lines = ran.out.splitlines()
    assert "    + access: “Under that act you may see your data, if you ask.” (clause 1; only if “if you ask”)" in lines
    assert "    - deletion: not found" in lines
    assert "    ! deletion: denied “Nobody may have [data] erased.” (clause 2)" in lines
    assert any(line.startswith("13(1)(f)") and "not applicable" in line for line in lines)
    assert any("Taken as not applicable" in line and "The text denies" in line for line in lines)
    assert lines[-1].startswith("This is not legal advice.")
    assert ran.err == ""


def test_without_a_law_the_policys_words_suggest_one(run: Run, laws: Path) -> None:
    ran = run("comply", "gaps")
    assert ran.code == 2
    assert f"try --law tw-pdpa, because clause 1 says “{ACCESS}”" in ran.err.replace("\n", " ")
    assert "--law pipl" in ran.err
    silent = run("comply", "complete", "--format", "json")
    assert silent.code == 2
    assert "no statement in it says which law applies" in silent.err
    assert silent.out == ""


def test_other_forms(run: Run, laws: Path) -> None:
    one = run("comply", "gaps", "--law", "gdpr", "--format", "json", "--lang", "cs")
    assert one.json["law"] == "gdpr"
    assert one.json["items"][0]["verdict"] == "partly"
    assert one.json["items"][0]["verdict_label"] == "zčásti"
    both = run("comply", "gaps", "--law", "gdpr", "--law", "pipl", "--format", "json")
    assert [data["law"] for data in both.json] == ["gdpr", "pipl"]
    markdown = run("comply", "gaps", "--law", "pipl", "--format", "markdown").out
    assert "## 17(1)(1) · Name and contact of the handler" in markdown
    assert "unverified" in markdown
    html = run("comply", "gaps", "--law", "gdpr", "--law", "pipl", "--format", "html").out
    assert html.count("<table") == 2
    assert "<script" not in html
    assert "This is not legal advice." in html


def test_every_verdict_has_a_look_on_the_terminal() -> None:
    assert set(STYLES) == {one.value for one in Verdict}


def test_what_is_wrong_is_2(run: Run, laws: Path) -> None:
    ran = run("comply", "gaps", "--law", "gpdr")
    assert (ran.code, "Did you mean gdpr?" in ran.err) == (2, True)
    assert run("comply", "nobody", "--law", "gdpr").code == 2
