"""The checklists are whole: every item of the reference, in our own words, in four languages, with names that exist."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path

import pytest
from rdflib import URIRef
from rdflib.namespace import DCTERMS

from clausegraph.ontology.checklist import (
    FOLDER,
    ChecklistError,
    Item,
    Point,
    When,
    find_checklist,
    item_of_provision,
    load_checklists,
    shapes,
)
from clausegraph.ontology.terms import CG, CGC, ID
from clausegraph.ontology.vocabulary import LANGUAGES, load_vocabulary
from clausegraph.ontology.wording import phrase, worded

LAWS = {"GDPR": "gdpr", "TW-PDPA": "tw-pdpa", "PIPL": "pipl", "CCPA": "ccpa"}
ITEMS = [(checklist.id, item) for checklist in load_checklists().values() for item in checklist.items]


def reference(shared: Path) -> list[dict[str, str]]:
    """The items of the reference."""
    with (shared / "reference" / "disclosure-checklists.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_every_item_of_the_reference_is_there_in_its_order(shared: Path) -> None:
    wanted = [(LAWS[row["law"]], row["item_id"], row["article"]) for row in reference(shared)]
    found = [(law, item.id, item.article) for law in LAWS.values() for item in load_checklists()[law].items]
    assert found == wanted


def test_provisions_and_verification_are_those_of_the_reference(shared: Path) -> None:
    known = {item.id: item for _, item in ITEMS}
    for row in reference(shared):
        item = known[row["item_id"]]
        assert item.provision == (row["law_iri"] or f"{ID}law/{row['item_id']}")
        assert bool(item.source) == (not row["law_iri"]), "a provision without an IRI names its source"
        said = row["verification"]
        unverified, secondary = said.startswith("NOT verified"), "secondary" in said
        wanted = "Unverified" if unverified else "VerifiedSecondary" if secondary else "Verified"
        assert item.verification == wanted, item.id


def test_no_wording_is_taken_from_the_reference(shared: Path) -> None:
    ours = {words.casefold() for _, item in ITEMS for words in item.labels.values()}
    theirs = {row["requirement"].casefold() for row in reference(shared)}
    assert not ours & theirs


@pytest.mark.parametrize("item", [item for _, item in ITEMS], ids=lambda item: item.id)
def test_every_word_is_there_in_four_languages(item: Item) -> None:
    named: tuple[Point | When, ...] = (*item.points, *item.unread, *item.also, *item.judge)
    named += (*item.when, *item.assuming, *item.undecided, *item.never)
    assert named, "an item without anything to find or to judge"
    things: tuple[Item | Point | When, ...] = (item, *named)
    for thing in things:
        assert set(thing.labels) == set(LANGUAGES), thing.id
        assert all(words.strip() == words and words for words in thing.labels.values()), thing.id
    asked: tuple[Point | When, ...] = (*item.points, *item.also, *item.when)
    assert all(one.shape is not None for one in asked)


def test_every_name_in_the_shapes_exists() -> None:
    core = (FOLDER.parent / "clausegraph.ttl").read_text(encoding="utf-8")
    nodes = {str(node) for triple in shapes() for node in triple if isinstance(node, URIRef)}
    for node in sorted(nodes):
        if node.startswith(CGC):
            assert load_vocabulary().get(node.removeprefix(CGC)) is not None, node
        elif node.startswith(CG):
            assert re.search(rf"^cg:{re.escape(node.removeprefix(CG))} a ", core, re.MULTILINE), node


def test_points_and_conditions_are_all_used() -> None:
    used = {one.id for _, item in ITEMS for one in (*item.points, *item.unread, *item.also, *item.judge)}
    used |= {one.id for _, item in ITEMS for one in (*item.when, *item.assuming, *item.undecided, *item.never)}
    titled = {str(node).rpartition("#")[2] for node in shapes().subjects(DCTERMS.title)}
    laws = set(load_checklists())
    assert titled - used - laws - {item.id for _, item in ITEMS} == set()


def test_the_page_shows_a_point_as_the_file_has_it() -> None:
    page = (FOLDER.parents[1] / "docs" / "checklists.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```turtle\n(.+?)\n```", page, re.DOTALL)
    assert shown in (FOLDER / "points.ttl").read_text(encoding="utf-8")
    assert all(f"`{law}`" in page for law in load_checklists())


def test_a_law_is_found_by_what_people_call_it() -> None:
    assert find_checklist("GDPR").id == "gdpr"
    assert find_checklist("CPRA").id == "ccpa"
    assert find_checklist("tw_pdpa").id == "tw-pdpa"
    with pytest.raises(ChecklistError, match="“gpdr”") as refused:
        find_checklist("gpdr")
    assert refused.value.mend.startswith("Did you mean gdpr?")
    assert item_of_provision("pipl39") is not None
    assert item_of_provision("pipl99") is None


def test_words_come_in_four_languages_with_the_same_gaps() -> None:
    words = tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))
    for name, labels in words.items():
        assert set(labels) == set(LANGUAGES), name
        assert len({frozenset(re.findall(r"{\w+}", text)) for text in labels.values()}) == 1, name
    assert phrase("more", "cs", count=3) == "a dalších 3"
    assert worded({"en": "a", "zh-Hant": "b"}, "zh-Hans") == "b"
    assert worded({"en": "a"}, "de") == "a"
