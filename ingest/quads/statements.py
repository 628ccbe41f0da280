"""The quads of the statements, their conditions and mentions.

In: `Lines` of the version. Out: more lines. A denied statement carries the twins of all facet properties, so that no
query for a plain property returns it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
    extraction, subject = lines.extraction, f"<{iri}>"
    say = lines.about(subject)
    denied = statement.denied
    say(n.TYPE + n.term("Statement"))
    say(n.TYPE + _CLASS[denied])
    say(n.IN_VERSION + f"<{lines.version}>")
    say(n.IN_CLAUSE + lines.clause(statement.clause))
    say(n.START + offset(statement.start))
    say(n.END + offset(statement.end))
    say(n.QUOTE + string(extraction.document.text[statement.start : statement.end]))
    say((n.DENIED_PRACTICE if denied else n.PRACTICE) + n.term(statement.practice))
    say(n.POLARITY + _POLARITY[denied])
    say(n.MODALITY + n.term(statement.modality))
    say(n.CONDITIONAL + boolean(statement.conditional))
    say(n.ACTOR + f"<{concept_iri(statement.actor)}>")
    if statement.named_actor:
        say(n.NAMED_ACTOR + lines.party(statement.named_actor))
    if statement.of_controller and lines.controller:
        say(n.CONTROLLER + lines.controller)
    if statement.confidence is not None:
        say(n.CONFIDENCE + decimal(statement.confidence))
    if statement.inherits is not None:
        say(n.INHERITS + f"<{subjects[statement.inherits]}>")
    for head in statement.exception_to:
        say(n.EXCEPTION_TO + f"<{subjects[head]}>")
    for flag, predicate in (
        (statement.vague, n.VAGUE),
        (statement.open_list, n.OPEN_LIST),
        (statement.exclusive, n.EXCLUSIVE),
    ):
        if flag:
            say(predicate + TRUE)
    _duration(say, statement)
    if statement.contact_role:
        say(n.CONTACT + lines.party(statement.contact))
        say(f"{n.CONTACT_ROLE}<{concept_iri(statement.contact_role)}>")
    for rule in statement.rules:
        say(n.RULE + string(rule))
    _values(lines, iri, subject, statement)


def _duration(say: Callable[[str], None], statement: Statement) -> None:
    duration = statement.duration
    if duration is not None:
        say(n.DURATION + typed(duration.value, "duration"))
        say(n.DURATION_DAYS + decimal(duration.days))
        say(n.DURATION_BOUND + n.term(duration.bound))
        if duration.since:
            say(n.DURATION_FROM + string(duration.since))


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
        else:
            own.extend(condition.mentions)
    held: dict[tuple[str, Mention], None] = {}  # an ordered set: the same mention given twice is one
    for condition, place in unless:
        held.update(((place, mention), None) for mention in condition.mentions)
    for mention in own:
        inside = (place for known, place in unless if known.start <= mention.start and mention.end <= known.end)
        held[next(inside, subject), mention] = None
    for holder, mention in held:
        _mention(lines, iri, holder, mention, statement.denied and holder is subject, numbered)


def _condition(lines: Lines, subject: str, place: str, condition: Condition) -> None:
    lines.about(subject)(n.HAS_CONDITION + place)
    say = lines.about(place)
    say(n.TYPE + n.term("Condition"))
    say(n.EFFECT + n.term(condition.effect))
    for kind in condition.kinds:
        say(n.CONDITION_KIND + n.term(kind))
    say(n.START + offset(condition.start))
    say(n.END + offset(condition.end))
    say(n.EXACT + string(lines.extraction.document.text[condition.start : condition.end]))
    say(n.RULE + string(condition.rule))


def _mention(lines: Lines, iri: str, holder: str, mention: Mention, denied: bool, numbered: Suffixes) -> None:
    """One facet value on its holder (statement or condition) and the mention it rests on; a named recipient twice."""
    predicates = n.DENIED if denied else n.PLAIN
    if mention.facet not in predicates:
        raise ValueError(f"there is no facet {mention.facet!r}")
    if mention.concept:
        _value(lines, iri, holder, mention, mention.facet, f"<{concept_iri(mention.concept)}>", denied, numbered)
        if mention.facet in n.PLACES:
            lines.about(holder)(f"{predicates['jurisdiction']}<{concept_iri(mention.concept)}>")
    if mention.party:
        _value(lines, iri, holder, mention, "namedRecipient", lines.party(mention.party), denied, numbered)
    if mention.code and not denied:  # there is no twin: a denial must not read as if the code were used
        lines.about(holder)(f"{n.CITES_CODE}<{concept_iri(mention.code)}>")


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
    name = n.TWINS[facet] if denied else facet
    lines.about(holder)((n.DENIED if denied else n.PLAIN)[facet] + value)
    say = lines.about(f"<{numbered(f'{iri}/m/{name}-{mention.start}-{mention.end}')}>")
    say(n.TYPE + _MENTION)
    say(n.MENTION_OF + holder)
    say(n.FACET + n.term(name))
    say(n.VALUE + value)
    say(n.START + offset(mention.start))
    say(n.END + offset(mention.end))
    say(n.EXACT + string(lines.extraction.document.text[mention.start : mention.end]))
    say(n.RULE + string(mention.rule))
    if mention.inherited_from:
        say(n.INHERITED_FROM + lines.clause(mention.inherited_from))
    if mention.code:
        say(f"{n.CITES_CODE}<{concept_iri(mention.code)}>")


_MENTION = n.term("Mention")
