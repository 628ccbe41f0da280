"""The parts on their own: pieces, places of quotes, concepts, the rules' veto."""

from __future__ import annotations

from itertools import pairwise

import pytest

from clausegraph.ingest.llm.concepts import concept_of
from clausegraph.ingest.llm.crosscheck import Rules, read_by_rules
from clausegraph.ingest.llm.found import place, places
from clausegraph.ingest.llm.pieces import Piece, pieces
from clausegraph.ingest.records import Mention
from clausegraph.ingest.segment import segment

from ..extract.reads import TITLES
from ..extract.test_polarity_cases import CASES, Case
from .conftest import policy

#: Denials of `polarity_cases.toml` that a lying model could still get affirmed. It may be lowered, never raised.
TURNED = 1


def cut(text: str, size: int) -> list[Piece]:
    document = policy(text)
    return list(pieces(document.text, segment(document), size))


LONG = "Privacy Policy\n\n1. Data\n\n" + "We collect your name. " * 40 + "\n\n2. More\n\nWe share it.\n"


@pytest.mark.parametrize("size", [60, 100, 200, 2400])
def test_pieces_are_bounded_and_lose_nothing(size: int) -> None:
    found = cut(LONG, size)
    assert all(0 < one.end - one.start <= size for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(one.end <= after.start for one, after in pairwise(found))
    text = policy(LONG).text
    said = "".join("".join(text[one.start : one.end].split()) for one in found)
    assert said == "".join(("We collect your name. " * 40 + "We share it.").split())


def test_a_sentence_longer_than_a_piece_is_cut() -> None:
    found = cut("Privacy Policy\n\n1. Data\n\n" + "word " * 100 + "end.\n", 120)
    assert len(found) > 3
    assert all(one.end - one.start <= 120 for one in found)


def test_a_piece_stays_under_its_heading_and_knows_its_list_head() -> None:
    text = (
        "Privacy Policy\n\n1. Data\n\nWe collect:\n\n- your name;\n- your address;\n- your voice.\n\n2. Sale\n\nNone.\n"
    )
    whole = cut(text, 2400)
    assert [[clause.heading for clause in one.headings][-1] for one in whole] == ["Data", "Sale"]
    assert [len(one.heads) for one in whole] == [0, 0]
    small = cut(text, 20)
    document = policy(text)
    heads = [document.text[clause.start : clause.end].strip() for one in small for clause in one.heads]
    assert heads
    assert set(heads) == {"We collect:"}


def test_a_quote_is_found_as_whole_words_or_not_at_all() -> None:
    text = "The page shows your age. Your age!"
    assert place(text, "age", 0, len(text)) == (20, 23)
    assert list(places(text, " age ", 0, len(text))) == [(20, 23), (30, 33)]
    assert place(text, "Age", 0, len(text)) is None
    assert place(text, "", 0, len(text)) is None
    assert place(text, "age", 0, 22) is None
    assert place("我們蒐集姓名。", "姓名", 0, 7) == (4, 6)
    assert place("用户ID和姓名", "ID", 0, 7) == (2, 4)


@pytest.mark.parametrize(
    ("facet", "word", "concept"),
    [
        ("dataCategory", "EmailAddress", "EmailAddress"),
        ("dataCategory", "pd:EmailAddress", "EmailAddress"),
        ("dataCategory", "https://w3id.org/dpv/pd#EmailAddress", "EmailAddress"),
        ("dataCategory", "e-mail address", "EmailAddress"),
        ("dataCategory", "Email Address", "EmailAddress"),
        ("dataCategory", "電子郵件地址", "EmailAddress"),
        ("storageLocation", "loc:TW", "Taiwan"),
        ("jurisdiction", "czechia", "Czechia"),
        ("jurisdiction", "https://w3id.org/dpv/loc#CZ", "Czechia"),
        ("recipient", "EmailAddress", None),
        ("dataCategory", "Emails", None),
        ("dataCategory", "", None),
        ("dataCategory", "nonsense:nonsense", None),
        ("dataCategory", "<bad iri>", None),
        ("colour", "EmailAddress", None),
    ],
)
def test_concepts_by_id_curie_iri_and_label(facet: str, word: str, concept: str | None) -> None:
    assert concept_of(facet, word) == concept


def read(case: Case) -> tuple[Rules, int, int]:
    document = policy(TITLES[case.language] + case.sentence + "\n", case.language)
    _, rules = read_by_rules(document, segment(document))
    assert rules is not None
    end = len(document.text.rstrip())
    return rules, end - len(case.sentence.rstrip()), end


def test_a_model_that_affirms_every_denial_gets_nearly_none_through() -> None:
    """Only what the rules read as an exception may be affirmed, and then not without the value that is excepted."""
    through = []
    for case in CASES["denied"]:
        rules, start, end = read(case)
        through += [
            f"{case.sentence} [{practice}]"
            for practice in sorted(case.practices)
            if rules.may_affirm(practice, start, end) and rules.may_hold(practice, start, end, []) is not None
        ]
    assert len(through) <= TURNED, "\n".join(through)


def test_what_is_affirmed_beside_a_negative_word_mostly_stays() -> None:
    kept = [
        rules.may_affirm(practice, start, end)
        for case in CASES["affirmed"]
        for practice in case.practices
        for rules, start, end in [read(case)]
    ]
    assert sum(kept) >= 0.85 * len(kept)  # "we never stop collecting": doubt costs a fact, not a wrong one


def test_an_exception_permits_what_it_names_alone() -> None:
    case = Case(
        "en", "We do not share your data with advertisers, except with our couriers.", frozenset({"Share"}), True
    )
    rules, start, end = read(case)
    text = rules.reading.view.text

    def mention(facet: str, words: str) -> Mention:
        at = text.index(words)
        return Mention(facet, "X", at, at + len(words), "llm:m")

    couriers, advertisers = mention("recipient", "couriers"), mention("recipient", "advertisers")
    data = mention("dataCategory", "your data")
    assert rules.may_affirm("Share", start, end)
    assert rules.may_hold("Share", start, end, [couriers, data]) == [couriers, data]
    assert rules.may_hold("Share", start, end, [couriers, advertisers]) == [couriers]
    assert rules.may_hold("Share", start, end, [advertisers, data]) is None
    assert rules.may_hold("Share", start, end, []) is None


def test_a_question_states_nothing() -> None:
    rules, start, end = read(Case("en", "Do we sell your data?", frozenset({"Sell"}), True))
    assert not rules.may_affirm("Sell", start, end)
    assert not rules.may_affirm("GrantRight", start, end)
