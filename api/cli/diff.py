"""`clausegraph diff`: two versions of a policy, two policies or two files, compared as facts.

In: what to compare. Out: the changes as a table, JSON or an HTML page on standard output.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from ... import ClauseGraphError
from ...queries.store import Store
from ...queries.versions import version_graph
from ..pages import environment
from ..settings import Settings
from ..views.changes import ChangeView, DiffView, aspect_words, changes_of, is_denied, value_words
from ..views.fetch import find_policy, version_chains
from ..views.model import StatementView
from ..views.words import label
from .common import ExtractorOption, LangOption, StoreOption, note_format, opened, out, print_json
from .rendering import AFFIRMED, DENIED, Line, print_lines

MARKS = {"Added": ("+", "bold green"), "Removed": ("-", "bold red"), "Changed": ("~", "bold yellow")}
TOLD = {"Added": "newly stated", "Removed": "no longer stated", "Changed": "changed"}


class DiffFormat(StrEnum):
    """How the changes are printed."""

    TABLE = "table"
    JSON = "json"
    HTML = "html"


class NothingToCompare(ClauseGraphError):
    """There are no two versions to compare."""


def diff(
    older: Annotated[
        str,
        typer.Argument(metavar="OLDER", help="A policy, a version's IRI or a file; alone, a policy's latest two."),
    ],
    newer: Annotated[str | None, typer.Argument(metavar="NEWER", help="The same, to compare with.")] = None,
    extractor: ExtractorOption = None,
    lang: LangOption = None,
    store: StoreOption = None,
    format: Annotated[
        DiffFormat,
        typer.Option("--format", "-f", callback=note_format, help="How to print: for people, programs or a browser."),
    ] = DiffFormat.TABLE,
) -> None:
    """Compare two versions of a policy as facts, not as text.

    Says what is newly stated, no longer stated, turned round, under another condition, kept longer or shorter. A
    reworded sentence that says the same is no change. Files are read and not stored.
    """
    if newer is not None and _file(older) and _file(newer):
        from ..settings import load_settings

        settings = load_settings(extractor=extractor, language=lang)
        graphs = _read(older, settings), _read(newer, settings)
    else:
        with opened(store, extractor=extractor, language=lang) as (kept, settings):
            graphs = _graphs(kept, older, newer, settings)
    found = changes_of(*graphs)
    if format is DiffFormat.JSON:
        print_json(as_json(found, settings.language))
    elif format is DiffFormat.HTML:
        sys.stdout.write(as_html(found, settings.language))
    else:
        print_lines(out, lines(found, settings.language))


def _file(name: str) -> bool:
    return Path(name).is_file()


def _graphs(store: Store, older: str, newer: str | None, settings: Settings) -> tuple[bytes, bytes]:
    """The two graphs that are meant. Raises `NothingToCompare`, `UnknownPolicy`."""
    if newer is not None:
        return _graph(store, older, settings), _graph(store, newer, settings)
    policy = find_policy(store, older)
    chain = version_chains(store, [policy.iri])[policy.iri]
    if len(chain) < 2:
        raise NothingToCompare(
            f"The store keeps one version of “{policy.shown}” alone.",
            mend=f"Read a newer text under the same key ({policy.key}), or give a file as the second argument.",
        )
    return _graph(store, chain[1], settings), _graph(store, chain[0], settings)


def _graph(store: Store, name: str, settings: Settings) -> bytes:
    """The graph of a file, a version or a policy's current version."""
    if _file(name):
        return _read(name, settings)
    version = name if "/version/" in name else find_policy(store, name).version
    found = version_graph(store, version)
    if not found:
        raise NothingToCompare(
            f"The store keeps no version {version[:300]}.",
            mend="Give a policy, a file, or a version's IRI as `clausegraph show POLICY` prints it.",
        )
    return found


def _read(name: str, settings: Settings) -> bytes:
    """The graph of a file, which is read and not stored. Raises `NothingToCompare` where it cannot be."""
    from ...ingest.pipeline import run  # here and not above: stored versions need none of it
    from ...ingest.read import discover
    from ..ingestion import chosen

    outcome = next(iter(run(discover([name]), 1, extractor=chosen(settings))), None)
    if outcome is None or not outcome.ok:
        said = outcome.error if outcome else f"{name} holds no policy."
        raise NothingToCompare(said, mend=outcome.mend if outcome else "Give a file with a policy's text.")
    return outcome.nquads


def counts(found: DiffView) -> dict[str, int]:
    """How many facts came, went, changed and stayed."""
    said = {kind: sum(one.kind == kind for one in found.changes) for kind in MARKS}
    return {kind.lower(): count for kind, count in said.items()} | {"same": found.same}


def _statement(view: StatementView | None, lang: str) -> dict[str, Any] | None:
    if view is None:
        return None
    return {
        "iri": view.iri,
        "practice": view.practice,
        "practice_label": label(view.practice, lang),
        "denied": view.denied,
        "quote": view.quote,
        "start": view.start,
        "end": view.end,
        "clause": view.clause,
    }


def as_json(found: DiffView, lang: str) -> dict[str, Any]:
    """The comparison for programs."""

    def values(side: StatementView | None, pairs: tuple[tuple[str, str], ...]) -> list[dict[str, Any]]:
        shown = ((facet, value, *value_words(facet, value, lang)) for facet, value in pairs)
        return [
            {"facet": facet, "value": value, "what": what, "label": said, "denied": is_denied(side, facet)}
            for facet, value, what, said in shown
        ]

    return {
        "from": found.older,
        "to": found.newer,
        "counts": counts(found),
        "changes": [
            {
                "kind": one.kind.lower(),
                "aspects": list(one.aspects),
                "summary": [aspect_words(aspect) for aspect in one.aspects],
                "before": _statement(one.before, lang),
                "after": _statement(one.after, lang),
                "gained": values(one.after, one.gained),
                "lost": values(one.before, one.lost),
                "anchor": asdict(one.anchor) if one.anchor else None,
            }
            for one in found.changes
        ],
    }


def as_html(found: DiffView, lang: str) -> str:
    """The comparison as a page of its own, without any other file."""
    rows = [
        {
            "kind": one.kind.lower(),
            "told": TOLD[one.kind],
            "practice": label(_said(one).practice, lang),
            "change": one,
            "aspects": [aspect_words(aspect) for aspect in one.aspects],
            "gained": [(*value_words(*each, lang), is_denied(one.after, each[0])) for each in one.gained],
            "lost": [(*value_words(*each, lang), is_denied(one.before, each[0])) for each in one.lost],
        }
        for one in found.changes
    ]
    return environment().get_template("diff.html").render(found=found, rows=rows, counts=counts(found), lang=lang)


def _said(change: ChangeView) -> StatementView:
    said = change.after or change.before
    assert said is not None
    return said


def lines(found: DiffView, lang: str) -> Iterator[Line]:
    """The comparison for a terminal."""
    for change in found.changes:
        mark, style = MARKS[change.kind]
        head = Text.assemble((mark, style), " ")
        head.append_text(_name(_said(change), lang))
        head.append(f"  {TOLD[change.kind]}", style=style)
        if change.aspects:
            head.append(": " + "; ".join(map(aspect_words, change.aspects)), style="cyan")
        yield Line(head, gap=True)
        if change.before and change.after:
            yield _quote("before", change.before, lang)
            yield _quote("after", change.after, lang)
        else:
            yield Line(Text(f"“{_flat(_said(change).quote)}”"), 4)
        for mark, style, side, values in (
            ("+", "green", change.after, change.gained),
            ("-", "red", change.before, change.lost),
        ):
            yield from (_value(mark, style, each, lang, denied=is_denied(side, each[0])) for each in values)
        if change.anchor:
            yield Line(Text(_anchored(change), style="dim"), 4)
    told = counts(found)
    shown = ", ".join(f"{told[kind]} {words}" for kind, words in (("added", "newly stated"), ("removed", "no longer")))
    yield Line(Text(f"{shown}, {told['changed']} changed, {told['same']} the same.", style="bold"), gap=True)


def _name(view: StatementView, lang: str) -> Text:
    name = Text()
    if view.denied:
        name.append(" NOT ", style=DENIED)
        name.append(" ")
    name.append(label(view.practice, lang), style="bold red" if view.denied else AFFIRMED)
    return name


def _quote(what: str, view: StatementView, lang: str) -> Line:
    denied = Text(" NOT ", style=DENIED) if view.denied else Text()
    return Line(Text.assemble((f"{what:>6} ", "dim"), denied, f" “{_flat(view.quote)}”"), 4)


def _value(mark: str, style: str, pair: tuple[str, str], lang: str, *, denied: bool) -> Line:
    what, said = value_words(*pair, lang)
    return Line(Text.assemble((f"     {mark} ", style), (f"{what} ", "dim"), ("not " if denied else "", "red"), said), 4)


def _anchored(change: ChangeView) -> str:
    assert change.anchor is not None
    score = f"{change.anchor.score:.0%}"
    if change.before and change.after:
        return f"       words {score} alike"
    where = "newer" if change.before else "older"
    if change.anchor.score >= 1:
        return f"The {where} text holds the same words."
    return f"Nearest in the {where} text ({score} alike): “{_flat(change.anchor.exact)}”"


def _flat(text: str) -> str:
    return " ".join(text.split())
