"""Weights: the table is read as it is written, adds up, and never turns a denial into a permission."""

from __future__ import annotations

from pathlib import Path

import pytest

from clausegraph.ingest.extract import RuleExtractor, proposals
from clausegraph.ingest.extract.weights import (
    TABLE,
    Model,
    WeightsError,
    format_models,
    model,
    probability,
    read_models,
)
from clausegraph.ingest.pipeline import process

from .reads import read, stated


def test_a_table_is_read_as_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "weights.tsv"
    weights = {("Use", "f:use main"): 0.5, ("", "from:rules"): -1.25, ("", "bias"): 0.75, ("x", "slight"): 0.0001}
    path.write_text(format_models({"practices": weights}, ["a note"]), encoding="utf-8")
    read_back = read_models(path)["practices"]
    assert read_back.bias == 0.75
    assert read_back.score([("Use", ["f:use main", "unknown"]), ("", ["from:rules"])]) == pytest.approx(0.0)
    assert read_back.score([("x", ["slight"])]) == 0.75  # too slight to be written
    assert path.read_text(encoding="utf-8").startswith("# a note\n")


def test_a_line_that_is_none_is_named(tmp_path: Path) -> None:
    path = tmp_path / "weights.tsv"
    path.write_text("practices\tUse\tf:use main\t0.5\npractices\tUse\t0.5\n", encoding="utf-8")
    with pytest.raises(WeightsError, match="Line 2 of"):
        read_models(path)


def test_reasons_are_the_heaviest_features() -> None:
    weights = Model({("Use", "a"): 0.2, ("Use", "b"): -0.9, ("", "c"): 0.4})
    assert weights.reasons([("Use", ["a", "b"]), ("", ["c"])], 2) == [("Use b", -0.9), ("c", 0.4)]
    assert probability(0.0) == 0.5


def test_the_committed_table_weighs_practices_and_values() -> None:
    assert TABLE.exists()
    assert model("practices") is not None
    assert model("values") is not None
    assert model("nothing") is None


#: Two practices that no rule states of these words: what a purpose and a recipient in a list of vendors stand for.
EVERYTHING = Model({}, bias=9.0)
NOTHING = Model({}, bias=-9.0)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "We do not collect, use or share your location."),
        ("en", "Your photos never leave the device, and no analytics are used to improve the app."),
        ("cs", "Vaše údaje neprodáváme ani nepředáváme třetím stranám."),
        ("zh-Hans", "我们不会收集、使用或共享您的位置信息。"),
        ("zh-Hant", "我們絕不會將您的個人資料提供給第三方。"),
    ],
)
def test_weights_that_state_everything_permit_nothing_that_is_denied(
    language: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proposals, "model", lambda name: EVERYTHING)
    of_data = {"Collect", "Use", "Share", "Sell", "Transfer", "Store", "Retain"}
    assert {practice for practice, denied in stated(read(sentence, language)) if not denied} & of_data == set()


def test_weights_that_state_nothing_leave_denied_lists_and_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposals, "model", lambda name: NOTHING)
    assert stated(read("We collect your name.", "en")) == set()
    assert ("Collect", True) in stated(read("## What we do not collect\n\n- your location\n- your photos\n", "en"))


def test_an_added_practice_says_what_weighed() -> None:
    text = "## How we use your information\n\nWe use your e-mail address to send you our newsletter."
    statement = next(one for one in read(text, "en").statements if one.practice == "Use")
    assert any(line.startswith("weighed 0.") for line in statement.trace)


def test_weights_can_be_switched_off() -> None:
    document = read("We use your e-mail address to send you our newsletter.", "en").document
    extraction = process(document, RuleExtractor(frozenset({"weights"})))
    assert extraction.statements
    assert not any("weighed" in line for one in extraction.statements for line in one.trace)
