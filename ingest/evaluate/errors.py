"""List what went wrong: every miss and false alarm with its quote and facets.

In: a `DocumentScore`. Out: `Finding`s in the order of the text. Of check files, print no findings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from .model import Fact, Guard, Value
from .score import DocumentScore

FindingKind = Literal[
    "statement missed",
    "statement false alarm",
    "value missed",
    "value false alarm",
    "condition missed",
    "condition false alarm",
    "denial read as affirmed",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """One error. ``gold`` and ``predicted`` are the statements concerned; for a miss or false alarm of a whole
    statement ``near`` are the other side's statements that overlap it, for values ``value``, for conditions ``guard``.
    """

    kind: FindingKind
    document: str
    start: int
    end: int
    quote: str
    gold: Fact | None = None
    predicted: Fact | None = None
    value: Value | None = None
    guard: Guard | None = None
    near: tuple[Fact, ...] = ()


def errors(score: DocumentScore) -> list[Finding]:
    """All findings of a document, by place in the text."""
    found = [*_statements(score), *_within(score)]
    for left, right in score.denials:
        fact = score.predicted[right]
        found.append(
            Finding(
                "denial read as affirmed",
                score.name,
                fact.start,
                fact.end,
                fact.quote,
                gold=score.gold[left],
                predicted=fact,
            )
        )
    return sorted(found, key=lambda finding: (finding.start, finding.end, finding.kind))


def describe(fact: Fact) -> str:
    """A statement in one line: ``Share denied: dataCategory=dpv:PersonalData; recipient=dpv:ThirdParty``."""
    values = "; ".join(f"{value.facet}={value.concept}" for value in fact.values)
    guards = "; ".join(f"condition={'+'.join(sorted(guard.kinds))}" for guard in fact.guards)
    said = "; ".join(part for part in (values, guards) if part)
    head = f"{fact.practice} {'denied' if fact.denied else 'affirmed'}"
    return f"{head}: {said}" if said else head


def _statements(score: DocumentScore) -> Iterator[Finding]:
    found = {left for left, _ in score.pairs}
    right_ones = {right for _, right in score.pairs}
    for left, fact in enumerate(score.gold):
        if left not in found:
            near = _near(fact, score.predicted)
            yield Finding("statement missed", score.name, fact.start, fact.end, fact.quote, gold=fact, near=near)
    for right, fact in enumerate(score.predicted):
        if right not in right_ones:
            near = _near(fact, score.gold)
            yield Finding(
                "statement false alarm", score.name, fact.start, fact.end, fact.quote, predicted=fact, near=near
            )


def _within(score: DocumentScore) -> Iterator[Finding]:
    for pair in score.pairs:
        gold, predicted = score.gold[pair[0]], score.predicted[pair[1]]
        hit = {left for left, _ in score.value_pairs[pair]}
        used = {right for _, right in score.value_pairs[pair]}
        for index, value in enumerate(gold.values):
            if index not in hit:
                yield Finding("value missed", score.name, value.start, value.end, value.text, gold, predicted, value)
        for index, value in enumerate(predicted.values):
            if index not in used:
                yield Finding(
                    "value false alarm", score.name, value.start, value.end, value.text, gold, predicted, value
                )
        hit = {left for left, _ in score.guard_pairs[pair]}
        used = {right for _, right in score.guard_pairs[pair]}
        for index, guard in enumerate(gold.guards):
            if index not in hit:
                yield Finding(
                    "condition missed", score.name, guard.start, guard.end, guard.text, gold, predicted, guard=guard
                )
        for index, guard in enumerate(predicted.guards):
            if index not in used:
                yield Finding(
                    "condition false alarm",
                    score.name,
                    guard.start,
                    guard.end,
                    guard.text,
                    gold,
                    predicted,
                    guard=guard,
                )


def _near(fact: Fact, others: Sequence[Fact]) -> tuple[Fact, ...]:
    return tuple(other for other in others if min(other.end, fact.end) > max(other.start, fact.start))
