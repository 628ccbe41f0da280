"""Conditions of two versions of a fact, compared.

In: the conditions before and after. Out: what happened to them; facts that differ in their conditions' words alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from .anchor import likeness
from .facts import Limit, Said

#: Below this likeness, conditions of the same kinds that hold no values are other conditions.
NEAR = 0.6

#: Kinds that say nothing of what must be met.
_OPEN = frozenset({"If", "Exception"})
_NUMBERS = re.compile(r"\d+")


def limits_changed(before: tuple[Limit, ...], after: tuple[Limit, ...], *, numbers: bool) -> str:
    """The aspect, "" for none. ``numbers``: other numbers are another condition (a period counts by itself)."""
    if not before and not after:
        return ""
    if not before:
        return "ConditionAdded"
    if not after:
        return "ConditionDropped"
    if frozenset(one.key for one in before) != frozenset(one.key for one in after):
        return "ConditionChanged"
    return "ConditionChanged" if _other_words(before, after, numbers=numbers) else ""


def _other_words(before: tuple[Limit, ...], after: tuple[Limit, ...], *, numbers: bool = True) -> bool:
    """Whether conditions alike in kind and values say something else: other numbers, or quite other words."""
    for one in after:
        same = [other for other in before if other.key == one.key]
        if not same:
            continue
        nearest = max(same, key=lambda other: (likeness(other.words, one.words), other.words))
        if numbers and _NUMBERS.findall(nearest.words) != _NUMBERS.findall(one.words):
            return True
        # that consent is asked for is said by the kind, however it is put
        if not one.values and one.kinds <= _OPEN and likeness(nearest.words, one.words) < NEAR:
            return True
    return False


def reworded(older: Iterable[Said], newer: Iterable[Said]) -> list[tuple[Said, Said]]:
    """Facts alike in all but the words of a condition that no value tells of (“if you are over 13”, now 16)."""
    before: dict[tuple[object, ...], list[Said]] = defaultdict(list)
    for one in older:
        if one.limits:
            before[one.fact].append(one)
    found = []
    for after in newer:
        same = before.get(after.fact)
        if same and all(_other_words(one.limits, after.limits) for one in same):
            nearest = max(same, key=lambda one: (likeness(one.quote, after.quote), one.iri))
            same.remove(nearest)
            found.append((nearest, after))
    return found


def put_otherwise(denied: Said, affirmed: Said) -> bool:
    """Whether “not without your consent” stands against “only with your consent”: the same rule put the other way."""
    if not denied.limits or any(one.effect != "Unless" for one in denied.limits):
        return False
    if not affirmed.limits or any(one.effect != "OnlyIf" for one in affirmed.limits):
        return False
    kinds = _kinds(denied)
    # a legal basis stands in an “unless”, but beside an “only if”
    asked = affirmed.values.union(*(one.values for one in affirmed.limits))
    return bool(kinds) and kinds == _kinds(affirmed) and all(one.values <= asked for one in denied.limits)


def _kinds(said: Said) -> frozenset[str]:
    """What its conditions ask for, apart from being exceptions."""
    return frozenset[str]().union(*(one.kinds for one in said.limits)) - {"Exception"}
