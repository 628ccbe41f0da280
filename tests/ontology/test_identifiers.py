"""Identifiers of organisations: what people write becomes one IRI, and what is none is refused with its mend."""

from __future__ import annotations

import pytest

from clausegraph.ontology.identifiers import BadIdentifier, identified, is_lei, lei, party, register, wikidata
from clausegraph.ontology.terms import EXACT_MATCH, ID, SAME_AS

#: GLEIF's own, and another that its check digits fit.
LEI = "506700GE1G29325QX363"
PARTY = f"{ID}policy/shop%2Fprivacy/party/0123456789abcdef"


@pytest.mark.parametrize(
    "text", ["Q42", " Q42 ", "https://www.wikidata.org/wiki/Q42", "http://www.wikidata.org/entity/Q42"]
)
def test_a_wikidata_item_has_one_iri(text: str) -> None:
    found = wikidata(text)
    assert (found.iri, found.text, found.relation) == ("http://www.wikidata.org/entity/Q42", "Q42", SAME_AS)


@pytest.mark.parametrize(
    "text", ["", "42", "q42", "Q0", "Q042", "P31", "L7", "Q42#P31", "https://cs.wikipedia.org/wiki/Q42"]
)
def test_what_is_no_wikidata_item_is_refused(text: str) -> None:
    with pytest.raises(BadIdentifier, match="no Wikidata item"):
        wikidata(text)


@pytest.mark.parametrize("text", [LEI, LEI.lower(), "5067 00GE 1G29 325Q X363"])
def test_an_lei_has_one_iri(text: str) -> None:
    found = lei(text)
    assert (found.text, found.relation) == (LEI, EXACT_MATCH)
    assert lei(found.iri) == found


def test_a_mistake_of_one_sign_in_an_lei_is_seen() -> None:
    """A digit for a digit or a letter for a letter, and two neighbours of a kind that changed places."""
    assert is_lei(LEI)
    for place, right in enumerate(LEI):
        kind = "0123456789" if right.isdigit() else "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        for wrong in kind.replace(right, ""):
            assert not is_lei(LEI[:place] + wrong + LEI[place + 1 :])
        beside = LEI[place + 1 : place + 2]
        if beside in kind.replace(right, "") and beside:
            assert not is_lei(LEI[:place] + beside + right + LEI[place + 2 :])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "0 signs"),
        (LEI[:-1], "19 signs"),
        (LEI[:-1] + "4", "check digits"),
        ("5067ÖÖGE1G29325QX363", "signs that none"),
    ],
)
def test_what_is_no_lei_is_refused(text: str, said: str) -> None:
    with pytest.raises(BadIdentifier, match=said):
        lei(text)


def test_a_register_is_any_other_address() -> None:
    found = register("https://rejstrik.example/firma?ico=12345678")
    assert (found.iri, found.relation) == (found.text, EXACT_MATCH)
    for text in (
        "12345678",
        "ftp://a.example/x",
        "https://x",
        "https://a.example/a b",
        'https://a.example/">',
        "javascript:x.y",
    ):
        with pytest.raises(BadIdentifier, match="no address"):
            register(text)
    for text in ("https://www.wikidata.org/wiki/Q42", f"https://search.gleif.org/#/record/{LEI}", PARTY):
        with pytest.raises(BadIdentifier, match="no company register"):
            register(text)


def test_an_iri_of_the_graph_tells_its_kind() -> None:
    for found in (wikidata("Q42"), lei(LEI), register("https://r.example/1"), party(PARTY)):
        assert identified(found.iri) == found
    for iri in ("https://www.wikidata.org/wiki/Property:P31", f"{ID}policy/a", f"{PARTY}/x", "urn:x"):
        with pytest.raises(BadIdentifier):
            identified(iri)
