"""All stages in order, for one document or for many in worker processes.

In: `Document`s or sources. Out: `Extraction`s, or `Outcome`s with the N-Quads of each version's graph.
"""

from __future__ import annotations

from ..ontology import lexicon
from .extract import Extractor, RuleExtractor
from .records import Document, Extraction
from .segment import segment


def process(document: Document, extractor: Extractor | None = None) -> Extraction:
    """Segment and extract one document."""
    return (extractor or RuleExtractor()).extract(document, segment(document))


def lexicon_digest() -> str:
    """Digest of the lexicons the extractor reads."""
    return lexicon.digest()
