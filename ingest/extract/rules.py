"""The rule extractor: from clauses to statements by the lexicon alone.

In: `Document` and its clauses. Out: `Extraction` with statements, parties, title and dates. Every mention and
statement names the rules that made it; whole rule families can be switched off (`off`) to see what they bring.
"""

from __future__ import annotations

from ...ontology.lexicon import lexicon_language
from ..records import Clause, Document, Extraction, Party
from .abroad import seen_from
from .confidence import with_confidence
from .contacts import with_contacts
from .dates import policy_dates
from .facts import FAMILIES
from .organisations import organisations
from .parties import acting_names, controller
from .reader import DocumentReader
from .reading import Reading
from .titles import title

__all__ = ["FAMILIES", "RuleExtractor"]


class RuleExtractor:
    """Predicate frames over clauses; one lexicon a language. Deterministic, stateless between documents."""

    name = "rules"
    version = "1"

    def __init__(self, off: frozenset[str] = frozenset()) -> None:
        """``off``: names of rule families (`FAMILIES`) to leave out."""
        unknown = off - set(FAMILIES)
        if unknown:
            raise ValueError(f"unknown rule families: {', '.join(sorted(unknown))}; known: {', '.join(FAMILIES)}")
        self.off = off

    def reader(self, document: Document, clauses: tuple[Clause, ...], reading: Reading, owner: Party) -> DocumentReader:
        """What reads one document; a subclass may watch it."""
        return DocumentReader(document, clauses, reading, owner, self.off)

    def extract(self, document: Document, clauses: tuple[Clause, ...]) -> Extraction:
        """Everything the rules read from one document. Languages without a lexicon give clauses and a warning."""
        language = lexicon_language(document.language)
        effective, modified, bare = policy_dates(document.text, clauses)
        name = title(document.text, clauses, document.title)
        if language is None:
            warning = f"No lexicon for the language {document.language}: clauses only, no statements."
            return Extraction(
                document,
                clauses,
                title=name,
                effective_date=effective,
                modified=modified,
                date=bare,
                extractor=self.name,
                warnings=(*document.warnings, warning),
            )
        reading = Reading(document.text, language)
        owner = controller(document.text, reading, clauses)
        reading.know_companies(organisations(document.text, words=reading.words))
        reading.know_actors(
            [name for name in (owner.name, *owner.aliases, *acting_names(document.text, reading)) if name]
        )
        run = self.reader(document, clauses, reading, owner)
        run.read()
        read = seen_from(document, run.statements)
        statements, parties = with_contacts(reading, clauses, read, run.parties.values(), owner)
        warnings = document.warnings
        if not owner.name:
            words = document.text[owner.start : owner.end]
            warnings = (
                *warnings,
                "The controller is not named" + (f"; the text calls itself “{words}”." if words else "."),
            )
        return Extraction(
            document,
            clauses,
            with_confidence(statements),
            tuple(parties),
            owner.key,
            name,
            effective,
            modified,
            bare,
            self.name,
            warnings,
        )
