"""Pages for people: Jinja templates, one stylesheet of ours, no foreign host, no need of JavaScript.

In: a request, a template's name, its values. Out: `page` (a response with its Content-Security-Policy), `language_of`.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.responses import HTMLResponse

from ... import __version__
from ...ontology.terms import CG, CGC, ID
from ...ontology.vocabulary import load_vocabulary
from ...queries.reportwords import spoken
from ..views.facets import CONDITION, GROUPS, title
from ..views.words import label

#: The forms that data comes in: what people call each, its ending, its media type.
DATA_FORMS = (
    ("Turtle", "ttl", "text/turtle"),
    ("JSON-LD", "jsonld", "application/ld+json"),
    ("RDF/XML", "rdf", "application/rdf+xml"),
)

HERE = Path(__file__).parent
STATIC = HERE.parent / "static"
VENDOR = STATIC / "vendor"

#: Languages in which every concept has a label.
LANGUAGES = {"en": "English", "zh-Hant": "繁體中文", "zh-Hans": "简体中文", "cs": "Čeština"}

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: The code editors and the charts write style elements of their own.
CSP_EDITOR = CSP.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")


def language_of(request: Request) -> str:
    """The language for labels: ``?lang=``, else the best of Accept-Language, else the setting."""
    asked = request.query_params.get("lang", "")
    if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", asked):
        return known_language(asked) or asked
    ranges: list[tuple[float, int, str]] = []
    for part in request.headers.get("accept-language", "").split(","):
        tag, _, rest = part.strip().partition(";")
        quality = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)\s*", rest)
        ranges.append((-float(quality[1]) if quality else -1.0, len(ranges), tag))
    for quality_of, _, tag in sorted(ranges):
        if quality_of < 0 and (found := known_language(tag)):
            return found
    setting: str = request.app.state.settings.language
    return setting


def known_language(tag: str) -> str:
    """The language of ours that a tag means, "" where there is none."""
    parts = tag.lower().split("-")
    if parts[0] == "zh":
        traditional = {"hant", "tw", "hk", "mo"} & set(parts) and "hans" not in parts
        return "zh-Hant" if traditional else "zh-Hans"
    return parts[0] if parts[0] in LANGUAGES else ""


@cache
def fingerprint(name: str) -> str:
    """A static file's digest, so that browsers may keep it until it changes; "" where it does not exist."""
    path = STATIC / name
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else ""


@cache
def environment() -> Environment:
    """The templates."""
    loader = FileSystemLoader(HERE / "templates")
    made = Environment(
        loader=loader,
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(groups=GROUPS, condition_group=CONDITION, version=__version__, languages=LANGUAGES)
    made.globals.update(data_forms=DATA_FORMS)
    made.filters.update(words=title)
    return made


def raw_path(request: Request) -> str:
    """The path as it was asked for: in ours, ``%2F`` and ``/`` differ."""
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    return raw.decode("ascii", "replace").partition("?")[0]


def local_path(iri: str) -> str:
    """The path at which this server shows what an IRI stands for; "" where it is none of ours."""
    if iri.startswith(ID):
        return f"/id/{iri.removeprefix(ID)}"
    if iri.startswith(CGC):
        return f"/concepts/{iri.removeprefix(CGC)}"
    if iri.startswith(CG):
        name = iri.removeprefix(CG)
        concept = load_vocabulary().get(name)
        return f"/concepts/{name}" if concept is not None and concept.iri == iri else f"/ontology#{name}"
    return ""


def is_web(address: str) -> bool:
    """Whether a browser may be sent there: texts and their records name what they like, ``javascript:`` too."""
    return address.lower().startswith(("https://", "http://"))


def page(request: Request, template: str, *, status: int = 200, csp: str = CSP, **values: Any) -> HTMLResponse:
    """A page. Templates also see ``lang``, ``label(concept)``, ``spoken(text)``, ``link(path)``, ``local(iri)``, …

    ``in_lang``: what keeps a language that the address names, for links.
    ``data``: the path, without ending, at which the same can be had as RDF, if it can. ``iri``: what the page is about.
    """
    lang = language_of(request)
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "format"]
    root = request.scope.get("root_path", "").rstrip("/")
    text = (
        environment()
        .get_template(template)
        .render(
            lang=lang,
            path=raw_path(request),
            query=[(name, value) for name, value in request.query_params.multi_items() if name != "lang"],
            label=lambda concept: label(concept, lang),
            spoken=lambda text: spoken(text, lang),
            in_lang="?" + urlencode({"lang": lang}) if "lang" in request.query_params else "",
            link=lambda path: root + path,
            local=lambda iri: root + local_path(iri) if local_path(iri) else iri if is_web(iri) else "#",
            is_web=is_web,
            is_local=lambda iri: bool(local_path(iri)),
            with_format=lambda name: "?" + urlencode([*kept, ("format", name)]),
            static=lambda name: f"{root}/static/{name}?v={fingerprint(name)}",
            **({"data": "", "iri": ""} | values),
        )
    )
    headers = {"Content-Security-Policy": csp, "Vary": "Accept, Accept-Language", "Content-Language": "en"}
    return HTMLResponse(text, status_code=status, headers=headers)
