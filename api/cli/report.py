"""`clausegraph report …`: saved reports."""

from __future__ import annotations

import typer

report_app = typer.Typer(no_args_is_help=True, help="Answers to common questions.")


@report_app.callback()
def _group() -> None:
    """Answers to common questions."""
