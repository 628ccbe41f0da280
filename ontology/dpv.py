"""What a concept of ours is in DPV 2.3, at every level: its equal there, and all that is broader.

In: a concept's id. Out: IRIs of DPV terms. The levels come from two places: our own `skos:broader` tree with its
matches, and ``links/dpv-2.3-broader.tsv``, which says of each DPV term that a concept of ours matches, and of all
above it, what DPV puts directly above. So a question in DPV's terms is answered where DPV itself is not loaded. Only
exact and broader matches count: a close match is no fact.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from .terms import DPV_BASE, expand
from .vocabulary import Concept, Vocabulary, load_vocabulary

__all__ = ["BROADER_FILE", "DpvLevels", "dpv_levels"]

BROADER_FILE: Final = Path(__file__).resolve().parent / "links" / "dpv-2.3-broader.tsv"


class DpvLevels:
    """The DPV terms of concepts, and what is above a DPV term in DPV."""

    def __init__(self, vocabulary: Vocabulary, broader: Mapping[str, tuple[str, ...]]) -> None:
        self._vocabulary = vocabulary
        self._broader = broader
        self._above: dict[str, frozenset[str]] = {}
        self._levels: dict[str, frozenset[str]] = {}
        self._below: dict[str, tuple[str, ...]] | None = None

    def exact(self, id: str) -> tuple[str, ...]:
        """The DPV terms that equal a concept, sorted; none for an unknown id."""
        concept = self._vocabulary.get(id)
        return tuple(sorted(filter(_is_dpv, concept.exact))) if concept is not None else ()

    def directly_above(self, iri: str) -> tuple[str, ...]:
        """What DPV puts directly above one of its terms, sorted."""
        return self._broader.get(iri, ())

    def above(self, iri: str) -> frozenset[str]:
        """All that DPV puts above one of its terms, without the term itself."""
        found = self._above.get(iri)
        if found is None:
            seen: set[str] = set()
            queue = [iri]
            for here in queue:
                for there in self._broader.get(here, ()):
                    if there not in seen:
                        seen.add(there)
                        queue.append(there)
            found = self._above[iri] = frozenset(seen - {iri})
        return found

    def levels(self, id: str) -> frozenset[str]:
        """Every DPV term that holds of what a concept holds of: its equals, its broader matches, and all above."""
        found = self._levels.get(id)
        if found is None:
            if self._vocabulary.get(id) is None:
                return frozenset()
            chain = (self._vocabulary.concepts[one] for one in (id, *self._vocabulary.ancestors(id)))
            terms = {iri for concept in chain for iri in _matches(concept)}
            found = self._levels[id] = frozenset(terms.union(*(self.above(iri) for iri in terms)))
        return found

    def concepts_below(self, iri: str) -> tuple[str, ...]:
        """Ids of the concepts that are a DPV term or something narrower, sorted; none for a term without any."""
        if self._below is None:
            found: dict[str, list[str]] = {}
            for id in sorted(self._vocabulary.concepts):
                for term in self.levels(id):
                    found.setdefault(term, []).append(id)
            self._below = {term: tuple(ids) for term, ids in found.items()}
        return self._below.get(iri, ())

    def digest(self) -> str:
        """Changes whenever the levels of some concept may."""
        parts = [
            f"{one.id} {' '.join(one.broader)} {' '.join(one.exact)} {' '.join(one.broad)}"
            for one in self._vocabulary.concepts.values()
        ]
        parts += [f"{term} {' '.join(above)}" for term, above in sorted(self._broader.items())]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def dpv_levels() -> DpvLevels:
    """The levels that come with the package; read once."""
    return DpvLevels(load_vocabulary(), read_broader(BROADER_FILE.read_text(encoding="utf-8").splitlines()))


def read_broader(lines: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Lines of two CURIEs, a term and one directly above it, as IRIs. Lines that begin with ``#`` are remarks."""
    found: dict[str, list[str]] = {}
    for line in lines:
        if line and not line.startswith("#"):
            term, _tab, above = line.partition("\t")
            found.setdefault(expand(term), []).append(expand(above))
    return MappingProxyType({term: tuple(sorted(above)) for term, above in found.items()})


def _matches(concept: Concept) -> tuple[str, ...]:
    return tuple(filter(_is_dpv, (*concept.exact, *concept.broad)))


def _is_dpv(iri: str) -> bool:
    return iri.startswith(DPV_BASE)
