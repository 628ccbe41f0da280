"""Finds statements by what they say.

In: a `StatementFilter`, a store. Out: `Hit`s (IRI with its place) in a fixed order: policy, place in the text, IRI.

An affirmed statement matches a concept if its value is that concept or one below it; a denied one if its value is
that concept or one above it (who never shares personal data never shares locations).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ... import ClauseGraphError
from ...ontology.terms import CG, CGC
from ...ontology.vocabulary import Concept, load_vocabulary
from ...queries.store import Store
from .facets import FACETS, PLACES, property_of
from .graph import iri, literal, rows

Polarity = Literal["affirmed", "denied", "both"]


class UnknownConcept(ClauseGraphError):
    """A name that no concept has."""


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """Which statements to find; None and "" restrict nothing.

    ``policies``: policy IRIs. ``clauses``: clause IRIs. ``practices``: local names. ``concept``: a local name, IRI,
    DPV curie or notation, taken with everything it rolls up; ``facet`` narrows it to one facet.
    """

    policies: tuple[str, ...] | None = None
    clauses: tuple[str, ...] | None = None
    practices: tuple[str, ...] | None = None
    polarity: Polarity = "affirmed"
    concept: str = ""
    facet: str = ""


class Hit(NamedTuple):
    """A statement found, with all that orders it."""

    policy: str
    start: int
    statement: str
    clause: str = ""


def find_concept(name: str) -> Concept:
    """The concept that a local name, one of our IRIs, a DPV curie or IRI, or a code means. Raises `UnknownConcept`."""
    vocabulary = load_vocabulary()
    found = vocabulary.get(name.removeprefix(CGC).removeprefix("cgc:")) or vocabulary.by_exact(name)
    if found is None:
        raise UnknownConcept(
            f"There is no concept “{name[:100]}”.",
            mend="Give a concept's id (EmailAddress), its IRI, or a DPV term that it equals (dpv:EmailAddress…).",
        )
    return found


def search(store: Store, wanted: StatementFilter, *, after: Hit | None = None, limit: int | None = None) -> list[Hit]:
    """The statements that fit, in order, beginning after a given one. One query."""
    found = rows(store, query_of(wanted, after=after, limit=limit))
    return [Hit(row["policy"], int(row["start"]), row["statement"], row["clause"]) for row in found]


def query_of(wanted: StatementFilter, *, after: Hit | None = None, limit: int | None = None) -> str:
    """The SPARQL of a search."""
    parts = [
        _values("policy", wanted.policies),
        _values("clause", wanted.clauses),
        "?policy cg:currentVersion ?version .",
        "?statement cg:inVersion ?version ; cg:start ?start ; cg:inClause ?clause .",
        " UNION ".join(f"{{ {branch} }}" for branch in _branches(wanted)),
        _later_than(after),
    ]
    body = "\n  ".join(part for part in parts if part)
    ending = f" LIMIT {limit:d}" if limit is not None else ""
    return (
        f"PREFIX cg: <{CG}>\nSELECT DISTINCT ?policy ?start ?statement ?clause WHERE {{\n  {body}\n}}\n"
        f"ORDER BY STR(?policy) ?start STR(?statement){ending}"
    )


def _values(variable: str, iris: Iterable[str] | None) -> str:
    return "" if iris is None else f"VALUES ?{variable} {{ {' '.join(map(iri, iris))} }}"


def _branches(wanted: StatementFilter) -> list[str]:
    """One graph pattern a polarity: practices and concepts differ between them."""
    branches = []
    for denied in (False, True):
        if wanted.polarity == ("affirmed" if denied else "denied"):
            continue
        branch = f"?statement cg:polarity cg:{'Denied' if denied else 'Affirmed'} ."
        if wanted.practices is not None:
            branch += f" {_values('practice', (CG + name for name in wanted.practices))}"
            branch += f" ?statement cg:{'deniedPractice' if denied else 'practice'} ?practice ."
        if wanted.concept:
            branch += f" {_values('concept', _rolled(wanted.concept, up=denied))}"
            branch += f" ?statement {_path(wanted, denied)} ?concept ."
        branches.append(branch)
    return branches


def _rolled(name: str, *, up: bool) -> Sequence[str]:
    vocabulary = load_vocabulary()
    concept = find_concept(name)
    around = vocabulary.ancestors(concept.id) if up else vocabulary.descendants(concept.id)
    return [CGC + one for one in (concept.id, *around)]


def _path(wanted: StatementFilter, denied: bool) -> str:
    facets = narrowed(wanted.facet) if wanted.facet else tuple(facet for facet in FACETS if facet != "namedRecipient")
    return "|".join(iri(property_of(facet, denied)) for facet in facets)


def narrowed(facet: str) -> tuple[str, ...]:
    """A facet with its sub-properties: `jurisdiction` stands for every kind of place."""
    return (facet, *PLACES) if facet == "jurisdiction" else (facet,)


def _later_than(after: Hit | None) -> str:
    """Keyset paging: only what sorts after the last one seen."""
    if after is None:
        return ""
    policy, start, statement = literal(after.policy), int(after.start), literal(after.statement)
    return (
        f"FILTER(STR(?policy) > {policy} || (STR(?policy) = {policy} && "
        f"(?start > {start} || (?start = {start} && STR(?statement) > {statement}))))"
    )
