"""`clausegraph report …`: saved reports.

In: a report's name and parameters. Out: its answer as a table, JSON, CSV, Markdown, HTML or an Excel
workbook, on standard output or in a file.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ... import ClauseGraphError
from ...queries.report import Result, in_language, list_reports, run_report
from ..settings import load_settings
from ..tables import describe, to_csv, to_html, to_json, to_markdown
from .common import (
    Format,
    FormatOption,
    LangOption,
    StoreOption,
    err,
    note_format,
    opened,
    out,
    plain_table,
    print_json,
    show_table,
    to_json_text,
    write_bytes,
)

report_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Answers to common questions.")


class ReportFormat(StrEnum):
    """How a report's answer is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"
    MARKDOWN = "markdown"
    HTML = "html"
    XLSX = "xlsx"


class NoFile(ClauseGraphError):
    """A workbook was to be written to the terminal."""


class BadParameter(ClauseGraphError):
    """A parameter that is not of the form name=value."""


@report_app.callback()
def _group() -> None:
    """Answers to common questions."""


@report_app.command("list")
def list_(lang: LangOption = None, format: FormatOption = Format.TABLE) -> None:
    """List the reports, and what each can be asked with.

    Those that come with the package and those in the folders of CLAUSEGRAPH_REPORTS.
    """
    settings = load_settings(language=lang)
    found = [in_language(report, settings.language) for report in list_reports(settings.reports)]
    if format is Format.JSON:
        print_json([describe(report) for report in found])
        return
    table = plain_table("report", "answers", "parameters")
    for report in found:
        if report.error:
            table.add_row(report.name, f"cannot be used: {report.error}", style="red")
            continue
        names = ", ".join(one.name if one.required else f"[{one.name}]" for one in report.parameters)
        table.add_row(report.name, report.title, names.replace("[", "\\["))
    show_table(table)


@report_app.command("run")
def run(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of a report, as `report list` prints it.")],
    parameters: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="NAME=VALUE", help="A parameter; may repeat."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here instead of standard output.")
    ] = None,
    lang: LangOption = None,
    store: StoreOption = None,
    format: Annotated[
        ReportFormat, typer.Option("--format", "-f", callback=note_format, help="How to print the answer.")
    ] = ReportFormat.TABLE,
) -> None:
    """Ask a report about what is stored."""
    given: dict[str, list[str]] = {}
    for parameter in parameters or []:
        key, equals, value = parameter.partition("=")
        if not equals:
            raise BadParameter(f"“{parameter}” gives no value.", mend="Write parameters as -p name=value.")
        given.setdefault(key.strip(), []).append(value)
    if format is ReportFormat.XLSX and output is None and sys.stdout.isatty():
        raise NoFile("An Excel workbook is nothing to print here.", mend="Name a file with -o, such as -o answer.xlsx.")
    with opened(store, language=lang) as (graphs, settings):
        result = run_report(graphs, name, given, settings.language, folders=settings.reports)
    if format is ReportFormat.TABLE and output is None:
        print_result(result)
        return
    if format is ReportFormat.XLSX:
        from ..workbook import to_xlsx  # 40 ms that the other formats need not pay

        content = to_xlsx(result)
    else:
        content = text_of(result, format).encode()
    if output is None:
        write_bytes(content)
    else:
        output.write_bytes(content)
        err.print(f"Wrote {len(result.rows):,} rows to {output}.", markup=False)


def text_of(result: Result, format: ReportFormat) -> str:
    """The answer in one of the text formats."""
    if format is ReportFormat.JSON:
        return to_json_text(to_json(result))
    if format is ReportFormat.HTML:
        return to_html(result)
    return to_csv(result) if format is ReportFormat.CSV else to_markdown(result)


def print_result(result: Result) -> None:
    """A report's answer on the terminal."""
    out.print(result.report.title, style="bold", markup=False)
    numeric = [any(row[place].number is not None for row in result.rows) for place in range(len(result.columns))]
    titles = [column.title for column in result.columns]
    right = tuple(title for title, number in zip(titles, numeric, strict=True) if number)
    table = plain_table(*titles, right=right)
    for row in result.rows:
        table.add_row(*(cell.text for cell in row))
    show_table(table)
    out.print(f"{len(result.rows):,} {'row' if len(result.rows) == 1 else 'rows'}", style="dim")
