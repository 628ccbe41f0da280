"""When two concepts count as the same, and when one lies above the other.

In: ``dpv-terms.tsv`` and the ``<…>`` of gold's own concepts; the vocabulary for predicted concepts. Out:
`ConceptIndex` (how a predicted concept is written), `Terms` (the lenient relation).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from ...ontology.vocabulary import Vocabulary
from .model import EvaluateError, GoldDocument

#: Too general to count as lying above anything (beside whatever has no broader term itself).
TOO_GENERAL = frozenset(
    f"dpv:{name}"
    for name in (
        "Data",
        "PersonalData",
        "Entity",
        "LegalEntity",
        "Organisation",
        "HumanSubject",
        "DataSubject",
        "Right",
        "DataSubjectRight",
        "LegalBasis",
        "Purpose",
        "Recipient",
        "ThirdParty",
        "Location",
        "Country",
        "DataSource",
        "Duration",
        "Context",
        "TechnicalOrganisationalMeasure",
        "TechnicalMeasure",
        "OrganisationalMeasure",
        "PhysicalMeasure",
        "LegalMeasure",
    )
)


class ConceptIndex(Protocol):
    """Says how a predicted concept is written in gold."""

    def curie(self, concept: str, /) -> str:
        """The curie of the concept's ``skos:exactMatch``, else ``own:`` and its local name."""
        ...


class VocabularyIndex:
    """`ConceptIndex` by our vocabulary. A concept that the vocabulary lacks is written as an own one."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def curie(self, concept: str, /) -> str:
        """See `ConceptIndex`."""
        if self._vocabulary.get(concept) is None:
            return f"own:{concept}"
        curie = self._vocabulary.curie_for(concept)
        return f"own:{concept}" if curie.startswith("cgc:") else curie


class Terms:
    """The order of concepts: ``broader`` of the DPV terms plus that of gold's own concepts."""

    def __init__(self, broader: Mapping[str, Iterable[str]]) -> None:
        self._broader: Mapping[str, frozenset[str]] = {term: frozenset(above) for term, above in broader.items()}
        self._above: dict[str, frozenset[str]] = {}

    def above(self, concept: str) -> frozenset[str]:
        """All that counts as lying above ``concept``, without itself."""
        known = self._above.get(concept)
        if known is None:
            found: set[str] = set()
            rest = list(self._broader.get(concept, ()))
            while rest:
                term = rest.pop()
                if term not in found:
                    found.add(term)
                    rest.extend(self._broader.get(term, ()))
            known = frozenset(term for term in found if term not in TOO_GENERAL and self._broader.get(term))
            self._above[concept] = known
        return known

    def related(self, first: str, second: str) -> bool:
        """Whether the two are the same concept or one counts as lying above the other."""
        return first == second or first in self.above(second) or second in self.above(first)

    def with_gold(self, documents: Iterable[GoldDocument]) -> Terms:
        """A copy that also knows the broader terms of the own concepts in these gold documents."""
        merged: dict[str, set[str]] = {term: set(above) for term, above in self._broader.items()}
        for document in documents:
            for own, above in document.broader.items():
                merged.setdefault(own, set()).update(above)
        return Terms(merged)


def load_terms(path: str | Path) -> Terms:
    """Read ``dpv-terms.tsv`` (columns ``curie`` and ``broader``, several broader terms parted by ``;``)."""
    place = Path(path)
    try:
        text = place.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluateError(
            f"The DPV terms {place} cannot be read: {error}.", mend="Name dpv-terms.tsv with --dpv."
        ) from error
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    if not {"curie", "broader"} <= set(rows.fieldnames or ()):
        raise EvaluateError(
            f"The DPV terms {place} have no columns curie and broader.", mend="Name dpv-terms.tsv with --dpv."
        )
    return Terms(
        {row["curie"]: [term.strip() for term in (row["broader"] or "").split(";") if term.strip()] for row in rows}
    )
