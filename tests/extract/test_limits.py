"""Limits, disclaimers, labels that are denied, lists of what a policy does not apply to."""

from __future__ import annotations

import pytest

from clausegraph.ingest.extract import RuleExtractor
from clausegraph.ingest.read import read_bytes
from clausegraph.ingest.records import Statement
from clausegraph.ingest.segment import segment


def said(text: str, language: str = "en") -> list[tuple[str, bool]]:
    return [(one.practice, one.denied) for one in statements(text, language)]


def statements(text: str, language: str = "en") -> tuple[Statement, ...]:
    document = read_bytes(text.encode(), name="a.md" if "|" in text else "a.txt", key="a", language=language)
    return RuleExtractor().extract(document, segment(document)).statements


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("You may withdraw your consent at any time, which does not affect earlier processing.", "en"),
        ("Svůj souhlas můžete kdykoli odvolat; odvolání nemá vliv na dřívější zpracování.", "cs"),
        ("您可以随时撤回同意,但撤回同意不会影响此前基于您的授权所作的处理。", "zh-Hans"),
    ],
)
def test_a_right_and_its_limit_are_two_statements(sentence: str, language: str) -> None:
    found = said(f"Privacy\n\n{sentence}", language)
    rights = {denied for practice, denied in found if practice in ("GrantRight", "OfferChoice")}
    assert rights == {False, True}


def test_who_answers_for_others_limits_the_scope() -> None:
    assert ("LimitScope", True) in said("Privacy\n\nWe are not responsible for the practices of third-party sites.")


@pytest.mark.parametrize("answer", ["neprovádí se", "neprobíhá", "není"])
def test_a_label_over_nothing_but_no_is_denied(answer: str) -> None:
    text = f"Zásady\n\nPoužíváme e-mail k zasílání faktur.\n\nPředávání osobních údajů do třetích zemí\n\n{answer}\n"
    assert ("Transfer", False) not in said(text, "cs")
    assert ("Transfer", True) in said(text, "cs")


def test_a_sentence_is_no_label() -> None:
    text = "Zásady\n\nOsobní údaje předáváme do třetích zemí.\n\nNe.\n"
    assert ("Transfer", True) not in said(text, "cs")


@pytest.mark.parametrize("no", ["No", "None", "Not applicable", "✗"])
def test_a_cell_that_says_no_denies_its_row(no: str) -> None:
    text = f"Privacy\n\n| Practice | Answer |\n|---|---|\n| We share your e-mail with partners | {no} |\n"
    assert said(text) == [("Share", True)]


@pytest.mark.parametrize("no", ["无", "否", "不涉及。"])
def test_a_chinese_line_that_says_no_affirms_nothing(no: str) -> None:
    found = said(f"隐私政策\n\n向第三方共享个人信息\n\n{no}\n", "zh-Hans")
    assert ("Share", False) not in found


def test_what_a_policy_does_not_apply_to_is_no_practice() -> None:
    text = (
        "Privacy\n\nThis policy does not apply to:\n\n- data that other sites collect;\n- information of advertisers.\n"
    )
    assert {practice for practice, denied in said(text) if not denied} == set()
    text = "隐私政策\n\n本政策不适用于以下情况:\n\n- 第三方网站收集的信息;\n- 如有任何问题,请通过客服邮箱与我们联系。\n"
    found = said(text, "zh-Hans")
    assert ("LimitScope", True) in found and ("OfferContact", True) not in found
    assert not any(practice == "Collect" for practice, _ in found)


def test_clauses_with_their_own_subject_keep_their_own_values() -> None:
    found = statements("Privacy\n\nWe use cookies to measure traffic, and we do not use them for advertising.")
    purposes = {(one.denied, m.concept) for one in found for m in one.mentions if m.facet == "purpose"}
    assert purposes == {(False, "ServiceUsageAnalytics"), (True, "Advertising")}


def test_an_exception_that_names_no_practice_permits_none() -> None:
    found = said("Privacy\n\nWe do not share your data for other purposes than those described in this policy.")
    assert ("Share", True) in found and ("Share", False) not in found


def test_concessions_are_no_conditions() -> None:
    (one,) = statements("隐私政策\n\n在任何情况下,我们都不会出售您的个人信息。", "zh-Hans")
    assert one.denied and one.conditions == ()


def test_titles_and_hidden_addresses_name_no_data() -> None:
    found = statements("隐私政策\n\n我们会按照《个人信息保护规则》收集您的手机号码。", "zh-Hans")
    assert {m.concept for one in found for m in one.mentions if m.facet == "dataCategory"} == {"TelephoneNumber"}


def test_an_exception_that_is_a_clause_is_the_condition_of_what_it_permits() -> None:
    text = "Privacy\n\nWe do not use your recordings unless you join our research programme to improve speech models."
    permitted = [one for one in statements(text) if not one.denied]
    assert permitted and all(condition.effect == "OnlyIf" for one in permitted for condition in one.conditions)
    assert all(one.conditions for one in permitted)


@pytest.mark.parametrize(
    ("sentence", "language", "concept"),
    [
        ("我們僅將地址提供給物流業者,電話則不提供。", "zh-Hant", "TelephoneNumber"),
        ("付款由商店處理,我們只會得知您的訂閱狀態,不會取得您的信用卡資訊。", "zh-Hant", "PaymentCard"),
        (
            "Obchod s aplikacemi zpracovává platby – číslo platební karty nezískáváme.",
            "cs",
            "PaymentCardNumber",
        ),
    ],
)
def test_what_a_clause_denies_belongs_to_no_permission(sentence: str, language: str, concept: str) -> None:
    found = statements(f"Privacy\n\n{sentence}", language)
    assert not any(m.concept == concept for one in found if not one.denied for m in one.mentions)


def test_consent_that_is_not_needed_is_no_condition() -> None:
    found = statements("隐私政策\n\n在下列情形中收集您的手机号码无需征得您的同意。", "zh-Hans")
    assert not any("Consent" in condition.kinds for one in found for condition in one.conditions)


def test_a_condition_of_what_the_user_may_do_is_none_of_what_we_do() -> None:
    text = "隱私權政策\n\n本網站會在您的電腦中放置並取用Cookie,如果您不想要,您可以在瀏覽器中關閉Cookie的寫入。"
    found = statements(text, "zh-Hant")
    assert [one.conditions for one in found if one.practice == "Collect"] == [()]
    assert any(one.conditions for one in found if one.practice == "OfferChoice")


def test_an_exception_runs_over_its_alternatives() -> None:
    found = statements(
        "隐私政策\n\n我们不会传输您的邮件内容,除非为了遵守适用法律,或作为合并或收购的一部分。", "zh-Hans"
    )
    assert not any(m.concept == "BusinessTransfer" for one in found if one.denied for m in one.mentions)


def test_a_relation_that_is_not_there_is_denied() -> None:
    assert ("AssignRole", False) not in said("隱私權政策\n\n本公司與該等客戶的客戶沒有直接關係。", "zh-Hant")


@pytest.mark.parametrize(
    ("language", "text", "shared", "kept"),
    [
        ("en", "We share your name with couriers, and your phone number is not shared.", "Name", "TelephoneNumber"),
        ("cs", "Telefonní číslo sdílíme s dopravcem, e-mail nesdílíme.", "TelephoneNumber", "EmailAddress"),
    ],
)
def test_a_clause_about_other_data_keeps_its_own_polarity(language: str, text: str, shared: str, kept: str) -> None:
    said = {
        (s.denied, m.concept)
        for s in statements(text, language)
        if s.practice == "Share"
        for m in s.mentions
        if m.facet == "dataCategory"
    }
    assert said == {(False, shared), (True, kept)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We deny having sold your data."),
        ("en", "We used to share your name, and your phone number is not shared."),
        ("cs", "Popíráme, že vaše údaje prodáváme."),
        ("cs", "Netvrdíme, že jméno sdílíme, e-mail nesdílíme."),
        ("cs", "Odmítáme, že jméno sdílíme, ale e-mail nesdílíme."),
        ("zh-Hans", "我们否认向第三方出售您的个人信息。"),
        ("zh-Hant", "本公司並未承認對外出售您的個人資料。"),
    ],
)
def test_what_is_contested_or_over_is_no_permission(language: str, text: str) -> None:
    assert not [s for s in statements(text, language) if s.practice in ("Share", "Sell") and not s.denied]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We will inform you by email at least 30 days before."),
        ("cs", "O změnách vás budeme informovat e-mailem."),
    ],
)
def test_who_turns_to_the_user_offers_no_contact(language: str, text: str) -> None:
    assert "OfferContact" not in {s.practice for s in statements(text, language)}


@pytest.mark.parametrize(
    ("language", "text", "conditions"),
    [
        ("en", "We may share your name with the police without your consent.", []),
        ("en", "We may share your name without your consent where the law requires it.", ["where the law requires it"]),
        ("cs", "Údaje můžeme bez vašeho souhlasu předat úřadům, pokud to vyžaduje zákon.", ["pokud to vyžaduje zákon"]),
        ("zh-Hans", "我们可能在未经您同意的情况下共享您的个人信息。", []),
    ],
)
def test_what_is_done_without_consent_does_not_rest_on_it(language: str, text: str, conditions: list[str]) -> None:
    found = [s for s in statements(text, language) if s.practice == "Share"]
    assert [s.denied for s in found] == [False]
    assert [text[c.start : c.end] for c in found[0].conditions] == conditions
    assert "Consent" not in {m.concept for m in found[0].mentions}
