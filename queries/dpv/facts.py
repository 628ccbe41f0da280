"""The facts of one version, read from its graph.

In: N-Triples, or N-Quads that all stand in the version's graph. Out: `Facts`. Lines are cut at their first two spaces,
which is all that N-Triples needs; a parser would take longer than the whole extraction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...ontology.terms import (
    AFFIRMED_STATEMENT,
    CG,
    CGC,
    CONTROLLER,
    DENIED_STATEMENT,
    PRACTICE,
    RDF,
)

__all__ = ["Facts", "local", "read_facts"]

#: Long, and nothing that the view needs.
_SKIPPED = frozenset(f"<{CG}{name}>" for name in ("text", "rule", "heading", "path", "order", "clauseKind"))
_TYPE = RDF + "type"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of each subject: terms as N-Triples writes them, by predicate IRI. ``version`` is an IRI."""

    version: str
    about: Mapping[str, Mapping[str, tuple[str, ...]]]

    def all(self, subject: str, predicate: str) -> tuple[str, ...]:
        """The terms, sorted."""
        return self.about.get(subject, {}).get(predicate, ())

    def one(self, subject: str, predicate: str) -> str:
        """The first term, "" where there is none."""
        return next(iter(self.all(subject, predicate)), "")

    def iris(self, subject: str, predicate: str) -> tuple[str, ...]:
        """The IRIs among the terms, without their brackets."""
        return tuple(term[1:-1] for term in self.all(subject, predicate) if term.startswith("<"))

    def affirmed(self) -> list[str]:
        """The affirmed statements of the controller's own practice, by IRI. What others do is none of them."""
        return self._statements(AFFIRMED_STATEMENT, PRACTICE)

    def denied(self) -> list[str]:
        """The denied ones."""
        return self._statements(DENIED_STATEMENT, CG + "deniedPractice")

    def _statements(self, kind: str, practice: str) -> list[str]:
        return sorted(
            subject
            for subject, said in self.about.items()
            if f"<{kind}>" in said.get(_TYPE, ()) and CONTROLLER in said and practice in said
        )


def read_facts(version: str, lines: bytes) -> Facts:
    """The facts of a version's graph."""
    found: dict[str, dict[str, set[str]]] = {}
    tail = f" <{version}> ."
    for line in lines.decode().split("\n"):
        subject, _space, said = line.partition(" ")
        if "/m/" in subject or "/c/" in subject or not subject.startswith("<"):  # mentions, clauses
            continue
        predicate, _space, rest = said.partition(" ")
        if predicate in _SKIPPED:
            continue
        term = rest.removesuffix(tail) if rest.endswith(tail) else rest.removesuffix(" .")
        found.setdefault(subject[1:-1], {}).setdefault(predicate[1:-1], set()).add(term)
    return Facts(
        version,
        {
            subject: {predicate: tuple(sorted(terms)) for predicate, terms in said.items()}
            for subject, said in found.items()
        },
    )


def local(iri: str) -> str:
    """The id of a concept, practice or individual of ours; "" for any other IRI."""
    for namespace in (CGC, CG):
        if iri.startswith(namespace):
            return iri.removeprefix(namespace)
    return ""
