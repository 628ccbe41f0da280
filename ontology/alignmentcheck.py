"""Alignments checked against the vocabularies they point to.

In: `Claim`s, the `Terms` of the linked vocabularies, our own concepts. Out: `Finding`s: terms that do not exist, that
were given up or renamed, matches that contradict each other or the order of the other side, denials aligned with
what affirms. Each fault is named once: what is said of a term that does not exist is not also held against others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from .alignment import Claim, is_ours
from .contradictions import Contradictions
from .externalterms import FORMER, Terms, namespace_of
from .findings import KINDS, RELATED, Finding
from .terms import CG, CGC, RDFS, shorten

__all__ = ["Checked", "check_alignment", "term_fault"]


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
    subjects = {claim.subject for claim in given}
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
        if not checked and not claim.literal and not is_ours(claim.object) and claim.object not in subjects:
            unlinked[namespace_of(claim.object)] += 1
    known = {(claim.subject, claim.relation, claim.object) for claim in given}
    more = [
        claim
        for claim in beside
        if (claim.subject, claim.relation, claim.object) not in known and not _one(claim, terms, own)[0]
    ]
    findings += Contradictions(sound, more, terms, parents).found()
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
            message = f"ClauseGraph has no {shorten(name)}."
            faults.append(Finding("own", name, (claim.object,), where, message, _nearest_own(name, own)))
    if claim.literal:
        message = f"{said} leads to the text “{claim.object}”, not to a term."
        return [
            *faults,
            Finding("literal", claim.subject, (claim.object,), where, message, "Write the IRI in <…>."),
        ], True
    if claim.subject.startswith(CG + "denied") and not is_ours(claim.object) and claim.relation not in RELATED:
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
        advised = " or ".join(_named(one) for one in terms.advised(iri))
        mend = f"Its vocabulary points to {advised}." if advised else "Choose a term that is in use."
        return Finding("given-up", subject, (iri,), where, message, mend)
    if terms.exists(iri):
        return None
    near = terms.nearest(iri)
    if near and namespace_of(iri) in FORMER:
        message = f"{said}{name} is in a namespace that was given up; the term is now {_named(near)}."
        return Finding("renamed", subject, (iri, near), where, message, f"Use {_named(near)}.")
    message = f"{said}{name} does not exist in the linked version."
    return Finding("unknown", subject, (iri,), where, message, f"Did you mean {_named(near)}?" if near else "")


def _nearest_own(iri: str, own: Collection[str]) -> str:
    local = iri.rpartition("#")[2]
    same = [each for each in (CG + local, CGC + local) if each in own]
    near = same or get_close_matches(iri, own, n=1, cutoff=0.9)
    return f"Did you mean {shorten(near[0])}?" if near else "See ontology/concepts for all concepts."


def _named(iri: str) -> str:
    short = shorten(iri)
    return short if short != iri else f"<{iri}>"


def _wrong_kind(claim: Claim, terms: Terms) -> bool:
    if claim.relation == RDFS + "subPropertyOf":
        return not terms.is_property(claim.object)
    return claim.relation == RDFS + "subClassOf" and terms.is_property(claim.object)


def _relation(claim: Claim) -> str:
    return shorten(claim.relation)
