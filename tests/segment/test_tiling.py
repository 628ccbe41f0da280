"""Whatever the text: clauses tile it, every character stands in exactly one, parents hold their children."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clausegraph.ingest.pipeline import process, summary
from clausegraph.ingest.read import read_bytes
from clausegraph.ingest.records import Clause, Document
from clausegraph.ingest.segment import segment

from .trees import document

LINES = (
    "", " ", "\t", "\u3000", "\xa0", "# Data", "## 1. Data", "###", "Data", "----", "====", "* * *",
    "- your name", "  - street", "\t- city", "• age", "a) name", "(b) city", "1. Data", "1.1 Names",
    "1.1. Names", "2) city;", "iv. Rights", "一、蒐集", "(一)會員", "第三條 修改", "①姓名", "Šest, kontakt",
    "| a | b |", "|---|---|", "||", "| a", "**Cookies**", "****", "[](#x)", "{: .x}", "<br>",
    "We share with:", "我們蒐集下列資料：", "We collect your name.", "我們不會出售。", "© 2024 Lumen", "Home",
    "Terms", "【附】", "𠮷野家 🍵🍵", "\u202eabc", "e\u0301", "1.", "-", "*", "#", "(", "…",
    "Zásady ochrany osobních údajů", "x" * 300, "資" * 300,
)  # fmt: skip
odd = st.text(max_size=12)
lines = st.lists(st.one_of(st.sampled_from(LINES), st.sampled_from(LINES), odd), max_size=14)
ends = st.sampled_from(["\n", "\r\n", "\r", "\n\n"])
texts = st.builds(lambda parts, end: end.join(parts), lines, ends)
quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check(read: Document, clauses: tuple[Clause, ...]) -> None:
    """The contract of a clause tree."""
    text = read.text
    assert "".join(text[clause.start : clause.end] for clause in clauses) == text
    assert [clause.start for clause in clauses] == [0, *(clause.end for clause in clauses)][: len(clauses)]
    by_path: dict[str, Clause] = {}
    counted: dict[str, int] = {}
    for order, clause in enumerate(clauses):
        assert clause.order == order and clause.path not in by_path
        assert clause.start < clause.end and clause.start <= clause.body <= clause.end <= clause.section_end
        assert text[clause.start : clause.body].strip() + text[clause.body : clause.end].strip() or not text.strip()
        assert bool(clause.heading) <= (clause.kind == "Heading")
        counted[clause.parent] = counted.get(clause.parent, 0) + 1
        assert clause.path == f"{clause.parent}.{counted[clause.parent]}".removeprefix(".")
        assert clause.level == clause.path.count(".")
        if clause.parent:  # stands before its children, and its section holds theirs
            above = by_path[clause.parent]
            assert above.end <= clause.start and clause.section_end <= above.section_end
            assert above.kind in ("Heading", "ListItem", "Paragraph")
        by_path[clause.path] = clause
    for clause in clauses:
        below = [c for c in clauses if c.path.startswith(clause.path + ".")]
        assert clause.section_end == max([clause.end, *(c.end for c in below)])


@quick
@given(texts)
def test_clauses_tile_any_text_below_a_title(source: str) -> None:
    read = document("Privacy Policy\n\n" + source)
    clauses = segment(read)
    check(read, clauses)
    assert segment(read) == clauses


@quick
@given(texts)
def test_clauses_tile_any_text(source: str) -> None:
    read = document(source)
    check(read, segment(read))


@pytest.mark.parametrize(
    "source",
    [
        "- your name\n- your city\n",
        "| name | city |\n|---|---|\n| Ada | Brno |\n",
        "    - deep\n- shallow\n",
        "- your name\n| a | b |\n",
        "We collect names.\n| a | b |\n",
        "a) name\nb) city\n",
    ],
)
def test_a_text_may_begin_with_a_list_or_a_table(source: str) -> None:
    read = document(source)
    check(read, segment(read))


@settings(max_examples=60, deadline=None)
@given(texts, st.sampled_from(["en", "cs", "zh-Hant", "zh-Hans", "de"]))
def test_every_character_is_accounted_for(source: str, language: str) -> None:
    read = document("Privacy Policy\n\n" + source, language)
    told = summary(process(read))
    assert told.accounted == told.characters == len(read.text)


@pytest.mark.parametrize(
    "page",
    [
        "<h1>Policy</h1><ul><li>name<ul><li>first</ul><li>city</ul><p>We collect both.",
        "<p>We collect:<table><tr><th>Data<th>Use<tr><td>name<td>delivery</table>",
        "<h2>Data</h2><ol start=3><li>one<br>two<li><p>three<p>four</ol><h2>Rights</h2>",
        "<p>We collect &amp; keep 𠮷 names.</p><pre>\r\na\r\n  b</pre><footer>© 2024</footer>",
        "<h1>Policy</h1><div><li>stray</li></div><h3></h3><p>&nbsp;</p>",
    ],
)
def test_pages_are_tiled_too(page: str) -> None:
    read = read_bytes(page.encode(), name="a.html", key="a", media_type="text/html", language="en")
    check(read, segment(read))
