"""Practice detection against sentences that others labelled: every figure here was counted by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clausegraph.ingest.evaluate import EvaluateError
from clausegraph.ingest.evaluate.capp130 import (
    ROWS,
    Found,
    Labelled,
    Sentence,
    load_labelled,
    report_practices,
    score_practices,
    sentences,
)
from clausegraph.ingest.evaluate.capp130_causes import (
    BESIDE,
    FURTHER,
    HEADING,
    INHERITED,
    NO_RULE,
    PERMISSION,
    REFUSAL,
    UNLABELLED,
    false_cause,
    missed_cause,
)
from clausegraph.ingest.evaluate.capp130_grids import mapping_grid, practice_data, practice_grids
from clausegraph.ingest.evaluate.score import Counts
from clausegraph.ingest.pipeline import process
from clausegraph.ingest.records import PRACTICES, Clause, Document, Extraction, Statement

LINES = ["一、收集", "我们收集您的姓名。", "我们与伙伴共享电话。", "欢迎光临。"]
TEXT = "\n".join(LINES)


def place(number: int) -> tuple[int, int]:
    start = sum(len(line) + 1 for line in LINES[:number])
    return start, start + len(LINES[number])


def statement(number: int, practice: str, *rules: str) -> Statement:
    start, end = place(number)
    return Statement(start, end, clause="1", practice=practice, rules=rules)


def labelled() -> Labelled:
    labels = {
        place(0): frozenset({"数据收集"}),
        place(1): frozenset({"数据收集", "摘要"}),
        place(2): frozenset({"共享、委托、转让、公开（披露）"}),
    }
    return Labelled("t", TEXT, "zh-Hans", labels)


def extraction() -> Extraction:
    clauses = tuple(
        Clause(str(number), *place(number), kind="Heading" if number == 0 else "Paragraph", order=number)
        for number in range(len(LINES))
    )
    statements = (
        statement(1, "Collect", "frame:collect"),
        statement(1, "Use", "frame:use"),
        statement(2, "Transfer", "frame:transfer"),
        statement(3, "Protect", "heading"),
    )
    return Extraction(Document("t", TEXT, "zh-Hans", "0" * 64), clauses, statements)


def test_the_counts_worked_out_by_hand() -> None:
    report = report_practices([sentences(labelled(), extraction())])
    assert (report.documents, report.sentences) == (1, 4)
    counts = {row.row: row.counts for row in report.rows}
    assert counts["collection"] == Counts(1, 0, 1)
    assert counts["use"] == Counts(0, 1, 0)
    assert counts["sharing"] == Counts(1, 0, 0)
    # A transfer stands for sharing here, so it is no false alarm in storage.
    assert counts["storage"] == Counts(0, 0, 0)
    assert counts["security"] == Counts(0, 1, 0)
    assert report.any == Counts(2, 1, 1)
    assert report.total == Counts(2, 2, 1)
    causes = {row.row: (dict(row.missed), dict(row.false)) for row in report.rows}
    assert causes["collection"] == ({HEADING: 1}, {})
    assert causes["use"] == ({}, {FURTHER: 1})
    assert causes["security"] == ({}, {INHERITED: 1})


def test_a_transfer_without_a_label_is_a_false_alarm() -> None:
    alone = Sentence("转移", frozenset({"使用"}), (Found("Transfer", ("frame:transfer",)),), frozenset({"Paragraph"}))
    counts = {row.row: row.counts for row in report_practices([[alone]]).rows}
    assert (counts["sharing"].fp, counts["storage"].fp) == (1, 1)


def test_causes_are_told_apart() -> None:
    kinds = frozenset({"Paragraph"})
    refusing = "如您拒绝提供，将无法使用该功能。"
    assert missed_cause(refusing, kinds, {"rights and choices"}, {"collection"}) == REFUSAL
    assert missed_cause("为此我们收集并使用姓名。", kinds, {"collection"}, {"collection", "use"}) == BESIDE
    assert missed_cause("开启相机权限。", kinds, frozenset(), {"collection"}) == PERMISSION
    assert missed_cause("其他。", kinds, frozenset(), {"use"}) == NO_RULE
    assert (
        false_cause(refusing, [("frame:choose",)], "rights and choices", {"rights and choices"}, frozenset()) == REFUSAL
    )
    assert false_cause("其他。", [("frame:use",), ("heading",)], "use", {"use"}, frozenset()) == UNLABELLED


def test_every_practice_is_mapped_but_those_without_a_label() -> None:
    mapped = {practice for row in ROWS for practice in row.practices}
    assert set(PRACTICES) - mapped == {"LimitScope", "AssignRole"}
    assert len(mapping_grid().rows) == len(ROWS)


def write(path: Path, *records: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), encoding="utf-8")
    return path


def record(name: str) -> dict[str, object]:
    spans = [
        {"start": start, "end": end, "label_orig": label}
        for (start, end), labels in labelled().labels.items()
        for label in sorted(labels)
    ]
    return {"id": name, "lang": "zh-Hans", "text": TEXT, "spans": spans}


def test_a_text_counts_once_and_is_really_extracted(tmp_path: Path) -> None:
    documents = list(load_labelled(write(tmp_path / "c.jsonl", record("t"), record("again"))))
    assert documents == [labelled()]
    report = score_practices(documents, process)
    assert report.sentences == 4
    assert next(row.counts.tp for row in report.rows if row.row == "collection") >= 1


@pytest.mark.parametrize("line", ["{", '{"id": "t", "lang": "zh", "text": "a"}', '{"id": 1, "spans": 3}', "[]"])
def test_a_line_that_is_no_labelled_document_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text(json.dumps(record("t")) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(EvaluateError, match=r"c\.jsonl, line 2"):
        list(load_labelled(path))
    with pytest.raises(EvaluateError, match="cannot be read"):
        list(load_labelled(tmp_path / "none.jsonl"))


def test_figures_for_people_and_programs_agree() -> None:
    report = report_practices([sentences(labelled(), extraction())])
    scores, missed, false = practice_grids(report)
    assert {row[0]: row[1:] for row in scores.rows}["collection"] == ("2", "1", "1.000", "0.500", "0.667")
    assert missed.rows == ((HEADING, "1", "100.0%", "collection 1"),)
    assert {row[0] for row in false.rows} == {FURTHER, INHERITED}
    data = practice_data(report)
    assert data["rows"][0]["recall"] == 0.5
    assert data["any"] == {"tp": 2, "fp": 1, "fn": 1, "precision": 0.6667, "recall": 0.6667, "f1": 0.6667}
    json.dumps(data)


@pytest.mark.shared
def test_the_whole_corpus_can_be_scored(shared: Path) -> None:
    documents = list(load_labelled(shared / "corpora" / "capp130-dev.jsonl"))
    known = {label for row in ROWS for label in row.labels} | {"潜在风险", "摘要", "停止运营"}
    assert {label for one in documents for labels in one.labels.values() for label in labels} == known
    # Every label lies on a line, else it would never be found.
    for one in documents:
        for start, end in one.labels:
            assert "\n" not in one.text[start:end]
            assert start == 0 or one.text[start - 1] == "\n"
    report = score_practices(documents[:2], process)
    assert report.any.tp > 0
