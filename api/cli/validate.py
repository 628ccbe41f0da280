"""`clausegraph validate`: SHACL over what is stored.

In: the stored version graphs, the shapes in `ontology/shapes`. Out: each violation; exit code 2 if there is any.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from ..views.fetch import find_policy, list_policies
from .common import FAILED, Format, FormatOption, StoreOption, opened, out, print_json


def validate(
    policy: Annotated[str | None, typer.Option("--policy", metavar="POLICY", help="Only this policy.")] = None,
    store: StoreOption = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Check stored policies against the ontology's shapes.

    Every policy, or one; each violation is printed with its place, and the exit code is 2 if there is any.
    """
    from ..validation import validate_policy  # costs a second that other commands need not wait

    with opened(store) as (graphs, _settings):
        wanted = [find_policy(graphs, policy)] if policy else list_policies(graphs)
        results = [(one, validate_policy(graphs, one.iri)) for one in wanted]
    failed = sum(bool(violations) for _, violations in results)
    if format is Format.JSON:
        print_json(
            [
                {"policy": one.iri, "conforms": not violations, "violations": [asdict(each) for each in violations]}
                for one, violations in results
            ]
        )
    else:
        for one, violations in results:
            if violations:
                out.print(f"✗ {one.shown}: {len(violations)} violations", style="bold red", markup=False)
            else:
                out.print(f"✓ {one.shown}", style="green", markup=False)
            for each in violations:
                out.print(f"    {each.focus}\n      {each.path}: {each.message} (found {each.value})", markup=False)
        said = "nothing to check" if not results else "all conform" if not failed else f"{failed} do not conform"
        out.print(f"{len(results)} {'policy' if len(results) == 1 else 'policies'} checked, {said}.", style="bold")
    if failed:
        raise typer.Exit(FAILED)
