"""The concept schemes as committed: complete, tidy, without cycles, rightly tied to DPV."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import opencc
import pytest

from clausegraph.ontology.terms import CGC, expand
from clausegraph.ontology.vocabulary import LANGUAGES, Concept, Vocabulary, read_vocabulary

HAN = re.compile(r"[\u3400-\u9fff]")
#: Signs that a converter maps to another one, although Traditional Chinese uses them too.
SHARED_SIGNS = set("群里台秘干")


def test_there_are_all_schemes(vocabulary: Vocabulary) -> None:
    assert set(vocabulary.schemes) == {
        "authorities",
        "ccpa-categories",
        "data-categories",
        "data-subjects",
        "laws",
        "legal-bases",
        "measures",
        "operations",
        "places",
        "practices",
        "purposes",
        "recipients",
        "retention",
        "rights",
        "rules",
        "sources",
        "storage-media",
        "tw-categories",
        "tw-purposes",
    }
    for scheme in vocabulary.schemes.values():
        assert set(scheme.labels) == set(LANGUAGES)
        assert scheme.iri == CGC + "".join(word.capitalize() for word in scheme.id.split("-"))
    assert len(vocabulary.concepts) > 1500


def test_every_concept_has_labels_in_four_languages_and_a_definition(vocabulary: Vocabulary) -> None:
    for concept in vocabulary.concepts.values():
        assert set(concept.labels) == set(LANGUAGES), concept.id
        for label in concept.labels.values():
            assert label == label.strip()
            assert label
        assert re.match(r"[A-Z0-9].*\.$", concept.definition), concept.id
        assert len(concept.definition) < 160, concept.id
        assert not HAN.search(concept.labels["en"] + concept.labels["cs"]), concept.id
        assert not re.search(r"[a-z][A-Z]", concept.labels["en"].split(" (")[0]) or _name(concept), concept.id


def _name(concept: Concept) -> bool:
    """Proper names may have capitals inside."""
    return re.search(r"McDonald|CalOPPA|eP", concept.labels["en"]) is not None


def test_chinese_labels_are_in_their_script(vocabulary: Vocabulary) -> None:
    """A label in the wrong script shows by the characters that change when it is converted to the right one."""
    simplify, complicate = opencc.OpenCC("t2s").convert, opencc.OpenCC("s2t").convert
    for concept in vocabulary.concepts.values():
        hant, hans = concept.labels["zh-Hant"], concept.labels["zh-Hans"]
        assert HAN.search(hant + hans) or concept.id in ("Cookie", "WiFi"), concept.id
        assert simplify(hans) == hans, (concept.id, hans)
        wrong = {sign for sign in hant if complicate(sign) != sign and simplify(sign) == sign} - SHARED_SIGNS
        assert wrong == set(), (concept.id, hant)


def test_labels_are_unique_in_their_scheme(vocabulary: Vocabulary) -> None:
    for scheme in vocabulary.schemes:
        for language in LANGUAGES:
            labels = Counter(concept.labels[language].casefold() for concept in vocabulary.in_scheme(scheme))
            assert [label for label, number in labels.items() if number > 1] == [], (scheme, language)


def test_every_concept_hangs_in_each_of_its_schemes(vocabulary: Vocabulary) -> None:
    """In each scheme a concept is a top concept or has a broader one of the same scheme."""
    tops = {scheme.id: set(scheme.top) for scheme in vocabulary.schemes.values()}
    for concept in vocabulary.concepts.values():
        for scheme in concept.schemes:
            above = [other for other in concept.broader if scheme in vocabulary.concepts[other].schemes]
            assert bool(above) != (concept.id in tops[scheme]), (concept.id, scheme)


def test_top_concepts_are_said_both_ways(folder: Path) -> None:
    for file in (folder / "concepts").glob("*.ttl"):
        text = file.read_text(encoding="utf-8")
        down = re.search(r"skos:hasTopConcept([^.;]*)", text)
        assert down is not None
        listed = set(re.findall(r"(cgc?:[^\s,]+)", down[1]))
        said = set(
            re.findall(r"^(cgc?:\S+) a skos:Concept ;\n    skos:inScheme [^;]*;\n    skos:topConceptOf", text, re.M)
        )
        elsewhere = {"storage-media": {"cgc:StorageLocation"}}.get(file.stem, set())
        assert listed - elsewhere <= said, file.name


def test_there_are_no_cycles(vocabulary: Vocabulary) -> None:
    for id in vocabulary.concepts:
        assert all(id not in vocabulary.ancestors(above) for above in vocabulary.ancestors(id)), id


def test_no_two_concepts_equal_the_same_term(vocabulary: Vocabulary) -> None:
    seen = Counter(iri for concept in vocabulary.concepts.values() for iri in concept.exact if not iri.startswith(CGC))
    assert [iri for iri, number in seen.items() if number > 1] == []


def test_matches_to_our_own_concepts_exist(vocabulary: Vocabulary) -> None:
    for concept in vocabulary.concepts.values():
        for iri in (*concept.exact, *concept.close, *concept.broad):
            if iri.startswith(CGC):
                assert iri.removeprefix(CGC) in vocabulary.concepts, (concept.id, iri)


def test_files_are_tidy(folder: Path) -> None:
    """Prefixes, scheme, then one sorted stanza a concept: adding a concept is adding a stanza."""
    for file in sorted((folder / "concepts").glob("*.ttl")):
        head, scheme, *stanzas = file.read_text(encoding="utf-8").removesuffix("\n").split("\n\n")
        assert all(line.startswith("@prefix ") for line in head.splitlines()), file.name
        assert " a skos:ConceptScheme ;" in scheme, file.name
        names = [re.match(r"cgc?:(\S+) a skos:Concept ;\n", stanza) for stanza in stanzas]
        assert all(names), file.name
        found = [name[1] for name in names if name]
        assert found == sorted(found), file.name


def test_the_label_of_taiwan_is_our_own(vocabulary: Vocabulary, folder: Path) -> None:
    assert vocabulary.concepts["Taiwan"].labels == {
        "en": "Taiwan",
        "zh-Hant": "臺灣",
        "zh-Hans": "台湾",
        "cs": "Tchaj-wan",
    }
    for file in (folder / "concepts").glob("*.ttl"):
        assert not re.search(
            r"Province of China|中國臺灣|中国台湾|中国香港|中国澳门|SAR", file.read_text(encoding="utf-8")
        )


@pytest.fixture(scope="module")
def dpv_terms(shared: Path) -> dict[str, str]:
    """curie → IRI of every DPV term."""
    with (shared / "reference" / "dpv-terms.tsv").open(encoding="utf-8", newline="") as file:
        return {row["curie"]: row["iri"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}


@pytest.mark.shared
def test_every_match_exists_in_dpv(vocabulary: Vocabulary, dpv_terms: dict[str, str]) -> None:
    known = set(dpv_terms.values())
    matched = 0
    for concept in vocabulary.concepts.values():
        for iri in (*concept.exact, *concept.close, *concept.broad):
            if not iri.startswith(CGC):
                assert iri in known, (concept.id, iri)
                matched += 1
    assert matched > 1300


@pytest.mark.shared
def test_curies_mean_what_dpv_says(vocabulary: Vocabulary, dpv_terms: dict[str, str]) -> None:
    for concept in vocabulary.concepts.values():
        curie = vocabulary.curie_for(concept.id)
        if not curie.startswith("cg"):
            meant = (*concept.exact, *concept.former)
            assert dpv_terms[curie] == expand(curie) == next(iri for iri in meant if not iri.startswith(CGC))


@pytest.mark.shared
def test_a_former_match_is_none_any_more(vocabulary: Vocabulary, dpv_terms: dict[str, str]) -> None:
    former = [concept for concept in vocabulary.concepts.values() if concept.former]
    assert len(former) == 7
    for concept in former:
        assert set(concept.former) <= set(dpv_terms.values())
        assert not {*concept.former} & {*concept.exact, *concept.close, *concept.broad}, concept.id
        assert concept.close or concept.broad, concept.id


@pytest.mark.shared
def test_the_concepts_that_the_seeds_need_are_there(vocabulary: Vocabulary, shared: Path) -> None:
    reachable = {iri for concept in vocabulary.concepts.values() for iri in (*concept.exact, *concept.close)}
    missing = []
    for row in _rows(shared, "seed-concept-iris.tsv"):
        own = row["own_concept"]
        if own.startswith(("cgc:", "cg:")):
            covered = own.partition(":")[2] in vocabulary.concepts
        elif own.startswith("tw-code:"):
            code = own.removeprefix("tw-code:")
            scheme = "tw-categories" if code.startswith("C") else "tw-purposes"
            covered = vocabulary.by_notation(scheme, code) is not None and row["iri"] in reachable
        else:
            covered = row["iri"] in reachable
        if not covered:
            missing.append((row["facet"], row["curie"], own))
    assert missing == []


@pytest.mark.shared
def test_own_concepts_hang_where_dpv_has_their_broader_term(vocabulary: Vocabulary, shared: Path) -> None:
    missing = []
    for row in _rows(shared, "own-concepts.tsv"):
        concept = vocabulary.get(row["own_concept"].partition(":")[2])
        if concept is None or row["broader_iri"] not in (*concept.broad, *concept.close, *concept.exact):
            missing.append(row["own_concept"])
    assert missing == []


def _rows(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / "reference" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_stanza_in_the_docs_can_be_added(folder: Path, tmp_path: Path) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "ontology.md").read_text(encoding="utf-8")
    stanza = re.search(r"```turtle\n(.*?)```", page, re.S)
    assert stanza is not None
    for file in (folder / "concepts").glob("*.ttl"):
        text = file.read_text(encoding="utf-8")
        added = text + "\n" + stanza[1] if file.stem == "recipients" else text
        (tmp_path / file.name).write_text(added, encoding="utf-8")
    vocabulary = read_vocabulary(tmp_path)
    assert "CourierCompany" in vocabulary.descendants("Recipient")
    assert set(vocabulary.concepts["CourierCompany"].labels) == set(LANGUAGES)
