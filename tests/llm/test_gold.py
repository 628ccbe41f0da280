"""Two models that know the gold: one that tells it all, one that calls every denial affirmed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clausegraph.ingest.evaluate import load_gold
from clausegraph.ingest.llm.crosscheck import read_by_rules
from clausegraph.ingest.llm.gather import Gathering
from clausegraph.ingest.llm.pieces import pieces
from clausegraph.ingest.llm.schema import Answer, Stated
from clausegraph.ingest.read import read_bytes
from clausegraph.ingest.records import Statement
from clausegraph.ingest.segment import segment

#: Documents that the rules are tuned on, one or two a language.
DOCUMENTS = ("001", "en1", "en5", "cs1", "cs2", "hant1", "hans3")
#: The least share of gold's statements that a perfect reader gets through, and the most denials that a liar turns.
KEPT, TURNED = 0.85, 0.1

pytestmark = [pytest.mark.shared, pytest.mark.slow]


def gathered(shared: Path, *, lying: bool) -> Iterator[tuple[list[Stated], tuple[Statement, ...], str]]:
    """For each document what the model says, what comes of it, and the text."""
    files = [shared / "gold" / f"{name}.jsonl" for name in DOCUMENTS]
    for gold in load_gold(files, [shared / "gold" / "texts", shared / "seeds"]):
        document = read_bytes(gold.source, name=gold.text_path.name, key=gold.name)
        clauses = segment(document)
        _, rules = read_by_rules(document, clauses)
        assert rules is not None
        said = [
            Stated(
                quote=gold.text[fact.start : fact.end],
                practice=fact.practice,
                polarity="denied" if fact.denied and not lying else "affirmed",
            )
            for fact in gold.facts
            if fact.denied or not lying
        ]
        gathering = Gathering(document.text, clauses, rules, "gold")
        for piece in pieces(document.text, clauses):
            shown = document.text[piece.start : piece.end]
            gathering.take(piece, Answer(statements=[one for one in said if one.quote in shown]))
        yield said, gathering.statements(), document.text


def test_what_a_perfect_reader_says_comes_through(shared: Path) -> None:
    said = kept = 0
    for stated, statements, text in gathered(shared, lying=False):
        made = [(one.practice, one.denied, text[one.start : one.end]) for one in statements]
        said += len(stated)
        kept += sum(
            any(p == one.practice and d == (one.polarity == "denied") and one.quote.strip() in q for p, d, q in made)
            for one in stated
        )
    assert kept >= KEPT * said


def test_a_reader_that_calls_denials_affirmed_is_not_believed(shared: Path) -> None:
    said = turned = 0
    for stated, statements, _ in gathered(shared, lying=True):
        said += len(stated)
        turned += len(statements)
    assert said > 30
    assert turned <= TURNED * said
