"""Checklists over HTTP: which laws there are, what a law's list asks for, what of it a policy says.

In: GET at /comply and /comply/LAW (``?policy=``, ``lang=``). Out: a page, JSON or Markdown, by Accept, ``format=`` or
an ending (/comply/gdpr.json). Provisions whose law gives them no IRI have one of ours (/id/law/…), which leads to the
item.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from ..ontology.checklist import Checklist, ChecklistError, find_checklist, item_of_provision, load_checklists
from ..ontology.wording import worded
from ..queries.coverage import cover, suggest
from ..queries.store import Store
from .coverageforms import described, evidence_data, page_values, to_markdown
from .deadline import Deadline
from .pages import language_of, page
from .problem import problem
from .rdf import see_other
from .reports import form_of
from .sparql.runner import stoppable_store
from .views.fetch import find_policy, list_policies

router = APIRouter(tags=["checklists"])
VARY = {"Vary": "Accept, Accept-Language"}


def checklist_data(checklist: Checklist, lang: str) -> dict[str, Any]:
    """A checklist without a policy: its items and what each asks for."""
    return {
        "law": checklist.id,
        "title": worded(checklist.labels, lang),
        "note": worded(checklist.notes, lang),
        "items": [
            {
                "id": one.id,
                "iri": one.iri,
                "article": one.article,
                "provision": one.provision,
                "source": one.source,
                "title": worded(one.labels, lang),
                "verification": one.verification,
                "applies": [worded(when.labels, lang) for when in (*one.assuming, *one.when, *one.undecided)],
                "points": [worded(point.labels, lang) for point in (*one.points, *one.unread)],
                "for_a_person": [worded(point.labels, lang) for point in one.judge],
            }
            for one in checklist.items
        ],
    }


@router.get("/comply", summary="The checklists, and which of them a policy suggests", response_class=JSONResponse)
async def checklists(request: Request, policy: str = "") -> Response:
    """All checklists; with a policy those that it suggests by what it says of laws."""
    form, lang = form_of(request, ("html", "json")), language_of(request)
    store = await stoppable_store(request)
    deadline: Deadline = request.app.state.deadline
    return await deadline.run(_checklists, request, store, policy, form, lang)


def _checklists(request: Request, store: Store, name: str, form: str, lang: str) -> Response:
    found = find_policy(store, name) if name else None
    suggested = {
        one.checklist.id: evidence_data(one.evidence, lang) for one in (suggest(store, found.version) if found else ())
    }
    known = list(load_checklists().values())
    if form == "json":
        listed = [
            {
                "law": one.id,
                "title": worded(one.labels, lang),
                "note": worded(one.notes, lang),
                "items": len(one.items),
                "suggested": suggested.get(one.id, []),
            }
            for one in known
        ]
        return JSONResponse(listed, headers=VARY)
    return page(
        request,
        "comply_laws.html",
        checklists=[(one.id, worded(one.labels, lang), worded(one.notes, lang), len(one.items)) for one in known],
        suggested=suggested,
        policies=list_policies(store),
        chosen=found,
        **page_values(lang),
    )


@router.get("/comply/{law}", summary="A checklist, and what of it a policy says", response_class=JSONResponse)
async def complied(request: Request, law: str, policy: str = "") -> Response:
    """With a policy the verdict on each item, with its evidence; without one what the list asks for."""
    law, _, ending = law.partition(".")
    form, lang = form_of(request, ("html", "json", "markdown"), ending), language_of(request)
    try:
        checklist = await run_in_threadpool(find_checklist, law)
    except ChecklistError as error:
        return problem(request, 404, str(error), error.mend)
    store = await stoppable_store(request)
    deadline: Deadline = request.app.state.deadline
    return await deadline.run(_complied, request, store, checklist, policy, form, lang)


def _complied(request: Request, store: Store, checklist: Checklist, name: str, form: str, lang: str) -> Response:
    data = None
    if name:
        found = find_policy(store, name)
        data = described(cover(store, found.version, checklist), found, lang)
    if form == "json":
        return JSONResponse(data or checklist_data(checklist, lang), headers=VARY)
    if form == "markdown":
        if data is None:
            raise HTTPException(406, "A checklist without a policy can be had as html or json.")
        return Response(to_markdown(data), media_type="text/markdown; charset=utf-8", headers=VARY)
    return page(
        request,
        "comply.html",
        checklist=checklist_data(checklist, lang),
        report=data,
        policies=list_policies(store),
        **page_values(lang),
    )


@router.api_route("/id/law/{item}", methods=["GET", "HEAD"], include_in_schema=False)
async def provision(request: Request, item: str) -> Response:
    """Where to read about a provision of a law: at the item that it requires."""
    found = await run_in_threadpool(item_of_provision, item)
    if found is None:
        raise HTTPException(404, f"No checklist has an item {item[:100]}.")
    checklist, _ = found
    response = see_other(request, f"/comply/{checklist.id}")
    response.headers["Location"] += f"#{item}"
    return response
