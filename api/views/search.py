"""Finds statements by what they say.

In: a `StatementFilter`, a store. Out: `Hit`s (IRI with its place) in a fixed order: policy, place in the text, IRI,
or first by a figure (`ORDERS`). `pattern` is the graph pattern alone, for counts and lists of policies.

An affirmed statement matches a concept if its value is that concept or one below it; a denied one if its value is
that concept or one above it (who never shares personal data never shares locations). A general value beside a narrower
one in a denial does not count: no health data is not no personal data. An affirmed sale is a sharing too; a denied
sharing is no denied sale, since it may deny one recipient alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ...ontology.terms import CG, CGC, ID, SCHEMA
from ...ontology.vocabulary import Concept, load_vocabulary
from ...queries.store import Store
from .dpvterms import concepts_above, concepts_below, practices_below, term_of
from .facets import FACETS, PLACES, property_of
from .folding import contains
from .graph import iri, literal, rows
from .named import UnknownConcept, find_concept

__all__ = ["ORDERS", "Hit", "StatementFilter", "UnknownConcept", "find_concept", "pattern", "query_of", "search"]

Polarity = Literal["affirmed", "denied", "both"]
#: Orders by a figure: its property, whether the largest comes first. Statements without the figure come last.
ORDERS = {
    "mostCertain": ("confidence", True),
    "leastCertain": ("confidence", False),
    "longestKept": ("durationDays", True),
    "shortestKept": ("durationDays", False),
}
_LAST = {True: "-1", False: "1000000000"}
PREFIXES = f"PREFIX cg: <{CG}>\nPREFIX schema: <{SCHEMA}>\n"


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """Which statements to find; None, "" and () restrict nothing.

    ``policies``: policy IRIs. ``clauses``: clause IRIs. ``practices``: local names. ``concept``: a local name, IRI,
    DPV curie or notation, taken with everything it rolls up (a DPV term as DPV has it); ``facet`` narrows it to one
    facet; ``values``: further pairs of the two, all of which must hold. ``recipient``: a part of a named recipient's
    name, or its IRI. ``conditions``, ``modalities``: local names. ``text``: words of the quote.
    """

    policies: tuple[str, ...] | None = None
    clauses: tuple[str, ...] | None = None
    practices: tuple[str, ...] | None = None
    polarity: Polarity = "affirmed"
    concept: str = ""
    facet: str = ""
    values: tuple[tuple[str, str], ...] = ()
    recipient: str = ""
    conditions: tuple[str, ...] | None = None
    conditional: bool | None = None
    confidence: float | None = None
    modalities: tuple[str, ...] | None = None
    text: str = ""


class Hit(NamedTuple):
    """A statement found, with all that orders it; ``key`` is the figure of an order that goes by one."""

    policy: str
    start: int
    statement: str
    clause: str = ""
    key: str = ""


def search(
    store: Store, wanted: StatementFilter, *, order: str = "", after: Hit | None = None, limit: int | None = None
) -> list[Hit]:
    """The statements that fit, in order, beginning after a given one. One query."""
    found = rows(store, query_of(wanted, order=order, after=after, limit=limit))
    return [Hit(row["policy"], int(row["start"]), row["statement"], row["clause"], row.get("key", "")) for row in found]


def query_of(wanted: StatementFilter, *, order: str = "", after: Hit | None = None, limit: int | None = None) -> str:
    """The SPARQL of a search."""
    parts = [pattern(wanted), "?statement cg:start ?start ; cg:inClause ?clause ."]
    shown, by = "?policy ?start ?statement ?clause", "STR(?policy) ?start STR(?statement)"
    if order:
        name, largest = ORDERS[order]
        parts.append(f"OPTIONAL {{ ?statement cg:{name} ?figure }} BIND(COALESCE(?figure, {_LAST[largest]}) AS ?key)")
        shown, by = f"{shown} ?key", f"{'DESC' if largest else 'ASC'}(?key) {by}"
    parts.append(_later_than(after, order))
    body = "\n  ".join(part for part in parts if part)
    ending = f" LIMIT {limit:d}" if limit is not None else ""
    return f"{PREFIXES}SELECT DISTINCT {shown} WHERE {{\n  {body}\n}}\nORDER BY {by}{ending}"


def pattern(wanted: StatementFilter) -> str:
    """The graph pattern that binds ``?statement``, ``?version`` and ``?policy`` to what fits."""
    quoted = f"?statement cg:quote ?quote . FILTER({contains('?quote', wanted.text)})" if wanted.text else ""
    parts = [
        _values("policy", wanted.policies),
        _values("clause", wanted.clauses),
        "?policy cg:currentVersion ?version .",
        "?statement cg:inVersion ?version .",
        "?statement cg:inClause ?clause ." if wanted.clauses is not None else "",
        " UNION ".join(f"{{ {branch} }}" for branch in _branches(wanted)),
        _of(wanted.modalities, "modality", "cg:modality"),
        _of(wanted.conditions, "kind", "cg:condition/cg:conditionKind"),
        _conditional(wanted.conditional),
        f"?statement cg:confidence ?confidence . FILTER(?confidence >= {wanted.confidence:f})"
        if wanted.confidence is not None
        else "",
        quoted,
    ]
    return "\n  ".join(part for part in parts if part)


def _values(variable: str, iris: Iterable[str] | None) -> str:
    return "" if iris is None else f"VALUES ?{variable} {{ {' '.join(map(iri, iris))} }}"


def _of(names: tuple[str, ...] | None, variable: str, path: str) -> str:
    if names is None:
        return ""
    return f"{_values(variable, (CG + name for name in names))} ?statement {path} ?{variable} ."


def _conditional(wanted: bool | None) -> str:
    if wanted is None:
        return ""
    return "?statement cg:conditional true ." if wanted else "FILTER NOT EXISTS { ?statement cg:conditional true }"


def _branches(wanted: StatementFilter) -> list[str]:
    """One graph pattern a polarity: practices, concepts and recipients differ between them."""
    pairs = [*([(wanted.concept, wanted.facet)] if wanted.concept else []), *wanted.values]
    branches = []
    for denied in (False, True):
        if wanted.polarity == ("affirmed" if denied else "denied"):
            continue
        branch = f"?statement cg:polarity cg:{'Denied' if denied else 'Affirmed'} ."
        if wanted.practices is not None:
            branch += f" {_values('practice', _practices(wanted.practices, rolled=not denied))}"
            branch += f" ?statement cg:{'deniedPractice' if denied else 'practice'} ?practice ."
        for number, (concept, facet) in enumerate(pairs):
            value = f"?concept{number or ''}"
            practices = practices_below(term_of(concept), denied=denied) if not facet else []
            if practices:
                branch += f" {_values(value[1:], (CG + one for one in practices))}"
                branch += f" ?statement cg:{'deniedPractice' if denied else 'practice'} {value} ."
            elif denied:
                branch += f" {_denied_value(concept, facet, value)}"
            else:
                path = _path(facet, denied) + ("|cg:citesCode" if _is_code(concept) else "")
                branch += f" {_values(value[1:], _rolled(concept))} ?statement {path} {value} ."
        if wanted.recipient:
            branch += _recipient(wanted.recipient, "deniedNamedRecipient" if denied else "namedRecipient")
        branches.append(branch)
    return branches


def _recipient(name: str, property: str) -> str:
    if name.startswith(ID):
        return f" ?statement cg:{property} {iri(name)} ."
    path = f"cg:{property}/(schema:name|schema:alternateName)"
    return f" ?statement {path} ?recipientName . FILTER({contains('?recipientName', name)})"


def _rolled(name: str) -> Sequence[str]:
    """A concept with everything below it; an official code also with the concepts of ours that it matches."""
    term = term_of(name)
    if term:
        return [CGC + one for one in concepts_below(term)]
    vocabulary, found = load_vocabulary(), dict.fromkeys(_equal(find_concept(name), close=True))
    for one in list(found):
        found |= dict.fromkeys(vocabulary.descendants(one))
    return [CGC + one for one in found]


def _is_code(name: str) -> bool:
    return not term_of(name) and bool(find_concept(name).notation)


def _equal(concept: Concept, *, close: bool) -> list[str]:
    """A concept and those of ours that it equals, or nearly equals: official codes point to them."""
    matches = (*concept.exact, *((*concept.close, *concept.narrow) if close else ()))
    return [concept.id, *(one.removeprefix(CGC) for one in matches if one.startswith(CGC))]


def _denied_value(name: str, facet: str, value: str) -> str:
    """A concept or one above it, each without anything narrower beside it.

    What is narrower is listed instead of asked of the graph: with ``skos:broader+`` this takes minutes where it takes
    a second so.
    """
    vocabulary = load_vocabulary()
    term = term_of(name)
    names = dict.fromkeys(concepts_above(term) if term else _equal(find_concept(name), close=False))
    for one in () if term else list(names):
        names |= dict.fromkeys(vocabulary.ancestors(one))
    path = _path(facet, True)
    properties = ", ".join(path.split("|"))
    found = []
    for one in names:
        here = f"VALUES {value} {{ {iri(CGC + one)} }} ?statement {path} {value} ."
        below = ", ".join(iri(CGC + each) for each in vocabulary.descendants(one))
        if below:
            also = f"{value}Said IN ({properties}) && {value}Also IN ({below})"
            here += f" FILTER NOT EXISTS {{ ?statement {value}Said {value}Also FILTER({also}) }}"
        found.append(f"{{ {here} }}")
    return f"{{ {' UNION '.join(found)} }}"


def _practices(names: Iterable[str], *, rolled: bool) -> Sequence[str]:
    vocabulary = load_vocabulary()
    found: dict[str, None] = {}
    for name in names:
        found |= dict.fromkeys((name, *(vocabulary.descendants(name) if rolled else ())))
    return [CG + name for name in found]


def _path(facet: str, denied: bool) -> str:
    facets = narrowed(facet) if facet else tuple(one for one in FACETS if one != "namedRecipient")
    return "|".join(iri(property_of(one, denied)) for one in facets)


def narrowed(facet: str) -> tuple[str, ...]:
    """A facet with its sub-properties: `jurisdiction` stands for every kind of place."""
    return (facet, *PLACES) if facet == "jurisdiction" else (facet,)


def _later_than(after: Hit | None, order: str) -> str:
    """Keyset paging: only what sorts after the last one seen."""
    if after is None:
        return ""
    policy, start, statement = literal(after.policy), int(after.start), literal(after.statement)
    later = (
        f"STR(?policy) > {policy} || (STR(?policy) = {policy} && "
        f"(?start > {start} || (?start = {start} && STR(?statement) > {statement})))"
    )
    if order:
        sign = "<" if ORDERS[order][1] else ">"
        later = f"?key {sign} {after.key} || (?key = {after.key} && ({later}))"
    return f"FILTER({later})"
