"""Affirmed statements of the controller as DPV processes.

In: `Facts` of a version. Out: two sets of lines (subject, predicate and object, as N-Triples): what the statements say
in DPV's terms, and what follows from it at the broader levels.

One statement is one `dpv:PersonalDataProcess`, whose IRI has ``dpv`` where the statement's has ``s``. A statement about
what the text covers or who has which role is none: it handles nothing. What holds only under a condition has a
`dpv:hasProcessingCondition`, always, so that one filter leaves it out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ...ontology.terms import (
    ACTOR,
    CONDITIONAL,
    CONTACT,
    CONTACT_ROLE,
    CONTROLLER,
    DCT,
    DPV,
    DURATION,
    DURATION_BOUND,
    EXACT,
    EXCEPTION_TO,
    HAS_CONDITION,
    NAMED_ACTOR,
    NAMED_RECIPIENT,
    PRACTICE,
    PROV,
    QUOTE,
    RDF,
    SCHEMA,
    property_iri,
)
from .facts import Facts, local
from .values import FACET_RULES, HANDLING, PLACE, Said, processing_of, said_of, storage_of

__all__ = ["Lines", "direct_lines", "place_of"]

#: Practices that are no activity: what the text covers, who is controller or processor.
NO_PROCESS: Final = frozenset({"LimitScope", "AssignRole"})
#: Facets of handling that mean the same where data is protected.
_OF_MEASURES: Final = frozenset({"dataCategory"})
#: OWL-Time, in whose terms DPV writes a period.
TIME: Final = "http://www.w3.org/2006/time#"
TYPE: Final = f"<{RDF}type>"
DERIVED: Final = f"<{PROV}wasDerivedFrom>"
DESCRIPTION: Final = f"<{DCT}description>"


class Lines:
    """Lines of the two graphs, without order. ``direct`` is what is said, ``broader`` what follows from it."""

    def __init__(self) -> None:
        self.direct: set[str] = set()
        self.broader: set[str] = set()

    def say(self, subject: str, predicate: str, term: str) -> None:
        """Add to what is said; the term as N-Triples writes it."""
        self.direct.add(f"<{subject}> {predicate} {term}")

    def link(self, subject: str, name: str, *iris: str) -> None:
        """Add a DPV property, by its local name, with IRIs as values."""
        for iri in iris:
            self.direct.add(f"<{subject}> <{DPV}{name}> <{iri}>")

    def values(self, subject: str, said: Said | None) -> None:
        """Add what a facet says, at all levels."""
        if said is not None:
            self.direct.update(f"<{subject}> <{said.property}> <{iri}>" for iri in said.direct)
            self.broader.update(f"<{subject}> <{said.property}> <{iri}>" for iri in said.broader)

    def settle(self) -> None:
        """What is said itself need not follow."""
        self.broader -= self.direct


def place_of(facts: Facts, statement: str) -> str:
    """The IRI that a statement has in DPV's terms."""
    return f"{facts.version}/dpv/{statement.removeprefix(facts.version + '/s/')}"


def notice_of(facts: Facts) -> str:
    """The IRI of the notice that a version is."""
    return f"{facts.version}/dpv/notice"


def direct_lines(facts: Facts) -> Lines:
    """All that a version's affirmed statements say in DPV's terms."""
    lines = Lines()
    notice = notice_of(facts)
    for statement in facts.affirmed():
        practice = local(next(iter(facts.iris(statement, PRACTICE)), ""))
        if practice in NO_PROCESS:
            _laws(lines, facts, notice, statement)
        else:
            _process(lines, facts, notice, statement, practice)
    lines.say(notice, TYPE, f"<{DPV}PrivacyNotice>")
    lines.say(notice, DERIVED, f"<{facts.version}>")
    controllers = facts.iris(facts.version, CONTROLLER)
    lines.link(notice, "hasDataController", *controllers)
    for party in controllers:
        _party(lines, facts, party, "DataController")
    lines.settle()
    return lines


def _process(lines: Lines, facts: Facts, notice: str, statement: str, practice: str) -> None:
    process = place_of(facts, statement)
    lines.say(process, TYPE, f"<{DPV}PersonalDataProcess>")
    lines.say(process, DERIVED, f"<{statement}>")
    lines.link(notice, "hasProcess", process)
    lines.link(process, "hasNotice", notice)
    for party in facts.iris(statement, CONTROLLER):
        lines.link(process, "hasDataController", party)
        _party(lines, facts, party, "DataController")
    handled = processing_of(practice)
    lines.values(process, handled)
    for facet, rules in (*HANDLING.items(), *FACET_RULES.items()):
        if facet in HANDLING and handled is None and not (practice == "Protect" and facet in _OF_MEASURES):
            continue
        for concept in _concepts(facts, statement, facet):
            for rule in rules:
                lines.values(process, said_of(rule, concept))
    if handled is not None:
        _jurisdiction(lines, facts, process, statement)
        _recipients(lines, facts, process, statement)
        _storage(lines, facts, process, statement)
    _contact(lines, facts, process, statement)
    _conditions(lines, facts, process, statement)


def _concepts(facts: Facts, statement: str, facet: str) -> Iterable[str]:
    return filter(None, map(local, facts.iris(statement, property_iri(facet))))


def _laws(lines: Lines, facts: Facts, notice: str, statement: str) -> None:
    """The laws that the text says it is under, where no condition stands beside it."""
    if not _conditional(facts, statement):
        for iri in facts.iris(statement, property_iri("applicableLaw")):
            for rule in FACET_RULES["applicableLaw"]:
                lines.values(notice, said_of(rule, local(iri)))


def _jurisdiction(lines: Lines, facts: Facts, process: str, statement: str) -> None:
    """Places of no kind. Those of a kind stand as jurisdictions too, which here would say more than the words do."""
    kinds = ("transferDestination", "storageLocation", "processingLocation", "recipientLocation", "residence")
    known = {iri for kind in kinds for iri in facts.iris(statement, property_iri(kind))}
    for iri in facts.iris(statement, property_iri("jurisdiction")):
        if iri not in known:
            for rule in PLACE:
                lines.values(process, said_of(rule, local(iri)))


def _recipients(lines: Lines, facts: Facts, process: str, statement: str) -> None:
    for party in facts.iris(statement, NAMED_RECIPIENT):
        lines.link(process, "hasRecipient", party)
        _party(lines, facts, party, "Recipient")
    if "DataProcessor" in map(local, facts.iris(statement, ACTOR)):
        for party in facts.iris(statement, NAMED_ACTOR):
            lines.link(process, "hasDataProcessor", party)
            _party(lines, facts, party, "DataProcessor")


def _storage(lines: Lines, facts: Facts, process: str, statement: str) -> None:
    """How long: the storage condition is a node of its own, since DPV says durations of it and not of the process."""
    storage, period = f"{process}/storage", f"{process}/duration"
    durations = facts.all(statement, DURATION)
    timed = False
    for iri in facts.iris(statement, property_iri("retention")):
        on_process, on_storage = storage_of(local(iri))
        lines.values(process, on_process)
        lines.values(storage, on_storage)
        timed = timed or on_storage is not None
    if timed or durations:
        lines.link(process, "hasStorageCondition", storage)
        lines.say(storage, TYPE, f"<{DPV}StorageDuration>")
    for duration in durations:
        lines.link(storage, "hasDuration", period)
        lines.say(period, TYPE, f"<{DPV}TemporalDuration>")
        lines.say(period, TYPE, f"<{TIME}Duration>")
        lines.say(period, f"<{TIME}hasXSDDuration>", duration)
        for bound in facts.all(statement, DURATION_BOUND):
            lines.say(period, f"<{DCT}type>", bound)  # DPV cannot tell "at least" from "at most"


def _contact(lines: Lines, facts: Facts, process: str, statement: str) -> None:
    roles = set(map(local, facts.iris(statement, CONTACT_ROLE)))
    for role, name in (("DataProtectionOfficer", "hasDataProtectionOfficer"), ("Representative", "hasRepresentative")):
        if role in roles:
            for party in facts.iris(statement, CONTACT):
                lines.link(process, name, party)
                _party(lines, facts, party, role)


def _conditions(lines: Lines, facts: Facts, process: str, statement: str) -> None:
    """Each condition with its words; where none is marked in the text, one with the words of the statement."""
    if not _conditional(facts, statement):
        return
    conditions = facts.iris(statement, HAS_CONDITION)
    for condition in conditions or (f"{process}/condition",):
        lines.link(process, "hasProcessingCondition", condition)
        lines.say(condition, TYPE, f"<{DPV}ProcessingCondition>")
        for words in facts.all(condition, EXACT) if conditions else facts.all(statement, QUOTE):
            lines.say(condition, DESCRIPTION, words)


def _conditional(facts: Facts, statement: str) -> bool:
    """Whether it holds only sometimes. So does an exception to a denial that names no recipient.

    "Not without your consent" affirms a sharing with consent; "with nobody but our carriers" simply affirms one.
    """
    if facts.one(statement, CONDITIONAL).startswith('"true"') or facts.all(statement, HAS_CONDITION):
        return True
    named = facts.all(statement, property_iri("recipient")) or facts.all(statement, NAMED_RECIPIENT)
    return bool(facts.all(statement, EXCEPTION_TO)) and not named


def _party(lines: Lines, facts: Facts, party: str, kind: str) -> None:
    lines.say(party, TYPE, f"<{DPV}{kind}>")
    for predicate, name in (
        ("name", "hasName"),
        ("email", "hasContact"),
        ("telephone", "hasContact"),
        ("address", "hasAddress"),
    ):
        for term in facts.all(party, SCHEMA + predicate):
            lines.say(party, f"<{DPV}{name}>", term)
