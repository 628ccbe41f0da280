"""Numbers and bullets as printed: what they are, where the content starts, what stands under what."""

from __future__ import annotations

import pytest

from clausegraph.ingest.segment.numbering import label

from .trees import document, parents, tree


@pytest.mark.parametrize(
    ("line", "number", "content"),
    [
        ("1. What we collect", "1.", "What we collect"),
        ("12. Changes", "12.", "Changes"),
        ("1.1 From you", "1.1", "From you"),
        ("3.2.1 Couriers", "3.2.1", "Couriers"),
        ("1) name", "1)", "name"),
        ("(2) address", "(2)", "address"),
        ("a) name", "a)", "name"),
        ("b. address", "b.", "address"),
        ("(c) city", "(c)", "city"),
        ("iv. Rights", "iv.", "Rights"),
        ("II. Purposes", "II.", "Purposes"),
        ("(iii) banks", "(iii)", "banks"),
        ("Article 5: Sharing", "Article 5:", "Sharing"),
        ("Čl. 3 Účely", "Čl. 3", "Účely"),
        ("Šest, kontakt na nás", "Šest,", "kontakt na nás"),
        ("一、蒐集項目", "一、", "蒐集項目"),
        ("十二、其他", "十二、", "其他"),
        ("（一）會員", "（一）", "會員"),
        ("(二)訪客", "(二)", "訪客"),
        ("第三條 修改", "第三條", "修改"),
        ("第十二条 附则", "第十二条", "附则"),
        ("第 2 章 儲存", "第 2 章", "儲存"),
        ("1、您的姓名", "1、", "您的姓名"),
        ("2.3您的地址", "2.3", "您的地址"),
        ("①名前", "①", "名前"),
    ],
)
def test_numbers_are_read_as_printed(line: str, number: str, content: str) -> None:
    found = label(line)
    assert (found.number, line[found.length :]) == (number, content)


@pytest.mark.parametrize(
    ("line", "content"),
    [
        ("• your name", "your name"),
        ("- your name", "your name"),
        ("* your name", "your name"),
        ("·您的姓名", "您的姓名"),
    ],
)
def test_bullets_are_no_numbers(line: str, content: str) -> None:
    found = label(line)
    assert found.bullet and not found.number and line[found.length :] == content


def test_a_number_behind_a_bullet_is_both() -> None:
    found = label("- 2) your address")
    assert (found.bullet, found.number) == (True, "2)")


@pytest.mark.parametrize(
    "line",
    [
        "1. 5. 2024",
        "25.5.2018 nabylo účinnosti",
        "1. ledna 2023",
        "3 years after the order",
        "3.5",
        "www.lumen-kettle.example",
        "I am the controller.",
        "A kettle is a vessel.",
        "-",
        "(see above)",
        "一般資料保護規則",
        "e-mail",
    ],
)
def test_what_only_looks_like_a_number_is_none(line: str) -> None:
    found = label(line)
    assert (found.number, found.bullet) == ("", False)


def test_decimal_numbers_nest_by_their_depth() -> None:
    above = parents(
        "Privacy Policy of Lumen Kettle Ltd\n\n1. What we collect\n\nWe collect your name when you order a kettle.\n\n"
        "1.1 From you\n\nYou give us your address.\n\n1.2 From others\n\nWe receive your city from couriers.\n\n"
        "2. How we use it\n\nWe use your name to deliver.\n"
    )
    assert above["From you"] == above["From others"] == "What we collect"
    assert above["What we collect"] == above["How we use it"] == "Privacy Policy of Lumen Kettle Ltd"
    assert above["You give us your address."] == "From you"
    assert above["We use your name to deliver."] == "How we use it"


def test_a_style_met_later_is_deeper() -> None:
    above = parents(
        "隱私權政策\n\n一、蒐集項目\n\n我們蒐集您的姓名。\n\n（一）會員\n\n您註冊時，我們蒐集電話號碼。\n\n"
        "（二）訪客\n\n我們記錄 IP 位址。\n\n二、利用目的\n\n我們利用姓名寄送商品。\n",
        "zh-Hant",
    )
    assert above["會員"] == above["訪客"] == "蒐集項目"
    assert above["蒐集項目"] == above["利用目的"] == "隱私權政策"
    assert above["我們記錄 IP 位址。"] == "訪客"


@pytest.mark.parametrize(
    "text",
    [
        "隱私權政策\n\n第一條 適用範圍\n\n本政策適用於本網站。\n\n第二條 蒐集\n\n我們蒐集您的姓名。\n",
        "Privacy Policy\n\nI. Scope\n\nThis policy covers the shop.\n\nII. Data\n\nWe collect names.\n",
        "Zásady ochrany osobních údajů\n\nČl. 1 Rozsah\n\nPlatí pro e-shop.\n\nČl. 2 Údaje\n\nEvidujeme jména.\n",
    ],
)
def test_articles_and_roman_numbers_are_siblings_below_the_title(text: str) -> None:
    clauses = tree(text)
    numbered = [clause for clause in clauses if clause.number]
    assert [clause.kind for clause in numbered] == ["Heading", "Heading"]
    assert {clause.parent for clause in numbered} == {clauses[0].path}
    assert [clause.path.rsplit(".", 1)[1] for clause in numbered] == ["1", "2"]


def test_numbers_stand_as_printed_and_the_body_behind_them() -> None:
    source = (
        "Privacy Policy\n\n1. Data\n\nWe collect the following:\n\na) your name;\nb) your address.\n\n"
        "2. Rights\n\nYou may object.\n"
    )
    text = document(source).text
    for clause in tree(source):
        assert clause.start <= clause.body <= clause.end
        assert text[clause.start : clause.body].strip(" #*_-") == clause.number
