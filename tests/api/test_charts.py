"""Charts: what is drawn is what the table says, and nothing is left out without a word."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from clausegraph.api.app import create_app
from clausegraph.api.charts import MOST, chart_of
from clausegraph.api.settings import Settings
from clausegraph.queries.report import Cell, Column, Report, Result, list_reports
from clausegraph.queries.reportchart import CHART_KINDS
from clausegraph.queries.store import MemoryStore

HTML = {"accept": "text/html"}


@pytest.fixture(scope="module")
def client(store: MemoryStore) -> Iterator[TestClient]:
    """A client of the app over the two hand-made policies."""
    with TestClient(create_app(Settings(store=":memory:"), store=store)) as made:
        yield made


def result(hint: Mapping[str, str], columns: str, *rows: tuple[Cell, ...], lists: str = "") -> Result:
    """An answer with these columns; those of ``lists`` hold several values."""
    made = tuple(Column(name, name.capitalize(), list=name in lists.split()) for name in columns.split())
    return Result(Report("r", Path("r.rq"), chart=hint, columns=made), made, list(rows), "en", {})


def bar(hint: Mapping[str, str], *pairs: tuple[str, float | None]) -> Result:
    """An answer with a policy and days in each row."""
    return result(hint, "policy days", *((Cell(name, f"https://x/{name}"), Cell("", number=n)) for name, n in pairs))


BAR = {"kind": "bar", "x": "policy", "y": "days"}
MATRIX = {"kind": "matrix", "x": "data", "y": "policy"}


def test_a_bar_is_the_largest_number_and_says_so() -> None:
    chart = chart_of(bar(BAR, ("A", 30), ("B", 7), ("A", 365), ("C", None)))
    assert chart is not None
    assert [(point.x, point.value) for point in chart.points] == [("A", 365), ("B", 7)]
    assert chart.value == "Days (the largest)"
    single = chart_of(bar(BAR, ("A", 30), ("B", 7)))
    assert single is not None
    assert single.value == "Days"


def test_dots_show_every_number() -> None:
    chart = chart_of(bar({**BAR, "kind": "dot"}, ("A", 30), ("B", 7), ("A", 365)))
    assert chart is not None
    assert [(point.x, point.value) for point in chart.points] == [("A", 30), ("A", 365), ("B", 7)]


def test_without_numbers_rows_are_counted() -> None:
    chart = chart_of(bar({"kind": "bar", "x": "policy"}, ("A", None), ("B", None), ("A", None)))
    assert chart is not None
    assert [(point.x, point.value) for point in chart.points] == [("A", 2), ("B", 1)]


def test_a_matrix_counts_pairs_and_each_value_of_a_list() -> None:
    rows = [(Cell("Name; Age"), Cell("P", "p")), (Cell("Name"), Cell("P", "p")), (Cell("Name"), Cell("Q", "q"))]
    chart = chart_of(result(MATRIX, "data policy", *rows, (Cell(""), Cell("Q", "q")), lists="data"))
    assert chart is not None
    assert {(point.x, point.y): point.value for point in chart.points} == {
        ("Name", "P"): 2,
        ("Age", "P"): 1,
        ("Name", "Q"): 1,
    }


def test_two_policies_of_one_title_stay_two() -> None:
    rows = [(Cell("Privacy policy", "a"), Cell("", number=1)), (Cell("Privacy policy", "b"), Cell("", number=2))]
    chart = chart_of(result(BAR, "policy days", *rows))
    assert chart is not None
    assert [(point.x, point.value) for point in chart.points] == [("Privacy policy (2)", 2), ("Privacy policy", 1)]


def test_what_is_left_out_is_said() -> None:
    chart = chart_of(bar(BAR, *((str(number), number) for number in range(MOST + 5))))
    assert chart is not None
    assert len(chart.points) == MOST
    assert f"the {MOST} greatest of {MOST + 5} (policy)" in chart.caption
    assert min(point.value for point in chart.points) == 5


def test_a_wide_matrix_is_turned() -> None:
    rows = [(Cell(f"D{number}"), Cell("P", "p")) for number in range(20)]
    chart = chart_of(result(MATRIX, "data policy", *rows))
    assert chart is not None
    assert (chart.x, chart.y) == ("Policy", "Data")
    assert {point.x for point in chart.points} == {"P"}


def test_a_chart_of_denials_is_marked() -> None:
    hint = {"kind": "bar", "x": "deniedData"}
    chart = chart_of(result(hint, "deniedData", (Cell("Age"),), (Cell("Name"),)))
    assert chart is not None
    assert chart.denied


@pytest.mark.parametrize(
    "hint",
    [
        {},
        {"kind": "pie", "x": "policy"},
        {"kind": "bar"},
        {"kind": "bar", "x": "none"},
        {"kind": "matrix", "x": "policy"},
    ],
)
def test_a_hint_that_does_not_fit_draws_nothing(hint: Mapping[str, str]) -> None:
    assert chart_of(bar(hint, ("A", 1), ("B", 2))) is None


@pytest.mark.parametrize(
    ("lang", "value", "caption"),
    [
        ("cs", "Days (největší)", "Days (největší) podle sloupce „policy“."),
        ("zh-Hant", "Days（最大值）", "Days（最大值），依「policy」。"),
        ("zh-Hans", "Days（最大值）", "Days（最大值），按“policy”。"),
    ],
)
def test_a_caption_speaks_the_language_of_the_answer(lang: str, value: str, caption: str) -> None:
    chart = chart_of(replace(bar(BAR, ("A", 30), ("B", 7), ("A", 365)), lang=lang))
    assert chart is not None
    assert (chart.value, chart.caption) == (value, caption)


def test_one_name_is_no_chart() -> None:
    assert chart_of(bar(BAR, ("A", 1))) is None


def test_every_report_s_hint_can_be_drawn() -> None:
    hinted = [report for report in list_reports() if report.chart]
    assert hinted
    for report in hinted:
        names = {column.name for column in report.columns}
        assert report.chart["kind"] in CHART_KINDS, report.name
        assert set(report.chart) <= {"kind", "x", "y"}, report.name
        assert {report.chart["x"], report.chart.get("y", report.chart["x"])} <= names, report.name


def test_the_page_carries_the_chart_s_data_and_the_table_all_the_same(client: TestClient) -> None:
    answer = client.get("/reports/policies", headers=HTML)
    found = re.search(r'<script type="application/json" id="chart-data">(.*?)</script>', answer.text, re.DOTALL)
    assert found is not None
    chart = json.loads(found[1])
    rows = client.get("/reports/policies").json()["rows"]
    assert {point["x"]: point["value"] for point in chart["points"]} == {
        row["policy"]["text"]: row["affirmed"]["number"] for row in rows
    }
    assert '<table class="answer">' in answer.text
    assert "script-src 'self';" in answer.headers["content-security-policy"]


def test_without_the_bundle_the_page_says_what_is_missing(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("clausegraph.api.reports.VENDOR", tmp_path)
    text = client.get("/reports/policies", headers=HTML).text
    assert "what draws it was not built" in text
    assert "<script" not in text
    assert "printed on" in text
