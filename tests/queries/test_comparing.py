"""Denials that only set an end, told from those that forbid outright."""

from __future__ import annotations

import io
import json

import pytest

from clausegraph.api.ingestion import ingest
from clausegraph.ingest.read import discover
from clausegraph.queries.comparing import compares
from clausegraph.queries.store import MemoryStore

from .viewing import written


@pytest.mark.parametrize(
    "words",
    [
        "We do not keep your data longer than necessary.",
        "We do not collect more personal data than we need.",
        "We do not share it beyond what the law requires.",
        "Údaje neuchováváme déle, než je nutné.",
        "Údaje nezpracováváme nad rámec zákona.",
        "我们不会超出必要期限保存您的个人信息。",
        "本公司不會逾越特定目的之必要範圍利用您的資料。",
        "我们不会收集与服务无关的个人信息。",
    ],
)
def test_what_compares(words: str) -> None:
    assert compares(words)


@pytest.mark.parametrize(
    "words",
    [
        "We never sell your personal data.",
        "We do not share your data with advertisers.",
        "Vaše osobní údaje neprodáváme.",
        "我们绝不出售您的个人信息。",
        "本公司不會蒐集您的健康資料。",
    ],
)
def test_what_forbids_outright(words: str) -> None:
    assert not compares(words)


def test_a_transfer_under_a_safeguard_is_permitted_only_with_it() -> None:
    text = (
        'Neg Ltd Privacy Policy\n\nNeg Ltd ("we") is the controller.\n\n'
        "We transfer your data to the United States only under standard contractual clauses.\n"
    )
    with MemoryStore() as store:
        list(ingest(store, discover(["-"], policy_id="neg", stdin=io.BytesIO(text.encode())), jobs=1))
        document = json.loads(written(store, "odrl", "jsonld"))
    (policy,) = [node for node in document["@graph"] if node.get("@type") == "Set"]
    (transfer,) = [rule for rule in policy["permission"] if rule["action"].endswith("Transfer")]
    assert {each["leftOperand"] for each in transfer["constraint"]} == {"spatial", "cgo:measure"}


def test_no_longer_than_necessary_forbids_no_keeping() -> None:
    """Prohibitions win in ODRL: without the limit, the permission to keep for three years would be void."""
    text = (
        "Zásady ochrany osobních údajů\n\nSprávcem je společnost Dub s.r.o.\n\n"
        "Osobní údaje uchováváme po dobu 3 let.\nÚdaje neuchováváme déle, než je nutné.\nÚdaje neprodáváme.\n"
    )
    with MemoryStore() as store:
        list(ingest(store, discover(["-"], policy_id="dub", stdin=io.BytesIO(text.encode())), jobs=1))
        document = json.loads(written(store, "odrl", "jsonld"))
    (policy,) = [node for node in document["@graph"] if node.get("@type") == "Set"]
    limits = {
        rule["action"].replace("#", "/").rpartition("/")[2]: [
            each["leftOperand"] for each in rule.get("constraint", [])
        ]
        for rule in policy["prohibition"]
    }
    assert limits["Retain"] == ["cgo:circumstance"]
    assert limits["Sell"] == []
