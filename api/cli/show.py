"""`clausegraph show`: a policy's clause tree with its evidence.

In: a policy (and a clause's path or printed number). Out: text or JSON on standard output.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Annotated, Any

import typer

from ... import ClauseGraphError
from ..views.fetch import fetch_document, find_policy
from ..views.model import ClauseView, PolicyDocument, StatementView
from ..views.words import label
from . import rendering
from .common import (
    Format,
    FormatOption,
    LangOption,
    PolicyArgument,
    StoreOption,
    opened,
    out,
    plain_table,
    print_json,
    show_table,
)


class UnknownClause(ClauseGraphError):
    """A policy has no clause with this path or number."""


def show(
    policy: PolicyArgument,
    clause: Annotated[
        str | None, typer.Option("--clause", metavar="PATH", help="Only this clause and those below it: 3.2, or 三、.")
    ] = None,
    coverage: Annotated[bool, typer.Option("--coverage", help="Which characters belong to what: the balance.")] = False,
    lang: LangOption = None,
    store: StoreOption = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Show a policy clause by clause, with its evidence.

    The words that each fact rests on are highlighted, one colour a kind of fact; denials are marked NOT.
    """
    with opened(store, language=lang) as (graphs, settings):
        document = fetch_document(graphs, find_policy(graphs, policy))
    if coverage:
        show_coverage(document, format)
        return
    clauses = select(document, clause) if clause else document.clauses
    if format is Format.JSON:
        print_json(as_json(document, clauses, settings.language))
        return
    out.print(rendering.heading(document.policy))
    out.print(rendering.legend())
    rendering.print_lines(out, rendering.clause_tree(document, clauses, settings.language))


def select(document: PolicyDocument, wanted: str) -> tuple[ClauseView, ...]:
    """The clause with this path or printed number, and all below it. Raises `UnknownClause`."""
    name = wanted.strip().rstrip(".、, ")
    heads = [one for one in document.clauses if wanted == one.path] or [
        one for one in document.clauses if one.number and one.number.strip().rstrip(".、, ") == name
    ]
    if not heads:
        paths = ", ".join(one.path for one in document.clauses if one.depth == 0)
        raise UnknownClause(
            f"“{document.policy.shown}” has no clause {wanted}.", mend=f"Its clauses at the top are {paths[:300]}."
        )
    path = heads[0].path
    return tuple(one for one in document.clauses if one.path == path or one.path.startswith(path + "."))


def balance(document: PolicyDocument) -> tuple[dict[str, int], int]:
    """Characters by clause kind, and how many belong to no clause or to two (0 in a sound graph)."""
    owners = Counter[int]()
    kinds: dict[str, int] = {}
    for clause in document.clauses:
        owners.update(range(clause.start, clause.end))
        kinds[clause.kind] = kinds.get(clause.kind, 0) + clause.end - clause.start
    lost = sum(owners[place] != 1 for place in range(len(document.text)))
    return dict(sorted(kinds.items())), lost


def show_coverage(document: PolicyDocument, format: Format) -> None:
    """Print the balance of characters."""
    kinds, lost = balance(document)
    total = len(document.text)
    evidenced = len({place for one in document.statements for place in range(one.start, min(one.end, total))})
    if format is Format.JSON:
        print_json({"characters": total, "kinds": kinds, "unaccounted": lost, "in_statements": evidenced})
        return
    table = plain_table("characters of", "count", "share", right=("count", "share"))
    for kind, count in kinds.items():
        table.add_row(kind, f"{count:,}", f"{100 * count / max(total, 1):.1f}%")
    table.add_row("unaccounted", f"{lost:,}", f"{100 * lost / max(total, 1):.1f}%", style="bold red" if lost else "dim")
    table.add_row("the whole text", f"{total:,}", "100.0%", style="bold")
    show_table(table)
    out.print(f"{evidenced:,} characters lie inside statements.", style="dim")


def statement_json(statement: StatementView, lang: str) -> dict[str, Any]:
    """A statement for programs: the view, with labels beside names."""
    shown = asdict(statement)
    shown["practice_label"] = label(statement.practice, lang)
    for facet in (*shown["facets"], *(facet for one in shown["conditions"] for facet in one["facets"])):
        facet["label"] = facet["party"]["name"] if facet["party"] else label(facet["value"], lang)
    return shown


def as_json(document: PolicyDocument, clauses: tuple[ClauseView, ...], lang: str) -> dict[str, Any]:
    """The policy for programs: its description and clauses, each with its text and statements."""
    return {
        "policy": asdict(document.policy),
        "extraction": document.extraction,
        "clauses": [
            asdict(one)
            | {
                "text": document.text[one.start : one.end],
                "statements": [statement_json(each, lang) for each in document.statements_of(one.iri)],
            }
            for one in clauses
        ],
    }
