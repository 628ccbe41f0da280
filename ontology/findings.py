"""What a check of alignments finds, and the kinds of relation that it tells apart.

In: nothing. Out: `Finding`, the titles of its kinds, the relations that make two terms equal, put one above the
other, or merely near.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from .terms import OWL, RDFS, SKOS

__all__ = ["BROAD", "EXACT", "KINDS", "NARROW", "PLAIN", "RELATED", "WORDS", "Finding"]

Kind = Literal["unknown", "given-up", "renamed", "own", "literal", "wrong-kind", "denial", "contradiction", "unmatched"]
#: What each kind of finding means, for people.
KINDS: Final[Mapping[Kind, str]] = {
    "unknown": "Terms that do not exist",
    "renamed": "Terms that were renamed",
    "given-up": "Terms that were given up",
    "own": "Names of ours that do not exist",
    "literal": "Matches that lead to text",
    "wrong-kind": "Properties and classes confused",
    "denial": "Denials aligned with what affirms",
    "contradiction": "Matches that contradict each other",
    "unmatched": "Concepts without a match",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault or note. ``subject`` and ``objects`` are IRIs, ``where`` the files or graphs that say it.

    ``message`` is a sentence; ``mend`` says what to do, "" where nothing is known. Only errors make the check fail.
    """

    kind: Kind
    subject: str
    objects: tuple[str, ...]
    where: tuple[str, ...]
    message: str
    mend: str = ""
    severity: Literal["error", "note"] = "error"


EXACT: Final = frozenset({SKOS + "exactMatch", OWL + "equivalentClass", OWL + "equivalentProperty", OWL + "sameAs"})
BROAD: Final = frozenset({SKOS + "broadMatch", SKOS + "broader", RDFS + "subClassOf", RDFS + "subPropertyOf"})
NARROW: Final = frozenset({SKOS + "narrowMatch", SKOS + "narrower"})
RELATED: Final = frozenset({SKOS + "relatedMatch"})
#: Hierarchies, which need not lead to another vocabulary and may come beside a match.
PLAIN: Final = frozenset({SKOS + "broader", SKOS + "narrower", RDFS + "subClassOf", RDFS + "subPropertyOf"})
WORDS: Final = (("exact to", EXACT), ("below", BROAD), ("above", NARROW), ("related to", RELATED))
