"""What the graph's own IRIs stand for: policies, versions, clauses, statements, mentions, parties, extractors, and
the graphs of linked vocabularies that name no version.

In: ``/id/…`` (an IRI of ours with this server's address in front). Out: 303 to ``/page/…`` for people or to
``/data/….ttl`` (``.jsonld``, ``.rdf``, ``.nt``) for programs, by Accept or ``?format=``; what stands at those two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from ...ontology.terms import CATALOGUE_GRAPH, ID
from ...queries.store import Store
from .. import rdf
from ..reader import reader_of
from ..views.describe import dataset_of, describe
from ..views.fetch import fetch_document, fetch_party, fetch_statement, list_policies, version_chains
from ..views.model import PolicyDocument
from ..views.same import fetch_same
from . import language_of, page, raw_path, shape
from .changes import changes_page

router = APIRouter(tags=["pages"])

IDENTIFIER = re.compile(
    r"(?P<policy>policy/[^/]+)"
    r"(?:/party/(?P<party>[0-9a-f]{16})"
    r"|/version/(?P<version>[0-9a-f]{16})"
    r"(?:/c/(?P<clause>[^/]+)|/s/(?P<statement>[^/]+)(?P<rest>/[mx]/.+)?|/(?P<inner>[^/]+(?:/.+)?))?)?"
)
METHODS = ["GET", "HEAD"]


@dataclass(frozen=True, slots=True)
class Named:
    """An IRI taken apart. ``name`` is what follows ``…/id/``; the rest is "" where the IRI has no such part."""

    name: str
    policy: str = ""
    version: str = ""
    clause: str = ""
    statement: str = ""
    rest: str = ""
    party: str = ""
    inner: str = ""

    @property
    def iri(self) -> str:
        """The whole IRI."""
        return ID + self.name

    @property
    def changes(self) -> bool:
        """Whether it stands for what a version changes, or for one of its changes."""
        return bool(self.version) and self.inner.partition("/")[0] == "changes"

    @property
    def page(self) -> str:
        """The path of the page that shows it: what has none of its own is shown where it belongs."""
        if not self.policy:
            return "/"
        if self.changes:
            return f"/page/{self.name.partition('/changes')[0]}/changes"
        shown = self.name.removesuffix(self.rest) if self.statement else self.name.removesuffix(f"/{self.inner}")
        return f"/page/{shown}"


#: A percent sign that escapes nothing, which no IRI of ours holds.
_NO_ESCAPE = re.compile("%(?![0-9A-Fa-f]{2})")


def named(name: str) -> Named:
    """Take the part behind ``/id/`` apart. Raises `HTTPException` 404 for what no IRI of ours looks like."""
    found = IDENTIFIER.fullmatch(name)
    if _NO_ESCAPE.search(name):
        raise HTTPException(404, f"There is no {ID}{name}: “%” must stand before two hexadecimal digits.")
    if found is None:
        if ID + name == CATALOGUE_GRAPH or name.startswith(("extractor/", "vocabulary/")):
            return Named(name)
        raise HTTPException(404, f"There is no {ID}{name}.")
    parts = {part: value or "" for part, value in found.groupdict().items()}
    policy = ID + parts.pop("policy")
    version = parts.pop("version")
    return Named(name, policy, f"{policy}/version/{version}" if version else "", **parts)


def behind(request: Request, prefix: str) -> str:
    """The part of the path behind a prefix, as it was asked for."""
    raw = raw_path(request)
    return raw[raw.index(prefix) + len(prefix) :]


@router.api_route("/id/{_:path}", methods=METHODS, include_in_schema=False)
async def identified(request: Request) -> Response:
    """Where to read about what an IRI stands for: a page or data."""
    wanted = rdf.wanted(request)
    found = named(behind(request, "/id/"))
    store = await reader_of(request).store()
    if await run_in_threadpool(dataset_of, store, found.iri) is None:
        raise HTTPException(404, f"The store knows no {found.iri}.")
    path = found.page if wanted == "html" else f"/data/{found.name}.{rdf.BY_NAME[wanted].ending}"
    return rdf.see_other(request, path)


@router.api_route("/data/{_:path}", methods=METHODS, include_in_schema=False)
async def data(request: Request) -> Response:
    """The triples about what an IRI stands for; the path ends in the form."""
    name, form = rdf.split(behind(request, "/data/"))
    if form is None:
        endings = ", ".join(f".{one.ending}" for one in rdf.FORMS)
        raise HTTPException(404, f"Data has one of the endings {endings}; /id/{name} chooses one for you.")
    found = named(name)
    store = await reader_of(request).store()

    def body() -> bytes:
        dataset = dataset_of(store, found.iri)
        if dataset is None:
            raise HTTPException(404, f"The store knows no {found.iri}.")
        return rdf.serialised(describe(store, found.iri, dataset), form)

    return rdf.response(request, await run_in_threadpool(body), form)


def data_path(iri: str) -> str:
    """Where the data about an IRI is, without the ending."""
    return f"/data/{iri.removeprefix(ID)}"


def document_of(store: Store, policy: str) -> PolicyDocument:
    """The document of a policy IRI; 404 where the store has none."""
    found = list_policies(store, [policy])
    if not found:
        raise HTTPException(404, f"The store holds no policy {policy}.")
    return fetch_document(store, found[0])


@router.api_route("/page/{_:path}", methods=METHODS, include_in_schema=False)
async def shown(request: Request) -> Response:
    """The page about what an IRI stands for."""
    found = named(behind(request, "/page/"))
    if found.page != f"/page/{found.name}":
        return rdf.see_other(request, found.page)
    store = await reader_of(request).store()
    return await run_in_threadpool(page_of, request, store, found)


def page_of(request: Request, store: Store, found: Named) -> Response:
    """The page about a policy, version, clause, statement or party."""
    lang = language_of(request)
    if found.party:
        party, naming = fetch_party(store, found.iri)
        cards = [shape.card(one, lang) for one in naming]
        return page(
            request,
            "party.html",
            party=party,
            same=fetch_same(store, [found.iri]).get(found.iri, ()),
            cards=cards,
            policy=found.policy,
            iri=found.iri,
            data=data_path(found.iri),
        )
    document = document_of(store, found.policy)
    if found.changes:
        return changes_page(request, store, document.policy, found.version)
    if found.version and found.version != document.policy.version:
        if dataset_of(store, found.version) is None:
            raise HTTPException(404, f"“{document.policy.shown}” has no version {found.version}.")
        return page(
            request,
            "superseded.html",
            document=document,
            version=found.version,
            iri=found.iri,
            data=data_path(found.iri),
        )
    if found.statement:
        return statement_page(request, store, document, found.iri)
    clauses = document.clauses
    if found.clause:
        path = found.clause
        clauses = tuple(one for one in clauses if one.path == path or one.path.startswith(path + "."))
        if not clauses:
            raise HTTPException(404, f"“{document.policy.shown}” has no clause {path}.")
    return page(
        request,
        "policy.html",
        document=document,
        rows=shape.rows(document, clauses, lang),
        older=version_chains(store, [found.policy])[found.policy][1:],
        only=clauses[0] if found.clause else None,
        iri=found.iri,
        data=data_path(found.iri),
    )


def statement_page(request: Request, store: Store, document: PolicyDocument, name: str) -> Response:
    """The page about one statement of a document."""
    lang = language_of(request)
    statement = fetch_statement(store, name)
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
        iri=name,
        data=data_path(name),
    )
