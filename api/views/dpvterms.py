"""Filters in DPV's terms: a term with everything below it, as DPV itself has it.

In: a DPV curie or IRI. Out: ids of concepts and practices of ours. A term need not equal any concept: it is enough that
something of ours is below it (for denials: above it). A term counts for concepts of its own kind alone: DPV files
cookies under its locations, where a question for places does not look for them.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...ontology.dpv import dpv_levels
from ...ontology.terms import DPV, DPV_BASE, PRACTICES, expand
from ...ontology.vocabulary import load_vocabulary
from ...queries.dpv.values import processing_of
from .named import UnknownConcept, find_concept

__all__ = ["asked_for", "concepts_above", "concepts_below", "practices_below", "term_of"]

_PROCESSING = DPV + "Processing"


def term_of(name: str) -> str:
    """The IRI of a DPV term given by curie or IRI, "" for any other name."""
    try:
        found = expand(name)
    except ValueError:
        return ""
    return found if found.startswith(DPV_BASE) else ""


def asked_for(name: str) -> str:
    """What a filter keeps of a name: the IRI of a DPV term, else a concept's id. Raises `UnknownConcept`."""
    term = term_of(name)
    if not term:
        return find_concept(name).id
    if not (concepts_below(term) or practices_below(term) or practices_below(term, denied=True)):
        raise UnknownConcept(
            f"Nothing that policies state is a {name[:100]}, or below it in DPV 2.3.",
            mend="Give a term of DPV 2.3 such as pd:Contact or dpv:Marketing, or a concept's own name (EmailAddress).",
        )
    return term


def concepts_below(term: str) -> list[str]:
    """Ids of the concepts that are the term or below it."""
    return _of_its_kind(term, dpv_levels().concepts_below(term))


def concepts_above(term: str) -> list[str]:
    """Ids of the concepts that are the term or above it: what a denial of the term may say."""
    levels, vocabulary = dpv_levels(), load_vocabulary()
    wider = {term, *levels.above(term)}
    own = vocabulary.by_exact(term)
    found = set(vocabulary.ancestors(own.id)) | {own.id} if own else set()
    found |= {id for id in vocabulary.concepts if wider.intersection(levels.exact(id))}
    return _of_its_kind(term, found)


def practices_below(term: str, *, denied: bool = False) -> list[str]:
    """Practices that are the processing a term names, or of its kind; where denied, only what it names itself.

    To deny a sharing is not to deny a sale, since it may deny one recipient alone.
    """
    if term != _PROCESSING and _PROCESSING not in dpv_levels().above(term):
        return []
    found = []
    for practice in PRACTICES:
        said = processing_of(practice)
        if said is not None and term in (said.direct if denied else (*said.direct, *said.broader)):
            found.append(practice)
    return found


def _of_its_kind(term: str, ids: Iterable[str]) -> list[str]:
    """Those in a scheme of the concept that equals the term, where there is one; practices are no values."""
    vocabulary = load_vocabulary()
    own = vocabulary.by_exact(term)
    kinds = set(own.schemes) if own else set(vocabulary.schemes)
    kinds -= {"practices"}
    return sorted(id for id in ids if kinds.intersection(vocabulary.concepts[id].schemes))
