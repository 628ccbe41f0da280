"""Which fact of one version answers to which of the other.

In: facts that are gone, facts that came. Out: pairs of them, nearest first; whether a pair has turned round.

Two facts of one polarity are one fact changed where they are near in their words or values. A denial and an
affirmation are paired only where the one takes back the other: nearness of words alone would make “we collect usage
data” the turn of “we do not collect health data”.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...ontology.vocabulary import load_vocabulary
from .anchor import likeness, within
from .facts import Said

#: From this likeness of two quotes on (0 to 1), the newer is a new wording of the older.
NEAR = 0.6
#: From this share of common values on, it is too, whatever its words.
SHARED = 0.5
#: From this likeness of one quote to a part of the other on, a denial and an affirmation speak of the same.
TURNED = 0.75

#: Facets whose values bound what a denial denies.
_REACH = ("dataCategory", "recipient", "namedRecipient", "purpose", "jurisdiction", "dataSubject")
#: Values that say too little to make two statements one.
_COMMON = frozenset({("actor", "DataController"), ("dataCategory", "PersonalData"), ("retention", "FixedDuration")})
#: Practices of which a denial counts wherever it stands.
_OUTRIGHT = frozenset({"Collect", "Share", "Sell", "Transfer"})
#: Values so wide that a denial of them says little.
_WIDE = frozenset({"PersonalData", "DataSubject", "Public", "ThirdParty", "Recipient"})

Pair = tuple[Said, Said]


class Pairing:
    """Pairs facts of two versions. ``before``, ``after``: all that the versions say."""

    def __init__(self, before: Iterable[Said], after: Iterable[Said]) -> None:
        self._denied = [one for one in before if one.denied], [one for one in after if one.denied]

    def pairs(self, gone: Sequence[Said], came: Sequence[Said]) -> list[Pair]:
        """Each fact that came with the nearest that is gone, none used twice, save where one turns round several.

        “We never share anything” may be taken back by two sentences, and each of the two is told as a turn.
        """
        near = [
            (*score, before, after)
            for after in came
            for before in gone
            if (score := self._nearness(before, after)) is not None
        ]
        near.sort(key=lambda one: (-one[0], -one[1], one[3].start, one[2].start, one[2].iri, one[3].iri))
        used: set[str] = set()
        found = []
        for _, _, before, after in near:
            if before.iri not in used and after.iri not in used:
                used |= {before.iri, after.iri}
                found.append((before, after))
        # an item of a list is told by its head
        alone = [[one for one in side if one.iri not in used and not one.head] for side in (gone, came)]
        found += self._turned((before, came) for before in alone[0])
        found += self._turned((gone, after) for after in alone[1])
        return found

    def _turned(self, sides: Iterable[tuple[Said | Sequence[Said], Said | Sequence[Said]]]) -> Iterator[Pair]:
        """Facts without a partner that one on the other side takes back, though that one has a partner already."""
        for befores, afters in sides:
            olds = (befores,) if isinstance(befores, Said) else befores
            news = (afters,) if isinstance(afters, Said) else afters
            takes = [(old, new) for old in olds for new in news if old.denied != new.denied and self._taken(old, new)]
            if takes:
                yield max(takes, key=lambda pair: (likeness(pair[0].quote, pair[1].quote), pair[0].iri, pair[1].iri))

    def _nearness(self, before: Said, after: Said) -> tuple[float, float] | None:
        """How near two facts are, None where they are two facts."""
        turned = before.denied != after.denied
        if turned and not self.turns(before, after):
            return None
        if not turned and before.practice != after.practice:
            return None
        ratio, shared = likeness(before.quote, after.quote), _shared(before, after)
        if turned or ratio >= NEAR or (shared >= SHARED and (before.values & after.values) - _COMMON):
            return ratio + shared - turned, ratio
        return None

    def turns(self, before: Said, after: Said) -> bool:
        """Whether what one version denies is what the other affirms, by the same actor, however it is put."""
        denied, affirmed = (before, after) if before.denied else (after, before)
        if denied.of("actor") != affirmed.of("actor"):
            return False
        if self._taken(before, after):
            return True
        return (
            denied.practice == affirmed.practice
            and all(_reaches(denied.of(facet), affirmed.of(facet) or denied.of(facet)) for facet in _REACH)
            and within(before.quote, after.quote) >= TURNED
        )

    def _taken(self, before: Said, after: Said) -> bool:
        """Whether the denial reaches the affirmation by its values alone.

        It does not count where the version that affirms denies it too: what is affirmed is an exception there.
        """
        denied, affirmed, beside = (before, after, 1) if before.denied else (after, before, 0)
        return _covers(denied, affirmed) and not any(_covers(one, affirmed) for one in self._denied[beside])


def _shared(before: Said, after: Said) -> float:
    either = before.values | after.values
    return len(before.values & after.values) / len(either) if either else 0.0


def _covers(denied: Said, affirmed: Said) -> bool:
    """Whether a denial reaches an affirmation, whatever the words.

    A denial reaches all below its values: who affirms to share locations takes back never to share personal data, who
    sells takes back never to share. But what is read of a denial is often wider than its words (“we do not use it for
    that”), so only those of practices that hand data over or take it in count, and only without any condition; one
    that names no more than personal data counts for what is promised outright alone: not to sell.
    """
    return (
        denied.practice in _OUTRIGHT
        and not denied.limits
        and denied.of("actor") == affirmed.of("actor")
        and (denied.practice == "Sell" or any(denied.of(facet) - _WIDE for facet in _REACH))
        and _reaches(frozenset({denied.practice}), frozenset({affirmed.practice}))
        and all(_reaches(denied.of(facet), affirmed.of(facet)) for facet in _REACH)
    )


def _reaches(denied: frozenset[str], affirmed: frozenset[str]) -> bool:
    if not denied:
        return True
    vocabulary = load_vocabulary()
    above = {up for one in affirmed if vocabulary.get(one) for up in (one, *vocabulary.ancestors(one))}
    return bool(denied & (above | affirmed))
