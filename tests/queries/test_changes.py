"""Two versions compared as facts: what is a change, what is none, what has turned round. All in our own words."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from clausegraph import ontology
from clausegraph.ontology.terms import CG
from clausegraph.queries.changes import Change, Said, Version, changes_graph, changes_ntriples, compare
from clausegraph.queries.changes.anchor import Anchors
from clausegraph.queries.changes.facts import Limit, Value

ACTOR = ("actor", "DataController")
MAIL, NAME, HEALTH = (("dataCategory", one) for one in ("EmailAddress", "Name", "Health"))
PERSONAL = ("dataCategory", "PersonalData")
CONSENT = frozenset({"Consent"})
WITH_CONSENT = Limit("OnlyIf", CONSENT, frozenset(), "with your consent")
UNLESS_CONSENT = Limit("Unless", CONSENT | {"Exception"}, frozenset(), "without your consent")


def said(
    quote: str,
    practice: str,
    *values: Value,
    denied: bool = False,
    limits: tuple[Limit, ...] = (),
    period: tuple[str, str] = ("", ""),
    days: float | None = None,
) -> Said:
    """A statement of our own; `version` gives it its place."""
    return Said("", practice, denied, frozenset((ACTOR, *values)), limits, period, days, "Will", quote, 0, 0)


def version(name: str, *stated: Said, extractor: str = "e1") -> Version:
    """A version whose text is its statements, a line each."""
    iri = f"https://example.org/p/version/{name}"
    ends = list(accumulate(len(one.quote) + 1 for one in stated))
    placed = (
        replace(one, iri=f"{iri}/s/{place}", start=end - len(one.quote) - 1, end=end - 1)
        for place, (one, end) in enumerate(zip(stated, ends, strict=True))
    )
    return Version(iri, "".join(f"{one.quote}\n" for one in stated), tuple(placed), extractor)


def only(older: Said, newer: Said) -> Change:
    """The one change between two texts of one statement each."""
    (found,) = compare(version("1", older), version("2", newer)).changes
    return found


SHARE = said("We share your name with our partners.", "Share", NAME, ("recipient", "BusinessPartner"))
SELL = said("We never sell your data.", "Sell", PERSONAL, denied=True)
KEEP = said("Logs are kept for 30 days.", "Retain", period=("P30D", "Exactly"), days=30)


def test_the_same_facts_in_other_words_and_places_are_no_change() -> None:
    other = replace(SHARE, quote="Our partners receive the name you go by.")
    found = compare(version("1", SHARE, KEEP), version("2", KEEP, other))
    assert (found.changes, found.same) == ((), 2)


@pytest.mark.parametrize("denied_first", [True, False])
def test_what_was_denied_and_is_affirmed_has_turned_round_and_comes_first(*, denied_first: bool) -> None:
    affirmed = said("We sell your data.", "Sell", PERSONAL)
    texts = [(SHARE, SELL), (replace(KEEP, quote="Other words."), affirmed)]
    if not denied_first:
        texts = [(SHARE, affirmed), (replace(KEEP, quote="Other words."), SELL)]
    found = compare(version("1", *texts[0]), version("2", *texts[1])).changes
    assert [one.kind for one in found] == ["TurnedRound", "Removed", "Added"]
    assert found[0].aspects[0] == ("NowAffirmed" if denied_first else "NowDenied")
    assert found[0].before is not None
    assert found[0].before.denied is denied_first


def test_a_denial_is_not_turned_round_by_what_it_does_not_reach() -> None:
    """Nearly the same words, other data."""
    denied = said("We do not collect your health data.", "Collect", HEALTH, denied=True)
    affirmed = said("We collect your e-mail address too.", "Collect", MAIL)
    found = compare(version("1", denied), version("2", affirmed)).changes
    assert [one.kind for one in found] == ["Removed", "Added"]


def test_a_denial_is_turned_round_by_what_stands_below_it_in_any_words() -> None:
    affirmed = said("Brokers may buy the address to which we write.", "Sell", MAIL)
    assert only(SELL, affirmed).kind == "TurnedRound"


def test_a_denial_that_is_still_stated_is_not_turned_round_by_its_exception() -> None:
    again = replace(SELL, quote="Never, ever do we sell data.", limits=(UNLESS_CONSENT,))
    other = said("Nobody buys your data from us.", "Sell", PERSONAL, denied=True)
    sold = said("The address goes to brokers for money.", "Sell", MAIL)
    found = compare(version("1", SELL), version("2", again, other, sold)).changes
    assert "TurnedRound" not in {one.kind for one in found}


def test_one_denial_may_be_turned_round_twice() -> None:
    denied = said("We do not collect your health data or name.", "Collect", HEALTH, NAME, denied=True)
    less = said("We do not collect your name.", "Collect", NAME, denied=True)
    affirmed = said("Doctors tell us how you are.", "Collect", HEALTH)
    found = compare(version("1", denied), version("2", less, affirmed)).changes
    assert [(one.kind, one.lost) for one in found] == [
        ("TurnedRound", (NAME,)),
        ("Changed", (HEALTH,)),
    ]


def test_not_without_is_only_with() -> None:
    denied = said("We do not sell your data without your consent.", "Sell", PERSONAL, denied=True)
    affirmed = said("We sell your data only with your consent.", "Sell", PERSONAL, limits=(WITH_CONSENT,))
    found = only(replace(denied, limits=(UNLESS_CONSENT,)), affirmed)
    assert (found.kind, found.aspects) == ("Changed", ("PutOtherwise",))
    assert only(denied, affirmed).kind == "TurnedRound"


@pytest.mark.parametrize(
    ("before", "after", "aspect"),
    [
        ((), (WITH_CONSENT,), "ConditionAdded"),
        ((WITH_CONSENT,), (), "ConditionDropped"),
        ((WITH_CONSENT,), (replace(WITH_CONSENT, kinds=frozenset({"Request"})),), "ConditionChanged"),
        (
            (replace(WITH_CONSENT, words="if you are 13"),),
            (replace(WITH_CONSENT, words="if you are 16"),),
            "ConditionChanged",
        ),
    ],
)
def test_conditions(before: tuple[Limit, ...], after: tuple[Limit, ...], aspect: str) -> None:
    other = replace(SHARE, quote="We share your name with our partners, it may be.", limits=after)
    assert only(replace(SHARE, limits=before), other).aspects == (aspect,)


def test_the_same_condition_in_other_words_is_no_change() -> None:
    before = replace(SHARE, limits=(WITH_CONSENT,))
    after = replace(SHARE, limits=(replace(WITH_CONSENT, words="provided you give your consent"),))
    assert compare(version("1", before), version("2", after)).changes == ()


@pytest.mark.parametrize(
    ("period", "days", "aspect"),
    [
        (("P60D", "Exactly"), 60, "RetentionLengthened"),
        (("P1W", "Exactly"), 7, "RetentionShortened"),
        (("P60D", "AtMost"), 60, "RetentionChanged"),
        (("P1W", "AtMost"), 7, "RetentionShortened"),
        (("", ""), None, "RetentionChanged"),
    ],
)
def test_periods(period: tuple[str, str], days: float | None, aspect: str) -> None:
    after = replace(KEEP, quote=f"Logs are kept for {days or 'some'} days.", period=period, days=days)
    assert only(KEEP, after).aspects == (aspect,)


def test_new_is_what_the_older_text_affirms_nowhere() -> None:
    more = replace(SHARE, quote="We share your name and address with our partners.", values=SHARE.values | {MAIL})
    assert only(SHARE, more).aspects == ("NewDataCategory", "ValuesChanged")
    collected = said("We collect your address.", "Collect", MAIL)
    (known,) = compare(version("1", SHARE, collected), version("2", more, collected)).changes
    assert known.aspects == ("ValuesChanged",)
    denied = said("We do not collect your address.", "Collect", MAIL, denied=True)
    (told,) = compare(version("1", SHARE, denied), version("2", more, denied)).changes
    assert told.aspects == ("NewDataCategory", "ValuesChanged")


def test_another_reading_of_the_same_words_is_no_change_of_the_policy() -> None:
    read = said(SHARE.quote, "Sell", NAME)
    older, newer = version("1", SHARE, KEEP), version("2", read, KEEP, extractor="e2")
    found = compare(older, newer)
    assert (found.changes, found.same, found.reread) == ((), 1, 1)
    # by one extractor, some other words must have made it so: it is told, behind all else
    assert [one.aspects for one in compare(older, replace(newer, extractor="e1")).changes] == [("SameWords",)] * 2


def test_another_reading_hides_no_change_of_words() -> None:
    """The item is the same, its list head has turned: told, whoever read it."""
    item = said("your name,", "Share", NAME)
    older = version("1", said("We do not share:", "Share", denied=True), replace(item, denied=True))
    newer = version("2", said("We do share:", "Share"), item, extractor="e2")
    above = [replace(one, said=(one.said[0], replace(one.said[1], above=((0, 12),)))) for one in (older, newer)]
    kinds = [one.kind for one in compare(*above).changes]
    assert kinds == ["TurnedRound", "TurnedRound"]


def test_the_graph_is_the_same_each_time_and_holds_no_facet() -> None:
    older = version("1", SELL, SHARE, KEEP)
    newer = version("2", said("We sell your data.", "Sell", PERSONAL), KEEP)
    graph = changes_ntriples(compare(older, newer))
    assert graph == changes_ntriples(compare(older, newer))
    triples = list(ox.parse(graph, format=ox.RdfFormat.N_TRIPLES))
    said_of = {one.predicate.value.removeprefix(CG) for one in triples}
    assert not said_of & {"practice", "deniedPractice", "dataCategory", "deniedDataCategory", "controller", "inVersion"}
    named = {one.subject.value for one in triples if isinstance(one.subject, ox.NamedNode)}
    assert all(one.startswith(changes_graph(newer.iri)) for one in named)
    kinds = [one.object.value.removeprefix(CG) for one in triples if one.predicate.value == f"{CG}changeKind"]
    assert sorted(kinds) == ["Removed", "TurnedRound"]


def test_the_graph_keeps_its_shapes_and_a_facet_would_break_them() -> None:
    older = version("1", SELL, SHARE, KEEP)
    newer = version("2", said("We sell your data.", "Sell", PERSONAL), replace(KEEP, period=("P9D", "Exactly"), days=9))
    text = changes_ntriples(compare(older, newer)).decode()
    shapes = rdflib.Graph().parse(Path(ontology.__file__).parent / "shapes" / "changes.ttl")

    def conforms(ntriples: str) -> bool:
        data = rdflib.Graph().parse(data=ntriples, format="nt")
        return bool(pyshacl.validate(data, shacl_graph=shapes, inference="none")[0])

    assert conforms(text)
    first = next(line for line in text.splitlines() if "#changeKind>" in line)
    for wrong in (f"{first.split()[0]} <{CG}recipient> <{CG}x> .", first.replace("TurnedRound", "Sold")):
        assert not conforms(f"{text}{wrong}\n")
    assert not conforms(text.replace(first, ""))
    assert not conforms("\n".join(line for line in text.splitlines() if "#sameFacts>" not in line))


def test_words_are_found_again() -> None:
    anchors = Anchors("Preamble. We share your full name with our partners, as ever. End.")
    found = anchors.find("We share your name with our partners.")
    assert found is not None
    assert anchors.text[found.start : found.end] == found.exact
    assert "full name" in found.exact
    assert 0.8 <= found.score < 1
    assert anchors.find("We keep invoices for ten years.") is None
    again = anchors.find("Preamble.")
    assert again is not None
    assert again.score == 1


def test_words_found_again_begin_with_no_end_of_a_sentence() -> None:
    found = Anchors("前言。我們會蒐集您的健康資料與姓名。結語。").find("我們不會蒐集您的健康資料與姓名。")
    assert found is not None
    assert found.exact == "我們會蒐集您的健康資料與姓名。"
