"""Short ways from a few words to what the rules read from them, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

from clausegraph.ingest.pipeline import process
from clausegraph.ingest.read import read_bytes
from clausegraph.ingest.records import Extraction, Statement
from clausegraph.ontology.lexicon import Form, Lexicon

TITLES = {
    "en": "Privacy Policy\n\n",
    "cs": "Zásady ochrany osobních údajů\n\n",
    "zh-Hant": "隱私權政策\n\n",
    "zh-Hans": "隐私政策\n\n",
}


def read(text: str, language: str = "en", *, title: bool = True) -> Extraction:
    """What the rules read from a tiny policy: a title and the text."""
    source = (TITLES[language] if title else "") + text + "\n"
    return process(read_bytes(source.encode(), name="made-up.txt", key="made-up", language=language))


def stated(extraction: Extraction) -> set[tuple[str, bool]]:
    """(practice, denied) of every statement."""
    return {(statement.practice, statement.denied) for statement in extraction.statements}


def only(extraction: Extraction, practice: str, *, denied: bool = False) -> Statement:
    """The first statement of that practice and polarity."""
    found = [one for one in extraction.statements if one.practice == practice and one.denied is denied]
    assert found, f"no {practice} (denied: {denied}) in {stated(extraction)}"
    return found[0]


def values(statement: Statement, facet: str) -> set[str]:
    """The concepts of one facet."""
    return {mention.concept for mention in statement.mentions if mention.facet == facet}


def ranges(extraction: Extraction) -> Iterator[tuple[int, int]]:
    """Every range that is evidence for something."""
    for statement in extraction.statements:
        yield statement.start, statement.end
        yield from ((mention.start, mention.end) for mention in statement.mentions)
        for condition in statement.conditions:
            yield condition.start, condition.end
            yield from ((mention.start, mention.end) for mention in condition.mentions)
    yield from ((party.start, party.end) for party in extraction.parties if party.name)


def lexicon(unit: str, *forms: Form, stemmer: str = "english", **cues: dict[str, list[str] | str]) -> Lexicon:
    """A lexicon of the given forms alone."""
    return Lexicon("xx", unit, stemmer if unit == "words" else "", forms, cues, {}, ())
