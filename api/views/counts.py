"""Counts beside a list, as a search page shows them: which values the statements found have, and how often.

In: a `StatementFilter` or `PolicyFilter`, a store. Out: `ValueCount`s; what is affirmed and what is denied are never
added up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...ontology.terms import CG, CGC
from ...ontology.vocabulary import load_vocabulary
from ...queries.store import Store
from .build import local
from .facets import FACET_OF, property_of
from .graph import iri, rows
from .policies import PolicyFilter, policy_pattern
from .search import PREFIXES, StatementFilter, pattern

PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class ValueCount:
    """How many have a value: ``value`` is a local name, or a name key for a named recipient, ``name`` its spelling."""

    facet: str
    value: str
    affirmed: int
    denied: int
    name: str = ""


def count_statements(store: Store, wanted: StatementFilter) -> int:
    """How many statements fit."""
    query = f"{PREFIXES}SELECT (COUNT(DISTINCT ?statement) AS ?n) WHERE {{ {pattern(wanted)} }}"
    return int(rows(store, query)[0]["n"])


def count_values(
    store: Store, wanted: StatementFilter, facets: Sequence[str], *, rolled: bool = False
) -> list[ValueCount]:
    """The values of statements, most frequent first. ``rolled``: a value counts for everything above it too."""
    inner = f"{{ SELECT DISTINCT ?statement WHERE {{ {pattern(wanted)} }} }}"
    return _count(store, inner, "statement", facets, rolled)


def count_policy_values(
    store: Store, wanted: PolicyFilter, facets: Sequence[str], *, rolled: bool = False
) -> list[ValueCount]:
    """The same over the policies that fit: how many of them affirm a value, how many deny it."""
    inner = f"{{ SELECT DISTINCT ?policy ?version WHERE {{ {policy_pattern(wanted)} }} }}"
    return _count(store, f"{inner} ?statement cg:inVersion ?version .", "policy", facets, rolled)


def count_languages(store: Store, wanted: PolicyFilter) -> list[tuple[str, int]]:
    """The languages of the policies that fit, most frequent first."""
    query = (
        f"{PREFIXES}PREFIX dct: <http://purl.org/dc/terms/>\nSELECT ?language (COUNT(DISTINCT ?policy) AS ?n) WHERE "
        f"{{ {{ SELECT DISTINCT ?policy ?version WHERE {{ {policy_pattern(wanted)} }} }} "
        "?version dct:language ?language } GROUP BY ?language"
    )
    found = [(row["language"], int(row["n"])) for row in rows(store, query) if "language" in row]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def _properties(facets: Iterable[str]) -> dict[str, tuple[str, bool]]:
    """property → (facet, whether it denies)."""
    return {
        CG + ("deniedPractice" if denied else PRACTICE) if facet == PRACTICE else property_of(facet, denied): (
            facet,
            denied,
        )
        for facet in facets
        for denied in (False, True)
    }


def _count(store: Store, inner: str, counted: str, facets: Sequence[str], rolled: bool) -> list[ValueCount]:
    """One query; what is counted is what ``inner`` binds."""
    properties = _properties(facets)
    if not properties:
        return []
    values = f"VALUES ?p {{ {' '.join(map(iri, properties))} }} ?statement ?p ?value ."
    name = "OPTIONAL { ?value cg:nameKey ?nameKey ; schema:name ?name }" if "namedRecipient" in facets else ""
    if rolled:
        query = f"SELECT DISTINCT ?{counted} ?p ?value ?nameKey ?name WHERE {{ {inner} {values} {name} }}"
    else:
        query = (
            f"SELECT ?p ?value ?nameKey ?name (COUNT(DISTINCT ?{counted}) AS ?n) WHERE {{ {inner} {values} {name} }} "
            "GROUP BY ?p ?value ?nameKey ?name"
        )
    sums: dict[tuple[str, str, bool], int] = defaultdict(int)
    things: dict[tuple[str, str, bool], set[str]] = defaultdict(set)
    names: dict[str, str] = defaultdict(str)
    for row in rows(store, f"{PREFIXES}PREFIX dct: <http://purl.org/dc/terms/>\n{query}"):
        if "p" not in row:
            continue
        facet, denied = properties[row["p"]]
        value = row.get("nameKey") or local(row["value"])
        names[value] = min(row.get("name", ""), names.get(value, row.get("name", "")))
        if not rolled:
            sums[facet, value, denied] += int(row["n"])
            continue
        for one in (value, *_above(value)):
            things[facet, one, denied].add(row[counted])
    sums |= {key: len(found) for key, found in things.items()}
    pairs = dict.fromkeys((facet, value) for facet, value, _ in sums)
    counts = [
        ValueCount(
            facet, value, sums.get((facet, value, False), 0), sums.get((facet, value, True), 0), names.get(value, "")
        )
        for facet, value in pairs
    ]
    return sorted(counts, key=lambda one: (-one.affirmed, -one.denied, one.value))


def _above(value: str) -> tuple[str, ...]:
    vocabulary = load_vocabulary()
    return vocabulary.ancestors(value) if vocabulary.get(value) else ()


def usage(store: Store, concepts: Sequence[str]) -> dict[str, tuple[int, int, int]]:
    """For each concept: statements that affirm it or what is below it, that deny it or what is above it, and the
    policies that affirm it. One query for all of them.
    """
    vocabulary = load_vocabulary()
    below = {one: {one, *vocabulary.descendants(one)} for one in concepts}
    above = {one: {one, *vocabulary.ancestors(one)} for one in concepts}
    facets = (*dict.fromkeys(facet for facet, _ in FACET_OF.values() if facet != "namedRecipient"), PRACTICE)
    properties = _properties(facets)

    def among(variable: str, values: set[str]) -> str:
        spaces = ((CG if "practices" in vocabulary.concepts[one].schemes else CGC) + one for one in sorted(values))
        return f"VALUES ?{variable} {{ {' '.join(map(iri, spaces))} }}"

    def by(denied: bool) -> str:
        return f"VALUES ?p {{ {' '.join(iri(name) for name, (_, same) in properties.items() if same is denied)} }}"

    query = (
        f"SELECT DISTINCT ?statement ?version ?p ?value WHERE {{ "
        f"{{ {among('value', set().union(*below.values()))} {by(False)} ?statement ?p ?value }} UNION "
        f"{{ {among('hit', set().union(*above.values()))} {by(True)} ?statement ?p ?hit ; ?p ?value }} "
        f"?statement cg:inVersion ?version }}"
    )
    stated: dict[tuple[str, bool], set[tuple[str, str]]] = defaultdict(set)
    values: dict[str, set[str]] = defaultdict(set)
    for row in rows(store, PREFIXES + query):
        value, denied = local(row["value"]), properties[row["p"]][1]
        stated[value, denied].add((row["statement"], row["version"]))
        if denied:
            values[row["statement"]].add(value)

    def narrower_too(statement: str, value: str) -> bool:
        return any(value in _above(one) for one in values[statement] if one != value)

    found = {}
    for one in concepts:
        affirming = set().union(*(stated[value, False] for value in below[one]))
        denying = {
            statement
            for value in above[one]
            for statement, _ in stated[value, True]
            if not narrower_too(statement, value)
        }
        found[one] = (len(affirming), len(denying), len({version for _, version in affirming}))
    return found
