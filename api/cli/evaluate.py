"""`clausegraph evaluate`: how good the extraction is, measured on gold and on a corpus of labelled sentences.

In: gold files, their texts, the table of DPV terms; or a corpus of labelled sentences. Out: precision, recall and F1 as
tables, JSON or a page, and, where asked, the precision table that confidence is read from.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ..settings import load_settings
from .common import ExtractorOption, note_format


class ReportFormat(StrEnum):
    """How the scores are printed."""

    TABLE = "table"
    JSON = "json"
    HTML = "html"


def evaluate(
    gold: Annotated[
        list[Path] | None, typer.Argument(metavar="GOLD", help="Gold files (.jsonl), one a document.")
    ] = None,
    texts: Annotated[
        list[Path] | None,
        typer.Option("--texts", metavar="FOLDER", help="Where the gold's texts are; may repeat."),
    ] = None,
    dpv: Annotated[
        Path | None, typer.Option("--dpv", metavar="FILE", help="Table of DPV terms (dpv-terms.tsv).")
    ] = None,
    languages: Annotated[
        list[str] | None,
        typer.Option("--lang", metavar="DOC=TAG", help="Language of a document; else detected. May repeat."),
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List every error with its quote.")] = False,
    scores_only: Annotated[
        bool, typer.Option("--scores-only", help="Refuse whatever tells of single statements: for check sets.")
    ] = False,
    ablation: Annotated[
        bool, typer.Option("--ablation", help="Show what each family of rules brings: score without it.")
    ] = False,
    write_precision: Annotated[
        Path | None,
        typer.Option("--write-precision", metavar="FILE", help="Write the precision each rule reached on this gold."),
    ] = None,
    capp130: Annotated[
        Path | None,
        typer.Option(
            "--capp130", metavar="FILE", help="Score practice detection on the labelled sentences of CAPP-130."
        ),
    ] = None,
    extractor: ExtractorOption = None,
    resamples: Annotated[
        int, typer.Option("--resamples", min=0, help="Bootstrap resamples for confidence intervals; 0 leaves them out.")
    ] = 1000,
    seed: Annotated[int, typer.Option("--seed", help="Seed of the resampling.")] = 0,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here instead of standard output.")
    ] = None,
    format: Annotated[
        ReportFormat, typer.Option("--format", "-f", callback=note_format, help="How to print the scores.")
    ] = ReportFormat.TABLE,
) -> None:
    """Score the extraction against gold.

    Precision, recall and F1 of statements, facet values, conditions, document facts and polarity, by document, language
    and facet, with bootstrap intervals, and how many denials were read as affirmed.
    """
    # Here and not above: the other commands need not wait for these.
    from ...ingest.extractors import DEFAULT
    from ..ingestion import chosen
    from .evaluation import Asked, Gold, print_report, run

    choice = chosen(load_settings(extractor=extractor))
    if choice.name != DEFAULT and (ablation or write_precision):
        option = "--ablation" if ablation else "--write-precision"
        raise typer.BadParameter(
            f"is about the rules and goes only with --extractor {DEFAULT}, not with {choice.name}", param_hint=option
        )
    if not gold and capp130 is None:
        raise typer.BadParameter("name gold files, or a corpus with --capp130", param_hint="GOLD")
    if gold and (not texts or dpv is None):
        raise typer.BadParameter("gold needs --texts and --dpv beside it", param_hint="GOLD")
    if scores_only and (errors or write_precision):
        raise typer.BadParameter("goes with neither --errors nor --write-precision", param_hint="--scores-only")
    if not gold and (errors or write_precision or ablation):
        raise typer.BadParameter("--errors, --ablation and --write-precision need gold", param_hint="GOLD")
    asked = Asked(
        Gold(tuple(gold), tuple(texts), dpv, tags(languages or [])) if gold and texts and dpv else None,
        capp130,
        extractor=choice,
        errors=errors,
        ablation=ablation,
        write_precision=write_precision,
        resamples=resamples,
        seed=seed,
    )
    print_report(run(asked), asked, format, output)


def tags(pairs: list[str]) -> dict[str, str]:
    """``["en1=en"]`` → ``{"en1": "en"}``. Raises `typer.BadParameter` for anything else."""
    found = {}
    for pair in pairs:
        name, equals, tag = pair.partition("=")
        if not (name and equals and tag):
            raise typer.BadParameter(f"{pair!r} is not DOC=TAG, such as en1=en", param_hint="--lang")
        found[name] = tag
    return found
