"""`clausegraph reason`: what follows from the stored policies, written anew where it is out of step.

In: a store. Out: the graphs ``{version}/inferred``, a table (or JSON) of what follows; with ``--hermit`` the same asked
of HermiT, and exit code 2 where the two differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import typer

from ...ontology.defined import load_defined
from ...ontology.terms import shorten
from ...queries.inference import Concluded, classified, version_nquads
from ...queries.inference import reason as reason_over
from ...queries.store import Store
from ..base import ensure_base
from ..views.fetch import find_policy
from .checks import waiting
from .common import (
    FAILED,
    Format,
    FormatOption,
    LangOption,
    StoreOption,
    opened,
    out,
    plain_table,
    print_json,
    show_table,
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A statement that only one of the two reasoners puts into a class."""

    statement: str
    cls: str
    found_by: str


def reason(
    policy: Annotated[
        str | None, typer.Argument(metavar="POLICY", help="Only this policy; all where it is left out.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write anew also what is in step.")] = False,
    hermit: Annotated[
        bool, typer.Option("--hermit", help="Ask HermiT too and compare; needs Java and minutes, not milliseconds.")
    ] = False,
    lang: LangOption = None,
    store: StoreOption = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Put stored statements into the classes that follow from them.

    `ingest` does this for what it stores. This brings a store in step that was filled before, changed by hand, or
    filled by other definitions. What follows, with its reasons, stands in graphs of its own: `report run inferred`
    lists it, `explain` says why. Denied statements never belong to such a class.
    """
    with opened(store, write=True, language=lang) as (graphs, settings):
        ensure_base(graphs)
        wanted = find_policy(graphs, policy).iri if policy else None
        found = list(reason_over(graphs, wanted, force=force))
        with waiting("HermiT is reasoning …"):
            differences = [each for one in found for each in compared(graphs, one)] if hermit else []
    if format is Format.JSON:
        print_json(as_json(found, differences, hermit))
    else:
        _print(found, differences, hermit, settings.language)
    if differences:
        raise typer.Exit(FAILED)


def compared(store: Store, one: Concluded) -> list[Difference]:
    """Where HermiT and the quick closure disagree about one policy."""
    quick, slow = classified(version_nquads(store, one.policy))
    found = [
        Difference(statement, cls, by)
        for cls in quick
        for by, only in (("HermiT", slow[cls] - quick[cls]), ("SPARQL", quick[cls] - slow[cls]))
        for statement in only
    ]
    return sorted(found, key=lambda each: (each.cls, each.statement))


def as_json(found: list[Concluded], differences: list[Difference], hermit: bool) -> dict[str, Any]:
    """What was concluded, for programs."""
    shown: dict[str, Any] = {
        "policies": [
            {"policy": one.policy, "version": one.version, "state": one.state, "inferences": dict(one.counts)}
            for one in found
        ]
    }
    if hermit:
        shown["differences"] = [
            {"statement": one.statement, "class": one.cls, "foundBy": one.found_by} for one in differences
        ]
    return shown


def _print(found: list[Concluded], differences: list[Difference], hermit: bool, language: str) -> None:
    labels = {one.iri: one.label(language) for one in load_defined()}
    table = plain_table("policy", "class", "statements", "", right=("statements",))
    for one in found:
        key = one.policy.rpartition("/policy/")[2]
        for cls, count in one.counts.items():
            table.add_row(key, labels[cls], str(count), one.state)
        if not one.counts:
            table.add_row(key, "nothing", "0", one.state)
    if found:
        show_table(table)
    written = sum(one.state == "written" for one in found)
    out.print(f"{len(found)} {'policy' if len(found) == 1 else 'policies'}, {written} written.", style="bold")
    for each in differences:
        out.print(
            f"Only {each.found_by} says that {each.statement} is {shorten(each.cls)}.", style="bold red", markup=False
        )
    if hermit and not differences:
        out.print("HermiT finds the same.", style="green")
