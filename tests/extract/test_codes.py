"""Codes of Taiwan's data protection act: cited on the value that they stand for, never a value of their own kind."""

from __future__ import annotations

import pytest

from .reads import read


def cited(text: str) -> dict[str, str]:
    """Code → concept of the mention that cites it."""
    return {m.code: m.concept for s in read(text, "zh-Hant").statements for m in s.mentions if m.code}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("個人資料類別：C001辨識個人者：如姓名、電話。", {"TW-C001": "Identifying"}),
        ("個人資料類別：Ｃ００１辨識個人者：如姓名、電話。", {"TW-C001": "Identifying"}),
        (
            "蒐集之目的：行銷業務、客戶管理（特定目的項目編號：〇四〇、O九O）。",
            {"TW-040": "Marketing", "TW-090": "CustomerManagement"},
        ),
        ("我們為行銷業務蒐集您的姓名，客服專線分機為040。", {}),
        ("個人資料類別：C999：姓名。", {}),
    ],
)
def test_codes_are_cited_where_they_are_announced(text: str, codes: dict[str, str]) -> None:
    assert cited(text) == codes


def test_a_code_of_its_own_quotes_itself() -> None:
    extraction = read("蒐集之目的：客戶管理（特定目的項目編號：一四八）。", "zh-Hant")
    found = [m for s in extraction.statements for m in s.mentions if m.code == "TW-148"]
    assert [extraction.document.text[m.start : m.end] for m in found] == ["一四八"]
