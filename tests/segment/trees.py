"""Short ways from a text to its clauses, for the tests of this folder."""

from __future__ import annotations

from clausegraph.ingest.read.canonical import canonical
from clausegraph.ingest.records import Clause, Document
from clausegraph.ingest.segment import segment, sentences


def document(source: str, language: str = "en") -> Document:
    """A plain text document of any characters."""
    text, source_map = canonical(source)
    return Document("made-up", text, language, "0" * 64, source_map)


def tree(source: str, language: str = "en") -> tuple[Clause, ...]:
    """The clauses of a plain text."""
    return segment(document(source, language))


def kinds(source: str, language: str = "en") -> list[tuple[str, str]]:
    """(kind, content after the number) of each clause."""
    text = document(source).text
    return [(clause.kind, text[clause.body : clause.end].strip()) for clause in tree(source, language)]


def parents(source: str, language: str = "en") -> dict[str, str]:
    """Content of each clause → content of the clause above it ("" at the top); contents must differ."""
    text = document(source).text
    clauses = tree(source, language)
    named = {clause.path: text[clause.body : clause.end].strip() for clause in clauses}
    assert len(set(named.values())) == len(named), "the test's own lines must differ"
    return {named[clause.path]: named.get(clause.parent, "") for clause in clauses}


def split(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[start:end] for start, end in sentences(text, 0, len(text))]
