"""Reading gold files, their texts and the DPV terms; what is wrong with them is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from clausegraph.ingest.evaluate import (
    EvaluateError,
    GoldDocument,
    Value,
    load_gold,
    load_terms,
    make_report,
    score_document,
)

from .test_evaluate import GOLD, gold, item, span, write_gold

__all__ = ["gold"]  # the fixture


def test_gold_is_read_with_its_offsets_and_own_concepts(gold: GoldDocument) -> None:
    assert [fact.practice for fact in gold.facts] == ["Collect", "Sell", "Share"]
    assert [fact.denied for fact in gold.facts] == [False, True, False]
    assert gold.facts[2].values[1] == Value("recipient", "own:Partner", *span("Acme"), "Acme")
    assert gold.broader == {"own:Partner": frozenset({"dpv:ThirdParty"})}
    assert len(gold.sha256) == 64


def test_the_text_is_found_by_name_or_prefix(tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(EvaluateError, match=r"neither t\.txt nor t_\*"):
        load_gold([tmp_path / "t.jsonl"], [tmp_path])
    (tmp_path / "t_1.html").write_bytes(b"one")
    assert load_gold([tmp_path / "t.jsonl"], [tmp_path])[0].text == "one"
    (tmp_path / "t_2.txt").write_bytes(b"two")
    with pytest.raises(EvaluateError, match="not clear"):
        load_gold([tmp_path / "t.jsonl"], [tmp_path])
    (tmp_path / "t.txt").write_bytes(b"three")
    assert load_gold([tmp_path / "t.jsonl"], [tmp_path])[0].text == "three"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"quote": "We collect"}, "quotes 'We collect', but its text has"),
        ({"end": 5000}, "none of its text"),
        ({"practice": "gather"}, "unknown practice 'gather'"),
        ({"polarity": "no"}, "unknown polarity"),
        ({"data": [item("name", "name")]}, "has the concept 'name'"),
        ({"data": "name"}, "no list of objects"),
        ({"condition": [item("name", "x:Y") | {"kind": "maybe"}]}, "unknown condition kind 'maybe'"),
    ],
)
def test_bad_gold_names_file_and_line(tmp_path: Path, change: dict[str, object], message: str) -> None:
    with pytest.raises(EvaluateError, match=message) as caught:
        write_gold(tmp_path, [GOLD[1], GOLD[0] | change])
    assert "t.jsonl, line 2" in str(caught.value)
    assert caught.value.mend


def test_gold_that_is_no_json(tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_bytes(b"x")
    (tmp_path / "t.jsonl").write_text("{", encoding="utf-8")
    with pytest.raises(EvaluateError, match="line 1 is not JSON"):
        load_gold([tmp_path / "t.jsonl"], [tmp_path])
    with pytest.raises(EvaluateError, match="cannot be read"):
        load_gold([tmp_path / "none.jsonl"], [tmp_path])


def test_dpv_terms(tmp_path: Path) -> None:
    table = tmp_path / "terms.tsv"
    table.write_text("curie\tbroader\nx:A\tx:B;x:C\nx:B\tx:D\nx:C\t\nx:D\tx:E\n", encoding="utf-8")
    assert load_terms(table).above("x:A") == {"x:B", "x:D"}
    table.write_text("a\tb\n", encoding="utf-8")
    with pytest.raises(EvaluateError, match="no columns curie and broader"):
        load_terms(table)
    with pytest.raises(EvaluateError, match="cannot be read"):
        load_terms(tmp_path / "none.tsv")


@pytest.mark.shared
def test_tuning_gold_agrees_with_itself(shared: Path) -> None:
    names = ["001", "004", "en1", "en2", "en3", "en5", "cs1", "cs2", "cs3", "cs5", "hant1", "hant4", "hans1", "hans3"]
    documents = load_gold(
        [shared / "gold" / f"{name}.jsonl" for name in names], [shared / "gold" / "texts", shared / "seeds"]
    )
    terms = load_terms(shared / "reference" / "dpv-terms.tsv").with_gold(documents)
    report = make_report(
        [score_document(gold.name, "und", gold.facts, gold.facts, terms) for gold in documents], resamples=0
    )
    assert report.overall.gold == 1152
    for score in (*report.overall.macro.values(), *report.overall.micro.values()):
        assert score.f1 and score.f1.value == 1.0
    assert report.overall.denials == 0
