"""Many sources at once: outcomes in order, what is broken told by name and alone, the same twice."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import cast

import pytest

from clausegraph.ingest.pipeline import Outcome, extractor_digest, extractor_stamp, process, run, work
from clausegraph.ingest.quads import policy_iri, version_iri, version_quads
from clausegraph.ingest.read import Source, discover, read_source

POLICIES = {
    "acme.txt": "Privacy Policy\n\nAcme Widgets Ltd (“we”) collects your name.\n\nWe do not sell your data.\n",
    "chenhu.txt": "隱私權政策\n\n我們蒐集您的姓名。我們不會出售您的個人資料。\n",
    "kotlik.md": "# Zásady ochrany osobních údajů\n\nShromažďujeme vaše jméno. Vaše údaje neprodáváme.\n",
    "yunxi.html": "<h1>隐私政策</h1><p>我们收集您的姓名。我们从不出售您的个人信息。</p>",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four policies, a copy of the first under another name, a broken PDF and an empty file."""
    for name, text in POLICIES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\n\x00 nothing of a PDF follows")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "twin.txt").write_text(POLICIES["acme.txt"], encoding="utf-8")
    return tmp_path


def bad_load() -> Callable[[], bytes]:
    """Fails in a worker with an error that nobody foresaw."""
    return cast("Callable[[], bytes]", partial(int, "no number"))


def sources(folder: Path) -> list[Source]:
    """All of the folder and a file that does not exist."""
    return list(discover([str(folder), str(folder / "missing.txt")]))


def comparable(outcomes: list[Outcome]) -> list[Outcome]:
    """Outcomes without times and digests of the extractor: while a checkout is edited, processes see different ones."""
    return [
        replace(
            one,
            summary=replace(one.summary, seconds=()) if one.summary else None,
            extractor_digest="",
            nquads=re.sub(rb"[0-9a-f]{64}", b"", one.nquads),
        )
        for one in outcomes
    ]


def by_name(outcomes: list[Outcome]) -> dict[str, Outcome]:
    return {Path(outcome.source_name).name: outcome for outcome in outcomes}


def test_one_worker_and_two_say_the_same_in_order(folder: Path) -> None:
    given = sources(folder)
    alone, together = list(run(given)), list(run(given, jobs=2))
    assert [outcome.source_name for outcome in together] == [source.name for source in given]
    assert comparable(alone) == comparable(together)
    assert {name for name, outcome in by_name(together).items() if outcome.ok} == {*POLICIES, "twin.txt"}


@pytest.mark.parametrize("name", ["broken.pdf", "empty.txt", "missing.txt"])
def test_what_is_broken_is_told_by_name_place_and_mend(folder: Path, name: str) -> None:
    outcome = by_name(list(run(sources(folder))))[name]
    assert not outcome.ok and not outcome.nquads and outcome.summary is None
    assert str(folder / name) in outcome.error and outcome.error.endswith(".")
    assert outcome.mend.strip() and "Traceback" not in outcome.error


def test_an_outcome_says_what_the_graph_is_of(folder: Path) -> None:
    outcome = by_name(list(run(sources(folder))))["acme.txt"]
    assert outcome.policy_iri == policy_iri("acme")
    assert outcome.version_iri == version_iri("acme", outcome.sha256)
    assert outcome.extractor_digest == extractor_digest()
    assert f"<{outcome.version_iri}> .\n".encode() in outcome.nquads
    told = outcome.summary
    assert told is not None
    assert (told.policy, told.language, told.controller, told.title) == (
        "acme",
        "en",
        "Acme Widgets Ltd",
        "Privacy Policy",
    )
    assert told.accounted == told.characters == len(POLICIES["acme.txt"])
    assert (told.statements, told.denied) == (2, 1)
    assert [stage for stage, _ in told.seconds] == ["read", "segment", "extract", "quads"]


def test_a_copy_is_a_policy_of_its_own_with_the_same_statements(folder: Path) -> None:
    found = by_name(list(run(sources(folder))))
    one, twin = found["acme.txt"], found["twin.txt"]
    assert one.sha256 == twin.sha256 and one.policy_iri != twin.policy_iri
    renamed = one.nquads.replace(b"/policy/acme", b"/policy/twin")
    assert sorted(renamed.splitlines()) == sorted(twin.nquads.splitlines())


def test_two_files_of_one_key_are_refused_and_nothing_else(folder: Path) -> None:
    (folder / "acme.html").write_text("<h1>Privacy Policy</h1><p>We collect your name.</p>", encoding="utf-8")
    outcomes = list(run(sources(folder)))
    refused = [outcome for outcome in outcomes if not outcome.ok and "acme" in outcome.source_name]
    assert len(refused) == 1 and "acme" in refused[0].error
    assert by_name(outcomes)["kotlik.md"].ok


def test_reading_again_gives_the_same_bytes(folder: Path) -> None:
    for source in sources(folder):
        assert comparable([work(source)]) == comparable([work(source)])


def test_the_stages_in_one_call_give_the_same_graph(folder: Path) -> None:
    for source in discover([str(folder / name) for name in POLICIES]):
        extraction = process(read_source(source))
        assert version_quads(extraction, extractor=extractor_stamp()) == work(source).nquads


def test_every_process_has_the_same_digest() -> None:
    """Else `--jobs 2` would replace what `--jobs 1` wrote."""
    command = [sys.executable, "-c", "from clausegraph.ingest.pipeline import extractor_digest as d; print(d())"]
    path = os.pathsep.join(sys.path)
    started = [
        subprocess.Popen(
            command, env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": seed}, stdout=subprocess.PIPE
        )
        for seed in ("1", "2")
    ]
    told = [child.communicate()[0].decode().strip() for child in started]
    assert told[0] == told[1] and re.fullmatch("[0-9a-f]{64}", told[0])


def test_no_source_gives_no_outcome() -> None:
    assert list(run([])) == list(run([], jobs=2)) == []


def test_outcomes_come_as_they_are_due(folder: Path) -> None:
    """A long row of sources is not read to its end before the first outcome."""
    taken: list[str] = []
    given = sources(folder) * 4

    def watched() -> list[Source]:
        return [*given]

    outcomes = run((taken.append(source.key) or source for source in watched()), jobs=1)  # type: ignore[func-returns-value]
    assert next(outcomes).source_name == given[0].name
    assert len(taken) < len(given)


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_unforeseen_error_in_one_source_does_not_lose_the_others(folder: Path, jobs: int) -> None:
    given = [source for source in sources(folder) if Path(source.name).name in POLICIES]
    bad = replace(given[0], key="bad", name="bad.txt", load=bad_load())
    outcomes = list(run([*given[:2], bad, *given[2:]], jobs=jobs))
    assert [outcome.ok for outcome in outcomes] == [True, True, False, True, True]
    assert "bad.txt" in outcomes[2].error and outcomes[2].mend


@pytest.mark.slow
def test_a_worker_that_dies_fails_its_own_source_alone(folder: Path) -> None:
    given = [source for source in sources(folder) if Path(source.name).name in POLICIES]
    deadly = replace(given[0], key="deadly", name="deadly.txt", load=partial(os._exit, 3))
    outcomes = list(run([given[0], deadly, *given[1:]], jobs=2))
    assert [outcome.ok for outcome in outcomes] == [True, False, True, True, True]
    assert "deadly.txt" in outcomes[1].error and outcomes[1].mend
    assert comparable([outcomes[0]]) == comparable([work(given[0])])
