"""Decide which gold statement, value and condition agrees with which predicted one.

In: two sequences of `Fact`s of one document (gold first). Out: pairs of indexes. Nothing here is random and nothing
depends on the order in which predictions were made, but for ties between equals, which go by order of text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from .concepts import Terms
from .model import Fact, Guard, Value, covers_half

Pair = tuple[int, int]
_T = TypeVar("_T")


def match_statements(gold: Sequence[Fact], predicted: Sequence[Fact], *, polarity: bool = True) -> list[Pair]:
    """Pairs of statements with one practice whose spans overlap by at least half of the shorter one.

    With ``polarity`` they must agree in it too. One to one, largest overlap (code points) first; of equal overlaps
    the pair with the same polarity, then that with the smaller union, then the first in the text.
    """
    candidates: list[tuple[int, bool, int, int, int, int, int]] = []
    for left, fact in enumerate(gold):
        for right, other in enumerate(predicted):
            if fact.practice != other.practice or (polarity and fact.denied != other.denied):
                continue
            overlap = covers_half((fact.start, fact.end), (other.start, other.end))
            if overlap:
                union = max(fact.end, other.end) - min(fact.start, other.start)
                differs = fact.denied != other.denied
                candidates.append((-overlap, differs, union, fact.start, other.start, left, right))
    candidates.sort()
    pairs: list[Pair] = []
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    for *_, left, right in candidates:
        if left not in used_gold and right not in used_predicted:
            used_gold.add(left)
            used_predicted.add(right)
            pairs.append((left, right))
    return sorted(pairs)


def match_values(gold: Sequence[Value], predicted: Sequence[Value], terms: Terms | None) -> list[Pair]:
    """Pairs of values of one facet whose concepts are the same or, given ``terms``, one above the other.

    Values are compared as a multiset of (facet, concept), one to one, whatever their spans: two gold values with the
    same facet and concept ("name", "full name": both pd:Name) want two predicted ones, and a single prediction
    leaves one of them missed. As many pairs as can be are made; equal concepts are paired first.
    """
    same = _assign(gold, predicted, lambda one, other: one.facet == other.facet and one.concept == other.concept, [])
    if terms is None:
        return same
    return _assign(
        gold, predicted, lambda one, other: one.facet == other.facet and terms.related(one.concept, other.concept), same
    )


def match_guards(gold: Sequence[Guard], predicted: Sequence[Guard]) -> list[Pair]:
    """Pairs of conditions that share a kind and overlap by at least half of the shorter one, one to one."""
    return _assign(
        gold,
        predicted,
        lambda one, other: (
            bool(one.kinds & other.kinds) and covers_half((one.start, one.end), (other.start, other.end)) > 0
        ),
        [],
    )


def denials_read_as_affirmed(gold: Sequence[Fact], predicted: Sequence[Fact], pairs: Sequence[Pair]) -> list[Pair]:
    """Predicted affirmed statements over a denied gold one of their practice, matched to no affirmed gold.

    ``pairs`` come from `match_statements` with polarity. Each such prediction is listed once, with the denied
    statement that it overlaps most; "over" is an overlap of at least half of the shorter span.
    """
    matched = {right for _, right in pairs}
    found: list[Pair] = []
    for right, other in enumerate(predicted):
        if other.denied or right in matched:
            continue
        over = [
            (-overlap, left)
            for left, fact in enumerate(gold)
            if fact.denied
            and fact.practice == other.practice
            and (overlap := covers_half((fact.start, fact.end), (other.start, other.end)))
        ]
        if over:
            found.append((min(over)[1], right))
    return found


def _assign(
    gold: Sequence[_T], predicted: Sequence[_T], fits: Callable[[_T, _T], bool], pairs: Sequence[Pair]
) -> list[Pair]:
    """The most pairs that can be made one to one (augmenting paths), starting from ``pairs``."""
    edges = [[right for right, other in enumerate(predicted) if fits(one, other)] for one in gold]
    partner: dict[int, int] = {right: left for left, right in pairs}
    placed = {left for left, _ in pairs}

    def place(left: int, seen: set[int]) -> bool:
        for right in edges[left]:
            if right not in seen:
                seen.add(right)
                if right not in partner or place(partner[right], seen):
                    partner[right] = left
                    return True
        return False

    for left in range(len(gold)):
        if left not in placed:
            place(left, set())
    return sorted((left, right) for right, left in partner.items())
