"""The folded view: another spelling of the same length, so that every offset holds in both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegraph.ingest.extract.view import fold, view
from clausegraph.ontology.lexicon import LANGUAGES, load_lexicon

MARKS = st.sampled_from(
    ["**", "`", "](http://a.b)", "<b>", "{: .x}", "\\", "_a_", "https://a.b/c", "ＡＢ", "İ", "ß", "ﬁ"]
)
TEXTS = st.lists(st.one_of(st.text(max_size=8), MARKS, st.sampled_from(["資訊", "協力廠商", "帳號", "𠮷", "🍵"]))).map(
    "".join
)


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_folding_keeps_every_offset(text: str, language: str) -> None:
    seen = view(text, load_lexicon(language))
    assert seen.text == text and len(seen.folded) == len(text)
    position = 0
    for token in seen.tokens:
        assert position <= token.start < token.end and seen.folded[token.start : token.end] == token.text
        position = token.end
    assert seen.starts == tuple(token.start for token in seen.tokens)


@pytest.mark.parametrize(
    ("language", "text", "folded"),
    [
        ("en", "Our “Cookies”", 'our "cookies"'),
        ("cs", "ÚDAJE\xa0o Vás", "údaje o vás"),
        ("zh", "個人資料", "个人数据"),
        ("zh", "ＩＰ位址，（下稱）", "ip地址,(下称)"),
        ("en", "We **never** sell `it`", "we   never   sell  it "),
        ("en", "see [our page](https://a.example/x) now", "see [our page]" + " " * 21 + " now"),
        ("en", "a<br>b", "a    b"),
    ],
)
def test_what_is_folded(language: str, text: str, folded: str) -> None:
    assert fold(text, load_lexicon(language)) == folded


def test_folding_twice_changes_nothing() -> None:
    for language in LANGUAGES:
        once = fold("Naše **Údaje**, 個人資料（ＩＰ）", load_lexicon(language))
        assert fold(once, load_lexicon(language)) == once


def test_tokens_are_found_by_their_offset() -> None:
    seen = view("We sell, then rest.", load_lexicon("en"))
    assert [token.text for token in seen.tokens] == ["we", "sell", ",", "then", "rest", "."]
    assert [token.word for token in seen.tokens] == [True, True, False, True, True, False]
    assert (seen.token_at(0), seen.token_at(1), seen.token_at(3), seen.token_at(99)) == (0, 1, 1, 6)
