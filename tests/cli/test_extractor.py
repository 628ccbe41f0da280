"""Which extractor reads: `--extractor` and its settings, through `ingest` and `evaluate`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..llm.server import StubModel, knowing, serving, stated, value
from .conftest import Run
from .test_evaluate import Gold, gold  # noqa: F401 (a fixture)

TEXT = "Privacy Policy\n\nWe collect your e-mail address.\n\nWe never sell your e-mail address.\n"
EMAIL = value("dataCategory", "e-mail address", "EmailAddress")


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[StubModel]:
    """A model that reads what the policy says, with the settings that lead to it."""
    behave = knowing(
        stated("We collect your e-mail address.", "Collect", values=[EMAIL]),
        stated("We never sell your e-mail address.", "Sell", "denied", values=[EMAIL]),
        stated("我们收集您的姓名。", "Collect", values=[value("dataCategory", "姓名", "Name")]),
    )
    with serving(behave) as server:
        monkeypatch.setenv("CLAUSEGRAPH_LLM_URL", server.url)
        monkeypatch.setenv("CLAUSEGRAPH_LLM_MODEL", "tiny-1")
        monkeypatch.setenv("CLAUSEGRAPH_LLM_KEY", "sk-secret")
        monkeypatch.setenv("CLAUSEGRAPH_LLM_CACHE", str(tmp_path / "answers"))
        yield server


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "acme.txt"
    path.write_text(TEXT)
    return path


def rules_of(run: Run) -> set[str]:
    """What made the statements that are stored."""
    query = "SELECT DISTINCT ?rule { ?s cg:inVersion ?v ; cg:rule ?rule }"
    return set(run("query", query, "-f", "csv").out.split()[1:])


def test_a_policy_read_by_a_model_replaces_what_the_rules_read(
    run: Run, empty: Path, policy: Path, model: StubModel
) -> None:
    assert run("ingest", policy).out.endswith("1 policy: 1 added.\n")
    assert not model.asked
    told = run("ingest", policy, "--extractor", "llm", "-f", "json")
    assert told.code == 0, told.err
    assert (told.json[0]["state"], told.json[0]["statements"]) == ("replaced", 2)
    assert rules_of(run) == {"llm:tiny-1"}
    assert model.asked[0].authorization == "Bearer sk-secret"
    assert run("validate").code == 0


def test_again_nothing_is_asked_and_another_model_replaces(
    run: Run, empty: Path, policy: Path, model: StubModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAUSEGRAPH_EXTRACTOR", "llm")
    run("ingest", policy)
    first = len(model.asked)
    assert run("ingest", policy).out.endswith("1 unchanged.\n")
    assert run("ingest", policy, "--force").out.endswith("1 replaced.\n")
    assert len(model.asked) == first
    monkeypatch.setenv("CLAUSEGRAPH_LLM_MODEL", "tiny-2")
    assert run("ingest", policy).out.endswith("1 replaced.\n")
    assert len(model.asked) == 2 * first
    assert rules_of(run) == {"llm:tiny-2"}
    assert run("ingest", policy, "--extractor", "rules").out.endswith("1 replaced.\n")


@pytest.mark.slow
def test_workers_build_it_themselves(run: Run, empty: Path, tmp_path: Path, model: StubModel) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(TEXT.replace("Privacy", f"Privacy {number}"))
    told = run("ingest", folder, "--extractor", "llm", "--jobs", "2")
    assert told.out.endswith("5 policies: 5 added.\n"), told.out
    assert rules_of(run) == {"llm:tiny-1"}


def test_one_that_does_not_exist_is_told_with_those_that_do(run: Run, empty: Path, policy: Path) -> None:
    for told in (
        run("ingest", policy, "--extractor", "oracle"),
        run("evaluate", "--capp130", policy, "--extractor", "x"),
    ):
        assert told.code == 2
        assert "rules, llm" in told.err
    assert run("policies", "-f", "json").code == 0
    assert run("policies", "-f", "json").json == []


def test_a_model_that_is_not_set_is_told_once(run: Run, empty: Path, policy: Path) -> None:
    told = run("ingest", policy, policy, "--extractor", "llm")
    assert told.code == 2
    assert told.err.count("CLAUSEGRAPH_LLM_URL") == 1


def test_gold_and_labelled_sentences_are_scored_by_the_model(
    run: Run,
    gold: Gold,  # noqa: F811
    model: StubModel,
    tmp_path: Path,
) -> None:
    sentence = "我们收集您的姓名。"
    spans = [{"start": 0, "end": len(sentence), "label_orig": "数据收集"}]
    corpus = tmp_path / "capp.jsonl"
    corpus.write_text(json.dumps({"id": "c", "lang": "zh-Hans", "text": sentence, "spans": spans}), encoding="utf-8")
    found = run("evaluate", gold.file, *gold.options, "--capp130", corpus, "--extractor", "llm", "-f", "json").json
    assert len(model.asked) == 2
    assert found["overall"]["micro"]["statements"]["counts"]["tp"] == 2
    assert found["capp130"]["rows"][0]["tp"] == 1


def test_a_silent_model_scores_nothing(run: Run, gold: Gold, model: StubModel) -> None:  # noqa: F811
    model.behave = knowing()
    found = run("evaluate", gold.file, *gold.options, "--extractor", "llm", "-f", "json").json
    assert found["overall"]["micro"]["statements"]["counts"]["tp"] == 0


@pytest.mark.parametrize("option", [("--ablation",), ("--write-precision", "p.toml")])
def test_what_is_about_rules_wants_the_rules(
    run: Run,
    gold: Gold,  # noqa: F811
    model: StubModel,
    option: tuple[str, ...],
) -> None:
    told = run("evaluate", gold.file, *gold.options, *option, "--extractor", "llm")
    assert told.code == 2
    assert option[0] in told.err
    assert "--extractor rules" in " ".join(told.err.split())
    assert not model.asked


def test_settings_never_show_the_key(run: Run, model: StubModel) -> None:
    for told in (run("settings"), run("settings", "-f", "json")):
        assert told.code == 0
        assert "llm_key" in told.out
        assert "sk-secret" not in told.out
