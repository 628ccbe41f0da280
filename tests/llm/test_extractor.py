"""From a model's answers to statements: what is kept, what is left out, and how that is said."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from clausegraph.api.validation import validate_policy
from clausegraph.ingest.extractors import Choice, extractor_stamp
from clausegraph.ingest.llm import ModelExtractor, ModelOptions
from clausegraph.ingest.quads import policy_iri, version_iri, version_quads
from clausegraph.ingest.records import Extraction, Mention, Statement
from clausegraph.ingest.segment import segment
from clausegraph.queries.store import MemoryStore, VersionGraph

from .conftest import Extract, Serve, policy
from .server import Reply, knowing, reply, stated, value

POLICY = """Privacy Policy

Acme Widgets Ltd (“we”) runs this shop.

1. What we collect

We collect your e-mail address and your name.

We never sell your personal data.

2. Who gets it

We share your address with:

- DHL, to deliver the parcel.
- our printing company.

We do not disclose it to advertisers, except with your consent.

3. How long

We keep invoices for ten years.
"""
COLLECTS = "We collect your e-mail address and your name."
SELLS = "We never sell your personal data."
EMAIL = value("dataCategory", "e-mail address", "EmailAddress")
NAME = value("dataCategory", "your name", "Name")


def words(extraction: Extraction, one: Statement | Mention) -> str:
    return extraction.document.text[one.start : one.end]


def test_statements_stand_on_their_words(extract: Extract) -> None:
    found = extract(
        POLICY,
        knowing(
            stated(COLLECTS, "Collect", values=[EMAIL, NAME]),
            stated(SELLS, "Sell", "denied", values=[value("dataCategory", "personal data", "PersonalData")]),
        ),
    )
    collects, sells = found.statements
    assert (collects.practice, collects.denied, sells.practice, sells.denied) == ("Collect", False, "Sell", True)
    assert words(found, collects) == COLLECTS
    assert {(words(found, m), m.facet, m.concept) for m in collects.mentions} == {
        ("e-mail address", "dataCategory", "EmailAddress"),
        ("your name", "dataCategory", "Name"),
    }
    assert collects.rules == ("llm:tiny-1",)
    assert {m.rule for m in collects.mentions} == {"llm:tiny-1"}
    assert found.extractor == "llm"
    assert found.warnings == ()


def test_the_rest_comes_from_the_rules(extract: Extract) -> None:
    found = extract(POLICY, knowing())
    assert found.statements == ()
    assert found.title == "Privacy Policy"
    assert [party.name for party in found.parties] == ["Acme Widgets Ltd"]
    assert found.controller == found.parties[0].key


def test_the_model_sees_headings_list_heads_and_the_concepts(serve: Serve, options: ModelOptions) -> None:
    server = serve(knowing())
    document = policy(POLICY)
    ModelExtractor(replace(options, url=server.url)).extract(document, segment(document))
    sharing = next(one for one in server.asked if "DHL" in one.user)
    assert "<heading>2. Who gets it</heading>" in sharing.user
    assert "We share your address with:" in sharing.user
    assert "EmailAddress" in sharing.system
    assert sharing.body["model"] == "tiny-1"
    assert sharing.body["response_format"] == {"type": "json_object"}
    assert sharing.path == "/v1/chat/completions"
    assert sharing.authorization == "Bearer sk-secret"
    assert all("sk-secret" not in one.system + one.user for one in server.asked)


def test_values_may_stand_in_the_list_head(extract: Extract) -> None:
    item = "DHL, to deliver the parcel."
    found = extract(
        POLICY,
        knowing(
            stated(
                item,
                "Share",
                values=[
                    value("dataCategory", "your address", "PhysicalAddress"),
                    value("recipient", "DHL", "ParcelDeliveryService"),
                    value("purpose", "deliver the parcel", "DeliveryOfGoods"),
                ],
            )
        ),
    )
    (share,) = found.statements
    inherited = [m for m in share.mentions if m.inherited_from]
    assert [words(found, m) for m in inherited] == ["your address"]
    by_path = {clause.path: clause for clause in found.clauses}
    above = by_path[inherited[0].inherited_from]
    assert found.document.text[above.start : above.end].strip() == "We share your address with:"


def test_what_is_not_there_is_left_out_and_counted(extract: Extract) -> None:
    found = extract(
        POLICY,
        lambda asked, number: (
            reply(
                stated("We sell your soul.", "Sell"),
                stated("We collect your email address and your name.", "Collect"),
                stated(COLLECTS, "Collect", values=[EMAIL, value("dataCategory", "home address", "PhysicalAddress")]),
            )
            if COLLECTS in asked.user
            else Reply()
        ),
    )
    (collects,) = found.statements
    assert [m.concept for m in collects.mentions] == ["EmailAddress"]
    (warning,) = found.warnings
    assert "statements with a quote that is not in the text (2)" in warning
    assert "values with a quote that is not in the statement or above it (1)" in warning
    assert "llm:tiny-1" in warning


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (value("dataCategory", "your name", "ShoeSizeOfTheKing"), "concept that does not exist"),
        (value("dataCategory", "your name", "Taiwan"), "concept that does not exist in the facet"),
        (value("retention", "your name", "Duration"), "facet that the practice cannot have"),
        (value("colour", "your name", "Name"), "facet that the practice cannot have"),
        (value("dataCategory", "our name", "Name"), "not in the statement"),
        (value("dataCategory", "mail", "EmailAddress"), ""),
    ],
)
def test_a_value_needs_a_facet_a_concept_and_whole_words(extract: Extract, given: dict[str, str], reason: str) -> None:
    found = extract(POLICY, knowing(stated(COLLECTS, "Collect", values=[given])))
    (collects,) = found.statements
    assert [m.concept for m in collects.mentions] == ([] if reason else ["EmailAddress"])
    assert reason in " ".join(found.warnings)


@pytest.mark.parametrize(
    "wrong",
    [
        {"practice": "Hoard"},
        {"polarity": "perhaps"},
        {"modality": "shall be"},
        {"actor": "the moon"},
        {"practice": None},
    ],
)
def test_a_wrong_word_spoils_its_own_statement_alone(extract: Extract, wrong: dict[str, Any]) -> None:
    good = stated(SELLS, "Sell", "denied")
    found = extract(POLICY, knowing(stated(COLLECTS, "Collect") | wrong, good))
    assert [one.practice for one in found.statements] == ["Sell"]
    assert "(1)" in found.warnings[0]


def test_a_denial_called_affirmed_is_left_out_and_told(extract: Extract) -> None:
    """The worst error: nothing that the model says may turn a denial into a permission."""
    data = value("dataCategory", "personal data", "PersonalData")
    found = extract(
        POLICY,
        knowing(
            stated(SELLS, "Sell", values=[data]),
            stated("sell your personal data", "Sell", values=[data]),
            stated(SELLS, "Share", values=[data]),
            stated(SELLS, "Collect", values=[data]),
            stated(
                "We do not disclose it to advertisers, except with your consent.",
                "Share",
                values=[value("recipient", "advertisers", "AdvertisingNetwork")],
            ),
        ),
    )
    assert found.statements == ()
    (warning,) = found.warnings
    assert "denied" in warning
    assert "5 left out" in warning


def test_offsets_that_a_model_makes_up_do_not_count(extract: Extract) -> None:
    lie = stated(COLLECTS, "Collect", values=[EMAIL | {"start": 0, "end": 3}]) | {"start": 7, "end": 9}
    found = extract(POLICY, knowing(lie))
    (collects,) = found.statements
    assert words(found, collects) == COLLECTS
    assert words(found, collects.mentions[0]) == "e-mail address"


def test_a_fragment_stands_for_its_sentence_and_must_be_clear(extract: Extract) -> None:
    text = "Privacy Policy\n\nWe use cookies to remember you. We use cookies to count visits. We log your IP address.\n"
    found = extract(text, knowing(stated("We use cookies", "Use"), stated("your IP address", "Collect")))
    (collects,) = found.statements
    assert words(found, collects) == "We log your IP address."
    assert "several places (1)" in found.warnings[-1]


def test_a_sentence_that_comes_twice_is_found_twice(extract: Extract) -> None:
    text = "Privacy Policy\n\nWe collect your name.\n\nWe collect your name.\n"
    twice = stated("We collect your name.", "Collect", values=[value("dataCategory", "name", "Name")])
    found = extract(text, knowing(twice, twice))
    assert [one.start for one in found.statements] == [16, 39]
    assert [one.mentions[0].start for one in found.statements] == [16 + 16, 39 + 16]


def test_a_denying_heading_lends_no_value_to_a_permission(extract: Extract) -> None:
    text = "Privacy Policy\n\n1. We never collect your location\n\nWe collect your name when you register.\n"
    location = value("dataCategory", "your location", "Location")
    found = extract(
        text,
        knowing(
            stated("We collect your name when you register.", "Collect", values=[NAME, location]),
            stated("We collect your name when you register.", "Use", values=[location]),
        ),
    )
    assert [m.concept for one in found.statements for m in one.mentions if not one.denied] == ["Name"]


def test_what_is_excepted_may_take_its_data_from_the_head(extract: Extract) -> None:
    head = "We do not share your address with anyone, except:"
    text = f"Privacy Policy\n\n1. Sharing\n\n{head}\n\n- with our couriers;\n- with our banks.\n"
    found = extract(
        text,
        knowing(
            stated(
                "with our couriers;",
                "Share",
                values=[
                    value("recipient", "couriers", "ParcelDeliveryService"),
                    value("recipient", "our couriers", "ThirdParty"),
                    value("dataCategory", "your address", "PhysicalAddress"),
                ],
            )
        ),
    )
    (share,) = found.statements
    assert not share.denied
    assert {"PhysicalAddress", "ThirdParty"} <= {m.concept for m in share.mentions}


def test_conditions_and_periods_rest_on_words_too(extract: Extract) -> None:
    denies = "We do not disclose it to advertisers, except with your consent."
    keeps = "We keep invoices for ten years."
    found = extract(
        POLICY,
        knowing(
            stated(
                denies,
                "Share",
                "denied",
                conditions=[
                    {"kind": "exception", "quote": "except with your consent"},
                    {"kind": "if", "quote": "if it rains"},
                ],
            ),
            stated(keeps, "Retain", duration="P10Y"),
            stated(keeps, "Retain", duration="P99Y", modality="must"),
        ),
    )
    share, keep, long = found.statements
    assert [(c.effect, c.kinds) for c in share.conditions] == [("Unless", ("Exception",))]
    assert keep.duration is not None
    assert (keep.duration.value, keep.duration.days) == ("P10Y", 3650)
    assert long.duration is None
    assert "conditions of no known kind, or with a quote that is not in the statement (1)" in found.warnings[0]
    assert "periods that are not in the statement (1)" in found.warnings[0]


def test_the_users_acts_are_not_the_controllers(extract: Extract) -> None:
    text = "Privacy Policy\n\nYou must keep your password secret. You give us your name when you register.\n"
    found = extract(
        text,
        knowing(
            stated("You must keep your password secret.", "Protect", actor="user", modality="must"),
            stated("You give us your name when you register.", "Collect", actor="user"),
        ),
    )
    assert [(one.actor, one.of_controller) for one in found.statements] == [
        ("DataSubject", False),
        ("DataSubject", True),
    ]


@pytest.mark.parametrize(
    ("language", "text", "quote", "data", "concept"),
    [
        (
            "zh-Hant",
            "隱私權政策\n\n我們蒐集您的姓名。我們不會出售您的個人資料。\n",
            "我們蒐集您的姓名。",
            "姓名",
            "Name",
        ),
        ("zh-Hans", "隐私政策\n\n我们收集您的姓名。我们从不出售您的个人信息。\n", "我们收集您的姓名。", "姓名", "Name"),
        (
            "cs",
            "Zásady\n\nShromažďujeme vaše jméno. Údaje neprodáváme.\n",
            "Shromažďujeme vaše jméno.",
            "jméno",
            "Name",
        ),
    ],
)
def test_other_languages(extract: Extract, language: str, text: str, quote: str, data: str, concept: str) -> None:
    denied = text.strip().split(quote)[1].strip()
    behave = knowing(
        stated(quote, "Collect", values=[value("dataCategory", data, concept)]),
        stated(denied, "Sell"),
        stated(denied, "Sell", "denied"),
    )
    found = extract(text, behave, language=language)
    assert [(one.practice, one.denied) for one in found.statements] == [("Collect", False), ("Sell", True)]
    assert [words(found, m) for m in found.statements[0].mentions] == [data]
    assert "1 left out" in found.warnings[-1]


def test_where_denials_cannot_be_checked_nothing_is_asked(serve: Serve, options: ModelOptions) -> None:
    server = serve(knowing(stated("Wir verkaufen Ihre Daten nicht.", "Sell")))
    document = policy("Datenschutz\n\nWir verkaufen Ihre Daten nicht.\n", "de")
    found = ModelExtractor(replace(options, url=server.url)).extract(document, segment(document))
    assert found.statements == ()
    assert server.asked == []
    assert "de" in found.warnings[0]


def test_the_graph_conforms_and_names_the_model(serve: Serve, options: ModelOptions) -> None:
    server = serve(
        knowing(
            stated(COLLECTS, "Collect", values=[EMAIL, NAME]),
            stated(SELLS, "Sell", "denied"),
            stated("DHL, to deliver the parcel.", "Share", values=[value("recipient", "DHL", "ThirdParty")]),
            stated(
                "We do not disclose it to advertisers, except with your consent.",
                "Share",
                "denied",
                values=[
                    value("recipient", "advertisers", "AdvertisingNetwork"),
                    value("legalBasis", "consent", "Consent"),
                ],
                conditions=[{"kind": "exception", "quote": "except with your consent"}],
            ),
            stated("We keep invoices for ten years.", "Retain", duration="P10Y"),
        )
    )
    chosen = Choice("llm", (("url", server.url), ("model", "tiny-1"), ("cache", str(options.cache))))
    document = policy(POLICY)
    extractor = ModelExtractor.from_options(dict(chosen.options))
    extraction = extractor.extract(document, segment(document))
    assert len(extraction.statements) == 5
    stamp = extractor_stamp(chosen)
    iri, version = policy_iri(document.key), version_iri(document.key, document.sha256)
    quads = version_quads(extraction, extractor=stamp)
    assert b'ontology#rule> "llm:tiny-1"' in quads
    assert b'schema.org/name> "llm"' in quads
    with MemoryStore() as store:
        store.put([VersionGraph(iri, version, document.sha256, stamp.digest, quads, "2026-01-01T00:00:00Z")])
        assert validate_policy(store, iri) == []


def test_another_model_is_another_extractor_and_the_key_makes_no_difference(options: ModelOptions) -> None:
    def choice(**changed: str) -> Choice:
        given = {"url": "http://127.0.0.1:1/v1", "model": "tiny-1", "cache": str(options.cache)} | changed
        return Choice("llm", tuple(given.items()))

    one = extractor_stamp(choice())
    assert (one.name, "tiny-1" in one.version) == ("llm", True)
    assert one == extractor_stamp(choice(key="sk-secret", url="http://127.0.0.1:2/v1", seconds="9"))
    assert one.digest != extractor_stamp(choice(model="tiny-2")).digest
    assert one.digest != extractor_stamp().digest
    assert "instructor" in dict(one.libraries)
    assert "sk-secret" not in repr(choice(key="sk-secret")) + repr(options)
