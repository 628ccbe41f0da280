"""How much of the phrase inventories the lexicons cover.

In: ``phrases-<lang>.tsv`` (columns facet, policies, times, phrase): words that annotators of public corpora marked for
a facet, or frequent word sequences. Out: by facet, how many phrases the lexicon reads as a value of that facet, how
many ``not-concepts.toml`` lists with a reason, and which are left.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ...ontology import lexicon
from ..extract.facets import values
from ..extract.reading import Reading
from ..extract.view import fold
from .model import EvaluateError

#: For each facet of the inventories the facets that a value of ours may have, and the cue tables that read such words.
_READ_AS: Mapping[str, tuple[frozenset[str], tuple[str, ...]]] = {
    "data_category": (frozenset({"dataCategory"}), ()),
    "purpose": (frozenset({"purpose"}), ()),
    "recipient": (frozenset({"recipient", "authority"}), ()),
    "data_subject": (frozenset({"dataSubject"}), ()),
    "legal_basis": (frozenset({"legalBasis", "applicableLaw"}), ("conditions",)),
    "right": (frozenset({"right"}), ("predicates",)),
    "retention": (frozenset({"retention"}), ()),
    "source": (frozenset({"source", "recipient"}), ()),
    "controller": (frozenset({"recipient"}), ("subjects",)),
    "condition": (frozenset({"legalBasis", "right"}), ("conditions", "structure", "exceptions", "topics")),
    "practice": (frozenset(), ("predicates",)),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of an inventory; ``policies`` is how many gave it, ``times`` how often."""

    facet: str
    policies: int
    times: int
    text: str


@dataclass(slots=True)
class Coverage:
    """The phrases of one facet: how many there are, are read, are listed as no concept, and which are left."""

    facet: str
    phrases: int = 0
    read: int = 0
    listed: int = 0
    left: list[Phrase] = field(default_factory=list)

    @property
    def share(self) -> float | None:
        """The part that is read or listed."""
        return (self.read + self.listed) / self.phrases if self.phrases else None


def load_inventory(path: str | Path) -> list[Phrase]:
    """Read an inventory. Raises `EvaluateError` if it has not the columns."""
    place = Path(path)
    try:
        text = place.read_text(encoding="utf-8")
        rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Phrase(row["facet"], int(row["policies"]), int(row["times"]), row["phrase"]) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EvaluateError(
            f"The inventory {place} cannot be read: {type(error).__name__} {error}.",
            mend="It needs the columns facet, policies, times and phrase, parted by tabs.",
        ) from error


@cache
def not_concepts(language: str) -> Mapping[str, str]:
    """The phrases that a lexicon language lists as no concept, folded, with the reason; empty without such a list."""
    path = lexicon.FOLDER / language / "not-concepts.toml"
    if not path.exists():
        return {}
    known = lexicon.load_lexicon(language)
    listed = tomllib.loads(path.read_text(encoding="utf-8")).get("phrases", {})
    return {_key(phrase, known): reason for phrase, reason in listed.items()}


def inventory_coverage(phrases: Iterable[Phrase], language: str, *, policies: int = 3) -> list[Coverage]:
    """Coverage by facet (``right:erase`` under ``right``) of the phrases that ``policies`` or more gave.

    ``language`` is one of the lexicon's. Facets that name no facet (``2-gram``) are read as anything at all.
    """
    listed = not_concepts(language)
    known = lexicon.load_lexicon(language)
    found: dict[str, Coverage] = {}
    for phrase in phrases:
        if phrase.policies < policies:
            continue
        facet = phrase.facet.partition(":")[0]
        row = found.setdefault(facet, Coverage(facet))
        row.phrases += 1
        if is_read(phrase.text, facet, language):
            row.read += 1
        elif _key(phrase.text, known) in listed:
            row.listed += 1
        else:
            row.left.append(phrase)
    return list(found.values())


def is_read(phrase: str, facet: str, language: str) -> bool:
    """Whether the lexicon reads anything in the phrase as a value, or cue, of the facet (of any, if it is none)."""
    reading = Reading(phrase, language)
    sentence = reading.sentence(0, len(phrase))
    named = {value.mention.facet for value in values(sentence, [])}
    if facet not in _READ_AS:
        return bool(named) or any(sentence.hits(layer) for layer in reading.layers)
    facets, layers = _READ_AS[facet]
    return bool(named & facets) or any(sentence.hits(layer) for layer in layers)


def _key(phrase: str, known: lexicon.Lexicon) -> str:
    return " ".join(fold(phrase, known).split()).strip(" \"'“”.,;:，。；：")
