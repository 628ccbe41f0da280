"""The official codes (Taiwan's lists, California's categories): each there once, tied to our concepts and to DPV."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import SKOS

from clausegraph.ontology.terms import CGC, DPV, expand
from clausegraph.ontology.vocabulary import Concept, Vocabulary

NOTATIONS = {"tw-categories": r"C\d{3}", "tw-purposes": r"\d{3}", "ccpa-categories": r"[A-L]"}


def codes(vocabulary: Vocabulary) -> list[Concept]:
    """The concepts of the three schemes."""
    return [concept for scheme in NOTATIONS for concept in vocabulary.in_scheme(scheme)]


def test_each_code_stands_once_in_its_form(vocabulary: Vocabulary) -> None:
    for scheme, form in NOTATIONS.items():
        notations = Counter(concept.notation for concept in vocabulary.in_scheme(scheme))
        assert set(notations.values()) == {1}
        assert all(re.fullmatch(form, notation) for notation in notations)


def test_each_code_is_tied_to_a_concept_of_ours_and_to_dpv(vocabulary: Vocabulary) -> None:
    for code in codes(vocabulary):
        linked = (*code.exact, *code.close, *code.narrow, *code.broad)
        assert any(iri.startswith(CGC) for iri in linked), code.id
        assert any(iri.startswith("https://w3id.org/dpv") for iri in linked), code.id
        assert all(iri.startswith(CGC) for iri in code.exact), "a code equals no term of DPV by itself"
        assert code.match_confidence in ("high", "medium", "low"), code.id


def test_no_code_is_tied_twice_to_one_term(vocabulary: Vocabulary) -> None:
    for code in codes(vocabulary):
        linked = Counter((*code.exact, *code.close, *code.narrow, *code.broad))
        assert set(linked.values()) == {1}, code.id


def test_a_code_hides_no_concept_of_ours(vocabulary: Vocabulary) -> None:
    marketing = vocabulary.by_exact(DPV + "Marketing")
    assert marketing is not None
    assert marketing.id == "Marketing"
    assert vocabulary.curie_for("TW-040") == "cgc:TW-040"


def test_short_forms_are_no_label_of_another_code(folder: Path, vocabulary: Vocabulary) -> None:
    """The report on codes beside a wrong label rests on this: a form that fits two codes would accuse."""
    graph = rdflib.Graph()
    for scheme in NOTATIONS:
        graph.parse(folder / "concepts" / f"{scheme}.ttl")
    for concept, short in graph.subject_objects(SKOS.altLabel):
        scheme = vocabulary.concepts[str(concept).removeprefix(CGC)].schemes[0]
        others = [other for other in vocabulary.in_scheme(scheme) if other.iri != str(concept)]
        taken = {label for other in others for label in other.labels.values()}
        taken |= {str(label) for other in others for label in graph.objects(rdflib.URIRef(other.iri), SKOS.altLabel)}
        assert str(short) not in taken, (concept, short)


@pytest.mark.shared
def test_all_codes_of_the_reference_are_there(vocabulary: Vocabulary, shared: Path) -> None:
    seen = 0
    for row in _rows(shared, "tw-pdpa-codes.tsv"):
        scheme = {"purpose": "tw-purposes", "category": "tw-categories"}.get(row["list"])
        if scheme is None:
            continue  # another edition's numbering
        code = vocabulary.by_notation(scheme, row["code"])
        assert code is not None, row["code"]
        assert code.label_confidence == row["confidence"]
        if row["zh_label"]:
            assert _bare(code.labels["zh-Hant"]) == _bare(row["zh_label"])
        seen += 1
    assert seen == len(vocabulary.in_scheme("tw-purposes")) + len(vocabulary.in_scheme("tw-categories"))


@pytest.mark.shared
def test_the_ccpa_categories_comprise_what_the_reference_says(vocabulary: Vocabulary, shared: Path) -> None:
    seen = 0
    for row in _rows(shared, "ccpa-categories.tsv"):
        if row["letter"] == "-":
            continue
        code = vocabulary.by_notation("ccpa-categories", row["letter"])
        assert code is not None, row["letter"]
        for curie in row["dpv_alignment"].split(";"):
            assert expand(curie) in (*code.close, *code.narrow), (code.id, curie)
        seen += 1
    assert seen == len(vocabulary.in_scheme("ccpa-categories"))


def _bare(label: str) -> str:
    return re.sub(r"[\W_]", "", label)


def _rows(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / "reference" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
