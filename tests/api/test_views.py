"""Views: what the graph says, read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegraph.api.views.facets import FACETS, title
from clausegraph.api.views.fetch import (
    UnknownPolicy,
    fetch_clauses,
    fetch_document,
    fetch_party,
    fetch_statement,
    fetch_statements,
    fetch_text,
    find_policy,
    list_policies,
)
from clausegraph.api.views.highlight import stretches
from clausegraph.api.views.policies import ORDERS, PolicyFilter, list_iris
from clausegraph.api.views.search import StatementFilter, UnknownConcept, search
from clausegraph.ingest import records
from clausegraph.queries.store import MemoryStore

from .conftest import CZECH, DENIAL, ENGLISH, SHARING


def test_policies_are_listed_with_their_counts(store: MemoryStore) -> None:
    acme, czech = list_policies(store)
    assert (acme.title, acme.key, acme.language) == ("Acme Privacy Policy", "shop/privacy", "en")
    assert (acme.clauses, acme.statements, acme.denied) == (4, 3, 1)
    assert acme.controller is not None
    assert (acme.controller.name, acme.controller.aliases) == ("Acme Ltd", ("Acme",))
    assert acme.ingested_at == "2025-11-24T10:00:00Z"
    assert czech.controller is not None
    assert czech.controller.shown == "(unnamed)"


@pytest.mark.parametrize("name", ["shop/privacy", "Shop/Privacy", "acme priv", "Acme Ltd", "PRIVACY POLICY"])
def test_a_policy_is_found_by_any_part_that_fits_one(store: MemoryStore, name: str) -> None:
    assert find_policy(store, name).key == "shop/privacy"


def test_a_policy_is_found_by_its_iri_and_an_exact_key_wins(store: MemoryStore) -> None:
    first = list_policies(store)[0]
    assert find_policy(store, first.iri) == first
    assert find_policy(store, "cs").key == "cs"


@pytest.mark.parametrize(
    ("name", "says"), [("a", "fits 2 policies"), ("shop/privacies", "shop/privacy"), ("", "called")]
)
def test_an_unclear_name_says_what_would_fit(store: MemoryStore, name: str, says: str) -> None:
    with pytest.raises(UnknownPolicy, match=says):
        find_policy(store, name)


def test_an_empty_store_says_so() -> None:
    with MemoryStore() as empty, pytest.raises(UnknownPolicy, match="no policy"):
        find_policy(empty, "x")


def test_a_document_reads_back_whole(store: MemoryStore) -> None:
    document = fetch_document(store, find_policy(store, "shop/privacy"))
    assert document.text == ENGLISH
    assert [one.path for one in document.clauses] == ["1", "1.1", "1.2", "1.3"]
    assert [one.parent for one in document.clauses] == ["", "1", "1", "1"]
    share, sell, retain = document.statements
    assert document.statements_of(document.clauses[1].iri) == (share,)
    assert (share.quote, share.practice, share.denied, share.modality) == (SHARING, "Share", False, "May")
    assert [(one.facet, one.value) for one in share.facets if one.party is None] == [
        ("dataCategory", "EmailAddress"),
        ("purpose", "Marketing"),
        ("recipient", "ThirdParty"),
        ("recipientLocation", "Norway"),
    ]
    assert [one.party.name for one in share.facets if one.party] == ["Printer Inc."]
    assert share.controller is not None
    assert (sell.quote, sell.practice, sell.denied, sell.conditional) == (DENIAL, "Sell", True, True)
    assert [(one.facet, one.value) for one in sell.facets] == [("dataCategory", "PersonalData")]
    (condition,) = sell.conditions
    assert (condition.effect, condition.kinds) == ("Unless", ("Consent", "Exception"))
    assert [(one.facet, one.value) for one in condition.facets] == [("legalBasis", "Consent")]
    assert (retain.duration, retain.duration_days, retain.duration_bound) == ("P30D", 30, "AtMost")
    assert retain.mentions[0].inherited_from == document.clauses[0].iri
    assert document.extraction["digest"] == "d1" * 32
    for statement in document.statements:
        for mention in statement.evidence():
            assert document.text[mention.start : mention.end] == mention.exact


def test_statements_fetched_one_by_one_equal_those_of_the_document(store: MemoryStore) -> None:
    document = fetch_document(store, find_policy(store, "shop/privacy"))
    wanted = [one.iri for one in reversed(document.statements)]
    assert fetch_statements(store, [*wanted, "https://example.org/nothing"]) == tuple(reversed(document.statements))
    assert fetch_statement(store, wanted[0]) == document.statements[-1]
    with pytest.raises(UnknownPolicy):
        fetch_statement(store, "https://example.org/nothing")


def test_clauses_and_texts_come_for_many_versions_at_once(store: MemoryStore) -> None:
    versions = [one.version for one in list_policies(store)]
    assert set(fetch_text(store, versions).values()) == {ENGLISH, CZECH}
    assert {len(one) for one in fetch_clauses(store, versions).values()} == {4, 2}


def test_a_party_leads_to_the_statements_that_name_it(store: MemoryStore) -> None:
    share = fetch_document(store, find_policy(store, "shop/privacy")).statements[0]
    named = next(one.party for one in share.facets if one.party)
    party, naming = fetch_party(store, named.iri)
    assert party.name == "Printer Inc."
    assert naming == (share,)
    with pytest.raises(UnknownPolicy):
        fetch_party(store, "https://example.org/nobody")


def test_policies_page_and_filter(store: MemoryStore) -> None:
    def listed(**wanted: str) -> list[str]:
        return [one.policy for one in list_iris(store, PolicyFilter(**wanted))]  # type: ignore[arg-type]

    everything = list_iris(store, PolicyFilter())
    assert len(everything) == 2
    for order in ("", *ORDERS):
        whole = list_iris(store, PolicyFilter(), order=order)
        assert set(whole) == set(list_iris(store, PolicyFilter(), order=order, limit=2))
        assert list_iris(store, PolicyFilter(), order=order, after=whole[0]) == whole[1:]
        assert list_iris(store, PolicyFilter(), order=order, after=whole[1]) == []
    assert listed(language="cs") == [one.policy for one in everything if one.policy.endswith("/cs")]
    assert listed(controller="aCmE") == [one.policy for one in everything if "shop" in one.policy]
    assert listed(controller='"') == []
    assert listed(title="ÚDAJŮ") == listed(language="CS")


def found(store: MemoryStore, **wanted: object) -> list[str]:
    """Practices of what a search finds."""
    hits = search(store, StatementFilter(**wanted))  # type: ignore[arg-type]
    return [one.practice for one in fetch_statements(store, [hit.statement for hit in hits])]


def test_search_is_affirmed_unless_asked(store: MemoryStore) -> None:
    assert found(store) == ["Share", "Retain"]
    assert found(store, polarity="denied") == ["Sell", "Sell"]
    assert found(store, polarity="both") == ["Sell", "Share", "Sell", "Retain"]
    assert found(store, practices=("Sell",)) == []
    assert found(store, practices=("Sell",), polarity="denied") == ["Sell", "Sell"]


def test_concepts_roll_down_for_the_affirmed_and_up_for_the_denied(store: MemoryStore) -> None:
    assert found(store, concept="EmailAddress") == ["Share"]
    assert found(store, concept="Contact") == ["Share"]
    assert found(store, concept="pd:EmailAddress", polarity="both") == ["Sell", "Share", "Sell"]
    # Who never sells personal data never sells contact data; who does not sell e-mail addresses may sell others.
    assert found(store, concept="Contact", polarity="denied") == ["Sell"]
    assert found(store, concept="Contact", facet="purpose") == []
    with pytest.raises(UnknownConcept):
        found(store, concept="Emailaddresses")


def test_a_place_is_found_under_any_kind(store: MemoryStore) -> None:
    assert found(store, concept="Norway", facet="jurisdiction") == ["Share"]
    assert found(store, concept="Norway", facet="recipientLocation") == ["Share"]
    assert found(store, concept="Norway", facet="storageLocation") == []


def test_search_goes_on_after_a_hit(store: MemoryStore) -> None:
    everything = search(store, StatementFilter(polarity="both"))
    for place in range(len(everything)):
        assert search(store, StatementFilter(polarity="both"), after=everything[place]) == everything[place + 1 :]
    assert search(store, StatementFilter(polarity="both"), limit=2) == everything[:2]


def test_every_facet_of_the_records_is_shown() -> None:
    assert set(records.FACETS) <= set(FACETS)
    assert title("transferDestination") == "transfer destination"


MARKS = st.lists(st.tuples(st.integers(-3, 25), st.integers(-3, 25), st.sampled_from("abc")), max_size=6)


@given(st.integers(0, 10), st.integers(10, 20), MARKS)
def test_stretches_are_the_text_and_each_character_has_its_marks(
    start: int, end: int, marks: list[tuple[int, int, str]]
) -> None:
    text = "abcdefghijklmnopqrst"
    pieces = list(stretches(text, start, end, marks))
    assert "".join(piece.text for piece in pieces) == text[start:end]
    for piece in pieces:
        for index in range(piece.start, piece.end):
            assert set(piece.marks) == {mark for s, e, mark in marks if s <= index < e}
