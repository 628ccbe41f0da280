"""What list items and table rows take over from their head or heading, and exceptions that are items of their own."""

from __future__ import annotations

import pytest

from .reads import read, stated, values


@pytest.mark.parametrize(
    ("language", "head", "items", "denied"),
    [
        ("en", "We collect the following data:", {"your name;": "Name", "your e-mail address.": "EmailAddress"}, False),
        ("en", "We do not collect the following data:", {"your location;": "Location", "your name.": "Name"}, True),
        ("cs", "Shromažďujeme tyto údaje:", {"jméno;": "Name", "e-mailová adresa.": "EmailAddress"}, False),
        ("cs", "Neshromažďujeme tyto údaje:", {"jméno;": "Name", "e-mailová adresa.": "EmailAddress"}, True),
        ("zh-Hant", "我們會蒐集下列資料：", {"姓名；": "Name", "電子郵件。": "EmailAddress"}, False),
        ("zh-Hans", "我们不会收集以下信息：", {"姓名；": "Name", "位置信息。": "Location"}, True),
    ],
)
def test_items_take_practice_and_polarity_from_their_head(
    language: str, head: str, items: dict[str, str], denied: bool
) -> None:
    extraction = read(head + "\n\n" + "".join(f"- {item}\n" for item in items), language)
    text = extraction.document.text
    assert stated(extraction) == {("Collect", denied)}
    for item, concept in items.items():
        found = [s for s in extraction.statements if text[s.start : s.end].strip(";；。.") == item.strip(";；。.")]
        assert [values(statement, "dataCategory") for statement in found] == [{concept}]
        head_of = found[0].inherits
        assert head_of is None or text[extraction.statements[head_of].start :].startswith(head)


@pytest.mark.parametrize(
    ("language", "heading", "head", "item"),
    [
        ("en", "What we collect", "The report does not contain your name, only:", "your IP address."),
        ("cs", "Jaké údaje shromažďujeme", "Hlášení neobsahuje vaše jméno, pouze:", "IP adresa."),
        ("zh-Hant", "蒐集的資料", "本服務不需要註冊，只會蒐集：", "IP 位址"),
        ("zh-Hans", "收集的信息", "报告不包含您的姓名，仅包括：", "IP 地址"),
    ],
)
def test_a_head_that_turns_from_its_denial_denies_no_item(language: str, heading: str, head: str, item: str) -> None:
    extraction = read(f"# {heading}\n\n{head}\n\n- {item}\n", language)
    assert ("Collect", True) not in stated(extraction)


def test_a_head_that_announces_purposes_of_named_data_is_a_use() -> None:
    extraction = read("我們會將您的電話用於以下目的：\n\n- 處理您的訂單；\n- 寄送電子報。\n", "zh-Hant")
    assert [s.practice for s in extraction.statements] == ["Use"] * 3
    assert values(extraction.statements[0], "dataCategory") == {"TelephoneNumber"}


@pytest.mark.parametrize(
    "item",
    ["**登入資料**：電子郵件、密碼（以雜湊儲存）", "**提醒設定**：您選擇的提醒偏好", "密碼（加密保存）、電話"],
)
def test_an_item_of_data_is_no_choice_and_not_what_its_brackets_add(item: str) -> None:
    extraction = read(f"# 我們蒐集的資料\n\n- {item}\n", "zh-Hant")
    assert stated(extraction) == {("Collect", False)}


EXCEPTIONS = [
    (
        "zh-Hant",
        "除以下情形外，我們不會將您的個人資料提供給第三方：\n\n"
        "1. 經您同意；\n2. 依法律要求提供給司法機關；\n3. 為寄送商品而提供給物流業者。",
        [set(), {"JudicialOrganisation"}, {"LogisticsProvider"}],
    ),
    (
        "zh-Hans",
        "除以下情形外，我们不会向第三方共享您的个人信息：\n\n"
        "1、获得您的同意；\n2、根据法律要求向司法机关提供；\n3、为配送商品向物流公司提供。",
        [set(), {"JudicialOrganisation"}, {"LogisticsProvider"}],
    ),
    (
        "en",
        "We do not share your data, except in the following cases:\n\n"
        "- with couriers to deliver your order;\n- with courts when the law requires it.",
        [{"LogisticsProvider"}, {"JudicialOrganisation"}],
    ),
    (
        "cs",
        "Vaše údaje nepředáváme, s výjimkou následujících případů:\n\n"
        "- dopravcům za účelem doručení;\n- soudům, pokud to vyžaduje zákon.",
        [{"LogisticsProvider"}, {"JudicialOrganisation"}],
    ),
]


@pytest.mark.parametrize(("language", "text", "recipients"), EXCEPTIONS)
def test_exceptions_in_a_list_are_affirmed_and_point_to_the_denial(
    language: str, text: str, recipients: list[set[str]]
) -> None:
    extraction = read(text, language)
    head, *items = extraction.statements
    assert (head.practice, head.denied) == ("Share", True)
    assert [condition.effect for condition in head.conditions] == ["Unless"]
    assert len(items) == len(recipients)
    for item, expected in zip(items, recipients, strict=True):
        assert (item.practice, item.denied, item.exception_to) == ("Share", False, (0,))
        assert expected <= values(item, "recipient")
        inherited = [mention for mention in item.mentions if mention.inherited_from]
        assert {mention.inherited_from for mention in inherited} == {head.clause}
        assert "PersonalData" in values(item, "dataCategory")


@pytest.mark.parametrize(
    ("language", "heading", "items"),
    [
        ("en", "What we do not collect", ("your location", "your photos")),
        ("en", "Information we do not collect", ("your location", "your photos")),
        ("zh-Hans", "我们不收集的信息", ("位置信息", "通讯录")),
    ],
)
def test_items_under_a_heading_that_denies_are_no_permissions(
    language: str, heading: str, items: tuple[str, ...]
) -> None:
    extraction = read(f"## {heading}\n\n" + "".join(f"- {item}\n" for item in items), language)
    assert {denied for _, denied in stated(extraction)} == {True}


@pytest.mark.parametrize(
    ("language", "text", "practice"),
    [
        ("en", "## Information we collect\n\n- your name\n- your e-mail address", "Collect"),
        ("zh-Hant", "## 我們蒐集的資料\n\n- 姓名\n- 電子郵件", "Collect"),
        ("cs", "## Jaké údaje shromažďujeme\n\n- jméno\n- e-mailová adresa", "Collect"),
    ],
)
def test_items_under_a_heading_take_what_it_announces(language: str, text: str, practice: str) -> None:
    extraction = read(text, language)
    assert stated(extraction) == {(practice, False)} and len(extraction.statements) == 2


def test_a_sentence_of_its_own_does_not_take_over_the_denial_before_it() -> None:
    text = "We do not collect:\n\n- your location;\n- your photos.\n\nWe collect your name."
    extraction = read(text)
    own = [s for s in extraction.statements if "Name" in values(s, "dataCategory")]
    assert [(s.practice, s.denied) for s in own] == [("Collect", False)]


def test_skipped_kinds_state_nothing() -> None:
    text = "We keep your name for a year.\n\n© 2024 We sell your data to advertisers Ltd"
    extraction = read(text)
    skipped = {clause.path for clause in extraction.clauses if clause.kind in ("Boilerplate", "Markup", "Contents")}
    assert skipped and not skipped & {statement.clause for statement in extraction.statements}
