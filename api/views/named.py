"""Concepts by any of their names.

In: a name, an IRI, a DPV term, a code. Out: `find_concept`, which raises `UnknownConcept` with the nearest names.
"""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache

from ... import ClauseGraphError
from ...ontology.terms import CGC
from ...ontology.vocabulary import Concept, load_vocabulary


class UnknownConcept(ClauseGraphError):
    """A name that no concept has."""


@cache
def _codes() -> dict[str, Concept]:
    """Concepts by code (``C001``) and by scheme and code (``tw-purposes:040``).

    A code that stands in two schemes is left out of the first kind.
    """
    found: dict[str, Concept] = {}
    twice: set[str] = set()
    for concept in load_vocabulary().concepts.values():
        if concept.notation:
            twice.update([concept.notation] if concept.notation in found else [])
            found[concept.notation] = concept
            found |= {f"{scheme}:{concept.notation}": concept for scheme in concept.schemes}
    return {code: concept for code, concept in found.items() if code not in twice}


def find_concept(name: str) -> Concept:
    """The concept that a local name, one of our IRIs, a DPV curie or IRI, or a code means. Raises `UnknownConcept`."""
    vocabulary = load_vocabulary()
    found = (
        vocabulary.get(name.removeprefix(CGC).removeprefix("cgc:")) or vocabulary.by_exact(name) or _codes().get(name)
    )
    if found is None:
        # The last part alone is what people know of some: GDPR of EU-GDPR, CCPA of US-CA-CCPA.
        ends = [one for one in vocabulary.concepts if one.casefold().endswith(f"-{name.casefold()}")]
        near = ends[:3] or get_close_matches(name, vocabulary.concepts, n=3)
        hint = f"Did you mean {' or '.join(near)}? " if near else ""
        raise UnknownConcept(
            f"There is no concept “{name[:100]}”.",
            mend=f"{hint}Give a concept's name (EmailAddress), its IRI, a DPV term that it equals (pd:EmailAddress), "
            "or a code (C001, tw-purposes:040).",
        )
    return found
