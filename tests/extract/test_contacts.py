"""Whom to write to: role, party and addresses of an offer of contact."""

from __future__ import annotations

import pytest

from clausegraph.ingest.extract import RuleExtractor
from clausegraph.ingest.read import read_bytes
from clausegraph.ingest.records import Extraction, Party
from clausegraph.ingest.segment import segment

EN = 'Privacy Policy\n\nKettle & Thimble Ltd. ("we") collects your name.\n\n'
CS = (
    "Zásady ochrany osobních údajů\n\n"
    "Správcem je Čajovna Vlnka s.r.o., IČO: 00000000, se sídlem Dlouhá 12/3, 602 00 Brno (dále jen „my“).\n\n"
)
HANT = "隱私權政策\n\n松葉書店股份有限公司(以下稱「本公司」)蒐集您的姓名。\n\n"
HANS = "隐私政策\n\n松叶书店有限公司(以下简称“我们”)收集您的姓名。\n\n"


def read(text: str, language: str) -> Extraction:
    document = read_bytes(text.encode(), name="policy.txt", key="policy", language=language)
    return RuleExtractor().extract(document, segment(document))


def contact(extraction: Extraction, role: str) -> Party:
    """The one party of that role."""
    keys = {s.contact for s in extraction.statements if s.contact_role == role}
    assert len(keys) == 1, [(s.contact, s.contact_role) for s in extraction.statements]
    return next(party for party in extraction.parties if party.key in keys)


@pytest.mark.parametrize(
    ("language", "text", "role", "email", "telephone", "address"),
    [
        ("en", EN + "If you have questions, contact us at hello@kettle.example or call +44 20 7946 0000.",
         "DataController", "hello@kettle.example", "+44 20 7946 0000", ""),
        ("en", EN + "You can reach our Data Protection Officer at dpo@kettle.example.",
         "DataProtectionOfficer", "dpo@kettle.example", "", ""),
        ("en", EN + "Contact us:\n\nEmail: hello@kettle.example\n\nAddress: 12 Weir Lane, Sheffield S1 2AB",
         "DataController", "hello@kettle.example", "", "12 Weir Lane, Sheffield S1 2AB"),
        ("cs", CS + "S dotazy se obracejte na náš e-mail dotazy@vlnka.example nebo telefon +420 555 000 111.",
         "DataController", "dotazy@vlnka.example", "+420 555 000 111", "Dlouhá 12/3, 602 00 Brno"),
        ("cs", CS + "Kontaktovat můžete našeho pověřence pro ochranu osobních údajů na adrese poverenec@vlnka.example.",
         "DataProtectionOfficer", "poverenec@vlnka.example", "", ""),
        ("zh-Hant", HANT + "如有任何問題,請與我們聯絡:客服電話 02-5550-0000,信箱 ask@songye.example。",
         "DataController", "ask@songye.example", "02-5550-0000", ""),
        ("zh-Hans", HANS + "如有疑问,请联系我们的个人信息保护负责人,邮箱:dpo@songye.example。",
         "DataProtectionOfficer", "dpo@songye.example", "", ""),
        ("zh-Hans", HANS + "您可以通过以下方式与我们联系:\n\n邮箱:ask@songye.example\n\n地址:北屿市云溪路19号5楼",
         "DataController", "ask@songye.example", "", "北屿市云溪路19号5楼"),
    ],
)  # fmt: skip
def test_an_offer_points_to_its_party(
    language: str, text: str, role: str, email: str, telephone: str, address: str
) -> None:
    party = contact(read(text, language), role)
    assert (party.email, party.telephone) == (email, telephone)
    assert party.address == address
    for value in (party.email, party.telephone, party.address):
        assert value in text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", EN + "For questions about their use of it, please contact the relevant customer directly."),
        ("zh-Hant", HANT + "詳細內容,請向各別服務提供者洽詢。"),
        ("cs", CS + "Podrobnosti vám sdělí příslušný poskytovatel služeb, obraťte se prosím přímo na něj."),
    ],
)  # fmt: skip
def test_somebody_else_is_not_the_controllers_contact(language: str, text: str) -> None:
    assert not [s for s in read(text, language).statements if s.contact_role == "DataController"]


def test_addresses_of_others_are_not_the_controllers() -> None:
    text = (
        EN
        + "Write to us at hello@kettle.example. "
        + "You may lodge a complaint with the Information Commissioner's Office, casework@ico.example.\n\n"
        + "Example: a sender such as somebody@elsewhere.example sees your name."
    )
    extraction = read(text, "en")
    controller = next(p for p in extraction.parties if p.key == extraction.controller)
    assert controller.email == "hello@kettle.example"
    assert {p.email for p in extraction.parties} <= {"hello@kettle.example", "casework@ico.example", ""}


def test_numbers_that_are_no_telephone() -> None:
    text = CS + "Kontaktujte nás na dotazy@vlnka.example. Smlouvu č. 123456789 ze dne 1. 1. 2020 najdete v účtu."
    assert contact(read(text, "cs"), "DataController").telephone == ""


def test_lines_that_name_another_company_are_not_the_controllers() -> None:
    text = EN + "Contact us:\n\nEmail: hello@kettle.example\n\nGoogle LLC, phone: +1 650 555 0000\n"
    assert contact(read(text, "en"), "DataController").telephone == ""
