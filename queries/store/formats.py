"""Names of serialisations, and graphs turned into them piece by piece.

In: a format's short name, N-Triples of one graph. Out: bytes in that format that can be joined to a whole document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import IO

from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryResultsFormat, RdfFormat, Triple, parse, serialize

from ...ontology import terms
from .base import QueryError

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


def export_pieces(name: str, graphs: Iterable[str], read: Callable[[str], bytes]) -> Iterator[bytes]:
    """A whole document, graph by graph. ``read`` gives the N-Triples of a graph by its IRI.

    N-Quads are sorted within each graph, so that equal graphs give equal bytes.
    """
    if name == "nquads":
        for graph in graphs:
            yield nquads_of(read(graph), graph)
    elif name == "jsonld":
        yield b"["
        separator = b""
        for graph in graphs:
            inner = _jsonld(read(graph), graph)
            if inner:
                yield separator + inner
                separator = b",\n"
        yield b"]\n"
    elif name in ("turtle", "trig"):
        yield "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(PREFIXES.items())).encode()
        for graph in graphs:
            yield b"\n" + _without_prefixes(_turtle(read(graph), graph if name == "trig" else None))
    else:
        raise QueryError(f"There is no export as “{name}”.", mend=f"Ask for one of {', '.join(EXPORT_FORMATS)}.")


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
