"""Concepts as pages and data show them: trees, matches, and which statements speak of one.

In: the vocabulary, a store. Out: `tree`, `about`, `Usage`, and N-Triples of one concept, a scheme or all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ...ontology.terms import CONCEPTS_GRAPH, shorten
from ...ontology.vocabulary import Concept, Scheme, load_vocabulary
from ...queries.store import Store
from ...queries.store.formats import ntriples_of
from ..base import FOLDER, nquads
from .fetch import fetch_statements
from .model import StatementView
from .search import StatementFilter, query_of, search

#: Statements that a concept's page shows; a query for all of them stands beside.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Node:
    """A concept in the tree of a scheme; ``first``: it stands nowhere above, so that its anchor is here."""

    concept: Concept
    depth: int
    first: bool


@dataclass(frozen=True, slots=True)
class Usage:
    """Statements that speak of a concept: the first ones, whether there are more, and the query for all."""

    statements: tuple[StatementView, ...]
    more: bool
    query: str


def scheme_name(scheme: Scheme) -> str:
    """The local name of a scheme's IRI: ``DataCategories``."""
    return scheme.iri.partition("#")[2]


def scheme_label(scheme: Scheme, lang: str) -> str:
    """The label of a scheme in a language, else in English."""
    return scheme.labels.get(lang) or scheme.labels["en"]


def find_scheme(name: str) -> Scheme | None:
    """The scheme of a local name or an id (``data-categories``)."""
    schemes = load_vocabulary().schemes
    return schemes.get(name) or next((one for one in schemes.values() if scheme_name(one) == name), None)


def tree(scheme: Scheme, lang: str, seen: set[str] | None = None) -> list[Node]:
    """The concepts of a scheme, each below its broader one, by label. ``seen`` collects ids over several schemes."""
    vocabulary, seen = load_vocabulary(), set() if seen is None else seen

    def ordered(ids: tuple[str, ...]) -> list[str]:
        inside = [one for one in ids if scheme.id in vocabulary.concepts[one].schemes]
        return sorted(inside, key=lambda one: (vocabulary.concepts[one].notation, vocabulary.label(one, lang)))

    def walk(id: str, depth: int) -> Iterator[Node]:
        yield Node(vocabulary.concepts[id], depth, id not in seen)
        seen.add(id)
        for below in ordered(vocabulary.narrower(id)):
            yield from walk(below, depth + 1)

    def is_top(concept: Concept) -> bool:
        return not any(scheme.id in vocabulary.concepts[up].schemes for up in concept.broader)

    tops = tuple(concept.id for concept in vocabulary.in_scheme(scheme.id) if is_top(concept))
    return [node for top in ordered(tops) for node in walk(top, 0)]


def matches(concept: Concept) -> list[tuple[str, str, str]]:
    """Links out: (how they match, the short name, the IRI)."""
    kinds = (
        ("the same as", concept.exact),
        ("close to", concept.close),
        ("wider than", concept.narrow),
        ("narrower than", concept.broad),
        ("once the same as", concept.former),
    )
    return [(name, shorten(iri), iri) for name, iris in kinds for iri in iris]


def usage(store: Store, concept: Concept, *, denied: bool) -> Usage:
    """Statements of a concept or anything below it; denied ones of it or anything above it."""
    vocabulary = load_vocabulary()
    if "practices" in concept.schemes:
        around = vocabulary.ancestors(concept.id) if denied else vocabulary.descendants(concept.id)
        wanted = StatementFilter(practices=(concept.id, *around), polarity="denied" if denied else "affirmed")
    else:
        wanted = StatementFilter(concept=concept.id, polarity="denied" if denied else "affirmed")
    hits = search(store, wanted, limit=SHOWN + 1)
    found = fetch_statements(store, [hit.statement for hit in hits[:SHOWN]])
    return Usage(found, len(hits) > SHOWN, query_of(wanted))


@cache
def all_triples() -> bytes:
    """Every concept scheme, as N-Triples."""
    return ntriples_of(nquads(sorted((FOLDER / "concepts").glob("*.ttl")), CONCEPTS_GRAPH), CONCEPTS_GRAPH)


@cache
def _lines() -> dict[str, list[bytes]]:
    """Each triple under its subject and under its object, where that is a thing."""
    found: dict[str, list[bytes]] = defaultdict(list)
    for line in all_triples().splitlines(keepends=True):
        subject, _, rest = line.partition(b" ")
        found[subject[1:-1].decode()].append(line)
        object = rest.partition(b" ")[2]
        if object.startswith(b"<"):
            found[object[1 : object.index(b">")].decode()].append(line)
    return dict(found)


def triples_about(iri: str) -> bytes:
    """What is said of a concept or scheme, and what points to it, as N-Triples."""
    return b"".join(_lines().get(iri, ()))


def triples_of_scheme(scheme: Scheme) -> bytes:
    """A scheme with all its concepts, as N-Triples."""
    members = [concept.iri for concept in load_vocabulary().in_scheme(scheme.id)]
    return b"".join(triples_about(iri) for iri in (scheme.iri, *members))
