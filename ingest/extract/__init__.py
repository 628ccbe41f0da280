"""From clauses to statements: the rule extractor and the protocol that other extractors satisfy."""

from __future__ import annotations

from typing import Protocol

from ..records import Clause, Document, Extraction
from .rules import FAMILIES, RuleExtractor

__all__ = ["FAMILIES", "Extractor", "RuleExtractor"]


class Extractor(Protocol):
    """Anything that reads statements from a segmented document. Found by the entry point ``clausegraph.extractors``.

    ``version`` changes whenever the output may. It may have ``libraries``, names of distributions that decide, too.
    """

    name: str
    version: str

    def extract(self, document: Document, clauses: tuple[Clause, ...]) -> Extraction:
        """Everything read from one document."""
        ...
