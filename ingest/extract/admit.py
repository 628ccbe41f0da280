"""Which of a sentence's values belong to a practice.

In: a `Draft` and the sentence's `Facts`. Out: `Admission`: the mentions it takes, in the facets it can have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..records import Mention
from .context import Draft
from .facets import Value, in_measure
from .facts import GENERIC_DATA, Facts
from .lacking import apart, left

_LAW = ("applicableLaw", "authority")
_PLACE = ("jurisdiction", "storageMedium")
_COMMON = ("legalBasis", "dataSubject", "measure")

#: The facets a practice can have.
ADMITTED: dict[str, frozenset[str]] = {
    practice: frozenset(facets)
    for practice, facets in {
        "Collect": ("dataCategory", "purpose", "source", "recipient", *_COMMON),
        "Use": ("dataCategory", "purpose", "recipient", "source", *_COMMON, *_LAW, *_PLACE),
        "Share": ("dataCategory", "purpose", "recipient", *_COMMON),
        "Sell": ("dataCategory", "purpose", "recipient", *_COMMON),
        "Transfer": ("dataCategory", "purpose", "recipient", *_COMMON, *_LAW, *_PLACE),
        "Store": ("dataCategory", "purpose", "recipient", *_COMMON, *_PLACE),
        "Retain": ("dataCategory", "purpose", "retention", *_COMMON),
        "Protect": ("dataCategory", "recipient", "measure", "dataSubject", *_LAW),
        "GrantRight": ("dataCategory", "right", "legalBasis", "dataSubject", "measure", *_LAW),
        "OfferChoice": ("dataCategory", "purpose", "right", "recipient", "legalBasis", "dataSubject"),
        "Notify": ("measure", "legalBasis", "recipient"),
        "ProtectChild": ("dataCategory", "dataSubject", "legalBasis", "retention", *_LAW),
        "OfferContact": ("right", "authority", "dataSubject"),
        "LimitScope": ("dataCategory", "recipient", "applicableLaw", "source"),
        "AssignRole": ("dataCategory", "recipient", "dataSubject", "legalBasis", "purpose"),
    }.items()
}
#: What kind of place a place is where the practice tells.
PLACE_OF = {"Store": "storageLocation", "Transfer": "transferDestination", "Use": "processingLocation"}
_NEEDS_DATA = frozenset({"Collect", "Use", "Share", "Sell", "Transfer", "Store", "Retain"})
_CONTACT_DATA = frozenset(
    {"EmailAddress", "TelephoneNumber", "PhysicalAddress", "Contact", "EmailContent", "Communication", "MailingAddress"}
)
_CHANNEL = re.compile(
    r"(?:\bvia|\bby|\bthrough|\bsend(?: us)? an?|\bsending an?|\bour|\bin an?|通过|发送|发|以|藉|(?<![使利])用|透过|寄送|来|prostřednictvím|přes|na adrese|na|formou|zaslat|zašleme|zasílat|e-?mailem)\s*(?:e-?)?(?:您的)?$",
    re.IGNORECASE,
)
GENERIC = frozenset({"PersonalData", "UserData"})
#: Data that stands beside personal data rather than under it.
_BESIDE = frozenset({"IndirectlyIdentifyingData", "AnonymisedData", "NonPersonalData", "DevicePermission"})


@dataclass(frozen=True, slots=True)
class Admission:
    """``mentions`` taken from the sentence; ``allowed`` facets; whether data is to be inherited; whether it needs any value."""

    mentions: tuple[Mention, ...]
    allowed: frozenset[str]
    wants_data: bool
    required: bool


def admit(facts: Facts, draft: Draft, rivals: Sequence[Draft] = ()) -> Admission:
    """The values a draft takes; ``rivals`` are the sentence's other drafts."""
    allowed = ADMITTED[draft.practice]
    taken: list[Mention] = []
    turned = {v.mention.facet for v in facts.values if v.zone == "denied"}
    for value in facts.values:
        if (
            value.mention.facet not in allowed
            or value.zone == "exception"
            or (value.zone == "denied" and draft.zone != "denied")
            or (draft.zone == "denied" and value.zone != "denied" and value.mention.facet in turned)
        ):
            continue
        if apart(facts, draft, value.mention, rivals) or rivalled(facts, draft, value, rivals):
            continue
        if turned_down(facts, draft, value) or giver(draft, value.mention):
            continue
        if value.zone == "denied" or "absence" in draft.rules or _fits(facts, draft, value):
            taken.append(place(draft, value.mention))
    taken = specific(facts.sentence.reading.view.folded, taken)
    taken += [m for m in _said(facts, draft, allowed) if not rivalled(facts, draft, Value(m, "main"), rivals)]
    data = any(m.facet == "dataCategory" for m in taken)
    if not data and draft.practice in _NEEDS_DATA and not facts.sentence.has("anaphora", "data"):
        generic = GENERIC_DATA.search(facts.sentence.folded)
        at = facts.sentence.start
        if generic and not any(z.kind == "denied" and z.start <= at + generic.start() < z.end for z in facts.zones):
            found = Mention("dataCategory", "PersonalData", at + generic.start(), at + generic.end(), "generic-data")
            data = not turned_down(facts, draft, Value(found, "main"))
            taken += [found] if data else []
    return Admission(
        tuple(taken),
        allowed,
        (draft.practice in _NEEDS_DATA or (draft.practice == "GrantRight" and "list-head" in draft.rules)) and not data,
        draft.practice in ("Collect", "Share"),
    )


def rivalled(facts: Facts, draft: Draft, value: Value, rivals: Sequence[Draft]) -> bool:
    """Where one practice is stated and denied by two verbs, each takes only what stands in its own clause or behind it."""
    for r in rivals:  # "neobsahuje reklamy, ale sbírá statistiky": what is not there is no purpose of what is done
        if "absent" in r.rules and not draft.denied and draft.at >= 0:
            start, end = facts.sentence.clause_of(r.at)
            if start <= value.mention.start < end and not start <= draft.at < end:
                return True
    kept = {"Store", "Retain"}  # two verbs of one practice, as far as whose data it is
    others = [
        r
        for r in rivals
        if (r.practice == draft.practice or {r.practice, draft.practice} == kept)
        and r.denied != draft.denied
        and r.at >= 0
        and not r.zone
    ]
    facets: tuple[str, ...] = ("dataCategory", "purpose", "recipient", "retention")
    if value.mention.facet == "jurisdiction":  # "stored in Taiwan, not sent abroad": each verb has its own place
        facets = ("jurisdiction",)
        others = [
            r for r in rivals if r.practice != draft.practice and r.practice in ("Store", "Transfer") and r.at >= 0
        ]
    if draft.at < 0 or not others or value.mention.facet not in facets:
        return False
    at = value.mention.start
    clause = facts.sentence.clause_of(at)
    verbs = [draft.at, *(o.at for o in others)]
    folded = facts.sentence.reading.view.folded
    inside = [v for v in verbs if clause[0] <= v < clause[1]]
    inside = [v for v in inside if not _TURNS.search(folded, min(at, v), max(at, v))] or inside
    before = [v for v in verbs if v <= at]
    owner = min(inside, key=lambda v: abs(v - at)) if inside else max(before) if before else min(verbs)
    return owner != draft.at


#: Where a second verb begins to deny without a comma ("… with couriers and do not share it with …").
_TURNS = re.compile(
    r"\b(?:and|but) (?:we )?(?:(?:will|do|does|shall|would) not\b|never\b|\w+n['’]t\b)|\b(?:a|ale) ne\w{2,}(?:eme|áme|íme)\b"
)


def turned_down(facts: Facts, draft: Draft, value: Value) -> bool:
    """Whether it stands in a clause whose verb is denied ("The shop processes payments, we do not get your card number")."""
    if draft.denied:
        return _of_permission(facts, draft, value) or left(facts, draft, value.mention)
    if draft.practice == "Protect" and in_measure(value, facts.values):
        return True
    if value.mention.facet in ("retention", "measure") and any(
        f.denied and f.hit.start < value.mention.end and value.mention.start < f.hit.end for f in facts.frames
    ):  # "kept in backups, where it may not be deleted at once": no deletion
        return True
    if draft.at < 0 or value.mention.facet not in ("dataCategory", "purpose", "recipient", "source"):
        return False
    start, end = facts.sentence.clause_of(value.mention.start)
    if start <= draft.at < end:
        return False
    inside = [f for f in facts.frames if f.zone == "main" and start <= f.hit.start < end]
    return bool(inside) and all(f.denied for f in inside)


def _of_permission(facts: Facts, draft: Draft, value: Value) -> bool:
    """Whether a value belongs to a clause that affirms, and so not to a denial beside it.

    "We do not sell your data, but give your address to couriers": neither the address nor the couriers are denied.
    """
    mention = value.mention
    if mention.concept == "StorageDeletion":
        return any(
            f.kind == "delete" and not f.denied and f.hit.start < mention.end and mention.start < f.hit.end
            for f in facts.frames
        )
    if draft.at < 0 or mention.facet not in ("dataCategory", "purpose", "recipient"):
        return False
    start, end = facts.sentence.clause_of(mention.start)
    if mention.end <= draft.at and _TURNS.search(facts.sentence.reading.view.folded, mention.end, draft.at):
        behind = any(v.mention.facet == "dataCategory" and v.mention.start > draft.at for v in facts.values)
        before = any(
            not f.denied and f.kind in _HANDLING and start <= f.hit.start < mention.start for f in facts.frames
        )
        return before and (behind or mention.facet != "dataCategory")
    if start <= draft.at < end:
        return False
    inside = [f for f in facts.frames if f.zone == "main" and f.kind in _HANDLING and start <= f.hit.start < end]
    if not inside or any(f.denied for f in inside):
        return False
    own = facts.sentence.clause_of(draft.at)
    folded = facts.sentence.reading.view.folded
    said = "absent" in draft.rules or GENERIC_DATA.search(folded, *own) or _OWN_SUBJECT.match(folded, *own)
    return mention.facet != "dataCategory" or bool(said)


#: "Your number is not shared": a clause that says of what it speaks, in whatever word.
_OWN_SUBJECT = re.compile(r"\s*(?:your|the|this|these|our)\s(?:[\w-]+\s){1,4}?(?:is|are|will|may|can)\b")


_HANDLING = frozenset({"collect", "use", "share", "provide", "sell", "transfer", "store", "retain", "process"})


def _fits(facts: Facts, draft: Draft, value: Value) -> bool:
    mention = value.mention
    folded = facts.sentence.reading.view.folded
    if value.weak and not _supported(facts, value):
        return False
    if mention.concept in _NEVER:
        return False
    if mention.facet == "dataCategory":
        if mention.concept in _CONTACT_DATA and (
            draft.practice in ("GrantRight", "OfferChoice", "OfferContact", "Notify")
            or _CHANNEL.search(folded[max(facts.sentence.start, mention.start - 18) : mention.start])
        ):
            return False
        if value.zone == "purpose" and draft.practice in _NEEDS_DATA and _in_purpose(facts, mention):
            return False
        if mention.concept in _MEANS and draft.practice == "Collect" and _other_data(facts, mention):
            return False
        return (
            value.zone != "condition"
            or draft.practice in ("Use", "Collect", "ProtectChild")
            or mention.concept in GENERIC
        )
    if mention.facet == "purpose":
        if value.zone in ("condition", "relative"):
            return False
        if value.zone != "purpose" and draft.practice in ("Retain", "Store"):
            return False
        if not value.composed or value.zone == "purpose":
            return True
        if draft.practice == "Collect":
            return False
        serves = any(f.kind == "serve" for f in facts.frames)
        return (
            serves
            or "list-head" in draft.rules
            or facts.announces("Use")
            or (draft.practice == "Use" and facts.context.item)
        )
    if mention.facet == "recipient":
        if mention.concept in ("User", "Customer", "Member"):
            return draft.practice in ("Share",) and draft.actor != "you"
        if not facts.sentence.reading.words and _OWNER.match(folded, mention.end):
            return False
        if value.zone == "condition" or (value.weak and draft.practice != "Share"):
            return False
        if draft.practice in ("Use", "Collect") and not mention.party:
            return draft.actor == "third" or _receives(facts, mention)
        return value.zone != "relative" or bool(mention.party)
    if mention.facet == "retention":
        return True
    if mention.facet == "source":
        if value.zone == "purpose" or (draft.practice == "Use" and mention.concept not in _DEVICES):
            return False
        if mention.concept in _DEVICES and (draft.practice != "Collect" or not _other_data(facts, mention)):
            return False
        return value.zone != "condition"
    if mention.facet == "storageMedium" and draft.practice == "Use":
        return mention.concept == "LocalLocation"  # "processed on your device"
    if mention.facet == "measure":
        return value.zone not in ("purpose", "condition")
    if mention.facet == "dataSubject":
        return draft.practice != "Share" and not (value.zone == "condition" and draft.practice == "Retain")
    if mention.facet == "right":
        return draft.practice != "OfferContact"
    if mention.facet == "legalBasis" and mention.concept == "Consent":
        return draft.practice not in ("OfferChoice", "Notify")
    return True


def _receives(facts: Facts, mention: Mention) -> bool:
    """Whether a party named beside a use or a collection takes part in it ("together with", "through")."""
    before = facts.sentence.reading.view.folded[max(facts.sentence.start, mention.start - 24) : mention.start]
    return bool(
        re.search(
            r"\b(?:with|through|via|by|by our|by the|ve spolupráci s|prostřednictvím)\s+(?:\w+\s+)?$|(?:通过|由|与|委托)[^,;。]{0,6}$",
            before,
        )
    )


#: A party before these owns or orders something, it receives nothing (法院的命令).
_OWNER = re.compile(r"(?:的|之)(?!工作人员|代表|员工)|命令|判决|要求|规定")

#: Values that a sentence mentions without stating them of the practice.
_NEVER = frozenset({"HumanSubject", "ConsequenceOfNotProviding"})
#: Cookies and beacons are data where they are the thing, a source where they are the means.
_MEANS = frozenset({"CookieData", "WebBeaconData"})
_DEVICES = frozenset({"Cookie", "WebBeacon", "LocalStorage"})


def _other_data(facts: Facts, mention: Mention) -> bool:
    return any(
        v.mention.facet == "dataCategory"
        and v.zone in ("main", "relative")
        and v.mention.concept not in (*_MEANS, *GENERIC, "CollectedPersonalData")
        and not v.weak
        for v in facts.values
    )


def _in_purpose(facts: Facts, mention: Mention) -> bool:
    """ "to understand how you use the site": what a purpose is about is not the data of the practice."""
    return any(
        v.mention.facet == "purpose" and v.mention.start < mention.end and mention.start < v.mention.end + 2
        for v in facts.values
    ) or mention.concept in (
        "ServiceConsumptionBehaviour",
        "BrowsingBehaviour",
        "AnonymisedData",
        "Communication",
        "Interest",
        "Preference",
        "AccountData",
    )


def _supported(facts: Facts, value: Value) -> bool:
    """A weak form counts beside other values of its facet, in an item, or right after a verb of collecting."""
    mention = value.mention
    folded = facts.sentence.reading.view.folded
    if facts.context.item and facts.context.first and len(folded[facts.sentence.start : facts.sentence.end]) < 60:
        return True
    for other in facts.values:
        if other is value or other.mention.facet != mention.facet:
            continue
        gap = folded[min(other.mention.end, mention.end) : max(other.mention.start, mention.start)]
        if len(gap) <= 8 and re.search(r"[,、/;]|\band\b|\bor\b|\ba\b|\bnebo\b|和|及|与|或", gap):
            return True
    return any(
        f.kind in ("collect", "record", "ask", "receive") and 0 <= mention.start - f.hit.end <= 12 for f in facts.frames
    )


def specific(text: str, taken: list[Mention]) -> list[Mention]:
    """The generic "personal data" stands only where no category is named; the same words count once."""
    data = [m for m in taken if m.facet == "dataCategory"]
    if any(m.concept not in (*GENERIC, *_BESIDE) for m in data):
        taken = [m for m in taken if not (m.facet == "dataCategory" and m.concept in GENERIC)]
    out: list[Mention] = []
    for mention in taken:
        same = [m for m in out if m.facet == mention.facet and m.concept == mention.concept]
        if same and (mention.facet not in _LISTED or not all(_apart(text, mention, other) for other in same)):
            continue
        out.append(mention)
    return out


#: Facets whose members a text lists: two of one concept are two members.
_LISTED = frozenset({"dataCategory", "purpose", "recipient", "source"})


def _apart(text: str, one: Mention, other: Mention) -> bool:
    """Whether two mentions of one concept are different words at different places."""
    return (one.end <= other.start or other.end <= one.start) and text[one.start : one.end] != text[
        other.start : other.end
    ]


def place(draft: Draft, mention: Mention) -> Mention:
    """Tell what kind of place it is where the practice tells."""
    if mention.facet != "jurisdiction":
        return mention
    kind = PLACE_OF.get(draft.practice)
    if kind is None:
        return mention
    return Mention(kind, mention.concept, mention.start, mention.end, mention.rule, mention.inherited_from)


def giver(draft: Draft, mention: Mention) -> bool:
    """Whether a recipient's name is that of who gives data to the controller."""
    named = mention.start < draft.actor_end and draft.actor_start < mention.end
    return "inbound" in draft.rules and mention.facet == "recipient" and named


def _said(facts: Facts, draft: Draft, allowed: frozenset[str]) -> list[Mention]:
    """Values that follow from a construction rather than from a form."""
    out: list[Mention] = []
    if "source" in allowed:
        for frame in facts.frames:
            if (
                frame.kind == "give"
                and (frame.actor == "you" or (frame.actor == "" and not frame.denied))
                and not any(v.mention.facet == "source" for v in facts.values)
            ):
                out.append(Mention("source", "DataSubjectDataSource", frame.hit.start, frame.hit.end, "frame:give"))
                break
    if "inbound" in draft.rules and draft.actor_start >= 0:
        out.extend(
            Mention("source", "ThirdPartyDataSource", v.mention.start, v.mention.end, "inbound", party=v.mention.party)
            for v in facts.values
            if giver(draft, v.mention)
        )
    if "retention" in allowed and draft.practice == "Retain":
        out.extend(
            Mention("retention", "TemporalDuration", period.start, period.end, "period") for period in facts.periods
        )
    return out
