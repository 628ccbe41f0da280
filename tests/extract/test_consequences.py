"""What follows if data is not given, and what others give to the controller."""

from __future__ import annotations

import pytest

from .reads import only, read


@pytest.mark.parametrize(
    ("language", "sentence", "words"),
    [
        ("en", "If you do not provide your address, we cannot deliver your parcel.", "cannot deliver your parcel"),
        ("en", "Without this data we are unable to process your application.", "unable to process your application"),
        ("cs", "Pokud údaje neposkytnete, nelze uzavřít kupní smlouvu.", "nelze uzavřít kupní smlouvu"),
        ("zh-Hant", "若您不提供個人資料,將無法完成註冊。", "無法完成註冊"),
        ("zh-Hans", "如您拒绝提供手机号码,您将无法使用配送服务。", "无法使用配送服务"),
    ],
)
def test_what_follows_is_said_of_a_choice_with_its_words(language: str, sentence: str, words: str) -> None:
    extraction = read(sentence, language)
    statement = only(extraction, "OfferChoice")
    told = [extraction.document.text[m.start : m.end] for m in statement.mentions if m.facet == "consequence"]
    assert told == [words]
    assert not any(one.denied for one in extraction.statements)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "We do not provide your address to couriers and cannot see your orders."),
        ("en", "If you do not provide your location, you can still use the app."),
        ("zh-Hans", "我们不向广告商提供信息,也无法获取您的位置。"),
    ],
)
def test_nothing_follows_where_the_controller_withholds_or_nothing_is_lost(language: str, sentence: str) -> None:
    mentions = [m for one in read(sentence, language).statements for m in one.mentions]
    assert not any(m.facet == "consequence" for m in mentions)


@pytest.mark.parametrize(
    ("language", "sentence", "givers"),
    [
        ("en", "Our partners may share your address with us.", "Our partners"),
        ("en", "Third parties provide us with your address.", "Third parties"),
        ("cs", "Dopravce nám poskytuje vaši adresu.", "Dopravce"),
        ("zh-Hans", "我们的合作伙伴可能会向我们共享您的地址。", "合作伙伴"),
    ],
)
def test_what_others_give_us_is_collected_from_them(language: str, sentence: str, givers: str) -> None:
    extraction = read(sentence, language)
    assert {one.practice for one in extraction.statements} == {"Collect"}
    statement = only(extraction, "Collect")
    assert statement.actor == "DataController"
    sources = [extraction.document.text[m.start : m.end] for m in statement.mentions if m.facet == "source"]
    assert any(givers in words or words in givers for words in sources)
    assert not any(m.facet == "recipient" for m in statement.mentions)


def test_what_we_share_with_those_who_serve_us_is_shared() -> None:
    extraction = read("We share your data with our partners, who provide us with analytics.", "en")
    assert {one.practice for one in extraction.statements} == {"Share"}


def test_a_denial_takes_nothing_from_a_clause_that_affirms() -> None:
    extraction = read("我们不会出售您的信息,但会将您的地址提供给快递公司。", "zh-Hans")
    denied = only(extraction, "Sell", denied=True)
    assert {m.concept for m in denied.mentions} == {"PersonalData"}
    assert "LogisticsProvider" in {m.concept for m in only(extraction, "Share").mentions}
