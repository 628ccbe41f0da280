"""The precision table of the rules: written, read back, looked up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegraph.ingest.precision import (
    PrecisionError,
    RulePrecision,
    confidence,
    format_precision,
    read_precision,
    write_precision,
)

TABLE = {'lexicon:"E-mail"': RulePrecision(3, 4), "cue:收集": RulePrecision(0, 0)}


def test_written_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "precision.toml"
    assert read_precision(path) == {}
    write_precision(path, TABLE)
    assert read_precision(path) == TABLE
    assert "correct = 3, total = 4, precision = 0.6667" in path.read_text(encoding="utf-8")


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), st.integers(0, 9).map(lambda n: RulePrecision(n, 9))))
def test_any_rule_id_survives(table: dict[str, RulePrecision]) -> None:
    import tomllib

    rules = tomllib.loads(format_precision(table))["rules"]
    assert {rule: row["correct"] for rule, row in rules.items()} == {rule: row.correct for rule, row in table.items()}


@pytest.mark.parametrize("text", ["[rules", "[rules]\na = 1", "[rules]\na = { correct = 3, total = 2 }"])
def test_a_damaged_table_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "precision.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PrecisionError, match=r"precision\.toml"):
        read_precision(path)


def test_confidence_is_the_lowest_smoothed_precision() -> None:
    table = {"good": RulePrecision(8, 8), "poor": RulePrecision(1, 4)}
    assert confidence(table, ["good", "poor", "unknown"]) == 0.3333
    assert confidence(table, ["unknown"]) is None
