"""What one version of a policy says that another does not.

In: the statements of two versions. Out: `Change`s in text order.

A fact is the same where practice, polarity, values and period are, however it is worded and wherever it stands; a
named recipient counts by name. Of the facts that differ, one that is gone and one that came are the same fact changed
where practice and polarity agree and their words are near each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from .facets import title
from .model import StatementView

#: From this likeness of two quotes on (0 to 1), the newer is a new wording of the older.
NEAR = 0.6

Value = tuple[str, str]
Fact = tuple[str, bool, frozenset[Value]]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change: ``before`` None: it came; ``after`` None: it is gone; both: it changed."""

    before: StatementView | None
    after: StatementView | None
    gained: tuple[Value, ...] = ()
    lost: tuple[Value, ...] = ()


def fact(statement: StatementView) -> Fact:
    """What a statement says, apart from its words and place."""
    return statement.practice, statement.denied, frozenset(_values(statement))


def _values(statement: StatementView) -> set[Value]:
    """Facet values and the period; those of conditions under ``OnlyIf`` and ``Unless``."""
    found = {(one.facet, one.party.name if one.party else one.value) for one in statement.facets}
    if statement.duration:
        found.add(("period", f"{title(statement.duration_bound).lower()} {statement.duration}".strip()))
    for condition in statement.conditions:
        found |= {(f"{condition.effect} {one.facet}", one.value) for one in condition.facets}
        found |= {(condition.effect, kind) for kind in condition.kinds}
    return found


def changes(older: Sequence[StatementView], newer: Sequence[StatementView]) -> list[ChangeView]:
    """The changes from one version's statements to another's, by their place in the newer text."""
    known, now = {fact(one) for one in older}, {fact(one) for one in newer}
    gone = [one for one in older if fact(one) not in now]
    came = [one for one in newer if fact(one) not in known]
    pairs = _pairs(gone, came)
    found = [_changed(before, after) for before, after in pairs]
    paired = {one.iri for pair in pairs for one in pair}
    found += [ChangeView(None, one) for one in came if one.iri not in paired]
    found += [ChangeView(one, None) for one in gone if one.iri not in paired]
    return sorted(found, key=lambda one: _place(one.after or one.before, one.after is None))


def _place(statement: StatementView | None, gone: bool) -> tuple[int, bool, str]:
    assert statement is not None
    return statement.start, gone, statement.iri


def _changed(before: StatementView, after: StatementView) -> ChangeView:
    old, new = _values(before), _values(after)
    return ChangeView(before, after, tuple(sorted(new - old)), tuple(sorted(old - new)))


def _pairs(gone: list[StatementView], came: list[StatementView]) -> list[tuple[StatementView, StatementView]]:
    """Each fact that came with the nearest that is gone, the nearest pairs first, none used twice."""
    kinds: dict[tuple[str, bool], list[StatementView]] = defaultdict(list)
    for one in gone:
        kinds[one.practice, one.denied].append(one)
    near = []
    for after in came:
        matcher = SequenceMatcher(None, "", after.quote, autojunk=False)
        for before in kinds[after.practice, after.denied]:
            matcher.set_seq1(before.quote)
            if matcher.real_quick_ratio() >= NEAR and matcher.quick_ratio() >= NEAR:
                shared = len(_values(before) & _values(after))
                near.append((matcher.ratio(), shared, before, after))
    near.sort(key=lambda one: (-one[0], -one[1], one[3].start, one[2].start, one[2].iri, one[3].iri))
    used: set[str] = set()
    pairs = []
    for ratio, _, before, after in near:
        if ratio >= NEAR and before.iri not in used and after.iri not in used:
            used |= {before.iri, after.iri}
            pairs.append((before, after))
    return pairs
