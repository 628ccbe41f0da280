"""Policies on a terminal: text with the evidence coloured facet by facet, statements below their clause.

In: views. Out: rich renderables. Without colours (a pipe, NO_COLOR) the facet lines below each clause say it all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from ..views.facets import CONDITION, GROUPS, Group, group_of, title
from ..views.highlight import stretches
from ..views.model import ClauseView, ConditionView, MentionView, PolicyDocument, PolicyView, StatementView
from ..views.words import condition, duration, facet_value, label, remarks, who

DENIED = "bold white on red"
AFFIRMED = "bold green"
Marks = list[tuple[int, int, Group]]


def legend() -> Text:
    """What the colours mean."""
    line = Text("Legend: ", style="dim")
    for group in GROUPS:
        line.append(f" {group.label} ", style=group.style)
        line.append(" ")
    line.append(CONDITION.label, style=CONDITION.style)
    line.append("  ")
    line.append(" NOT ", style=DENIED)
    line.append(" denied")
    return line


def heading(policy: PolicyView) -> Text:
    """Who says it, in which language, since when."""
    text = Text.assemble((policy.shown, "bold"))
    facts = [
        ("language", policy.language),
        ("controller", policy.controller.shown if policy.controller else "not stated"),
        ("also called", ", ".join(policy.controller.aliases) if policy.controller else ""),
        ("in force from", policy.effective_date),
        ("last updated", policy.modified),
        ("dated", policy.date),
        ("source", policy.url),
        ("version", policy.version),
        ("ingested", policy.ingested_at),
    ]
    for name, value in facts:
        if value:
            text.append(f"\n{name:>14}  ", style="dim")
            text.append(value)
    return text


def marks_of(statements: Iterable[StatementView]) -> Marks:
    """Ranges to colour: every mention, every condition."""
    marks: Marks = []
    for statement in statements:
        marks.extend((mention.start, mention.end, group_of(mention.facet)) for mention in statement.evidence())
        marks.extend((one.start, one.end, CONDITION) for one in statement.conditions)
    return marks


def coloured(text: str, start: int, end: int, marks: Marks) -> Text:
    """``text[start:end]`` with its evidence coloured; where marks nest the shorter one gives the ground."""
    shown = Text()
    for stretch in stretches(text, start, end, marks):
        grounds = [mark.style for mark in stretch.marks if mark is not CONDITION]
        styles = [CONDITION.style] if CONDITION in stretch.marks else []
        shown.append(stretch.text, style=" ".join([*styles, *grounds[:1]]) or None)
    shown.rstrip()
    return shown


def statement_lines(statement: StatementView, lang: str) -> Iterator[Text]:
    """A statement: what is done or denied, by whom, then one line a facet value with the words it rests on."""
    head = Text()
    if statement.denied:
        head.append(" NOT ", style=DENIED)
        head.append(" ")
        head.append(label(statement.practice, lang), style="bold red")
    else:
        head.append("● ", style="green")
        head.append(label(statement.practice, lang), style=AFFIRMED)
    head.append(f"  by {who(statement, lang)}", style="dim")
    for remark in remarks(statement):
        head.append(f"  [{remark}]", style="cyan")
    yield head
    for facet in statement.facets:
        found = [
            mention for mention in statement.mentions if (mention.facet, mention.value) == (facet.facet, facet.value)
        ]
        yield _facet_line(facet.facet, facet_value(facet, lang), found, denied=statement.denied)
    if statement.duration:
        yield Text.assemble(("     period  ", "dim"), duration(statement))
    if statement.contact:
        role = f" ({label(statement.contact_role, lang)})" if statement.contact_role else ""
        yield Text.assemble(("     contact  ", "dim"), statement.contact.shown, role)
    for one in statement.conditions:
        yield from _condition_lines(one, lang)


def _facet_line(facet: str, value: str, mentions: list[MentionView], *, denied: bool, indent: int = 3) -> Text:
    line = Text(" " * indent)
    line.append(f" {title(facet).lower()} ", style=group_of(facet).style)
    line.append("  not " if denied else "  ", style="bold red" if denied else None)
    line.append(value, style="bold")
    quotes = dict.fromkeys(" ".join(mention.exact.split()) for mention in mentions)
    if quotes:
        line.append("  ← " + ", ".join(f"“{quote}”" for quote in quotes), style="dim")
    if any(mention.inherited_from for mention in mentions):
        line.append(" (from the heading or list head)", style="dim italic")
    return line


def _condition_lines(view: ConditionView, lang: str) -> Iterator[Text]:
    line = Text("   ")
    line.append(condition(view), style=CONDITION.style)
    line.append(f"  ← “{' '.join(view.exact.split())}”", style="dim")
    yield line
    for facet in view.facets:
        found = [mention for mention in view.mentions if (mention.facet, mention.value) == (facet.facet, facet.value)]
        yield _facet_line(facet.facet, facet_value(facet, lang), found, denied=False, indent=6)


@dataclass(frozen=True, slots=True)
class Line:
    """Something to print, ``indent`` columns in; ``gap``: after an empty line."""

    text: Text
    indent: int = 0
    gap: bool = False


def clause_tree(document: PolicyDocument, clauses: Iterable[ClauseView], lang: str) -> Iterator[Line]:
    """Clauses in text order, indented by depth, each with its coloured text and its statements."""
    marks = marks_of(document.statements)
    for clause in clauses:
        shown = coloured(document.text, clause.start, clause.end, marks)
        if not shown.plain.strip():
            continue
        if clause.kind == "Heading":
            shown.stylize("bold underline")
        elif clause.kind in ("Boilerplate", "Markup", "Contents"):
            shown.stylize("dim")
        indent = 2 * clause.depth
        yield Line(Text.assemble((f"{clause.path}  ", "dim"), shown), indent, clause.kind == "Heading")
        for statement in document.statements_of(clause.iri):
            for part in statement_lines(statement, lang):
                yield Line(part, indent + 4)


def print_lines(console: Console, lines: Iterable[Line]) -> None:
    """Print lines: on a terminal wrapped at words inside their indent, in a pipe whole."""
    for place, line in enumerate(lines):
        if line.gap or not place:
            console.print()
        if console.soft_wrap:
            indent = " " * line.indent
            for part in line.text.split("\n"):
                console.print(Text(indent) + part)
        else:
            console.print(Padding(line.text, (0, 0, 0, line.indent)))
