"""The constraints of ODRL rules: what a statement's facets, periods and conditions limit.

In: statements. Out: JSON-LD nodes; what they point at is put beside the policy, by IRI.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from .said import EMPTY, Condition, Notice, Party, Said, dpv_or_own

__all__ = ["DESCRIBING", "Node", "case_of", "circumstance", "constraint", "limits_of", "party_of", "text_of", "time_of"]

Node = dict[str, Any]

#: Facets that limit an action, and the left operand that carries each.
LIMITS: Final = {
    "purpose": "purpose",
    "recipient": "recipient",
    "transferDestination": "spatial",
    "storageLocation": "spatial",
    "processingLocation": "spatial",
    "recipientLocation": "cgo:recipientLocation",
    "legalBasis": "cgo:legalBasis",
    "source": "cgo:source",
    "dataSubject": "cgo:dataSubject",
    "storageMedium": "cgo:storageMedium",
    "retention": "cgo:retention",
    "measure": "cgo:measure",
    "transferSafeguard": "cgo:measure",
}
#: Purposes other than those named.
OTHERS: Final = "UnspecifiedPurpose"
#: Left operands that say of what and of whom the data is, but set no end to what is done with it.
DESCRIBING: Final = frozenset(
    {"cgo:source", "cgo:dataSubject", "cgo:storageMedium", "cgo:recipientLocation", "cgo:measure"}
)


def limits_of(iri: str, one: Said, beside: dict[str, Node]) -> list[Node]:
    """A constraint a facet. Several values: any of them, since each is one that the sentence names."""
    found = []
    for facet, operand in LIMITS.items():
        if one.denied and facet in ("legalBasis", "measure", "transferSafeguard"):
            continue  # "not without consent" names what it would be done with
        values = {dpv_or_own(each) for each in _named(one, facet)}
        if facet == "recipient":
            values |= {party_of(each, beside) for each in one.named_recipients}
        if facet == "retention" and one.duration:
            continue  # the time itself says more
        if values:
            operator = "eq" if len(values) == 1 else "isAnyOf"
            found.append(constraint(f"{iri}/constraint/{facet}", operand, operator, sorted(values)))
    return found


def _named(one: Said, facet: str) -> list[str]:
    found = [each for each in one.of(facet) if each not in EMPTY]
    if one.denied and OTHERS in found:
        return [OTHERS]  # "for no purpose other than": those named are the ones that stay allowed
    return found


def time_of(iri: str, one: Said) -> list[Node]:
    """How long at most. "At least" sets no end; it stands in the comment."""
    if not one.duration or one.bound == "AtLeast":
        return []
    value = {"@value": one.duration, "@type": "xsd:duration"}
    return [constraint(f"{iri}/constraint/time", "elapsedTime", "gt" if one.denied else "lteq", value)]


def circumstance(iri: str, condition: Condition, notice: Notice, beside: dict[str, Node]) -> Node:
    """Only if: the circumstance is given. Unless: it is not. All constraints of a rule must be met, so any one that
    is not met undoes the rule, as the contract reads several exceptions."""
    beside[condition.iri] = {"@id": condition.iri, "description": text_of(condition.words, notice)}
    operator = "neq" if condition.effect == "Unless" else "eq"
    return case_of(iri, condition.iri.rpartition("/x/")[2], condition.iri, operator)


def case_of(iri: str, name: str, case: str, operator: str) -> Node:
    """A constraint by a case that words describe."""
    return constraint(f"{iri}/constraint/case-{name}", "cgo:circumstance", operator, [case])


def party_of(party: Party, beside: dict[str, Node]) -> str:
    """A party, put beside the policy."""
    beside[party.iri] = {"@id": party.iri, "@type": "Party"} | ({"name": party.name} if party.name else {})
    return party.iri


def constraint(iri: str, left: str, operator: str, right: Sequence[str] | Node) -> Node:
    """One constraint; ``right`` are IRIs, or a literal."""
    value = right if isinstance(right, dict) else [{"@id": each} for each in right]
    return {
        "@id": iri,
        "@type": "Constraint",
        "uid": iri,
        "leftOperand": left,
        "operator": operator,
        "rightOperand": value,
    }


def text_of(words: str, notice: Notice) -> Node:
    """Words in the language of the text."""
    return {"@value": " ".join(words.split()), "@language": notice.language or "und"}
