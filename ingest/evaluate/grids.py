"""The report and the ablation as `Grid`s: what the page of figures shows.

In: a `Report`, `Ablation` rows, `Coverage` rows. Out: grids without intervals, macro first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .grid import Grid, figure, share
from .inventory import Coverage
from .report import MAIN_MEASURES, MEASURE_LABELS, Ablation, Estimate, Group, Report, Score, parts

#: The measures of a line of the overview.
_OVERVIEW = ("statements", "strict", "lenient", "conditions", "facts", "polarity")
_NAMES = {
    "statements": "statements",
    "strict": "values strict",
    "lenient": "values lenient",
    "conditions": "conditions",
    "facts": "document facts",
    "polarity": "polarity",
}


def summary_grid(report: Report, title: str) -> Grid:
    """Each measure, macro and micro, with precision, recall and F1; the interval stands behind macro F1."""
    overall = report.overall
    rows = [
        (MEASURE_LABELS[measure], *_three(overall.macro.get(measure), interval=True), *_three(overall.micro[measure]))
        for measure in MAIN_MEASURES
        if measure in overall.micro
    ]
    rows.append(("Denials read as affirmed (count)", "", "", str(overall.denials), "", "", ""))
    note = f"{len(report.documents)} documents, {overall.gold} gold statements, {overall.predicted} found."
    return Grid(title, ("", "macro P", "macro R", "macro F1", "micro P", "micro R", "micro F1"), tuple(rows), note)


def documents_grid(report: Report, title: str) -> Grid:
    """F1 of each document, language (macro) and all (macro)."""
    lines = [_line(group.name, group, macro=False) for group in report.documents]
    lines += [_line(f"{group.name}, macro", group, macro=True) for group in report.languages]
    lines.append(_line("all, macro", report.overall, macro=True))
    columns = ("F1 of", "gold", "found", *(_NAMES[measure] for measure in _OVERVIEW), "denials as affirmed")
    return Grid(title, columns, tuple(lines))


def facets_grid(report: Report, title: str) -> Grid:
    """Each facet, pooled: strict F1, lenient precision, recall and F1, and lenient F1 by language."""
    languages = report.languages
    rows = []
    for name in parts(report.overall, "lenient"):
        lenient = report.overall.micro[f"lenient/{name}"]
        strict = report.overall.micro.get(f"strict/{name}")
        each = [_f1(group.micro.get(f"lenient/{name}")) for group in languages]
        rows.append((name, *_numbers(lenient), _f1(strict), *_three(lenient), *each))
    columns = ("facet", "gold", "found", "strict F1", "P", "R", "F1", *(f"F1 {group.name}" for group in languages))
    return Grid(title, columns, tuple(rows), "Pooled over documents (micro), lenient but for the strict column.")


def practices_grid(report: Report, title: str) -> Grid:
    """Each practice, pooled."""
    rows = []
    for name in parts(report.overall, "practice"):
        score = report.overall.micro[f"practice/{name}"]
        rows.append((name, *_numbers(score), *_three(score)))
    return Grid(title, ("practice", "gold", "found", "P", "R", "F1"), tuple(rows), "Pooled over documents (micro).")


def ablation_grid(rows: Sequence[Ablation], title: str) -> Grid:
    """Macro F1 of the whole, and how each family switched off changes it, in hundredths."""
    lines = []
    for number, row in enumerate(rows):
        cells = [
            "–"
            if measure not in row.f1
            else f"{100 * row.change[measure]:+.1f}"
            if number
            else f"{row.f1[measure]:.3f}"
            for measure in _OVERVIEW
        ]
        lines.append((f"without {row.name}" if number else row.name, *cells, str(row.denials)))
    columns = ("", *(_NAMES[measure] for measure in _OVERVIEW), "denials as affirmed")
    note = "Macro F1 of the whole; below it the change, in hundredths, with one family of rules switched off."
    return Grid(title, columns, tuple(lines), note)


def coverage_grid(coverages: Iterable[Coverage], title: str, policies: int) -> Grid:
    """Each facet of an inventory and all together."""
    rows = list(coverages)
    total = Coverage("all")
    for row in rows:
        total.phrases += row.phrases
        total.read += row.read
        total.listed += row.listed
    lines = tuple(
        (
            row.facet,
            str(row.phrases),
            str(row.read),
            str(row.listed),
            str(row.phrases - row.read - row.listed),
            share(row.read + row.listed, row.phrases),
        )
        for row in [*rows, total]
    )
    note = f"Phrases that {policies} or more policies gave."
    return Grid(title, ("facet", "phrases", "read", "listed as no concept", "left", "covered"), lines, note)


def _line(name: str, group: Group, *, macro: bool) -> tuple[str, ...]:
    scores = group.macro if macro else group.micro
    figures = (_f1(scores.get(measure)) for measure in _OVERVIEW)
    return name, str(group.gold), str(group.predicted), *figures, str(group.denials)


def _numbers(score: Score) -> tuple[str, str]:
    counts = score.counts
    return ("–", "–") if counts is None else (str(counts.tp + counts.fn), str(counts.tp + counts.fp))


def _f1(score: Score | None) -> str:
    return "–" if score is None else _of(score.f1)


def _three(score: Score | None, *, interval: bool = False) -> tuple[str, str, str]:
    if score is None:
        return "–", "–", "–"
    f1 = _of(score.f1)
    if interval and score.f1 is not None and score.f1.interval is not None:
        f1 += f" ({score.f1.interval.low:.2f}–{score.f1.interval.high:.2f})"
    return _of(score.precision), _of(score.recall), f1


def _of(estimate: Estimate | None) -> str:
    return figure(None if estimate is None else estimate.value)
