"""Tables whose heads say what their columns hold."""

from __future__ import annotations

import pytest

from clausegraph.ingest.pipeline import process
from clausegraph.ingest.read import read_bytes
from clausegraph.ingest.records import Extraction, Statement

from .reads import read


def _said(extraction: Extraction) -> dict[tuple[str, bool], list[set[tuple[str, str]]]]:
    """(practice, denied) → for each such statement its (facet, concept) pairs."""
    out: dict[tuple[str, bool], list[set[tuple[str, str]]]] = {}
    for statement in extraction.statements:
        pairs = {(m.facet, m.concept) for m in statement.mentions}
        out.setdefault((statement.practice, statement.denied), []).append(pairs)
    return out


def _of(extraction: Extraction, practice: str) -> list[Statement]:
    return [s for s in extraction.statements if s.practice == practice]


DATA = {
    "en": "# Privacy\n\n## What we collect\n\n| Data | Purpose | Legal basis | Kept for |\n|---|---|---|---|\n"
    "| Name, home address | Delivery | Contract | 7 years |\n"
    "| IP address | Security | Legitimate interest | 30 days |\n",
    "cs": "# Soukromí\n\n## Jaké údaje sbíráme\n\n| Údaje | Účel | Právní základ | Doba uchování |\n|---|---|---|---|\n"
    "| Jméno, adresa bydliště | Doručení | Smlouva | 7 let |\n| IP adresa | Bezpečnost | Oprávněný zájem | 30 dní |\n",
    "zh-Hans": "# 隐私政策\n\n## 我们收集的信息\n\n| 信息类型 | 用途 | 法律依据 | 保存期限 |\n|---|---|---|---|\n"
    "| 姓名、家庭住址 | 配送 | 合同 | 7年 |\n| IP地址 | 安全 | 正当利益 | 30天 |\n",
    "zh-Hant": "# 隱私權政策\n\n## 我們蒐集的資訊\n\n| 資訊類型 | 用途 | 法律依據 | 保存期限 |\n|---|---|---|---|\n"
    "| 姓名、住家地址 | 配送 | 契約 | 7年 |\n| IP位址 | 安全 | 正當利益 | 30天 |\n",
}


@pytest.mark.parametrize("language", sorted(DATA))
def test_a_row_collects_and_keeps_by_its_columns(language: str) -> None:
    extraction = read(DATA[language], language)
    said = _said(extraction)
    assert set(said) == {("Collect", False), ("Retain", False)}
    first, second = said["Collect", False]
    assert ("dataCategory", "Name") in first and len([f for f, _ in first if f == "dataCategory"]) == 2
    assert ("purpose", "DeliveryOfGoods") in first and ("legalBasis", "Contract") in first
    assert {("dataCategory", "IPAddress"), ("purpose", "EnforceSecurity")} <= second
    assert not any(facet == "retention" for facet, _ in first | second)
    kept = [s.duration.value for s in _of(extraction, "Retain") if s.duration]
    assert kept == ["P7Y", "P30D"]
    text = extraction.document.text
    for statement in extraction.statements:
        for mention in statement.mentions:
            assert text[mention.start : mention.end].strip("|\n ") == text[mention.start : mention.end]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "## Processors\n\n| Provider | Purpose | Data | Country |\n|---|---|---|---|\n"
            "| Quillpost GmbH | Newsletter | E-mail address | Germany |\n",
        ),
        (
            "cs",
            "## Zpracovatelé\n\n| Zpracovatel | Účel | Údaje | Země |\n|---|---|---|---|\n"
            "| Quillpost GmbH | Newsletter | E-mail | Německo |\n",
        ),
        (
            "zh-Hans",
            "## 第三方服务\n\n| 服务商 | 目的 | 信息 | 国家 |\n|---|---|---|---|\n"
            "| Quillpost GmbH | 电子报 | 电子邮箱地址 | 德国 |\n",
        ),
    ],
)
def test_a_row_of_providers_shares(language: str, text: str) -> None:
    (shared,) = _said(read(text, language))["Share", False]
    assert {
        ("recipient", "ServiceProvider"),
        ("purpose", "DirectMarketing"),
        ("dataCategory", "EmailAddress"),
        ("jurisdiction", "Germany"),
    } <= shared


def test_yes_and_no_are_read_by_their_column() -> None:
    text = (
        "## Summary\n\n| Category | Collected | Sold | Shared with third parties |\n|---|---|---|---|\n"
        "| Location data | Yes | No | Couriers |\n| Fingerprints | No | No | No |\n"
    )
    said = _said(read(text, "en"))
    assert said["Collect", False] == [{("dataCategory", "Location")}]
    assert ("dataCategory", "Fingerprint") in said["Collect", True][0]
    assert len(said["Sell", True]) == 2 and ("Sell", False) not in said
    (shared,) = said["Share", False]
    assert ("dataCategory", "Location") in shared and any(f == "recipient" for f, _ in shared)
    assert ("dataCategory", "Fingerprint") in said["Share", True][0]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "## Permissions\n\n| Permission | Purpose | Required? |\n|---|---|---|\n| Camera | Scanning codes | No |\n",
        ),
        ("cs", "## Oprávnění\n\n| Oprávnění | Účel | Povinné? |\n|---|---|---|\n| Kamera | skenování kódů | ne |\n"),
        ("zh-Hans", "## 权限\n\n| 权限 | 用途 | 是否必需 |\n|---|---|---|\n| 相机 | 扫描二维码 | 否 |\n"),
        ("zh-Hant", "## 權限\n\n| 權限 | 用途 | 是否必要 |\n|---|---|---|\n| 相機 | 掃描 QR 碼 | 否 |\n"),
    ],
)
def test_what_is_not_required_is_not_denied(language: str, text: str) -> None:
    extraction = read(text, language)
    assert not any(s.denied for s in extraction.statements)
    (choice,) = _of(extraction, "OfferChoice")
    assert ("right", "Optional") in {(m.facet, m.concept) for m in choice.mentions}


def test_rows_under_a_paragraph_with_a_colon_keep_their_heads() -> None:
    text = (
        "## Cookies\n\nSome cookies come from others:\n\n| Provider | Purpose | Expiry |\n|---|---|---|\n"
        "| Statfox | Statistics | 2 years |\n"
    )
    assert "Retain" in {practice for practice, _ in _said(read(text, "en"))}
    never = "We never share the following data:\n\n| Data | Purpose |\n|---|---|\n| Photos | Profile |\n"
    assert all(s.denied for s in read(never, "en").statements)
    both = read(f"{never}\nWe collect the following data:\n\n| Data | Purpose |\n|---|---|\n| Diary | Backup |\n", "en")
    assert not any(s.denied for s in both.statements if s.start > both.document.text.index("We collect"))


def test_cookies_are_named_by_their_column() -> None:
    text = (
        "## Cookies\n\n| Name | Provider | Purpose | Expiry |\n|---|---|---|---|\n"
        "| fl_cart | ours | Shopping cart | session |\n| _xy | Statfox | Statistics | 2 years |\n"
    )
    extraction = read(text, "en")
    words = {extraction.document.text[m.start : m.end] for s in extraction.statements for m in s.mentions}
    assert {"fl_cart", "_xy"} <= words
    said = _said(extraction)
    (own,), (other,) = said["Use", False], said["Collect", False]  # a cookie of ours serves us, another's collects
    assert not any(facet == "recipient" for facet, _ in own)
    assert ("recipient", "ServiceProvider") in other and ("purpose", "ServiceUsageAnalytics") in other
    assert len(said["Retain", False]) == 2


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "## Summary\n\n| Data | Recipient |\n|---|---|\n| Health data | We never pass this on |\n"),
        ("en", "## Data we never collect\n\n| Data | Purpose |\n|---|---|\n| Health data | Advertising |\n"),
        ("cs", "## Přehled\n\n| Údaje | Příjemce |\n|---|---|\n| Zdravotní údaje | nikomu nepředáváme |\n"),
        ("zh-Hans", "## 概览\n\n| 信息 | 接收方 |\n|---|---|\n| 健康信息 | 不向任何人提供 |\n"),
        ("zh-Hant", "## 概覽\n\n| 資訊 | 接收方 |\n|---|---|\n| 健康資訊 | 無 |\n"),
    ],
)
def test_no_cell_that_denies_becomes_a_permission(language: str, text: str) -> None:
    assert all(
        s.denied for s in read(text, language).statements if s.practice in ("Collect", "Use", "Share", "Store", "Sell")
    )


def test_html_rows_are_read_alike_and_words_do_not_run_over_cells() -> None:
    text = (
        "<h2>What we collect</h2><table><tr><th>Data</th><th>Purpose</th><th>Retention</th></tr>"
        "<tr><td>IP address</td><td>Security</td><td>30 days</td></tr></table>"
    )
    extraction = process(read_bytes(text.encode(), name="page.html", key="page", language="en"))
    said = _said(extraction)
    assert {("dataCategory", "IPAddress"), ("purpose", "EnforceSecurity")} == said["Collect", False][0]
    assert ("Retain", False) in said


@pytest.mark.parametrize(
    ("language", "text", "practice"),
    [
        ("en", "## Overview\n\n| Data | Not shared with |\n|---|---|\n| E-mail address | Advertisers |\n", "Share"),
        ("en", "## Overview\n\n| Data | Never used for |\n|---|---|\n| Phone number | Marketing |\n", "Use"),
        ("en", "## Overview\n\n| Data we do not collect | Why |\n|---|---|\n| Fingerprints | Security |\n", "Collect"),
        ("cs", "## Přehled\n\n| Údaj | Komu ho nepředáváme |\n|---|---|\n| Telefon | inzerentům |\n", "Share"),
        ("zh-Hans", "## 概览\n\n| 信息 | 不会用于 |\n|---|---|\n| 手机号码 | 营销 |\n", "Use"),
        ("zh-Hant", "## 概覽\n\n| 不蒐集的資訊 | 原因 |\n|---|---|\n| 通訊錄 | 安全 |\n", "Collect"),
    ],
)
def test_a_head_that_denies_permits_nothing_below_it(language: str, text: str, practice: str) -> None:
    found = {(s.practice, s.denied) for s in read(text, language).statements}
    assert found == {(practice, True)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "## Overview\n\n| What we do | What we don't do |\n|---|---|\n"
            "| Store your name on our server | Sell your name to advertisers |\n",
        ),
        ("en", "## Overview\n\n| Data | Not shared with |\n|---|---|\n| E-mail address | nobody |\n"),
        ("zh-Hans", "## 概览\n\n| 我们做的 | 我们不做的 |\n|---|---|\n| 本地保存笔记 | 出售您的笔记 |\n"),
    ],
)
def test_where_a_head_denies_something_else_the_row_states_nothing(language: str, text: str) -> None:
    assert not any(s.practice in ("Sell", "Share", "Store") for s in read(text, language).statements)


def test_what_announces_one_table_does_not_announce_the_next() -> None:
    text = (
        "## Sale\n\nWe do not sell the following categories:\n\n| Category | Examples |\n|---|---|\n"
        "| Identifiers | name |\n\n| Third party | Data shared |\n|---|---|\n| Couriers | address |\n"
    )
    said = _said(read(text, "en"))
    assert len(said["Sell", True]) == 2 and len(said["Share", False]) == 1


def test_what_stands_before_a_table_says_what_its_rows_state() -> None:
    text = (
        "## Your data\n\nThe following stays on your device and is never sent to us:\n\n"
        "| Data | Purpose |\n|---|---|\n| Notes | Search |\n\n"
        "We store the following on our servers:\n\n| Data | Purpose |\n|---|---|\n| E-mail address | Login |\n"
    )
    said = _said(read(text, "en"))
    assert ("Use", False) not in said and ("Collect", False) not in said
    assert ("dataCategory", "EmailAddress") in said["Store", False][-1]
