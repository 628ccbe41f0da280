"""The figures of practice detection as tables and as data.

In: a `PracticeReport`. Out: `Grid`s for people, a plain dict for JSON.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from .capp130 import ROWS, PracticeReport
from .grid import Grid, figure, share
from .score import Counts

_COLUMNS = ("", "labelled", "found", "P", "R", "F1")


def mapping_grid() -> Grid:
    """Which labels of the corpus stand for which of our practices."""
    return Grid(
        "CAPP-130: labels and practices",
        ("row", "labels of the corpus", "practices of the ontology"),
        tuple((row.name, ", ".join(row.labels), ", ".join(row.practices)) for row in ROWS),
        "Left out: 潜在风险 (risk), 摘要 (summary) and 停止运营 (closing down), which are no practices; LimitScope and "
        "AssignRole, which have no label.",
    )


def practice_grids(report: PracticeReport) -> tuple[Grid, ...]:
    """Scores of every row, then the causes of what was missed and found falsely."""
    lines = [(row.row, *_figures(row.counts)) for row in report.rows]
    lines += [("all rows", *_figures(report.total)), ("any practice at all", *_figures(report.any))]
    scores = Grid(
        "CAPP-130: practice detection by sentence",
        _COLUMNS,
        tuple(lines),
        f"{report.documents} documents, {report.sentences} sentences.",
    )
    return scores, _causes(report, missed=True), _causes(report, missed=False)


def practice_data(report: PracticeReport) -> dict[str, Any]:
    """The same for programs."""
    return {
        "documents": report.documents,
        "sentences": report.sentences,
        "any": _data(report.any),
        "all": _data(report.total),
        "rows": [
            {
                "name": row.row,
                "labels": list(mapped.labels),
                "practices": list(mapped.practices),
                **_data(row.counts),
                "missed": dict(row.missed.most_common()),
                "false": dict(row.false.most_common()),
            }
            for row, mapped in zip(report.rows, ROWS, strict=True)
        ],
    }


def _causes(report: PracticeReport, *, missed: bool) -> Grid:
    total: Counter[str] = Counter()
    for row in report.rows:
        total.update(row.missed if missed else row.false)
    whole = total.total()
    lines = []
    for cause, number in total.most_common():
        each = [(row.row, (row.missed if missed else row.false)[cause]) for row in report.rows]
        most = sorted((pair for pair in each if pair[1]), key=lambda pair: -pair[1])[:3]
        lines.append((cause, str(number), share(number, whole), ", ".join(f"{name} {count}" for name, count in most)))
    title = (
        "CAPP-130: why labelled practices were missed" if missed else "CAPP-130: why practices were found unlabelled"
    )
    return Grid(
        title, ("cause", "errors", "share", "mostly in"), tuple(lines), "Each error under the first cause that fits."
    )


def _figures(counts: Counts) -> tuple[str, ...]:
    numbers = str(counts.tp + counts.fn), str(counts.tp + counts.fp)
    return *numbers, figure(counts.precision), figure(counts.recall), figure(counts.f1)


def _data(counts: Counts) -> dict[str, Any]:
    figures = {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1}
    return {
        "tp": counts.tp,
        "fp": counts.fp,
        "fn": counts.fn,
        **{name: None if value is None else round(value, 4) for name, value in figures.items()},
    }
