"""The report as tables for the terminal.

In: a `Report` or `Ablation` rows. Out: rich renderables; intervals stand in brackets as hundredths.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.box import SIMPLE
from rich.console import Group as Renderables
from rich.table import Table
from rich.text import Text

from .errors import Finding, describe, errors
from .report import MAIN_MEASURES, MEASURE_LABELS, Ablation, Estimate, Group, Report, Score, parts
from .score import Counts

#: The measures beside statements that a line shows, and their short names.
_SHORT = {
    "strict": "strict",
    "lenient": "lenient",
    "conditions": "cond.",
    "facts": "facts",
    "polarity": "polar.",
}


def render_table(report: Report, *, with_errors: bool = False) -> Renderables:
    """Documents, languages and all in one table, then facets, then practices.

    ``with_errors`` adds every finding and names the denials read as affirmed; without it only their count is shown,
    so that a check set stays unread.
    """
    overall = report.overall
    tables: list[Table | Text] = [
        _documents(report),
        _summary("All documents, mean over documents (macro)", overall.macro),
        _summary("All documents, pooled (micro)", overall.micro),
        _parts(overall, "Facets, strict (micro)", "strict"),
        _parts(overall, "Facets, lenient (micro)", "lenient"),
        _parts(overall, "Practices (micro)", "practice"),
    ]
    if with_errors:
        tables.extend(_finding(finding) for score in report.scores for finding in errors(score))
    return Renderables(*(piece for table in tables for piece in (table, Text(""))))


def ablation_table(rows: Sequence[Ablation]) -> Table:
    """Macro F1 with each part switched off and the change against the whole; the first row is the whole."""
    table = _table("Macro F1 with each part switched off, and the change in hundredths")
    measures = {"statements": "stated", **_SHORT}
    for name in (*measures.values(), "denials\nmisread"):
        table.add_column(name, justify="right")
    for row in rows:
        cells = [
            f"{row.f1[measure]:.3f} {100 * row.change.get(measure, 0.0):+.1f}" if measure in row.f1 else "–"
            for measure in measures
        ]
        table.add_row(row.name, *cells, str(row.denials))
    return table


def _documents(report: Report) -> Table:
    table = _table("Statements (P, R, F1) and F1 of the rest; languages and all: macro, then micro")
    for name in ("gold", "found", "P", "R", "F1", *_SHORT.values(), "denials\nmisread"):
        table.add_column(name, justify="right")
    for group in report.documents:
        table.add_row(*_line(group, group.name, group.micro))
    for group in (*report.languages, report.overall):
        table.add_section()
        table.add_row(*_line(group, group.name, group.macro))
        table.add_row(*_line(group, "  micro", group.micro))
    return table


def _line(group: Group, name: str, scores: Mapping[str, Score]) -> list[str]:
    statements = scores.get("statements")
    cells = [name, str(group.gold), str(group.predicted), *_three(statements, intervals=False)]
    cells.extend(_figure(scores[measure].f1 if measure in scores else None) for measure in _SHORT)
    return [*cells, str(group.denials)]


def _summary(title: str, scores: Mapping[str, Score]) -> Table:
    table = _table(title)
    for name in ("P", "R", "F1"):
        table.add_column(name, justify="right")
    for measure in MAIN_MEASURES:
        if measure in scores:
            table.add_row(MEASURE_LABELS[measure], *_three(scores[measure]))
    return table


def _parts(group: Group, title: str, prefix: str) -> Table:
    table = _table(title)
    for name in ("gold", "found", "P", "R", "F1"):
        table.add_column(name, justify="right")
    for name in parts(group, prefix):
        score = group.micro[f"{prefix}/{name}"]
        counts = score.counts or Counts()
        table.add_row(name, str(counts.tp + counts.fn), str(counts.tp + counts.fp), *_three(score))
    return table


def _table(title: str) -> Table:
    """A table that fits a terminal of 80 columns; its first column holds the names."""
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE, padding=0, show_edge=False)
    table.add_column("", no_wrap=True)
    return table


def _three(score: Score | None, *, intervals: bool = True) -> list[str]:
    if score is None:
        return ["–", "–", "–"]
    return [_figure(part, intervals) for part in (score.precision, score.recall, score.f1)]


def _figure(estimate: Estimate | None, intervals: bool = False) -> str:
    if estimate is None:
        return "–"
    if not intervals or estimate.interval is None:
        return f"{estimate.value:.3f}"
    return f"{estimate.value:.3f} [{100 * estimate.interval.low:.0f}–{100 * estimate.interval.high:.0f}]"


def _finding(finding: Finding) -> Text:
    text = Text(f"{finding.document} {finding.start}–{finding.end} ", style="dim")
    text.append(finding.kind, style="bold")
    if finding.value is not None:
        text.append(f" {finding.value.facet}={finding.value.concept}")
    if finding.guard is not None:
        text.append(f" {'+'.join(sorted(finding.guard.kinds))}")
    text.append(f"\n    “{finding.quote}”")
    for name, fact in (("gold", finding.gold), ("found", finding.predicted)):
        if fact is not None:
            text.append(f"\n    {name} {fact.id} {describe(fact)}")
    for fact in finding.near:
        text.append(f"\n    here {fact.id} {describe(fact)}")
    return text
