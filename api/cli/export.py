"""`clausegraph export`: the stored graphs as a file, as they are or as a view in another vocabulary's terms.

In: the store, a policy or none, a view or none. Out: N-Quads, TriG, Turtle or JSON-LD, or what the view gives, on
standard output or in a file. Exit code 1 where a view has required fields that the text does not fill.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from ... import ClauseGraphError
from ...queries.store import PolicyRow, Store
from ...queries.store.formats import EXPORT_FORMATS
from ...queries.views import VIEWS, Missing, view_of
from ..views.fetch import find_policy
from .common import StoreOption, err, note_format, opened

#: Exit code where a required field of a view stayed empty.
INCOMPLETE = 1


class CannotWrite(ClauseGraphError):
    """The file cannot be written."""


class BadFormat(ClauseGraphError):
    """There is no such serialisation."""


def export(
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            callback=note_format,
            help=f"{', '.join(EXPORT_FORMATS)}; or one of the view's formats. Else the first of them.",
        ),
    ] = None,
    policy: Annotated[str | None, typer.Option("--policy", metavar="POLICY", help="Only this policy.")] = None,
    view: Annotated[
        str | None,
        typer.Option(
            "--view", metavar="NAME", help=f"In another vocabulary's terms: {', '.join(VIEWS) or 'none yet'}."
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here instead of standard output.")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Write the stored graphs, or a view of them.

    Everything, or one policy's current version; on standard output or to a file. A view writes the facts in the terms
    of another vocabulary; where that requires a field which a text does not fill, the field is named and the exit
    code is 1.
    """
    if view is not None:
        _view(view, format, policy, output, store)
        return
    wanted_format = format or EXPORT_FORMATS[0]
    if wanted_format not in EXPORT_FORMATS:
        raise BadFormat(
            f"There is no export as “{wanted_format}”.", mend=f"Ask for one of {', '.join(EXPORT_FORMATS)}."
        )
    with opened(store) as (graphs, _settings):
        wanted = find_policy(graphs, policy).iri if policy else None
        _write(graphs.export(wanted_format, policy=wanted), output)


def _view(name: str, format: str | None, policy: str | None, output: Path | None, store: str | None) -> None:
    found = view_of(name)
    wanted = found.checked(format)
    if output is None and wanted in found.binary and sys.stdout.isatty():
        raise CannotWrite(f"A terminal cannot show {wanted}.", mend="Name a file with -o.")
    with opened(store) as (graphs, _settings):
        rendered = found.render(graphs, _chosen(graphs, policy), wanted)
    _write([rendered.data], output)
    if rendered.missing:
        _tell(rendered.missing, as_json=format == "json")
        raise typer.Exit(INCOMPLETE)


def _chosen(graphs: Store, policy: str | None) -> list[PolicyRow]:
    """The policies that a view is of, by IRI, so that the same facts give the same bytes."""
    wanted = find_policy(graphs, policy).iri if policy else None
    rows = [row for row in graphs.policies() if wanted is None or row.policy_iri == wanted]
    return sorted(rows, key=lambda row: row.policy_iri)


def _tell(missing: Iterable[Missing], *, as_json: bool) -> None:
    """Say which required fields are empty, on standard error."""
    if as_json:
        found = [{"policy": one.policy_iri, "field": one.field, "reason": one.reason} for one in missing]
        sys.stderr.write(json.dumps({"missing": found}, ensure_ascii=False) + "\n")
        return
    for one in missing:
        err.print(f"{one.policy_iri}: {one.field}: {one.reason}", markup=False)


def _write(pieces: Iterable[bytes], output: Path | None) -> None:
    """Bytes to standard output, or to a file that appears only when it is whole."""
    if output is None:
        sys.stdout.flush()
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return
    part = output.with_name(output.name + ".part")
    try:
        with part.open("wb") as file:
            size = sum(file.write(piece) for piece in pieces)
        part.replace(output)
    except OSError as error:
        raise CannotWrite(f"{output} cannot be written: {error}.", mend="Choose another file with -o.") from error
    err.print(f"Wrote {size:,} bytes to {output}.", markup=False)
