"""The ontology and the concepts under their own names.

In: ``/ontology``, ``/concepts``, ``/concepts/NAME`` (a concept or a scheme), each also with an ending (``.ttl``,
``.jsonld``, ``.rdf``, ``.nt``). Out: documentation made from the Turtle files for people, the graphs for programs.
"""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from ...ontology.terms import CG, ONTOLOGY_GRAPH
from ...ontology.vocabulary import LANGUAGES as LABEL_LANGUAGES
from ...ontology.vocabulary import Concept, Scheme, load_vocabulary
from ...queries.store import Store
from ...queries.store.formats import ntriples_of
from .. import rdf
from ..base import nquads
from ..reader import reader_of
from ..views import concepts as view
from ..views.fetch import list_policies
from ..views.ontology import FILES, read_ontology
from . import language_of, page, shape

router = APIRouter(tags=["ontology"])
METHODS = ["GET", "HEAD"]


@cache
def ontology_in(form: rdf.Form) -> bytes:
    """The ontology in a form; its Turtle as it is written, comments and all."""
    if form.name == "turtle":
        return b"\n".join(file.read_bytes() for file in FILES)
    return rdf.serialised(ntriples_of(nquads(FILES, ONTOLOGY_GRAPH), ONTOLOGY_GRAPH), form)


@cache
def concepts_in(form: rdf.Form) -> bytes:
    """All concept schemes in a form."""
    return rdf.serialised(view.all_triples(), form)


@router.api_route("/ontology", methods=METHODS, include_in_schema=False)
async def ontology(request: Request) -> Response:
    """Documentation of the ontology, or the ontology."""
    name = rdf.wanted(request)
    if name != "html":
        return rdf.response(request, await run_in_threadpool(ontology_in, rdf.BY_NAME[name]), rdf.BY_NAME[name])
    head, sections = await run_in_threadpool(read_ontology)
    return page(request, "ontology.html", head=head, sections=sections, namespace=CG, data="/ontology")


@router.api_route("/ontology.{ending}", methods=METHODS, include_in_schema=False)
async def ontology_file(request: Request, ending: str) -> Response:
    """The ontology as a file."""
    form = form_of(ending)
    return rdf.response(request, await run_in_threadpool(ontology_in, form), form)


@router.api_route("/concepts", methods=METHODS, include_in_schema=False)
async def concepts(request: Request) -> Response:
    """All concept schemes."""
    name = rdf.wanted(request)
    if name != "html":
        return rdf.response(request, await run_in_threadpool(concepts_in, rdf.BY_NAME[name]), rdf.BY_NAME[name])
    lang, seen = language_of(request), set[str]()
    trees = [(scheme, view.tree(scheme, lang, seen)) for scheme in load_vocabulary().schemes.values()]
    return page(
        request,
        "concepts.html",
        trees=trees,
        scheme_name=view.scheme_name,
        scheme_label=view.scheme_label,
        data="/concepts",
    )


@router.api_route("/concepts.{ending}", methods=METHODS, include_in_schema=False)
async def concepts_file(request: Request, ending: str) -> Response:
    """All concept schemes as a file."""
    form = form_of(ending)
    return rdf.response(request, await run_in_threadpool(concepts_in, form), form)


@router.api_route("/concepts/{name}", methods=METHODS, include_in_schema=False)
async def concept(request: Request, name: str) -> Response:
    """One concept or one scheme."""
    stem, form = rdf.split(name)
    chosen = form.name if form else rdf.wanted(request)
    scheme, found = view.find_scheme(stem), load_vocabulary().get(stem)
    if scheme is None and found is None:
        near = get_close_matches(stem, load_vocabulary().concepts, n=3)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise HTTPException(404, f"There is no concept and no scheme “{stem[:100]}”.{hint}")
    if scheme is not None and stem != view.scheme_name(scheme):
        return rdf.see_other(request, f"/concepts/{view.scheme_name(scheme)}" + (f".{form.ending}" if form else ""))
    if chosen != "html":
        triples = view.triples_of_scheme(scheme) if scheme else view.triples_about(found.iri if found else "")
        body = await run_in_threadpool(rdf.serialised, triples, rdf.BY_NAME[chosen])
        return rdf.response(request, body, rdf.BY_NAME[chosen])
    if scheme is not None:
        return scheme_page(request, scheme)
    assert found is not None
    store = await reader_of(request).store()
    return await run_in_threadpool(concept_page, request, store, found)


def form_of(ending: str) -> rdf.Form:
    """The form of an ending. Raises `HTTPException` 404."""
    if ending not in rdf.BY_ENDING:
        raise HTTPException(404, f"There is no form “.{ending[:20]}”: there are .{', .'.join(rdf.BY_ENDING)}.")
    return rdf.BY_ENDING[ending]


def scheme_page(request: Request, scheme: Scheme) -> Response:
    """The page of a scheme: its tree."""
    lang = language_of(request)
    return page(
        request,
        "scheme.html",
        scheme=scheme,
        title=view.scheme_label(scheme, lang),
        nodes=view.tree(scheme, lang),
        data=f"/concepts/{view.scheme_name(scheme)}",
        iri=scheme.iri,
    )


def concept_page(request: Request, store: Store, concept: Concept) -> Response:
    """The page of a concept: what it means, where it stands, and what the stored policies say with it."""
    vocabulary, lang = load_vocabulary(), language_of(request)
    used = [(denied, view.usage(store, concept, denied=denied)) for denied in (False, True)]
    policies = sorted({one.policy for _, found in used for one in found.statements})
    return page(
        request,
        "concept.html",
        titles={one.iri: one.shown for one in list_policies(store, policies)},
        concept=concept,
        schemes=[vocabulary.schemes[one] for one in concept.schemes],
        scheme_name=view.scheme_name,
        scheme_label=view.scheme_label,
        labels=[(tag, concept.labels[tag]) for tag in LABEL_LANGUAGES if tag in concept.labels],
        ancestors=vocabulary.ancestors(concept.id),
        narrower=vocabulary.narrower(concept.id),
        matches=view.matches(concept),
        used=[(denied, found, [shape.card(one, lang) for one in found.statements]) for denied, found in used],
        data=f"/concepts/{concept.id}",
        iri=concept.iri,
    )
