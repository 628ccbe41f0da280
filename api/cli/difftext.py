"""Changes between two versions in words: for a terminal, for programs, for a document.

In: a `DiffView`, a language. Out: lines, a JSON document, Markdown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from rich.text import Text

from ..views.changes import (
    KIND_WORDS,
    ChangeView,
    DiffView,
    aspect_words,
    date_of,
    is_denied,
    reread_words,
    summary,
    value_words,
    words_apart,
)
from ..views.model import PolicyView, StatementView
from ..views.words import label
from .rendering import AFFIRMED, DENIED, Line

MARKS = {
    "TurnedRound": ("!", "bold white on red"),
    "Added": ("+", "bold green"),
    "Removed": ("-", "bold red"),
    "Changed": ("~", "bold yellow"),
}


# --- for programs


def as_json(found: DiffView, lang: str) -> dict[str, Any]:
    """The comparison for programs."""
    counts = {_camel(kind): count for kind, count in found.counts.items()}
    return {
        "from": _version(found.older),
        "to": _version(found.newer),
        "counts": counts | {"same": found.same, "readOtherwise": found.reread},
        "changes": [_change(one, lang) for one in found.changes],
    }


def _camel(name: str) -> str:
    return name[0].lower() + name[1:]


def _version(view: PolicyView) -> dict[str, str]:
    return {"version": view.version, "policy": view.iri, "title": view.title, "date": date_of(view)}


def _change(one: ChangeView, lang: str) -> dict[str, Any]:
    def values(side: StatementView | None, pairs: tuple[tuple[str, str], ...]) -> list[dict[str, Any]]:
        shown = ((facet, value, *value_words(facet, value, lang)) for facet, value in pairs)
        return [
            {"facet": facet, "value": value, "what": what, "label": said, "denied": is_denied(side, facet)}
            for facet, value, what, said in shown
        ]

    return {
        "kind": _camel(one.kind),
        "aspects": [_camel(aspect) for aspect in one.aspects],
        "summary": [aspect_words(aspect) for aspect in one.aspects],
        "before": _statement(one.before, lang),
        "after": _statement(one.after, lang),
        "gained": values(one.after, one.gained),
        "lost": values(one.before, one.lost),
        "anchor": asdict(one.anchor) if one.anchor else None,
    }


def _statement(view: StatementView | None, lang: str) -> dict[str, Any] | None:
    if view is None:
        return None
    return {
        "iri": view.iri,
        "practice": view.practice,
        "practiceLabel": label(view.practice, lang),
        "denied": view.denied,
        "quote": view.quote,
        "start": view.start,
        "end": view.end,
        "clause": view.clause,
    }


# --- for a terminal


def lines(found: DiffView, lang: str) -> Iterator[Line]:
    """The comparison for a terminal."""
    yield Line(Text.assemble(("from  ", "dim"), _told(found.older)))
    yield Line(Text.assemble(("  to  ", "dim"), _told(found.newer)))
    for change in found.changes:
        mark, style = MARKS[change.kind]
        head = Text.assemble((mark, style), " ")
        head.append_text(_name(change.said, lang))
        head.append(f"  {KIND_WORDS[change.kind]}", style=style)
        if change.aspects:
            head.append(": " + "; ".join(map(aspect_words, change.aspects)), style="cyan")
        yield Line(head, gap=True)
        yield from _quotes(change)
        for sign, colour, side, pairs in (
            ("+", "green", change.after, change.gained),
            ("-", "red", change.before, change.lost),
        ):
            for facet, value in pairs:
                yield _value(sign, colour, value_words(facet, value, lang), denied=is_denied(side, facet))
    yield Line(Text(summary(found), style="bold"), gap=True)
    if note := reread_words(found):
        yield Line(Text(note, style="dim"))


def _told(view: PolicyView) -> str:
    dated = f" of {date_of(view)}" if date_of(view) else ""
    return f"{view.shown}{dated} ({view.version.rpartition('/')[2]})"


def _name(view: StatementView, lang: str) -> Text:
    name = Text()
    if view.denied:
        name.append(" NOT ", style=DENIED)
        name.append(" ")
    name.append(label(view.practice, lang), style="bold red" if view.denied else AFFIRMED)
    return name


def _quotes(change: ChangeView) -> Iterator[Line]:
    """The words before and after, below each other; of what one version lacks, the nearest words there."""
    older, newer = words_apart(_quote(change.before), _quote(change.after))
    for what, view, pieces, colour in (
        ("before", change.before, older, "red"),
        ("after", change.after, newer, "green"),
    ):
        if view is None:
            if change.anchor is not None:
                told = f"{what:>6}  (nearest words, {change.anchor.score:.0%} alike: “{flat(change.anchor.exact)}”)"
                yield Line(Text(told, style="dim"), 4)
            continue
        text = Text.assemble((f"{what:>6} ", "dim"), (" NOT ", DENIED) if view.denied else "", " “")
        for piece, differs in pieces:
            text.append(piece, style=colour if differs and change.before and change.after else "")
        yield Line(text.append("”"), 4)


def _quote(view: StatementView | None) -> str:
    return flat(view.quote) if view else ""


def _value(mark: str, style: str, words: tuple[str, str], *, denied: bool) -> Line:
    what, said = words
    return Line(
        Text.assemble((f"     {mark} ", style), (f"{what} ", "dim"), ("not " if denied else "", "red"), said), 4
    )


def flat(text: str) -> str:
    """Text on one line."""
    return " ".join(text.split())


# --- for a document


def as_markdown(found: DiffView, lang: str) -> str:
    """The comparison as Markdown: a heading and a table of quotes side by side for each change."""
    rows = [
        "# What changed",
        "",
        f"From {_told(found.older)}  ",
        f"to {_told(found.newer)}",
        "",
        f"**{summary(found)}**",
    ]
    if note := reread_words(found):
        rows += ["", note]
    for change in found.changes:
        said = change.said
        aspects = f" ({'; '.join(map(aspect_words, change.aspects))})" if change.aspects else ""
        name = f"{'NOT ' if said.denied else ''}{label(said.practice, lang)}"
        rows += ["", f"## {name}: {KIND_WORDS[change.kind]}{aspects}", "", "| Before | After |", "|---|---|"]
        rows.append(f"| {_cell(change, change.before)} | {_cell(change, change.after)} |")
        lists = (("Gained", change.after, change.gained), ("Lost", change.before, change.lost))
        values = [
            f"- {what}: {_escaped(' '.join(value_words(*pair, lang)))}{' (denied)' if is_denied(side, pair[0]) else ''}"
            for what, side, pairs in lists
            for pair in pairs
        ]
        rows += ["", *values] if values else []
    return "\n".join(rows) + "\n"


def _cell(change: ChangeView, view: StatementView | None) -> str:
    if view is not None:
        return f"{'**NOT** ' if view.denied else ''}“{_escaped(flat(view.quote))}”"
    if change.anchor is None:
        return ""
    return f"*nearest words, {change.anchor.score:.0%} alike:* “{_escaped(flat(change.anchor.exact))}”"


def _escaped(text: str) -> str:
    r"""Text in which Markdown and HTML see no marks.

    >>> _escaped("a|b *c*")
    'a\\|b \\*c\\*'
    """
    return "".join(f"\\{one}" if one in "\\`*_{}[]()<>#|!~" else one for one in text)
