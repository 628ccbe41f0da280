"""Headings against labels and sentences, lists, tables, contents and boilerplate."""

from __future__ import annotations

import pytest

from .trees import kinds, parents, tree

TITLE = "Privacy Policy\n\n"


def kind_of(source: str, content: str, language: str = "en") -> str:
    return next(kind for kind, words in kinds(source, language) if words == content)


@pytest.mark.parametrize(
    ("source", "heading"),
    [
        ("Privacy Policy\n\nWe sell kettles and respect you.\n", "Privacy Policy"),
        (TITLE + "## Data\n\nWe collect names and cities.\n", "Data"),
        (TITLE + "Data\n----\n\nWe collect names and cities.\n", "Data"),
        (TITLE + "**Cookies**\n\nWe use cookies to keep your cart.\n", "**Cookies**"),
        (TITLE + "How we use your data\n\nWe use your name to deliver kettles.\n", "How we use your data"),
        (TITLE + "【Cookies】\n\nWe use cookies to keep your cart.\n", "【Cookies】"),
        (TITLE + "Cookies:\n\nWe use cookies to keep your cart.\n", "Cookies:"),
        ("隱私權政策\n\n蒐集的資料\n\n我們蒐集您的姓名與電子郵件。\n", "蒐集的資料"),
    ],
)
def test_headings_are_headings(source: str, heading: str) -> None:
    assert kind_of(source, heading) == "Heading"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (TITLE + "## Data\n\nWe keep your name and your city for a year.\n\nWe delete both.\n", "We delete both."),
        (
            TITLE + "We share your address with the following:\n\n- couriers\n- banks\n",
            "We share your address with the following:",
        ),
        (
            TITLE + "## Contact\n\nE-mail: privacy@lumen-kettle.example\nWrite to us any time you like.\n",
            "E-mail: privacy@lumen-kettle.example",
        ),
        (TITLE + "## Data\n\nLast updated: 3 May 2024\n\nWe collect names and cities.\n", "Last updated: 3 May 2024"),
        ("隱私權政策\n\n我們會蒐集下列資料：\n\n1. 姓名\n2. 電話\n", "我們會蒐集下列資料："),
    ],
)
def test_labels_and_sentences_are_none(source: str, line: str) -> None:
    assert kind_of(source, line) != "Heading"


def test_every_heading_has_its_words() -> None:
    source = TITLE + "## 1. *Data*\n\nWe collect names.\n\n### [Cookies](#cookies)\n\nWe use cookies.\n"
    assert [clause.heading for clause in tree(source) if clause.kind == "Heading"] == [
        "Privacy Policy",
        "Data",
        "Cookies",
    ]
    assert all(not clause.heading for clause in tree(source) if clause.kind != "Heading")


def test_marked_headings_nest_by_their_rank() -> None:
    above = parents("# Policy\n\n## Data\n\n### Names\n\nWe collect names.\n\n## Rights\n\nYou may object.\n")
    assert (above["Data"], above["Names"], above["Rights"]) == ("Policy", "Data", "Policy")


def test_list_items_stand_under_their_head_and_end_with_the_list() -> None:
    above = parents(
        TITLE
        + "## Sharing\n\nWe share your address with:\n\na) couriers;\nb) banks;\nc) printers.\n\nWe do not sell data.\n"
    )
    assert {above[item] for item in ("couriers;", "banks;", "printers.")} == {"We share your address with:"}
    assert above["We do not sell data."] == "Sharing"


def test_deeper_items_stand_under_the_item_above() -> None:
    above = parents(TITLE + "We collect:\n\n- your name\n- your address\n  - street\n  - city\n- your age\n")
    assert above["street"] == above["city"] == "your address"
    assert above["your name"] == above["your address"] == above["your age"] == "We collect:"


@pytest.mark.parametrize(
    ("head", "items"),
    [
        ("我們會蒐集下列資料：", ("姓名", "電話號碼", "電子郵件")),
        ("我们会收集以下信息：", ("您的姓名；", "您的手机号码；", "您的地址。")),
        ("We collect the following:", ("your name;", "your address;", "your city.")),
        ("Zpracováváme následující údaje:", ("jméno a příjmení,", "e-mail,", "telefon.")),
    ],
)
def test_lists_without_bullets_are_lists(head: str, items: tuple[str, ...]) -> None:
    source = f"Kettle\n\n{head}\n" + "\n".join(items) + "\n\nBoil the water, then pour it over the leaves and wait.\n"
    above = parents(source)
    assert {above[item] for item in items} == {head}
    assert {kind_of(source, item) for item in items} == {"ListItem"}


@pytest.mark.parametrize(
    ("head", "items"),
    [
        ("我們會蒐集下列資料：", ("姓名", "電話號碼", "電子郵件", "地址", "生日")),
        ("We collect the following:", ("name", "address", "city", "birthday", "telephone")),
    ],
)
def test_a_list_without_bullets_may_end_the_text(head: str, items: tuple[str, ...]) -> None:
    source = TITLE + "We boil water for you, day and night.\n\n" + f"{head}\n" + "\n".join(items) + "\n"
    assert {kind_of(source, item) for item in items} == {"ListItem"}


def test_rows_of_a_pipe_table_are_rows_and_its_rule_is_markup() -> None:
    source = (
        TITLE + "## Data\n\n| Data | Purpose |\n|------|---------|\n| name | delivery |\n| e-mail | newsletter |\n\n"
        "After the table we go on in words.\n"
    )
    found = kinds(source)
    assert [kind for kind, _ in found] == [
        *("Heading", "Heading", "TableRow", "Markup", "TableRow", "TableRow", "Paragraph"),
    ]
    clauses = tree(source)
    assert {clause.parent for clause in clauses if clause.kind == "TableRow"} == {clauses[1].path}


def test_a_table_of_contents_is_told_from_the_headings_it_repeats() -> None:
    lines = ["What we collect", "How we use it", "Who receives it"]
    prose = [
        "We collect your name and address.",
        "We use your name to deliver kettles.",
        "Couriers receive your address.",
    ]
    source = TITLE + "\n".join(lines) + "\n\n" + "".join(f"{h}\n\n{p}\n\n" for h, p in zip(lines, prose, strict=True))
    found = kinds(source)
    for line in lines:
        assert [kind for kind, words in found if words == line] == ["Contents", "Heading"]
    assert all(kind == "Paragraph" for kind, words in found if words in prose)


def test_two_lines_that_come_again_are_no_contents() -> None:
    source = TITLE + "Data\nRights\n\nData\n\nWe collect your name.\n\nRights\n\nYou may object to it.\n"
    assert "Contents" not in {kind for kind, _ in kinds(source)}


BODY = "Home\nShop\nBasket\n\nPrivacy Policy\n\nWe collect your name.\n\nWe keep it for a year.\n\n"
COPYRIGHT = "© 2024 Lumen Kettle Ltd. All rights reserved."


@pytest.mark.parametrize(
    ("footer", "links"),
    [
        ("Blog\nPress\nTerms\nJobs\nMap\n", ("Blog", "Press", "Terms", "Jobs", "Map")),
        (f"{COPYRIGHT}\n", (COPYRIGHT,)),
        (
            f"Blog\nPress\nTerms\nJobs\nMap\n\n{COPYRIGHT}\n",
            ("Blog", "Press", "Terms", "Jobs", "Map", COPYRIGHT),
        ),
    ],
)
def test_menu_links_and_copyright_are_boilerplate(footer: str, links: tuple[str, ...]) -> None:
    found = {words: kind for kind, words in kinds(BODY + footer)}
    assert {found[word] for word in ("Home", "Shop", "Basket", *links)} == {"Boilerplate"}
    assert (found["Privacy Policy"], found["We collect your name."]) == ("Heading", "Paragraph")


def test_rules_and_anchors_are_markup() -> None:
    found = kinds(TITLE + "We collect names.\n\n* * *\n\n[](#top)\n\nWe keep them for a year.\n")
    assert [kind for kind, _ in found] == ["Heading", "Paragraph", "Markup", "Markup", "Paragraph"]


def test_a_paragraph_broken_at_a_fixed_width_is_one() -> None:
    words = "We collect your name and your address when you order a kettle from us and we keep both for a year. " * 10
    lines, line = [], ""
    for word in words.split():
        if len(line) + len(word) > 70:
            lines.append(line.strip())
            line = ""
        line += word + " "
    source = TITLE + "\n".join([*lines, line.strip()]) + "\n"
    assert [kind for kind, _ in kinds(source)] == ["Heading", "Paragraph"]


def test_an_empty_text_has_no_clause_and_a_blank_one_is_markup() -> None:
    assert tree("") == ()
    assert [(clause.kind, clause.start, clause.end) for clause in tree(" \n\t\n")] == [("Markup", 0, 4)]
