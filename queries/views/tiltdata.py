"""The parts of a TILT document about data: what is disclosed, where it comes from, where it goes.

In: a `Notice`. Out: lists for TILT, None where the text does not say; gaps are noted by the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ...ontology.terms import DPV_BASE
from ...ontology.vocabulary import load_vocabulary
from .said import EMPTY, Notice, Said, dpv_or_own
from .tiltparts import Gaps, Node, below, quotes_of

__all__ = ["disclosed", "sources", "transfers"]

#: Sources other than the people themselves, their devices and what the controller makes of it.
FOREIGN: Final = ("ThirdPartyDataSource", "PublicDataSource", "SocialMediaSource")
#: What protects a transfer, and the field of TILT for it.
SAFEGUARDS: Final = {
    "AdequacyDecision": "adequacyDecision",
    "StandardContractualClauses": "standardDataProtectionClause",
}
_GDPR: Final = re.compile(rf"{re.escape(DPV_BASE)}/legal/eu/gdpr#A(\d+)-(\d+)-([a-z])(?:-.*)?")
_WEEKS: Final = re.compile(r"P(\d+)W")
_URL: Final = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+[A-Za-z0-9/]")


def disclosed(notice: Notice, gaps: Gaps) -> list[Node] | None:
    """One entry for each category of data that the controller says it handles."""
    handling = notice.handling()
    categories = dict.fromkeys(each for one in handling for each in one.of("dataCategory"))
    found = [
        _entry(notice, each, [one for one in handling if each in one.of("dataCategory")], gaps) for each in categories
    ]
    return found or None


def _entry(notice: Notice, category: str, here: list[Said], gaps: Gaps) -> Node:
    label = load_vocabulary().label(category, notice.language)
    parts = {
        "purposes": _purposes(notice, here),
        "legalBases": _bases(here, label, gaps),
        "legitimateInterests": _interests(here),
        "recipients": _recipients(notice, here, label, gaps),
        "storage": _storage(here),
        "nonDisclosure": _non_disclosure(notice, category, label, gaps),
    }
    for name, part in parts.items():
        if part is None:
            gaps.need(
                f"dataDisclosed[].{name}", "Nothing about it was found in the text for some kinds of data.", label
            )
    stated = {name: part for name, part in parts.items() if part is not None}
    return {"_id": dpv_or_own(category), "category": label, **stated}


def _values(one: Said, facet: str) -> list[str]:
    return [each for each in one.of(facet) if each not in EMPTY]


def _by_value(here: Iterable[Said], facet: str) -> dict[str, list[Said]]:
    found: dict[str, list[Said]] = {}
    for one in here:
        for each in _values(one, facet):
            found.setdefault(each, []).append(one)
    return found


def _purposes(notice: Notice, here: list[Said]) -> list[Node] | None:
    vocabulary = load_vocabulary()
    return [
        {"purpose": vocabulary.label(each, notice.language), "description": quotes_of(said)}
        for each, said in _by_value(here, "purpose").items()
    ] or None


def _bases(here: list[Said], label: str, gaps: Gaps) -> list[Node] | None:
    """A basis has a reference only where the text cites the article: "consent" alone may be under any law."""
    found: list[Node] = []
    for each, said in _by_value(here, "legalBasis").items():
        match = _GDPR.fullmatch(dpv_or_own(each))
        basis: Node = {"reference": "GDPR-{}-{}-{}".format(*match.groups())} if match else {}
        if not match:
            if any(_GDPR.fullmatch(dpv_or_own(other)) for one in said for other in one.of("legalBasis")):
                continue  # the article beside it says the same
            reason = "The text gives the basis in words and cites no provision."
            gaps.need("dataDisclosed[].legalBases[].reference", reason, label)
        found.append(basis | {"description": quotes_of(said)})
    return found or None


def _interests(here: list[Said]) -> list[Node] | None:
    bases = _by_value(here, "legalBasis")
    said = [one for each, found in bases.items() if below(each, ["LegitimateInterest"]) for one in found]
    if said:
        return [{"exists": True, "reasoning": quotes_of(said)}]
    return [] if bases else None  # the bases are stated, and this one is not among them


def _recipients(notice: Notice, here: list[Said], label: str, gaps: Gaps) -> list[Node] | None:
    vocabulary = load_vocabulary()
    found: dict[str, Node] = {}
    for one in here:
        kinds = [vocabulary.label(each, notice.language) for each in _values(one, "recipient")]
        for party in one.named_recipients:
            node = {"name": party.name} | ({"category": ", ".join(kinds)} if kinds else {})
            if not kinds:
                reason = "A recipient is named, and what it is was not found."
                gaps.need("dataDisclosed[].recipients[].category", reason, label)
            found[party.iri] = node
        if not one.named_recipients:
            found.update((each, {"category": each}) for each in kinds)
    return list(found.values()) or None


def _storage(here: list[Said]) -> list[Node] | None:
    """Each period by itself: how several of them add up, a text seldom says."""
    found: list[Node] = []
    for one in here:
        if one.practice != "Retain":
            continue
        words = quotes_of([one])
        bound = "min" if one.bound == "AtLeast" else "max"
        if one.duration:
            weeks = _WEEKS.fullmatch(one.duration)
            ttl = f"P{7 * int(weeks[1])}D" if weeks else one.duration
            found.append({"temporal": [{"description": words, "ttl": ttl}], "aggregationFunction": bound})
        elif _values(one, "retention"):
            found.append({"purposeConditional": [words], "aggregationFunction": bound})
    return found or None


def _non_disclosure(notice: Notice, category: str, label: str, gaps: Gaps) -> Node | None:
    """Whether the data must be given, where the text says it of this very data."""
    said = [one for one in notice.statements if not one.denied and category in one.of("dataCategory")]
    must = [one for one in said if "Required" in one.of("right") and "Optional" not in one.of("right")]
    may = [one for one in said if "Optional" in one.of("right") and "Required" not in one.of("right")]
    if bool(must) == bool(may):
        return None
    results = [one for one in must or may if one.consequence or "ConsequenceOfNotProviding" in one.of("right")]
    node: Node = {"obligationToProvide": bool(must)}
    if may:
        node |= {"legalRequirement": False, "contractualRegulation": False}
    else:
        bases = [each for one in must for each in one.of("legalBasis")]
        known = {
            "legalRequirement": any(below(each, ["LegalObligation"]) for each in bases),
            "contractualRegulation": any(below(each, ["Contract"]) for each in bases),
        }
        if any(known.values()):
            node |= known
        else:
            for name in known:
                gaps.need(f"dataDisclosed[].nonDisclosure.{name}", "What obliges was not found in the text.", label)
    if results:
        return node | {"consequences": quotes_of(results)}
    reason = "What follows where the data is not given was not found in the text."
    gaps.need("dataDisclosed[].nonDisclosure.consequences", reason, label)
    return node


def sources(notice: Notice, gaps: Gaps) -> list[Node] | None:
    """Where data comes from that the people do not give themselves; empty where the text says that they alone do."""
    vocabulary = load_vocabulary()
    collected = [one for one in notice.handling() if one.practice == "Collect" and _values(one, "source")]
    found: dict[str, Node] = {}
    for one in collected:
        foreign = [each for each in _values(one, "source") if below(each, FOREIGN) or _is_party(each)]
        for category in one.of("dataCategory") if foreign else ():
            label = vocabulary.label(category, notice.language)
            entry = found.setdefault(category, {"_id": dpv_or_own(category), "dataCategory": label, "sources": []})
            entry["sources"].append(_source(one, foreign, label, gaps))
    own = [one for one in collected if one.exclusive and set(_values(one, "source")) == {"DataSubjectDataSource"}]
    return list(found.values()) or ([] if any(set(one.of("dataCategory")) <= {"PersonalData"} for one in own) else None)


def _is_party(source: str) -> bool:
    concept = load_vocabulary().get(source)
    return concept is not None and "recipients" in concept.schemes


def _source(one: Said, foreign: list[str], label: str, gaps: Gaps) -> Node:
    node: Node = {"description": quotes_of([one])}
    url = _URL.search(one.quote)
    if url:
        node["url"] = url.group()
    else:
        gaps.need("sources[].sources[].url", "No address of the source was found in the text.", label)
    public = {below(each, ["PublicDataSource"]) for each in foreign}
    if public == {True}:
        node["publiclyAvailable"] = True
    else:
        gaps.need(
            "sources[].sources[].publiclyAvailable", "Whether the source is public was not found in the text.", label
        )
    return node


def transfers(notice: Notice) -> list[Node] | None:
    """The countries that data is sent to, with what protects it; empty where the text denies that any is sent."""
    vocabulary = load_vocabulary()
    found: dict[str, Node] = {}
    for one in notice.handling():
        if one.practice != "Transfer":
            continue
        guards = _guards(one)
        places = [vocabulary.concepts[each].notation for each in one.of("transferDestination") if vocabulary.get(each)]
        countries = [each for each in places if len(each) == 2]
        for each in countries or ([""] if guards else []):
            found[each] = found.get(each, {"country": each} if each else {}) | guards
    if found:
        return list(found.values())
    denied = [one for one in notice.statements if one.practice == "Transfer" and one.denied and one.controllers]
    never = any(not one.conditional and one.modality in ("Will", "Must") for one in denied)
    affirmed = any(one.practice == "Transfer" and not one.denied for one in notice.statements)
    whole = any(set(one.of("dataCategory")) <= {"PersonalData"} and not one.of("transferDestination") for one in denied)
    return [] if never and whole and not affirmed else None


def _guards(one: Said) -> Node:
    found: Node = {}
    for each in (*one.of("transferSafeguard"), *one.of("measure")):
        if below(each, ["SafeguardForDataTransfer"]):
            name = SAFEGUARDS.get(each, "appropriateGuarantees")
            found[name] = {"available": True, "description": quotes_of([one])}
    return found
