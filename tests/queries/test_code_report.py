"""The report on cited codes: each with its list, its DPV concept and its quote, and the codes beside a wrong label.

A wrong accusation is worse than a missing one: most texts here must accuse nobody.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from clausegraph.api import ingestion
from clausegraph.ingest.read import discover
from clausegraph.ontology.vocabulary import Vocabulary, load_vocabulary
from clausegraph.queries.report import run_report
from clausegraph.queries.store import MemoryStore


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


HEAD = "隱私權政策\n\n青泉瑜伽有限公司告知下列事項。\n\n一、個人資料之類別\n"


def report(folder: Path, *lines: str, **parameters: str) -> list[dict[str, str]]:
    """What the report says of a policy with these lines."""
    (folder / "policy.txt").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    with MemoryStore() as store:
        landed = list(ingestion.ingest(store, discover([str(folder)]), jobs=1))
        assert [one.state for one in landed] == ["added"]
        result = run_report(store, "tw-codes", parameters)
    return [{column.name: cell.text for column, cell in zip(result.columns, row, strict=True)} for row in result.rows]


def mismatches(folder: Path, *lines: str) -> set[tuple[str, str]]:
    """(code, the code whose label stands beside it)."""
    return {(row["notation"], row["other"].partition(" ")[0]) for row in report(folder, *lines, mismatches="true")}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("本公司蒐集之個人資料類別：C001 健康紀錄：身高、體重。", {("C001", "C111")}),
        ("C001健康紀錄。", {("C001", "C111")}),
        ("Ｃ００１：健康紀錄。", {("C001", "C111")}),
        ("CO11 health records：性別。", {("C011", "C111")}),
        ("C001 健康记录。", {("C001", "C111")}),
        ("C021 识别财务者：信用卡號。", {("C021", "C002")}),
        ("特定目的（代號：040 消費者、客戶管理與服務、069 契約、類似契約或其他法律關係事務）。", {("040", "090")}),
        ("蒐集之特定目的代號：〇四〇 客戶管理與服務。", {("040", "090")}),
    ],
)
def test_the_label_of_another_code_is_told(tmp_path: Path, line: str, expected: set[tuple[str, str]]) -> None:
    assert mismatches(tmp_path, f"1. {line}") == expected


@pytest.mark.parametrize(
    "line",
    [
        "C001辨識個人者：如姓名、地址、電話。",
        "C001 識別個人者：如姓名、電話。",  # another word for the same
        "C001：姓名、電話、職業。",  # what it comprises, no label
        "C111 職業、興趣。",  # a label of two signs may be content
        "C066 健康紀錄。",  # its own label, shortened
        "C001 健康紀錄保存。",  # the words go on: no label
        "蒐集辨識個人者（C001）、辨識財務者（C002）及個人描述（C011）。",  # the labels stand before the codes
        "蒐集辨識個人者 C001 辨識財務者 C002。",
        "蒐集推廣 C001 健康紀錄 C111。",  # a label nobody knows before its code
        "C001、C002、C111健康紀錄。",
        "特定目的：行銷業務、客戶管理與服務（特定目的項目編號：〇四〇、O九O）。",
        "本公司蒐集姓名，特定目的項目編號為行銷（040）、客戶管理與服務（090）。",
        "特定目的（代號：040行銷、090消費者、客戶管理與服務、148網路購物及其他電子商務服務）。",
    ],
)
def test_what_may_be_right_is_not_told(tmp_path: Path, line: str) -> None:
    assert report(tmp_path, f"1. {line}"), "the codes must be read, or the test tests nothing"
    assert mismatches(tmp_path, f"1. {line}") == set()


def test_rows_name_list_concept_and_words(tmp_path: Path) -> None:
    rows = report(tmp_path, "1. C011個人描述：性別。", "2. 我們不會蒐集C003政府資料中之辨識者。")
    assert [
        (row["notation"], row["code"], row["list"], row["dpv"], row["confidence"], row["other"]) for row in rows
    ] == [
        ("C003", "Identifiers in government records", "Taiwan PDPA categories", "pd:OfficialID", "high", ""),
        (
            "C011", "Personal description", "Taiwan PDPA categories",
            "pd:Demographic; pd:PhysicalCharacteristic", "medium", "",
        ),
    ]  # fmt: skip
    denied, affirmed = rows
    assert (denied["practice"], denied["deniedPractice"], denied["quote"]) == ("", "Collect", "")
    assert denied["deniedQuote"] == "我們不會蒐集C003政府資料中之辨識者。"
    assert (affirmed["practice"], affirmed["quote"]) == ("Collect", "C011個人描述：性別。")
    assert report(tmp_path, "1. C011個人描述：性別。", mismatches="true") == []
    assert len(report(tmp_path, "1. C011個人描述：性別。", mismatches="false")) == 1


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans"])
def test_no_code_is_accused_beside_its_own_label(tmp_path: Path, vocabulary: Vocabulary, language: str) -> None:
    """Behind the code, before it, and in lists one after the other; every code of both lists."""
    categories, purposes = vocabulary.in_scheme("tw-categories"), vocabulary.in_scheme("tw-purposes")
    lines = [f"本公司蒐集之個人資料類別：{one.notation}{one.labels[language]}。" for one in categories]
    lines += [f"本公司蒐集之特定目的代號：{one.notation} {one.labels[language]}。" for one in purposes]
    for one, other in pairwise(categories):
        lines.append(
            f"本公司蒐集{one.labels[language]}（{one.notation}）、{other.labels[language]}（{other.notation}）。"
        )
        lines.append(f"本公司蒐集{one.notation}{one.labels[language]}、{other.notation}{other.labels[language]}。")
    rows = report(tmp_path, *(f"{number}. {line}" for number, line in enumerate(lines, 1)))
    assert len({row["notation"] for row in rows}) > 0.95 * (len(categories) + len(purposes))
    assert [(row["notation"], row["other"], row["quote"]) for row in rows if row["other"]] == []


def test_nearly_every_code_is_told_beside_the_label_of_the_next(tmp_path: Path, vocabulary: Vocabulary) -> None:
    categories = vocabulary.in_scheme("tw-categories")
    pairs = [(one, other) for one, other in pairwise(categories) if len(other.labels["zh-Hant"]) > 2]
    lines = [f"本公司蒐集之個人資料類別：{one.notation}{other.labels['zh-Hant']}。" for one, other in pairs]
    found = mismatches(tmp_path, *(f"{number}. {line}" for number, line in enumerate(lines, 1)))
    expected = {(one.notation, other.notation) for one, other in pairs}
    assert found <= expected
    assert len(found) > 0.9 * len(expected)
