"""Whose policy it is, under which names, its title and its dates."""

from __future__ import annotations

import unicodedata

import pytest

from clausegraph.ingest.records import Extraction, Party

from .reads import TITLES, read


def owner(extraction: Extraction) -> Party:
    """The controller's party."""
    return next(party for party in extraction.parties if party.key == extraction.controller)


@pytest.mark.parametrize(
    ("language", "text", "name", "aliases"),
    [
        (
            "en",
            "Lumen Kettle Ltd (“we”, “us”, “Lumen”) runs this shop. We sell kettles.",
            "Lumen Kettle Ltd",
            ("Lumen",),
        ),
        ("en", "Lumen Kettle Ltd is the data controller. We collect your name.", "Lumen Kettle Ltd", ()),
        (
            "cs",
            "Kotlík s.r.o. (dále jen „Kotlík“) je správcem. Kotlík shromažďuje jméno.",
            "Kotlík s.r.o.",
            ("Kotlík",),
        ),
        ("cs", "Správcem osobních údajů je Kotlík s.r.o.\n\nShromažďujeme vaše jméno.", "Kotlík s.r.o.", ()),
        ("zh-Hant", "晨壺股份有限公司（以下稱「晨壺」或「我們」）經營本網站。", "晨壺股份有限公司", ("晨壺",)),
        ("zh-Hans", "本网站由杭州晨壶科技有限公司（以下简称“我们”）运营。", "杭州晨壶科技有限公司", ()),
        ("zh-Hant", "歡迎使用「晨壺」。我們蒐集您的姓名。晨壺會保護您的資料。", "晨壺", ()),
        ("cs", "Správcem osobních údajů je Kotlík s.r.o. Shromažďujeme vaše jméno.", "Kotlík s.r.o.", ()),
    ],
)
def test_the_controller_and_its_aliases(language: str, text: str, name: str, aliases: tuple[str, ...]) -> None:
    extraction = read(text, language)
    party = owner(extraction)
    assert (party.name, party.aliases) == (name, aliases)
    assert extraction.document.text[party.start : party.end] == name
    assert party.key == "".join(unicodedata.normalize("NFKC", name).casefold().split())
    assert not any("not named" in warning for warning in extraction.warnings)


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "We collect your name.", "We"),
        ("cs", "Shromažďujeme vaše jméno.", ""),
        ("zh-Hans", "本平台收集您的姓名。本平台不会出售您的姓名。", "本平台"),
        ("zh-Hant", "我們蒐集您的姓名。", "我們"),
    ],
)
def test_an_unnamed_controller_is_a_party_and_a_warning(language: str, text: str, words: str) -> None:
    extraction = read(text, language)
    party = owner(extraction)
    assert (party.name, party.key, extraction.controller) == ("", "", "")
    assert extraction.document.text[party.start : party.end] == words
    assert [warning for warning in extraction.warnings if "not named" in warning and words in warning]


def test_the_controllers_name_acts_as_we() -> None:
    text = "Lumen Kettle Ltd (“Lumen”, “we”) runs this shop.\n\nLumen does not sell your data."
    found = [s for s in read(text).statements if s.practice == "Sell"]
    assert [(s.denied, s.actor, s.of_controller) for s in found] == [(True, "DataController", True)]


def test_a_recipient_that_is_named_is_a_party_of_the_policy() -> None:
    extraction = read("We share your IP address with Google Analytics.")
    named = [m.party for s in extraction.statements for m in s.mentions if m.party]
    assert named and set(named) <= {party.key for party in extraction.parties}


@pytest.mark.parametrize("language", list(TITLES))
def test_the_title_is_the_heading_at_the_top(language: str) -> None:
    assert read("www.kettle.example", language).title == TITLES[language].strip()


def test_a_title_may_be_what_the_text_calls_itself() -> None:
    text = "感謝您使用本網站。我們依《晨壺隱私權政策》蒐集您的姓名。"
    assert read(text, "zh-Hant", title=False).title == "晨壺隱私權政策"


@pytest.mark.parametrize(
    ("language", "line", "effective", "modified", "bare"),
    [
        ("en", "Effective date: 3 May 2024", "2024-05-03", "", ""),
        ("en", "Last updated: May 3, 2024", "", "2024-05-03", ""),
        ("en", "Effective 2024-05-01. Last updated 2024-06-02.", "2024-05-01", "2024-06-02", ""),
        ("en", "3 May 2024", "", "", "2024-05-03"),
        ("en", "Last updated: 45 May 2024", "", "", ""),
        ("cs", "Účinné od 1. 5. 2024", "2024-05-01", "", ""),
        ("cs", "Naposledy aktualizováno 1. května 2024", "", "2024-05-01", ""),
        ("zh-Hans", "生效日期：2024年5月1日", "2024-05-01", "", ""),
        ("zh-Hans", "更新日期：2024年5月1日", "", "2024-05-01", ""),
        ("zh-Hant", "民國113年5月1日 施行", "2024-05-01", "", ""),
        ("zh-Hant", "最後更新：2024/05/01", "", "2024-05-01", ""),
        ("zh-Hant", "2024年13月1日", "", "", ""),
    ],
)
def test_dates(language: str, line: str, effective: str, modified: str, bare: str) -> None:
    extraction = read(line + "\n\n", language)
    assert (extraction.effective_date, extraction.modified, extraction.date) == (effective, modified, bare)
