"""The page at /sparql: a form, and a result as people read it.

In: a query and its result. Out: HTML.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response

from ... import ClauseGraphError
from ...ontology.terms import ID, shorten
from ...queries.requests import Query
from ...queries.store import TooLarge
from ...queries.store.formats import GRAPH_FORMATS, PREFIXES, RESULT_FORMATS
from ..pages import page
from ..problem import headers_of, status_of
from .runner import run

#: More than this is no page that anybody reads, and its making would hold up the others.
MAX_PAGE_BYTES = 4_000_000
FIRST_QUERY = """PREFIX cg: <https://w3id.org/clausegraph/ontology#>
PREFIX dct: <http://purl.org/dc/terms/>

SELECT ?title ?practice ?quote WHERE {
  ?statement cg:inVersion/dct:title ?title ;
             cg:practice ?practice ;
             cg:quote ?quote .
}
LIMIT 20
"""


def form(request: Request, text: str, *, status: int = 200, **values: Any) -> Response:
    """The page with the query form."""
    shown: dict[str, Any] = {"answer": None, "graph": "", "error": "", "mend": "", "format": "html"} | values
    formats = ["html", *RESULT_FORMATS, *GRAPH_FORMATS]
    base = str(request.base_url).rstrip("/")
    return page(
        request, "sparql.html", status=status, text=text, formats=formats, prefixes=PREFIXES, base=base, **shown
    )


async def answer_page(request: Request, asked: Query, *, tables: bool) -> Response:
    """The page with a query's result, or with what is wrong with it."""
    try:
        reply = await run(request, replace(asked, format="json" if tables else "turtle"))
        if reply.length > MAX_PAGE_BYTES:
            reply.close()
            raise TooLarge(
                f"The result ({reply.length / 1e6:.1f} MB) is too large for a page.",
                mend="Ask for less with LIMIT, or choose another form: it comes as a file then, whole.",
            )
    except ClauseGraphError as error:
        response = form(request, asked.sparql, status=status_of(error), error=str(error), mend=error.mend)
        response.headers.update(headers_of(error))
        return response

    def made() -> Response:
        body = reply.read()
        if not tables:
            return form(request, asked.sparql, graph=body.decode("utf-8"))
        root = request.scope.get("root_path", "").rstrip("/")
        return form(request, asked.sparql, answer=table_of(json.loads(body), root))

    return await run_in_threadpool(made)


def table_of(result: dict[str, Any], root: str) -> dict[str, Any]:
    """SPARQL JSON as a template shows it: our own IRIs lead to their pages here."""

    def cell(term: dict[str, Any] | None) -> dict[str, str]:
        if term is None:
            return {"text": "", "href": ""}
        value = str(term["value"])
        if term["type"] != "uri":
            return {"text": value, "href": ""}
        href = f"{root}/id/{value.removeprefix(ID)}" if value.startswith(ID) else value
        return {"text": shorten(value), "href": href if href.startswith(("/", "http://", "https://")) else ""}

    if "boolean" in result:
        return {"boolean": result["boolean"], "variables": [], "rows": []}
    names = result["head"]["vars"]
    rows = [[cell(binding.get(name)) for name in names] for binding in result["results"]["bindings"]]
    return {"boolean": None, "variables": names, "rows": rows}
