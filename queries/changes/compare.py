"""Two versions compared fact by fact.

In: two `Version`s. Out: a `Comparison`: the `Change`s, loudest first, and how many facts are the same.

A fact is the same where practice, polarity, modality, values, period and conditions are, however it is worded and
wherever it stands. Of the facts that differ, one that is gone and one that came are one fact changed where they speak
of the same (`pairing`). Where two extractors read the two texts, a fact whose words stand unchanged is no change of
the policy, whatever they made of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from .anchor import Anchor, Anchors, likeness
from .facts import Said, Value, Version
from .limits import limits_changed, put_otherwise, reworded
from .pairing import Pair, Pairing

#: Facets of which it is told when a version has a value that the other has nowhere.
_TOLD = {"recipient": "Recipient", "namedRecipient": "Recipient", "dataCategory": "DataCategory", "purpose": "Purpose"}

#: Every kind of change, the loudest first.
KINDS = ("TurnedRound", "Added", "Removed", "Changed")
#: Every aspect a change can have.
ASPECTS = (
    "NowAffirmed",
    "NowDenied",
    "PutOtherwise",
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
        """One of `KINDS`."""
        if self.before is None or self.after is None:
            return "Added" if self.before is None else "Removed"
        turned = "NowAffirmed" in self.aspects or "NowDenied" in self.aspects
        return "TurnedRound" if turned else "Changed"

    @property
    def quiet(self) -> bool:
        """Whether its words are the same and only what stands around them makes them say something else."""
        return "SameWords" in self.aspects and self.kind != "TurnedRound"


class Comparison(NamedTuple):
    """The changes from ``older`` to ``newer``.

    ``same``: how many facts of the newer version are the same as before. ``reread``: how many differ only because
    another extractor read them: their words, headings and list heads stand in both texts.
    """

    older: Version
    newer: Version
    changes: tuple[Change, ...]
    same: int
    reread: int = 0


def compare(older: Version, newer: Version) -> Comparison:
    """The changes from one version to another."""
    known, now = {one.fact for one in older.said}, {one.fact for one in newer.said}
    gone = [one for one in older.said if one.fact not in now]
    came = [one for one in newer.said if one.fact not in known]
    same = len(newer.said) - len(came)
    reread = 0
    if older.extractor != newer.extractor:
        kept = _moved(gone, older, newer), _moved(came, newer, older)
        reread = max(len(gone) - len(kept[0]), len(came) - len(kept[1]))
        gone, came = kept
    pairs = Pairing(older.said, newer.said).pairs(gone, came)
    pairs += reworded(older.said, newer.said)
    paired = {one.iri for pair in pairs for one in pair}
    tell = _Teller(older, newer)
    found = [tell.changed(before, after) for before, after in pairs]
    found += [tell.came(one) for one in came if one.iri not in paired]
    found += [tell.gone(one) for one in gone if one.iri not in paired]
    places = _Places(older, newer, pairs)
    return Comparison(older, newer, tuple(sorted(found, key=places.key)), same, reread)


def _moved(said: list[Said], version: Version, other: Version) -> list[Said]:
    """The facts of a version whose words the other text does not hold as they are."""
    return [one for one in said if not _stands(one, version, other)]


def _stands(said: Said, version: Version, other: Version) -> bool:
    """Whether the other text holds all sentences that a fact rests on, those of its headings and list heads too."""
    return version.around(said) <= other.sentences


class _Places:
    """Where changes stand in the newer text; what is gone stands behind what it once followed."""

    def __init__(self, older: Version, newer: Version, pairs: list[Pair]) -> None:
        starts: dict[object, int] = {}
        for one in newer.said:
            starts.setdefault(one.fact, one.start)
        known = {before.iri: after.start for before, after in pairs}
        self._starts: dict[str, int] = {}
        start = -1
        for one in older.said:
            start = known.get(one.iri, starts.get(one.fact, start))
            self._starts[one.iri] = start

    def key(self, change: Change) -> tuple[int, int, bool, str, str]:
        """What changes are sorted by: the loudest first, then by place."""
        loud = 0 if change.kind == "TurnedRound" else 2 if change.quiet else 1
        before = change.before.iri if change.before else ""
        if change.after is None:
            return loud, change.anchor.start if change.anchor else self._starts[before], True, before, ""
        return loud, change.after.start, False, change.after.iri, before


class _Teller:
    """Says of facts that differ what about them does."""

    def __init__(self, older: Version, newer: Version) -> None:
        self._older, self._newer = older, newer
        self._affirmed = _affirmed(older), _affirmed(newer)
        self._anchors = Anchors(older.text), Anchors(newer.text)

    def came(self, after: Said) -> Change:
        """A fact that the newer version alone states."""
        stands = _stands(after, self._newer, self._older)
        aspects = {"SameWords"} if stands else self._new(after)
        return Change(None, after, _ordered(aspects), anchor=self._anchors[0].find(after.quote))

    def gone(self, before: Said) -> Change:
        """A fact that the older version alone states."""
        stands = _stands(before, self._older, self._newer)
        aspects = {"SameWords"} if stands else self._lost(before)
        return Change(before, None, _ordered(aspects), anchor=self._anchors[1].find(before.quote))

    def changed(self, before: Said, after: Said) -> Change:
        """A fact of both versions that is not the same in them."""
        aspects = set()
        turned = before.denied != after.denied
        if turned:
            denied, affirmed = (before, after) if before.denied else (after, before)
            if put_otherwise(denied, affirmed):
                return self._changed(before, after, {"PutOtherwise"})
            aspects.add("NowDenied" if after.denied else "NowAffirmed")
        stands = _stands(before, self._older, self._newer) and _stands(after, self._newer, self._older)
        if stands:
            aspects.add("SameWords")
        if turned or not stands:  # the same words bring nothing new into the text
            aspects |= self._new(after) | self._lost(before)
        condition = limits_changed(before.limits, after.limits, numbers=before.period == after.period)
        if condition:
            aspects.add(condition)
        if before.period != after.period or before.of("retention") != after.of("retention"):
            aspects.add(_direction(before, after))
        if before.modality != after.modality and not turned:
            aspects.add("ModalityChanged")
        if before.values != after.values:
            aspects.add("ValuesChanged")
        return self._changed(before, after, aspects)

    def _changed(self, before: Said, after: Said, aspects: set[str]) -> Change:
        strength = before.denied == after.denied  # “never” to “may”: that it has turned says it all
        old, new = (_all_values(one, strength=strength) for one in (before, after))
        anchor = Anchor(after.start, after.end, after.quote, likeness(before.quote, after.quote))
        return Change(before, after, _ordered(aspects), tuple(sorted(new - old)), tuple(sorted(old - new)), anchor)

    def _new(self, after: Said) -> set[str]:
        found = set() if after.denied else after.values - self._affirmed[0]
        return {f"New{_TOLD[facet]}" for facet, _ in found if facet in _TOLD}

    def _lost(self, before: Said) -> set[str]:
        found = set() if before.denied else before.values - self._affirmed[1]
        return {f"{_TOLD[facet]}Gone" for facet, _ in found if facet in _TOLD}


def _affirmed(version: Version) -> set[Value]:
    """The values that a version affirms anywhere."""
    return {value for one in version.said if not one.denied for value in one.values}


def _ordered(aspects: set[str]) -> tuple[str, ...]:
    return tuple(one for one in ASPECTS if one in aspects)


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


def _all_values(said: Said, *, strength: bool) -> set[Value]:
    found = set(said.values)
    if said.period[0]:
        found.add(("period", " ".join(reversed(said.period)).strip()))
    if strength and said.modality:
        found.add(("modality", said.modality))
    for limit in said.limits:
        found |= {(f"{limit.effect} {facet}", value) for facet, value in limit.values}
        found |= {(limit.effect, kind) for kind in limit.kinds}
    return found
