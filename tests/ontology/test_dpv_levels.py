"""The levels of DPV that our concepts have: as DPV 2.3 says, where it is right, and as our own tree says."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from clausegraph.ontology.dpv import BROADER_FILE, DpvLevels, dpv_levels
from clausegraph.ontology.terms import DPV_BASE, expand, shorten
from clausegraph.ontology.vocabulary import Vocabulary

#: Terms that practices stand for in the view, beside those that concepts match.
PRACTICES = ("dpv:Collect", "dpv:Use", "dpv:Disclose", "dpv:Share", "dpv:Transfer", "dpv:Store")
#: Unions in a membership of the past. DPV puts the 28 below the EU of today, and the United Kingdom below the 28.
PAST = {"loc:EU28", "loc:EEA31"}


@pytest.fixture(scope="module")
def levels() -> DpvLevels:
    return dpv_levels()


def test_an_address_is_found_at_every_level(levels: DpvLevels) -> None:
    found = {shorten(iri) for iri in levels.levels("EmailAddress")}
    assert {"pd:EmailAddress", "pd:Contact", "pd:Tracking", "dpv:PersonalData"} <= found
    assert "EmailAddress" in levels.concepts_below(expand("pd:Contact"))
    assert "EmailAddress" not in levels.concepts_below(expand("pd:Financial"))


def test_what_dpv_lacks_has_the_levels_of_what_is_broader(levels: DpvLevels) -> None:
    assert levels.exact("AdvertisingNetwork") == ()
    assert expand("dpv:ThirdParty") in levels.levels("AdvertisingNetwork")


def test_the_united_kingdom_is_no_member(levels: DpvLevels) -> None:
    assert expand("loc:EU") in levels.levels("Czechia")
    assert expand("loc:EU") not in levels.levels("UnitedKingdom")


def test_a_close_match_is_no_fact(levels: DpvLevels, vocabulary: Vocabulary) -> None:
    close = vocabulary.concepts["ConfidentialityObligation"].close
    assert close
    assert not set(close) & levels.levels("ConfidentialityObligation")


def test_unknown_names_have_no_levels(levels: DpvLevels) -> None:
    assert levels.exact("Nothing") == ()
    assert levels.levels("Nothing") == frozenset()
    assert levels.concepts_below("https://w3id.org/dpv#Nothing") == ()


@pytest.mark.shared
def test_the_file_says_what_dpv_says(shared: Path, vocabulary: Vocabulary) -> None:
    """Every pair is DPV's, and none that our concepts need is left out. Written anew with CLAUSEGRAPH_WRITE_DOCS=1."""
    above: dict[str, set[str]] = {}
    given_up: set[str] = set()
    with (shared / "reference" / "dpv-terms.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["kind"] != "property":
                named = f"{row['broader']};{row['subClassOf_or_subPropertyOf']}".split(";")
                above.setdefault(row["curie"], set()).update(one for one in named if one and "rdfs:" not in one)
                if row["status"] in ("sunset", "deprecated"):
                    given_up.add(row["curie"])

    def in_use(terms: set[str]) -> set[str]:
        """The terms; in the place of one that DPV gave up, what stands above it."""
        found: set[str] = set()
        for term in terms:
            found |= in_use(above[term]) if term in given_up else {term}
        return found

    queue = sorted(
        {shorten(iri) for one in vocabulary.concepts.values() for iri in (*one.exact, *one.broad) if DPV_BASE in iri}
        | set(PRACTICES)
    )
    pairs: set[tuple[str, str]] = set()
    seen = set(queue)
    for here in queue:
        for there in sorted(in_use(above[here]) - PAST - {here}):
            pairs.add((here, there))
            if there not in seen:
                seen.add(there)
                queue.append(there)
    remark = (
        "# Term and what DPV 2.3 puts directly above it (IRIs only); tests/ontology/test_dpv_levels.py writes it.\n"
    )
    text = remark + "".join(f"{term}\t{wide}\n" for term, wide in sorted(pairs))
    if os.environ.get("CLAUSEGRAPH_WRITE_DOCS"):
        BROADER_FILE.write_text(text, encoding="utf-8")
    assert BROADER_FILE.read_text(encoding="utf-8") == text
