"""The shared seeds and corpora: everything accounted for, every quote verbatim, every graph to its shapes."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pytest

from clausegraph.api.validation import validate_policy
from clausegraph.ingest.extract import RuleExtractor
from clausegraph.ingest.pipeline import extractor_stamp, process, summary
from clausegraph.ingest.quads import policy_iri, version_iri, version_quads
from clausegraph.ingest.read import ReadError, discover, read_source
from clausegraph.ingest.records import Extraction, Statement
from clausegraph.queries.store import MemoryStore, VersionGraph

from .test_evidence import check

pytestmark = pytest.mark.shared


class Seed(NamedTuple):
    """What a seed is known to say. ``title``: a word that its title holds."""

    language: str
    title: str
    controller: str
    aliases: frozenset[str] = frozenset()


SEEDS = {
    "000": Seed("zh-Hant", "保護", "麥奇數位股份有限公司", frozenset({"微職人"})),
    "001": Seed("zh-Hant", "隱私", "K市集"),
    "002": Seed("zh-Hant", "隱私", "OMO"),
    "003": Seed("cs", "osobních údajů", ""),
    "004": Seed("zh-Hans", "隐私", "Gonex"),
}
#: Records of a corpus that are read.
RECORDS = 60


@pytest.fixture(scope="module")
def seeds(shared: Path) -> dict[str, Extraction]:
    """The extraction of each seed by the first three digits of its name."""
    return {source.key[:3]: process(read_source(source)) for source in discover([str(shared / "seeds")])}


@pytest.mark.parametrize("name", list(SEEDS))
def test_a_seed_has_its_language_title_and_controller(seeds: dict[str, Extraction], name: str) -> None:
    extraction, expected = seeds[name], SEEDS[name]
    assert extraction.document.language == expected.language
    assert expected.title in extraction.title and len(extraction.title) < 60
    owner = next(party for party in extraction.parties if party.key == extraction.controller)
    assert owner.name == expected.controller and expected.aliases <= set(owner.aliases)
    assert any("not named" in warning for warning in extraction.warnings) is not bool(expected.controller)


@pytest.mark.parametrize("name", list(SEEDS))
def test_a_seed_is_accounted_for_and_its_quotes_are_verbatim(seeds: dict[str, Extraction], name: str) -> None:
    extraction = seeds[name]
    told = summary(extraction)
    assert told.accounted == told.characters == len(extraction.document.text)
    assert told.statements > 20 and told.denied
    check(extraction)


@pytest.mark.parametrize("name", list(SEEDS))
def test_the_graph_of_a_seed_conforms_to_its_shapes(seeds: dict[str, Extraction], name: str) -> None:
    extraction = seeds[name]
    document, stamp = extraction.document, extractor_stamp()
    policy, version = policy_iri(document.key), version_iri(document.key, document.sha256)
    quads = version_quads(extraction, extractor=stamp)
    with MemoryStore() as store:
        store.put([VersionGraph(policy, version, document.sha256, stamp.digest, quads, "2026-01-01T00:00:00Z")])
        assert validate_policy(store, policy) == []


def says(statement: Statement) -> tuple[object, ...]:
    """What a statement says beside its polarity: its own values and conditions."""
    return (
        frozenset((m.facet, m.concept) for m in statement.mentions),
        frozenset((c.start, c.end, c.effect) for c in statement.conditions),
    )


@pytest.mark.parametrize("name", SEEDS)
def test_no_seed_affirms_what_it_denies_in_the_same_words(seeds: dict[str, Extraction], name: str) -> None:
    """One span may deny and affirm a practice only under other conditions or of other things."""
    extraction = seeds[name]
    said: dict[tuple[int, int, str], dict[bool, list[tuple[object, ...]]]] = defaultdict(lambda: defaultdict(list))
    for one in extraction.statements:
        said[one.start, one.end, one.practice][one.denied].append(says(one))
    both = [key for key, by in said.items() if set(map(repr, by[True])) & set(map(repr, by[False]))]
    assert [extraction.document.text[start:end] + f" [{practice}]" for start, end, practice in both] == []


@pytest.mark.parametrize("corpus", ["policies-dev", "capp130-dev", "sites-dev", "tilt-dev"])
def test_records_of_a_corpus_are_read_to_their_last_character(shared: Path, corpus: str) -> None:
    path = shared / "corpora" / f"{corpus}.jsonl"
    first = path.read_text(encoding="utf-8").split("\n")[: RECORDS if corpus == "policies-dev" else RECORDS // 6]
    extractor = RuleExtractor()
    for line, source in zip(filter(None, first), discover([str(path)]), strict=False):
        if not json.loads(line)["text"].strip():
            with pytest.raises(ReadError, match="it is empty"):
                read_source(source)
            continue
        extraction = process(read_source(source), extractor)
        told = summary(extraction)
        assert told.accounted == told.characters == len(extraction.document.text), source.name
        check(extraction)
