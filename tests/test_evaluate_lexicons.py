"""What the lexicons cover: phrases of an inventory, and frequent phrases of a corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from clausegraph.ingest.evaluate import EvaluateError
from clausegraph.ingest.evaluate.inventory import (
    Phrase,
    inventory_coverage,
    is_read,
    load_inventory,
    not_concepts,
)
from clausegraph.ingest.evaluate.uncovered import phrases, uncovered
from clausegraph.ingest.read import read_bytes
from clausegraph.ingest.records import Document
from clausegraph.ontology.lexicon import LANGUAGES


def document(text: str, language: str = "en", key: str = "t") -> Document:
    return read_bytes(text.encode(), name=key, key=key, language=language)


def test_an_inventory_is_read_and_counted_by_facet(tmp_path: Path) -> None:
    path = tmp_path / "phrases-en.tsv"
    path.write_text(
        "facet\tpolicies\ttimes\tphrase\n"
        "data_category\t9\t12\tyour e-mail address\n"
        "data_category\t5\t6\tzorgle frobnication\n"
        "data_category\t2\t2\tanother zorgle\n"
        "right:erase\t4\t4\tdelete\n",
        encoding="utf-8",
    )
    rows = {row.facet: row for row in inventory_coverage(load_inventory(path), "en", policies=3)}
    assert (rows["data_category"].phrases, rows["data_category"].read, rows["data_category"].listed) == (2, 1, 0)
    assert [phrase.text for phrase in rows["data_category"].left] == ["zorgle frobnication"]
    assert rows["data_category"].share == 0.5
    assert rows["right"].phrases == 1


def test_what_is_listed_as_no_concept_is_not_left() -> None:
    listed = [phrase for phrase in not_concepts("en") if not is_read(phrase, "data_category", "en")]
    [row] = inventory_coverage([Phrase("data_category", 3, 3, listed[0].upper())], "en")
    assert (row.read, row.listed, row.left) == (0, 1, [])


def test_every_reason_is_given() -> None:
    for language in LANGUAGES:
        assert all(reason.strip() for reason in not_concepts(language).values())


@pytest.mark.parametrize(
    ("phrase", "facet", "language"),
    [
        ("電子郵件地址", "data_category", "zh"),
        ("e-mailové adresy", "data_category", "cs"),
        ("improve our services", "purpose", "en"),
        ("Google", "recipient", "en"),
        ("share", "practice", "en"),
        ("souhlas", "2-gram", "cs"),
    ],
)
def test_a_phrase_is_read_as_its_facet(phrase: str, facet: str, language: str) -> None:
    assert is_read(phrase, facet, language)
    assert not is_read("qwrtz", facet, language)


@pytest.mark.parametrize("text", ["facet\tphrase\na\tb\n", "facet\tpolicies\ttimes\tphrase\na\tmany\t1\tb\n"])
def test_an_inventory_without_its_columns_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "phrases.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EvaluateError, match=r"phrases\.tsv"):
        load_inventory(path)


def test_members_of_an_enumeration_that_nothing_covers_are_found() -> None:
    text = "We collect your name, your zorgle score, the flimflam index, and your e-mail address.\n"
    assert set(phrases(document(text), "en")) == {"zorgle score", "flimflam index"}
    chinese = "我们收集您的姓名、鹮鹳鹬、电话号码、鹈鹕鹱。\n"
    assert set(phrases(document(chinese, "zh-Hans"), "zh")) == {"鹮鹳鹬", "鹈鹕鹱"}


def test_phrases_of_one_policy_are_not_frequent() -> None:
    first = document("We collect your name, your zorgle score, the flimflam index, and your phone number.\n", key="1")
    second = document("We store your zorgle score, your phone number, zorgle score, and your name.\n", key="2")
    other = document("Sbíráme jméno.\n", "cs", key="3")
    none = document("Nous collectons.\n", "fr", key="4")
    found = uncovered([first, second, other, none])
    assert [(one.text, one.policies, one.times) for one in found["en"]] == [("zorgle score", 2, 3)]
    assert found["cs"] == []
    assert set(found) == {"cs", "en"}
    assert {one.text for one in uncovered([first], policies=1)["en"]} == {"zorgle score", "flimflam index"}


@pytest.mark.shared
def test_the_inventories_can_be_read(shared: Path) -> None:
    for language in LANGUAGES:
        inventory = load_inventory(shared / "reference" / f"phrases-{language}.tsv")
        rows = inventory_coverage(inventory, language)
        assert sum(row.phrases for row in rows) == sum(phrase.policies >= 3 for phrase in inventory) > 100
        assert all(row.read for row in rows)
