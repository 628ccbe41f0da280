"""Text cut into pieces that a template can print: each with the colour classes and the words of its evidence.

In: a text range, statements. Out: `Piece`s; `rows` pairs clauses with their statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..views.facets import CONDITION, group_of, title
from ..views.highlight import stretches
from ..views.model import ClauseView, MentionView, PolicyDocument, StatementView
from ..views.words import condition, duration, facet_value, remarks, who


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``css`` is "" where nothing rests on it, ``hint`` says what does."""

    text: str
    css: str
    hint: str


@dataclass(frozen=True, slots=True)
class Value:
    """One facet value of a statement card, with the words it rests on."""

    text: str
    quotes: tuple[str, ...]
    inherited: bool


@dataclass(frozen=True, slots=True)
class FacetLine:
    """One facet of a statement card with all its values."""

    css: str
    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """One condition of a statement card."""

    name: str
    exact: str
    facets: tuple[FacetLine, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A statement ready to print."""

    statement: StatementView
    who: str
    remarks: tuple[str, ...]
    facets: tuple[FacetLine, ...]
    conditions: tuple[ConditionLine, ...]
    duration: str


@dataclass(frozen=True, slots=True)
class Row:
    """A clause ready to print, beside its statements."""

    clause: ClauseView
    pieces: tuple[Piece, ...]
    cards: tuple[Card, ...]


def pieces(text: str, start: int, end: int, statements: Iterable[StatementView], lang: str) -> tuple[Piece, ...]:
    """``text[start:end]`` with the evidence of these statements."""
    marks: list[tuple[int, int, tuple[str, str]]] = []
    for one in statements:
        values = {(facet.facet, facet.value): facet_value(facet, lang) for facet in one.facets}
        for each in one.conditions:
            marks.append((each.start, each.end, (CONDITION.css, condition(each))))
            values |= {(facet.facet, facet.value): facet_value(facet, lang) for facet in each.facets}
        for mention in one.evidence():
            value = values.get((mention.facet, mention.value), title(mention.value))
            denied = "not " if one.denied and mention.of == one.iri else ""
            hint = f"{title(mention.facet).lower()}: {denied}{value}"
            marks.append((mention.start, mention.end, (group_of(mention.facet).css, hint)))
    found = []
    while end > start and text[end - 1].isspace():
        end -= 1
    for stretch in stretches(text, start, end, marks):
        classes = list(dict.fromkeys(css for css, _ in stretch.marks if css != CONDITION.css))[:1]
        if any(css == CONDITION.css for css, _ in stretch.marks):
            classes.append(CONDITION.css)
        found.append(
            Piece(stretch.text, " ".join(classes), "; ".join(dict.fromkeys(hint for _, hint in stretch.marks)))
        )
    return tuple(found)


def _lines(facets: Sequence[tuple[str, str, str]], mentions: Sequence[MentionView]) -> tuple[FacetLine, ...]:
    values: dict[str, list[Value]] = {}
    for facet, value, shown in facets:
        found = [one for one in mentions if (one.facet, one.value) == (facet, value)]
        quotes = tuple(dict.fromkeys(" ".join(one.exact.split()) for one in found))
        values.setdefault(facet, []).append(Value(shown, quotes, any(one.inherited_from for one in found)))
    return tuple(FacetLine(group_of(facet).css, title(facet).lower(), tuple(found)) for facet, found in values.items())


def card(statement: StatementView, lang: str) -> Card:
    """A statement for a template."""
    return Card(
        statement,
        who(statement, lang),
        tuple(remarks(statement)),
        _lines([(one.facet, one.value, facet_value(one, lang)) for one in statement.facets], statement.mentions),
        tuple(
            ConditionLine(
                condition(each),
                " ".join(each.exact.split()),
                _lines([(one.facet, one.value, facet_value(one, lang)) for one in each.facets], each.mentions),
            )
            for each in statement.conditions
        ),
        duration(statement),
    )


def rows(document: PolicyDocument, clauses: Iterable[ClauseView], lang: str) -> list[Row]:
    """Clauses with text in them, each beside its statements."""
    found = []
    for clause in clauses:
        if not document.text[clause.start : clause.end].strip():
            continue
        near = [one for one in document.statements if _reaches(one, clause)]
        cards = tuple(card(one, lang) for one in document.statements_of(clause.iri))
        found.append(Row(clause, pieces(document.text, clause.start, clause.end, near, lang), cards))
    return found


def _reaches(statement: StatementView, clause: ClauseView) -> bool:
    """Whether any evidence of a statement lies in a clause (a heading may hold words that its items inherit)."""
    marks = [(one.start, one.end) for one in statement.evidence()]
    marks += [(one.start, one.end) for one in statement.conditions]
    return any(start < clause.end and end > clause.start for start, end in marks)
