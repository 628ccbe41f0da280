"""Check the ontology, alone or with vocabularies of others, for contradictions, empty classes and false equivalences.

In: files of vocabularies in any RDF serialisation. Out: a `Report`. Files come as they are: what HermiT cannot read
(datatypes that OWL lacks, imports from the network) is left out and said. The alignments in ``links/`` that point into
a vocabulary are checked together with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS, XSD
from rdflib.term import Node
from rdflib.util import guess_format

from .. import ClauseGraphError
from .reasoning import FOLDER, Verdict, check_consistency

#: The datatypes that HermiT knows, of those that OWL 2 has.
DATATYPES = frozenset(
    rdflib.URIRef(iri)
    for iri in (
        *(
            XSD + name
            for name in (
                *("string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN", "boolean"),
                *("decimal", "integer", "nonNegativeInteger", "nonPositiveInteger", "positiveInteger"),
                *("negativeInteger", "long", "int", "short", "byte", "unsignedLong", "unsignedInt", "unsignedShort"),
                *("unsignedByte", "double", "float", "anyURI", "dateTime", "dateTimeStamp", "hexBinary"),
                "base64Binary",
            )
        ),
        OWL.real,
        OWL.rational,
        RDF.langString,
        RDF.PlainLiteral,
        RDF.XMLLiteral,
        RDFS.Literal,
    )
)
#: What `guess_format` does not know, or what is not always what it says: DPV serves Turtle as N-Triples.
_FORMATS = {".owl": "xml", ".jsonld": "json-ld", ".nt": "turtle", ".n3": "turtle"}
#: Characters that no IRI holds.
_NOT_IN_IRIS = re.compile(r"[\x00-\x20<>\"{}|\\^`]")


class VocabularyFileError(ClauseGraphError):
    """A file that is no RDF."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found. ``left_out``: what the reasoner could not be given, in words; ``notes``: what to know.

    ``files`` and ``alignments`` are the names of what was checked beside the ontology.
    """

    verdict: Verdict
    files: tuple[str, ...] = ()
    alignments: tuple[str, ...] = ()
    classes: int = 0
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return self.verdict.consistent and not self.verdict.unsatisfiable and not self.verdict.equivalent


def check_ontology(files: Sequence[Path] = (), *, concepts: bool = True) -> Report:
    """Check the ontology with these vocabularies. Raises `VocabularyFileError` or `ReasonerError`."""
    graphs = [read_vocabulary_file(file) for file in files]
    notes = [note for file, graph in zip(files, graphs, strict=True) if (note := _note(file, graph))]
    links = {file.name: graph for file, graph in _links() if any(_points_into(graph, one) for one in graphs)}
    left_out: Counter[str] = Counter()
    cleaned = [_digestible(graph, left_out) for graph in (*graphs, *links.values())]
    verdict = check_consistency(*cleaned, concepts=concepts)
    return Report(
        verdict=verdict,
        files=tuple(file.name for file in files),
        alignments=tuple(links),
        classes=sum(len(set(_named_classes(graph))) for graph in graphs),
        left_out=tuple(f"{count:,} {what}" for what, count in sorted(left_out.items())),
        notes=tuple(notes),
    )


def read_vocabulary_file(file: Path) -> rdflib.Graph:
    """A file in the serialisation that its suffix names; Turtle where it names none."""
    format = _FORMATS.get(file.suffix) or guess_format(file.name) or "turtle"
    try:
        return rdflib.Graph().parse(data=file.read_bytes(), format=format, publicID=file.resolve().as_uri())
    except OSError as error:
        raise VocabularyFileError(
            f"{file} cannot be read: {error.strerror}.", mend="Name a file that exists; download vocabularies first."
        ) from error
    except Exception as error:  # rdflib's parsers raise whatever their libraries do
        raise VocabularyFileError(
            f"{file} is not valid {format}: {str(error).splitlines()[0]}",
            mend="Give it the suffix of its serialisation: .ttl, .nt, .rdf, .owl or .jsonld.",
        ) from error


def _note(file: Path, graph: rdflib.Graph) -> str:
    """A word on a file in which OWL finds nothing: DPV and its kin say rdfs:Class and hang on skos:broader."""
    if any(_named_classes(graph)):
        return ""
    skos = (None, SKOS.broader, None) in graph
    return (
        f"{file.name} has no OWL classes"
        + (", only SKOS concepts; its roll-ups are invisible to OWL" if skos else "")
        + ". Where there is an OWL edition (dpv-owl.ttl), check that."
    )


def _named_classes(graph: rdflib.Graph) -> Iterable[rdflib.URIRef]:
    return (one for one in graph.subjects(RDF.type, OWL.Class) if isinstance(one, rdflib.URIRef))


def _links() -> Iterable[tuple[Path, rdflib.Graph]]:
    return ((file, rdflib.Graph().parse(file)) for file in sorted((FOLDER / "links").glob("*.ttl")))


def _points_into(links: rdflib.Graph, vocabulary: rdflib.Graph) -> bool:
    """Whether most of what they point to is described there; vocabularies also say a word on terms of others."""
    targets = set(links.objects())
    return sum((target, None, None) in vocabulary for target in targets) * 2 > len(targets)


def _digestible(graph: rdflib.Graph, left_out: Counter[str]) -> rdflib.Graph:
    """The graph without what HermiT cannot read; what went is counted by kind."""
    kept = rdflib.Graph()
    for triple in graph:
        why = _indigestible(triple)
        if why:
            left_out[why] += 1
        else:
            kept.add(triple)
    return kept


def _indigestible(triple: tuple[Node, ...]) -> str:
    _subject, name, value = triple
    if any(isinstance(one, rdflib.URIRef) and _NOT_IN_IRIS.search(one) for one in triple):
        return "statements with an IRI that is none"
    if name == OWL.imports:
        return "owl:imports: nothing is fetched from the network; name the files with --with"
    if isinstance(value, rdflib.Literal) and value.datatype is not None and value.datatype not in DATATYPES:
        return f"values of the type {value.datatype.n3(_NAMES)}, which OWL reasoners do not know"
    if name in (RDFS.range, OWL.onDatatype, OWL.someValuesFrom, OWL.allValuesFrom) and (
        str(value).startswith(str(XSD)) and value not in DATATYPES
    ):
        return f"uses of the datatype {value.n3(_NAMES)}, which OWL reasoners do not know"
    return ""


_NAMES = rdflib.Graph().namespace_manager
