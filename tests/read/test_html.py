"""What a page shows, block by block."""

from __future__ import annotations

import pytest

from clausegraph.ingest.read.html_read import read_html

Shown = tuple[str, int, str, str]


def shown(source: str) -> list[Shown]:
    """Kind, level, marker and text of each block."""
    page = read_html(source)
    return [(block.kind, block.level, block.marker, page.text[block.start : block.end]) for block in page.blocks]


def texts(source: str) -> list[str]:
    return [block[3] for block in shown(source)]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>a <b> b</b> c</p>", "a b c"),
        ("<p>\n  a\n  b\r\n</p>", "a b"),
        ("<p>pri<b>va</b>cy</p>", "privacy"),
        ("a<!-- <p>no</p> -->b", "ab"),
        ("<p>a<br>b<br/>\n c<br></p>", "a\nb\nc"),
        ("<p>a</p>\n\n<p>&nbsp;</p><p>b</p>", "a\nb"),
        ("<p>AT&amp;T &lt;b&gt; &#20491;&#x4eba; &copy 2026 &euro;&nbsp;5</p>", "AT&T <b> 個人 © 2026 €\u00a05"),
        ("<p>fish & chips, R&D &unknown;</p>", "fish & chips, R&D &unknown;"),
        ("<p>1 < 2 and 3 > 2, a <- b</p>", "1 < 2 and 3 > 2, a <- b"),
        ("<p title='a > b' data-x=\"<p>\">x</p>", "x"),
        ("<div>a<div>b</div>c</div>", "a\nb\nc"),
        ("<pre>\n  a\n    b &amp; c\n</pre>", "  a\n    b & c"),
        ("<div style='white-space: pre-wrap'>a\n b</div>", "a\n b"),
        ("<span style='display:block'>a</span><span style='display:block'>b</span>", "a\nb"),
        ("<p>a\x00b\x0bc\ufffed</p>", "abcd"),
        ("\ufeff<p>a</p>", "a"),
        ("<p>&#0;a&#xD800;b&#x1;</p>", "ab"),
        ("<textarea>\nterms &amp; <b>\n more</textarea>", "terms & <b>\n more"),
        ("<p>a<script>var x = '</p>';</script>b<style>p{}</style></p>", "ab"),
        ("<script><!-- document.write('<script></script>') --></script>a", "a"),
        ("<p>a<template><p>no</p></template>b</p><noscript>no</noscript>", "a\nb"),
        ("<p hidden>no</p><p style='color:red; display: none'>no</p><p>a</p>", "a"),
        ("<svg><title>no</title><text>no</text></svg><p>a</p>", "a"),
        ("<p>a<img alt='no'><input value='no'></p>", "a"),
        ("<ruby>個<rp>(</rp><rt>gè</rt><rp>)</rp></ruby>", "個gè"),
    ],
)
def test_text_is_shown_as_a_browser_shows_it(source: str, text: str) -> None:
    assert read_html(source).text == text


def test_lists_show_their_numbers_and_depths() -> None:
    source = """<ol start=3><li>three<ol type=a><li>a<li>b</ol><li value=9>nine<li>ten</ol>
        <ul><li>dot<ol type=I><li>one<li>two</ol></ul><ol reversed start=2><li>two<li>one</ol>
        <ol style="list-style-type: lower-roman"><li>first</ol>"""
    assert shown(source) == [
        ("item", 1, "3.", "three"),
        ("item", 2, "a.", "a"),
        ("item", 2, "b.", "b"),
        ("item", 1, "9.", "nine"),
        ("item", 1, "10.", "ten"),
        ("item", 1, "•", "dot"),
        ("item", 2, "I.", "one"),
        ("item", 2, "II.", "two"),
        ("item", 1, "2.", "two"),
        ("item", 1, "1.", "one"),
        ("item", 1, "i.", "first"),
    ]


def test_an_item_covers_its_own_text_only() -> None:
    source = "<ul><li><p>We collect:</p><p>(see below)</p><ul><li>names</li></ul>and more</li></ul>"
    assert shown(source) == [
        ("item", 1, "•", "We collect:\n(see below)"),
        ("item", 2, "•", "names"),
        ("paragraph", 0, "", "and more"),
    ]


def test_a_heading_in_an_item_takes_its_number() -> None:
    assert shown("<ol><li><h2>Sharing</h2><p>We do not.</p><li><h2>Contact</h2></ol>") == [
        ("heading", 2, "1.", "Sharing"),
        ("paragraph", 0, "", "We do not."),
        ("heading", 2, "2.", "Contact"),
    ]


def test_headings_have_levels() -> None:
    source = (
        "<h1>Privacy <em>policy</em></h1><h3>Data</h3><div role=heading aria-level=4>Cookies</div><p><b>Bold</b></p>"
    )
    assert shown(source) == [
        ("heading", 1, "", "Privacy policy"),
        ("heading", 3, "", "Data"),
        ("heading", 4, "", "Cookies"),
        ("paragraph", 0, "", "Bold"),
    ]


def test_a_heading_left_open_does_not_swallow_the_page() -> None:
    paragraphs = "".join(
        f"<div>Paragraph {number} says what we do with the data we hold.</div>" for number in range(20)
    )
    blocks = shown(f"<h1>Privacy{paragraphs}")
    assert len(blocks) > 10 and blocks[-1][0] == "paragraph"


def test_rows_of_a_data_table_are_lines() -> None:
    source = """<table><caption>What we keep</caption><tr><th><th>Purpose<th>Period
        <tr><td>E-mail</td><td><p>Login</p><p>Newsletter</p></td><td>2 years</td></tr>
        <tr><td>Logs<td><td>30 days</table>"""
    assert shown(source) == [
        ("paragraph", 0, "", "What we keep"),
        ("row", 0, "", "\tPurpose\tPeriod"),
        ("row", 0, "", "E-mail\tLogin\nNewsletter\t2 years"),
        ("row", 0, "", "Logs\t\t30 days"),
    ]


@pytest.mark.parametrize(
    "source",
    [
        "<table><tr><td><h1>Policy</h1><p>We collect names.</p></td><td>News</td></tr></table>",
        "<table><tr><td>one column</td></tr><tr><td>only</td></tr></table>",
        "<table role=presentation><tr><td>a</td><td>b</td></tr></table>",
    ],
)
def test_a_table_for_layout_has_no_rows(source: str) -> None:
    assert "row" not in {block[0] for block in shown(source)}


def test_the_rows_of_a_nested_table_stand_alone() -> None:
    source = "<table><tr><td>menu</td><td><table><tr><td>Name</td><td>1 year</td></tr></table></td></tr></table>"
    assert shown(source) == [("paragraph", 0, "", "menu"), ("row", 0, "", "Name\t1 year")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>a<p>b<ul><li>c<li>d</ul>", ["a", "b", "c", "d"]),
        ("<dl><dt>a<dd>b<dl><dt>c<dd>d</dl><dt>e</dl>", ["a", "b", "c", "d", "e"]),
        ("<p><b>a<p>b</b>c", ["a", "bc"]),
        ("<div><span>a</div>b</span>", ["a", "b"]),
        ("<p>a<table>b<tr><td>c</table>d", ["a", "b", "c", "d"]),
        ('<p title="never ends>a<p>b', ["a", "b"]),
        ("<title>never ends<p>a", ["never ends", "a"]),
        ("<p>a <!-- never ends <p>b", ["a b"]),
        ("a</p>b", ["a", "b"]),
        ("<svg><p>a", ["a"]),
    ],
)
def test_broken_html_loses_no_text(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


def test_folds_that_a_click_opens_are_read() -> None:
    source = """<button aria-controls="f1">Data</button><div id=f1 hidden>We collect names.</div>
        <div role=tabpanel style="display:none">We share nothing.</div><div hidden=until-found>Rights</div>
        <details><summary>More</summary>Contact us.</details><div hidden>secret</div>"""
    assert texts(source) == ["Data", "We collect names.", "We share nothing.", "Rights", "More", "Contact us."]


def test_much_hidden_text_is_said() -> None:
    page = read_html(f"<p>a</p><div hidden>{'hidden words ' * 50}</div>")
    assert page.text == "a"
    assert any("hidden HTML" in warning for warning in page.warnings)


POLICY = (
    "<h2>What we collect</h2>" + "<p>We collect your name and your e-mail address when you open an account.</p>" * 8
)


def kinds(source: str) -> dict[str, str]:
    return {text: kind for kind, _, _, text in shown(source)}


def test_the_site_around_the_policy_is_set_aside() -> None:
    source = f"""<!doctype html><html lang=en><head><title>Privacy &amp; you | Acme</title></head><body>
        <header><a href=/>Acme</a><h1>Privacy policy</h1></header><nav><ul><li><a href=/shop>Shop</a></ul></nav>
        <div class="cookie-banner"><p>We use cookies.</p><button>Fine</button></div>
        <main>{POLICY}<aside>In short: we keep little.</aside><footer>Last changed in May.</footer></main>
        <form action=/q><label>Search</label></form><footer><p>© Acme</p></footer></body></html>"""
    page = read_html(source)
    found = kinds(source)
    assert page.title == "Privacy & you | Acme" and page.language == "en"
    for text in ("Acme", "Shop", "We use cookies.", "Fine", "Search", "© Acme"):
        assert found[text] == "boilerplate", text
    assert found["Privacy policy"] == "heading"
    assert found["In short: we keep little."] == "paragraph"
    assert found["Last changed in May."] == "paragraph"
    assert "set aside" in page.warnings[0]


def test_without_a_main_element_the_region_is_found() -> None:
    source = f"""<html><body><div class=top><a href=/>Acme</a> <a href=/shop>Shop</a></div>
        <div class=content>{POLICY}</div><div class=bottom><a href=/jobs>Jobs</a></div></body></html>"""
    found = kinds(source)
    assert found["What we collect"] == "heading"
    assert found["Acme Shop"] == found["Jobs"] == "boilerplate"


@pytest.mark.parametrize(
    "source",
    [
        f"<html><body><form action=/x>{POLICY}</form></body></html>",
        f"<html><body><header>{POLICY}</header></body></html>",
        f"<html><body><main><p>Teaser</p></main><div>{POLICY}</div></body></html>",
        f"<html><body><div class=cookie-consent>{POLICY}</div></body></html>",
        f"<nav>{POLICY}</nav>",
    ],
)
def test_in_doubt_the_policy_is_content(source: str) -> None:
    assert kinds(source)["We collect your name and your e-mail address when you open an account."] == "paragraph"


def test_a_table_of_contents_is_known_by_its_links() -> None:
    entries = "".join(f"<li><a href='#s{number}'>Section {number}</a>" for number in range(4))
    found = kinds(f"<h2>Contents</h2><ul>{entries}</ul><p>See <a href='#s1'>section 1</a>.</p>{POLICY}")
    assert found["Section 2"] == "contents"
    assert found["Contents"] == "heading"
    assert found["See section 1."] == "paragraph"


def test_deep_nesting_ends_nowhere_bad() -> None:
    page = read_html("<ul><li>x" * 3000 + "<p>end")
    assert page.text.count("x") == 3000 and page.text.endswith("end")
