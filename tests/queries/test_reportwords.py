"""Reports in the reader's language: the bundled ones are complete, a header may translate, and mistakes are said."""

from __future__ import annotations

from pathlib import Path

import pytest

from clausegraph.ontology.vocabulary import LANGUAGES
from clausegraph.queries.report import in_language, list_reports, run_report
from clausegraph.queries.reportfile import read_report
from clausegraph.queries.reportheader import ReportFileError
from clausegraph.queries.reportwords import shared_words, spoken
from clausegraph.queries.store import MemoryStore

OTHERS = sorted(set(LANGUAGES) - {"en"})
HEAD = """#+ title: Letters
#+ summary: All of them.
#+ tags: [data]
#+ parameters:
#+   which:
#+     type: string
#+     description: Which one.
#+ columns:
#+   data: Data
#+ translations:
#+   cs:
#+     title: Písmena
#+     columns:
#+       own: Vlastní
#+     parameters:
#+       which: Které.
"""
QUERY = 'SELECT ?data ?own { VALUES ?which { "a" } BIND(?which AS ?data) BIND(?which AS ?own) }'


def write(folder: Path, head: str = HEAD) -> Path:
    path = folder / "letters.rq"
    path.write_text(head + QUERY, encoding="utf-8")
    return path


@pytest.mark.parametrize("language", OTHERS)
def test_the_bundled_reports_are_translated(language: str) -> None:
    for report in list_reports():
        assert not report.error
        words = report.translations.get(language)
        assert words is not None, report.name
        assert words.title, report.name
        assert words.summary, report.name
        texts = {column.title for column in report.columns} | {one.description for one in report.parameters}
        missing = {text for text in texts | set(report.tags) if not shared_words().get(text, {}).get(language)}
        missing -= {column.title for column in report.columns if column.name in words.columns}
        assert not missing, f"{report.name}: queries/reports/words.toml does not say {missing} in {language}"


def test_no_two_reports_share_a_title() -> None:
    for language in LANGUAGES:
        titles = [in_language(report, language).title for report in list_reports()]
        assert len(titles) == len(set(titles)), language


def test_shared_words_are_all_used() -> None:
    reports = list_reports()
    used = {column.title for report in reports for column in report.columns}
    used |= {one.description for report in reports for one in report.parameters}
    used |= {tag for report in reports for tag in report.tags} | {"yes", "no"}
    assert set(shared_words()) == used
    assert all(sorted(words) == OTHERS for words in shared_words().values())


def test_a_header_translates_what_it_names_and_the_rest_is_shared(tmp_path: Path) -> None:
    report = in_language(read_report(write(tmp_path)), "cs-CZ")
    assert (report.title, report.summary) == ("Písmena", "All of them.")
    assert [column.title for column in report.columns] == ["Údaje", "Vlastní"]
    assert report.parameters[0].description == "Které."
    assert spoken("data", "zh-TW") == "資料"
    assert spoken("no such words", "cs") == "no such words"


def test_an_answer_speaks_the_readers_language(tmp_path: Path) -> None:
    report = read_report(write(tmp_path))
    with MemoryStore() as store:
        czech, english = (run_report(store, report, lang=lang) for lang in ("cs", "en"))
    assert (czech.report.title, [one.title for one in czech.columns]) == ("Písmena", ["Údaje", "Vlastní"])
    assert (english.report.title, [one.title for one in english.columns]) == ("Letters", ["Data", "Own"])
    assert czech.rows == english.rows


@pytest.mark.parametrize(
    ("change", "to", "error"),
    [
        ("#+   cs:\n", "#+   de:\n", "“de” is no language of reports"),
        ("#+     title: Písmena", "#+     name: Písmena", "“name” cannot be translated"),
        ("#+       own:", "#+       other:", "no “other” among the columns"),
        ("#+       which: K", "#+       what: K", "no “what” among the parameters"),
        ("#+   cs:\n#+     title: Písmena\n#+     columns:\n#+       own: Vlastní\n", "#+   cs: Písmena\n", "a block"),
    ],
)
def test_a_translation_of_nothing_is_an_error(tmp_path: Path, change: str, to: str, error: str) -> None:
    head = HEAD.replace(change, to) if "cs: P" not in to else HEAD.partition("#+   cs:")[0] + to
    assert head != HEAD
    with pytest.raises(ReportFileError, match=error):
        read_report(write(tmp_path, head))


@pytest.mark.parametrize(
    ("chart", "error"),
    [
        ("kind: bar\n#+   x: nothing", "x is “nothing”, which is no column"),
        ("kind: bar\n#+   x: data\n#+   y: dataLabel", "y is “dataLabel”"),
        ("kind: pie\n#+   x: data", "no chart of the kind “pie”"),
        ("kind: matrix\n#+   x: data", "needs y"),
        ("kind: dot", "needs x"),
        ("kind: bar\n#+   x: data\n#+   colour: red", "“colour” says nothing about a chart"),
    ],
)
def test_a_chart_of_nothing_is_an_error(tmp_path: Path, chart: str, error: str) -> None:
    with pytest.raises(ReportFileError, match=error):
        read_report(write(tmp_path, f"{HEAD}#+ chart:\n#+   {chart}\n"))


@pytest.mark.parametrize("kind", ["bar", "dot"])
def test_a_chart_of_columns_is_kept(tmp_path: Path, kind: str) -> None:
    report = read_report(write(tmp_path, f"{HEAD}#+ chart:\n#+   kind: {kind}\n#+   x: data\n"))
    assert dict(report.chart) == {"kind": kind, "x": "data"}
