"""`clausegraph schema`: the GraphQL schema as SDL, on standard output."""

from __future__ import annotations

from typing import Annotated

import typer

from .common import Format, note_format, print_json, write_bytes


def schema(
    format: Annotated[
        Format, typer.Option("--format", "-f", callback=note_format, help="SDL text, or the introspection as JSON.")
    ] = Format.TABLE,
) -> None:
    """Print the GraphQL schema."""
    from ..graphql import introspection, sdl

    if format is Format.JSON:
        print_json(introspection())
    else:
        write_bytes(sdl().encode())
