"""The quads of the statements, their conditions and mentions.

In: `Lines` of the version. Out: more lines. A denied statement carries the twins of all facet properties, so that no
query for a plain property returns it.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...ontology.terms import CONTACT_ROLES
from ..records import Condition, Mention, Statement
from . import names as n
from .iris import concept_iri
from .literals import TRUE, boolean, decimal, offset, string, typed
from .version import Lines

_POLARITY = {False: n.term("Affirmed"), True: n.term("Denied")}
_CLASS = {False: n.term("AffirmedStatement"), True: n.term("DeniedStatement")}


def add_statements(lines: Lines) -> None:
    """Every statement of the extraction with all that hangs on it."""
    statements = lines.extraction.statements
    subjects = statement_iris(lines.version, statements)
    for subject, statement in zip(subjects, statements, strict=True):
        _statement(lines, subject, statement, subjects)


def statement_iris(version: str, statements: Sequence[Statement]) -> list[str]:
    """The statements' IRIs: ``{v}/s/{start}-{end}-{Practice}[-denied][-n]``; the second of equals gets ``-2``."""
    numbered = Suffixes()
    return [
        numbered(f"{version}/s/{one.start}-{one.end}-{one.practice}{'-denied' if one.denied else ''}")
        for one in statements
    ]


class Suffixes:
    """Tells equal IRIs apart by ``-2``, ``-3``, … in the order in which they come."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def __call__(self, iri: str) -> str:
        number = self._seen.get(iri, 0) + 1
        self._seen[iri] = number
        return iri if number == 1 else f"{iri}-{number}"


def _statement(lines: Lines, iri: str, statement: Statement, subjects: Sequence[str]) -> None:
    extraction, add, subject = lines.extraction, lines.add, f"<{iri}>"
    denied = statement.denied
    add(subject, n.TYPE, n.term("Statement"))
    add(subject, n.TYPE, _CLASS[denied])
    add(subject, n.IN_VERSION, f"<{lines.version}>")
    add(subject, n.IN_CLAUSE, lines.clause(statement.clause))
    add(subject, n.START, offset(statement.start))
    add(subject, n.END, offset(statement.end))
    add(subject, n.QUOTE, string(extraction.document.text[statement.start : statement.end]))
    add(subject, n.DENIED_PRACTICE if denied else n.PRACTICE, n.term(statement.practice))
    add(subject, n.POLARITY, _POLARITY[denied])
    add(subject, n.MODALITY, n.term(statement.modality))
    add(subject, n.CONDITIONAL, boolean(statement.conditional))
    add(subject, n.ACTOR, f"<{concept_iri(statement.actor)}>")
    if statement.named_actor:
        add(subject, n.NAMED_ACTOR, lines.party(statement.named_actor))
    if statement.of_controller and lines.controller:
        add(subject, n.CONTROLLER, lines.controller)
    if statement.confidence is not None:
        add(subject, n.CONFIDENCE, decimal(statement.confidence))
    if statement.inherits is not None:
        add(subject, n.INHERITS, f"<{subjects[statement.inherits]}>")
    for head in statement.exception_to:
        add(subject, n.EXCEPTION_TO, f"<{subjects[head]}>")
    for flag, predicate in (
        (statement.vague, n.VAGUE),
        (statement.open_list, n.OPEN_LIST),
        (statement.exclusive, n.EXCLUSIVE),
    ):
        if flag:
            add(subject, predicate, TRUE)
    _duration(lines, subject, statement)
    if statement.contact:
        add(subject, n.CONTACT, lines.party(statement.contact))
        if statement.contact_role:
            if statement.contact_role not in CONTACT_ROLES:
                raise ValueError(f"there is no contact role {statement.contact_role!r}: use {', '.join(CONTACT_ROLES)}")
            add(subject, n.CONTACT_ROLE, n.term(statement.contact_role))
    for rule in statement.rules:
        add(subject, n.RULE, string(rule))
    _values(lines, iri, subject, statement)


def _duration(lines: Lines, subject: str, statement: Statement) -> None:
    duration = statement.duration
    if duration is not None:
        lines.add(subject, n.DURATION, typed(duration.value, "duration"))
        lines.add(subject, n.DURATION_DAYS, decimal(duration.days))
        lines.add(subject, n.DURATION_BOUND, n.term(duration.bound))
        if duration.since:
            lines.add(subject, n.DURATION_FROM, string(duration.since))


def _values(lines: Lines, iri: str, subject: str, statement: Statement) -> None:
    """Conditions and facet values. What stands inside an `Unless` is the condition's, all else the statement's."""
    numbered = Suffixes()
    unless: list[tuple[Condition, str]] = []
    own = list(statement.mentions)
    for condition in statement.conditions:
        place = f"<{numbered(f'{iri}/x/{condition.start}-{condition.end}')}>"
        _condition(lines, subject, place, condition)
        if condition.effect == "Unless":
            unless.append((condition, place))
            for mention in condition.mentions:
                _mention(lines, iri, place, mention, False, numbered)
        else:
            own.extend(condition.mentions)
    for mention in own:
        inside = [
            place for condition, place in unless if condition.start <= mention.start and mention.end <= condition.end
        ]
        if inside:
            _mention(lines, iri, inside[0], mention, False, numbered)
        else:
            _mention(lines, iri, subject, mention, statement.denied, numbered)


def _condition(lines: Lines, subject: str, place: str, condition: Condition) -> None:
    add = lines.add
    add(subject, n.HAS_CONDITION, place)
    add(place, n.TYPE, n.term("Condition"))
    add(place, n.EFFECT, n.term(condition.effect))
    for kind in condition.kinds:
        add(place, n.CONDITION_KIND, n.term(kind))
    add(place, n.START, offset(condition.start))
    add(place, n.END, offset(condition.end))
    add(place, n.EXACT, string(lines.extraction.document.text[condition.start : condition.end]))
    add(place, n.RULE, string(condition.rule))


def _mention(lines: Lines, iri: str, holder: str, mention: Mention, denied: bool, numbered: Suffixes) -> None:
    """One facet value on its holder (statement or condition) and the mention it rests on; a named recipient twice."""
    predicates = n.DENIED if denied else n.PLAIN
    if mention.facet not in predicates:
        raise ValueError(f"there is no facet {mention.facet!r}")
    if mention.concept:
        _value(lines, iri, holder, mention, mention.facet, f"<{concept_iri(mention.concept)}>", denied, numbered)
        if mention.facet in n.PLACES:
            lines.add(holder, predicates["jurisdiction"], f"<{concept_iri(mention.concept)}>")
    if mention.party:
        _value(lines, iri, holder, mention, "namedRecipient", lines.party(mention.party), denied, numbered)
    if mention.code and not denied:  # there is no twin: a denial must not read as if the code were used
        lines.add(holder, n.CITES_CODE, f"<{concept_iri(mention.code)}>")


def _value(
    lines: Lines,
    iri: str,
    holder: str,
    mention: Mention,
    facet: str,
    value: str,
    denied: bool,
    numbered: Suffixes,
) -> None:
    tail, append = lines.tail, lines.lines.append
    name = n.TWINS[facet] if denied else facet
    append(holder + (n.DENIED if denied else n.PLAIN)[facet] + value + tail)
    place = f"<{numbered(f'{iri}/m/{name}-{mention.start}-{mention.end}')}>"
    append(place + n.TYPE + _MENTION + tail)
    append(place + n.MENTION_OF + holder + tail)
    append(place + n.FACET + n.term(name) + tail)
    append(place + n.VALUE + value + tail)
    append(place + n.START + offset(mention.start) + tail)
    append(place + n.END + offset(mention.end) + tail)
    append(place + n.EXACT + string(lines.extraction.document.text[mention.start : mention.end]) + tail)
    append(place + n.RULE + string(mention.rule) + tail)
    if mention.inherited_from:
        append(place + n.INHERITED_FROM + lines.clause(mention.inherited_from) + tail)
    if mention.code:
        append(place + n.CITES_CODE + f"<{concept_iri(mention.code)}>" + tail)


_MENTION = n.term("Mention")
