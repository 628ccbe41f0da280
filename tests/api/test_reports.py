"""Reports over HTTP: the list, forms, parameters, refusals; nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient

from clausegraph.api.app import create_app
from clausegraph.api.settings import Settings
from clausegraph.api.tables import FORMULA, harmless, to_html
from clausegraph.api.workbook import MEDIA_TYPE, to_xlsx
from clausegraph.queries.report import Cell, Column, Report, Result
from clausegraph.queries.store import MemoryStore

HTML = {"accept": "text/html"}
GETS = """#+ title: Who gets a kind of data
#+ summary: Recipients of one kind of data
#+ tags: who gets it
#+ parameters:
#+   category:
#+     type: concept
#+     scheme: data-categories
PREFIX cg: <https://w3id.org/clausegraph/ontology#>
PREFIX cgc: <https://w3id.org/clausegraph/concepts#>
SELECT ?category ?recipient ?statement ?quote WHERE {
  VALUES ?category { cgc:EmailAddress }
  ?statement cg:dataCategory ?category ; cg:recipient ?recipient ; cg:quote ?quote .
}
"""


@pytest.fixture(scope="module")
def client(store: MemoryStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of the app with two reports of the user's own, one of them broken."""
    folder = tmp_path_factory.mktemp("reports")
    (folder / "who-gets.rq").write_text(GETS)
    (folder / "broken.rq").write_text("SELECT nothing")
    settings = Settings(store=":memory:", reports=(str(folder),))
    with TestClient(create_app(settings, store=store)) as made:
        yield made


def test_the_list_names_every_report_and_what_is_wrong_with_a_broken_one(client: TestClient) -> None:
    found = {one["name"]: one for one in client.get("/reports").json()}
    assert found["who-gets"]["title"] == "Who gets a kind of data"
    assert found["who-gets"]["parameters"][0]["scheme"] == "data-categories"
    assert "broken.rq" in found["broken"]["error"]
    page = client.get("/reports", headers=HTML).text
    assert '<a href="/reports/who-gets">Who gets a kind of data</a>' in page
    assert "cannot be used" in page


def test_an_answer_comes_in_every_form(client: TestClient) -> None:
    rows = client.get("/reports/who-gets").json()["rows"]
    assert [row["category"]["text"] for row in rows] == ["E-mail address"]
    assert rows[0]["statement"]["iri"].startswith("https://w3id.org/clausegraph/id/policy/")
    answer = client.get("/reports/who-gets", headers={"accept": "text/csv"})
    assert answer.headers["content-disposition"] == 'attachment; filename="who-gets.csv"'
    header, row = csv.reader(answer.text.splitlines())
    assert len(header) == len(row) == 5
    assert "Third party" in row
    assert client.get("/reports/who-gets", params={"format": "markdown"}).text.startswith("# Who gets")
    page = client.get("/reports/who-gets", headers=HTML).text
    assert 'href="/id/policy/shop%2Fprivacy/version/' in page
    assert 'href="?format=csv"' in page


def test_parameters_and_language_are_the_asker_s(client: TestClient) -> None:
    assert client.get("/reports/who-gets", params={"category": "Age"}).json()["rows"] == []
    page = client.get("/reports/who-gets", headers=HTML, params={"category": "Age", "lang": "cs"}).text
    assert "Nothing in the store answers this" in page
    assert '<option value="Age" selected>Věk</option>' in page
    chinese = client.get("/reports/who-gets", params={"lang": "zh-Hant"}).json()["rows"]
    assert chinese[0]["recipient"]["text"] == "第三方"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/reports/who-gets?category=Nothing", 400),
        ("/reports/who-gets?colour=red", 400),
        ("/reports/who-gets?format=pdf", 406),
        ("/reports/none", 404),
        ("/reports/broken", 404),
    ],
)
def test_a_wrong_question_says_what_mends_it(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert client.get(path, headers=HTML).status_code == status


def test_an_excel_file_opens_with_links_and_runs_nothing(client: TestClient) -> None:
    page = client.get("/reports/who-gets", headers=HTML).text
    assert 'href="?format=xlsx"' in page
    answer = client.get("/reports/who-gets.xlsx", params={"lang": "cs"})
    assert answer.headers["content-disposition"] == 'attachment; filename="who-gets.xlsx"'
    assert answer.headers["content-type"] == MEDIA_TYPE
    assert client.get("/reports/who-gets", headers={"accept": MEDIA_TYPE}).content[:2] == b"PK"
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    head, row = book["Answer"].iter_rows()
    assert [cell.value for cell in head] == ["Kategorie", "Příjemce", "Tvrzení", "Citace"]
    assert row[1].value == "Třetí strana"
    assert row[2].hyperlink is not None
    assert str(row[2].hyperlink.target).startswith("http://testserver/id/policy/shop%2Fprivacy/version/")
    assert ("Report", "Who gets a kind of data") in [tuple(cell.value for cell in line) for line in book["About"]]


def test_every_report_is_a_typed_operation(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    found = {
        path.removeprefix("/reports/"): item["get"] for path, item in schema["paths"].items() if "/reports/" in path
    }
    usable = {one["name"] for one in client.get("/reports").json() if "error" not in one}
    assert set(found) - {"{name}"} == usable
    collects = {one["name"]: one for one in found["who-collects"]["parameters"]}
    assert collects["category"]["schema"]["default"] == ["Location"]
    assert "Location" in schema["components"]["schemas"]["ConceptDataCategories"]["enum"]
    assert found["low-confidence"]["parameters"][0]["schema"] == {
        "type": "array",
        "items": {"type": "number"},
        "default": [0.6],
    }
    assert [one["required"] for one in found["compare"]["parameters"][:2]] == [True, True]
    answer = found["who-gets"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
    row = schema["components"]["schemas"][answer.rpartition("/")[2]]["properties"]["rows"]["items"]
    assert set(row["properties"]) == set(client.get("/reports/who-gets").json()["rows"][0])
    names = [item["operationId"] for operations in schema["paths"].values() for item in operations.values()]
    assert len(names) == len(set(names))


def test_groups_come_in_the_order_of_questions(client: TestClient) -> None:
    page = client.get("/reports", headers=HTML).text
    places = [page.index(f"<h2>{name}</h2>") for name in ("Overview", "Data", "Rights", "Denials", "Cannot be used")]
    assert places == sorted(places)
    assert ">Location data</option>" in client.get("/reports/who-collects", headers=HTML).text


def test_an_ending_is_a_format(client: TestClient) -> None:
    assert client.get("/reports/who-gets.csv").headers["content-type"].startswith("text/csv")
    assert client.get("/reports/who-gets.md").text == client.get("/reports/who-gets?format=md").text
    assert client.get("/reports/who-gets.json").json()["report"] == "who-gets"
    assert client.get("/reports/who-gets.pdf").status_code == 406
    assert client.get("/reports/none.xlsx").status_code == 404


def result_of(*texts: str) -> Result:
    """An answer of one column."""
    column = Column("said", "Said")
    rows: list[tuple[Cell, ...]] = [(Cell(text),) for text in texts]
    return Result(Report("x", Path("x.rq"), title="X <1>"), (column,), rows, "en", {})


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://evil.example","x")', "@SUM(1)", "-1+1", "{=1}", "\t=1"])
def test_no_cell_of_a_workbook_is_a_formula(text: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(result_of(text))))["Answer"]
    cell = sheet.cell(2, 1)
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    assert cell.quotePrefix == text.startswith(FORMULA)


def test_the_same_answer_gives_the_same_workbook() -> None:
    assert to_xlsx(result_of("a", "b")) == to_xlsx(result_of("a", "b"))
    assert openpyxl.load_workbook(io.BytesIO(to_xlsx(result_of())))["Answer"].max_row == 1


def test_html_escapes_what_policies_say() -> None:
    page = to_html(result_of("<script>alert(1)</script>"))
    assert "<script" not in page
    assert "<h1>X &lt;1&gt;</h1>" in page


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_text_that_looks_like_a_formula_is_made_harmless(text: str) -> None:
    assert harmless(Cell(text)) == "'" + text
    assert harmless(Cell("-1", number=-1)) == "-1"
    assert harmless(Cell("a=1")) == "a=1"
