"""Bootstrap confidence intervals, seeded: the same scores give the same intervals on any machine.

In: document scores. Out: 95% percentile intervals. For micro figures statements are resampled (matched pairs, misses
and false alarms alike; for document facts, which belong to no single statement, documents); for macro figures
documents are.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .score import Counts, DocumentScore, Unit

_LANE = 40
_MASK = (1 << _LANE) - 1
_PARTS = ("precision", "recall", "f1")


@dataclass(frozen=True, slots=True)
class Interval:
    """The middle 95% of the resampled figures."""

    low: float
    high: float


Triple = tuple[Interval | None, Interval | None, Interval | None]


def micro_intervals(
    documents: Sequence[DocumentScore], measures: Sequence[str], *, resamples: int, seed: int
) -> Mapping[str, Triple]:
    """Intervals of pooled precision, recall and F1 for each measure."""
    units = [unit for document in documents for unit in document.units]
    by_unit = [measure for measure in measures if not measure.startswith("facts")]
    by_document = [measure for measure in measures if measure.startswith("facts")]
    draws = _resample(units, by_unit, resamples, seed)
    draws.update(_resample([document.counts for document in documents], by_document, resamples, seed))
    return {measure: _intervals(draws.get(measure, [])) for measure in measures}


def macro_intervals(
    documents: Sequence[DocumentScore], measures: Sequence[str], *, resamples: int, seed: int
) -> Mapping[str, Triple]:
    """Intervals of the means over documents; a document without the measure does not count.

    One document says nothing about the spread over documents: it gets no interval.
    """
    if len(documents) < 2:
        return dict.fromkeys(measures, (None, None, None))
    generator = random.Random(seed)
    samples = [generator.choices(range(len(documents)), k=len(documents)) for _ in range(resamples)]
    result: dict[str, Triple] = {}
    for measure in measures:
        ends: list[Interval | None] = []
        for part in _PARTS:
            each: list[float | None] = [getattr(document.counts.get(measure, Counts()), part) for document in documents]
            means = []
            for sample in samples:
                known = [value for index in sample if (value := each[index]) is not None]
                if known:
                    means.append(sum(known) / len(known))
            ends.append(_percentiles(means))
        result[measure] = ends[0], ends[1], ends[2]
    return result


def _resample(units: Sequence[Unit], measures: Sequence[str], resamples: int, seed: int) -> dict[str, list[Counts]]:
    """For each measure its summed counts in every resample of ``units``.

    The counts of a unit are packed into one integer, a lane each, so that a resample is one sum of integers.
    """
    if not units or not measures:
        return {}
    packed: list[int] = []
    for unit in units:
        number = 0
        for place, measure in enumerate(measures):
            counts = unit.get(measure)
            if counts is not None:
                lanes = counts.tp | counts.fp << _LANE | counts.fn << 2 * _LANE
                number |= lanes << 3 * _LANE * place
        packed.append(number)
    generator = random.Random(seed)
    draws: dict[str, list[Counts]] = {measure: [] for measure in measures}
    for _ in range(resamples):
        total = sum(generator.choices(packed, k=len(packed)))
        for measure in measures:
            draws[measure].append(Counts(total & _MASK, total >> _LANE & _MASK, total >> 2 * _LANE & _MASK))
            total >>= 3 * _LANE
    return draws


def _intervals(draws: Sequence[Counts]) -> Triple:
    ends = [
        _percentiles([value for counts in draws if (value := getattr(counts, part)) is not None]) for part in _PARTS
    ]
    return ends[0], ends[1], ends[2]


def _percentiles(values: list[float]) -> Interval | None:
    if not values:
        return None
    values.sort()
    last = len(values) - 1
    return Interval(values[round(0.025 * last)], values[round(0.975 * last)])
