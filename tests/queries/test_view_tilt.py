"""The view `tilt`: a complete policy makes a valid document, and what another lacks is listed, no more and no less."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from clausegraph.queries.store import MemoryStore, Store, VersionGraph
from clausegraph.queries.views.tiltparts import country_of

from .viewing import rendered

CG = "https://w3id.org/clausegraph/ontology#"
CGC = "https://w3id.org/clausegraph/concepts#"
DCT = "http://purl.org/dc/terms/"
SCHEMA = "https://schema.org/"
POLICY = "https://w3id.org/clausegraph/id/policy/whole"
VERSION = f"{POLICY}/version/0000000000000001"

MAIL = "EmailAddress"

Node = dict[str, Any]


@pytest.fixture(scope="module")
def validator(shared: Path) -> jsonschema.Draft7Validator:
    schema = json.loads((shared / "vocab/other/tilt-schema.json").read_text(encoding="utf-8"))
    return jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())


def document(store: Store, key: str = "") -> tuple[Node, dict[str, str]]:
    """One policy's document, and the reasons for what it lacks, by field."""
    data, missing = rendered(store, "tilt", "json", key)
    return json.loads(data), {each.field: each.reason for each in missing}


def lacks(errors: Sequence[jsonschema.ValidationError]) -> set[str]:
    """The required fields that the schema misses, as paths; any other fault as its message."""
    found: set[str] = set()
    for error in errors:
        if error.context:
            found |= lacks(error.context)
        elif error.validator == "required":
            path = "".join("[]" if isinstance(part, int) else f".{part}" for part in error.absolute_path)
            name = re.match(r"'(\w+)' is a required", error.message)
            assert name
            found.add(f"{path}.{name[1]}".removeprefix("."))
        else:
            found.add(f"{error.json_path}: {error.message[:200]}")
    return found


def said(number: int, practice: str, quote: str, *, by: str = "1", denied: bool = False, **facets: str) -> list[str]:
    """The lines of one statement; facets are concepts, `_`-ended names literals or IRIs as written."""
    iri = f"{VERSION}/s/{number}-{number + 1}-{practice}"
    lines = [
        f"<{iri}> <{CG}inVersion> <{VERSION}>",
        f'<{iri}> <{CG}start> "{number}"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>',
        f"<{iri}> <{CG}polarity> <{CG}{'Denied' if denied else 'Affirmed'}>",
        f"<{iri}> <{CG}{'deniedPractice' if denied else 'practice'}> <{CG}{practice}>",
        f"<{iri}> <{CG}modality> <{CG}Will>",
        f"<{iri}> <{CG}actor> <{CGC}DataController>",
        f'<{iri}> <{CG}quote> "{quote}"',
        f"<{iri}> <{CG}controller> <{POLICY}/party/{by}>",
    ]
    for name, value in facets.items():
        facet = f"denied{name[0].upper()}{name[1:]}" if denied else name
        if name.endswith("_"):
            lines.append(f"<{iri}> <{CG}{name.removesuffix('_')}> {value}")
        else:
            lines += [f"<{iri}> <{CG}{facet}> <{CGC}{each}>" for each in value.split()]
    return lines


def whole() -> list[str]:
    """A policy that states all that TILT asks for."""

    def party(number: int, name: str, address: str) -> list[str]:
        iri = f"<{POLICY}/party/{number}>"
        return [
            f'{iri} <{SCHEMA}name> "{name}"',
            f'{iri} <{SCHEMA}address> "{address}"',
            f'{iri} <{SCHEMA}email> "p{number}@acme.example"',
            f'{iri} <{SCHEMA}telephone> "+353 1 555 010"',
        ]

    def contact(number: int, role: str) -> list[str]:
        place = f"<{POLICY}/party/{number}>"
        return said(number, "OfferContact", "Write to us.", contact_=place, contactRole=role)

    return [
        f"<{VERSION}> <{CG}versionOf> <{POLICY}>",
        f'<{VERSION}> <{DCT}title> "Privacy"',
        f'<{VERSION}> <{DCT}language> "en"',
        f'<{VERSION}> <{DCT}date> "2025-01-01"^^<http://www.w3.org/2001/XMLSchema#date>',
        f'<{VERSION}> <{DCT}modified> "2025-02-01"^^<http://www.w3.org/2001/XMLSchema#date>',
        f"<{VERSION}> <{SCHEMA}url> <https://acme.example/privacy>",
        f'<{VERSION}> <{CG}sha256> "{"ab" * 32}"',
        f"<{VERSION}> <{CG}controller> <{POLICY}/party/1>",
        *party(1, "Acme Ltd", "1 High Street, Cork, Ireland"),
        *party(2, "Ann Officer", "2 High Street, Cork, Ireland"),
        *party(3, "Rep GmbH", "3 Hauptplatz, Wien, Austria"),
        *contact(2, "DataProtectionOfficer"),
        *contact(3, "Representative"),
        *said(
            10,
            "Collect",
            "We take it from https://register.example/list.",
            source="PublicDataSource",
            dataCategory=MAIL,
        ),
        *said(20, "Use", "We use it for news.", purpose="DirectMarketing", legalBasis="GDPR-A6-1-f", dataCategory=MAIL),
        *said(30, "Share", "We give it to couriers.", recipient="LogisticsProvider", dataCategory=MAIL),
        *said(
            40,
            "Retain",
            "We keep it for two weeks.",
            retention="TemporalDuration",
            dataCategory=MAIL,
            duration_='"P2W"^^<http://www.w3.org/2001/XMLSchema#duration>',
        ),
        *said(
            50,
            "OfferChoice",
            "You need not give it; then no news.",
            right="Optional ConsequenceOfNotProviding",
            dataCategory=MAIL,
        ),
        *said(
            60,
            "Transfer",
            "It goes to Japan.",
            transferDestination="Japan",
            measure="AdequacyDecision",
            dataCategory=MAIL,
        ),
        *said(
            70,
            "GrantRight",
            "You may see, correct and take along your data.",
            right="RightOfAccess RightToRectification RightToDataPortability RightToWithdrawConsent",
        ),
        *said(80, "GrantRight", "Complain to the commission.", right="RightToLodgeComplaint", authority="DPA-IE"),
        *said(90, "Use", "We decide nothing by machine.", denied=True, purpose="AutomatedDecisionMaking"),
    ]


def stored(lines: Sequence[str]) -> MemoryStore:
    """A store that holds them."""
    nquads = "".join(f"{line} <{VERSION}> .\n" for line in sorted(set(lines))).encode()
    store = MemoryStore()
    store.put([VersionGraph(POLICY, VERSION, "ab" * 32, "e1", nquads, "2026-01-01T00:00:00Z")])
    return store


@pytest.fixture
def complete() -> Iterator[Store]:
    with stored(whole()) as store:
        yield store


def test_a_policy_that_says_everything_makes_a_valid_document(
    complete: Store, validator: jsonschema.Draft7Validator
) -> None:
    found, missing = document(complete)
    assert missing == {}
    assert lacks(list(validator.iter_errors(found))) == set()


@pytest.mark.parametrize("kind", ["samples", "seeds"])
def test_what_the_schema_misses_is_what_is_listed(
    kind: str, request: pytest.FixtureRequest, validator: jsonschema.Draft7Validator
) -> None:
    store: Store = request.getfixturevalue(kind)
    for row in store.policies():
        found, missing = document(store, row.policy_iri)
        assert missing
        assert lacks(list(validator.iter_errors(found))) == set(missing)


@pytest.mark.parametrize(
    ("without", "field"),
    [
        (f"<{VERSION}> <{SCHEMA}url>", "meta.url"),
        (f"<{POLICY}/party/3> <{SCHEMA}email>", "controller.representative.email"),
        (f"<{VERSION}/s/30-31-Share> <{CG}recipient>", "dataDisclosed[].recipients"),
        (f"<{VERSION}/s/60-61-Transfer> <{CG}practice>", "thirdCountryTransfers"),
        (f"<{VERSION}/s/80-81-GrantRight> <{CG}authority>", "rightToComplain.supervisoryAuthority"),
        (f"<{VERSION}/s/90-91-Use> <{CG}deniedPurpose>", "automatedDecisionMaking"),
    ],
)
def test_a_field_that_the_text_does_not_fill_is_left_out_and_listed(
    without: str, field: str, validator: jsonschema.Draft7Validator
) -> None:
    lines = [line for line in whole() if not line.startswith(without)]
    assert len(lines) < len(whole())
    with stored(lines) as store:
        found, missing = document(store)
        assert set(missing) == {field} == lacks(list(validator.iter_errors(found)))


def test_what_stands_in_the_fields(complete: Store) -> None:
    found, _ = document(complete)
    assert found["controller"]["country"] == "IE"
    assert found["controller"]["representative"]["name"] == "Rep GmbH"
    (data,) = found["dataDisclosed"]
    assert data["legalBases"][0]["reference"] == "GDPR-6-1-f"
    assert data["legitimateInterests"] == [{"exists": True, "reasoning": "We use it for news."}]
    assert data["storage"][0]["temporal"][0]["ttl"] == "P14D"
    assert data["nonDisclosure"]["obligationToProvide"] is False
    assert found["thirdCountryTransfers"][0]["country"] == "JP"
    assert found["thirdCountryTransfers"][0]["adequacyDecision"]["available"] is True
    assert found["sources"][0]["sources"][0]["url"] == "https://register.example/list"
    assert found["automatedDecisionMaking"] == {"inUse": False}
    assert "Data Protection Commission" in found["rightToComplain"]["supervisoryAuthority"]["name"]


def test_what_is_denied_is_not_disclosed(samples: Store) -> None:
    found, _ = document(samples, "en%2Ffernway-books")
    named = {each["category"] for each in found["dataDisclosed"]}
    assert "Payment card" in named
    assert not named & {"Health", "Religious beliefs"}
    given = {each["category"] for data in found["dataDisclosed"] for each in data.get("recipients", [])}
    assert "Advertising network" not in given


def test_consent_without_a_law_has_no_reference(samples: Store) -> None:
    found, missing = document(samples, "en%2Ffernway-books")
    bases = [each for data in found["dataDisclosed"] for each in data.get("legalBases", [])]
    assert bases and not any("reference" in each for each in bases)
    assert "cites no provision" in missing["dataDisclosed[].legalBases[].reference"]


def test_several_policies_make_a_list(samples: Store) -> None:
    data, missing = rendered(samples, "tilt", "json")
    assert len(json.loads(data)) == len(samples.policies())
    assert {each.policy_iri for each in missing} == {row.policy_iri for row in samples.policies()}


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("12 Ropewalk Lane, Cork, Ireland", "IE"),
        ("Na Kovárně 3, Olomouc, Česko", "CZ"),
        ("Mlýnská 14, 370 01 České Budějovice", ""),
        ("臺北市大安區晴光街 8 號", ""),
        ("", ""),
    ],
)
def test_a_country_is_read_only_where_the_address_ends_with_it(address: str, country: str) -> None:
    assert country_of(address) == country
