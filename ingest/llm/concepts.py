"""The concept that a model means.

In: a facet and a word: an id, a CURIE or IRI of DPV, a label in any of our languages. Out: the id of a concept that the
facet can have, or None: what means two concepts, another facet's or none is never guessed at.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from ...ontology.terms import CGC, FACET_SCHEMES
from ...ontology.vocabulary import Concept, load_vocabulary


def concept_of(facet: str, word: str) -> str | None:
    """The concept's id."""
    word = word.strip()
    vocabulary = load_vocabulary()
    known = vocabulary.get(word) or vocabulary.by_exact(word)
    if known is not None:
        return known.id if _fits(known, facet) else None
    found = _words(FACET_SCHEMES.get(facet, ())).get(_squeezed(word), frozenset())
    return next(iter(found)) if len(found) == 1 else None


def _fits(concept: Concept, facet: str) -> bool:
    return not set(concept.schemes).isdisjoint(FACET_SCHEMES.get(facet, ()))


@cache
def _words(schemes: tuple[str, ...]) -> Mapping[str, frozenset[str]]:
    """Every name of the schemes' concepts: ids, labels, the names of the DPV terms that they equal."""
    found: dict[str, set[str]] = defaultdict(set)
    for scheme in schemes:
        for concept in load_vocabulary().in_scheme(scheme):
            equal = (re.split(r"[#/]", iri)[-1] for iri in concept.exact if not iri.startswith(CGC))
            for name in (concept.id, *concept.labels.values(), *equal):
                found[_squeezed(name)].add(concept.id)
    return {name: frozenset(ids) for name, ids in found.items()}


def _squeezed(name: str) -> str:
    """Without case, spaces and hyphens: "E-mail Address" is EmailAddress."""
    return re.sub(r"[\s_-]+", "", name).casefold()
