"""Periods as ISO 8601 durations with their days and bound; what is no retention period."""

from __future__ import annotations

import re

import pytest

from .reads import only, read

DURATION = re.compile(r"P(?:\d+Y|\d+M|\d+D|T\d+H|T\d+M)")


@pytest.mark.parametrize(
    ("language", "sentence", "value", "days", "bound"),
    [
        ("en", "We keep your address for 180 days.", "P180D", 180, "Exactly"),
        ("en", "We keep your orders for two years.", "P2Y", 730, "Exactly"),
        ("en", "We keep your data for two (2) years.", "P2Y", 730, "Exactly"),
        ("en", "We retain your data for up to 6 months.", "P6M", 180, "AtMost"),
        ("en", "We keep your data for at least 3 weeks.", "P21D", 21, "AtLeast"),
        ("cs", "Údaje uchováváme po dobu 10 let.", "P10Y", 3650, "Exactly"),
        ("cs", "Údaje uchováváme nejdéle 30 dnů.", "P30D", 30, "AtMost"),
        ("cs", "Údaje uchováváme po dobu tří měsíců.", "P3M", 90, "Exactly"),
        ("cs", "Údaje uchováváme nejvýše 24 hodin.", "PT24H", 1, "AtMost"),
        ("zh-Hant", "我們保存您的資料三年。", "P3Y", 1095, "Exactly"),
        ("zh-Hant", "我們保存您的資料最長180天。", "P180D", 180, "AtMost"),
        ("zh-Hans", "我们保留您的信息六个月。", "P6M", 180, "Exactly"),
        ("zh-Hans", "我们保留您的日志至少30天。", "P30D", 30, "AtLeast"),
        ("zh-Hans", "我们保存您的信息两年。", "P2Y", 730, "Exactly"),
        ("zh-Hans", "我们保留您的信息十五天。", "P15D", 15, "Exactly"),
        ("zh-Hant", "我們保存您的資料半年。", "P6M", 180, "Exactly"),
        ("zh-Hans", "我们保留您的信息一年半。", "P18M", 540, "Exactly"),
    ],
)
def test_periods(language: str, sentence: str, value: str, days: float, bound: str) -> None:
    statement = only(read(sentence, language), "Retain")
    assert statement.duration is not None
    assert DURATION.fullmatch(statement.duration.value)
    assert (statement.duration.value, statement.duration.days, statement.duration.bound) == (value, days, bound)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "We do not collect data of children under 13 years of age."),
        ("en", "We keep your data as long as necessary."),
        ("zh-Hans", "我们不收集未满14周岁儿童的信息。"),
        ("zh-Hant", "我們自2020年起蒐集您的資料。"),
        ("cs", "Neshromažďujeme údaje dětí mladších 15 let."),
    ],
)
def test_an_age_a_year_and_a_need_are_no_periods(language: str, sentence: str) -> None:
    assert [s for s in read(sentence, language).statements if s.duration] == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "We keep your data as long as necessary."),
        ("en", "We keep your data for 180 days."),
        ("zh-Hans", "我们保留您的信息六个月。"),
    ],
)
def test_a_retention_statement_says_which_kind(language: str, sentence: str) -> None:
    assert any(mention.facet == "retention" for mention in only(read(sentence, language), "Retain").mentions)
