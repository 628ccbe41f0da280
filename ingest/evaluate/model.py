"""The form in which gold and predictions are compared: both become `Fact`s in source offsets.

In: nothing. Out: `Value`, `Guard`, `Fact` (one statement), `GoldDocument`, `EvaluateError`, the maps from gold's
names to the contract's. Every ``start``/``end`` is a half-open range of code points of the *decoded source*.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ... import ClauseGraphError

#: Gold practice → contract practice.
PRACTICE_NAMES: Mapping[str, str] = {
    "collect": "Collect",
    "use": "Use",
    "share": "Share",
    "sell": "Sell",
    "transfer": "Transfer",
    "store": "Store",
    "retain": "Retain",
    "protect": "Protect",
    "right": "GrantRight",
    "choice": "OfferChoice",
    "notify": "Notify",
    "child": "ProtectChild",
    "contact": "OfferContact",
    "scope": "LimitScope",
    "role": "AssignRole",
}

#: Gold facet → the facet under which both sides are compared.
GOLD_FACETS: Mapping[str, str] = {
    "data": "dataCategory",
    "purpose": "purpose",
    "recipient": "recipient",
    "source": "source",
    "legal_basis": "legalBasis",
    "retention": "retention",
    "right": "right",
    "measure": "measure",
    "subject": "dataSubject",
    "jurisdiction": "jurisdiction",
}

#: Contract facet → the facet under which both sides are compared (gold knows one jurisdiction only).
COMPARED_FACETS: Mapping[str, str] = {
    **{facet: facet for facet in GOLD_FACETS.values()},
    "transferDestination": "jurisdiction",
    "storageLocation": "jurisdiction",
    "processingLocation": "jurisdiction",
    "recipientLocation": "jurisdiction",
    "residence": "jurisdiction",
    "applicableLaw": "jurisdiction",
    "authority": "jurisdiction",
    "storageMedium": "jurisdiction",
}


class EvaluateError(ClauseGraphError):
    """Gold, its texts or the DPV terms cannot be used as they are."""


@dataclass(frozen=True, slots=True)
class Value:
    """One facet value. ``facet`` is a value of `COMPARED_FACETS`; ``concept`` a curie or ``own:Name``."""

    facet: str
    concept: str
    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Guard:
    """One condition; ``kinds`` are lower case (``exception``, ``consent``, ``request``, ``if``)."""

    kinds: frozenset[str]
    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement as it is compared; values inside its conditions are among ``values``."""

    id: str
    start: int
    end: int
    practice: str
    denied: bool
    quote: str = ""
    values: tuple[Value, ...] = ()
    guards: tuple[Guard, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A gold file with the text it was annotated on.

    ``source`` are the text's bytes, ``text`` their UTF-8 decoding, which all offsets index. ``broader`` holds the
    ``<…>`` of the file's ``own:`` values: ``own:Name`` → curies.
    """

    name: str
    path: Path
    text_path: Path
    source: bytes
    text: str
    facts: tuple[Fact, ...]
    broader: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """Hex digest of the source bytes: the ``cg:sha256`` of the version it belongs to."""
        return hashlib.sha256(self.source).hexdigest()


def covers_half(first: tuple[int, int], second: tuple[int, int]) -> int:
    """The overlap in code points if it is at least half of the shorter range, else 0."""
    overlap = min(first[1], second[1]) - max(first[0], second[0])
    shorter = min(first[1] - first[0], second[1] - second[0])
    return overlap if overlap > 0 and 2 * overlap >= shorter else 0
