"""Matches that cannot all hold.

In: claims whose terms exist, the `Terms` of the linked vocabularies, our own hierarchy. Out: `Finding`s, each with
every claim that takes part in it. One wrong match may contradict many right ones: what it is at odds with is told in
one finding. The wrong one is taken to be the claim that all of them share and whose two sides have different names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from .alignment import Claim, is_ours
from .externalterms import Terms, namespace_of
from .findings import BROAD, EXACT, NARROW, PLAIN, WORDS, Finding
from .terms import shorten

__all__ = ["Contradictions"]

#: Conflicts of one wrong claim that its finding tells in full.
TOLD = 3


@dataclass(frozen=True, slots=True)
class _Conflict:
    claims: tuple[Claim, ...]
    message: str
    mend: str


class Contradictions:
    """Claims that cannot all hold. A finding needs at least one claim of ``sound`` in it."""

    def __init__(
        self, sound: Iterable[Claim], beside: Iterable[Claim], terms: Terms, parents: Mapping[str, Collection[str]]
    ) -> None:
        self._terms = terms
        fresh = list(dict.fromkeys(sound))
        self._new = frozenset(fresh)
        everything = [*fresh, *beside]
        self._by_subject: defaultdict[str, list[Claim]] = defaultdict(list)
        self._equal_to: defaultdict[str, list[Claim]] = defaultdict(list)
        self._parents: defaultdict[str, set[str]] = defaultdict(set)
        for concept, above in parents.items():
            self._parents[concept].update(above)
        for claim in everything:
            outside = not is_ours(claim.object) and terms.owner(claim.object) is not None
            if outside:
                self._by_subject[claim.subject].append(claim)
                if claim.relation in EXACT:
                    self._equal_to[claim.object].append(claim)
            elif claim.relation in PLAIN and claim.relation not in NARROW:
                self._parents[claim.subject].add(claim.object)
        self._same = {(c.subject, c.object) for c in everything if c.relation in EXACT and is_ours(c.object)}

    def found(self) -> list[Finding]:
        """All of them, those of one wrong claim together."""
        conflicts = [
            conflict
            for several in (self._pairs, self._two_exact, self._against_the_order, self._shared, self._inverted)
            for conflict in several()
            if self._new.intersection(conflict.claims)
        ]
        return [_finding(group) for group in _by_cause(conflicts)]

    def _pairs(self) -> Iterator[_Conflict]:
        """Two matches to one term of which only one can hold."""
        for subject, claims in self._by_subject.items():
            to: defaultdict[str, list[Claim]] = defaultdict(list)
            for claim in claims:
                if claim.relation not in PLAIN and any(claim.relation in kinds for _, kinds in WORDS):
                    to[claim.object].append(claim)
            for target, several in to.items():
                words = [word for word, kinds in WORDS if any(claim.relation in kinds for claim in several)]
                if len(words) > 1:
                    message = f"{shorten(subject)} is said to be {' and '.join(words)} {shorten(target)}."
                    yield _conflict(several, message, "Keep the one that is right.")

    def _two_exact(self) -> Iterator[_Conflict]:
        """One of ours exact to several different terms of one vocabulary."""
        terms = self._terms
        for subject, claims in self._by_subject.items():
            exact = {claim.object: claim for claim in claims if claim.relation in EXACT}
            apart = [
                (one, two)
                for one, two in combinations(sorted(exact), 2)
                if not terms.same(one, two) and (terms.related_vocabularies(one, two) or terms.siblings(one, two))
            ]
            if apart:
                names = sorted({name for pair in apart for name in pair})
                how = "which are different terms"
                if all(terms.is_below(one, two) or terms.is_below(two, one) for one, two in apart):
                    how = "of which one lies above the other"
                elif all(terms.siblings(one, two) for one, two in apart):
                    how = "which are siblings"
                listed = " and ".join(shorten(name) for name in names)
                message = f"{shorten(subject)} is exact to {listed}, {how}."
                mend = "Keep the one that is meant as exact, make the rest close."
                yield _conflict([exact[name] for name in names], message, mend)

    def _against_the_order(self) -> Iterator[_Conflict]:
        """Exact to one term and broader or narrower to another, where the vocabulary has these the other way round."""
        for subject, claims in self._by_subject.items():
            lows = [claim for claim in claims if claim.relation in EXACT | NARROW]
            highs = [claim for claim in claims if claim.relation in EXACT | BROAD]
            for low, high in ((low, high) for low in lows for high in highs if low is not high):
                if low.relation in EXACT and high.relation in EXACT:
                    continue
                # What is narrower or equal must not lie above what is broader or equal.
                if self._terms.is_below(high.object, low.object):
                    message = (
                        f"{shorten(subject)} is said to be {_word(low)} {shorten(low.object)} and {_word(high)} "
                        f"{shorten(high.object)}, but {shorten(high.object)} lies below {shorten(low.object)}."
                    )
                    yield _conflict((low, high), message, "Turn or drop one of the two.")

    def _shared(self) -> Iterator[_Conflict]:
        """Two of ours exact to one of theirs."""
        for target, claims in self._equal_to.items():
            subjects = sorted({claim.subject for claim in claims})
            kept = [s for s in subjects if not any((s, o) in self._same or (o, s) in self._same for o in subjects)]
            if len(subjects) < 2 or not kept:
                continue
            listed = " and ".join(shorten(subject) for subject in subjects)
            message = f"{listed} are all exact to {shorten(target)}, which would make them one."
            if len(subjects) == 2:
                message = f"{listed} are both exact to {shorten(target)}, which would make them one."
            yield _conflict(claims, message, "Keep the exact match of one, make the others broader or close.")

    def _inverted(self) -> Iterator[_Conflict]:
        """Ours has A below B, theirs has what is exact to A above what is exact to B."""
        exact: defaultdict[str, list[Claim]] = defaultdict(list)
        for claims in self._equal_to.values():
            for claim in claims:
                exact[claim.subject].append(claim)
        for subject, below in sorted(exact.items()):
            for other in sorted(self._above(subject) & exact.keys()):
                for low in below:
                    for high in exact[other]:
                        if self._terms.is_below(high.object, low.object):
                            message = (
                                f"{shorten(subject)} is below {shorten(other)}, but their exact matches are the other "
                                f"way round: {shorten(high.object)} is below {shorten(low.object)}."
                            )
                            yield _conflict((low, high), message, "One of the two matches is not exact.")

    def _above(self, concept: str) -> set[str]:
        found: set[str] = set()
        waiting = list(self._parents.get(concept, ()))
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += self._parents.get(one, ())
        return found - {concept}


def _word(claim: Claim) -> str:
    return next(word for word, kinds in WORDS if claim.relation in kinds)


def _conflict(claims: Iterable[Claim], message: str, mend: str) -> _Conflict:
    return _Conflict(tuple(sorted(claims, key=lambda c: (c.subject, c.object, c.relation))), message, mend)


def _by_cause(conflicts: list[_Conflict]) -> Iterator[list[_Conflict]]:
    """Conflicts in groups that share a claim which is likely to be the wrong one."""
    left = list(dict.fromkeys(conflicts))
    counted = Counter(claim for conflict in left for claim in set(conflict.claims) if not _same_name(claim))
    for cause, _ in sorted(counted.items(), key=lambda each: (-each[1], each[0].subject, each[0].object)):
        group = [conflict for conflict in left if cause in conflict.claims]
        if len(group) > 1:
            left = [conflict for conflict in left if conflict not in group]
            yield group
    yield from ([conflict] for conflict in left)


def _same_name(claim: Claim) -> bool:
    ours, theirs = (iri[len(namespace_of(iri)) :].casefold() for iri in (claim.subject, claim.object))
    return ours == theirs


def _finding(group: list[_Conflict]) -> Finding:
    shared = set(group[0].claims).intersection(*(conflict.claims for conflict in group))
    involved = list(dict.fromkeys(claim for conflict in group for claim in conflict.claims))
    objects = tuple(dict.fromkeys(claim.object for claim in involved))
    where = tuple(dict.fromkeys(claim.file for claim in involved))
    if len(group) == 1:
        return Finding("contradiction", involved[0].subject, objects, where, group[0].message, group[0].mend)
    cause = min(shared, key=lambda claim: (_same_name(claim), claim.subject, claim.object))
    message = " ".join(conflict.message for conflict in group[:TOLD])
    if len(group) > TOLD:
        message += f" And {len(group) - TOLD} more like these."
    wrong = f"{shorten(cause.subject)} {shorten(cause.relation)} {shorten(cause.object)}"
    return Finding("contradiction", cause.subject, objects, where, message, f"Most likely this is wrong: {wrong}.")
