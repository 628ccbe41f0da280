"""Scoring against gold: every figure here was worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from clausegraph.ingest.evaluate import (
    Counts,
    Fact,
    GoldDocument,
    Guard,
    Report,
    Terms,
    Value,
    VocabularyIndex,
    ablate,
    ablation_table,
    errors,
    evaluate,
    load_gold,
    make_report,
    parts,
    predicted_facts,
    render_html,
    render_json,
    render_table,
    rule_precision,
    score_document,
)
from clausegraph.ingest.evaluate.match import match_statements, match_values
from clausegraph.ingest.evaluate.report import Ablation
from clausegraph.ingest.records import Condition, Document, Extraction, Mention, SourceMap, Statement
from clausegraph.ontology.vocabulary import load_vocabulary

TEXT = (
    "We collect your name and e-mail address. We do not sell your data. "
    "We may share your phone with Acme if you agree. Hi."
)
CONCEPTS = {"Name": "pd:Name", "Contact": "pd:Contact", "Phone": "pd:TelephoneNumber", "Data": "dpv:PersonalData"}
BROADER = {
    "pd:EmailAddress": ["pd:Contact"],
    "pd:TelephoneNumber": ["pd:Contact"],
    "pd:Contact": ["pd:Social"],
    "pd:Social": ["dpv:PersonalData"],
    "dpv:PersonalData": ["dpv:Data"],
    "dpv:ServiceProvision": ["dpv:Purpose"],
}


class Index:
    def curie(self, concept: str, /) -> str:
        return CONCEPTS.get(concept, f"own:{concept}")


def span(quote: str) -> tuple[int, int]:
    start = TEXT.index(quote)
    return start, start + len(quote)


def item(quote: str, concept: str) -> dict[str, object]:
    start, end = span(quote)
    return {"text": quote, "start": start, "end": end, "concept": concept}


def line(number: int, quote: str, practice: str, polarity: str = "affirmed", **facets: object) -> dict[str, object]:
    start, end = span(quote)
    record: dict[str, object] = {"id": f"t-{number}", "start": start, "end": end, "quote": quote}
    return record | {"practice": practice, "polarity": polarity, "modality": "will", "actor": "We"} | facets


GOLD = [
    line(
        1,
        "We collect your name and e-mail address.",
        "collect",
        data=[item("name", "pd:Name"), item("e-mail address", "pd:EmailAddress")],
    ),
    line(2, "We do not sell your data.", "sell", "denied", data=[item("your data", "dpv:PersonalData")]),
    line(
        3,
        "We may share your phone with Acme if you agree.",
        "share",
        data=[item("phone", "pd:TelephoneNumber")],
        recipient=[item("Acme", "own:Partner<dpv:ThirdParty>")],
        condition=[{"kind": "consent", "text": "if you agree", "start": span("if you agree")[0], "end": len(TEXT) - 5}],
    ),
]


def mention(facet: str, concept: str, quote: str) -> Mention:
    return Mention(facet, concept, *span(quote), rule="test")


def extraction() -> Extraction:
    statements = (
        Statement(
            *span("We collect your name and e-mail address."),
            clause="1",
            practice="Collect",
            mentions=(mention("dataCategory", "Name", "name"), mention("dataCategory", "Contact", "e-mail address")),
            rules=("frame", "cue"),
        ),
        Statement(
            *span("We do not sell your data"),
            clause="1",
            practice="Sell",
            mentions=(mention("dataCategory", "Data", "your data"),),
            rules=("frame",),
        ),
        Statement(
            *span("share your phone with Acme if you agree"),
            clause="1",
            practice="Share",
            mentions=(mention("dataCategory", "Phone", "phone"), mention("recipient", "Supplier", "Acme")),
            conditions=(Condition(*span("you agree"), effect="OnlyIf", kinds=("If", "Consent"), rule="test"),),
            rules=("frame",),
        ),
        Statement(*span("Hi."), clause="1", practice="Notify", rules=("cue",)),
    )
    return Extraction(Document("t", TEXT, "en", "0" * 64), (), statements)


@pytest.fixture
def gold(tmp_path: Path) -> GoldDocument:
    return write_gold(tmp_path, GOLD)


def write_gold(folder: Path, lines: list[dict[str, object]], name: str = "t") -> GoldDocument:
    (folder / f"{name}.txt").write_bytes(TEXT.encode())
    path = folder / f"{name}.jsonl"
    path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in lines) + "\n", encoding="utf-8")
    return load_gold([path], [folder])[0]


@pytest.fixture
def report(gold: GoldDocument) -> Report:
    terms = Terms(BROADER).with_gold([gold])
    score = score_document("t", "en", gold.facts, predicted_facts(extraction(), Index()), terms)
    return make_report([score], resamples=50)


def counts(report: Report) -> Mapping[str, Counts]:
    return report.scores[0].counts


def test_the_figures_worked_out_by_hand(report: Report) -> None:
    got = counts(report)
    assert got["statements"] == Counts(
        tp=2, fp=2, fn=1
    )  # collect and share; sell has the wrong polarity, notify is none
    assert got["strict"] == Counts(tp=2, fp=3, fn=3)  # Name, TelephoneNumber
    assert got["lenient"] == Counts(tp=3, fp=2, fn=2)  # and Contact, which lies above EmailAddress
    assert got["lenient/dataCategory"] == Counts(tp=3, fp=1, fn=1)
    assert got["strict/recipient"] == Counts(fp=1, fn=1)
    assert got["conditions"] == Counts(tp=1)
    assert got["lenient+conditions"] == Counts(tp=4, fp=2, fn=2)
    assert got["polarity"].f1 == pytest.approx(2 / 3)
    assert got["facts"] == Counts(tp=2, fp=3, fn=3)
    assert got["facts lenient"] == Counts(tp=3, fp=2, fn=2)
    assert got["practice/Sell"] == Counts(fp=1, fn=1)
    score = report.overall.micro["statements"]
    assert score.precision and score.recall and score.f1
    assert score.precision.value == 0.5
    assert score.recall.value == pytest.approx(2 / 3)
    assert score.f1.value == pytest.approx(4 / 7)
    assert parts(report.overall, "lenient") == ["dataCategory", "recipient"]


def test_denial_read_as_affirmed_is_named(report: Report) -> None:
    assert report.overall.denials == 1
    (finding,) = [finding for finding in errors(report.scores[0]) if finding.kind == "denial read as affirmed"]
    assert finding.gold and finding.gold.id == "t-2"
    assert finding.quote == "We do not sell your data"


def test_errors_list_each_miss_and_false_alarm(report: Report) -> None:
    found = [(finding.kind, finding.quote) for finding in errors(report.scores[0])]
    assert found == [
        ("denial read as affirmed", "We do not sell your data"),
        ("statement false alarm", "We do not sell your data"),
        ("statement missed", "We do not sell your data."),
        ("value false alarm", "Acme"),
        ("value missed", "Acme"),
        ("statement false alarm", "Hi."),
    ]


def test_an_affirmed_prediction_matched_to_affirmed_gold_is_no_misread_denial() -> None:
    gold = [Fact("a", 0, 10, "Share", False), Fact("b", 0, 10, "Share", True)]
    predicted = [Fact("#0", 0, 10, "Share", False)]
    score = score_document("t", "en", gold, predicted, Terms({}))
    assert score.denials == ()
    assert score.counts["polarity"] == Counts(tp=1)


@pytest.mark.parametrize(
    ("gold", "predicted", "matched"),
    [((0, 10), (5, 30), True), ((0, 10), (6, 30), False), ((0, 100), (98, 102), True), ((0, 10), (10, 12), False)],
)
def test_half_of_the_shorter_span_must_overlap(
    gold: tuple[int, int], predicted: tuple[int, int], matched: bool
) -> None:
    pairs = match_statements([Fact("g", *gold, "Use", False)], [Fact("p", *predicted, "Use", False)])
    assert bool(pairs) is matched


def test_one_to_one_and_the_largest_overlap_first() -> None:
    gold = [Fact("g0", 0, 10, "Use", False), Fact("g1", 4, 30, "Use", False)]
    predicted = [Fact("p0", 2, 26, "Use", False)]
    assert match_statements(gold, predicted) == [(1, 0)]


def test_values_are_a_multiset() -> None:
    name = Value("dataCategory", "pd:Name", 0, 1)
    assert len(match_values([name, name], [name], None)) == 1
    assert len(match_values([name, name], [name, name], None)) == 2
    assert match_values([name], [Value("purpose", "pd:Name", 0, 1)], None) == []


def test_lenient_makes_as_many_pairs_as_can_be() -> None:
    terms = Terms(BROADER)
    email, phone, contact = (Value("d", f"pd:{name}", 0, 1) for name in ("EmailAddress", "TelephoneNumber", "Contact"))
    # Contact fits both; EmailAddress only Contact: one greedy choice would leave a pair out.
    assert match_values([contact, email], [phone, contact], terms) == [(0, 0), (1, 1)]
    assert match_values([contact, email], [phone, contact], None) == [(0, 1)]


def test_what_counts_as_above() -> None:
    terms = Terms(BROADER | {"own:Badge": ["pd:Contact"]})
    assert terms.related("pd:EmailAddress", "pd:Contact")
    assert terms.related("pd:Social", "own:Badge")
    assert not terms.related("pd:EmailAddress", "pd:TelephoneNumber")
    assert not terms.related("pd:Contact", "dpv:PersonalData")  # too general
    assert not terms.related("dpv:ServiceProvision", "dpv:Purpose")
    assert not Terms({"x:A": ["x:B"]}).related("x:A", "x:B")  # x:B has nothing broader


def test_jurisdiction_holds_places_laws_authorities_and_media() -> None:
    source = "stored in Ruritania on tape"
    facets = ("transferDestination", "storageLocation", "applicableLaw", "authority", "storageMedium", "residence")
    mentions = tuple(Mention(facet, f"C{index}", 10, 19, "t") for index, facet in enumerate(facets))
    inside = Mention("legalBasis", "LegalObligation", 0, 6, "t")
    statement = Statement(
        0,
        27,
        "1",
        "Store",
        denied=True,
        mentions=(*mentions, Mention("unknownFacet", "X", 0, 1, "t"), mentions[0]),
        conditions=(Condition(0, 6, "Unless", ("Exception",), "t", (inside,)),),
    )
    (fact,) = predicted_facts(Extraction(Document("t", source, "en", ""), (), (statement,)), Index())
    assert [value.facet for value in fact.values] == ["jurisdiction"] * 6 + ["legalBasis"]
    assert fact.denied
    assert fact.guards == (Guard(frozenset({"exception"}), 0, 6, "stored"),)


def test_predictions_are_led_back_to_the_source() -> None:
    source = "<p>A &amp; B</p>"
    document = Document("t", "A & B", "en", "", SourceMap(((0, 3, 2, 2), (2, 5, 1, 5), (3, 10, 2, 2))))
    statement = Statement(2, 5, "1", "Use", mentions=(Mention("purpose", "P", 2, 3, "t"),))
    (fact,) = predicted_facts(Extraction(document, (), (statement,)), Index(), source)
    assert (fact.start, fact.end, fact.quote) == (5, 12, "&amp; B")
    assert fact.values[0].text == "&amp;"


def test_macro_is_the_mean_over_documents_and_micro_pools() -> None:
    hit, terms = Fact("g", 0, 10, "Use", False), Terms({})
    right = score_document("a", "en", [hit], [hit], terms)
    wrong = score_document("b", "cs", [Fact(str(n), n * 10, n * 10 + 10, "Use", False) for n in range(9)], [], terms)
    report = make_report([right, wrong], resamples=400, seed=1)
    macro, micro = report.overall.macro["statements"].f1, report.overall.micro["statements"].f1
    assert macro and micro and macro.interval and micro.interval
    assert macro.value == 0.5
    assert micro.value == pytest.approx(2 / 11)
    assert (macro.interval.low, macro.interval.high) == (0.0, 1.0)  # resamples of two documents: both, or one twice
    assert micro.interval.low < micro.value < micro.interval.high < 1.0
    assert [group.name for group in report.languages] == ["en", "cs"]
    assert report == make_report([right, wrong], resamples=400, seed=1)
    alone = report.languages[0].macro["statements"].f1
    assert alone and alone.value == 1.0 and alone.interval is None
    bare = make_report([right, wrong], resamples=0).overall.macro["statements"].f1
    assert bare and bare.interval is None


def test_a_document_without_values_does_not_pull_the_macro_down() -> None:
    value = Value("purpose", "x:P", 0, 1)
    one = Fact("g", 0, 10, "Use", False, values=(value,))
    none = Fact("g", 0, 10, "Use", False)
    terms = Terms({})
    report = make_report(
        [score_document("a", "en", [one], [one], terms), score_document("b", "en", [none], [none], terms)]
    )
    lenient = report.overall.macro["lenient"].f1
    assert lenient and lenient.value == 1.0


def test_evaluate_reads_extracts_and_scores(tmp_path: Path) -> None:
    gold = write_gold(tmp_path, GOLD)
    table = tmp_path / "terms.tsv"
    rows = "".join(f"{term}\t{';'.join(above)}\n" for term, above in BROADER.items())
    table.write_text("curie\tbroader\n" + rows, encoding="utf-8")
    seen: list[Document] = []

    def extract(document: Document) -> Extraction:
        seen.append(document)
        return replace(extraction(), document=document)

    report = evaluate([gold.path], [tmp_path], table, extract, concepts=Index(), languages={"t": "en"}, resamples=0)
    assert counts(report)["lenient"] == Counts(tp=3, fp=2, fn=2)
    assert [(document.key, document.language, document.sha256) for document in seen] == [("t", "en", gold.sha256)]
    assert [group.name for group in report.languages] == ["en"]


def test_ablation_shows_what_a_part_brings(gold: GoldDocument) -> None:
    def without_sharing(document: Document) -> Extraction:
        whole = extraction()
        return replace(whole, statements=tuple(one for one in whole.statements if one.practice != "Share"))

    rows = ablate(
        [gold],
        Terms(BROADER),
        lambda document: extraction(),
        {"share": without_sharing, "all": lambda document: replace(extraction(), statements=())},
        concepts=Index(),
        languages={"t": "en"},
    )
    assert [row.name for row in rows] == ["whole", "share", "all"]
    assert rows[0].f1["statements"] == pytest.approx(4 / 7)
    assert rows[1].f1["statements"] == pytest.approx(2 / 6)
    assert rows[1].change["statements"] == pytest.approx(2 / 6 - 4 / 7)
    assert [row.denials for row in rows] == [1, 1, 0]
    assert rows[2].f1["statements"] == 0.0


def test_concepts_go_by_the_vocabulary() -> None:
    index = VocabularyIndex(load_vocabulary())
    assert index.curie("EmailAddress") == "pd:EmailAddress"
    assert index.curie("CookieData") == "own:CookieData"
    assert index.curie("NoSuchConcept") == "own:NoSuchConcept"


def test_precision_of_each_rule(report: Report) -> None:
    table = rule_precision(report.scores)
    assert {rule: (known.correct, known.total) for rule, known in table.items()} == {"cue": (1, 2), "frame": (2, 3)}
    assert table["frame"].precision == pytest.approx(3 / 5)


def test_table_json_and_page(report: Report) -> None:
    console = Console(width=250, record=True, file=None, force_terminal=False)
    with console.capture() as capture:
        console.print(render_table(report, with_errors=True))
        console.print(ablation_table([Ablation("whole", {"statements": 0.5}, {"statements": 0.0}, 2)]))
    shown = capture.get()
    assert "0.571" in shown and "denial read as affirmed" in shown and "dpv:PersonalData" in shown
    data = json.loads(render_json(report, with_errors=True))
    assert data["overall"]["micro"]["statements"]["f1"]["value"] == 0.5714
    assert data["overall"]["denials_read_as_affirmed"] == 1
    page = render_html(report, title="A <b>", with_errors=True)
    assert "A &lt;b&gt;" in page and "0.571" in page and "We do not sell your data" in page
    assert not any(outside in page for outside in ("<script", "http:", "https:", "url(", "@import"))


def test_a_check_set_stays_unread(report: Report) -> None:
    with (console := Console(width=250)).capture() as capture:
        console.print(render_table(report))
    for shown in (capture.get(), render_json(report), render_html(report)):
        assert "sell your data" not in shown and "t-2" not in shown
