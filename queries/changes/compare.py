"""Two versions compared fact by fact.

In: two `Version`s. Out: a `Comparison`: the `Change`s by their place in the newer text, and how many facts are the
same.

A fact is the same where practice, polarity, modality, values, period and conditions are, however it is worded and
wherever it stands. Of the facts that differ, one that is gone and one that came are one fact changed where they are
of one practice and near each other in their words or values; polarity may have turned round, and then says so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from ...ontology.vocabulary import load_vocabulary
from .anchor import Anchor, Anchors, likeness, within
from .facts import Limit, Said, Value, Version

#: From this likeness of two quotes on (0 to 1), the newer is a new wording of the older.
NEAR = 0.6
#: From this share of common values on, it is too, whatever its words.
SHARED = 0.5
#: The likeness of the same words.
SAME = 1.0
#: From this likeness of one quote to a part of the other on, a denial and an affirmation speak of the same.
TURNED = 0.75
#: Below this likeness, conditions of the same kinds that hold no values are other conditions.
LIMITS_NEAR = 0.6

#: Facets of which it is told when a version has a value that the other has nowhere.
_TOLD = {"recipient": "Recipient", "namedRecipient": "Recipient", "dataCategory": "DataCategory", "purpose": "Purpose"}
#: Facets whose values bound what a denial denies.
_REACH = ("dataCategory", "recipient", "namedRecipient", "purpose", "jurisdiction", "dataSubject")
_NUMBERS = re.compile(r"\d+")
#: Values that say too little to make two statements one.
_COMMON = frozenset({("actor", "DataController"), ("dataCategory", "PersonalData"), ("retention", "FixedDuration")})


@dataclass(frozen=True, slots=True)
class Change:
    """One change: ``before`` None: it came; ``after`` None: it is gone; both: it changed.

    ``aspects``: what about it, see `ASPECTS`. ``gained``, ``lost``: facet values, those of conditions under
    ``OnlyIf`` and ``Unless``. ``anchor``: where the words of a fact that is gone stand in the newer text, or those of
    one that came in the older, as far as they are found again; of a changed fact the newer words, scored against the
    older.
    """

    before: Said | None
    after: Said | None
    aspects: tuple[str, ...] = ()
    gained: tuple[Value, ...] = ()
    lost: tuple[Value, ...] = ()
    anchor: Anchor | None = None

    @property
    def kind(self) -> str:
        """Added, Removed or Changed."""
        return "Changed" if self.before and self.after else "Added" if self.after else "Removed"


#: Every aspect a change can have.
ASPECTS = (
    "NowAffirmed",
    "NowDenied",
    "NewRecipient",
    "RecipientGone",
    "NewDataCategory",
    "DataCategoryGone",
    "NewPurpose",
    "PurposeGone",
    "ConditionAdded",
    "ConditionDropped",
    "ConditionChanged",
    "RetentionLengthened",
    "RetentionShortened",
    "RetentionChanged",
    "ModalityChanged",
    "ValuesChanged",
    "SameWords",
)


class Comparison(NamedTuple):
    """The changes from ``older`` to ``newer``, and how many facts of the newer version are the same as before."""

    older: Version
    newer: Version
    changes: tuple[Change, ...]
    same: int


def compare(older: Version, newer: Version) -> Comparison:
    """The changes from one version to another."""
    known, now = {one.fact for one in older.said}, {one.fact for one in newer.said}
    gone = [one for one in older.said if one.fact not in now]
    came = [one for one in newer.said if one.fact not in known]
    pairs = [*_pairs(gone, came), *_reworded(older, newer)]
    paired = {one.iri for pair in pairs for one in pair}
    values = _Known(older), _Known(newer)
    anchors = Anchors(older.text), Anchors(newer.text)
    found = [_changed(before, after, values) for before, after in pairs]
    found += [_alone(None, one, values, anchors[0]) for one in came if one.iri not in paired]
    found += [_alone(one, None, values, anchors[1]) for one in gone if one.iri not in paired]
    return Comparison(older, newer, tuple(sorted(found, key=_place)), len(newer.said) - len(came))


def _place(change: Change) -> tuple[int, bool, str]:
    said = change.after or change.before
    assert said is not None
    # what is gone stands where its words would be in the newer text, else where they were
    start = change.anchor.start if change.after is None and change.anchor else said.start
    return start, change.after is None, said.iri


class _Known:
    """The values that a version affirms anywhere, by facet."""

    def __init__(self, version: Version) -> None:
        self.values = {value for one in version.said if not one.denied for value in one.values}


def _news(said: Said | None, other: _Known, prefix: str, suffix: str) -> set[str]:
    """Which told facets of an affirmed statement have values that the other version affirms nowhere."""
    if said is None or said.denied:
        return set()
    return {f"{prefix}{_TOLD[facet]}{suffix}" for facet, value in said.values - other.values if facet in _TOLD}


def _alone(before: Said | None, after: Said | None, values: tuple[_Known, _Known], anchors: Anchors) -> Change:
    aspects = _news(after, values[0], "New", "") | _news(before, values[1], "", "Gone")
    said = after or before
    assert said is not None
    anchor = anchors.find(said.quote)
    if anchor is not None and anchor.score >= SAME:
        aspects.add("SameWords")
    return Change(before, after, _ordered(aspects), anchor=anchor)


def _changed(before: Said, after: Said, values: tuple[_Known, _Known]) -> Change:
    aspects = _news(after, values[0], "New", "") | _news(before, values[1], "", "Gone")
    if before.denied != after.denied:
        aspects.add("NowDenied" if after.denied else "NowAffirmed")
    if condition := _condition(before.limits, after.limits, numbers=before.period == after.period):
        aspects.add(condition)
    if before.period != after.period or _retention(before) != _retention(after):
        aspects.add(_direction(before, after))
    if before.modality != after.modality:
        aspects.add("ModalityChanged")
    if before.values != after.values:
        aspects.add("ValuesChanged")
    score = likeness(before.quote, after.quote)
    if score >= SAME:
        aspects.add("SameWords")
    old, new = _all_values(before), _all_values(after)
    anchor = Anchor(after.start, after.end, after.quote, score)
    return Change(before, after, _ordered(aspects), tuple(sorted(new - old)), tuple(sorted(old - new)), anchor)


def _ordered(aspects: set[str]) -> tuple[str, ...]:
    return tuple(one for one in ASPECTS if one in aspects)


def _retention(said: Said) -> frozenset[str]:
    return said.of("retention")


def _direction(before: Said, after: Said) -> str:
    """Longer or shorter, where both are a number of days read the same way; otherwise only that it changed."""
    if before.denied == after.denied and before.days is not None and after.days is not None:
        bounds = before.period[1], after.period[1]
        if before.days != after.days and bounds[0] == bounds[1]:
            return "RetentionLengthened" if after.days > before.days else "RetentionShortened"
        # “at most” against “exactly” or “at least” says which way only if the days do not say the contrary
        if after.days > before.days and bounds[0] == "AtMost":
            return "RetentionLengthened"
        if after.days < before.days and bounds[1] == "AtMost":
            return "RetentionShortened"
    return "RetentionChanged"


def _condition(before: tuple[Limit, ...], after: tuple[Limit, ...], *, numbers: bool) -> str:
    """What happened to the conditions. ``numbers``: other numbers are another condition (a period counts by itself)."""
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
        if not one.values and likeness(nearest.words, one.words) < LIMITS_NEAR:
            return True
    return False


def _all_values(said: Said) -> set[Value]:
    found = set(said.values)
    if said.period[0]:
        found.add(("period", " ".join(reversed(said.period)).strip()))
    if said.modality:
        found.add(("modality", said.modality))
    for limit in said.limits:
        found |= {(f"{limit.effect} {facet}", value) for facet, value in limit.values}
        found |= {(limit.effect, kind) for kind in limit.kinds}
    return found


def _reworded(older: Version, newer: Version) -> list[tuple[Said, Said]]:
    """Facts alike in all but the words of a condition that no value tells of (“if you are over 13”, now 16)."""
    before: dict[tuple[object, ...], list[Said]] = defaultdict(list)
    for one in older.said:
        if one.limits:
            before[one.fact].append(one)
    found = []
    for after in newer.said:
        same = before.get(after.fact)
        if same and all(_other_words(one.limits, after.limits) for one in same):
            nearest = max(same, key=lambda one: (likeness(one.quote, after.quote), one.iri))
            same.remove(nearest)
            found.append((nearest, after))
    return found


def _pairs(gone: list[Said], came: list[Said]) -> list[tuple[Said, Said]]:
    """Each fact that came with the nearest that is gone, the nearest pairs first, none used twice."""
    kinds: dict[str, list[Said]] = defaultdict(list)
    for one in gone:
        kinds[one.practice].append(one)
    near = []
    for after in came:
        for before in kinds[after.practice]:
            ratio = likeness(before.quote, after.quote)
            shared = _shared(before, after)
            turned = before.denied != after.denied
            alike = ratio >= NEAR or (shared >= SHARED and _speaking(before, after))
            if alike or (turned and turns(before, after)):
                near.append((ratio + shared - turned, ratio, before, after))
    near.sort(key=lambda one: (-one[0], -one[1], one[3].start, one[2].start, one[2].iri, one[3].iri))
    used: set[str] = set()
    pairs = []
    for _, _, before, after in near:
        if before.iri not in used and after.iri not in used:
            used |= {before.iri, after.iri}
            pairs.append((before, after))
    return pairs


def _shared(before: Said, after: Said) -> float:
    either = before.values | after.values
    return len(before.values & after.values) / len(either) if either else 0.0


def turns(before: Said, after: Said) -> bool:
    """Whether what one version denies is what the other affirms, by the same actor, however it is put.

    A denial reaches all below its values: who affirms to share locations takes back never to share personal data.
    """
    denied, affirmed = (before, after) if before.denied else (after, before)
    if denied.of("actor") != affirmed.of("actor"):
        return False
    if within(before.quote, after.quote) >= TURNED:
        return True
    return all(_reaches(denied.of(facet), affirmed.of(facet)) for facet in _REACH)


def _reaches(denied: frozenset[str], affirmed: frozenset[str]) -> bool:
    if not denied:
        return True
    vocabulary = load_vocabulary()
    above = {up for one in affirmed if vocabulary.get(one) for up in (one, *vocabulary.ancestors(one))}
    return bool(denied & above)


def _speaking(before: Said, after: Said) -> bool:
    return bool((before.values & after.values) - _COMMON)
