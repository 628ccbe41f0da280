"""Lines that begin with a label: "Recipients: couriers"."""

from __future__ import annotations

import pytest

from .reads import only, read, stated, values


@pytest.mark.parametrize(
    ("language", "line", "practice", "facet", "concept"),
    [
        ("en", "Data: e-mail address, first name", "Collect", "dataCategory", "EmailAddress"),
        ("en", "Recipients: couriers and accountants", "Share", "recipient", "LogisticsProvider"),
        ("en", "Why: to answer your enquiry", "Use", "purpose", "CommunicationForCustomerCare"),
        ("en", "Legal basis: law", "Use", "legalBasis", "LegalObligation"),
        ("cs", "Údaje: jméno a telefon", "Collect", "dataCategory", "TelephoneNumber"),
        ("zh-Hans", "接收方：快递公司。", "Share", "recipient", "LogisticsProvider"),
        ("zh-Hant", "個人資料類別：姓名、電話", "Collect", "dataCategory", "TelephoneNumber"),
    ],
)
def test_a_label_says_what_its_line_states(language: str, line: str, practice: str, facet: str, concept: str) -> None:
    assert concept in values(only(read(line, language), practice), facet)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Shared with: nobody"),
        ("en", "Recipients: none"),
        ("en", "Data sold: none"),
        ("cs", "Příjemci: nikdo"),
        ("cs", "Předávání do třetích zemí: ne"),
        ("zh-Hans", "接收方：无"),
        ("cs", "Účel: nikoli marketing"),
        ("en", "Purpose: never for advertising"),
        ("zh-Hant", "利用對象：無"),
    ],
)
def test_a_label_with_nothing_behind_it_denies(language: str, line: str) -> None:
    found = stated(read(line, language))
    assert found and all(denied for _, denied in found)


def test_a_term_is_no_label() -> None:
    statement = only(read("相机权限：用于扫描二维码。", "zh-Hans"), "Use")
    assert values(statement, "dataCategory") == {"CameraPermission"}


def test_the_words_of_a_label_are_no_values() -> None:
    statement = only(read("个人信息类型：手机号码、姓名。", "zh-Hans"), "Collect")
    assert values(statement, "dataCategory") == {"TelephoneNumber", "Name"}
