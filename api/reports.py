"""Saved reports over HTTP.

In: GET at /reports and /reports/NAME (parameters as query parameters of their names). Out: a page, JSON, CSV, Markdown
or an Excel workbook, by Accept, ``format=`` or an ending (/reports/NAME.xlsx).
"""

from __future__ import annotations

from datetime import date
from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from ..ontology.terms import ID, expand, shorten
from ..ontology.vocabulary import load_vocabulary
from ..queries.report import (
    Report,
    ReportError,
    Result,
    choices,
    get_report,
    in_language,
    list_reports,
    run_report,
)
from ..queries.store import Store
from . import negotiation, workbook
from .charts import chart_of
from .deadline import Deadline
from .pages import CSP, CSP_EDITOR, VENDOR, language_of, page
from .problem import problem
from .sparql.runner import stoppable_store
from .tables import describe, to_csv, to_json, to_markdown
from .views.words import label

router = APIRouter(prefix="/reports", tags=["reports"])

MEDIA_TYPES = {
    "html": "text/html",
    "json": "application/json",
    "csv": "text/csv",
    "markdown": "text/markdown",
    "xlsx": workbook.MEDIA_TYPE,
}
FORMS = tuple(MEDIA_TYPES)
#: What an address may end in.
ENDINGS = {"html": "html", "json": "json", "csv": "csv", "md": "markdown", "markdown": "markdown", "xlsx": "xlsx"}
#: Groups in the order in which people ask; others come after them by name.
GROUPS = (
    "overview",
    "data",
    "purposes",
    "sharing",
    "transfers",
    "retention",
    "rights",
    "security",
    "denials",
    "conditions",
    "vagueness",
    "roles",
    "laws",
    "comparison",
    "quality",
    "statistics",
    "vocabulary",
)
#: Query parameters that are not a report's own.
RESERVED = frozenset({"format", "lang"})


def folders_of(request: Request) -> tuple[str, ...]:
    """The folders of reports that the settings name."""
    folders: tuple[str, ...] = request.app.state.settings.reports
    return folders


def form_of(request: Request, names: tuple[str, ...], ending: str = "") -> str:
    """Which of these forms the client wants. Raises `HTTPException` 406."""
    asked = ending or request.query_params.get("format")
    asked = ENDINGS.get(asked, asked) if asked else None
    if asked is None:
        accept = request.headers.get("accept", "")
        if accept in ("", "*/*"):  # a program that did not say
            return "json"
        asked = negotiation.choose(accept, [(name, MEDIA_TYPES[name]) for name in names])
    if asked not in names:
        raise HTTPException(406, f"This can be had as {', '.join(names)}.")
    return asked


@router.get("", summary="The saved reports", response_class=JSONResponse)
async def reports(request: Request) -> Response:
    """All reports in the reader's language; one whose file is broken is listed with its error."""
    form, lang = form_of(request, ("html", "json")), language_of(request)
    found = [in_language(one, lang) for one in await run_in_threadpool(list_reports, folders_of(request))]
    if form == "json":
        return JSONResponse([describe(report) for report in found], headers={"Vary": "Accept, Accept-Language"})
    return page(request, "reports.html", groups_of_reports=grouped(found))


def grouped(reports: list[Report]) -> list[tuple[str, list[Report]]]:
    """Reports by their first tag, broken ones last."""

    def group(report: Report) -> tuple[bool, int, str]:
        tag = report.tags[0] if report.tags else ""
        return bool(report.error), GROUPS.index(tag) if tag in GROUPS else len(GROUPS), tag

    ordered = sorted(reports, key=lambda report: (group(report), report.title))
    return [("cannot be used" if key[0] else key[2], list(members)) for key, members in groupby(ordered, key=group)]


@router.get("/{name}", summary="One report's answer", response_class=JSONResponse)
async def report(request: Request, name: str) -> Response:
    """Ask a report. A parameter may be given several times where it takes several values."""
    name, _, ending = name.partition(".")
    form = form_of(request, FORMS, ending)
    lang = language_of(request)
    try:
        found = await run_in_threadpool(get_report, name, folders_of(request))
    except ReportError as error:
        return problem(request, 404, str(error), error.mend)
    given: dict[str, list[str]] = {}
    for key, value in request.query_params.multi_items():
        if key not in RESERVED and value:
            given.setdefault(key, []).append(value)
    store = await stoppable_store(request)
    deadline: Deadline = request.app.state.deadline
    if form == "html":
        return await deadline.run(report_page, request, store, found, given, lang)
    result = await deadline.run(run_report, store, found, given, lang)
    return await run_in_threadpool(serialised, result, form, str(request.base_url).rstrip("/"))


def serialised(result: Result, form: str, base: str) -> Response:
    """A result in one of the forms for programs. ``base``: where this server is, for links to the evidence."""
    headers = {"Vary": "Accept, Accept-Language"}
    if form == "json":
        return JSONResponse(to_json(result), headers=headers)
    ending = {"csv": "csv", "markdown": "md", "xlsx": "xlsx"}[form]
    headers["Content-Disposition"] = f'attachment; filename="{result.report.name}.{ending}"'
    if form == "xlsx":
        content = workbook.to_xlsx(
            result, lambda iri: f"{base}/id/{iri.removeprefix(ID)}" if iri.startswith(ID) else iri
        )
        return Response(content, media_type=MEDIA_TYPES[form], headers=headers)
    text = to_csv(result) if form == "csv" else to_markdown(result)
    return Response(text, media_type=f"{MEDIA_TYPES[form]}; charset=utf-8", headers=headers)


def default_text(term: str, lang: str) -> str:
    """A default, which stands in the report as SPARQL, in words."""
    if term.startswith("<") or ":" in term.partition('"')[0]:
        found = load_vocabulary().by_exact(expand(term.strip("<>")))
        return label(found.id, lang) if found else shorten(expand(term.strip("<>")))
    return term.partition("^^")[0].strip('"')


def report_page(request: Request, store: Store, report: Report, given: dict[str, list[str]], lang: str) -> Response:
    """The page of a report: its form and, unless something required is missing, its answer."""
    missing = [one.name for one in report.parameters if one.required and not one.default and one.name not in given]
    result = None if missing else run_report(store, report, given, lang)
    chart = chart_of(result) if result else None
    report = in_language(report, lang)
    offered = {one.name: choices(store, one, lang) for one in report.parameters}
    filled = range(len(result.columns)) if result else []
    return page(
        request,
        "report.html",
        report=report,
        result=result,
        given=given,
        shown=[place for place in filled if result and any(row[place].text for row in result.rows)],
        defaults={one.name: ", ".join(default_text(term, lang) for term in one.default) for one in report.parameters},
        choices=offered,
        csp=CSP_EDITOR if chart else CSP,
        chart=chart,
        charts_built=(VENDOR / "report.js").is_file(),
        chosen_words={
            name: [dict(offered.get(name, [])).get(value, value) for value in values] for name, values in given.items()
        },
        today=date.today().isoformat(),
        address=str(request.url),
    )
