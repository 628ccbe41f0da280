"""How far a statement can be trusted: the precision its rules reached on the tuning gold.

In: statements and the committed table `precision.toml` beside this file (``clausegraph evaluate --write-precision``
writes it). Out: the same statements with their confidence, None where the table is absent or knows none of their rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from ..precision import RulePrecision, confidence, read_precision
from ..records import Statement

TABLE = Path(__file__).with_name("precision.toml")


@cache
def precision_table() -> Mapping[str, RulePrecision]:
    """The committed table, empty where there is none. Raises `PrecisionError` if it is malformed."""
    return read_precision(TABLE)


def with_confidence(
    statements: Iterable[Statement], table: Mapping[str, RulePrecision] | None = None
) -> tuple[Statement, ...]:
    """The statements, each with the confidence that its rules earn in ``table`` (the committed one unless given)."""
    known = precision_table() if table is None else table
    if not known:
        return tuple(statements)
    return tuple(replace(one, confidence=confidence(known, one.rules)) for one in statements)
