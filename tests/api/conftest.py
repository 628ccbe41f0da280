"""A small store for the API's tests: two policies built by hand, without reading or extracting anything."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest

from clausegraph.ingest.quads import ExtractorStamp, policy_iri, version_iri, version_quads
from clausegraph.ingest.records import (
    Clause,
    ClauseKind,
    Condition,
    Document,
    Duration,
    Extraction,
    Mention,
    Party,
    Statement,
)
from clausegraph.queries.store import MemoryStore, VersionGraph

STAMP = ExtractorStamp("rules", "0.1.0", "d1" * 32, "e2" * 32)

HEADING = "1. Data <we> collect"
SHARING = "We share your e-mail address with Printer Inc. in Norway to send the newsletter."
DENIAL = "We never sell your personal data, unless you give your consent."
KEEPING = "Log files are kept for at most 30 days."
ENGLISH = f"{HEADING}\n{SHARING}\n{DENIAL}\n{KEEPING}\n"

CZECH = "Kontakt\nNeprodáváme e-mailovou adresu.\n"


def place(text: str, words: str) -> tuple[int, int]:
    """Where words stand."""
    start = text.index(words)
    return start, start + len(words)


def lines(text: str, kinds: list[ClauseKind]) -> tuple[Clause, ...]:
    """One clause a line."""
    found: list[Clause] = []
    start = 0
    for order, (line, kind) in enumerate(zip(text.splitlines(keepends=True), kinds, strict=True)):
        heading = line.strip() if kind == "Heading" else ""
        parent = "" if kind == "Heading" else "1"
        path = "1" if kind == "Heading" else f"1.{order}"
        found.append(
            Clause(path, start, start + len(line), kind, order, "1." if heading else "", heading, start, parent)
        )
        start += len(line)
    return tuple(found)


def english() -> Extraction:
    """One sharing with a named recipient, one denial with an exception, one period."""
    statements = (
        Statement(
            *place(ENGLISH, SHARING),
            "1.1",
            "Share",
            modality="May",
            mentions=(
                Mention("dataCategory", "EmailAddress", *place(ENGLISH, "e-mail address"), "lexicon:EmailAddress"),
                Mention("recipient", "ThirdParty", *place(ENGLISH, "Printer Inc."), "party", party="printerinc."),
                Mention("recipientLocation", "Norway", *place(ENGLISH, "Norway"), "lexicon:Norway"),
                Mention("purpose", "Marketing", *place(ENGLISH, "send the newsletter"), "compose:send+newsletter"),
            ),
            rules=("share",),
        ),
        Statement(
            *place(ENGLISH, DENIAL),
            "1.2",
            "Sell",
            denied=True,
            mentions=(
                Mention("dataCategory", "PersonalData", *place(ENGLISH, "personal data"), "lexicon:PersonalData"),
            ),
            conditions=(
                Condition(
                    *place(ENGLISH, "unless you give your consent"),
                    "Unless",
                    ("Exception", "Consent"),
                    "cue:unless",
                    (Mention("legalBasis", "Consent", *place(ENGLISH, "your consent"), "lexicon:Consent"),),
                ),
            ),
        ),
        Statement(
            *place(ENGLISH, KEEPING),
            "1.3",
            "Retain",
            mentions=(
                Mention("retention", "FixedDuration", *place(ENGLISH, "30 days"), "duration", inherited_from="1"),
            ),
            duration=Duration("P30D", 30, "AtMost"),
        ),
    )
    parties = (
        Party("acmeltd", "Acme Ltd", 0, 0, ("Acme",), email="privacy@acme.example"),
        Party("printerinc.", "Printer Inc."),
    )
    document = Document("shop/privacy", ENGLISH, "en", hashlib.sha256(ENGLISH.encode()).hexdigest())
    clauses = lines(ENGLISH, ["Heading", "Paragraph", "Paragraph", "Paragraph"])
    return Extraction(document, clauses, statements, parties, "acmeltd", "Acme Privacy Policy", "2025-03-01")


def czech() -> Extraction:
    """A policy without a named controller that denies selling."""
    statement = Statement(
        *place(CZECH, "Neprodáváme e-mailovou adresu."),
        "1.1",
        "Sell",
        denied=True,
        mentions=(Mention("dataCategory", "EmailAddress", *place(CZECH, "e-mailovou adresu"), "lexicon:EmailAddress"),),
    )
    document = Document("cs", CZECH, "cs", hashlib.sha256(CZECH.encode()).hexdigest())
    clauses = lines(CZECH, ["Heading", "Paragraph"])
    return Extraction(document, clauses, (statement,), (Party("", ""),), "", "Zásady ochrany údajů")


def graph_of(extraction: Extraction) -> VersionGraph:
    """An extraction ready to be stored."""
    key, sha256 = extraction.document.key, extraction.document.sha256
    nquads = version_quads(extraction, extractor=STAMP)
    return VersionGraph(policy_iri(key), version_iri(key, sha256), sha256, STAMP.digest, nquads, "2025-11-24T10:00:00Z")


@pytest.fixture(scope="session")
def store() -> Iterator[MemoryStore]:
    """A store in memory with both policies. Tests must not write to it."""
    with MemoryStore() as made:
        assert made.put([graph_of(english()), graph_of(czech())]) == ["added", "added"]
        yield made
