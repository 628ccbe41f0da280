"""`clausegraph query`: SPARQL over what is stored.

In: query text, a `.rq` file or `-`. Out: a table, or the result in a standard serialisation, on standard output.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer

from ... import ClauseGraphError
from ...ontology.terms import shorten
from ...queries.lexer import query_form, tokens
from ...queries.store import Answer, DatasetName, Solutions
from ...queries.store.formats import PREFIXES
from .common import StoreOption, note_format, opened, out, plain_table, show_table, write_bytes


class QueryFormat(StrEnum):
    """How a result is printed; `table` shows a graph as Turtle."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    XML = "xml"
    TURTLE = "turtle"
    NTRIPLES = "ntriples"
    RDFXML = "rdfxml"
    JSONLD = "jsonld"
    NQUADS = "nquads"
    TRIG = "trig"


class NoQuery(ClauseGraphError):
    """The file that should hold a query cannot be read."""


def query(
    sparql: Annotated[str, typer.Argument(metavar="QUERY", help="SPARQL text, a .rq file, or - for standard input.")],
    format: Annotated[
        QueryFormat, typer.Option("--format", "-f", callback=note_format, help="How to print the result.")
    ] = QueryFormat.TABLE,
    history: Annotated[
        bool, typer.Option("--history", help="Ask superseded versions instead of current ones.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Ask a SPARQL query.

    The usual prefixes (cg, cgc, dct, skos, …) need no declaration.
    """
    text = declared(read_query(sparql))
    with opened(store) as (graphs, _settings):
        dataset: DatasetName = "history" if history else "current"
        if format is QueryFormat.TABLE and query_form(text) in ("construct", "describe"):
            format = QueryFormat.TURTLE
        if format is QueryFormat.TABLE:
            print_answer(graphs.query(text, dataset=dataset))
        else:
            write_bytes(graphs.query_serialised(text, format.value, dataset=dataset))


def read_query(given: str) -> str:
    """The query's text: from a file, standard input or the argument itself. Raises `NoQuery`."""
    if given == "-":
        return sys.stdin.read()
    if not given.endswith((".rq", ".sparql")):
        return given
    path = Path(given)
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NoQuery(
            f"{path} cannot be read: {error}.", mend="Give a readable UTF-8 file or the query itself."
        ) from error


def declared(sparql: str) -> str:
    """The query with the usual prefixes that it uses and does not declare, on its first line: line numbers hold."""
    names = [token.text.partition(":")[0] for token in tokens(sparql) if token.kind == "name"]
    own = {after for before, after in pairwise([token.text for token in tokens(sparql)]) if before.upper() == "PREFIX"}
    missing = sorted({name for name in names if name in PREFIXES and f"{name}:" not in own})
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in missing) + sparql


def print_answer(answer: Answer) -> None:
    """Print an answer for people."""
    if isinstance(answer, bool):
        out.print("yes" if answer else "no")
    elif isinstance(answer, Solutions):
        table = plain_table(*answer.variables)
        for row in answer.texts():
            table.add_row(*(shorten(row.get(name, "")) for name in answer.variables))
        show_table(table)
        out.print(f"{len(answer.rows):,} {'row' if len(answer.rows) == 1 else 'rows'}", style="dim")
