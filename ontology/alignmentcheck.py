"""Alignments checked against the vocabularies they point to.

In: `Claim`s, the `Terms` of the linked vocabularies, our own concepts. Out: `Finding`s: terms that do not exist, that
were given up or renamed, matches that contradict each other or the order of the other side, denials aligned with
what affirms. Each fault is named once: what is said of a term that does not exist is not also held against others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import combinations
from typing import Final, Literal

from .alignment import Claim, is_ours
from .externalterms import FORMER, Terms, namespace_of
from .terms import CG, OWL, RDFS, SKOS, shorten

__all__ = ["KINDS", "Checked", "Finding", "check_alignment", "term_fault"]

Kind = Literal["unknown", "given-up", "renamed", "own", "literal", "wrong-kind", "denial", "contradiction", "unmatched"]
#: What each kind of finding means, for people.
KINDS: Final[Mapping[Kind, str]] = {
    "unknown": "Terms that do not exist",
    "renamed": "Terms that were renamed",
    "given-up": "Terms that were given up",
    "own": "Names of ours that do not exist",
    "literal": "Matches that lead to text",
    "wrong-kind": "Properties and classes confused",
    "denial": "Denials aligned with what affirms",
    "contradiction": "Matches that contradict each other",
    "unmatched": "Concepts without a match",
}

_EXACT: Final = frozenset({SKOS + "exactMatch", OWL + "equivalentClass", OWL + "equivalentProperty", OWL + "sameAs"})
_BROAD: Final = frozenset({SKOS + "broadMatch", SKOS + "broader", RDFS + "subClassOf", RDFS + "subPropertyOf"})
_NARROW: Final = frozenset({SKOS + "narrowMatch", SKOS + "narrower"})
_RELATED: Final = frozenset({SKOS + "relatedMatch"})
#: Hierarchies, which need not lead to another vocabulary and may come beside a match.
_PLAIN: Final = frozenset({SKOS + "broader", SKOS + "narrower", RDFS + "subClassOf", RDFS + "subPropertyOf"})
_WORDS: Final = (("exact to", _EXACT), ("below", _BROAD), ("above", _NARROW), ("related to", _RELATED))


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault or note. ``subject`` and ``objects`` are IRIs, ``where`` the files or graphs that say it.

    ``message`` is a sentence; ``mend`` says what to do, "" where nothing is known. Only errors make the check fail.
    """

    kind: Kind
    subject: str
    objects: tuple[str, ...]
    where: tuple[str, ...]
    message: str
    mend: str = ""
    severity: Literal["error", "note"] = "error"


@dataclass(frozen=True, slots=True)
class Checked:
    """``claims``: how many were compared with a linked vocabulary. ``unlinked``: namespace → claims left unchecked."""

    findings: tuple[Finding, ...]
    claims: int
    unlinked: Mapping[str, int]


def check_alignment(
    claims: Iterable[Claim],
    terms: Terms,
    *,
    parents: Mapping[str, Collection[str]],
    own: Collection[str],
    beside: Iterable[Claim] = (),
) -> Checked:
    """Check ``claims``. ``parents``: our concept → the ones right above it. ``own``: every IRI that we define.

    ``beside``: more claims that hold as well; what they contradict among themselves is not reported.
    """
    given = list(dict.fromkeys(claims))
    findings: list[Finding] = []
    sound: list[Claim] = []
    unlinked: Counter[str] = Counter()
    compared = 0
    for claim in given:
        faults, checked = _one(claim, terms, own)
        findings += faults
        compared += checked
        if not faults:
            sound.append(claim)
        if not checked and not claim.literal and not is_ours(claim.object) and claim.relation not in _PLAIN:
            unlinked[namespace_of(claim.object)] += 1
    more = [claim for claim in beside if claim not in set(given) and not _one(claim, terms, own)[0]]
    findings += _Contradictions(sound, more, terms, parents).found()
    order = list(KINDS)
    unique = dict.fromkeys(findings)
    return Checked(
        tuple(sorted(unique, key=lambda one: (order.index(one.kind), one.subject, one.objects))), compared, unlinked
    )


def _one(claim: Claim, terms: Terms, own: Collection[str]) -> tuple[list[Finding], bool]:
    """What is wrong with a claim by itself, and whether it could be compared with a linked vocabulary."""
    where = (claim.file,)
    said = f"{shorten(claim.subject)} {_relation(claim)}"
    faults: list[Finding] = []
    for name in (claim.subject, claim.object):
        if is_ours(name) and name not in own and not claim.literal:
            near = get_close_matches(name, [each for each in own if each[:4] == name[:4]], n=1, cutoff=0.8)
            mend = f"Did you mean {shorten(near[0])}?" if near else "See ontology/concepts for all concepts."
            message = f"ClauseGraph has no {shorten(name)}."
            faults.append(Finding("own", name, (claim.object,), where, message, mend))
    if claim.literal:
        message = f"{said} leads to the text “{claim.object}”, not to a term."
        return [
            *faults,
            Finding("literal", claim.subject, (claim.object,), where, message, "Write the IRI in <…>."),
        ], True
    if claim.subject.startswith(CG + "denied") and not is_ours(claim.object) and claim.relation not in _RELATED:
        message = f"{said} {shorten(claim.object)} makes what is denied look affirmed."
        mend = "Leave it out: terms of others say what is done, never what is not."
        faults.append(Finding("denial", claim.subject, (claim.object,), where, message, mend))
    compared = False
    for name in (claim.subject, claim.object):
        if is_ours(name) or terms.owner(name) is None:
            continue
        compared = True
        fault = term_fault(name, terms, said=f"{said} {shorten(claim.object)}: ", subject=claim.subject, where=where)
        if fault is not None:
            faults.append(fault)
        elif name == claim.object and _wrong_kind(claim, terms):
            noun = "no property" if claim.relation == RDFS + "subPropertyOf" else "a property"
            message = f"{said} {shorten(name)}: that is {noun}."
            mend = "Use rdfs:subPropertyOf between properties and rdfs:subClassOf between classes."
            faults.append(Finding("wrong-kind", claim.subject, (name,), where, message, mend))
    return faults, compared


def term_fault(iri: str, terms: Terms, *, said: str, subject: str, where: tuple[str, ...]) -> Finding | None:
    """What is wrong with a term of a linked vocabulary, None where nothing is. ``said`` begins the message."""
    name = shorten(iri)
    instead = terms.replacements(iri)
    listed = " or ".join(_named(one) for one in instead)
    if instead:
        message = f"{said}{name} was replaced by {listed}."
        return Finding("renamed", subject, (iri, *instead), where, message, f"Use {listed}.")
    if terms.status(iri):
        message = f"{said}{name} is {terms.status(iri)}."
        return Finding("given-up", subject, (iri,), where, message, "Choose a term that is in use.")
    if terms.exists(iri):
        return None
    near = terms.nearest(iri)
    if near and namespace_of(iri) in FORMER:
        message = f"{said}{name} is in a namespace that was given up; the term is now {_named(near)}."
        return Finding("renamed", subject, (iri, near), where, message, f"Use {_named(near)}.")
    message = f"{said}{name} does not exist in the linked version."
    return Finding("unknown", subject, (iri,), where, message, f"Did you mean {_named(near)}?" if near else "")


def _named(iri: str) -> str:
    short = shorten(iri)
    return short if short != iri else f"<{iri}>"


def _wrong_kind(claim: Claim, terms: Terms) -> bool:
    if claim.relation == RDFS + "subPropertyOf":
        return not terms.is_property(claim.object)
    return claim.relation == RDFS + "subClassOf" and terms.is_property(claim.object)


def _relation(claim: Claim) -> str:
    return shorten(claim.relation)


class _Contradictions:
    """Claims that cannot all hold. A finding needs at least one claim of ``sound`` in it."""

    def __init__(
        self, sound: Iterable[Claim], beside: Iterable[Claim], terms: Terms, parents: Mapping[str, Collection[str]]
    ) -> None:
        self._terms = terms
        self._new = set(sound)
        everything = [*self._new, *beside]
        self._by_subject: defaultdict[str, list[Claim]] = defaultdict(list)
        self._equal_to: defaultdict[str, list[Claim]] = defaultdict(list)
        self._parents: defaultdict[str, set[str]] = defaultdict(set)
        for concept, above in parents.items():
            self._parents[concept].update(above)
        for claim in everything:
            outside = not is_ours(claim.object) and terms.owner(claim.object) is not None
            if outside:
                self._by_subject[claim.subject].append(claim)
                if claim.relation in _EXACT:
                    self._equal_to[claim.object].append(claim)
            elif claim.relation in _PLAIN and claim.relation not in _NARROW:
                self._parents[claim.subject].add(claim.object)
        self._same = {(c.subject, c.object) for c in everything if c.relation in _EXACT and is_ours(c.object)}

    def found(self) -> list[Finding]:
        """All of them."""
        return [*self._pairs(), *self._two_exact(), *self._against_the_order(), *self._shared(), *self._inverted()]

    def _finding(self, claims: Iterable[Claim], message: str, mend: str) -> list[Finding]:
        involved = sorted(claims, key=lambda claim: (claim.subject, claim.object, claim.relation))
        if not self._new.intersection(involved):
            return []
        objects = tuple(dict.fromkeys(claim.object for claim in involved))
        where = tuple(dict.fromkeys(claim.file for claim in involved))
        return [Finding("contradiction", involved[0].subject, objects, where, message, mend)]

    def _pairs(self) -> Iterable[Finding]:
        """Two matches to one term of which only one can hold."""
        for subject, claims in self._by_subject.items():
            to: defaultdict[str, list[Claim]] = defaultdict(list)
            for claim in claims:
                if claim.relation not in _PLAIN and any(claim.relation in kinds for _, kinds in _WORDS):
                    to[claim.object].append(claim)
            for target, several in to.items():
                words = [word for word, kinds in _WORDS if any(claim.relation in kinds for claim in several)]
                if len(words) > 1:
                    message = f"{shorten(subject)} is said to be {' and '.join(words)} {shorten(target)}."
                    yield from self._finding(several, message, "Keep the one that is right.")

    def _two_exact(self) -> Iterable[Finding]:
        """One of ours exact to two different terms of one vocabulary."""
        for subject, claims in self._by_subject.items():
            exact = {claim.object: claim for claim in claims if claim.relation in _EXACT}
            for (one, first), (two, second) in combinations(sorted(exact.items()), 2):
                terms = self._terms
                if terms.same(one, two) or not (terms.related_vocabularies(one, two) or terms.siblings(one, two)):
                    continue
                how = "siblings" if terms.siblings(one, two) else "different terms"
                if terms.is_below(one, two) or terms.is_below(two, one):
                    how = "one above the other"
                message = f"{shorten(subject)} is exact to both {shorten(one)} and {shorten(two)}, which are {how}."
                yield from self._finding((first, second), message, "Keep the one that is meant, make the other close.")

    def _against_the_order(self) -> Iterable[Finding]:
        """Exact to one term and broader or narrower to another, where the vocabulary has these the other way round."""
        for subject, claims in self._by_subject.items():
            lows = [claim for claim in claims if claim.relation in _EXACT | _NARROW]
            highs = [claim for claim in claims if claim.relation in _EXACT | _BROAD]
            for low, high in ((low, high) for low in lows for high in highs if low is not high):
                if low.relation in _EXACT and high.relation in _EXACT:
                    continue
                # What is narrower or equal must not lie above what is broader or equal.
                if self._terms.is_below(high.object, low.object):
                    message = (
                        f"{shorten(subject)} is said to be {_word(low)} {shorten(low.object)} and {_word(high)} "
                        f"{shorten(high.object)}, but {shorten(high.object)} lies below {shorten(low.object)}."
                    )
                    yield from self._finding((low, high), message, "Turn or drop one of the two.")

    def _shared(self) -> Iterable[Finding]:
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
            yield from self._finding(claims, message, "Keep the exact match of one, make the others broader or close.")

    def _inverted(self) -> Iterable[Finding]:
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
                            yield from self._finding((low, high), message, "One of the two matches is not exact.")

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
    return next(word for word, kinds in _WORDS if claim.relation in kinds)
