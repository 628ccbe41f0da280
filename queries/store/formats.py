"""Names of serialisations, and graphs turned into them piece by piece.

In: a format's short name, N-Triples of one graph. Out: bytes in that format that can be joined to a whole document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import IO

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
    serialize,
)

from ...ontology import terms
from .base import Answer, QueryError, Solutions

#: For SELECT and ASK.
RESULT_FORMATS: dict[str, QueryResultsFormat] = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}

#: For CONSTRUCT and DESCRIBE; `export` takes the four of `EXPORT_FORMATS`.
GRAPH_FORMATS: dict[str, RdfFormat] = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
}

EXPORT_FORMATS = ("nquads", "trig", "turtle", "jsonld")

#: Media type of each short name, as SPARQL and RDF register them.
MEDIA_TYPES: dict[str, str] = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "rdfxml": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "nquads": "application/n-quads",
    "trig": "application/trig",
}

#: Prefixes that Turtle and TriG use, and that pages and reports may show.
PREFIXES: dict[str, str] = dict(terms.PREFIXES)


#: Properties whose values are xsd:nonNegativeInteger.
OFFSET_PROPERTIES = (terms.START, terms.END, terms.ORDER)
_OFFSET = re.compile(
    rb'( <(?:%s)> "\d+"\^\^<%s)integer>(?= \.\n)'
    % (b"|".join(re.escape(iri.encode()) for iri in OFFSET_PROPERTIES), re.escape(terms.XSD.encode()))
)
_TAG = re.compile(rb'"@([a-z]{2,3})((?:-[a-z0-9]{2,8})+) \.\n')


def table_format(name: str) -> QueryResultsFormat:
    """The format of a SELECT or ASK result; raises `QueryError` for one that only graphs have."""
    try:
        return RESULT_FORMATS[name]
    except KeyError:
        raise QueryError(
            f"The query gives a table, which cannot be written as “{name}”.",
            mend=f"Ask for one of {', '.join(RESULT_FORMATS)}.",
        ) from None


def graph_format(name: str) -> RdfFormat:
    """The format of a CONSTRUCT or DESCRIBE result; raises `QueryError` for one that only tables have."""
    try:
        return GRAPH_FORMATS[name]
    except KeyError:
        raise QueryError(
            f"The query gives a graph, which cannot be written as “{name}”.",
            mend=f"Ask for one of {', '.join(GRAPH_FORMATS)}.",
        ) from None


def write_triples(triples: Iterable[Triple], name: str, sink: IO[bytes]) -> None:
    """Write a graph as one document, with the usual prefixes where the format has any."""
    serialize(triples, sink, format=graph_format(name), prefixes=PREFIXES)


def triples_of(ntriples: bytes) -> Iterator[Triple]:
    """The triples of N-Triples, in the order of their lines' text, so that equal graphs are written alike."""
    for quad in parse(_sorted(ntriples), format=RdfFormat.N_TRIPLES):
        yield quad.triple


def export_pieces(name: str, graphs: Iterable[str], read: Callable[[str], bytes]) -> Iterator[bytes]:
    """A whole document, graph by graph. ``read`` gives the N-Triples of a graph by its IRI.

    N-Quads are sorted within each graph, so that equal graphs give equal bytes. What Oxigraph alters is restored.
    """
    if name == "nquads":
        for graph in graphs:
            yield nquads_of(restored(read(graph)), graph)
    elif name == "jsonld":
        yield b"["
        separator = b""
        for graph in graphs:
            inner = _jsonld(restored(read(graph)), graph)
            if inner:
                yield separator + inner
                separator = b",\n"
        yield b"]\n"
    elif name in ("turtle", "trig"):
        yield "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(PREFIXES.items())).encode()
        for graph in graphs:
            yield b"\n" + _without_prefixes(_turtle(restored(read(graph)), graph if name == "trig" else None))
    else:
        raise QueryError(f"There is no export as “{name}”.", mend=f"Ask for one of {', '.join(EXPORT_FORMATS)}.")


def restored(ntriples: bytes) -> bytes:
    """Literals as they were given: Oxigraph keeps every kind of integer as xsd:integer and tags in small letters.

    (Its own writers keep tags small, so that those come back in N-Quads only; they mean the same.)
    """
    ntriples = _OFFSET.sub(rb"\1nonNegativeInteger>", ntriples)
    return _TAG.sub(lambda match: b'"@' + match[1] + _cased(match[2]) + b" .\n", ntriples)


def _cased(subtags: bytes) -> bytes:
    """``-hant-tw`` → ``-Hant-TW``, as BCP 47 recommends."""
    parts = subtags.split(b"-")
    return b"-".join(part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part for part in parts)


def nquads_of(ntriples: bytes, graph: str) -> bytes:
    """Sorted N-Quads of one graph's N-Triples (a line break inside a literal is escaped, so " .\\n" ends a line)."""
    lines = sorted(set(ntriples.splitlines(keepends=True)))
    return b"".join(lines).replace(b" .\n", b" <" + graph.encode() + b"> .\n")


def ntriples_of(nquads: bytes, graph: str) -> bytes:
    """The reverse of `nquads_of` for N-Quads that all stand in ``graph``."""
    return nquads.replace(b" <" + graph.encode() + b"> .\n", b" .\n")


def _quads(ntriples: bytes, graph: str | None) -> Iterator[Quad]:
    name = DefaultGraph() if graph is None else NamedNode(graph)
    for quad in parse(ntriples, format=RdfFormat.N_TRIPLES):
        yield Quad(quad.subject, quad.predicate, quad.object, name)


def _sorted(ntriples: bytes) -> bytes:
    return b"".join(sorted(ntriples.splitlines(keepends=True)))


def _jsonld(ntriples: bytes, graph: str) -> bytes:
    text = serialize(_quads(_sorted(ntriples), graph), format=RdfFormat.JSON_LD) or b"[]"
    return text.strip()[1:-1]


def _turtle(ntriples: bytes, graph: str | None) -> bytes:
    kind = RdfFormat.TURTLE if graph is None else RdfFormat.TRIG
    return serialize(_quads(_sorted(ntriples), graph), format=kind, prefixes=PREFIXES) or b""


def _without_prefixes(text: bytes) -> bytes:
    while text.startswith(b"@prefix "):
        text = text[text.index(b"\n") + 1 :]
    return text


def records_of(data: bytes) -> Answer:
    """A result in SPARQL's JSON as records. Raises ``SyntaxError`` or ``ValueError`` where it is broken."""
    parsed = parse_query_results(data, format=QueryResultsFormat.JSON)
    if isinstance(parsed, QueryBoolean):
        return bool(parsed)
    return Solutions(tuple(variable.value for variable in parsed.variables), [tuple(row) for row in parsed])
