"""The confidence of a statement: the precision of its rules, from the committed table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clausegraph.ingest.extract import confidence
from clausegraph.ingest.extract.confidence import with_confidence
from clausegraph.ingest.pipeline import process
from clausegraph.ingest.precision import PrecisionError, RulePrecision, write_precision
from clausegraph.ingest.read import read_bytes
from clausegraph.ingest.records import Statement

STATEMENTS = [
    Statement(0, 1, clause="1", practice="Use", rules=("frame:use", "list-head")),
    Statement(0, 1, clause="1", practice="Use", rules=("other",)),
]


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the extractor looks for its table; empty at first."""
    path = tmp_path / "precision.toml"
    monkeypatch.setattr(confidence, "TABLE", path)
    confidence.precision_table.cache_clear()
    yield path
    confidence.precision_table.cache_clear()


def statements() -> tuple[Statement, ...]:
    document = read_bytes(b"We collect your name. We collect your phone number.", name="t", key="t", language="en")
    return process(document).statements


def confidences() -> list[float | None]:
    return [statement.confidence for statement in statements()]


def test_the_weakest_rule_counts() -> None:
    known = {"frame:use": RulePrecision(8, 8), "list-head": RulePrecision(1, 2)}
    assert [one.confidence for one in with_confidence(STATEMENTS, known)] == [0.5, None]
    assert with_confidence(STATEMENTS, {}) == tuple(STATEMENTS)


def test_without_a_table_nothing_is_said(table: Path) -> None:
    found = confidences()
    assert found
    assert set(found) == {None}


def test_the_extractor_reads_the_table(table: Path) -> None:
    rules = {rule for one in statements() for rule in one.rules}
    write_precision(table, dict.fromkeys(rules, RulePrecision(17, 18)))
    confidence.precision_table.cache_clear()
    found = confidences()
    assert found
    assert set(found) == {0.9}


def test_a_damaged_table_is_named(table: Path) -> None:
    table.write_text("[rules", encoding="utf-8")
    with pytest.raises(PrecisionError, match=r"precision\.toml"):
        confidences()


def test_the_committed_table_can_be_read() -> None:
    from clausegraph.ingest.precision import read_precision

    for rule, row in read_precision(confidence.TABLE).items():
        assert rule
        assert row.correct <= row.total
