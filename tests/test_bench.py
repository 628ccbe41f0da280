"""The throughput benchmark runs, and says what docs/performance.md promises. No test here judges a time."""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"


@pytest.fixture
def corpus_module(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """`bench.throughput_corpus`; bench/ belongs to the checkout and not to the package."""
    monkeypatch.syspath_prepend(ROOT)
    return importlib.import_module("bench.throughput_corpus")


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "bench.throughput", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)


def documented() -> set[str]:
    """The keys that the page's table explains: `a.b` is b inside a, `a[].b` b inside each item of a."""
    return set(re.findall(r"^\| `([a-z_\[\].]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))


def keys(value: dict[str, Any], above: str = "") -> set[str]:
    """The keys of a document down to its second level, written as the page writes them."""
    found: set[str] = set()
    for name, inner in value.items():
        if above:
            found.add(f"{above}.{name}")
        elif isinstance(inner, dict):
            found |= keys(inner, name)
        elif isinstance(inner, list):
            found.update(f"{name}[].{each}" for item in inner for each in item)
        else:
            found.add(name)
    return found


@pytest.mark.slow
def test_three_samples_give_the_documented_figures() -> None:
    done = bench("--samples", "--policies", "3", "--jobs", "1", "--repetitions", "1", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    figures = json.loads(done.stdout)
    assert keys(figures) == documented()
    corpus = figures["corpus"]
    assert (corpus["policies"], corpus["copies"], corpus["failed"]) == (3, 0, [])
    assert sum(corpus["languages"].values()) == 3
    assert 0 < corpus["statements"] < corpus["triples"] < corpus["nquads_bytes"]
    (run,) = figures["runs"]
    assert sum(run["stage_shares"].values()) == pytest.approx(1)
    assert set(run["stage_seconds"]) == set(run["stage_shares"])
    assert {"read", "segment", "extract", "graph", "store"} < set(run["stage_seconds"])
    assert set(run["seconds"]) == {"median", "min", "max"}
    bundled = {path.stem for path in (ROOT / "queries" / "reports").glob("*.rq")}
    assert set(figures["reports"]["ratio_to_scan"]) == bundled


def test_a_corpus_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = bench("--corpus", str(tmp_path / "nowhere"))
    assert done.returncode == 2
    assert str(tmp_path / "nowhere") in done.stderr
    assert "--samples" in done.stderr


def test_copies_have_keys_and_sentences_of_their_own(corpus_module: ModuleType, tmp_path: Path) -> None:
    records = [
        {"id": "one", "lang": "en", "text": "Privacy\n\nWe collect your name and your address.\n"},
        {"id": "two", "lang": "en", "html": "<p>We never sell your data.</p>"},
        {"id": "blank", "lang": "en", "text": " \n"},
    ]
    (tmp_path / "some-dev.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    corpus = corpus_module.from_records(tmp_path, 4, tmp_path)
    made = [json.loads(line) for line in corpus.input.read_text(encoding="utf-8").splitlines()]
    assert (corpus.policies, corpus.copies) == (4, 2)
    assert [each["id"] for each in made] == ["one", "two", "one-copy-1", "two-copy-1"]
    assert made[2]["text"] == "Privacy\n\nWe collect your name and your address. [1]\n"
    assert made[3]["html"] == "<p>We never sell your data. [1]</p>"


def test_fewer_policies_are_spread_over_the_whole_corpus(corpus_module: ModuleType) -> None:
    assert list(corpus_module.chosen(10, 5)) == [(0, 0), (2, 0), (4, 0), (6, 0), (8, 0)]
    assert list(corpus_module.chosen(2, 5)) == [(0, 0), (1, 0), (0, 1), (1, 1), (0, 2)]


@pytest.mark.slow
def test_the_sparql_bench_compares_with_the_inline_route() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    short = ["--rounds", "1", "--seconds", "0.3", "--only", "clausegraph", "inline", "--format", "json"]
    done = subprocess.run(
        [sys.executable, "-m", "bench.sparql", *short],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)["figures"]
    assert list(figures) == ["one statement, 1", "one statement, 8", "100 rows, 1", "100 rows, 8"]
    for turn in figures.values():
        assert set(turn) == {"clausegraph", "inline"}
        assert turn["clausegraph"]["times_inline"]["seconds"]["median"] > 0
