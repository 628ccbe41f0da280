"""The precision each rule reached on gold, kept as TOML and read back for ``cg:confidence``.

In: the file, or a table that `clausegraph.ingest.evaluate.rule_precision` counted. Out: `RulePrecision` by rule id.
Stands apart from the evaluation so that extraction can read the table without loading it.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .. import ClauseGraphError

_HEAD = """\
# The precision each extraction rule reached on the tuning gold, held out in turn: `make precision` wrote it.
# correct: statements of the rule that agree with a gold statement in practice, polarity and span; total: all of them;
# precision: (correct + 1) / (total + 2), what cg:confidence is read from.
"""


class PrecisionError(ClauseGraphError):
    """The precision table cannot be used as it is."""


@dataclass(frozen=True, slots=True)
class RulePrecision:
    """How often a rule's statements were right."""

    correct: int
    total: int

    @property
    def precision(self) -> float:
        """Smoothed: (correct + 1) / (total + 2)."""
        return (self.correct + 1) / (self.total + 2)


def write_precision(path: str | Path, table: Mapping[str, RulePrecision]) -> None:
    """Write the table as TOML, sorted by rule id: the same table gives the same bytes."""
    Path(path).write_bytes(format_precision(table).encode())


def format_precision(table: Mapping[str, RulePrecision]) -> str:
    """The table as TOML text."""
    lines = [
        # A JSON string is a TOML basic string too, but for DEL, which TOML wants escaped.
        json.dumps(rule, ensure_ascii=False).replace("\x7f", "\\u007f") + " = "
        f"{{ correct = {known.correct}, total = {known.total}, precision = {known.precision:.4f} }}"
        for rule, known in sorted(table.items())
    ]
    return "\n".join([_HEAD, "[rules]", *lines]) + "\n"


def read_precision(path: str | Path) -> dict[str, RulePrecision]:
    """Read the table; empty if the file does not exist yet. Raises `PrecisionError` if it is malformed."""
    place = Path(path)
    if not place.exists():
        return {}
    mend = "Remove it, then write it again with clausegraph evaluate --write-precision."
    try:
        rules = tomllib.loads(place.read_text(encoding="utf-8")).get("rules", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PrecisionError(f"The precision table {place} is not TOML: {error}.", mend=mend) from error
    table: dict[str, RulePrecision] = {}
    for rule, row in rules.items():
        correct, total = (row.get("correct"), row.get("total")) if isinstance(row, dict) else (None, None)
        if not isinstance(correct, int) or not isinstance(total, int) or not 0 <= correct <= total:
            raise PrecisionError(f"The precision table {place} has no counts for the rule {rule!r}.", mend=mend)
        table[rule] = RulePrecision(correct, total)
    return table


def confidence(table: Mapping[str, RulePrecision], rules: Iterable[str]) -> float | None:
    """The lowest smoothed precision of the rules behind a statement; None if the table knows none of them."""
    known = [table[rule].precision for rule in rules if rule in table]
    return round(min(known), 4) if known else None
