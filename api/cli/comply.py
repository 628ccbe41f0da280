"""`clausegraph comply`: what of a law's checklist a stored policy says.

In: a policy, laws. Out: the items with verdicts and evidence as a table, JSON, Markdown or HTML; exit code 0 where
nothing that can be checked is missing, 1 where something is, 2 where no law was chosen.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.cells import cell_len
from rich.padding import Padding
from rich.text import Text

from ... import ClauseGraphError
from ...ontology.wording import phrase, worded
from ..views.fetch import find_policy
from ..views.model import PolicyView
from .common import (
    LangOption,
    PolicyArgument,
    StoreOption,
    note_format,
    opened,
    out,
    to_json_text,
    write_bytes,
)

if TYPE_CHECKING:
    from ...queries.coverage import Suggestion

#: Exit code when a point of the checklist is missing.
INCOMPLETE = 1
#: How verdicts look on a terminal.
STYLES = {
    "met": "green",
    "partly": "yellow",
    "not found": "red",
    "not applicable": "dim",
    "not checked": "cyan",
}


class ComplyFormat(StrEnum):
    """How the result is printed."""

    TABLE = "table"
    JSON = "json"
    MD = "md"
    MARKDOWN = "markdown"
    HTML = "html"


class NoLaw(ClauseGraphError):
    """No law was chosen."""


def comply(
    policy: PolicyArgument,
    law: Annotated[
        list[str] | None,
        typer.Option("--law", metavar="LAW", help="gdpr, tw-pdpa, pipl or ccpa; may repeat."),
    ] = None,
    lang: LangOption = None,
    store: StoreOption = None,
    format: Annotated[
        ComplyFormat, typer.Option("--format", "-f", callback=note_format, help="How to print the result.")
    ] = ComplyFormat.TABLE,
) -> None:
    """Check what of a law's list a policy says.

    Each item is met, partly met, not found or not applicable, with the words it rests on. This is not legal advice:
    a person must judge what the words are worth. The exit code is 1 where a point is missing, 2 where no law is chosen.
    """
    from ...ontology.checklist import find_checklist, load_checklists  # reads RDF: other commands need not wait
    from ...queries.coverage import cover, suggest
    from ..coverageforms import described, to_html, to_markdown

    checklists = list(dict.fromkeys(find_checklist(one).id for one in law or []))
    with opened(store, language=lang) as (graphs, settings):
        found = find_policy(graphs, policy)
        if not checklists:
            raise no_law(found, suggest(graphs, found.version))
        covered = [cover(graphs, found.version, load_checklists()[one]) for one in checklists]
    data = [described(one, found, settings.language) for one in covered]
    if format is ComplyFormat.JSON:
        write_bytes(to_json_text(data[0] if len(data) == 1 else data).encode())
    elif format is ComplyFormat.HTML:
        write_bytes(to_html(data).encode())
    elif format in (ComplyFormat.MD, ComplyFormat.MARKDOWN):
        write_bytes("\n".join(map(to_markdown, data)).encode())
    else:
        for one in data:
            print_table(one)
        out.print(phrase("advice", settings.language), style="bold", markup=False)
    if not all(one.complete for one in covered):
        raise typer.Exit(INCOMPLETE)


def no_law(policy: PolicyView, suggestions: list[Suggestion]) -> NoLaw:
    """The error that says how to choose a law."""
    from ...ontology.checklist import load_checklists

    known = "; ".join(f"--law {one.id} ({worded(one.labels, 'en')})" for one in load_checklists().values())
    if not suggestions:
        return NoLaw(
            f"No law was chosen for “{policy.shown}”, and no statement in it says which law applies.",
            mend=f"Choose one or more: {known}.",
        )
    named = "; ".join(
        f"--law {one.checklist.id}, because clause {one.evidence[0].path} says “{one.evidence[0].text[:120]}”"
        for one in suggestions
    )
    return NoLaw(
        f"No law was chosen for “{policy.shown}”. By what the policy itself says of laws, try {named}.",
        mend=f"Whether that law applies is yours to judge. Choose one or more: {known}.",
    )


def print_table(data: dict[str, Any]) -> None:
    """One checklist on the terminal: a line an item, and below it what was found, what is missing, what is to judge."""
    from ..coverageforms import shown_points

    lang = data["lang"]
    out.print(f"{data['title']} · {data['law_title']}", style="bold", markup=False)
    if data["law_note"]:
        out.print(data["law_note"], style="dim", markup=False)
    articles, verdicts = max(len(item["article"]) for item in data["items"]), data["verdicts"]
    widest = max(cell_len(label) for label in verdicts.values())
    for item in data["items"]:
        label = item["verdict_label"]
        head = Text(item["article"].ljust(articles) + "  ")
        head.append(label + " " * (widest - cell_len(label)), style=STYLES[item["verdict"]])
        head.append(f"  {item['title']}")
        out.print(head)
        for point in shown_points(item):
            for line in point_lines(point, lang):
                out.print(Padding(Text(line), (0, 0, 0, 4)) if not out.soft_wrap else Text("    " + line))
        notes = " ".join([*item["judge"], item["verification_note"]]).strip()
        if notes:
            out.print(Padding(Text(f"? {notes}", "dim"), (0, 0, 0, 4)) if not out.soft_wrap else Text(f"    ? {notes}"))
    counts = ", ".join(f"{verdicts[name]} {number}" for name, number in data["counts"].items() if number)
    out.print(counts + ".", style="bold", markup=False)


def point_lines(point: dict[str, Any], lang: str) -> list[str]:
    """A point with the first words that state it, that it is missing, or what denies it."""
    lines = []
    if point["evidence"]:
        mark = {"stated": "=", "not stated": "~", "left open": "~"}.get(point["state"], "+")
        lines.append(f"{mark} {point['label']}: {first_words(point['evidence'], lang)}")
    elif point["state"] in ("not found", "not checked"):
        missing = "missing" if point["state"] == "not found" else "not checked"
        lines.append(f"- {point['label']}: {phrase(missing, lang)}")
    if point["denials"]:
        lines.append(f"! {point['label']}: {phrase('denial', lang)} {first_words(point['denials'], lang)}")
    return lines


def first_words(entries: list[dict[str, Any]], lang: str) -> str:
    """The first piece of evidence on one line, with its clause, its conditions and how many more there are."""
    entry = entries[0]
    quote = " ".join(entry["quote"].split())
    shown = f"“{quote if len(quote) <= 100 else quote[:99] + '…'}”"
    aside = [phrase("clause", lang, path=entry["path"])] if entry["path"] else []
    aside += [f"{one['label']} “{' '.join(one['words'].split())[:60]}”" for one in entry["conditions"]]
    aside += [phrase("more", lang, count=len(entries) - 1)] if len(entries) > 1 else []
    return f"{shown} ({'; '.join(aside)})" if aside else shown
