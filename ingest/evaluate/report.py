"""Gather document scores into the report: groups (all, language, document), micro and macro, with intervals.

In: `DocumentScore`s. Out: `Report`, which the renderers in this package turn into a table, JSON or a page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .bootstrap import Interval, Triple, macro_intervals, micro_intervals
from .score import Counts, DocumentScore

#: The measures of a summary line, in the order in which they are shown.
MAIN_MEASURES = (
    "statements",
    "strict",
    "lenient",
    "conditions",
    "lenient+conditions",
    "facts",
    "facts lenient",
    "polarity",
)

#: How each of them is called for people.
MEASURE_LABELS: Mapping[str, str] = {
    "statements": "Statements",
    "strict": "Facet values, strict",
    "lenient": "Facet values, lenient",
    "conditions": "Conditions",
    "lenient+conditions": "Lenient, with conditions",
    "facts": "Document facts",
    "facts lenient": "Document facts, lenient",
    "polarity": "Polarity",
}


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure between 0 and 1 with its interval (None without resampling)."""

    value: float
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1; None where there is nothing to divide by. ``counts`` are pooled (micro only)."""

    precision: Estimate | None
    recall: Estimate | None
    f1: Estimate | None
    counts: Counts | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Scores of all documents, of one language, or of one document (whose ``macro`` is empty)."""

    name: str
    documents: tuple[str, ...]
    gold: int
    predicted: int
    denials: int
    micro: Mapping[str, Score]
    macro: Mapping[str, Score]


@dataclass(frozen=True, slots=True)
class Report:
    """The whole evaluation. ``languages`` and ``documents`` are in the order of the gold files."""

    overall: Group
    languages: tuple[Group, ...]
    documents: tuple[Group, ...]
    scores: tuple[DocumentScore, ...]


@dataclass(frozen=True, slots=True)
class Ablation:
    """What switching something off does: macro F1 with it off, and the change against the whole."""

    name: str
    f1: Mapping[str, float]
    change: Mapping[str, float]
    denials: int


def make_report(scores: Sequence[DocumentScore], *, resamples: int = 1000, seed: int = 0) -> Report:
    """Gather the scores; ``resamples`` of 0 leaves the intervals out."""
    languages = list(dict.fromkeys(score.language for score in scores))
    return Report(
        overall=_group("all", scores, resamples, seed),
        languages=tuple(
            _group(language, [score for score in scores if score.language == language], resamples, seed)
            for language in languages
        ),
        documents=tuple(_group(score.name, [score], resamples, seed, macro=False) for score in scores),
        scores=tuple(scores),
    )


def parts(group: Group, prefix: str) -> list[str]:
    """The last parts of the group's measures below ``prefix`` (``lenient`` → facet names), sorted."""
    return sorted(measure.partition("/")[2] for measure in group.micro if measure.startswith(f"{prefix}/"))


def _group(name: str, scores: Sequence[DocumentScore], resamples: int, seed: int, *, macro: bool = True) -> Group:
    total: dict[str, Counts] = {}
    for score in scores:
        for measure, counts in score.counts.items():
            total[measure] = total.get(measure, Counts()) + counts
    measures = sorted(total)
    within = micro_intervals(scores, measures, resamples=resamples, seed=seed)
    across = macro_intervals(scores, measures, resamples=resamples, seed=seed)
    return Group(
        name=name,
        documents=tuple(score.name for score in scores),
        gold=sum(len(score.gold) for score in scores),
        predicted=sum(len(score.predicted) for score in scores),
        denials=sum(len(score.denials) for score in scores),
        micro={measure: _micro(total[measure], within[measure]) for measure in measures},
        macro={measure: _macro(measure, scores, across[measure]) for measure in measures} if macro else {},
    )


def _micro(counts: Counts, intervals: Triple) -> Score:
    figures = counts.precision, counts.recall, counts.f1
    precision, recall, f1 = map(_estimate, figures, intervals)
    return Score(precision, recall, f1, counts)


def _macro(measure: str, scores: Sequence[DocumentScore], intervals: Triple) -> Score:
    each = [score.counts.get(measure, Counts()) for score in scores]
    figures = (
        _mean([counts.precision for counts in each]),
        _mean([counts.recall for counts in each]),
        _mean([counts.f1 for counts in each]),
    )
    precision, recall, f1 = map(_estimate, figures, intervals)
    return Score(precision, recall, f1)


def _mean(figures: Sequence[float | None]) -> float | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known) / len(known) if known else None


def _estimate(figure: float | None, interval: Interval | None) -> Estimate | None:
    return None if figure is None else Estimate(figure, interval)
