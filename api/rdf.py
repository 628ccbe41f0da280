"""Graphs as answers: which form a client wants, and the response in it.

In: a request, N-Triples. Out: the name of a form, a response with ``Vary``, a weak ETag (304 where the client has it)
and CORS, so that pages of other hosts may read what is public here anyway.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import pyoxigraph as ox
from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from ..queries.store.formats import GRAPH_FORMATS, MEDIA_TYPES, PREFIXES, restored
from . import negotiation


@dataclass(frozen=True, slots=True)
class Form:
    """A serialisation: its short name, the ending of its files, what people call it."""

    name: str
    ending: str
    title: str

    @property
    def media_type(self) -> str:
        """As registered with IANA."""
        return MEDIA_TYPES[self.name]


FORMS = (
    Form("turtle", "ttl", "Turtle"),
    Form("jsonld", "jsonld", "JSON-LD"),
    Form("rdfxml", "rdf", "RDF/XML"),
    Form("ntriples", "nt", "N-Triples"),
)
BY_NAME = {form.name: form for form in FORMS}
BY_ENDING = {form.ending: form for form in FORMS}

#: Media types that mean one of ours; the page first, so that it wins where a client likes both.
OFFERS = [
    ("html", "text/html"),
    ("html", "application/xhtml+xml"),
    *((form.name, form.media_type) for form in FORMS),
    ("jsonld", "application/json"),
    ("rdfxml", "application/xml"),
    ("ntriples", "text/plain"),
]


def wanted(request: Request) -> str:
    """Either “html” or the name of a form, by ``?format=`` or Accept; a client that says nothing gets Turtle.

    Raises `HTTPException` 406.
    """
    asked = request.query_params.get("format")
    if asked is not None:
        found = BY_NAME.get(asked) or BY_ENDING.get(asked)
        if found is None and asked != "html":
            raise _refusal()
        return found.name if found else "html"
    accept = request.headers.get("accept", "")
    if accept.strip() in ("", "*/*"):
        return "turtle"
    name = negotiation.choose(accept, OFFERS)
    if name is None:
        raise _refusal()
    return name


def _refusal() -> HTTPException:
    names = ", ".join(f"{form.title} ({form.media_type})" for form in FORMS)
    return HTTPException(406, f"This can be had as a page (text/html) or as {names}.")


def split(name: str) -> tuple[str, Form | None]:
    """``3.2.ttl`` → ``3.2`` and Turtle; a name without an ending of ours → itself and None."""
    stem, dot, ending = name.rpartition(".")
    form = BY_ENDING.get(ending) if dot and stem else None
    return (stem, form) if form else (name, None)


def serialised(ntriples: bytes, form: Form) -> bytes:
    """A graph in one of the forms, the same bytes every time: subjects in order, language tags in their usual case."""
    lines = b"".join(sorted(set(restored(ntriples).splitlines(keepends=True))))
    if form.name == "ntriples":
        return lines
    used = {name: iri for name, iri in PREFIXES.items() if f"<{iri}".encode() in lines}
    triples = ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)
    return ox.serialize(triples, format=GRAPH_FORMATS[form.name], prefixes=used) or b""


def response(request: Request, body: bytes, form: Form) -> Response:
    """A graph in its form; 304 where the client has these bytes already."""
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"Vary": "Accept", "ETag": etag, "Access-Control-Allow-Origin": "*"}
    known = [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]
    if "*" in known or etag in known or etag.removeprefix("W/") in known:
        return Response(status_code=304, headers=headers)
    # An explicit header: Starlette would add a charset to text/turtle that its registration makes needless.
    kind = form.media_type + ("; charset=utf-8" if form.media_type.startswith("text/") else "")
    return Response(body, headers=headers | {"Content-Type": kind})


def see_other(request: Request, path: str) -> Response:
    """303 to a path of this server (from the root, encoded); the query string goes along but for ``format``."""
    kept = [part for part in request.url.query.split("&") if part and part.partition("=")[0] != "format"]
    root = request.scope.get("root_path", "").rstrip("/")
    target = root + path + ("?" + "&".join(kept) if kept else "")
    headers = {"Location": target, "Vary": "Accept", "Access-Control-Allow-Origin": "*"}
    return Response(status_code=303, headers=headers)
