"""The page of figures: made of hand-made reports, naming no day, no machine and no word of a text."""

from __future__ import annotations

import re
from dataclasses import replace

from clausegraph.ingest.evaluate import Ablation, Fact, Report, Terms, Value, make_report, score_document
from clausegraph.ingest.evaluate.capp130 import report_practices
from clausegraph.ingest.evaluate.grid import Grid, to_html, to_markdown
from clausegraph.ingest.evaluate.inventory import Coverage, Phrase
from clausegraph.ingest.evaluate.page import Figures, evaluation_page


def fact(id: str, start: int, practice: str, *, denied: bool = False) -> Fact:
    value = Value("dataCategory", "pd:Name", start, start + 4, "SECRET")
    return Fact(id, start, start + 10, practice, denied, "SECRET WORDS", (value,))


def report(name: str, *, misread: bool = True) -> Report:
    gold = (fact(f"{name}-1", 0, "Collect"), fact(f"{name}-2", 20, "Sell", denied=True))
    found = (gold[0], replace(gold[1], id="#1", denied=not misread))
    return make_report([score_document(name, "en", gold, found, Terms({}))], resamples=20)


def figures() -> Figures:
    left = [Phrase("purpose", 3, 3, "x")]
    return Figures(
        tune=report("tuned"),
        check=report("checked"),
        ablation=[
            Ablation("whole", {"statements": 0.5}, {"statements": 0.0}, 1),
            Ablation("frames", {"statements": 0.2}, {"statements": -0.3}, 0),
        ],
        inventories={"en": [Coverage("purpose", 4, 2, 1, left)]},
        policies=3,
        practices=report_practices([]),
    )


def test_every_part_stands_on_the_page() -> None:
    page = evaluation_page(figures())
    assert "| Statements | 0.500 | 0.500 | 0.500 | 0.500 | 0.500 | 0.500 |" in page
    assert "| tuned | 2 | 2 | 0.500 |" in page
    assert "| without frames | -30.0 |" in page
    assert "| purpose | 4 | 2 | 1 | 1 | 75.0% |" in page
    assert "| dataCategory |" in page
    assert "| Sell |" in page
    assert "| collection | 0 | 0 | – | – | – |" in page


def test_intervals_stand_behind_macro_f1() -> None:
    gold = (fact("a", 0, "Collect"),)
    scores = [score_document(str(number), "en", gold, gold[:number], Terms({})) for number in (0, 1)]
    page = evaluation_page(replace(figures(), check=make_report(scores, resamples=50)))
    assert "| Statements | 1.000 | 0.500 | 0.500 (0.00–1.00) |" in page


def test_denials_are_named_on_tune_and_counted_on_check() -> None:
    page = evaluation_page(figures())
    assert "- tuned, tuned-2: Sell, code points 20–30" in page
    assert "checked-2" not in page
    assert "Denials read as affirmed: 1." in page
    assert "No denial is read as affirmed" in evaluation_page(replace(figures(), tune=report("tuned", misread=False)))


def test_the_page_quotes_no_text_and_is_the_same_each_time() -> None:
    page = evaluation_page(figures())
    assert "SECRET" not in page
    assert page == evaluation_page(figures())
    assert not re.search(r"\b20\d\d-\d\d|\bseconds\b|/(?:work|home|tmp)/", page)


def test_without_the_labelled_corpus_its_part_is_left_out() -> None:
    assert "CAPP-130" not in evaluation_page(replace(figures(), practices=None))


def test_a_grid_aligns_figures_and_escapes() -> None:
    grid = Grid("A <title>", ("name", "words", "figure"), (("a|b", "x", "1.0"), ("c", "<y>", "–")), "A note.")
    assert to_markdown(grid) == (
        "### A <title>\n\nA note.\n\n| name | words | figure |\n|---|---|---:|\n| a\\|b | x | 1.0 |\n| c | <y> | – |\n"
    )
    assert "<td>&lt;y&gt;</td>" in to_html(grid)
    assert "A &lt;title&gt;" in to_html(grid)
