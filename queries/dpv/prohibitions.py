"""Denied statements of the controller as DPV prohibitions, for exports only.

In: `Facts` of a version. Out: lines (subject, predicate and object). A prohibition carries no property of DPV's that
says what is done: what it is about stands in ODRL constraints, so that no question for processes, data or purposes
finds it. What is denied of rights, measures or contacts ("no security is perfect") forbids nothing and is left out.
"""

from __future__ import annotations

from typing import Final

from ...ontology.terms import (
    CG,
    CONDITION_KIND,
    CONTROLLER,
    DCT,
    DENIED_NAMED_RECIPIENT,
    DENIED_PRACTICE,
    DPV,
    DURATION,
    DURATION_BOUND,
    EFFECT,
    EXACT,
    HAS_CONDITION,
    ODRL,
    QUOTE,
    SCHEMA,
    property_iri,
)
from ..comparing import compares
from .facts import Facts, local
from .processes import DERIVED, DESCRIPTION, TYPE, notice_of, place_of
from .values import HANDLING, processing_of, said_of

__all__ = ["prohibition_lines"]

#: Left operands that neither ODRL nor DPV has; what they mean stands in the view `odrl`.
PROFILE: Final = "https://w3id.org/clausegraph/odrl#"
#: Purposes other than those named.
OTHERS: Final = "UnspecifiedPurpose"
#: Data of any kind.
ANY_DATA: Final = frozenset({"PersonalData", "Data"})
#: What a constraint is about: ODRL's word where it has one, else the class of DPV's, as DPV's guide to ODRL does.
#: No legal basis: "not without consent", "not beyond what the law requires" name the one on which it is done.
_OPERANDS: Final = {
    "dataCategory": DPV + "PersonalData",
    "purpose": ODRL + "purpose",
    "recipient": ODRL + "recipient",
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
            _ends(lines, facts, rule, statement)
            _exceptions(lines, facts, rule, statement)
    return lines


def _constraints(lines: set[str], facts: Facts, rule: str, statement: str) -> None:
    for facet, operand in _OPERANDS.items():
        concepts = filter(None, map(local, facts.iris(statement, property_iri(facet, denied=True))))
        said = [said_of(HANDLING[facet][0], concept) for concept in _forbidden(facet, set(concepts))]
        values = {iri for one in said if one is not None for iri in one.direct}
        if facet == "recipient":
            parties = facts.iris(statement, DENIED_NAMED_RECIPIENT)
            values.update(parties)
            for party in parties:
                lines.update(f"<{party}> <{SCHEMA}name> {name}" for name in facts.all(party, SCHEMA + "name"))
        if values:
            for iri in values:
                _constraint(lines, rule, facet, operand, "isAnyOf", f"<{iri}>")


def _forbidden(facet: str, concepts: set[str]) -> set[str]:
    """Of "for no purpose other than": the others. Those named are the ones that stay allowed."""
    return {OTHERS} if facet == "purpose" and OTHERS in concepts else concepts


def _ends(lines: set[str], facts: Facts, rule: str, statement: str) -> None:
    """Where a denial only sets an end: the time, else the case that its own words describe."""
    times = facts.all(statement, DURATION)
    bounds = {local(iri) for iri in facts.iris(statement, DURATION_BOUND)}
    for time in times if "AtLeast" not in bounds else ():
        _constraint(lines, rule, "time", ODRL + "elapsedTime", "gt", time)
    unread = compares(" ".join(facts.all(statement, QUOTE))) or (
        not _limited(facts, statement) and _too_far(facts, statement)
    )
    if not times and not facts.iris(statement, HAS_CONDITION) and unread:
        _constraint(lines, rule, "words", PROFILE + "circumstance", "isAnyOf", f"<{statement}>")


def _limited(facts: Facts, statement: str) -> bool:
    """Whether anything but the kind of data limits a denial."""
    limits = [property_iri(facet, denied=True) for facet in _OPERANDS if facet != "dataCategory"]
    return any(facts.all(statement, each) for each in (*limits, DENIED_NAMED_RECIPIENT, HAS_CONDITION, DURATION))


def _too_far(facts: Facts, statement: str) -> bool:
    """Whether a denial without a limit would forbid more than its sentence does."""
    data = set(map(local, facts.iris(statement, property_iri("dataCategory", denied=True))))
    if facts.iris(statement, DENIED_PRACTICE) == (CG + "Use",) and data <= ANY_DATA:
        return True  # nobody says that data is not used at all: what for was not found
    quote = facts.all(statement, QUOTE)  # the limit of the sentence may stand on the other practice that it denies
    return any(one != statement and facts.all(one, QUOTE) == quote and _limited(facts, one) for one in facts.denied())


def _constraint(lines: set[str], rule: str, name: str, left: str, operator: str, right: str) -> None:
    constraint = f"{rule}/constraint/{name}"
    lines.add(f"<{rule}> <{ODRL}constraint> <{constraint}>")
    lines.add(f"<{constraint}> {TYPE} <{ODRL}Constraint>")
    lines.add(f"<{constraint}> <{ODRL}leftOperand> <{left}>")
    lines.add(f"<{constraint}> <{ODRL}operator> <{ODRL}{operator}>")
    lines.add(f"<{constraint}> <{ODRL}rightOperand> {right}")


def _exceptions(lines: set[str], facts: Facts, rule: str, statement: str) -> None:
    """A denial's conditions by their words: neither DPV nor ODRL could compute them."""
    for condition in facts.iris(statement, HAS_CONDITION):
        lines.add(f"<{rule}> <{DCT}relation> <{condition}>")
        lines.update(f"<{condition}> {DESCRIPTION} {words}" for words in facts.all(condition, EXACT))
        for kind in (*facts.iris(condition, EFFECT), *facts.iris(condition, CONDITION_KIND)):
            lines.add(f"<{condition}> <{DCT}type> <{kind}>")
