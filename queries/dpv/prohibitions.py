"""Denied statements of the controller as DPV prohibitions, for exports only.

In: `Facts` of a version. Out: lines (subject, predicate and object). A prohibition carries no property of DPV's that
says what is done: what it is about stands in ODRL constraints, so that no question for processes, data or purposes
finds it. What is denied of rights, measures or contacts ("no security is perfect") forbids nothing and is left out.
"""

from __future__ import annotations

from typing import Final

from ...ontology.terms import (
    CONDITION_KIND,
    CONTROLLER,
    DCT,
    DENIED_NAMED_RECIPIENT,
    DENIED_PRACTICE,
    DPV,
    EFFECT,
    EXACT,
    HAS_CONDITION,
    ODRL,
    QUOTE,
    SCHEMA,
    property_iri,
)
from .facts import Facts, local
from .processes import DERIVED, DESCRIPTION, TYPE, notice_of, place_of
from .values import HANDLING, processing_of, said_of

__all__ = ["prohibition_lines"]

#: What a constraint is about: ODRL's word where it has one, else the class of DPV's, as DPV's guide to ODRL does.
_OPERANDS: Final = {
    "dataCategory": DPV + "PersonalData",
    "purpose": ODRL + "purpose",
    "recipient": ODRL + "recipient",
    "legalBasis": DPV + "LegalBasis",
    "source": DPV + "DataSource",
    "dataSubject": DPV + "DataSubject",
    "transferDestination": ODRL + "spatial",
    "storageLocation": ODRL + "spatial",
    "processingLocation": ODRL + "spatial",
    "recipientLocation": ODRL + "spatial",
}


def prohibition_lines(facts: Facts) -> set[str]:
    """All that a version's denials forbid."""
    lines: set[str] = set()
    for statement in facts.denied():
        handled = processing_of(local(next(iter(facts.iris(statement, DENIED_PRACTICE)), "")))
        if handled is not None:
            rule = place_of(facts, statement)
            lines.add(f"<{notice_of(facts)}> <{DPV}hasProhibition> <{rule}>")
            lines.update(f"<{rule}> {TYPE} <{kind}>" for kind in (DPV + "Prohibition", ODRL + "Prohibition"))
            lines.add(f"<{rule}> {DERIVED} <{statement}>")
            lines.update(f"<{rule}> <{ODRL}action> <{iri}>" for iri in handled.direct)
            lines.update(f"<{rule}> <{ODRL}assignee> <{party}>" for party in facts.iris(statement, CONTROLLER))
            lines.update(f"<{rule}> {DESCRIPTION} {words}" for words in facts.all(statement, QUOTE))
            _constraints(lines, facts, rule, statement)
            _exceptions(lines, facts, rule, statement)
    return lines


def _constraints(lines: set[str], facts: Facts, rule: str, statement: str) -> None:
    for facet, operand in _OPERANDS.items():
        concepts = filter(None, map(local, facts.iris(statement, property_iri(facet, denied=True))))
        said = [said_of(HANDLING[facet][0], concept) for concept in concepts]
        values = {iri for one in said if one is not None for iri in one.direct}
        if facet == "recipient":
            parties = facts.iris(statement, DENIED_NAMED_RECIPIENT)
            values.update(parties)
            for party in parties:
                lines.update(f"<{party}> <{SCHEMA}name> {name}" for name in facts.all(party, SCHEMA + "name"))
        if values:
            constraint = f"{rule}/constraint/{facet}"
            lines.add(f"<{rule}> <{ODRL}constraint> <{constraint}>")
            lines.add(f"<{constraint}> {TYPE} <{ODRL}Constraint>")
            lines.add(f"<{constraint}> <{ODRL}leftOperand> <{operand}>")
            lines.add(f"<{constraint}> <{ODRL}operator> <{ODRL}isAnyOf>")
            lines.update(f"<{constraint}> <{ODRL}rightOperand> <{iri}>" for iri in values)


def _exceptions(lines: set[str], facts: Facts, rule: str, statement: str) -> None:
    """A denial's conditions by their words: neither DPV nor ODRL could compute them."""
    for condition in facts.iris(statement, HAS_CONDITION):
        lines.add(f"<{rule}> <{DCT}relation> <{condition}>")
        lines.update(f"<{condition}> {DESCRIPTION} {words}" for words in facts.all(condition, EXACT))
        for kind in (*facts.iris(condition, EFFECT), *facts.iris(condition, CONDITION_KIND)):
            lines.add(f"<{condition}> <{DCT}type> <{kind}>")
