"""What single items of the checklists take for an answer, and what they do not, in policies made for the purpose.

Each test stands for a fault that a reader found in the results on real policies.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import pytest

from clausegraph.api.base import ensure_base
from clausegraph.ontology.checklist import load_checklists
from clausegraph.queries.coverage import Coverage, Finding, ItemCoverage, Verdict, cover
from clausegraph.queries.store import MemoryStore, Store

from .said import ACME, OFFICER, Said, policy, right

MET, PARTLY, NOT_FOUND, NOT_APPLICABLE, UNCHECKED = Verdict
ALL = {"dataCategory": "PersonalData"}
NAME = {"dataCategory": "Name"}


@pytest.fixture(scope="module")
def store() -> Iterator[MemoryStore]:
    """A store with the ontology and the concepts."""
    with MemoryStore() as made:
        ensure_base(made)
        yield made


def covered(store: Store, law: str, said: Sequence[Said]) -> Coverage:
    """A checklist against a policy of these sentences."""
    graph = policy("items-" + hashlib.sha256(repr(said).encode()).hexdigest(), said)
    store.put([graph])
    return cover(store, graph.version_iri, load_checklists()[law])


def asked(store: Store, name: str, *said: Said) -> ItemCoverage:
    """One item against a policy of these sentences."""
    law = "tw-pdpa" if name.startswith("tw") else name[:4]
    return next(one for one in covered(store, law, said).items if one.item.id == name)


def point(found: ItemCoverage, name: str) -> Finding:
    """One point of an item."""
    return next(one for one in (*found.points, *found.unread, *found.also) if one.point.id == name)


WITHDRAW = right("You may withdraw consent.", "RightToWithdrawConsent")


def test_chinas_law_asks_for_a_way_to_withdraw_and_the_gdpr_only_for_the_right(store: MemoryStore) -> None:
    assert asked(store, "pipl15", WITHDRAW).verdict is PARTLY
    way = right(
        "You may withdraw consent in the settings.", "RightToWithdrawConsent", also=(("right", "PrivacySetting"),)
    )
    assert asked(store, "pipl15", way).verdict is MET
    assert asked(store, "gdpr13-2c", WITHDRAW).verdict is MET


NOBODY = Said("We disclose nothing to third parties.", "Share", ALL | {"recipient": "ThirdParty"}, denied=True)
PARTNERS = Said("We share data with partners.", "Share", ALL | {"recipient": "BusinessPartner"})
HOSTS = Said("A host keeps the data for us.", "Share", ALL | {"recipient": "DataProcessor"})


def test_that_nothing_is_disclosed_is_no_answer_where_disclosures_are_stated(store: MemoryStore) -> None:
    assert asked(store, "ccpa7011-1D", NOBODY).verdict is MET
    assert asked(store, "ccpa7011-1D", NOBODY, HOSTS).verdict is MET
    assert asked(store, "ccpa7011-1D", NOBODY, PARTNERS).verdict is NOT_FOUND
    assert asked(store, "ccpa7011-1H", NOBODY).verdict is MET
    assert asked(store, "ccpa7011-1H", NOBODY, HOSTS).verdict is PARTLY
    both = asked(store, "ccpa130-C", NOBODY, PARTNERS)
    assert (both.verdict, point(both, "sale-or-none").found) == (PARTLY, False)


def test_sharing_for_advertising_across_sites_is_what_california_calls_sharing(store: MemoryStore) -> None:
    facets = NAME | {"recipient": "AdvertisingNetwork", "purpose": "CrossContextBehaviouralAdvertising"}
    ads = Said("Networks get names for ads across sites.", "Share", facets)
    never = Said("We never sell data.", "Sell", ALL, denied=True)
    found = asked(store, "ccpa7011-1F", ads, never)
    assert found.verdict is MET
    assert not point(asked(store, "ccpa7011-1D", Said("x", "Share", facets | ALL), never), "sale-or-none").found


@pytest.mark.parametrize("data", ["PersonalData", "UserData", "CollectedPersonalData"])
def test_personal_data_is_no_category(store: MemoryStore, data: str) -> None:
    generic = Said("We give your data to carriers.", "Share", {"dataCategory": data, "recipient": "ServiceProvider"})
    assert asked(store, "ccpa7011-1H", generic).verdict is PARTLY
    found = asked(store, "ccpa7011-1I", generic)
    assert (found.verdict, point(found, "disclosed-to").found) == (PARTLY, False)
    assert not point(asked(store, "pipl23", generic), "data-shared").found
    names = Said("We give names to carriers.", "Share", NAME | {"recipient": "ServiceProvider"})
    assert asked(store, "ccpa7011-1H", names).verdict is MET
    assert asked(store, "ccpa7011-1I", names).verdict is MET
    assert asked(store, "ccpa7011-1H", names, generic).verdict is PARTLY


def test_news_for_members_and_what_people_share_are_no_disclosures(store: MemoryStore) -> None:
    news = Said("We send members news by mail.", "Share", {"dataCategory": "EmailAddress", "recipient": "Member"})
    posted = Said("You share photos with friends.", "Share", {"recipient": "Entity"}, actor="DataSubject")
    assert asked(store, "gdpr13-1e", news, posted).verdict is NOT_APPLICABLE
    assert asked(store, "twpdpa8-4c", news, posted).verdict is NOT_FOUND
    assert asked(store, "ccpa7011-1H", news, posted).verdict is NOT_FOUND


def test_a_basis_of_one_purpose_is_not_one_of_each(store: MemoryStore) -> None:
    paid = Said("We bill you under the contract.", "Use", NAME | {"purpose": "Delivery", "legalBasis": "Contract"})
    other = Said("We improve our service.", "Use", NAME | {"purpose": "ImproveExistingProductsAndServices"})
    assert asked(store, "gdpr13-1c", paid).verdict is MET
    found = asked(store, "gdpr13-1c", paid, other)
    assert (found.verdict, point(found, "each-basis").found) == (PARTLY, False)


def test_an_unnamed_purpose_is_none(store: MemoryStore) -> None:
    other = Said("We use data for other purposes.", "Use", NAME | {"purpose": "UnspecifiedPurpose"})
    assert asked(store, "twpdpa8-2", other).verdict is NOT_FOUND


def test_an_interest_of_others_is_the_gdprs_only_where_the_text_names_the_gdpr(store: MemoryStore) -> None:
    facets = {"purpose": "EnforceSecurity", "legalBasis": "LegitimateInterestOfThirdParty"}
    harm = Said("To keep others from harm.", "Share", facets)
    found = asked(store, "gdpr13-1d", harm)
    assert found.verdict is NOT_APPLICABLE
    assert [one.text for one in found.when[0].hints] == [harm.text]
    law = right("Under the GDPR you may see your data.", "RightOfAccess", also=(("applicableLaw", "EU-GDPR"),))
    assert asked(store, "gdpr13-1d", harm, law).verdict is MET
    ours = Said("It is our interest.", "Use", facets | {"legalBasis": "LegitimateInterestOfController"})
    assert asked(store, "gdpr13-1d", ours).verdict is MET


def test_marketing_leaves_open_whether_it_is_direct(store: MemoryStore) -> None:
    assert asked(store, "gdpr21-4", Said("For marketing.", "Use", {"purpose": "Marketing"})).verdict is UNCHECKED
    assert asked(store, "gdpr21-4", Said("By mail.", "Use", {"purpose": "DirectMarketing"})).verdict is NOT_FOUND
    assert (
        asked(store, "gdpr21-4", Said("For security.", "Use", {"purpose": "EnforceSecurity"})).verdict is NOT_APPLICABLE
    )


MINORS = Said("Minors should ask their parents first.", "ProtectChild", {"legalBasis": "ParentalConsent"})


def test_rules_for_children_bring_their_data_into_play_unless_it_is_not_collected(store: MemoryStore) -> None:
    found = asked(store, "pipl31", MINORS)
    assert (found.verdict, point(found, "guardian").found) == (PARTLY, True)
    never = Said("And collect nothing of them.", "Collect", ALL | {"dataSubject": "Child"}, denied=True, beside=True)
    assert asked(store, "pipl31", MINORS, never).verdict is NOT_APPLICABLE
    child = {"dataSubject": "Child"}
    ruled = Said("And knowingly collect nothing.", "ProtectChild", ALL | child, denied=True, beside=True)
    assert asked(store, "pipl31", MINORS, ruled).verdict is NOT_APPLICABLE
    goods = Said("And sell no toys.", "ProtectChild", {"dataCategory": "Purchase"} | child, denied=True, beside=True)
    assert asked(store, "pipl31", MINORS, goods).verdict is PARTLY
    unless = Said(
        "Nothing unless a parent agrees.", "ProtectChild", ALL | child, denied=True, unless="unless a parent agrees"
    )
    assert asked(store, "pipl31", unless).verdict is NOT_FOUND


@pytest.mark.parametrize(
    ("purpose", "verdict"),
    [
        ("AutomatedDecisionMaking", PARTLY),
        ("PersonalisedAdvertising", PARTLY),
        ("TargetedAdvertising", PARTLY),
        ("ProvideProductRecommendations", PARTLY),
        ("Personalisation", UNCHECKED),
        ("ContextualAdvertising", NOT_APPLICABLE),
    ],
)
def test_what_chinas_law_takes_for_automated_decisions(store: MemoryStore, purpose: str, verdict: Verdict) -> None:
    assert asked(store, "pipl24", Said("We use it so.", "Use", {"purpose": purpose})).verdict is verdict


@pytest.mark.parametrize(
    ("data", "held"),
    [
        ("Fingerprint", True),
        ("Religion", True),
        ("Health", True),
        ("CreditCardNumber", True),
        ("BankAccount", True),
        ("GPSCoordinate", True),
        ("EmailAddress", False),
        ("Country", False),
    ],
)
def test_what_chinas_law_names_as_sensitive(store: MemoryStore, data: str, held: bool) -> None:
    found = asked(store, "pipl30", Said("We collect it.", "Collect", {"dataCategory": data}))
    assert found.verdict is (NOT_FOUND if held else NOT_APPLICABLE)


def test_children_are_sensitive_too_and_a_place_is_to_be_read(store: MemoryStore) -> None:
    assert asked(store, "pipl30", Said("Of children.", "Collect", NAME | {"dataSubject": "Child"})).verdict is NOT_FOUND
    found = asked(store, "pipl30", Said("Where you are.", "Collect", {"dataCategory": "Location"}))
    assert (found.verdict, len(found.when[0].hints)) == (NOT_APPLICABLE, 1)


def test_why_sensitive_data_is_needed_is_said_of_that_data(store: MemoryStore) -> None:
    facets = {"dataCategory": "Health", "purpose": "FulfilmentOfContractualObligation"}
    alone = Said("We need health data to insure you.", "Collect", facets)
    assert asked(store, "pipl30", alone).verdict is PARTLY
    mixed = Said("We need all that to serve you.", "Collect", facets, also=(("dataCategory", "Name"),))
    assert asked(store, "pipl30", mixed).verdict is NOT_FOUND


OPEN = ("ccpa7011-1E", "ccpa7011-1F", "ccpa7011-2D", "ccpa7011-3C", "ccpa7011-3F")


@pytest.mark.parametrize("name", OPEN)
def test_whether_sharing_is_a_sale_is_for_a_person(store: MemoryStore, name: str) -> None:
    unless = {"denied": True, "unless": "unless you agree"}
    sold = Said("We never sell data unless you agree.", "Sell", ALL, **unless)  # type: ignore[arg-type]
    told = Said("We never disclose data unless you agree.", "Share", ALL, **unless)  # type: ignore[arg-type]
    hedged = Said("We generally do not sell data.", "Sell", ALL, denied=True, vague=True)
    never = Said("We never sell data.", "Sell", ALL, denied=True)
    for said in ([sold], [told], [hedged], [PARTNERS], [NOBODY, PARTNERS]):
        found = asked(store, name, *said)
        assert (found.verdict, found.failing) == (UNCHECKED, ()), said
        assert found.when[0].opens
    for said in ([HOSTS], [never], [never, PARTNERS], [NOBODY]):
        assert asked(store, name, *said).verdict is NOT_APPLICABLE, said
    assert asked(store, name, Said("We sell data.", "Sell", ALL)).verdict is NOT_FOUND


def test_an_opt_out_signal_is_a_way_out_of_sale(store: MemoryStore) -> None:
    sold = Said("We sell names.", "Sell", NAME)
    signal = Said("Send the signal to opt out.", "OfferChoice", {"right": "OptOutPreferenceSignal"})
    assert asked(store, "ccpa7011-2D", sold, signal).verdict is MET


CALL = Said("Call us for that.", "OfferContact", contact=ACME.key, contact_role="DataController", beside=True)


def test_a_contact_in_the_clause_of_a_right_is_the_way_to_use_it(store: MemoryStore) -> None:
    access = right("You may see your data.", "RightOfAccess")
    assert point(asked(store, "ccpa7011-3AB", access, CALL), "how").found
    elsewhere = Said("Call us with questions.", "OfferContact", contact=ACME.key, contact_role="DataController")
    assert not point(asked(store, "ccpa7011-3AB", access, elsewhere), "how").found
    dropped = Said("Unsubscribe by the link.", "OfferChoice", {"measure": "RightExerciseNotice"})
    assert not point(asked(store, "ccpa7011-3AB", access, dropped), "how").found


def denying(coverage: Coverage) -> set[str]:
    """The points and conditions that something is shown to deny."""
    found = [one for item in coverage.items for one in (*item.points, *item.unread, *item.also) if one.denials]
    return {one.point.id for one in found} | {
        one.when.id for item in coverage.items for one in item.when if one.denials
    }


@pytest.mark.parametrize("law", ["gdpr", "tw-pdpa", "pipl", "ccpa"])
def test_a_denial_of_rights_in_general_is_shown_once(store: MemoryStore, law: str) -> None:
    said = right("You have no rights.", "DataSubjectRight", denied=True)
    assert denying(covered(store, law, [said])) == {"rights" if law in ("pipl", "ccpa") else "rights-general"}


LIMITED = [
    right("We may refuse if the law allows.", "DataSubjectRight", denied=True, only_if="if the law allows"),
    right("No erasure unless you insist.", "RightToErasure", denied=True, unless="unless you insist"),
    right("We generally give no access.", "RightOfAccess", denied=True, vague=True),
    right("Invoices are never erased.", "RightToErasure", denied=True, also=(("dataCategory", "Transaction"),)),
    Said("We generally share nothing.", "Share", ALL | {"recipient": "ThirdParty"}, denied=True, vague=True),
    Said("We share nothing unless you agree.", "Share", ALL, denied=True, unless="unless you agree"),
    Said("We keep no card numbers.", "Store", {"dataCategory": "CreditCardNumber"}, denied=True),
    Said("Mail is not used for advertising.", "Use", {"purpose": "Marketing", "dataCategory": "Email"}, denied=True),
    Said("That does not stop all ads.", "OfferChoice", {"right": "OptingOutFromProcess"}, denied=True),
    Said("We send nothing abroad unless asked.", "Transfer", ALL, denied=True, unless="unless asked"),
]  # fmt: skip


@pytest.mark.parametrize("said", LIMITED, ids=lambda one: one.text)
@pytest.mark.parametrize("law", ["gdpr", "tw-pdpa", "pipl", "ccpa"])
def test_a_denial_that_is_limited_denies_no_point(store: MemoryStore, law: str, said: Said) -> None:
    assert denying(covered(store, law, [said])) == set()


def test_the_same_denials_without_limits_do(store: MemoryStore) -> None:
    assert "erasure" in denying(covered(store, "gdpr", [right("No erasure.", "RightToErasure", denied=True)]))
    assert "recipient" in denying(covered(store, "gdpr", [NOBODY]))
    assert "retention" in denying(covered(store, "gdpr", [Said("We keep nothing.", "Retain", denied=True)]))
    marketing = Said("No data is used for advertising.", "Use", ALL | {"purpose": "Marketing"}, denied=True)
    assert "when-marketing" in denying(covered(store, "tw-pdpa", [marketing]))


def test_cookies_that_may_be_deleted_are_no_erasure(store: MemoryStore) -> None:
    cookies = right("You may delete cookies.", "RightToErasure", also=(("dataCategory", "CookieData"),))
    found = asked(store, "gdpr13-2b", cookies)
    assert not point(found, "erasure").found
    assert asked(store, "ccpa7011-2B", cookies).verdict is NOT_FOUND


def test_china_asks_for_public_rules_and_not_for_a_date(store: MemoryStore) -> None:
    graph = policy("items-dated", [MINORS], date="2026-02-01")
    store.put([graph])
    found = next(
        one for one in cover(store, graph.version_iri, load_checklists()["pipl"]).items if one.item.id == "pipl17-p"
    )
    assert found.verdict is UNCHECKED
    assert [one.point.id for one in found.points] == []


def test_standard_clauses_are_a_safeguard_whatever_the_sentence_does(store: MemoryStore) -> None:
    sent = Said("We send data to Norway.", "Transfer", ALL | {"transferDestination": "Norway"})
    clauses = Said("Standard clauses protect it.", "Protect", {"measure": "StandardContractualClauses"})
    assert point(asked(store, "gdpr13-1f", sent, clauses), "safeguard").found
    named = Said("Ask our officer.", "OfferContact", contact=OFFICER.key, contact_role="DataProtectionOfficer")
    assert not point(asked(store, "gdpr13-1f", sent, named), "safeguard").found
