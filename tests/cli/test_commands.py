"""The commands that read a store: what they print for people and for programs, and how they fail."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from clausegraph import __version__
from clausegraph.api.cli.query import declared

from ..api.conftest import ENGLISH
from .conftest import Run

SELECT = "SELECT ?quote { ?s cg:practice cg:Share ; cg:quote ?quote }"


def test_policies_are_listed_with_the_place_of_the_store(run: Run, filled: Path) -> None:
    told = run("policies")
    assert told.code == 0
    assert re.search(r"shop/privacy +Acme Privacy Policy +en +Acme Ltd +4 +3 +1", told.out)
    assert f"2 policies in {filled}" in told.out
    assert [one["title"] for one in run("policies", "--format", "json").json] == [
        "Acme Privacy Policy",
        "Zásady ochrany údajů",
    ]


def test_show_prints_every_character_and_every_fact(run: Run, filled: Path) -> None:
    told = run("show", "acme").out
    for line in ENGLISH.splitlines():
        assert line in told
    assert re.search(r"● Share +by Controller +\[may\]", told)
    assert re.search(r"NOT +Sell", told)
    assert re.search(r"data category +not Personal data +← “personal data”", told)
    assert re.search(r"named recipient +Printer Inc\. +← “Printer Inc\.”", told)
    assert re.search(r"unless \(consent, exception\) +← “unless you give your consent”", told)
    assert re.search(r"legal basis +Consent", told)
    assert "at most P30D (30 days)" in told
    assert "in force from  2025-03-01" in told
    assert "\x1b[" not in told


def test_show_one_clause_by_path_or_by_number(run: Run, filled: Path) -> None:
    told = run("show", "acme", "--clause", "1.2").out
    assert "never sell" in told
    assert "Log files" not in told
    assert "Log files" in run("show", "acme", "--clause", "1.").out
    wrong = run("show", "acme", "--clause", "7")
    assert wrong.code == 2
    assert "no clause 7" in wrong.err


def test_show_for_programs_holds_offsets_that_slice(run: Run, filled: Path) -> None:
    shown = run("show", "acme", "--format", "json", "--lang", "cs").json
    assert "".join(clause["text"] for clause in shown["clauses"]) == ENGLISH
    for clause in shown["clauses"]:
        for statement in clause["statements"]:
            assert ENGLISH[statement["start"] : statement["end"]] == statement["quote"]
            for mention in statement["mentions"]:
                assert ENGLISH[mention["start"] : mention["end"]] == mention["exact"]
    sold = shown["clauses"][2]["statements"][0]
    assert (sold["practice"], sold["denied"]) == ("Sell", True)
    assert sold["facets"][0]["label"] == "Osobní údaje"


def test_coverage_is_a_balance(run: Run, filled: Path) -> None:
    found = run("show", "acme", "--coverage", "--format", "json").json
    assert found["characters"] == len(ENGLISH) == sum(found["kinds"].values())
    assert found["unaccounted"] == 0
    assert "100.0%" in run("show", "acme", "--coverage").out


def test_explain_leads_from_words_to_rules(run: Run, filled: Path) -> None:
    sold = run("show", "acme", "--clause", "1.2", "--format", "json").json["clauses"][0]["statements"][0]["iri"]
    told = run("explain", sold).out
    assert "It denies the practice “Sell”" in told
    assert "by the rule lexicon:PersonalData" in told
    assert "unless (consent, exception)" in told
    kept = run("show", "acme", "--clause", "1.3", "--format", "json").json["clauses"][0]["statements"][0]["iri"]
    assert "inherited from clause 1" in run("explain", kept).out
    assert run("explain", kept, "--format", "json").json["extraction"]["digest"] == "d1" * 32
    assert run("explain", "https://example.org/x").code == 2


def test_query_prints_tables_and_standard_forms(run: Run, filled: Path, tmp_path: Path) -> None:
    told = run("query", SELECT)
    assert "newsletter" in told.out
    assert "1 row" in told.out
    assert run("query", SELECT, "--format", "json").json["head"]["vars"] == ["quote"]
    assert len(list(csv.reader(io.StringIO(run("query", SELECT, "-f", "csv").out)))) == 2
    (tmp_path / "x.rq").write_text(SELECT)
    assert run("query", tmp_path / "x.rq").out == told.out
    assert run("query", "ASK { ?s a cg:Statement }").out == "yes\n"
    graph = run("query", "CONSTRUCT { ?s cg:quote ?q } WHERE { ?s cg:quote ?q }").out
    assert len(list(ox.parse(graph, format=ox.RdfFormat.TURTLE))) == 4
    assert run("query", SELECT, "--history").out.endswith("0 rows\n")


def test_prefixes_are_declared_only_where_that_is_needed_and_lines_are_the_user_s(run: Run, filled: Path) -> None:
    own = "PREFIX cg: <https://example.org/>\nSELECT ?s { ?s a cg:Statement }"
    assert declared(own) == own
    assert declared("ASK { ?s a skos:Concept }").startswith("PREFIX skos: <http")
    assert declared("ASK { ?s ?p 'cg:x' } # dct:title") == "ASK { ?s ?p 'cg:x' } # dct:title"
    assert "3:" in run("query", "SELECT ?s {\n ?s cg:quote ?q .\n ?s cg:quote }").err


@pytest.mark.parametrize("query", ["SELEC", "none.rq", "SELECT * { ?s ?p ?o } --"])
def test_a_wrong_query_is_an_error_with_a_reason(run: Run, filled: Path, query: str) -> None:
    told = run("query", query)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("Error:")


def test_errors_come_as_json_where_results_would(run: Run, filled: Path) -> None:
    told = run("show", "nobody", "--format", "json")
    assert told.code == 2
    assert "nobody" in json.loads(told.err)["error"]


def test_export_gives_graphs_that_parse(run: Run, filled: Path, tmp_path: Path) -> None:
    kinds = {"nquads": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG, "turtle": ox.RdfFormat.TURTLE}
    sizes = set()
    for name, kind in kinds.items():
        sizes.add(len(set(ox.parse(run("export", "--format", name, "--policy", "acme").out, format=kind))))
    assert len(sizes) == 1
    target = tmp_path / "all.nq"
    told = run("export", "-o", target)
    assert told.out == ""
    assert "Wrote" in told.err
    assert len(target.read_bytes().splitlines()) > sizes.pop()
    assert run("export", "-o", tmp_path / "none" / "x").code == 2


def test_validate_says_that_the_graphs_conform(run: Run, filled: Path) -> None:
    told = run("validate", "--format", "json")
    assert [one["conforms"] for one in told.json] == [True, True], told.json
    assert told.code == 0
    assert "1 policy checked, all conform." in run("validate", "--policy", "acme").out


def test_remove_asks_first(run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert run("remove", "acme").code == 1
    assert len(run("policies", "-f", "json").json) == 2
    assert run("remove", "acme", "--yes", "-f", "json").json["removed"].endswith("shop%2Fprivacy")
    assert len(run("policies", "-f", "json").json) == 1


def test_remove_takes_superseded_versions_too(run: Run, empty: Path, tmp_path: Path) -> None:
    file = tmp_path / "acme.txt"
    for words in ("We never sell your personal data.", "We sell your personal data."):
        file.write_text(f'Acme Privacy Policy\n\nAcme Ltd ("we") is the controller. {words}\n')
        assert run("ingest", file).code == 0
    asked = ("query", "SELECT ?quote { ?s cg:quote ?quote }", "--history", "-f", "json")
    assert "never sell" in run(*asked).out
    assert run("remove", "acme", "--yes").code == 0
    assert run(*asked).json["results"]["bindings"] == []


def test_a_store_that_is_not_there_is_named(run: Run, empty: Path) -> None:
    for command in (["policies"], ["show", "x"], ["query", "ASK {}"], ["export"], ["validate"]):
        told = run(*command)
        assert told.code == 2
        assert str(empty) in told.err


def test_settings_say_where_each_value_stands(run: Run, filled: Path, tmp_path: Path) -> None:
    (tmp_path / "clausegraph.toml").write_text("port = 9000\n")
    found = {one["name"]: one for one in run("settings", "--format", "json").json}
    assert (found["store"]["value"], found["store"]["source"]) == (str(filled), "CLAUSEGRAPH_STORE")
    assert (found["port"]["value"], found["port"]["source"]) == (9000, str(tmp_path / "clausegraph.toml"))
    assert found["host"]["source"] == "default"
    assert re.search(r"port +9000 +\S+clausegraph\.toml", run("settings").out)


def test_reports_are_listed_and_run(run: Run, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "quotes.rq").write_text(
        "#+ title: All quotes\n#+ summary: Every quote\n#+ parameters:\n"
        "#+   practice:\n#+     type: concept\n#+     scheme: practices\n"
        "PREFIX cg: <https://w3id.org/clausegraph/ontology#>\n"
        "SELECT ?practice ?quote { VALUES ?practice { UNDEF } ?s cg:practice ?practice ; cg:quote ?quote }\n"
    )
    monkeypatch.setenv("CLAUSEGRAPH_REPORTS", str(tmp_path / "mine"))
    assert re.search(r"quotes +All quotes +\[practice\]", run("report", "list").out)
    assert "quotes" in [one["name"] for one in run("report", "list", "-f", "json").json]
    assert "2 rows" in run("report", "run", "quotes").out
    rows = run("report", "run", "quotes", "-p", "practice=Retain", "-f", "json", "--lang", "cs").json["rows"]
    assert [row["practice"]["text"] for row in rows] == ["Doba uchovávání"]
    run("report", "run", "quotes", "-f", "csv", "-o", tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text().startswith("Practice,Quote")
    assert run("report", "run", "none").code == 2
    assert run("report", "run", "quotes", "-p", "practice").code == 2


def test_schema_and_version(run: Run) -> None:
    assert "type Query" in run("schema").out
    assert run("schema", "--format", "json").json["__schema"]["types"]
    assert run("--version").out == f"clausegraph {__version__}\n"


def test_ontology_coverage_counts_concepts_without_forms(run: Run) -> None:
    rows = {row["scheme"]: row for row in run("ontology", "coverage", "-f", "json").json}
    assert rows["purposes"]["concepts"] > 50
    assert set(rows["purposes"]["missing"]) == {"cs", "en", "zh"}
    assert "data-categories" in run("ontology", "coverage", "--missing").out


def test_wrong_usage_is_exit_code_two_and_says_what_is_known(run: Run) -> None:
    told = run("shwo")
    assert told.code == 2
    assert "shwo" in told.err
