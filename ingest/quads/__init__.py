"""Turn an extraction into the named graph of its version.

In: an `Extraction` and the stamp of the extractor. Out: sorted N-Quads, byte-identical for the same input.
"""

from __future__ import annotations

from ..records import Extraction
from .iris import clause_iri, concept_iri, extractor_iri, party_iri, policy_iri, policy_key, version_iri
from .statements import add_statements, statement_iris
from .version import ExtractorStamp, Lines, add_clauses, add_parties, add_version

__all__ = [
    "ExtractorStamp",
    "clause_iri",
    "concept_iri",
    "extractor_iri",
    "party_iri",
    "policy_iri",
    "policy_key",
    "statement_iris",
    "version_iri",
    "version_quads",
]


def version_quads(extraction: Extraction, *, extractor: ExtractorStamp) -> bytes:
    """The version's graph: UTF-8 N-Quads, one graph (the version's IRI), sorted, no blank nodes, no line twice.

    Raises ValueError where the extraction contradicts itself (a party, clause or facet that does not exist).
    """
    lines = Lines(extraction, version_iri(extraction.document.key, extraction.document.sha256))
    add_version(lines, extractor)
    add_parties(lines)
    add_clauses(lines)
    add_statements(lines)
    return lines.text().encode()
