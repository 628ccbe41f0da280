"""When a statement holds: effect, kinds and the words of each condition, and the zones they are read from."""

from __future__ import annotations

import pytest

from clausegraph.ingest.extract.reading import Reading
from clausegraph.ingest.extract.zones import zones

from .reads import only, read, values

CASES = [
    (
        "en",
        "We share your address with couriers if you order a kettle.",
        False,
        "OnlyIf",
        "If",
        "if you order a kettle",
    ),
    ("en", "When you register, we share your name with partners.", False, "OnlyIf", "If", "When you register"),
    ("en", "We rarely share your city with partners.", False, "OnlyIf", "If", "rarely"),
    ("en", "In some cases, we share your city with partners.", False, "OnlyIf", "If", "In some cases"),
    ("en", "We share your name with partners only with your consent.", False, "OnlyIf", "Consent", "with your consent"),
    (
        "en",
        "We do not share your city unless the law requires it.",
        True,
        "Unless",
        "Exception",
        "unless the law requires it",
    ),
    ("en", "We do not share your city with anyone except couriers.", True, "Unless", "Exception", "except couriers"),
    (
        "cs",
        "Vaše údaje předáme dopravci, pokud si objednáte konvici.",
        False,
        "OnlyIf",
        "If",
        "pokud si objednáte konvici",
    ),
    ("cs", "Vaše údaje předáme partnerům pouze s vaším souhlasem.", False, "OnlyIf", "Consent", "s vaším souhlasem"),
    ("cs", "Vaše údaje nepředáme nikomu s výjimkou dopravce.", True, "Unless", "Exception", "s výjimkou dopravce"),
    (
        "cs",
        "Vaše údaje nepředáme třetím stranám bez vašeho souhlasu.",
        True,
        "Unless",
        "Consent",
        "bez vašeho souhlasu",
    ),
    ("zh-Hant", "如果您訂購茶壺，我們會將您的地址提供給物流業者。", False, "OnlyIf", "If", "如果您訂購茶壺"),
    ("zh-Hant", "經您同意後，我們會將您的地址提供給合作夥伴。", False, "OnlyIf", "Consent", "經您同意後"),
    ("zh-Hant", "未經您同意，我們不會將您的地址提供給第三方。", True, "Unless", "Consent", "未經您同意"),
    ("zh-Hant", "除法律另有規定外，我們不會將您的地址提供給第三方。", True, "Unless", "Exception", "除法律另有規定外"),
    ("zh-Hans", "当您下单时，我们会与物流公司共享您的地址。", False, "OnlyIf", "If", "当您下单时"),
    ("zh-Hans", "未经您同意，我们不会向第三方共享您的地址。", True, "Unless", "Consent", "未经您同意"),
    ("zh-Hans", "除物流公司外，我们不会与任何人共享您的地址。", True, "Unless", "Exception", "除物流公司外"),
    ("zh-Hans", "如果法律要求，我们会向主管机关共享您的地址。", False, "OnlyIf", "If", "如果法律要求"),
    ("zh-Hans", "根据您的要求，我们会与物流公司共享您的地址。", False, "OnlyIf", "Request", "根据您的要求"),
    ("cs", "Objednáte-li si konvici, předáme vaši adresu dopravci.", False, "OnlyIf", "If", "Objednáte-li si konvici"),
    (
        "cs",
        "Vaše údaje nepředáme třetím stranám, pokud nám to neukládá zákon.",
        True,
        "Unless",
        "Exception",
        "pokud nám to neukládá zákon",
    ),
    ("zh-Hant", "本公司會在您同意後提供您的位置給物流業者。", False, "OnlyIf", "Consent", "在您同意後"),
]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "We keep your name for as long as reasonably necessary to deliver your order."),
        ("en", "We store your name in the countries where we operate."),
        ("en", "We share your name, if any, with couriers."),
        ("zh-Hans", "同时，我们会收集您的地址。"),
        ("cs", "Souhlas můžete kdykoli odvolat."),
    ],
)
def test_what_only_opens_like_a_condition_sets_none(language: str, sentence: str) -> None:
    assert not any(one.conditions for one in read(sentence, language).statements)


@pytest.mark.parametrize(("language", "sentence", "denied", "effect", "kind", "words"), CASES)
def test_conditions(language: str, sentence: str, denied: bool, effect: str, kind: str, words: str) -> None:
    extraction = read(sentence, language)
    statement = only(extraction, "Share", denied=denied)
    assert statement.conditional
    told = [(c.effect, c.kinds, extraction.document.text[c.start : c.end]) for c in statement.conditions]
    assert told == [(effect, (kind,), words)]


@pytest.mark.parametrize(
    "sentence",
    ["We do not share your name without your consent.", "Without your consent we do not share your name."],
)
def test_without_consent(sentence: str) -> None:
    statement = only(read(sentence), "Share", denied=True)
    assert [(c.effect, c.kinds) for c in statement.conditions] == [("Unless", ("Consent",))]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "We share your address with couriers."),
        ("cs", "Vaše údaje nesdílíme s třetími stranami."),
        ("zh-Hant", "我們不會將您的個人資料提供給第三方。"),
        ("zh-Hans", "我们会与物流公司共享您的地址。"),
    ],
)
def test_no_condition_is_invented(language: str, sentence: str) -> None:
    assert [c for s in read(sentence, language).statements for c in s.conditions] == []


def test_values_of_an_exception_are_its_own() -> None:
    """Who is excepted from a denial is no recipient of the denial."""
    statement = only(read("除物流公司外，我们不会与任何人共享您的地址。", "zh-Hans"), "Share", denied=True)
    assert "LogisticsProvider" not in values(statement, "recipient")
    assert [m.concept for c in statement.conditions for m in c.mentions] == ["LogisticsProvider"]


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("en", "If you order, we share your name.", [("condition", "If you order")]),
        ("en", "We share nothing except your name.", [("exception", "except your name.")]),
        ("en", "We collect your city, but not your name.", [("denied", "not your name")]),
        ("zh", "如果您下单，我们共享地址。", [("condition", "如果您下单")]),
        ("zh", "除姓名外，我们不收集信息。", [("exception", "除姓名外")]),
        ("zh", "为了寄送商品，我们使用地址。", [("purpose", "为了寄送商品")]),
        ("en", "We collect your name.", []),
    ],
)
def test_zones(language: str, sentence: str, expected: list[tuple[str, str]]) -> None:
    reading = Reading(sentence, language)
    found = zones(reading.sentence(0, len(sentence)))
    assert [(zone.kind, sentence[zone.start : zone.end]) for zone in found] == expected
    assert all(zone.start <= zone.cue <= zone.end for zone in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "Backups are deleted after 35 days.",
        "We use your visits to understand where visitors come from.",
        "You can opt out by visiting the settings page.",
    ],
)
def test_a_date_a_means_and_what_is_found_out_are_no_conditions(sentence: str) -> None:
    assert not any(one.conditions for one in read(sentence, "en").statements)
