"""What an exception inside a sentence permits.

In: a denied `Statement` with the `Facts` of its sentence. Out: the affirmed statement that its exception makes ("we do
not share your data, except with our couriers" shares it with couriers), or nothing where the exception names a legal
ground alone.
"""

from __future__ import annotations

from ..records import Mention, Statement
from .facts import Facts

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
    }
)
_ORDERS = frozenset({"JudicialOrganisation", "GovernmentalOrganisation", "Authority", "LawEnforcementAuthority"})
_TRIM = " \t\n,;:()，；：（）"


def permitted(statement: Statement, facts: Facts, index: int) -> Statement | None:
    """The statement that the exception on ``statement`` makes; ``index`` is where the denied one stands."""
    practice = _PERMITTED.get(statement.practice)
    if not statement.denied or practice is None or statement.exception_to or statement.actor == "DataSubject":
        return None
    zones = [z for z in facts.zones if z.kind == "exception"]
    named = [
        v.mention for v in facts.values if v.zone == "exception" and not v.weak and _is_practice(v.mention, practice)
    ]
    if len(zones) != 1 or not named:
        return None
    zone, text = zones[0], facts.sentence.reading.view.text
    start, end = max(zone.start, statement.start), min(zone.end, statement.end)
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    data = [m for m in statement.mentions if m.facet == "dataCategory"]
    return Statement(
        start=start,
        end=end,
        clause=statement.clause,
        practice=practice,
        modality="May",
        actor=statement.actor,
        named_actor=statement.named_actor,
        of_controller=statement.of_controller,
        mentions=tuple(sorted({*named, *data}, key=lambda m: (m.start, m.end, m.facet, m.concept))),
        exception_to=(index,),
        rules=(*statement.rules, "exception-part"),
        trace=(*statement.trace, "what its exception permits"),
    )


def _is_practice(mention: Mention, practice: str) -> bool:
    if mention.facet == "recipient":
        return practice in ("Share", "Transfer") and mention.concept not in ("User", "Customer", "Member", *_ORDERS)
    return mention.facet == "purpose" and mention.concept not in _GROUNDS
