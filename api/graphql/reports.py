"""Saved reports in the schema: the list, and one report's answer row by row.

In: a report's name, texts for its parameters. Out: the types `Report` and `ReportAnswer`. What a user got wrong
is an error with the words that mend it, as everywhere (`queries.report.ReportError`).
"""

from __future__ import annotations

from typing import Annotated

import strawberry

from ... import ClauseGraphError
from ...queries import report as reports
from .lane import in_thread
from .loaders import Info
from .node import Node

MOST_ROWS = 10_000


class RowsError(ClauseGraphError):
    """A part of the rows that cannot be given."""


@strawberry.input(description='What a report is asked with: `{ name: "category", values: "Location" }`.')
class ReportParameter:
    """A parameter's name with its values; GraphQL takes a single value for a list of one."""

    name: str
    values: list[str] = strawberry.field(description="As text: a concept's name, a policy's key, a number, a date.")


@strawberry.type(description="Something that a report can be asked with.")
class ReportParameterInfo:
    """A parameter."""

    name: str
    type: str = strawberry.field(description="string, integer, date, concept, policy, …")
    description: str
    required: bool
    default: list[str] = strawberry.field(description="As SPARQL terms; empty where everything is meant.")
    scheme: str | None = strawberry.field(description="The concept scheme that its values come from.")
    values: list[str] = strawberry.field(description="The only values allowed, if the report names them.")


@strawberry.type(description="A saved report: a question that somebody wrote down. Its IRI is its page.")
class Report(Node):
    """A report without its answer."""

    name: str
    title: str
    summary: str
    description: str
    tags: list[str]
    parameters: list[ReportParameterInfo]
    error: str | None = strawberry.field(description="Why its file cannot be used; null for all that can.")


@strawberry.type(description="A column of a report.")
class ReportColumn:
    """A column."""

    name: str
    title: str
    evidence: bool = strawberry.field(description="Whether it leads to the words that a fact rests on.")


@strawberry.type(description="A cell of a report.")
class ReportCell:
    """A cell."""

    column: str = strawberry.field(description="Name of its column.")
    text: str = strawberry.field(description="For people, in the language asked for.")
    iri: str | None = strawberry.field(description="The thing it stands for.")
    number: float | None = strawberry.field(description="Its value where it is a number.")


@strawberry.type(description="A row of a report.")
class ReportRow:
    """A row."""

    cells: list[ReportCell] = strawberry.field(description="One a column, in the order of the columns.")

    @strawberry.field(description="The text of one column's cell.")
    def text(self, column: str) -> str:
        """The text of a cell by its column's name."""
        for cell in self.cells:
            if cell.column == column:
                return cell.text
        names = ", ".join(cell.column for cell in self.cells)
        raise RowsError(f"The report has no column “{column}”.", mend=f"Its columns are {names}.")


@strawberry.type(description="A report with its answer.")
class ReportAnswer:
    """An answered report."""

    result: strawberry.Private[reports.Result]
    info: Report = strawberry.field(description="What the report is about.")
    title: str
    lang: str = strawberry.field(description="The language of the labels.")
    columns: list[ReportColumn]
    row_count: int = strawberry.field(description="How many rows there are in all.")

    @strawberry.field(description="The rows, or a part of them.")
    def rows(
        self,
        first: Annotated[int, strawberry.argument(description="How many, at most 10,000.")] = 1000,
        skip: Annotated[int, strawberry.argument(description="How many to leave out before.")] = 0,
    ) -> list[ReportRow]:
        """Rows."""
        if not 0 <= first <= MOST_ROWS or skip < 0:
            raise RowsError(
                f"A report gives between 0 and {MOST_ROWS:,} rows at once.", mend="Ask for the next ones with skip."
            )
        names = [column.name for column in self.result.columns]
        return [
            ReportRow(
                cells=[
                    ReportCell(
                        column=name,
                        text=cell.text,
                        iri=cell.iri or None,
                        number=None if cell.number is None else float(cell.number),
                    )
                    for name, cell in zip(names, row, strict=True)
                ]
            )
            for row in self.result.rows[skip : skip + first]
        ]


def info_of(report: reports.Report, info: Info) -> Report:
    """A report for the schema."""
    return Report(
        iri=f"{info.context.base_url}/reports/{report.name}",
        name=report.name,
        title=report.title,
        summary=report.summary,
        description=report.description,
        tags=list(report.tags),
        parameters=[
            ReportParameterInfo(
                name=one.name,
                type=one.type,
                description=one.description,
                required=one.required,
                default=list(one.default),
                scheme=one.scheme or None,
                values=list(one.values),
            )
            for one in report.parameters
        ],
        error=report.error or None,
    )


async def all_reports(info: Info, tag: str | None) -> list[Report]:
    """Every report, or those with a tag."""
    found = await in_thread(reports.list_reports, info.context.reports)
    lang = info.context.lang
    return [info_of(reports.in_language(one, lang), info) for one in found if tag is None or tag in one.tags]


async def answer(info: Info, name: str, parameters: list[ReportParameter], lang: str | None) -> ReportAnswer:
    """Ask a report. A parameter that is given twice has the values of both."""
    given: dict[str, list[str]] = {}
    for one in parameters:
        given.setdefault(one.name, []).extend(one.values)
    context = info.context

    def ask() -> reports.Result:
        store = context.stoppable(context.store)
        return reports.run_report(store, name, given, lang or context.lang, folders=context.reports)

    result = await context.deadline.run(ask)
    return ReportAnswer(
        result=result,
        info=info_of(result.report, info),
        title=result.report.title,
        lang=result.lang,
        columns=[ReportColumn(name=one.name, title=one.title, evidence=one.evidence) for one in result.columns],
        row_count=len(result.rows),
    )
