"""The view `odrl`: its shapes, and that no denial becomes a permission on the way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import PROV, RDF

from clausegraph.queries.store import Store

from .viewing import HERE, complaints, rendered

ODRL = rdflib.Namespace("http://www.w3.org/ns/odrl/2/")
CG = rdflib.Namespace("https://w3id.org/clausegraph/ontology#")
FERNWAY = "en%2Ffernway-books"

Node = dict[str, Any]


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(HERE / "odrl-shapes.ttl")


def written(store: Store, format: str, key: str = "") -> bytes:
    """The view of all policies, or of those whose IRI ends so; none lacks anything."""
    data, missing = rendered(store, "odrl", format, key)
    assert missing == ()
    return data


def rules(store: Store, key: str, kind: str) -> dict[str, Node]:
    """The rules of one policy, by the first words of their quotes."""
    document = json.loads(written(store, "jsonld", key))
    (policy,) = [node for node in document["@graph"] if node.get("@type") == "Set"]
    return {rule["description"]["@value"][:30]: rule for rule in policy[kind]}


def limits(rule: Node) -> dict[str, tuple[str, list[str]]]:
    """Left operand → operator and the local names of the right operands."""
    found = {}
    for one in rule.get("constraint", []):
        right = one["rightOperand"]
        if isinstance(right, list):
            names = [each["@id"].replace("#", "/").rpartition("/")[2] for each in right]
        else:
            names = [right["@value"]]
        found[one["leftOperand"].rpartition(":")[2]] = (one["operator"], names)
    return found


@pytest.mark.parametrize("kind", ["samples", "seeds"])
def test_policies_keep_the_information_model(kind: str, request: pytest.FixtureRequest, shapes: rdflib.Graph) -> None:
    store: Store = request.getfixturevalue(kind)
    data = rdflib.Graph().parse(data=written(store, "turtle"), format="turtle")
    assert complaints(data, shapes) == set()
    assert len(set(data.subjects(RDF.type, ODRL.Set))) == len(store.policies())


@pytest.mark.parametrize("kind", ["samples", "seeds"])
def test_permissions_come_from_affirmed_statements_of_the_controller_alone(
    kind: str, request: pytest.FixtureRequest
) -> None:
    store: Store = request.getfixturevalue(kind)
    view = rdflib.Graph().parse(data=written(store, "turtle"), format="turtle")
    stored = rdflib.Graph()
    for row in store.policies():
        stored.parse(data=b"".join(store.export("turtle", policy=row.policy_iri)), format="turtle")
    permitted = {view.value(rule, PROV.wasDerivedFrom) for rule in view.subjects(RDF.type, ODRL.Permission)}
    forbidden = {view.value(rule, PROV.wasDerivedFrom) for rule in view.subjects(RDF.type, ODRL.Prohibition)}
    assert permitted and forbidden
    for statement in permitted:
        assert (statement, CG.polarity, CG.Affirmed) in stored and stored.value(statement, CG.controller)
    for statement in forbidden:
        assert (statement, CG.polarity, CG.Denied) in stored and stored.value(statement, CG.controller)
    assert not any(str(predicate).startswith("https://w3id.org/dpv#") for predicate in view.predicates())


def test_json_ld_and_turtle_say_the_same_and_always_the_same(samples: Store) -> None:
    turtle = written(samples, "turtle")
    assert turtle == written(samples, "turtle")
    other = {quad.triple for quad in ox.parse(written(samples, "jsonld"), format=ox.RdfFormat.JSON_LD)}
    assert other == {quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}


def test_what_a_sentence_forbids_and_unless_what(samples: Store) -> None:
    forbidden = rules(samples, FERNWAY, "prohibition")
    share = forbidden["We will not share your reading"]
    assert share["action"] == "https://w3id.org/dpv#Disclose"
    assert limits(share)["recipient"] == ("eq", ["AdvertisingNetwork"])
    operator, case = limits(share)["circumstance"]
    assert operator == "neq"
    document = json.loads(written(samples, "jsonld", FERNWAY))
    words = {node["@id"]: node["description"]["@value"] for node in document["@graph"] if "description" in node}
    assert [text for iri, text in words.items() if iri.endswith(case[0])] == ["except with your explicit consent"]
    assert "constraint" not in forbidden["We never sell your personal da"]


def test_what_a_denial_is_based_on_does_not_limit_it(samples: Store) -> None:
    children = rules(samples, FERNWAY, "prohibition")["We do not knowingly collect pe"]
    assert "legalBasis" not in limits(children)
    assert "Parental consent" in children["comment"]


def test_consent_is_a_duty_before_the_permission(samples: Store) -> None:
    newsletter = rules(samples, FERNWAY, "permission")["to send you our newsletter, if"]
    assert [duty["action"] for duty in newsletter["duty"]] == ["obtainConsent"]
    assert limits(newsletter)["purpose"] == ("eq", ["DirectMarketing"])


def test_a_permission_without_a_limit_holds_as_its_sentence_says(samples: Store) -> None:
    permitted = rules(samples, FERNWAY, "permission")
    assert "We use your personal data for" not in permitted  # the head of a list
    assert limits(permitted["to recommend books that match "])["circumstance"][0] == "eq"
    assert limits(permitted["We use cookies for this."])["circumstance"][0] == "eq"


def test_a_prohibition_without_a_limit_says_no_more_than_its_sentence(samples: Store) -> None:
    (prices,) = [
        rule
        for rule in rules(samples, "zh-Hans%2Fdaoque-grocery", "prohibition").values()
        if rule["action"].endswith("#Use")
    ]
    assert limits(prices)["circumstance"][0] == "eq"  # not used for something, and what for was not found
    abroad = rules(samples, "cs%2Fsluka-caje", "prohibition")["Jinak údaje mimo Evropskou uni"]
    assert limits(abroad)  # both what is not disclosed and what is not transferred is so outside the Union


def test_deletion_is_a_promise_and_no_permission_to_keep(samples: Store) -> None:
    promised = rules(samples, "cs%2Fsluka-caje", "obligation")
    assert promised["Po uplynutí těchto lhůt údaje "]["action"] == "cgo:endStorage"
    assert "Po uplynutí těchto lhůt údaje " not in rules(samples, "cs%2Fsluka-caje", "permission")


def test_exceptions_narrow_the_prohibition_and_hold_only_in_their_case(samples: Store) -> None:
    key = "cs%2Fsluka-caje"
    forbidden = rules(samples, key, "prohibition")
    document = json.loads(written(samples, "jsonld", key))
    (policy,) = [node for node in document["@graph"] if node.get("@type") == "Set"]
    cases = {
        right["@id"]
        for rule in forbidden.values()
        for one in rule.get("constraint", [])
        if one["operator"] == "neq"
        for right in one["rightOperand"]
    }
    excepted = [rule for rule in policy["permission"] if rule["derived"] in cases]
    assert len(excepted) >= 4
    for rule in excepted:
        assert limits(rule)["circumstance"] == ("eq", [rule["derived"].rpartition("/")[2]])


def test_time_and_promises(samples: Store) -> None:
    kept = rules(samples, FERNWAY, "permission")
    assert limits(kept["Server logs are deleted after "])["elapsedTime"] == ("lteq", ["P30D"])
    promised = rules(samples, FERNWAY, "obligation")
    action = promised["We protect your data with encr"]["action"]
    assert action["value"].endswith("#Protect")
    assert action["refinement"][0]["operator"] == "isAllOf"


BROKEN = [
    ("a odrl:Set ;", "a odrl:Set ; odrl:uid <urn:other> ;", "uid"),
    ("odrl:conflict odrl:prohibit ;", "odrl:conflict odrl:perm ;", "conflict"),
    ("odrl:operator odrl:neq", "odrl:operator odrl:not", "one operator"),
    ("odrl:leftOperand odrl:elapsedTime", "odrl:leftOperand odrl:elapsedtime", "a known left operand"),
    ("odrl:action cg:Sell", "odrl:action cg:Sell , dpv:Disclose", "one action"),
    ("odrl:operator odrl:isAnyOf", "odrl:operator odrl:eq", "Only set operators take several right operands."),
]


@pytest.mark.parametrize(("old", "new", "broken"), BROKEN, ids=[each[2] for each in BROKEN])
def test_the_shapes_find_faults(samples: Store, shapes: rdflib.Graph, old: str, new: str, broken: str) -> None:
    turtle = written(samples, "turtle", FERNWAY).decode()
    assert old in turtle
    data = rdflib.Graph().parse(data=turtle.replace(old, new), format="turtle")
    assert broken in complaints(data, shapes)


@pytest.mark.parametrize(
    ("view", "namespace", "file"),
    [
        ("odrl", str(ODRL), "other/ODRL22.ttl"),
        ("odrl", "https://w3id.org/dpv#", "dpv-2.3/dpv.ttl"),
        ("odrl", "https://w3id.org/dpv/pd#", "dpv-2.3/pd.ttl"),
        ("ropa", "https://w3id.org/dpv#", "dpv-2.3/dpv.ttl"),
        ("odrl", "https://w3id.org/dpv/legal/eu/gdpr#", "dpv-2.3/eu-gdpr.ttl"),
        ("ropa", "http://purl.org/adaptcentre/resources/GDPRtEXT#", "other/gdprtext-gdpr.ttl"),
    ],
)
def test_every_term_of_theirs_exists(seeds: Store, shared: Path, view: str, namespace: str, file: str) -> None:
    data = ox.parse(rendered(seeds, view, "turtle")[0], format=ox.RdfFormat.TURTLE)
    used = {node.value for quad in data for node in quad.triple if isinstance(node, ox.NamedNode)}
    used = {iri for iri in used if iri.startswith(namespace)}
    known = {
        quad.subject.value
        for quad in ox.parse(path=shared / "vocab" / file, format=ox.RdfFormat.TURTLE)
        if isinstance(quad.subject, ox.NamedNode)
    }
    assert used
    assert used <= known
