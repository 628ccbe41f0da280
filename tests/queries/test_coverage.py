"""What checklists find in policies made for the purpose: above all that a denial meets nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import pytest

from clausegraph.api.base import ensure_base
from clausegraph.ingest.records import Party
from clausegraph.ontology.checklist import load_checklists
from clausegraph.queries.coverage import Coverage, Finding, ItemCoverage, Verdict, cover, suggest
from clausegraph.queries.store import MemoryStore, Store

from .said import COMPLETE, OFFICER, UNREACHABLE, Said, policy, right

MET, PARTLY, NOT_FOUND, NOT_APPLICABLE, UNCHECKED = Verdict


@pytest.fixture(scope="module")
def store() -> Iterator[MemoryStore]:
    """A store with the ontology and the concepts; each test puts policies of its own."""
    with MemoryStore() as made:
        ensure_base(made)
        yield made


def covered(store: Store, law: str, sentences: Sequence[Said], date: str = "") -> Coverage:
    """A checklist against a policy of these sentences, which is no other test's."""
    graph = policy(hashlib.sha256(repr((sentences, date)).encode()).hexdigest(), sentences, date=date)
    store.put([graph])
    return cover(store, graph.version_iri, load_checklists()[law])


def item(coverage: Coverage, name: str) -> ItemCoverage:
    """One item."""
    return next(one for one in coverage.items if one.item.id == name)


def point(found: ItemCoverage, name: str) -> Finding:
    """One point of an item."""
    return next(one for one in (*found.points, *found.also) if one.point.id == name)


SILENT = Said("We use your name.", "Use", {"dataCategory": "Name"})


def test_a_complete_policy_is_complete(store: MemoryStore) -> None:
    found = covered(store, "tw-pdpa", COMPLETE)
    assert {one.item.id: one.verdict for one in found.items if one.verdict in (PARTLY, NOT_FOUND)} == {}
    assert found.complete
    assert found.count(MET) == 8


@pytest.mark.parametrize("dropped", range(len(COMPLETE)))
def test_each_sentence_of_a_complete_policy_counts(store: MemoryStore, dropped: int) -> None:
    rest = [one for place, one in enumerate(COMPLETE) if place != dropped]
    if dropped == 1:  # purposes and the manner of use are also said of collection
        rest = [one for one in rest if one.practice != "Collect"]
    if dropped == 0:
        rest = [one for one in rest if one.practice != "Use"]
    assert not covered(store, "tw-pdpa", rest).complete


def test_an_officer_who_is_denied_is_no_contact(store: MemoryStore) -> None:
    denial = Said(
        "We do not appoint a data protection officer.",
        "OfferContact",
        denied=True,
        contact=OFFICER.key,
        contact_role="DataProtectionOfficer",
    )
    found = item(covered(store, "gdpr", [denial]), "gdpr13-1b")
    assert found.verdict is NOT_APPLICABLE
    assert not found.points[0].found
    assert [one.text for one in found.points[0].denials] == [denial.text]
    assert [one.text for one in found.when[0].denials] == [denial.text]
    assert all(one.denied for one in found.points[0].denials)


def test_an_officer_with_an_address_is_met_and_one_without_is_not(store: MemoryStore) -> None:
    role = "DataProtectionOfficer"
    offer = Said("Ask our officer.", "OfferContact", contact=OFFICER.key, contact_role=role)
    assert item(covered(store, "gdpr", [offer]), "gdpr13-1b").verdict is MET
    named = Said("Ask our officer in person.", "OfferContact", contact=UNREACHABLE.key, contact_role=role)
    found = item(covered(store, "gdpr", [named]), "gdpr13-1b")
    assert found.verdict is NOT_FOUND
    assert found.when[0].held


def test_a_right_that_is_denied_is_not_found(store: MemoryStore) -> None:
    found = item(covered(store, "gdpr", [right("You have no such right.", "RightToErasure", denied=True)]), "gdpr13-2b")
    assert found.verdict is NOT_FOUND
    erasure = point(found, "erasure")
    assert not erasure.found
    assert [one.text for one in erasure.denials] == ["You have no such right."]


def test_a_denial_of_one_right_says_nothing_of_another(store: MemoryStore) -> None:
    found = item(covered(store, "gdpr", [right("No erasure.", "RightToErasure", denied=True)]), "gdpr13-2b")
    assert point(found, "access").denials == ()


def test_what_is_granted_and_denied_is_shown_as_both(store: MemoryStore) -> None:
    said = [right("You may have it erased.", "RightToErasure"), right("No erasure.", "RightToErasure", denied=True)]
    erasure = point(item(covered(store, "gdpr", said), "gdpr13-2b"), "erasure")
    assert erasure.found
    assert [one.text for one in erasure.evidence] == ["You may have it erased."]
    assert [one.text for one in erasure.denials] == ["No erasure."]


def test_a_condition_is_shown_and_unconditional_words_come_first(store: MemoryStore) -> None:
    said = [
        right("If the law allows, you may have it erased.", "RightToErasure", only_if="If the law allows"),
        right("You may have photos erased.", "RightToErasure"),
    ]
    erasure = point(item(covered(store, "gdpr", said), "gdpr13-2b"), "erasure")
    assert [one.conditions for one in erasure.evidence] == [(), (("OnlyIf", "If the law allows"),)]
    assert [one.path for one in erasure.evidence] == ["2", "1"]


def test_no_transfer_is_an_assumption_and_a_denial_is_shown_with_it(store: MemoryStore) -> None:
    found = item(covered(store, "gdpr", [SILENT]), "gdpr13-1f")
    assert (found.verdict, [one.when.id for one in found.failing]) == (NOT_APPLICABLE, ["when-transfer"])
    assert found.when[0].denials == ()


def test_a_denied_transfer_is_no_transfer_but_one_with_an_exception_is(store: MemoryStore) -> None:
    never = Said("We never send data abroad.", "Transfer", denied=True)
    found = item(covered(store, "gdpr", [never]), "gdpr13-1f")
    assert found.verdict is NOT_APPLICABLE
    assert [one.text for one in found.when[0].denials] == [never.text]
    assert not any(one.found for one in found.points)
    except_ = Said("We send no data abroad unless you agree.", "Transfer", denied=True, unless="unless you agree")
    found = item(covered(store, "gdpr", [except_]), "gdpr13-1f")
    assert found.verdict is NOT_FOUND
    assert [one.conditions for one in found.when[0].evidence] == [(("Unless", "unless you agree"),)]


@pytest.mark.parametrize(
    ("destination", "data", "shown"),
    [("ThirdCountry", "PersonalData", True), ("Norway", "PersonalData", False), ("ThirdCountry", "Health", False)],
)
def test_a_denial_of_something_else_does_not_deny_the_condition(
    store: MemoryStore, destination: str, data: str, shown: bool
) -> None:
    facets = {"transferDestination": destination, "dataCategory": data}
    said = Said("We never send that there.", "Transfer", facets, denied=True)
    found = item(covered(store, "gdpr", [said]), "gdpr13-1f")
    assert found.verdict is NOT_APPLICABLE
    assert bool(found.when[0].denials) is shown


@pytest.mark.parametrize(
    ("facets", "shown"),
    [
        ({}, True),
        ({"recipient": "ThirdParty", "dataCategory": "PersonalData"}, True),
        ({"recipient": "AdvertisingNetwork"}, False),
        ({"dataCategory": "Health"}, False),
        ({"purpose": "Marketing"}, False),
    ],
)
def test_a_limited_denial_of_sharing_does_not_deny_that_there_are_recipients(
    store: MemoryStore, facets: dict[str, str], shown: bool
) -> None:
    said = [Said("We share names with carriers.", "Share", {"recipient": "ServiceProvider"})]
    said.append(Said("We never share it so.", "Share", facets, denied=True))
    found = item(covered(store, "gdpr", said), "gdpr13-1e")
    assert found.verdict is MET
    assert bool(found.points[0].denials) is shown


def test_parts_that_are_not_read_leave_an_item_partly_met(store: MemoryStore) -> None:
    said = Said("You need not give your name.", "OfferChoice", {"right": "Optional"})
    found = item(covered(store, "gdpr", [said]), "gdpr13-2e")
    assert found.verdict is PARTLY
    assert [one.found for one in found.unread] == [False]
    both = Said("You need not; then we cannot deliver.", "OfferChoice", {"right": "Optional"} | CONSEQUENCE)
    assert item(covered(store, "gdpr", [both]), "gdpr13-2e").verdict is MET


CONSEQUENCE = {"consequence": "ConsequenceOfNotProviding"}


def test_a_place_is_a_hint_where_no_transfer_is_stated(store: MemoryStore) -> None:
    kept = Said("Data is kept in Norway.", "Store", {"storageLocation": "Norway"})
    found = item(covered(store, "gdpr", [kept]), "gdpr13-1f")
    assert found.verdict is NOT_APPLICABLE
    assert [one.text for one in found.when[0].hints] == [kept.text]


SOLD = {"dataCategory": "PersonalData"}


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        (Said("We never sell personal data.", "Sell", SOLD, denied=True), MET),
        (Said("We never disclose personal data.", "Share", SOLD, denied=True), MET),
        (Said("We never sell health data.", "Sell", {"dataCategory": "Health"}, denied=True), NOT_FOUND),
        (Said("We never sell to advertisers.", "Sell", {"recipient": "AdvertisingNetwork"}, denied=True), NOT_FOUND),
        (Said("We never sell for marketing.", "Sell", {"purpose": "Marketing"}, denied=True), NOT_FOUND),
        (Said("We never sell unless you agree.", "Sell", SOLD, denied=True, unless="unless you agree"), PARTLY),
        (Said("We generally do not sell.", "Sell", SOLD, denied=True, vague=True), PARTLY),
        (Said("We sell personal data.", "Sell", SOLD), PARTLY),
        (Said("We sell names.", "Sell", {"dataCategory": "Name"}), MET),
        (Said("Our partners sell data.", "Sell", SOLD, own=False), NOT_FOUND),
        (SILENT, NOT_FOUND),
    ],
    ids=lambda one: one.text if isinstance(one, Said) else "",
)
def test_only_a_denial_without_limits_says_that_none_is_sold(store: MemoryStore, said: Said, verdict: Verdict) -> None:
    """The law asks for the list or for the words that there is none: the one place where a denial is the answer."""
    assert item(covered(store, "ccpa", [said]), "ccpa7011-1D").verdict is verdict


def test_what_others_do_meets_nothing(store: MemoryStore) -> None:
    others = [
        Said("They collect names to deliver.", "Collect", {"dataCategory": "Name", "purpose": "Delivery"}, own=False),
        Said("They give names to carriers.", "Share", {"recipient": "ServiceProvider"}, own=False),
    ]
    found = covered(store, "tw-pdpa", others)
    for name in ("twpdpa8-2", "twpdpa8-3", "twpdpa8-4c", "twpdpa8-4d"):
        assert item(found, name).verdict is NOT_FOUND, name


def test_narrower_concepts_count_for_broader_ones_only(store: MemoryStore) -> None:
    found = covered(store, "gdpr", [right("You may complain to us.", "ComplaintToController")])
    assert item(found, "gdpr13-2d").verdict is NOT_FOUND
    found = covered(store, "tw-pdpa", [right("You may have a copy.", "TW-A3-2-Copy")])
    assert point(item(found, "twpdpa8-5"), "tw-copy").found
    assert not point(item(found, "twpdpa8-5"), "tw-inspect").found


def test_names_and_dates_of_the_version_count(store: MemoryStore) -> None:
    found = covered(store, "pipl", [SILENT], date="2026-02-01")
    assert [one.text for one in point(item(found, "pipl17-p"), "dated").evidence] == ["2026-02-01"]
    name = point(item(found, "pipl17-1"), "controller").evidence
    assert [(one.iri.rpartition("/")[0].rpartition("/")[2]) for one in name] == ["party"]
    graph = policy("nameless", [SILENT], controller=Party("", ""))
    store.put([graph])
    assert not point(item(cover(store, graph.version_iri, load_checklists()["pipl"]), "pipl17-1"), "controller").found


def test_items_that_no_statement_can_answer_are_not_checked(store: MemoryStore) -> None:
    found = covered(store, "pipl", [SILENT])
    assert item(found, "pipl17-4").verdict is UNCHECKED
    assert item(covered(store, "tw-pdpa", [SILENT]), "twpdpa8-x").verdict is NOT_APPLICABLE


@pytest.mark.parametrize(
    ("law", "ids"),
    [("TW-PDPA", ["tw-pdpa"]), ("EU-GDPR", ["gdpr"]), ("US-CA-CPRA", ["ccpa"]), ("PIPL", ["pipl"]), ("COPPA", [])],
)
def test_a_law_that_the_policy_names_suggests_a_checklist(store: MemoryStore, law: str, ids: list[str]) -> None:
    said = right("By that law you may look at your data.", "RightOfAccess")
    said.facets["applicableLaw"] = law
    graph = policy(law, [said, SILENT])
    store.put([graph])
    found = suggest(store, graph.version_iri)
    assert [one.checklist.id for one in found] == ids
    assert all([words.text for words in one.evidence] == [said.text] for one in found)


def test_a_law_that_is_denied_suggests_nothing(store: MemoryStore) -> None:
    graph = policy("acme", [Said("That law does not apply.", "LimitScope", {"applicableLaw": "EU-GDPR"}, denied=True)])
    store.put([graph])
    assert suggest(store, graph.version_iri) == []
