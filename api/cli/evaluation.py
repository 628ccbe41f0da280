"""What `clausegraph evaluate` does with its options: extract, score, print.

In: `Asked`. Out: `Result`, printed as tables, JSON or a page; the precision table written where asked.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from ... import ClauseGraphError
from ...ingest.evaluate import (
    Ablation,
    Report,
    ablate,
    ablation_table,
    load_gold,
    load_terms,
    make_report,
    render_table,
    rule_precision,
    score_documents,
    write_precision,
)
from ...ingest.evaluate.capp130 import PracticeReport, load_labelled, score_practices
from ...ingest.evaluate.capp130_grids import practice_data, practice_grids
from ...ingest.evaluate.grid import to_html, to_rich
from ...ingest.evaluate.grids import ablation_grid
from ...ingest.evaluate.render_html import html_body, html_page
from ...ingest.evaluate.render_json import ablation_data, report_data
from ...ingest.extract import FAMILIES, RuleExtractor
from ...ingest.extractors import RULES, Choice, build
from ...ingest.pipeline import process
from ...ingest.records import Document, Extraction
from .common import err, out, to_json_text
from .evaluate import ReportFormat


@dataclass(frozen=True)
class Gold:
    """Gold files, the folders of their texts, the DPV terms, and the languages that are not to be detected."""

    files: tuple[Path, ...]
    texts: tuple[Path, ...]
    dpv: Path
    languages: Mapping[str, str]


@dataclass(frozen=True)
class Asked:
    """What the user wants to know."""

    gold: Gold | None
    capp130: Path | None = None
    extractor: Choice = RULES
    errors: bool = False
    ablation: bool = False
    write_precision: Path | None = None
    resamples: int = 1000
    seed: int = 0


@dataclass(frozen=True)
class Result:
    """What came out."""

    report: Report | None = None
    ablation: tuple[Ablation, ...] = ()
    practices: PracticeReport | None = None


def run(asked: Asked) -> Result:
    """Everything asked for, in order; on a terminal a bar shows how far it is."""
    result = Result()
    extract = partial(process, extractor=build(asked.extractor))
    if asked.gold is not None:
        result = _on_gold(asked.gold, asked, extract)
    if asked.capp130 is not None:
        labelled = list(load_labelled(asked.capp130))
        with _counted(len(labelled), "CAPP-130") as count:
            result = Result(result.report, result.ablation, score_practices(labelled, count(extract)))
    return result


def _on_gold(gold: Gold, asked: Asked, extract: Extract) -> Result:
    documents = load_gold(gold.files, gold.texts)
    unknown = sorted(gold.languages.keys() - {document.name for document in documents})
    if unknown:
        raise ClauseGraphError(
            f"--lang names {', '.join(unknown)}, but no such gold document is given.",
            mend="Write --lang DOC=TAG with the name of a gold file without its .jsonl.",
        )
    terms = load_terms(gold.dpv).with_gold(documents)
    variants = {name: partial(process, extractor=RuleExtractor(frozenset({name}))) for name in FAMILIES}
    rounds = 2 + len(variants) if asked.ablation else 1
    with _counted(rounds * len(documents), "Gold") as count:
        scores = score_documents(documents, terms, count(extract), languages=gold.languages)
        rows: list[Ablation] = []
        if asked.ablation:
            counted = {name: count(variant) for name, variant in variants.items()}
            rows = ablate(documents, terms, count(extract), counted, languages=gold.languages)
    if asked.write_precision is not None:
        try:
            write_precision(asked.write_precision, rule_precision(scores))
        except OSError as error:
            raise _not_written(asked.write_precision, error) from error
        err.print(f"Wrote {asked.write_precision}.", markup=False)
    return Result(make_report(scores, resamples=asked.resamples, seed=asked.seed), tuple(rows))


Extract = Callable[[Document], Extraction]


@contextmanager
def _counted(total: int, what: str) -> Iterator[Callable[[Extract], Extract]]:
    """Gives a wrapper under which every extraction advances the bar; without a terminal it wraps nothing."""
    if not err.is_terminal:
        yield lambda extract: extract
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task(what, total=total)

        def wrap(extract: Extract) -> Extract:
            def advancing(document: Document) -> Extraction:
                extraction = extract(document)
                progress.update(task, advance=1, description=f"{what} · {document.key[-40:]}")
                return extraction

            return advancing

        yield wrap


def print_report(result: Result, asked: Asked, format: ReportFormat, output: Path | None) -> None:
    """On standard output, or into a file."""
    if format is ReportFormat.TABLE:
        shown = Group(*tables(result, with_errors=asked.errors))
        if output is None:
            out.print(shown)
            return
        plain = StringIO()
        Console(file=plain, width=120, highlight=False, no_color=True, legacy_windows=False).print(shown)
        text = "".join(line.rstrip() + "\n" for line in plain.getvalue().splitlines())
    elif format is ReportFormat.JSON:
        data = as_data(result, with_errors=asked.errors)
        text = to_json_text(data) if output is None else json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    else:
        text = html_page("Evaluation", pieces(result, with_errors=asked.errors))
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise _not_written(output, error) from error
    err.print(f"Wrote {output}.", markup=False)


def tables(result: Result, *, with_errors: bool) -> Iterator[RenderableType]:
    """For the terminal."""
    if result.report is not None:
        yield render_table(result.report, with_errors=with_errors)
    if result.ablation:
        yield ablation_table(result.ablation)
        yield Text("")
    if result.practices is not None:
        for grid in practice_grids(result.practices):
            yield to_rich(grid)
            yield Text("")


def pieces(result: Result, *, with_errors: bool) -> Iterator[str]:
    """For a page."""
    if result.report is not None:
        yield from html_body(result.report, with_errors=with_errors)
    if result.ablation:
        yield to_html(ablation_grid(result.ablation, "What each family of rules brings"))
    if result.practices is not None:
        yield from map(to_html, practice_grids(result.practices))


def as_data(result: Result, *, with_errors: bool) -> dict[str, Any]:
    """For programs."""
    data: dict[str, Any] = {}
    if result.report is not None:
        data |= report_data(result.report, with_errors=with_errors)
    if result.ablation:
        data["ablation"] = ablation_data(result.ablation)
    if result.practices is not None:
        data["capp130"] = practice_data(result.practices)
    return data


def _not_written(path: Path, error: OSError) -> ClauseGraphError:
    return ClauseGraphError(f"{path} cannot be written: {error.strerror}.", mend="Name a file in a folder that exists.")
