"""The report as JSON.

In: a `Report`. Out: text, the same for the same report; figures rounded to four places.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from .errors import describe, errors
from .report import Ablation, Estimate, Group, Report, Score


def render_json(report: Report, *, with_errors: bool = False) -> str:
    """The report as indented JSON; ``with_errors`` adds every finding with its quote, and names the denials."""
    return json.dumps(report_data(report, with_errors=with_errors), ensure_ascii=False, indent=2) + "\n"


def report_data(report: Report, *, with_errors: bool = False) -> dict[str, Any]:
    """What `render_json` writes, as plain data."""
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
    return data


def ablation_data(rows: Iterable[Ablation]) -> list[dict[str, Any]]:
    """Macro F1 with each part switched off and its change against the whole, as plain data."""
    return [
        {
            "off": row.name,
            "f1": {measure: round(value, 4) for measure, value in row.f1.items()},
            "change": {measure: round(value, 4) for measure, value in row.change.items()},
            "denials_read_as_affirmed": row.denials,
        }
        for row in rows
    ]


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
