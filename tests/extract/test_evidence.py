"""Random policies out of our own sentences: every range is evidence, the same input gives the same extraction."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausegraph.ingest.records import FACETS, PRACTICES, Extraction
from clausegraph.ontology.lexicon import LANGUAGES, SCHEMES, load_lexicon
from clausegraph.ontology.vocabulary import load_vocabulary

from .reads import ranges, read
from .test_conditions import CASES
from .test_lists import EXCEPTIONS
from .test_practices import TABLES

PIECES = {
    language: [row[0] for row in rows]
    + [case[1] for case in CASES if case[0] == language]
    + [text for other, text, _ in EXCEPTIONS if other == language]
    for language, rows in TABLES.items()
}
FRAME = [
    "{}",
    "{}\n\n",
    "## {}\n\n",
    "- {}\n",
    "\n\n1. {}\n",
    "**{}** ",
    "| {} | x |\n",
    "{}\r\n",
    "\n({})",
    "„{}“ 🍵 ",
]


@st.composite
def policies(draw: st.DrawFn) -> tuple[str, str]:
    """(text, language) of a policy put together at random, sometimes in two languages."""
    language = draw(st.sampled_from(list(PIECES)))
    other = draw(st.sampled_from([language, language, *PIECES]))
    piece = st.sampled_from(PIECES[language] + PIECES[other][:4])
    parts = draw(st.lists(st.tuples(piece, st.sampled_from(FRAME)), min_size=1, max_size=10))
    return "".join(frame.format(words) for words, frame in parts), language


def check(extraction: Extraction) -> None:
    """What holds for every extraction."""
    text, concepts = extraction.document.text, load_vocabulary().concepts
    paths = {clause.path: clause for clause in extraction.clauses}
    for start, end in ranges(extraction):
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip()
    for index, statement in enumerate(extraction.statements):
        clause = paths[statement.clause]
        assert clause.start <= statement.start < statement.end <= clause.end
        assert statement.practice in PRACTICES and clause.kind not in ("Boilerplate", "Markup", "Contents")
        assert all(0 <= other < index for other in statement.exception_to)
        assert statement.inherits is None or 0 <= statement.inherits < index
        assert statement.confidence is None or 0 < statement.confidence < 1
        for mention in statement.mentions:
            assert mention.facet in (*FACETS, "consequence") and mention.rule
            assert mention.concept in concepts
            if mention.inherited_from:
                assert mention.inherited_from in paths
            else:
                assert statement.start <= mention.start < mention.end <= statement.end
        for condition in statement.conditions:
            assert statement.start <= condition.start < condition.end <= statement.end
            assert condition.kinds
    for party in extraction.parties:
        assert text[party.start : party.end] == party.name or not party.name


@settings(max_examples=120, deadline=None)
@given(policies())
def test_every_range_is_evidence_and_nothing_depends_on_chance(policy: tuple[str, str]) -> None:
    text, language = policy
    extraction = read(text, language)
    check(extraction)
    assert read(text, language) == extraction


@pytest.mark.parametrize(
    ("language", "items"),
    [
        ("en", ("We collect your name.", "You can opt out of marketing e-mails.", "We share it with couriers.")),
        ("cs", ("Shromažďujeme jméno.", "Z odběru novinek se můžete odhlásit.", "Předáváme je dopravcům.")),
        ("zh-Hant", ("我們蒐集您的姓名。", "您可以隨時取消訂閱電子報。", "我們會提供給物流業者。")),
        ("zh-Hans", ("我们收集您的姓名。", "您可以随时退订营销短信。", "我们会与物流公司共享。")),
    ],
)
def test_inherited_words_stand_in_the_clause_that_is_named(language: str, items: tuple[str, ...]) -> None:
    extraction = read("".join(f"- {item}\n" for item in items), language)
    paths = {clause.path: clause for clause in extraction.clauses}
    inherited = [m for s in extraction.statements for m in s.mentions if m.inherited_from]
    assert inherited, "the last item takes its data from the first"
    for mention in inherited:
        above = paths[mention.inherited_from]
        assert above.start <= mention.start < mention.end <= above.end


def test_a_quote_ends_with_a_visible_character() -> None:
    extraction = read("We share the names of all users with couriers;\xa0we never sell the cities of all users.")
    quotes = [extraction.document.text[s.start : s.end] for s in extraction.statements]
    assert len(quotes) == 2 and quotes == [quote.strip() for quote in quotes]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_concept_of_a_lexicon_is_one_of_the_vocabulary(language: str) -> None:
    forms = [form for form in load_lexicon(language).forms if form.layer in SCHEMES and form.id]
    assert {form.id for form in forms} - set(load_vocabulary().concepts) == set()
