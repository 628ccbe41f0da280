"""The SPARQL editor: YASGUI from the package's own files, with our prefixes, terms and the saved reports as examples.

In: GET /query (a query comes behind ``#query=`` or ``?query=``). Out: the page; where the browser code was not built,
the same examples as text and the way to the form at /sparql, which needs no JavaScript.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Match

from ...ontology.terms import CG, CGC, ID, OWL, PREFIXES, expand
from ...ontology.vocabulary import load_vocabulary
from ...queries.report import Report, in_language, list_reports
from ..views.ontology import KINDS, read_ontology
from . import CSP_EDITOR, VENDOR, language_of, page

router = APIRouter(tags=["pages"])

#: Where queries can be sent, by the path of the route; only what this app answers is offered.
ENDPOINTS = (("what policies say now", "/sparql"), ("superseded versions", "/history/sparql"))
#: What the first tab holds.
FIRST = f"""PREFIX cg: <{CG}>
PREFIX dct: <{PREFIXES["dct"]}>

# What is stated, and what is denied, each with its words.
SELECT ?title ?practice ?deniedPractice ?quote ?statement WHERE {{
  ?statement cg:inVersion/dct:title ?title ;
             cg:quote ?quote .
  {{ ?statement cg:practice ?practice }} UNION {{ ?statement cg:deniedPractice ?deniedPractice }}
}}
ORDER BY ?title ?statement
LIMIT 50
"""
#: Properties of other vocabularies that every graph uses.
COMMON = "dct:title dct:language dct:isPartOf schema:name rdf:type rdfs:label skos:prefLabel skos:broader skos:inScheme"


@router.get("/query", include_in_schema=False)
async def query(request: Request) -> Response:
    """The editor."""
    folders: tuple[str, ...] = request.app.state.settings.reports
    reports = await run_in_threadpool(list_reports, folders)
    lang = language_of(request)
    examples = [example(in_language(report, lang)) for report in reports if not report.error]
    examples.sort(key=lambda one: (one["group"], one["title"]))
    root = request.scope.get("root_path", "").rstrip("/")
    setup = {
        "endpoints": [{"title": title, "path": root + path} for title, path in ENDPOINTS if answers(request, path)],
        "prefixes": dict(PREFIXES),
        "examples": examples,
        "first": FIRST,
        "terms": await run_in_threadpool(suggestions),
        "local": [[ID, f"{root}/id/"], [CGC, f"{root}/concepts/"], [CG, f"{root}/ontology#"]],
    }
    built = (VENDOR / "query.js").is_file()
    return page(request, "query.html", csp=CSP_EDITOR, setup=setup, examples=examples, built=built)


def answers(request: Request, path: str) -> bool:
    """Whether this app has a route for a path."""
    scope = dict(request.scope) | {"path": request.scope.get("root_path", "") + path, "method": "GET"}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)


def example(report: Report) -> dict[str, Any]:
    """A report as an example: its file is a query that runs as it stands, on the dataset that it names."""
    group = report.tags[0] if report.tags else "other"
    history = report.dataset == "history"
    return {"name": report.name, "title": report.title, "group": group, "query": report.query, "history": history}


def suggestions() -> dict[str, Any]:
    """What the editor completes, as whole IRIs: classes, properties, concepts."""
    _, sections = read_ontology()
    terms = [term for section in sections for term in section.terms]
    properties = [term.iri for term in terms if any("property" in kind for kind in term.kinds)]
    properties += [expand(curie) for curie in COMMON.split()]
    return {
        "classes": [term.iri for term in terms if KINDS[OWL + "Class"] in term.kinds],
        "properties": sorted(properties),
        "concepts": sorted(concept.iri for concept in load_vocabulary().concepts.values()),
    }
