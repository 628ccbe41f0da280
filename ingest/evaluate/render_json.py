"""The report as JSON.

In: a `Report`. Out: text, the same for the same report; figures rounded to four places.
"""

from __future__ import annotations

import json
from typing import Any

from .errors import describe, errors
from .report import Estimate, Group, Report, Score


def render_json(report: Report, *, with_errors: bool = False) -> str:
    """The report as indented JSON; ``with_errors`` adds every finding with its quote, and names the denials."""
    data: dict[str, Any] = {
        "overall": _group(report.overall),
        "languages": [_group(group) for group in report.languages],
        "documents": [_group(group) for group in report.documents],
    }
    if with_errors:
        data["errors"] = [
            {
                "document": finding.document,
                "kind": finding.kind,
                "start": finding.start,
                "end": finding.end,
                "quote": finding.quote,
                "gold": describe(finding.gold) if finding.gold else None,
                "gold_id": finding.gold.id if finding.gold else None,
                "predicted": describe(finding.predicted) if finding.predicted else None,
                "facet": finding.value.facet if finding.value else None,
                "concept": finding.value.concept if finding.value else None,
                "near": [describe(fact) for fact in finding.near],
            }
            for score in report.scores
            for finding in errors(score)
        ]
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _group(group: Group) -> dict[str, Any]:
    return {
        "name": group.name,
        "documents": list(group.documents),
        "gold": group.gold,
        "predicted": group.predicted,
        "denials_read_as_affirmed": group.denials,
        "micro": {measure: _score(score) for measure, score in group.micro.items()},
        "macro": {measure: _score(score) for measure, score in group.macro.items()},
    }


def _score(score: Score) -> dict[str, Any]:
    figures: dict[str, Any] = {
        "precision": _estimate(score.precision),
        "recall": _estimate(score.recall),
        "f1": _estimate(score.f1),
    }
    if score.counts is not None:
        figures["counts"] = {"tp": score.counts.tp, "fp": score.counts.fp, "fn": score.counts.fn}
    return figures


def _estimate(estimate: Estimate | None) -> dict[str, Any] | None:
    if estimate is None:
        return None
    figures: dict[str, Any] = {"value": round(estimate.value, 4)}
    if estimate.interval is not None:
        figures["low"] = round(estimate.interval.low, 4)
        figures["high"] = round(estimate.interval.high, 4)
    return figures
