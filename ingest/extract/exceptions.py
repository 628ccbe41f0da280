"""What an exception inside a sentence permits.

In: a denied `Statement` with the `Facts` of its sentence. Out: the affirmed statement that its exception makes ("we do
not share your data, except with our couriers" shares it with couriers), or nothing where the exception names a legal
ground alone.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..records import Condition, Mention, Statement
from .facts import Facts
from .zones import Zone

_PERMITTED = {
    "Collect": "Collect",
    "Use": "Use",
    "Share": "Share",
    "Sell": "Share",
    "Transfer": "Transfer",
    "Store": "Store",
    "Retain": "Retain",
}
#: Grounds of law and acts of authorities stand as conditions on the denial, they are no practice of their own.
_GROUNDS = frozenset(
    {
        "LegalCompliance",
        "LegalObligation",
        "LawEnforcement",
        "EstablishLegalClaims",
        "DisputeManagement",
        "FulfilmentOfObligation",
        "FulfilmentOfContractualObligation",
        "LegalClaims",
        "LegalRightsProtection",
        "DataSubjectRightsManagement",
        "PersonIdentification",
        "UnspecifiedPurpose",
    }
)
_ORDERS = frozenset({"JudicialOrganisation", "GovernmentalOrganisation", "Authority", "LawEnforcementAuthority"})
#: "Other than those described in this policy", "unless you consent", "once made anonymous": exceptions that name no
#: practice of their own, whatever words they contain.
_NAMES_NONE = re.compile(
    r"\b(?:described|specified|stated|set (?:out|forth)|listed|disclosed (?:in|here)|permitted by|consent(?:ed)?|legal grounds|anonym\w+|aggregated?|de-identified)\b"
    r"|uveden\w+ v|popsan\w+|souhlas\w*|anonym\w+"
    r"|协议|指引|本政策|清单|另有(?:规定|约定)|同意|授权|许可|匿名|去标识|脱敏|识别"
)


def permitted(statement: Statement, facts: Facts, index: int) -> Statement | None:
    """The statement that the exception on ``statement`` makes; ``index`` is where the denied one stands."""
    practice = _PERMITTED.get(statement.practice)
    if not statement.denied or practice is None or statement.exception_to or statement.actor == "DataSubject":
        return None
    view = facts.sentence.reading.view.folded
    zones = [z for z in facts.zones if z.kind == "exception" and not _NAMES_NONE.search(view, z.start, z.end)]
    if not zones:
        return None
    named = [
        v.mention
        for v in facts.values
        if v.zone == "exception"
        and not v.weak
        and _is_practice(v.mention, practice)
        and any(z.start <= v.mention.start < z.end for z in zones)
    ]
    if not named:
        return None
    data = [m for m in statement.mentions if m.facet == "dataCategory"]
    return Statement(
        start=statement.start,
        end=statement.end,
        clause=statement.clause,
        practice=practice,
        modality="May",
        actor=statement.actor,
        named_actor=statement.named_actor,
        of_controller=statement.of_controller,
        mentions=tuple(sorted({*named, *data}, key=lambda m: (m.start, m.end, m.facet, m.concept))),
        conditions=_conditions(statement, facts, zones),
        exception_to=(index,),
        rules=(*statement.rules, "exception-part"),
        trace=(*statement.trace, "what its exception permits"),
    )


#: "Unless you join the programme" is when its practice happens; "except our courier" is with whom.
_CLAUSE = re.compile(r"unless\b|except (?:when|where|if|as)\b|save (?:when|where)\b|ledaže\b|pokud\b|除非")


def _conditions(statement: Statement, facts: Facts, zones: list[Zone]) -> tuple[Condition, ...]:
    """The exception's own words, turned round, where they are a clause."""
    folded = facts.sentence.reading.view.folded
    return tuple(
        replace(one, effect="OnlyIf")
        for one in statement.conditions
        if _CLAUSE.match(folded, one.start) and any(z.start <= one.start < z.end for z in zones)
    )


def _is_practice(mention: Mention, practice: str) -> bool:
    if mention.facet == "recipient":
        return practice in ("Share", "Transfer") and mention.concept not in (
            "User",
            "Customer",
            "Member",
            "Public",
            *_ORDERS,
        )
    return mention.facet == "purpose" and mention.concept not in _GROUNDS
