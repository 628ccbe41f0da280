"""`clausegraph evaluate` and `clausegraph ontology coverage --corpus` on small hand-made gold and corpora."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from clausegraph.ingest.extract import FAMILIES
from clausegraph.ingest.precision import read_precision

from .conftest import Run

TEXT = "We collect your e-mail address.\n\nWe never sell your e-mail address.\n"
DPV = "curie\tbroader\npd:EmailAddress\tpd:Contact\npd:Contact\tdpv:PersonalData\ndpv:PersonalData\t\n"


class Gold(NamedTuple):
    """A gold file and the options that go with it."""

    file: Path
    options: tuple[str | Path, ...]


def fact(number: int, quote: str, practice: str, polarity: str) -> dict[str, Any]:
    start = TEXT.index(quote)
    words = "e-mail address"
    at = TEXT.index(words, start)
    return {
        "id": f"t-{number}",
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "practice": practice,
        "polarity": polarity,
        "data": [{"text": words, "start": at, "end": at + len(words), "concept": "pd:EmailAddress"}],
    }


@pytest.fixture
def gold(tmp_path: Path) -> Gold:
    """One document with a collection, a denied sale, and a duty that stands nowhere in the words quoted."""
    facts = [
        fact(1, "We collect your e-mail address.", "collect", "affirmed"),
        fact(2, "We never sell your e-mail address.", "sell", "denied"),
        fact(3, "We never sell your e-mail address.", "notify", "affirmed"),
    ]
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "t.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "dpv.tsv").write_text(DPV, encoding="utf-8")
    file = tmp_path / "t.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in facts), encoding="utf-8")
    return Gold(file, ("--texts", tmp_path / "texts", "--dpv", tmp_path / "dpv.tsv", "--resamples", "20"))


def test_scores_as_a_table(run: Run, gold: Gold) -> None:
    told = run("evaluate", gold.file, *gold.options)
    assert told.code == 0, told.err
    assert "Statements" in told.out
    assert "statement missed" not in told.out
    assert "\x1b[" not in told.out
    assert told.err == ""


def test_scores_as_json_find_what_is_plainly_there(run: Run, gold: Gold) -> None:
    found = run("evaluate", gold.file, *gold.options, "-f", "json").json
    counts = found["overall"]["micro"]["statements"]["counts"]
    assert counts["tp"] >= 2
    assert counts["fn"] >= 1
    assert [group["name"] for group in found["languages"]] == ["en"]
    assert found["documents"][0]["micro"]["lenient/dataCategory"]["f1"]["value"] > 0
    assert "errors" not in found
    assert "ablation" not in found


def test_errors_are_listed_when_asked_for(run: Run, gold: Gold) -> None:
    listed = run("evaluate", gold.file, *gold.options, "--errors", "-f", "json").json["errors"]
    assert "t-3" in [one["gold_id"] for one in listed if one["kind"] == "statement missed"]
    assert "statement missed" in run("evaluate", gold.file, *gold.options, "--errors").out


def test_the_language_is_detected_unless_given(run: Run, gold: Gold) -> None:
    found = run("evaluate", gold.file, *gold.options, "--lang", "t=cs", "-f", "json").json
    assert [group["name"] for group in found["languages"]] == ["cs"]
    assert run("evaluate", gold.file, *gold.options, "--lang", "t").code == 2
    wrong = run("evaluate", gold.file, *gold.options, "--lang", "u=cs")
    assert wrong.code == 2
    assert "no such gold document" in wrong.err


def test_ablation_names_every_family(run: Run, gold: Gold) -> None:
    found = run("evaluate", gold.file, *gold.options, "--ablation", "-f", "json").json["ablation"]
    assert [one["off"] for one in found] == ["whole", *FAMILIES]
    without = {one["off"]: one["change"]["statements"] for one in found}
    assert without["whole"] == 0
    assert without["frames"] < 0
    shown = run("evaluate", gold.file, *gold.options, "--ablation").out
    assert all(family in shown for family in FAMILIES)


def test_the_precision_table_is_written_and_read_back(run: Run, gold: Gold, tmp_path: Path) -> None:
    path = tmp_path / "precision.toml"
    told = run("evaluate", gold.file, *gold.options, "--write-precision", path)
    assert told.code == 0
    assert f"Wrote {path}" in told.err
    table = read_precision(path)
    assert sum(row.total for row in table.values()) >= 2
    first = path.read_bytes()
    run("evaluate", gold.file, *gold.options, "--write-precision", path)
    assert path.read_bytes() == first
    assert run("evaluate", gold.file, *gold.options, "--write-precision", tmp_path / "none" / "p.toml").code == 2


def test_same_seed_same_intervals(run: Run, gold: Gold) -> None:
    options = (*gold.options, "-f", "json")
    assert (
        run("evaluate", gold.file, *options, "--seed", "7").out
        == run("evaluate", gold.file, *options, "--seed", "7").out
    )


def test_a_page_needs_nothing_else(run: Run, gold: Gold, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    told = run("evaluate", gold.file, *gold.options, "--ablation", "-f", "html", "-o", page)
    assert told.out == ""
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert "without frames" in text
    assert "src=" not in text
    run("evaluate", gold.file, *gold.options, "-o", page)
    assert "Statements" in page.read_text(encoding="utf-8")
    assert run("evaluate", gold.file, *gold.options, "-o", tmp_path / "none" / "page").code == 2


@pytest.mark.parametrize("option", ["--errors", "--write-precision=p.toml"])
def test_scores_only_refuses_listings(run: Run, gold: Gold, option: str) -> None:
    told = run("evaluate", gold.file, *gold.options, "--scores-only", option)
    assert told.code == 2
    assert "--scores-only" in told.err
    assert run("evaluate", gold.file, *gold.options, "--scores-only").code == 0


def test_what_is_missing_is_said(run: Run, gold: Gold, tmp_path: Path) -> None:
    assert "--capp130" in run("evaluate").err
    assert "--dpv" in run("evaluate", gold.file, "--texts", tmp_path).err
    assert "GOLD" in run("evaluate", "--capp130", gold.file, "--errors").err
    wrong = run("evaluate", gold.file, "--texts", tmp_path / "none", "--dpv", tmp_path / "dpv.tsv", "-f", "json")
    assert wrong.code == 2
    assert "--texts" in json.loads(wrong.err)["mend"]


def test_labelled_sentences_are_scored(run: Run, gold: Gold, tmp_path: Path) -> None:
    sentence = "我们收集您的姓名。"
    spans = [{"start": 0, "end": len(sentence), "label_orig": "数据收集"}]
    corpus = tmp_path / "capp.jsonl"
    corpus.write_text(json.dumps({"id": "c", "lang": "zh-Hans", "text": sentence, "spans": spans}), encoding="utf-8")
    rows = run("evaluate", "--capp130", corpus, "-f", "json").json["capp130"]["rows"]
    assert rows[0]["name"] == "collection"
    assert rows[0]["tp"] == 1
    assert "practice detection" in run("evaluate", "--capp130", corpus).out
    assert "CAPP-130" in run("evaluate", "--capp130", corpus, "-f", "html").out
    assert set(run("evaluate", gold.file, *gold.options, "--capp130", corpus, "-f", "json").json) >= {
        "overall",
        "capp130",
    }


def test_frequent_phrases_that_no_form_covers(run: Run, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    policy = "We collect your name, your zorgle score, the flimflam index, and your e-mail address.\n"
    lines = [{"id": str(number), "lang": "en", "text": f"Policy {number}.\n\n{policy}"} for number in (1, 2)]
    corpus.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    found = run("ontology", "coverage", "--corpus", corpus, "-f", "json").json
    assert [one["text"] for one in found["uncovered"]["en"]] == ["flimflam index", "zorgle score"]
    stated = {row["scheme"]: row["found"]["en"] for row in found["schemes"]}
    assert stated["data-categories"]["EmailAddress"] == 2
    told = run("ontology", "coverage", "--corpus", corpus, "--phrases", "1").out
    assert "flimflam index" in told
    assert "zorgle score" not in told
    assert "uncovered" not in run("ontology", "coverage", "-f", "json").out


@pytest.mark.shared
def test_check_files_are_scored_without_a_listing(run: Run, shared: Path) -> None:
    files = [shared / "gold" / "cs2.jsonl", shared / "gold" / "001.jsonl"]
    folders = ("--texts", shared / "gold" / "texts", "--texts", shared / "seeds")
    terms = ("--dpv", shared / "reference" / "dpv-terms.tsv")
    found = run("evaluate", *files, *folders, *terms, "--scores-only", "--resamples", "0", "-f", "json").json
    assert [group["name"] for group in found["documents"]] == ["cs2", "001"]
    assert found["overall"]["gold"] == 98
    assert "errors" not in found
