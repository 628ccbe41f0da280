"""Companies by their legal form."""

from __future__ import annotations

import pytest

from clausegraph.ingest.extract.organisations import organisations

from .reads import read


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "We host with Brightwater Hosting GmbH and pay through Paylark Europe, Ltd.",
            ["Brightwater Hosting GmbH", "Paylark Europe, Ltd."],
        ),
        ("Společnost Modrý Dub s.r.o. a firma Kolibřík, a.s. dostávají údaje.", ["Modrý Dub s.r.o.", "Kolibřík, a.s."]),
        (
            "由北辰云海科技有限公司和青禾（深圳）网络有限公司提供。",
            ["北辰云海科技有限公司", "青禾（深圳）网络有限公司"],
        ),
        ("我們委託晨星數位股份有限公司寄送。", ["晨星數位股份有限公司"]),
        ("We work with limited partners and an incorporated list.", []),
        ("有限公司", []),
    ],
)
def test_names_with_a_legal_form_are_found(text: str, names: list[str]) -> None:
    words = not any("\u4e00" <= char <= "\u9fff" for char in text)
    assert [text[start:end] for start, end in organisations(text, words=words)] == names


def test_an_unknown_company_is_a_named_recipient() -> None:
    extraction = read("We share your address with Brightwater Parcels GmbH.", "en")
    share = next(one for one in extraction.statements if one.practice == "Share")
    named = [mention for mention in share.mentions if mention.facet == "recipient" and mention.party]
    assert [extraction.document.text[m.start : m.end] for m in named] == ["Brightwater Parcels GmbH"]
    assert "brightwaterparcelsgmbh" in {party.key for party in extraction.parties}
