"""What the commands share: where output goes, options that several take, how errors look.

In: parsed options. Out: `out` and `err` consoles, option types, `opened` (a store for one command), `fail`.

Results go to standard output, everything else (progress, notes, errors) to standard error, so that pipes stay clean.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from ... import ClauseGraphError
from ...queries.store import Store, open_store
from ..settings import Settings, load_settings

#: Exit code when something went wrong that a person can mend.
FAILED = 2

# In a pipe lines are not wrapped: whoever reads them there counts on whole lines.
out = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
err = Console(stderr=True, highlight=False, soft_wrap=not sys.stderr.isatty())


class _State:
    """What `fail` must know about the command under way."""

    json = False


class Format(StrEnum):
    """How a command prints its result."""

    TABLE = "table"
    JSON = "json"


def note_format(value: Any) -> Any:
    """Remember that the user asked for JSON, so that an error comes as JSON too. Returns ``value``."""
    _State.json = str(value) == "json"
    return value


FormatOption = Annotated[
    Format, typer.Option("--format", "-f", callback=note_format, help="How to print: for people or for programs.")
]
StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store", metavar="PLACE", help="Folder or SPARQL server's URL; else CLAUSEGRAPH_STORE or the default."
    ),
]
ExtractorOption = Annotated[
    str | None,
    typer.Option(
        "--extractor", metavar="NAME", help="What reads the statements; else CLAUSEGRAPH_EXTRACTOR or the rules."
    ),
]
LangOption = Annotated[
    str | None, typer.Option("--lang", metavar="TAG", help="Language of labels, such as zh-Hant or cs.")
]
PolicyArgument = Annotated[
    str,
    typer.Argument(
        metavar="POLICY", help="A policy's key, its IRI, or a part of its title or controller that fits one."
    ),
]


@contextmanager
def opened(place: str | None = None, *, write: bool = False, **arguments: object) -> Iterator[tuple[Store, Settings]]:
    """The store for one command, and the settings in force. Closed at the end, come what may."""
    settings = load_settings(store=place, **arguments)
    store = open_store(settings.store, write=write)
    try:
        yield store, settings
    finally:
        store.close()


def print_json(value: object) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(to_json_text(value))


def to_json_text(value: object) -> str:
    """A readable JSON document; plain ASCII where standard output can show no more."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value, ensure_ascii=True, indent=2, default=str)
    return text + "\n"


def write_bytes(data: bytes) -> None:
    """Bytes on standard output as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def plain_table(*columns: str, right: tuple[str, ...] = ()) -> Table:
    """A table without frames; the columns named in ``right`` hold numbers."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", overflow="fold")
    return table


def show_table(table: Table) -> None:
    """Print a table; in a pipe as wide as its content, so that no line is broken."""
    if not out.soft_wrap:
        out.print(table)
        return
    wide = Console(width=100_000, highlight=False, no_color=True)
    wide.width = wide.measure(table).maximum + 1
    with wide.capture() as captured:
        wide.print(table)
    for line in captured.get().splitlines():
        sys.stdout.write(line.rstrip() + "\n")


def error_json(error: ClauseGraphError) -> dict[str, str]:
    """An error as JSON."""
    return {"error": str(error), "mend": error.mend}


def fail(error: ClauseGraphError) -> int:
    """Say what went wrong and what mends it; returns the exit code."""
    if _State.json:
        sys.stderr.write(json.dumps(error_json(error), ensure_ascii=False) + "\n")
    else:
        err.print("[bold red]Error:[/]", end=" ")
        err.print(str(error), markup=False, style="red")
        if error.mend:
            err.print(error.mend, markup=False)
    return FAILED
