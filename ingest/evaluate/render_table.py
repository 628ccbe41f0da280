"""The report as tables for the terminal.

In: a `Report` or `Ablation` rows. Out: rich renderables; intervals stand in brackets as hundredths.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group as Renderables
from rich.table import Table
from rich.text import Text

from .errors import Finding, describe, errors
from .report import MAIN_MEASURES, MEASURE_LABELS, Ablation, Estimate, Group, Report, Score, parts


def render_table(report: Report, *, with_errors: bool = False) -> Renderables:
    """Documents, languages and all in one table, then facets, then practices.

    ``with_errors`` adds every finding and names the denials read as affirmed; without it only their count is shown,
    so that a check set stays unread.
    """
    tables: list[Table | Text] = [
        _documents(report),
        _summary(report.overall),
        _parts(report.overall, "Facets", ("strict", "lenient")),
        _parts(report.overall, "Practices", ("practice",)),
    ]
    if with_errors:
        tables.extend(_finding(finding) for score in report.scores for finding in errors(score))
    return Renderables(*tables)


def ablation_table(rows: Sequence[Ablation]) -> Table:
    """Macro F1 with each part switched off and, in brackets, the change against the whole."""
    table = Table(title="Ablation (macro F1, change)", title_justify="left")
    table.add_column("off")
    for measure in MAIN_MEASURES:
        table.add_column(MEASURE_LABELS[measure], justify="right")
    table.add_column("Denials read as affirmed", justify="right")
    for row in rows:
        cells = [
            f"{row.f1[measure]:.3f} ({row.change.get(measure, 0.0):+.3f})" if measure in row.f1 else "–"
            for measure in MAIN_MEASURES
        ]
        table.add_row(row.name, *cells, str(row.denials))
    return table


def _documents(report: Report) -> Table:
    table = Table(title="F1 by document and language", title_justify="left")
    for name in ("", "gold", "found"):
        table.add_column(name, justify="right" if name else "left")
    table.add_column("P", justify="right")
    table.add_column("R", justify="right")
    for measure in MAIN_MEASURES:
        table.add_column(MEASURE_LABELS[measure], justify="right")
    table.add_column("denials read as affirmed", justify="right")
    for group in report.documents:
        table.add_row(*_line(group, group.name, macro=False))
    table.add_section()
    for group in report.languages:
        table.add_row(*_line(group, f"{group.name} macro", macro=True))
        table.add_row(*_line(group, f"{group.name} micro", macro=False))
    table.add_section()
    table.add_row(*_line(report.overall, "all macro", macro=True))
    table.add_row(*_line(report.overall, "all micro", macro=False))
    return table


def _line(group: Group, name: str, *, macro: bool) -> list[str]:
    scores = group.macro if macro else group.micro
    statements = scores.get("statements")
    cells = [name, str(group.gold), str(group.predicted)]
    cells.append(_figure(statements.precision if statements else None))
    cells.append(_figure(statements.recall if statements else None))
    cells.extend(_figure(scores[measure].f1 if measure in scores else None) for measure in MAIN_MEASURES)
    return [*cells, str(group.denials)]


def _summary(group: Group) -> Table:
    table = Table(title="All documents", title_justify="left")
    table.add_column("measure")
    for name in ("macro P", "macro R", "macro F1", "micro P", "micro R", "micro F1"):
        table.add_column(name, justify="right")
    for measure in MAIN_MEASURES:
        if measure in group.micro:
            cells = [*_three(group.macro.get(measure), True), *_three(group.micro[measure], True)]
            table.add_row(MEASURE_LABELS[measure], *cells)
    return table


def _parts(group: Group, title: str, prefixes: Sequence[str]) -> Table:
    table = Table(title=f"{title} (all documents, micro)", title_justify="left")
    table.add_column("")
    table.add_column("gold", justify="right")
    table.add_column("found", justify="right")
    for prefix in prefixes:
        for name in ("P", "R", "F1"):
            table.add_column(f"{prefix} {name}" if len(prefixes) > 1 else name, justify="right")
    for name in parts(group, prefixes[0]):
        scores = [group.micro[f"{prefix}/{name}"] for prefix in prefixes]
        counts = scores[0].counts
        assert counts is not None
        cells = [cell for score in scores for cell in _three(score, True)]
        table.add_row(name, str(counts.tp + counts.fn), str(counts.tp + counts.fp), *cells)
    return table


def _three(score: Score | None, intervals: bool) -> list[str]:
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
