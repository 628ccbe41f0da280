"""`clausegraph evaluate`: how good the extraction is, measured on gold.

In: gold files, their texts, the table of DPV terms. Out: precision, recall and F1 as a table, JSON or a page.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from .common import err, note_format, out


class ReportFormat(StrEnum):
    """How the scores are printed."""

    TABLE = "table"
    JSON = "json"
    HTML = "html"


def evaluate(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD", help="Gold files (.jsonl), one a document.")],
    texts: Annotated[
        list[Path], typer.Option("--texts", metavar="FOLDER", help="Where the gold's texts are; may repeat.")
    ],
    terms: Annotated[Path, typer.Option("--terms", metavar="FILE", help="Table of DPV terms (dpv-terms.tsv).")],
    errors: Annotated[
        bool, typer.Option("--errors", help="List every error with its quote (not for check sets).")
    ] = False,
    resamples: Annotated[
        int, typer.Option("--resamples", min=0, help="Bootstrap resamples for confidence intervals; 0 leaves them out.")
    ] = 1000,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here instead of standard output.")
    ] = None,
    format: Annotated[
        ReportFormat, typer.Option("--format", "-f", callback=note_format, help="How to print the scores.")
    ] = ReportFormat.TABLE,
) -> None:
    """Score the extraction against gold.

    Precision, recall and F1 of statements, facets and practices, and how many denials were read as affirmed.
    """
    # Here and not above: the other commands need not wait for these.
    from ...ingest.evaluate import VocabularyIndex, render_html, render_json, render_table
    from ...ingest.evaluate import evaluate as score
    from ...ingest.pipeline import process
    from ...ontology.vocabulary import load_vocabulary

    index = VocabularyIndex(load_vocabulary())
    report = score(gold, texts, terms, process, concepts=index, resamples=resamples)
    if format is ReportFormat.TABLE:
        out.print(render_table(report, with_errors=errors))
        return
    render = render_json if format is ReportFormat.JSON else render_html
    text = render(report, with_errors=errors)
    if output is None:
        sys.stdout.write(text + "\n")
    else:
        output.write_text(text, encoding="utf-8")
        err.print(f"Wrote {output}.", markup=False)
