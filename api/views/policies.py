"""Finds policies by what they are and by what they state or leave out.

In: a `PolicyFilter`, a store. Out: `Listed` policies in a fixed order. One query.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ...ontology.terms import DCT
from ...queries.store import Store
from .folding import contains
from .graph import iri, literal, rows
from .search import PREFIXES, StatementFilter, pattern

_PREFIXES = f"{PREFIXES}PREFIX dct: <{DCT}>\n"
_DATE = (
    "OPTIONAL { ?version cg:effectiveDate ?effective } OPTIONAL { ?version dct:modified ?modified } "
    'OPTIONAL { ?version dct:date ?dated } BIND(STR(COALESCE(?effective, ?modified, ?dated, "")) AS ?key)'
)
#: Orders beside that by IRI: what binds the key, whether the largest comes first, whether it is a number.
ORDERS = {
    "title": ('OPTIONAL { ?version dct:title ?title } BIND(LCASE(COALESCE(?title, "")) AS ?key)', False, False),
    "newest": (_DATE, True, False),
    "lastRead": ('OPTIONAL { ?version cg:ingestedAt ?read } BIND(COALESCE(STR(?read), "") AS ?key)', True, False),
    "mostStatements": (
        "OPTIONAL { SELECT ?version (COUNT(?said) AS ?many) WHERE { ?said cg:inVersion ?version } GROUP BY ?version } "
        "BIND(COALESCE(?many, 0) AS ?key)",
        True,
        True,
    ),
}


@dataclass(frozen=True, slots=True)
class PolicyFilter:
    """Which policies to find; None, "" and () restrict nothing.

    ``language``: BCP 47; zh takes in zh-Hant and zh-Hans. ``controller``: a part of the controller's names.
    ``states``: for each of these there is a statement that fits; ``lacks``: for none of these there is one.
    """

    policies: tuple[str, ...] | None = None
    language: str = ""
    controller: str = ""
    title: str = ""
    states: tuple[StatementFilter, ...] = ()
    lacks: tuple[StatementFilter, ...] = ()


class Listed(NamedTuple):
    """A policy found, with what orders it."""

    policy: str
    key: str = ""


def policy_pattern(wanted: PolicyFilter) -> str:
    """The graph pattern that binds ``?policy`` and ``?version`` to what fits."""
    parts = ["?policy cg:currentVersion ?version ."]
    if wanted.policies is not None:
        parts.insert(0, f"VALUES ?policy {{ {' '.join(map(iri, wanted.policies))} }}")
    if wanted.language:
        tag = wanted.language.lower()
        test = f"LCASE(?language) = {literal(tag)} || STRSTARTS(LCASE(?language), {literal(tag + '-')})"
        parts.append(f"?version dct:language ?language . FILTER({test})")
    if wanted.controller:
        path = "cg:controller/(schema:name|schema:alternateName)"
        parts.append(f"?version {path} ?controllerName . FILTER({contains('?controllerName', wanted.controller)})")
    if wanted.title:
        parts.append(f"?version dct:title ?named . FILTER({contains('?named', wanted.title)})")
    parts += [f"{{ SELECT DISTINCT ?policy WHERE {{ {pattern(one)} }} }}" for one in wanted.states]
    parts += [f"MINUS {{ SELECT DISTINCT ?policy WHERE {{ {pattern(one)} }} }}" for one in wanted.lacks]
    return "\n  ".join(parts)


def list_iris(
    store: Store, wanted: PolicyFilter, *, order: str = "", after: Listed | None = None, limit: int | None = None
) -> list[Listed]:
    """The policies that fit, in order, beginning after a given one."""
    binding, largest, number = ORDERS[order] if order else ('BIND("" AS ?key)', False, False)
    parts = [policy_pattern(wanted), binding]
    if after is not None:
        key = after.key if number else literal(after.key)
        later = f"STR(?policy) > {literal(after.policy)}"
        parts.append(f"FILTER(?key {'<' if largest else '>'} {key} || (?key = {key} && {later}))")
    by = f"{'DESC' if largest else 'ASC'}(?key) STR(?policy)"
    ending = f" LIMIT {limit:d}" if limit is not None else ""
    body = "\n  ".join(parts)
    query = f"{_PREFIXES}SELECT DISTINCT ?policy ?key WHERE {{\n  {body}\n}} ORDER BY {by}{ending}"
    return [Listed(row["policy"], row.get("key", "")) for row in rows(store, query)]


def count_policies(store: Store, wanted: PolicyFilter) -> int:
    """How many policies fit."""
    query = f"{_PREFIXES}SELECT (COUNT(DISTINCT ?policy) AS ?n) WHERE {{ {policy_pattern(wanted)} }}"
    return int(rows(store, query)[0]["n"])
