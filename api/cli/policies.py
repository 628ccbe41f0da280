"""`clausegraph policies` and `clausegraph remove`.

In: the store. Out: a table or JSON of what it holds; a policy taken out.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from ..views.fetch import find_policy, list_policies
from .common import (
    Format,
    FormatOption,
    PolicyArgument,
    StoreOption,
    err,
    opened,
    out,
    plain_table,
    print_json,
    show_table,
)


def policies(store: StoreOption = None, format: FormatOption = Format.TABLE) -> None:
    """List the stored policies, and say where the store is."""
    with opened(store) as (graphs, settings):
        found = list_policies(graphs)
    if format is Format.JSON:
        print_json([asdict(one) for one in found])
        return
    if found:
        numbers = ("clauses", "statements", "denied")
        table = plain_table("policy", "title", "language", "controller", *numbers, "ingested", right=numbers)
        for one in found:
            table.add_row(
                one.key,
                one.title,
                one.language,
                one.controller.shown if one.controller else "",
                f"{one.clauses:,}",
                f"{one.statements:,}",
                f"{one.denied:,}",
                one.ingested_at,
            )
        show_table(table)
    said = f"{len(found)} {'policy' if len(found) == 1 else 'policies'}" if found else "No policies"
    out.print(f"{said} in {settings.store}", style="dim", markup=False)


def remove(
    policy: PolicyArgument,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    store: StoreOption = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Take a policy out of the store, with all its versions."""
    with opened(store, write=True) as (graphs, _settings):
        found = find_policy(graphs, policy)
        if not yes and not typer.confirm(f"Remove “{found.shown}” ({found.iri})?", err=True):
            err.print("Nothing was removed.")
            raise typer.Exit(1)
        graphs.remove(found.iri, purge=True)  # what its owner had taken out must not go on answering as history
    if format is Format.JSON:
        print_json({"removed": found.iri})
    else:
        out.print(f"Removed “{found.shown}” ({found.iri}).", markup=False)
