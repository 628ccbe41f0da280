"""Ingesting again: what has not changed is read and no more, and is told of as before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from clausegraph.api import ingestion
from clausegraph.api.ingestion import Landed, ingest
from clausegraph.ingest import pipeline
from clausegraph.ingest.extract import RuleExtractor
from clausegraph.ingest.extractors import Choice, ExtractorError
from clausegraph.ingest.pipeline import Known, run, work
from clausegraph.ingest.read import Source, discover
from clausegraph.queries.store import Figures, MemoryStore, VersionGraph

from .test_pipeline import POLICIES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four policies in four languages."""
    for name, text in POLICIES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def store() -> Iterator[MemoryStore]:
    """An empty store."""
    with MemoryStore() as opened:
        yield opened


@pytest.fixture
def extracted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Keys of the documents that are extracted from here on, in this process."""
    seen: list[str] = []
    real = RuleExtractor.extract

    def watched(self: RuleExtractor, document: object, clauses: object) -> object:
        seen.append(document.key)  # type: ignore[attr-defined]
        return real(self, document, clauses)  # type: ignore[arg-type]

    monkeypatch.setattr(RuleExtractor, "extract", watched)
    return seen


def sources(folder: Path) -> list[Source]:
    return list(discover([str(folder)]))


def told(landed: list[Landed]) -> list[object]:
    """All that a person is told but state, warnings and times."""
    return [
        replace(one, state="added", summary=one.summary and replace(one.summary, warnings=(), seconds=()))
        for one in landed
    ]


def test_a_second_time_nothing_is_extracted_and_all_is_told(
    store: MemoryStore, folder: Path, extracted: list[str]
) -> None:
    first = list(ingest(store, sources(folder), jobs=1))
    assert len(extracted) == len(POLICIES)
    before = b"".join(store.export("nquads"))
    second = list(ingest(store, sources(folder), jobs=1))
    assert len(extracted) == len(POLICIES)
    assert {one.state for one in second} == {"unchanged"}
    assert told(second) == told(first)
    assert b"".join(store.export("nquads")) == before


def test_only_what_changed_is_extracted_and_the_order_stays(
    store: MemoryStore, folder: Path, extracted: list[str]
) -> None:
    list(ingest(store, sources(folder), jobs=1))
    extracted.clear()
    (folder / "kotlik.md").write_text(POLICIES["kotlik.md"] + "\nÚdaje uchováváme 30 dnů.\n", encoding="utf-8")
    landed = list(ingest(store, sources(folder), jobs=1))
    assert extracted == ["kotlik"]
    assert [(one.policy.rpartition("/")[2], one.state) for one in landed] == [
        ("acme", "unchanged"),
        ("chenhu", "unchanged"),
        ("kotlik", "replaced"),
        ("yunxi", "unchanged"),
    ]


def test_a_worker_process_skips_it_too(store: MemoryStore, folder: Path) -> None:
    first = list(ingest(store, sources(folder), jobs=2))
    second = list(ingest(store, sources(folder), jobs=2))
    assert {one.state for one in second} == {"unchanged"}
    assert told(second) == told(first)


def test_force_extracts_and_writes_all_anew(store: MemoryStore, folder: Path, extracted: list[str]) -> None:
    list(ingest(store, sources(folder), jobs=1))
    extracted.clear()
    before = b"".join(store.export("nquads", policy="https://w3id.org/clausegraph/id/policy/acme"))
    landed = list(ingest(store, sources(folder), jobs=1, force=True))
    assert len(extracted) == len(POLICIES)
    assert {one.state for one in landed} == {"replaced"}
    assert b"".join(store.export("nquads", policy="https://w3id.org/clausegraph/id/policy/acme")) == before


def test_another_digest_is_extracted(folder: Path) -> None:
    source = sources(folder)[0]
    whole = work(source)
    known = Known(whole.version_iri, whole.extractor_digest)
    assert work(source, known=known).unchanged
    assert work(source, known=known).nquads == b""
    for other in (replace(known, extractor_digest="0" * 64), replace(known, version_iri=known.version_iri + "0")):
        again = work(source, known=other)
        assert not again.unchanged
        assert again.nquads == whole.nquads


def test_a_policy_that_comes_twice_in_one_run_is_not_taken_for_unchanged(folder: Path) -> None:
    """What is known holds only until the run itself changes it."""
    source = sources(folder)[0]
    whole = work(source)
    known = {whole.policy_iri: Known(whole.version_iri, whole.extractor_digest)}
    assert [one.unchanged for one in run([source, source], known=known)] == [True, False]


def test_figures_come_by_the_batch(store: MemoryStore, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    list(ingest(store, sources(folder), jobs=1))
    asked: list[int] = []
    real = store.figures

    def counted(versions: Sequence[str]) -> dict[str, Figures]:
        asked.append(len(versions))
        return real(versions)

    monkeypatch.setattr(store, "figures", counted)
    list(ingest(store, sources(folder), jobs=1))
    assert [count for count in asked if count] == [len(POLICIES)]
    asked.clear()
    monkeypatch.setattr(ingestion, "TOLD", 3)
    list(ingest(store, sources(folder), jobs=1))
    assert [count for count in asked if count] == [3, 1]


def test_a_policy_removed_meanwhile_is_said(store: MemoryStore, folder: Path) -> None:
    list(ingest(store, sources(folder), jobs=1))
    landing = ingest(store, removing(store, folder), jobs=1)
    failed = [one for one in landing if one.state == "failed"]
    assert len(failed) == 1
    assert "acme" in failed[0].error
    assert failed[0].mend


def removing(store: MemoryStore, folder: Path) -> Iterator[Source]:
    """The sources; before the last one is given, the first one's policy goes."""
    found = sources(folder)
    yield from found[:-1]
    store.remove("https://w3id.org/clausegraph/id/policy/acme", purge=True)
    yield found[-1]


def test_an_extractor_that_does_not_exist_stores_nothing(store: MemoryStore, folder: Path) -> None:
    with pytest.raises(ExtractorError, match="oracle") as caught:
        list(ingest(store, sources(folder), jobs=1, extractor=Choice("oracle")))
    assert "rules" in caught.value.mend
    assert store.states() == {}


def test_the_store_decides_unchanged_by_the_same_two_things(store: MemoryStore, folder: Path) -> None:
    """`pipeline.Known` must skip exactly what `put` would leave as it is."""
    whole = work(sources(folder)[0])
    graph = VersionGraph(
        whole.policy_iri,
        whole.version_iri,
        whole.sha256,
        whole.extractor_digest,
        whole.nquads,
        "2026-01-01T00:00:00Z",
    )
    store.put([graph])
    state = store.states()[whole.policy_iri]
    assert pipeline.Known(state.version_iri, state.extractor_digest) == Known(whole.version_iri, whole.extractor_digest)
    assert store.put([graph]) == ["unchanged"]
