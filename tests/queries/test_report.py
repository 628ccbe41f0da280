"""Report files and parameters: what is right is found, what is wrong is said, and nothing is pasted as text."""

from __future__ import annotations

import gc
import os
import threading
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegraph import ClauseGraphError
from clausegraph.ontology.vocabulary import load_vocabulary
from clausegraph.queries.report import (
    BUNDLED,
    Report,
    ReportError,
    choices,
    get_report,
    label_language,
    list_reports,
    query_of,
    run_report,
)
from clausegraph.queries.reportfile import read_report
from clausegraph.queries.reportheader import ReportFileError
from clausegraph.queries.store import MemoryStore, VersionGraph

POLICY = "https://w3id.org/clausegraph/id/policy/"

GOOD = """#+ title: Everything
#+ summary: "All of it: really."
#+ description: >
#+   Over two lines,
#+   folded.
#+ tags: [one, 'two three']
#+ parameters:
#+   text:
#+     type: string
#+   number:
#+     type: integer
#+     description: How many.
#+     default: 3
#+   ratio:
#+     type: decimal
#+   sure:
#+     type: boolean
#+   day:
#+     type: date
#+   tongue:
#+     type: language
#+   thing:
#+     type: iri
#+   category:
#+     type: concept
#+     scheme: data-categories
#+   policy:
#+     type: policy
#+   kind:
#+     type: string
#+     values: [red, green]
#+     required: true
#+ columns:
#+   number: How many
#+ chart:
#+   kind: bar
#+   x: text

PREFIX cgc: <https://w3id.org/clausegraph/concepts#>
# VALUES ?text { "in a comment" }
SELECT * WHERE {
  VALUES ?text { "VALUES ?text { 1 }" }
  VALUES ?number { 3 }
  VALUES ?ratio { -0.5 }
  VALUES ?sure { true }
  VALUES ?day { "2026-01-01"^^<http://www.w3.org/2001/XMLSchema#date> }
  VALUES ?tongue { "en" }
  VALUES ?thing { UNDEF }
  BIND(cgc:Location AS ?category)
  VALUES ?policy { UNDEF }
  VALUES ?kind { UNDEF }
}
"""


@pytest.fixture
def good(tmp_path: Path) -> Report:
    (tmp_path / "everything.rq").write_text(GOOD, encoding="utf-8")
    return read_report(tmp_path / "everything.rq")


def ask(report: Report, **parameters: str | list[str]) -> dict[str, str]:
    """The one row that the report gives, as N-Triples terms by variable."""
    with MemoryStore() as store:
        graph = POLICY + "acme/version/1"
        nquads = f"<{graph}> <x:p> <x:o> <{graph}> .\n".encode()
        store.put([VersionGraph(POLICY + "acme", graph, "", "e1", nquads, "2026-01-01T00:00:00Z")])
        answer = store.query(query_of(store, report, {"kind": "red", **parameters}))
    assert not isinstance(answer, bool)
    return {name: str(term) for name, term in answer.records()[0].items()}  # type: ignore[union-attr]


def test_a_file_says_what_it_is(good: Report) -> None:
    assert (good.name, good.title, good.summary) == ("everything", "Everything", "All of it: really.")
    assert good.description == "Over two lines, folded."
    assert good.tags == ("one", "two three")
    assert dict(good.chart) == {"kind": "bar", "x": "text"}
    parameters = {parameter.name: parameter for parameter in good.parameters}
    assert parameters["text"].default == ('"VALUES ?text { 1 }"',)
    assert parameters["number"].default == ("3",)
    assert parameters["ratio"].default == ("-0.5",)
    assert parameters["day"].default == ('"2026-01-01"^^<http://www.w3.org/2001/XMLSchema#date>',)
    assert parameters["category"].default == ("cgc:Location",)
    assert parameters["thing"].default == ()
    assert parameters["kind"].required
    assert parameters["kind"].values == ("red", "green")
    assert {column.name: column.title for column in good.columns}["number"] == "How many"


@pytest.mark.parametrize(
    ("name", "text", "term"),
    [
        ("text", 'a "quoted" } UNION { ?x', '"a \\"quoted\\" } UNION { ?x"'),
        ("number", " 12 ", '"12"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("ratio", "1e-3", '"0.001"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("sure", "False", '"false"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
        ("day", "2026-02-28", '"2026-02-28"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("tongue", "zh-Hant", '"zh-Hant"'),
        ("thing", "https://example.org/x?a=b", "<https://example.org/x?a=b>"),
        ("thing", "cg:Share", "<https://w3id.org/clausegraph/ontology#Share>"),
        ("category", "EmailAddress", "<https://w3id.org/clausegraph/concepts#EmailAddress>"),
        ("category", "cgc:EmailAddress", "<https://w3id.org/clausegraph/concepts#EmailAddress>"),
        ("category", "pd:EmailAddress", "<https://w3id.org/clausegraph/concepts#EmailAddress>"),
        ("policy", "acme", f"<{POLICY}acme>"),
        ("policy", POLICY + "acme", f"<{POLICY}acme>"),
        ("kind", "green", '"green"'),
    ],
)
def test_parameters_become_typed_terms(good: Report, name: str, text: str, term: str) -> None:
    before = ask(good)
    after = ask(good, **{name: text})
    assert after.pop(name) == term
    before.pop(name, None)
    assert after == before


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("number", "three"),
        ("ratio", "NaN"),
        ("ratio", "1/2"),
        ("sure", "maybe"),
        ("day", "2026-02-30"),
        ("tongue", 'en" }'),
        ("thing", "not an iri"),
        ("thing", "x> } DROP ALL <x:y"),
        ("category", "Lokation"),
        ("category", "Affiliate"),
        ("policy", "nobody"),
        ("policy", POLICY + "acme> ; <x:"),
        ("kind", "blue"),
        ("colour", "red"),
    ],
)
def test_wrong_parameters_are_refused_with_a_hint(good: Report, name: str, text: str) -> None:
    with pytest.raises(ReportError, match=name) as caught:
        ask(good, **{name: text})
    assert caught.value.mend
    assert isinstance(caught.value, ClauseGraphError)


def test_a_near_miss_is_guessed(good: Report) -> None:
    with pytest.raises(ReportError) as caught:
        ask(good, category="EmailAdress")
    assert "EmailAddress" in caught.value.mend
    with pytest.raises(ReportError) as caught:
        get_report("sharring")
    assert "sharing" in caught.value.mend


def test_a_needed_parameter_is_asked_for(good: Report) -> None:
    with MemoryStore() as store, pytest.raises(ReportError, match="needs the parameter “kind”"):
        query_of(store, good, {"text": "x"})
    with pytest.raises(ReportError, match="needs"):
        ask(good, kind=" ")


def test_several_values_where_values_allow_them(good: Report) -> None:
    with MemoryStore() as store:
        answer = store.query(query_of(store, good, {"kind": "red", "number": ["1", "2"]}))
        assert len(answer.rows) == 2  # type: ignore[union-attr]
        with pytest.raises(ReportError, match="one value"):
            query_of(store, good, {"kind": "red", "category": ["Location", "EmailAddress"]})


@given(text=st.text())
def test_no_text_breaks_out(text: str) -> None:
    query = '#+ title: t\n#+ summary: s\n#+ parameters:\n#+   x:\n#+     type: string\nSELECT ?x { VALUES ?x { "" } }'
    with MemoryStore() as store:
        path = Path(os.devnull).with_name("t.rq")
        report = _report(path, query)
        answer = store.query(query_of(store, report, {"x": text}))
    expected = text if text.strip() else ""
    assert [row["x"] for row in answer.texts()] == [expected.strip()]  # type: ignore[union-attr]


def _report(path: Path, text: str) -> Report:
    """A report from text, without a file."""

    class Text(type(path)):  # type: ignore[misc]
        def read_text(self, encoding: str | None = None, errors: str | None = None) -> str:
            return text

    return read_report(Text(path))


@pytest.mark.parametrize(
    ("change", "to", "error"),
    [
        ("#+ title: Everything\n", "", "no title"),
        ("#+ summary:", "#+ sumary:", "no key “sumary”"),
        ("#+ title: Everything", "#+ title Everything", "line 1"),
        ("#+ title: Everything", "#+ title: Everything\n#+ title: Again", "line 2: “title” is given twice"),
        ("#+ tags: [one, 'two three']", "#+ tags: [one", "not closed"),
        ("type: integer", "type: number", "type “number”"),
        ("scheme: data-categories", "description: none", "scheme"),
        ("#+   text:\n#+     type: string", "#+   text: string", "block"),
        ("description: How many", "describe: How many", "says nothing about"),
        ("default: 3", "default: 4", "in the header"),
        ("VALUES ?number { 3 }", "BIND(1 + 2 AS ?number)", "no place for the parameter “number”"),
        ("VALUES ?number { 3 }", "VALUES ?number { 3 } { VALUES ?number { 4 } }", "more than one default"),
        ("SELECT *", "SELECT", "not valid SPARQL"),
        ("SELECT * WHERE", "ASK WHERE", "no table"),
        ("number: How many", "numbers: How many", "no column “numbers”"),
        ("#+ chart:", "#+ dataset: future\n#+ chart:", "no dataset “future”"),
    ],
)
def test_broken_files_are_listed_with_their_error(tmp_path: Path, change: str, to: str, error: str) -> None:
    assert change in GOOD
    (tmp_path / "broken.rq").write_text(GOOD.replace(change, to), encoding="utf-8")
    (tmp_path / "fine.rq").write_text(GOOD, encoding="utf-8")
    reports = {report.name: report for report in list_reports([tmp_path])}
    assert error in reports["broken"].error
    assert "broken.rq" in reports["broken"].error
    assert reports["fine"].error == ""
    assert not reports["sharing"].error
    with pytest.raises(ReportError, match="broken"):
        get_report("broken", [tmp_path])


def test_a_report_asks_no_other_server(tmp_path: Path) -> None:
    text = "#+ title: t\n#+ summary: s\nSELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
    (tmp_path / "abroad.rq").write_text(text, encoding="utf-8")
    found = {report.name: report.error for report in list_reports([tmp_path])}
    assert "SERVICE is refused" in found["abroad"]


def test_files_that_cannot_be_read_are_listed_too(tmp_path: Path) -> None:
    (tmp_path / "latin.rq").write_bytes("#+ title: é".encode("latin-1"))
    (tmp_path / "Bad Name.rq").write_text(GOOD, encoding="utf-8")
    found = {report.name: report.error for report in list_reports([tmp_path, tmp_path / "absent"])}
    assert "UTF-8" in found["latin"] or "utf-8" in found["latin"]
    assert "name" in found["Bad Name"]
    assert "not there" in found["absent"]
    with pytest.raises(ReportFileError):
        read_report(tmp_path / "latin.rq")


def test_a_name_is_no_way_out_of_the_folder(tmp_path: Path, good: Report) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    assert get_report(good.path.stem, [good.path.parent]).title == "Everything"
    for name in (f"../{good.path.stem}", str(good.path.with_suffix("")), "", ".."):
        with pytest.raises(ReportError, match="no report"):
            get_report(name, [good.path.parent / "inside"])


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    query = "SELECT * WHERE { ?s ?p ?o }"
    for title in ("First", "A second one"):
        file.write_text(f"#+ title: {title}\n#+ summary: x\n{query}", encoding="utf-8")
        assert get_report("mine", [tmp_path]).title == title
    file.write_text("SELECT", encoding="utf-8")
    with pytest.raises(ReportError, match="not valid SPARQL"):
        get_report("mine", [tmp_path])


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
def test_no_result_outlives_the_thread_that_read_the_file(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        query = f"# {name}\nPREFIX cgc: <https://x.example/> SELECT * WHERE {{ ?s ?p cgc:ServiceProvider }}"
        (tmp_path / f"{name}.rq").write_text(f"#+ title: {name}\n#+ summary: x\n{query}", encoding="utf-8")
    thread = threading.Thread(target=lambda: [read_report(file) for file in tmp_path.glob("*.rq")])
    thread.start()
    thread.join()
    gc.collect()


def test_a_report_on_versions_needs_a_policy(tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text("#+ title: x\n#+ summary: x\n#+ dataset: versions\nSELECT * WHERE { ?s ?p ?o }", encoding="utf-8")
    with pytest.raises(ReportFileError, match="all versions of no policy"):
        read_report(file)


def test_a_folders_report_hides_the_bundled_one(tmp_path: Path) -> None:
    (tmp_path / "sharing.rq").write_text(GOOD, encoding="utf-8")
    assert get_report("sharing").path == BUNDLED / "sharing.rq"
    assert get_report("sharing", [tmp_path]).title == "Everything"


def test_bundled_reports_are_in_order() -> None:
    reports = list_reports()
    assert len(reports) >= 13
    vocabulary = load_vocabulary()
    for report in reports:
        assert report.error == ""
        assert report.title
        assert report.summary.endswith(".")
        assert report.tags
        for parameter in report.parameters:
            assert parameter.description.endswith(".")
            if parameter.scheme:
                assert vocabulary.in_scheme(parameter.scheme), parameter.scheme
        names = {column.name for column in report.columns}
        assert {value for key, value in report.chart.items() if key != "kind"} <= names


def test_choices_are_labelled(good: Report) -> None:
    parameters = {parameter.name: parameter for parameter in good.parameters}
    with MemoryStore() as store:
        found = dict(choices(store, parameters["category"], "cs"))
        assert found["EmailAddress"] == load_vocabulary().label("EmailAddress", "cs")
        assert choices(store, parameters["kind"]) == [("red", "red"), ("green", "green")]
        assert choices(store, parameters["sure"]) == [("false", "false"), ("true", "true")]
        assert choices(store, parameters["policy"]) == []
        assert choices(store, parameters["text"]) == []


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("zh-TW", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh_TW", "zh-Hant"),
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-Hans-TW", "zh-Hans"),
        ("cs-CZ", "cs"),
        ("CS", "cs"),
        ("de", "en"),
        ("", "en"),
    ],
)
def test_the_nearest_language_of_labels(asked: str, given: str) -> None:
    assert label_language(asked) == given


def test_cells_are_for_people(tmp_path: Path) -> None:
    (tmp_path / "cells.rq").write_text(
        """#+ title: Cells
#+ summary: Every kind.
#+ lists: [several]
SELECT ?plain ?number ?half ?concept ?thing ?thingLabel ?several ?nothing ?below WHERE {
  BIND("text" AS ?plain) BIND(7 AS ?number) BIND(0.5 AS ?half) BIND("b; a; b" AS ?several)
  BIND(<https://w3id.org/clausegraph/concepts#Location> AS ?concept)
  BIND(<https://example.org/x> AS ?thing) BIND("A thing" AS ?thingLabel)
  BIND(<https://w3id.org/clausegraph/id/policy/acme/version/1/s/4-9-Share> AS ?below)
}
""",
        encoding="utf-8",
    )
    with MemoryStore() as store:
        result = run_report(store, "cells", lang="cs", folders=[tmp_path])
    (row,) = result.rows
    cells = {column.name: cell for column, cell in zip(result.columns, row, strict=True)}
    assert "thingLabel" not in cells
    assert (cells["thing"].text, cells["thing"].iri) == ("A thing", "https://example.org/x")
    assert (cells["number"].number, cells["half"].number, cells["plain"].number) == (7, 0.5, None)
    assert cells["concept"].text == load_vocabulary().label("Location", "cs")
    assert cells["several"].text == "a; b"
    assert cells["nothing"].text == ""
    assert cells["below"].text == "s/4-9-Share"
    assert result.lang == "cs"


def test_a_report_may_ask_the_history(tmp_path: Path) -> None:
    text = "#+ title: Old\n#+ summary: Old versions.\n#+ dataset: history\nSELECT ?s { ?s <x:p> ?o }"
    (tmp_path / "old.rq").write_text(text, encoding="utf-8")
    with MemoryStore() as store:
        for number in (1, 2):
            graph = f"{POLICY}acme/version/{number}"
            nquads = f"<{graph}> <x:p> <x:o> <{graph}> .\n".encode()
            store.put([VersionGraph(POLICY + "acme", graph, "", "e1", nquads, "2026-01-01T00:00:00Z")])
        result = run_report(store, "old", folders=[tmp_path])
    assert [[cell.iri for cell in row] for row in result.rows] == [[f"{POLICY}acme/version/1"]]


def test_terms_survive_the_trip() -> None:
    """What `Literal` writes is what SPARQL reads."""
    for text in ("\\", '"', "\n\r\t", "\u0000\u007f\ufffe", "第三方", "'''\"\"\""):
        answer = ox.Store().query(f"SELECT ({ox.Literal(text)} AS ?x) {{}}")
        assert isinstance(answer, ox.QuerySolutions)
        assert next(answer)["x"] == ox.Literal(text)


def test_a_report_read_in_one_thread_leaves_nothing_for_another_to_drop(tmp_path: Path) -> None:
    """The word “service” makes the fence parse; the parser's errors keep frames alive, which must hold no result."""
    path = tmp_path / "x.rq"
    path.write_text("#+ title: X\n#+ summary: Who is a service.\nSELECT ?s WHERE { ?s ?p ?o }", encoding="utf-8")
    gc.collect()
    gc.disable()
    try:
        reader = threading.Thread(target=read_report, args=(path,))
        reader.start()
        reader.join()
        gc.collect()  # a result dropped here is an unraisable error, which pytest makes a failure
    finally:
        gc.enable()


def test_a_name_too_long_for_a_file_is_no_report(tmp_path: Path) -> None:
    for name in ("x" * 5000, "a\0b"):
        with pytest.raises(ReportError, match="no report"):
            get_report(name, [tmp_path])
