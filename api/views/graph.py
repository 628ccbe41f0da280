"""Asks a store and gives plain rows back.

In: an open store. Out: rows (variable → text) and `Nodes`: all that a graph says about some subjects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ... import ClauseGraphError
from ...queries.store import Solutions, Store
from ...queries.store.base import DatasetName

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
Row = Mapping[str, str]


def rows(store: Store, sparql: str, dataset: DatasetName = "current") -> list[dict[str, str]]:
    """The rows of a SELECT over the current policies: IRIs and lexical forms as text, unbound variables left out."""
    answer = store.query(sparql) if dataset == "current" else store.query(sparql, dataset=dataset)
    if not isinstance(answer, Solutions):
        raise TypeError("the query is no SELECT")
    return answer.texts()


class Nodes:
    """What is said about each subject: subject IRI → predicate IRI → values."""

    def __init__(self, found: Iterable[Row] = ()) -> None:
        self._said: dict[str, dict[str, set[str]]] = {}
        for row in found:
            self._said.setdefault(row["s"], {}).setdefault(row["p"], set()).add(row["o"])

    def __contains__(self, subject: object) -> bool:
        return subject in self._said

    def __iter__(self) -> Iterator[str]:
        return iter(self._said)

    def said(self, subject: str) -> Mapping[str, set[str]]:
        """All that is said of one subject."""
        return self._said.get(subject, {})

    def all(self, subject: str, predicate: str) -> list[str]:
        """The values of one predicate, sorted."""
        return sorted(self._said.get(subject, {}).get(predicate, ()))

    def one(self, subject: str, predicate: str, default: str = "") -> str:
        """The first value of one predicate."""
        return min(self._said.get(subject, {}).get(predicate, ()), default=default)

    def with_predicate(self, predicate: str) -> list[str]:
        """Subjects that have this predicate, sorted."""
        return sorted(subject for subject, said in self._said.items() if predicate in said)

    def of_type(self, kind: str) -> list[str]:
        """Subjects of this class, sorted."""
        return sorted(subject for subject, said in self._said.items() if kind in said.get(RDF_TYPE, ()))

    def number(self, subject: str, predicate: str) -> int:
        """A whole number, 0 where the graph is silent."""
        return int(self.one(subject, predicate, "0"))

    def decimal(self, subject: str, predicate: str) -> float | None:
        """A decimal number, None where the graph is silent."""
        value = self.one(subject, predicate)
        return float(value) if value else None

    def flag(self, subject: str, predicate: str) -> bool:
        """A boolean, False where the graph is silent."""
        return self.one(subject, predicate) in ("true", "1")


def iri(value: str) -> str:
    """An IRI as SPARQL writes it. Raises `ClauseGraphError` for text that cannot be one (it might end it early)."""
    if not value or any(char <= " " or char in '<>"{}|^`\\' for char in value):
        raise ClauseGraphError(
            f"“{value[:200]}” is no IRI.", mend="Give an absolute IRI, as `clausegraph policies` does."
        )
    return f"<{value}>"


def literal(value: str) -> str:
    """A plain string as SPARQL writes it."""
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}
    return '"' + "".join(escapes.get(char, char) for char in value) + '"'
