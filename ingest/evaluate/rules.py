"""Count how often each extraction rule was right.

In: `DocumentScore`s. Out: the precision table, `RulePrecision` by rule id (see `clausegraph.ingest.precision`).
"""

from __future__ import annotations

from collections.abc import Iterable

from ..precision import RulePrecision
from .score import DocumentScore


def rule_precision(scores: Iterable[DocumentScore]) -> dict[str, RulePrecision]:
    """For each rule how many of its statements are right, over all the documents; sorted by rule id.

    A statement is right, for every rule in its ``rules``, when it was matched with gold on practice, polarity and span.
    """
    table: dict[str, RulePrecision] = {}
    for score in scores:
        right = {index for _, index in score.pairs}
        for index, fact in enumerate(score.predicted):
            for rule in dict.fromkeys(fact.rules):
                known = table.get(rule, RulePrecision(0, 0))
                table[rule] = RulePrecision(known.correct + (index in right), known.total + 1)
    return dict(sorted(table.items()))
