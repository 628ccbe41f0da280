"""GraphQL: each question of the schema, over policies made by hand, with answers that can be read off their texts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from clausegraph.api.app import create_app
from clausegraph.api.base import ensure_base
from clausegraph.api.graphql.lookup import KINDS
from clausegraph.api.graphql.node import to_id
from clausegraph.api.graphql.paging import encode
from clausegraph.api.settings import Settings
from clausegraph.ingest.records import Condition, Document, Extraction, Mention, Party, Statement
from clausegraph.ontology.terms import CGC
from clausegraph.queries.store import MemoryStore

from .conftest import czech, english, graph_of, lines, place

CHINESE = "一、分享\n我們會將電子郵件地址提供給使用 cookie 的第三方。\n我們不會出售健康資料等個人資料。\n"
REVISED = {"Norway": "France", "30 days": "60 days"}


def chinese() -> Extraction:
    """Shares e-mail addresses; denies selling health data, which is not all personal data."""
    share, sell = CHINESE.splitlines()[1:]
    statements = (
        Statement(
            *place(CHINESE, share),
            "1.1",
            "Share",
            modality="Will",
            mentions=(
                Mention("dataCategory", "EmailAddress", *place(CHINESE, "電子郵件地址"), "lexicon:EmailAddress"),
                Mention("recipient", "ThirdParty", *place(CHINESE, "第三方"), "lexicon:ThirdParty"),
            ),
        ),
        Statement(
            *place(CHINESE, sell),
            "1.2",
            "Sell",
            denied=True,
            mentions=(
                Mention("dataCategory", "Health", *place(CHINESE, "健康資料"), "lexicon:Health"),
                Mention("dataCategory", "PersonalData", *place(CHINESE, "個人資料"), "lexicon:PersonalData"),
            ),
        ),
    )
    document = Document("tw", CHINESE, "zh-Hant", hashlib.sha256(CHINESE.encode()).hexdigest())
    clauses = lines(CHINESE, ["Heading", "Paragraph", "Paragraph"])
    return Extraction(document, clauses, statements, (Party("店", "店"),), "店", "隱私權政策")


def many(count: int) -> Extraction:
    """One policy with that many statements, each with values, a condition and evidence."""
    line = "We share your e-mail address with partners for marketing if you agree.\n"
    text = "Sharing\n" + line * count
    statements = []
    for number in range(count):
        start = len("Sharing\n") + number * len(line)

        def at(words: str, start: int = start) -> tuple[int, int]:
            begin = start + line.index(words)
            return begin, begin + len(words)

        statements.append(
            Statement(
                start,
                start + len(line) - 1,
                f"1.{number + 1}",
                "Share",
                mentions=(
                    Mention("dataCategory", "EmailAddress", *at("e-mail address"), "lexicon:EmailAddress"),
                    Mention("recipient", "BusinessPartner", *at("partners"), "lexicon:BusinessPartner"),
                    Mention("purpose", "Marketing", *at("marketing"), "lexicon:Marketing"),
                ),
                conditions=(Condition(*at("if you agree"), "OnlyIf", ("Consent",), "cue:if", ()),),
            )
        )
    document = Document("many", text, "en", hashlib.sha256(text.encode()).hexdigest())
    clauses = lines(text, ["Heading", *["Paragraph"] * count])  # type: ignore[list-item]
    return Extraction(document, clauses, tuple(statements), (Party("", ""),), "", "Many")


def revised() -> Extraction:
    """The English policy a year later: another place, another period, nothing said of selling, both in new words."""
    old = english()
    text = old.document.text
    for before, after in REVISED.items():
        text = text.replace(before, after)
    share, _, retain = old.statements
    assert share.end == text.index("\n", share.start)
    mentions = tuple(replace(one, concept="France") if one.concept == "Norway" else one for one in share.mentions)
    assert retain.duration is not None
    statements = (
        replace(share, mentions=mentions),
        replace(retain, duration=replace(retain.duration, value="P60D", days=60)),
    )
    document = replace(old.document, text=text, sha256=hashlib.sha256(text.encode()).hexdigest())
    return replace(old, document=document, statements=statements, effective_date="2026-03-01")


THREE = (english, czech, chinese)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """A client of the app over three policies and the concepts, which no test may change."""
    with MemoryStore() as made:
        ensure_base(made)
        made.put([graph_of(make()) for make in THREE])
        with TestClient(create_app(Settings(store=":memory:"), store=made)) as client:
            yield client


@pytest.fixture
def own() -> Iterator[MemoryStore]:
    """A store of one's own with the three policies, that a test may write to."""
    with MemoryStore() as made:
        made.put([graph_of(make()) for make in THREE])
        yield made


@pytest.fixture
def writing(own: MemoryStore) -> Iterator[TestClient]:
    """A client of the app over it."""
    with TestClient(create_app(Settings(store=":memory:"), store=own)) as made:
        yield made


def answer(client: TestClient, asked: str, /, **variables: Any) -> Any:
    """The whole answer."""
    return client.post("/graphql", json={"query": asked, "variables": variables}).json()


def ask(client: TestClient, asked: str, /, **variables: Any) -> Any:
    """The data of an answer without errors."""
    found = answer(client, asked, **variables)
    assert "errors" not in found, found
    return found["data"]


def statements(client: TestClient, where: str) -> list[str]:
    """Policy and practice of the statements that fit."""
    query = f"{{ statements(where: {{{where}}}) {{ totalCount nodes {{ practice policy {{ key }} }} }} }}"
    found = ask(client, query)["statements"]
    assert found["totalCount"] == len(found["nodes"])
    return [f"{one['policy']['key']} {one['practice']}" for one in found["nodes"]]


def policies(client: TestClient, where: str) -> list[str]:
    """The keys of the policies that fit."""
    found = ask(client, f"{{ policies(where: {{{where}}}) {{ totalCount nodes {{ key }} }} }}")["policies"]
    assert found["totalCount"] == len(found["nodes"])
    return [one["key"] for one in found["nodes"]]


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ('values: [{concept: "EmailAddress"}, {concept: "Marketing", facet: PURPOSE}]', ["shop/privacy SHARE"]),
        ('values: [{concept: "EmailAddress"}, {concept: "Norway"}]', ["shop/privacy SHARE"]),
        ('values: [{concept: "EmailAddress"}, {concept: "France"}]', []),
        ('concept: "pd:EmailAddress"', ["shop/privacy SHARE", "tw SHARE"]),
        ('concept: "https://w3id.org/dpv/pd#EmailAddress", practice: [SHARE]', ["shop/privacy SHARE", "tw SHARE"]),
        ('concept: "pd:Contact"', ["shop/privacy SHARE", "tw SHARE"]),
        ('concept: "https://w3id.org/dpv/pd#Tracking"', ["shop/privacy SHARE", "tw SHARE"]),  # above Contact in DPV
        ('concept: "pd:Financial"', []),
        ('concept: "dpv:ThirdParty", facet: RECIPIENT', ["shop/privacy SHARE", "tw SHARE"]),
        ('concept: "dpv:DataProcessor", facet: RECIPIENT', []),
        ('concept: "dpv:ServiceManagement"', []),  # no concept of ours equals it
        ('concept: "dpv:Country", facet: RECIPIENT_LOCATION', ["shop/privacy SHARE"]),
        ('concept: "dpv:Disclose"', ["shop/privacy SHARE", "tw SHARE"]),
        ('concept: "dpv:Store"', ["shop/privacy RETAIN"]),
        ('concept: "dpv:Share"', []),  # selling is denied here
        (
            'values: [{concept: "dpv:Disclose"}, {concept: "pd:Contact"}, {concept: "dpv:Purpose"}]',
            ["shop/privacy SHARE"],
        ),
        ('concept: "pd:Contact", polarity: DENIED', ["shop/privacy SELL"]),  # no personal data; cs denies less
        ('concept: "pd:EmailAddress", polarity: DENIED', ["cs SELL", "shop/privacy SELL"]),
        ('concept: "pd:Tracking", polarity: DENIED, practice: [SHARE]', []),
        ('concept: "dpv:Share", polarity: DENIED', []),
        ('concept: "040"', ["shop/privacy SHARE"]),  # Taiwan's code for marketing, which nothing here cites
        ('concept: "tw-purposes:040", facet: DATA_CATEGORY', []),
        ('concept: "cgc:Contact", text: "電子邮件"', ["tw SHARE"]),
        ('recipient: "printer"', ["shop/privacy SHARE"]),
        ('recipient: "Acme"', []),
        ("conditionKind: [CONSENT], polarity: BOTH", ["shop/privacy SELL"]),
        ("conditionKind: [REQUEST], polarity: BOTH", []),
        ("conditional: false, polarity: DENIED", ["cs SELL", "tw SELL"]),
        ("modality: [WILL]", ["shop/privacy RETAIN", "tw SHARE"]),
        ("modality: [MAY]", ["shop/privacy SHARE"]),
        ("minConfidence: 0", []),
        ('text: "NEWSLETTER"', ["shop/privacy SHARE"]),
    ],
)
def test_statements_are_filtered(client: TestClient, where: str, found: list[str]) -> None:
    assert statements(client, where) == found


def test_denials_match_upward_unless_they_name_something_narrower(client: TestClient) -> None:
    # Acme sells no personal data at all; the Chinese text denies health data, and says of what it is a part.
    assert statements(client, 'concept: "Location", polarity: DENIED') == ["shop/privacy SELL"]
    assert statements(client, 'concept: "Health", polarity: DENIED') == ["shop/privacy SELL", "tw SELL"]
    assert statements(client, 'concept: "PersonalData", polarity: DENIED') == ["shop/privacy SELL"]
    usage = ask(client, '{ concept(name: "Location") { usage { affirmed denied policies } } }')["concept"]["usage"]
    # The place of a recipient is a value too, but no location data.
    assert usage == {"affirmed": 0, "denied": 1, "policies": 0}


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ('language: "zh"', ["tw"]),
        ('language: "cs"', ["cs"]),
        ('controller: "acme"', ["shop/privacy"]),
        ('title: "隐私"', ["tw"]),
        ('jurisdiction: "Norway"', ["shop/privacy"]),
        ('law: "EU-GDPR"', []),
        ('states: [{concept: "Contact"}]', ["shop/privacy", "tw"]),
        ('states: [{concept: "Contact"}, {practice: [RETAIN]}]', ["shop/privacy"]),
        ('lacks: [{concept: "Contact"}]', ["cs"]),
        ("lacks: [{practice: [SELL]}]", ["cs", "shop/privacy", "tw"]),
        ("states: [{practice: [SELL], polarity: DENIED}], lacks: [{practice: [SHARE]}]", ["cs"]),
        ('text: "健康"', ["tw"]),
        ('policies: ["cs", "tw"], text: "第三方"', ["tw"]),
    ],
)
def test_policies_are_filtered(client: TestClient, where: str, found: list[str]) -> None:
    assert policies(client, where) == found


def test_counts_beside_a_list_keep_affirmed_and_denied_apart(client: TestClient) -> None:
    query = """{ statements(where: {polarity: BOTH}, first: 1) {
        practices { practice affirmed denied }
        facets(only: [DATA_CATEGORY, NAMED_RECIPIENT]) { facet valueCount values { label affirmed denied } }
        rolled: facets(only: [DATA_CATEGORY], includingNarrower: true) { values { concept { name } affirmed denied } }
      } policies { languages { language count }
        facets(only: [DATA_CATEGORY], first: 1) { values { label affirmed } } } }"""
    found = ask(client, query)
    assert {"practice": "SELL", "affirmed": 0, "denied": 3} in found["statements"]["practices"]
    data, recipients = found["statements"]["facets"]
    assert data["values"][0] == {"label": "E-mail address", "affirmed": 2, "denied": 1}
    assert recipients["values"] == [{"label": "Printer Inc.", "affirmed": 1, "denied": 0}]
    rolled = {one["concept"]["name"]: one for one in found["statements"]["rolled"][0]["values"]}
    assert (rolled["Contact"]["affirmed"], rolled["Contact"]["denied"]) == (2, 1)
    assert found["policies"]["facets"][0]["values"] == [{"label": "E-mail address", "affirmed": 2}]
    assert sorted(one["language"] for one in found["policies"]["languages"]) == ["cs", "en", "zh-Hant"]


SEARCH = """query ($query: String!, $first: Int! = 20, $after: String, $by: SearchOrder! = MOST_HITS) {
  search(query: $query, first: $first, after: $after, orderBy: $by) {
    totalCount nodes { hits clause { path policy { key } } places { exact start before } } pageInfo { endCursor }
} }"""


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("个人", [("tw", "1.2", ["個人"])]),
        ("電子郵件 第三方", [("tw", "1.1", ["電子郵件", "第三方"])]),
        ("cookie", [("tw", "1.1", ["cookie"])]),
        ("adresu neprodavame", [("cs", "1.1", ["Neprodáváme", "adresu"])]),
        ("DAY", [("shop/privacy", "1.3", ["day"])]),
        ('"day"', []),
        ('"at most"', [("shop/privacy", "1.3", ["at most"])]),
        ("件電", []),
        ('" OR NOT', []),
    ],
)
def test_full_text_search(client: TestClient, query: str, found: list[tuple[str, str, list[str]]]) -> None:
    hits = ask(client, SEARCH, query=query)["search"]
    assert hits["totalCount"] == len(found)
    assert [
        (one["clause"]["policy"]["key"], one["clause"]["path"], [place["exact"] for place in one["places"]])
        for one in hits["nodes"]
    ] == found


def test_a_search_sees_what_came_and_what_went_and_goes_on_from_its_cursor(
    writing: TestClient, own: MemoryStore
) -> None:
    first = ask(writing, SEARCH, query="data", first=1)["search"]
    assert first["totalCount"] == 2
    own.put([graph_of(many(3))])
    assert ask(writing, SEARCH, query="agree")["search"]["totalCount"] == 3
    rest = ask(writing, SEARCH, query="data", after=first["pageInfo"]["endCursor"])["search"]["nodes"]
    assert [one["clause"]["path"] for one in rest] == ["1.2"]
    own.remove(graph_of(many(3)).policy_iri)
    assert ask(writing, SEARCH, query="agree")["search"]["totalCount"] == 0
    assert "no word" in answer(writing, SEARCH, query="…")["errors"][0]["message"]
    assert (
        "another order"
        in answer(writing, SEARCH, query="a", by="PLACE", after=first["pageInfo"]["endCursor"])["errors"][0]["message"]
    )


def test_policies_are_compared_value_by_value(client: TestClient) -> None:
    query = """{ compare(policies: ["shop/privacy", "tw", "cs"], facet: DATA_CATEGORY) {
        policies { key } rows { practice label concept { name }
          cells { policy { key } affirmed { quote } denied { quote } } } } }"""
    found = ask(client, query)["compare"]
    rows = {(one["practice"], one["concept"]["name"]): one["cells"] for one in found["rows"]}
    assert [len(cell["affirmed"]) for cell in rows["SHARE", "EmailAddress"]] == [1, 1, 0]
    # Acme sells no personal data, hence no health data; the Chinese text says so of health data alone.
    assert [len(cell["denied"]) for cell in rows["SELL", "Health"]] == [1, 1, 0]
    assert [len(cell["denied"]) for cell in rows["SELL", "EmailAddress"]] == [1, 0, 1]
    assert [len(cell["denied"]) for cell in rows["SELL", "PersonalData"]] == [1, 0, 0]
    assert (
        "no policy “none”"
        in answer(client, '{ compare(policies: ["none"], facet: PURPOSE) { facet } }')["errors"][0]["message"]
    )


CHANGE = """{ kind before { quote version { isCurrent } clause { path text } } after { quote }
    gained { what label } lost { what label concept { name } } }"""


def test_changes_between_versions(writing: TestClient, own: MemoryStore) -> None:
    assert own.put([graph_of(revised())]) == ["replaced"]
    query = f"""{{ policy(name: "shop/privacy") {{ changes {CHANGE} statementCount
        versions {{ iri id isCurrent statementCount effectiveDate text previous {{ iri }}
          statements {{ practice }} }} }} }}"""
    found = ask(writing, query)["policy"]
    new, old = found["versions"]
    assert (new["isCurrent"], old["isCurrent"]) == (True, False)
    assert (new["statementCount"], old["statementCount"]) == (2, 3)
    assert new["previous"] == {"iri": old["iri"]}
    assert "Norway" in old["text"]
    assert [one["practice"] for one in old["statements"]] == ["SHARE", "SELL", "RETAIN"]
    place, period, sale = found["changes"]  # what stands there word for word comes last
    assert (place["kind"], place["gained"], place["lost"]) == (
        "CHANGED",
        [{"what": "recipient location", "label": "France"}],
        [{"what": "recipient location", "label": "Norway", "concept": {"name": "Norway"}}],
    )
    assert (sale["kind"], sale["after"]) == ("REMOVED", None)
    assert sale["before"]["version"] == {"isCurrent": False}
    assert sale["before"]["clause"]["text"].strip() == sale["before"]["quote"]
    assert (period["kind"], period["before"]["quote"][-8:]) == ("CHANGED", "30 days.")
    assert period["gained"] == [{"what": "period", "label": "at most 60 days"}]
    again = ask(
        writing, f"query ($a: String!, $b: String!) {{ changes(from: $a, to: $b) {CHANGE} }}", a=old["id"], b=new["iri"]
    )
    assert again["changes"] == found["changes"]
    back = ask(
        writing, "query ($a: String!, $b: String!) { changes(from: $a, to: $b) { kind } }", a=new["id"], b=old["id"]
    )
    assert sorted(one["kind"] for one in back["changes"]) == ["ADDED", "CHANGED", "CHANGED"]
    wrong = answer(writing, 'query ($b: String!) { changes(from: "cs", to: $b) { kind } }', b=new["id"])
    assert "no version" in wrong["errors"][0]["message"]
    unknown = answer(writing, "query ($a: String!) { changes(from: $a, to: $a) { kind } }", a=old["iri"][:-3] + "000")
    assert "keeps no version" in unknown["errors"][0]["message"]


NODES = """{ policies(first: 10) { nodes { id version { id } controller { id } clauses(all: true) { id }
    statements(first: 20, where: {polarity: BOTH}) { nodes { id mentions { id } conditions { id }
      facets { concept { id schemes { id } } party { id } } } } } } reports(tag: "sharing") { id } }"""


def ids_in(data: object) -> list[str]:
    """Every id in an answer."""
    if isinstance(data, list):
        return [id for one in data for id in ids_in(one)]
    if isinstance(data, dict):
        return [found for key, one in data.items() for found in ([one] if key == "id" else ids_in(one))]
    return []


def test_every_node_is_found_again_by_its_id_and_has_a_page(client: TestClient) -> None:
    unknown = to_id("Concept", CGC + "FixedDuration")  # the hand-made policy uses a name that is in no scheme
    ids = [id for id in dict.fromkeys(ids_in(ask(client, NODES))) if id != unknown]
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id iri page ... on Mention { statement { iri } } } }"
    found = ask(client, query, ids=ids)["nodes"]
    assert [one["id"] for one in found] == ids
    assert {one["__typename"] for one in found} == {
        *("Policy", "PolicyVersion", "Clause", "Statement", "Mention", "Condition", "Party"),
        *("Concept", "ConceptScheme", "Report"),
    }
    assert all(one["statement"] for one in found if one["__typename"] == "Mention")
    for one in {one["__typename"]: one for one in found}.values():
        assert client.get(one["page"], headers={"accept": "text/html"}).status_code == 200, one


@pytest.mark.parametrize("kind", sorted({*KINDS} - {"Condition", "ConceptScheme"}))
def test_a_node_that_is_not_there_is_null(client: TestClient, kind: str) -> None:
    id = to_id(kind, "https://w3id.org/clausegraph/id/policy/none/version/0123456789abcdef/s/0-1-Use")
    assert ask(client, "query ($id: ID!) { node(id: $id) { id } }", id=id) == {"node": None}


@pytest.mark.parametrize("id", ["", "x", "Ü", "OjE", to_id("Nothing", "x"), "UG9saWN5"])
def test_an_id_that_is_none_is_refused(client: TestClient, id: str) -> None:
    assert "is no id" in answer(client, "query ($id: ID!) { node(id: $id) { id } }", id=id)["errors"][0]["message"]


PAGE = """query ($first: Int!, $after: String, $by: StatementOrder!) {
  statements(where: {polarity: BOTH}, first: $first, after: $after, orderBy: $by) {
    edges { cursor node { iri } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""


@pytest.mark.parametrize("by", ["PLACE", "MOST_CERTAIN", "LEAST_CERTAIN", "LONGEST_KEPT", "SHORTEST_KEPT"])
def test_every_order_pages_without_gaps_while_policies_come(writing: TestClient, own: MemoryStore, by: str) -> None:
    whole = [one["node"]["iri"] for one in ask(writing, PAGE, first=50, by=by)["statements"]["edges"]]
    assert len(whole) == 6
    seen: list[str] = []
    after = None
    while True:
        page = ask(writing, PAGE, first=2, after=after, by=by)["statements"]
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        assert page["pageInfo"]["endCursor"] == page["edges"][-1]["cursor"]
        seen += [one["node"]["iri"] for one in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        own.put([graph_of(replace(czech(), document=replace(czech().document, key=f"added{len(seen)}")))])
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert [one for one in seen if "/policy/added" not in one] == whole
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize(
    "cursor",
    [
        encode("", "", "p", 1, "s"),
        encode("mostCertain", "1) UNION", "p", 1, "s"),
        "WyJtb3N0Q2VydGFpbiIsIjEiLCJcdWQ4MDAiLDEsInMiXQ",  # half a character
        encode("mostCertain", "1", "p", 10**30, "s"),
        encode("mostCertain", "1", "p", 1),
        encode("mostCertain", "1", "p", True, "s"),
        "=",
        "ß",
        " ",
    ],
)
def test_a_cursor_that_the_list_did_not_give_out_is_refused(client: TestClient, cursor: str) -> None:
    (error,) = answer(client, PAGE, first=1, by="MOST_CERTAIN", after=cursor)["errors"]
    assert "cursor" in error["message"]
    assert error["extensions"]["mend"]


HUNDRED = """query ($first: Int!) { statements(first: $first) { nodes {
  id iri page quote practice label(lang: "cs") modality confidence
  actor { label } namedActor { name } controller { name }
  facets { facet label(lang: "zh-Hant") party { name }
    concept { iri label links { iri } broader { label } usage { affirmed } }
    mentions { exact before after rule statement { iri } inheritedClause { heading } } }
  conditions { kinds exact facets { label } } mentions { exact before after }
  clause { path text parent { heading } ancestors { heading } children { path } }
  exceptionTo { quote } inherits { quote } policy { title controller { name } versions { iri } } version { isCurrent }
} } }"""


def test_a_hundred_statements_with_everything_cost_what_one_costs(
    writing: TestClient, own: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.put([graph_of(many(120))])
    asked: list[str] = []
    real = own.query

    def counted(sparql: str, **options: Any) -> Any:
        asked.append(sparql)
        return real(sparql, **options)

    monkeypatch.setattr(own, "query", counted)
    counts = []
    for first in (1, 100):
        asked.clear()
        found = ask(writing, HUNDRED, first=first)["statements"]["nodes"]
        assert len(found) == first
        counts.append(len(asked))
    assert sum(len(one["facets"]) for one in found) > 290
    assert counts[0] == counts[1] <= 13, asked


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ('states: [{concept: "pd:Contact", values: [{concept: "dpv:Marketing"}]}]', ["shop/privacy"]),
        ('states: [{concept: "dpv:Share"}]', []),
        ('lacks: [{concept: "pd:Contact"}]', ["cs"]),
        ('jurisdiction: "loc:NO"', ["shop/privacy"]),
        ('jurisdiction: "loc:EEA"', ["shop/privacy"]),  # Norway lies in it
        ('jurisdiction: "loc:EU"', []),
    ],
)
def test_policies_are_filtered_in_dpv_terms(client: TestClient, where: str, found: list[str]) -> None:
    assert policies(client, where) == found


def test_a_dpv_term_of_nothing_is_refused(client: TestClient) -> None:
    told = answer(client, '{ statements(where: {concept: "dpv:Risk"}) { totalCount } }')
    assert "dpv:Risk" in told["errors"][0]["message"]


@pytest.mark.parametrize(
    "where",
    [
        '{language: "en"}',
        '{title: "a"}',
        '{controller: "a"}',
        '{jurisdiction: "Taiwan"}',
        '{text: "a"}',
        "{states: [{practice: [SHARE]}]}",
        "{lacks: [{practice: [SHARE]}]}",
    ],
)
def test_every_filter_over_policies_goes_with_every_count(client: TestClient, where: str) -> None:
    asked = "totalCount languages { count } facets { valueCount } practices { affirmed }"
    query = f"{{ policies(where: {where}, orderBy: TITLE) {{ {asked} }} }}"
    assert "errors" not in client.post("/graphql", json={"query": query}).json()
