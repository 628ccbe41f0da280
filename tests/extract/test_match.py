"""The lexicon's forms in a text: longest first, stems, exact forms, gaps, weak and blocked ones."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegraph.ingest.extract.match import Matcher, matcher
from clausegraph.ingest.extract.view import view
from clausegraph.ontology.lexicon import LANGUAGES, Form, load_lexicon

from .reads import lexicon

DATA = "data-categories"


def form(name: str, text: str, *, blocked: bool = False, weak: bool = False, layer: str = DATA) -> Form:
    return Form(layer, name, text, weak, blocked)


def found(text: str, unit: str, *forms: Form, stemmer: str = "english", layer: str = DATA) -> list[tuple[str, str]]:
    """(concept, the text's words) of each hit."""
    words = lexicon(unit, *forms, stemmer=stemmer)
    hits = Matcher(words).find(view(text, words)).get(layer, [])
    return [(hit.id, text[hit.start : hit.end]) for hit in hits]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Your e-mail address counts.", [("Email", "e-mail address")]),
        ("Your address counts.", [("Address", "address")]),
        ("Your E-MAIL ADDRESSES count.", [("Email", "E-MAIL ADDRESSES")]),
        ("Your e mail, address", [("Address", "address")]),
        ("Readdress it.", []),
        ("address; e-mail address", [("Address", "address"), ("Email", "e-mail address")]),
    ],
)
def test_the_longest_form_wins(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, "words", form("Address", "address"), form("Email", "e mail address")) == expected


def test_words_are_compared_by_their_stem() -> None:
    forms = (form("Cookie", "cookie"), form("Record", "medical record"))
    assert found("Cookies and medical records", "words", *forms) == [
        ("Cookie", "Cookies"),
        ("Record", "medical records"),
    ]
    address = form("Email", "e-mailová adresa")
    assert found("vašich e-mailových adres", "words", address, stemmer="czech") == [("Email", "e-mailových adres")]


def test_an_exact_form_is_not_found_by_its_stem() -> None:
    exact = form("Us", "=us")
    assert found("Tell us.", "words", exact) == [("Us", "us")]
    assert found("We use it; uses differ.", "words", exact) == []


def test_a_gap_holds_up_to_three_words_of_one_clause() -> None:
    gap = form("Pair", "share _ partner")
    assert found("share with partners", "words", gap) == [("Pair", "share with partners")]
    assert found("share it with our partners", "words", gap) == [("Pair", "share it with our partners")]
    assert found("share it with each of our partners", "words", gap) == []
    assert found("share it, with partners", "words", gap) == []


def test_a_gap_holds_up_to_eight_characters() -> None:
    gap = form("Pair", "向_提供")
    assert found("我们向合作伙伴提供信息", "chars", gap) == [("Pair", "向合作伙伴提供")]
    assert found("我们向一家非常非常遥远的公司提供信息", "chars", gap) == []
    assert found("我们向他，提供", "chars", gap) == []


def test_a_blocked_phrase_hides_the_forms_inside_it() -> None:
    forms = (form("Name", "name"), form("", "domain name", blocked=True))
    assert found("Your name, not the domain name.", "words", *forms) == [("Name", "name")]
    hidden = (form("Member", "会"), form("", "社会", blocked=True))
    assert found("社会会", "chars", *hidden) == [("Member", "会")]


def test_a_weak_form_is_marked() -> None:
    words = lexicon("words", form("Status", "status", weak=True), form("Name", "name"))
    hits = Matcher(words).find(view("status name", words))[DATA]
    assert [(hit.id, hit.form.weak) for hit in hits] == [("Status", True), ("Name", False)]


def test_layers_do_not_hide_each_other() -> None:
    forms = (form("Courier", "parcel courier", layer="recipients"), form("Parcel", "parcel"))
    assert found("a parcel courier", "words", *forms) == [("Parcel", "parcel")]
    assert found("a parcel courier", "words", *forms, layer="recipients") == [("Courier", "parcel courier")]


@pytest.mark.parametrize("script", ["個人資料", "个人资料", "個人資訊", "个人信息"])
def test_chinese_is_found_in_either_script(script: str) -> None:
    hits = matcher("zh").find(view(f"我們蒐集{script}。", load_lexicon("zh")))[DATA]
    assert [(hit.id, hit.start, hit.end) for hit in hits] == [("PersonalData", 4, 8)]


def test_latin_words_in_chinese_are_whole_words() -> None:
    ip = form("IP", "ip地址")
    assert found("您的IP地址和IP 地址", "chars", ip) == [("IP", "IP地址"), ("IP", "IP 地址")]
    assert found("ZIP地址", "chars", ip) == []


def test_the_czech_negative_prefix_is_seen() -> None:
    czech = load_lexicon("cs")
    for word, negated in (("sdílíme", False), ("nesdílíme", True), ("NEPRODÁVÁME", True), ("prodáváme", False)):
        hits = matcher("cs").find(view(f"{word} údaje", czech))["predicates"]
        assert hits and {hit.negated for hit in hits} == {negated}, word


@given(st.text(max_size=40), st.sampled_from(LANGUAGES))
def test_hits_are_in_order_and_never_overlap_in_part(text: str, language: str) -> None:
    seen = view("We share 個人信息 s partnery: " + text, load_lexicon(language))
    for hits in matcher(language).find(seen).values():
        for one, two in pairwise(hits):
            assert 0 <= one.start < one.end <= len(seen.text)
            assert one.end <= two.start or (one.start, one.end) == (two.start, two.end)
