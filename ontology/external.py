"""Vocabularies of others, read from their own files: DPV, ODRL, GDPRtEXT, Web Annotation, whatever RDF says.

In: bytes in Turtle, N-Triples, RDF/XML, N-Quads, TriG or JSON-LD. Out: an `External`: its triples, what it is called,
and the IRI of the graph it belongs in. Nothing is fetched, whatever a file names; what cannot be used is an
`ExternalError` that names the file and the place.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

import pyoxigraph as ox

from .. import ClauseGraphError
from .terms import BASE, CG, CGC, DCT, ID, OWL, RDF, RDFS, SKOS

__all__ = ["ENDINGS", "MEDIA_TYPES", "External", "ExternalError", "read_external", "syntax_of"]

#: Endings of file names, and the syntax that each means.
ENDINGS: Final[Mapping[str, ox.RdfFormat]] = MappingProxyType(
    {
        ".ttl": ox.RdfFormat.TURTLE,
        ".turtle": ox.RdfFormat.TURTLE,
        ".n3": ox.RdfFormat.TURTLE,  # what is published so is Turtle
        ".nt": ox.RdfFormat.N_TRIPLES,
        ".nq": ox.RdfFormat.N_QUADS,
        ".nquads": ox.RdfFormat.N_QUADS,
        ".trig": ox.RdfFormat.TRIG,
        ".rdf": ox.RdfFormat.RDF_XML,
        ".owl": ox.RdfFormat.RDF_XML,
        ".xml": ox.RdfFormat.RDF_XML,
        ".jsonld": ox.RdfFormat.JSON_LD,
        ".json": ox.RdfFormat.JSON_LD,
    }
)
#: Media types of servers, and the syntax that each means.
MEDIA_TYPES: Final[Mapping[str, ox.RdfFormat]] = MappingProxyType(
    {
        "text/turtle": ox.RdfFormat.TURTLE,
        "application/x-turtle": ox.RdfFormat.TURTLE,
        "text/n3": ox.RdfFormat.TURTLE,
        "application/n-triples": ox.RdfFormat.N_TRIPLES,
        "application/n-quads": ox.RdfFormat.N_QUADS,
        "application/trig": ox.RdfFormat.TRIG,
        "application/rdf+xml": ox.RdfFormat.RDF_XML,
        "application/xml": ox.RdfFormat.RDF_XML,
        "text/xml": ox.RdfFormat.RDF_XML,
        "application/ld+json": ox.RdfFormat.JSON_LD,
        "application/json": ox.RdfFormat.JSON_LD,
    }
)
#: Where a vocabulary goes that names no version: 16 hex of its digest follow.
NAMELESS: Final = ID + "vocabulary/"

#: What a file may grow to through XML entities.
_MOST_BYTES: Final = 256_000_000
_ENTITY = re.compile(rb"<!ENTITY\s+(?:%\s+)?([^\s\"']+)\s+(\"[^\"]*\"|'[^']*')")
_REFERENCE = re.compile(rb"&|%[A-Za-z_:]")

#: What a file of others may say of our concepts.
_MATCHES = frozenset(SKOS + f"{kind}Match" for kind in ("exact", "close", "related", "broad", "narrow"))
_ONTOLOGY = ox.NamedNode(OWL + "Ontology")
_TITLES = (DCT + "title", "http://purl.org/dc/elements/1.1/title", RDFS + "label", SKOS + "prefLabel")
_PAGE = "Give the address or the file of the vocabulary itself (Turtle, say), not that of a page about it."


class ExternalError(ClauseGraphError):
    """A file that is no vocabulary, or none that may stand beside the policies."""


@dataclass(frozen=True, slots=True)
class External:
    """A vocabulary of others.

    ``graph``: the named graph that is its place. ``ontology``: what it is a version of, "" where it does not say.
    ``version``: its number as it gives it, "" where it gives none. ``source``: the file's name or its address.
    ``digest``: hex SHA-256 of the bytes. ``ntriples``: UTF-8, one triple a line.
    """

    graph: str
    ontology: str
    version: str
    title: str
    source: str
    digest: str
    ntriples: bytes
    triples: int


def syntax_of(name: str, data: bytes, media_type: str = "") -> ox.RdfFormat:
    """Which syntax bytes are in: by the server's media type, the ending of the name, their beginning.

    Raises `ExternalError` for web pages and for what nothing tells.
    """
    if b"\0" in data[:4096]:
        raise ExternalError(f"{name} is not text in UTF-8.", mend="Unpack it, or save it in UTF-8.")
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    start = head[:200].lower()
    if start.startswith((b"<!doctype html", b"<html")) or media_type in ("text/html", "application/xhtml+xml"):
        raise ExternalError(f"{name} is a web page, not a vocabulary.", mend=_PAGE)
    path = urlsplit(name).path if "://" in name else name
    known = MEDIA_TYPES.get(media_type) or ENDINGS.get(PurePosixPath(path).suffix.lower())
    if b"<Ontology" in head and b"<rdf:RDF" not in head:
        raise ExternalError(
            f"{name} is in OWL/XML, which is not read.", mend="Save it as Turtle or RDF/XML (Protégé does so)."
        )
    if known is ox.RdfFormat.RDF_XML and head[:1] != b"<":
        known = None  # .owl says what is inside, not how it is written
    if known is not None and not (known is ox.RdfFormat.RDF_XML and head[:7] == b"<http:/"):
        return known
    if start.startswith((b"<?xml", b"<rdf:rdf", b"<!doctype rdf", b"<!--")):
        return ox.RdfFormat.RDF_XML
    if start[:1] in (b"{", b"["):
        return ox.RdfFormat.JSON_LD
    if start.startswith((b"@prefix", b"@base", b"prefix", b"base", b"#", b"<")):
        return ox.RdfFormat.TURTLE
    raise ExternalError(
        f"Nothing tells in which syntax {name} is written.",
        mend=f"Give it an ending that says so: {', '.join(ENDINGS)}.",
    )


def read_external(data: bytes, *, name: str, source: str, media_type: str = "", base: str | None = None) -> External:
    """The vocabulary in ``data``. ``name`` is what messages call it, ``source`` what the store remembers.

    Several graphs in one file count as one. Raises `ExternalError`.
    """
    triples = parse(data, name=name, media_type=media_type, base=base)
    if not triples:
        raise ExternalError(f"{name} holds no triples.", mend="Check that it is the right file and is whole.")
    _refuse_own(triples, name)
    digest = hashlib.sha256(data).hexdigest()
    graph, ontology = _named(triples, name, digest)
    ntriples = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    values = _values(triples, ontology)
    version = next(iter(values[OWL + "versionInfo"]), None)
    return External(
        graph=graph,
        ontology=ontology,
        version=version.value if version is not None else "",
        title=_title(values),
        source=source,
        digest=digest,
        ntriples=ntriples,
        triples=len(triples),
    )


def parse(data: bytes, *, name: str, media_type: str = "", base: str | None = None) -> list[ox.Triple]:
    """The triples of a file, each once, whatever graphs they stand in. Raises `ExternalError`."""
    syntax = syntax_of(name, data, media_type)
    if syntax is ox.RdfFormat.RDF_XML:
        check_entities(data, name)
    try:
        quads = ox.parse(data, format=syntax, base_iri=base, rename_blank_nodes=True)
        return list(dict.fromkeys(quad.triple for quad in quads))
    except SyntaxError as error:
        if "LoadDocumentCallback" in error.msg:
            raise ExternalError(
                f"{name} takes its JSON-LD context from the network, where nothing is fetched for it.",
                mend="Write the context into the file, or give the vocabulary as Turtle.",
            ) from error
        place = f", line {error.lineno}" if error.lineno else ""
        raise ExternalError(
            f"{name}{place}: this is not valid {syntax.name} ({error.msg}).",
            mend="Mend it at the place named; addresses that are not whole need an @base in the file.",
        ) from error
    except ValueError as error:
        raise ExternalError(f"{name} is not valid {syntax.name} ({error}).", mend="Mend the file.") from error


def check_entities(data: bytes, name: str) -> None:
    """XML entities may stand for namespaces, as OWL files like it; a few bytes of them must not become gigabytes."""
    grown = len(data)
    for entity, value in _ENTITY.findall(data):
        if _REFERENCE.search(value):
            raise ExternalError(
                f"{name} defines the XML entity “{entity.decode(errors='replace')}” by other entities.",
                mend="Write it out, or save the vocabulary as Turtle.",
            )
        grown += len(value) * data.count(b"&" + entity + b";")
    if grown > _MOST_BYTES:
        raise ExternalError(
            f"{name} would grow beyond {_MOST_BYTES:,} bytes through its XML entities.",
            mend="Save the vocabulary as Turtle.",
        )


def _refuse_own(triples: Iterable[ox.Triple], name: str) -> None:
    """Queries see all graphs as one: what a vocabulary said with our own words would pass for a fact of a policy."""
    for triple in triples:
        subject = triple.subject.value if isinstance(triple.subject, ox.NamedNode) else ""
        ours = subject.startswith((CG, CGC)) and triple.predicate.value not in _MATCHES
        if ours or subject.startswith(ID) or triple.predicate.value.startswith(CG):
            raise ExternalError(
                f"{name} speaks of what ClauseGraph itself stores: {triple}.",
                mend="Link vocabularies of others only; of our concepts such a file may say what they match.",
            )


def _named(triples: Iterable[ox.Triple], name: str, digest: str) -> tuple[str, str]:
    """The graph's IRI and the ontology it is a version of."""
    versions: dict[str, str] = {}
    ontologies: set[str] = set()
    for triple in triples:
        subject, value = triple.subject, triple.object
        if not isinstance(subject, ox.NamedNode) or not isinstance(value, ox.NamedNode):
            continue
        if triple.predicate.value == OWL + "versionIRI":
            versions.setdefault(value.value, subject.value)
        elif triple.predicate.value == RDF + "type" and value == _ONTOLOGY:
            ontologies.add(subject.value)
    if not versions:
        ontology = _first(ontologies)
        return NAMELESS + digest[:16], ontology or ""
    graph = _first(versions)
    if graph is None:
        raise ExternalError(
            f"{name} holds several ontologies ({_few(versions)}), and no one of them is the parent of the others.",
            mend="Put each into a file of its own.",
        )
    if graph.startswith(BASE):
        raise ExternalError(
            f"{name} calls itself {graph}, which is a name of ClauseGraph's own.",
            mend="Link vocabularies of others only; our own ontology is in every store.",
        )
    return graph, versions[graph]


def _first(names: Iterable[str]) -> str | None:
    """The one of several IRIs that begins all the others, None where there is none."""
    given = sorted(names, key=len)
    if not given:
        return None
    first = given[0]
    return first if all(each == first or _below(each, first) for each in given) else None


def _below(iri: str, parent: str) -> bool:
    stem = parent.rstrip("/#")
    return iri.startswith(stem) and iri[len(stem) : len(stem) + 1] in ("/", "#")


def _few(names: Iterable[str]) -> str:
    listed = sorted(names)
    return ", ".join(listed[:3]) + (", …" if len(listed) > 3 else "")


def _values(triples: Iterable[ox.Triple], subject: str) -> dict[str, list[ox.Literal]]:
    found: defaultdict[str, list[ox.Literal]] = defaultdict(list)
    for triple in triples:
        if isinstance(triple.object, ox.Literal) and isinstance(triple.subject, ox.NamedNode):  # noqa: SIM102
            if triple.subject.value == subject:
                found[triple.predicate.value].append(triple.object)
    return found


def _title(values: Mapping[str, list[ox.Literal]]) -> str:
    for name in _TITLES:
        said = values.get(name, [])
        for one in sorted(said, key=lambda one: (not (one.language or "en").startswith("en"), one.value)):
            return one.value
    return ""
