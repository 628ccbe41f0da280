"""`clausegraph export`: the stored graphs as a file.

In: the store, a policy or none. Out: N-Quads, TriG, Turtle or JSON-LD on standard output or in a file.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ... import ClauseGraphError
from ..views.fetch import find_policy
from .common import StoreOption, err, opened


class ExportFormat(StrEnum):
    """Serialisations of graphs."""

    NQUADS = "nquads"
    TRIG = "trig"
    TURTLE = "turtle"
    JSONLD = "jsonld"


class CannotWrite(ClauseGraphError):
    """The file cannot be written."""


def export(
    format: Annotated[ExportFormat, typer.Option("--format", "-f", help="Serialisation.")] = ExportFormat.NQUADS,
    policy: Annotated[str | None, typer.Option("--policy", metavar="POLICY", help="Only this policy's graph.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here instead of standard output.")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Write the stored graphs in an RDF serialisation.

    Everything, or one policy's current version; on standard output or to a file.
    """
    with opened(store) as (graphs, _settings):
        wanted = find_policy(graphs, policy).iri if policy else None
        pieces = graphs.export(format.value, policy=wanted)
        if output is None:
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
