"""Pages at the addresses of the graph's own IRIs: policies, versions, clauses, statements, mentions, parties.

In: ``/id/…`` (an IRI of ours with this server's address in front). Out: a page; 303 from a mention to its statement.
"""

from __future__ import annotations

import re

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ...ontology.terms import ID
from ...queries.store import Store
from ..reader import reader_of
from ..views.fetch import fetch_document, fetch_party, fetch_statement, list_policies
from ..views.graph import iri
from ..views.model import PolicyDocument
from . import language_of, page, raw_path, shape

router = APIRouter(tags=["pages"])

IDENTIFIER = re.compile(
    r"(?P<policy>policy/.+?)"
    r"(?:/party/(?P<party>[0-9a-f]{16})"
    r"|/version/(?P<version>[0-9a-f]{16})(?:/c/(?P<clause>[^/]+)|/s/(?P<statement>[^/]+)(?P<rest>/[mx]/.+)?)?)?"
)


def document_of(store: Store, policy: str) -> PolicyDocument:
    """The document of a policy IRI; 404 where the store has none."""
    found = list_policies(store, [policy])
    if not found:
        raise HTTPException(404, f"The store holds no policy {policy}.")
    return fetch_document(store, found[0])


def is_superseded(store: Store, version: str) -> bool:
    """Whether the history keeps a version."""
    return store.query(f"ASK {{ GRAPH {iri(version)} {{ ?s ?p ?o }} }}", dataset="history") is True


@router.get("/id/{_:path}", include_in_schema=False)
async def identified(request: Request) -> Response:
    """What one of our IRIs stands for."""
    raw = raw_path(request)
    name = raw[raw.index("/id/") + len("/id/") :]
    found = IDENTIFIER.fullmatch(name)
    if found is None:
        raise HTTPException(404, f"There is no {ID}{name}.")
    store = await reader_of(request).store()
    policy, lang = ID + found["policy"], language_of(request)
    version = f"{policy}/version/{found['version']}" if found["version"] else ""
    if found["party"]:
        party, naming = await run_in_threadpool(fetch_party, store, f"{policy}/party/{found['party']}")
        cards = [shape.card(one, lang) for one in naming]
        return page(request, "party.html", party=party, cards=cards, policy=policy)
    document = await run_in_threadpool(document_of, store, policy)
    if version and version != document.policy.version:
        if not await run_in_threadpool(is_superseded, store, version):
            raise HTTPException(404, f"“{document.policy.shown}” has no version {version}.")
        return page(request, "superseded.html", document=document, version=version)
    if found["rest"]:
        root = request.scope.get("root_path", "").rstrip("/")
        return RedirectResponse(f"{root}/id/{name.removesuffix(found['rest'])}", status_code=303)
    if found["statement"]:
        statement = await run_in_threadpool(fetch_statement, store, f"{version}/s/{found['statement']}")
        clause = next((one for one in document.clauses if one.iri == statement.clause), None)
        return page(
            request,
            "statement.html",
            document=document,
            clause=clause,
            card=shape.card(statement, lang),
            pieces=shape.pieces(
                document.text,
                min(clause.start, statement.start) if clause else statement.start,
                max(clause.end, statement.end) if clause else statement.end,
                [statement],
                lang,
            ),
            heads=[one for one in document.statements if one.iri in (statement.inherits, *statement.exception_to)],
            exceptions=[one for one in document.statements if statement.iri in one.exception_to],
        )
    clauses = document.clauses
    if found["clause"]:
        path = found["clause"]
        clauses = tuple(one for one in clauses if one.path == path or one.path.startswith(path + "."))
        if not clauses:
            raise HTTPException(404, f"“{document.policy.shown}” has no clause {path}.")
    return page(
        request,
        "policy.html",
        document=document,
        rows=await run_in_threadpool(shape.rows, document, clauses, lang),
        only=clauses[0] if found["clause"] else None,
    )
