"""The `clausegraph` command. One module a command group; this one puts them together.

In: the command line. Out: exit code 0, 2 where something failed that a person can mend (or the usage was wrong),
130 on Ctrl-C.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from ... import ClauseGraphError, __version__
from . import common
from .comply import comply
from .diff import diff
from .evaluate import evaluate
from .explain import explain
from .export import export
from .ingest import ingest
from .link import link_app
from .ontology import ontology_app
from .policies import policies, remove
from .query import query
from .reason import reason
from .report import report_app
from .same import same_app
from .schema import schema
from .serve import serve
from .settings import settings
from .show import show
from .validate import validate

__all__ = ["app", "main"]

app = typer.Typer(
    name="clausegraph",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="Privacy policies as a knowledge graph: every fact tied to its words.",
)

app.command()(ingest)
app.command()(policies)
app.command()(show)
app.command()(explain)
app.command()(diff)
app.command()(query)
app.add_typer(report_app, name="report")
app.command()(export)
app.command()(validate)
app.command()(comply)
app.command()(remove)
app.command()(reason)
app.command()(serve)
app.command()(settings)
app.add_typer(ontology_app, name="ontology")
app.add_typer(same_app, name="same")
app.add_typer(link_app, name="link")
app.command()(evaluate)
app.command()(schema)


def _version(asked: bool) -> None:
    if asked:
        print(f"clausegraph {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Privacy policies as a knowledge graph: every fact tied to its words."""


def main() -> None:
    """Run the command line; errors that a person can mend become a message, everything else crashes loudly."""
    try:
        app()
    except ClauseGraphError as error:
        sys.exit(common.fail(error))
    except KeyboardInterrupt:
        sys.exit(130)
