"""Policies side by side: who says what about each value of a facet.

In: policies, a facet. Out: `Row`s, one a practice and value, with each policy's statements. Three queries at most.

A cell answers a question about its value: affirmed statements of it or of what is below it, denied ones of it or of
what is above it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ...ontology.vocabulary import load_vocabulary
from ...queries.store import Store
from .fetch import fetch_statements
from .model import StatementView
from .search import StatementFilter, narrowed, search


@dataclass(frozen=True, slots=True)
class Cell:
    """What one policy says about a value."""

    policy: str
    affirmed: tuple[StatementView, ...]
    denied: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One practice and value. ``value`` is a concept's local name, or a recipient's name."""

    practice: str
    value: str
    cells: tuple[Cell, ...]


def compare(store: Store, policies: Sequence[str], facet: str, practices: tuple[str, ...] | None = None) -> list[Row]:
    """Every practice with every value of the facet that one of the policies affirms or denies."""
    hits = search(store, StatementFilter(tuple(policies), practices=practices, polarity="both"))
    found = fetch_statements(store, [hit.statement for hit in hits])
    kinds = narrowed(facet)
    said: dict[tuple[str, str, bool], dict[str, list[StatementView]]] = defaultdict(lambda: defaultdict(list))
    for one in found:
        for value in dict.fromkeys(
            each.party.name if each.party else each.value for each in one.facets if each.facet in kinds
        ):
            said[one.practice, value, one.denied][one.policy].append(one)
    pairs = sorted({(practice, value) for practice, value, _ in said})

    def cell(policy: str, practice: str, value: str) -> Cell:
        affirmed = [one for each in _below(value) for one in said.get((practice, each, False), {}).get(policy, ())]
        above = _above(value)
        denied = [
            one
            for each in above
            for one in said.get((practice, each, True), {}).get(policy, ())
            if not _narrower_too(one, each, kinds)
        ]
        return Cell(policy, _once(affirmed), _once(denied))

    return [
        Row(practice, value, tuple(cell(policy, practice, value) for policy in policies)) for practice, value in pairs
    ]


def _narrower_too(statement: StatementView, value: str, kinds: tuple[str, ...]) -> bool:
    """Whether a denial names something narrower beside this value: then only the narrower is denied."""
    below = set(_below(value)) - {value}
    return any(one.facet in kinds and one.value in below for one in statement.facets)


def _below(value: str) -> tuple[str, ...]:
    vocabulary = load_vocabulary()
    return (value, *vocabulary.descendants(value)) if vocabulary.get(value) else (value,)


def _above(value: str) -> tuple[str, ...]:
    vocabulary = load_vocabulary()
    return (value, *vocabulary.ancestors(value)) if vocabulary.get(value) else (value,)


def _once(statements: list[StatementView]) -> tuple[StatementView, ...]:
    return tuple(sorted({one.iri: one for one in statements}.values(), key=lambda one: (one.start, one.iri)))
