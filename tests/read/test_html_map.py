"""The way back from canonical text to HTML source, for pages nobody wrote by hand."""

from __future__ import annotations

import html
import re

from hypothesis import example, given
from hypothesis import strategies as st
from justhtml import JustHTML

from clausegraph.ingest.read.html_read import HtmlText, read_html

INLINE = ["b", "i", "a", "span", "em", "strong", "code", "u"]
BLOCK = ["p", "div", "section", "h1", "h2", "h3", "blockquote", "article", "ul", "ol", "li", "dl", "dt", "dd", "pre"]
TABLE = ["table", "tr", "td", "th", "tbody", "caption"]
HIDDEN = [
    "<script>var a = '<p>no</p>';</script>",
    "<style>p { color: red }</style>",
    "<!-- not <b>this</b> -->",
    "<title>t</title>",
]

words = st.sampled_from(
    [
        "data",
        "we collect",
        "個人資料",
        "osobní údaje",
        "a < b",
        "x & y",
        "a&b",
        "𠮷野家",
        "\u00a0",
        "\u3000段",
        "don't",
        "100 %",
        "e\u0301",
    ]
)
spaces = st.sampled_from(["", " ", "  ", "\n", "\r\n", "\t", " \n  ", "\r"])
entities = st.sampled_from(
    [
        "&amp;",
        "&lt;p&gt;",
        "&nbsp;",
        "&#20491;",
        "&#x4eba;",
        "&copy",
        "&eacute;",
        "&#150;",
        "&bogus;",
        "&",
        "&#32;",
        "&NotEqualTilde;",
    ]
)
controls = st.sampled_from(["\x00", "\x01", "\x0b", "\ufffe", "\x7f", "\x85"])
text = st.lists(words | spaces | entities | controls, min_size=1, max_size=5).map("".join)
tags = st.one_of(
    st.sampled_from(INLINE + BLOCK).flatmap(
        lambda name: st.sampled_from([f"<{name}>", f"</{name}>", f'<{name} class="x>y">'])
    ),
    st.sampled_from(["<br>", "<br/>", "<hr>", "<img src=x alt='no'>", "</bogus>", *HIDDEN]),
)
table_tags = st.sampled_from(TABLE).flatmap(lambda name: st.sampled_from([f"<{name}>", f"</{name}>"]))
soup = st.lists(text | tags, max_size=25).map("".join)
soup_with_tables = st.lists(text | tags | table_tags, max_size=30).map("".join)


def stands_for(source: str, shown: str) -> bool:
    """Whether a piece of source, itself or decoded, is what the text shows for it."""
    if shown == "\n":
        return re.fullmatch(r"<br[^>]*>|\r\n?|\n", source, re.IGNORECASE) is not None
    if shown == " " and source.isspace():
        return True
    return shown == (html.unescape(source) if source.startswith("&") else source)


def check_map(source: str, page: HtmlText) -> None:
    """Every run is exact; runs ascend on both sides; what has no run separates blocks."""
    text, end, source_end = page.text, 0, 0
    for start, place, length, source_length in page.source_map.runs:
        assert start >= end and place >= source_end and length > 0
        assert set(text[end:start]) <= {"\n", "\t"}
        shown, origin = text[start : start + length], source[place : place + source_length]
        if length == source_length:
            pairs = list(zip(shown, origin, strict=True))
            assert all(a == b or stands_for(b, a) for a, b in pairs), (shown, origin)
        else:
            assert stands_for(origin, shown), (shown, origin)
        end, source_end = start + length, place + source_length
    assert text[end:] == ""


def check_blocks(page: HtmlText) -> None:
    """Blocks ascend, hold text, and leave out nothing but separators."""
    end = 0
    for block in page.blocks:
        assert page.text[end : block.start] == ("\n" if end else "")
        assert page.text[block.start : block.end].strip()
        end = block.end
    assert page.text[end:] == ""


def squeezed(text: str) -> str:
    return re.sub(r"[\s\x00-\x1f\ufffe\ufffd]+", "", text)


def shown_by_justhtml(source: str) -> str:
    """The text that another parser's tree shows, without white space."""
    parts: list[str] = []

    def walk(node: object) -> None:
        name = getattr(node, "name", "")
        if name == "#text":
            parts.append(str(getattr(node, "data", "")))
        elif name not in {"script", "style", "title", "#comment"}:
            for child in getattr(node, "children", None) or []:
                walk(child)

    walk(JustHTML(source, sanitize=False).root)
    return squeezed("".join(parts))


@given(soup_with_tables)
@example("<table><tr><td>a<td>b<p>c<tr><th>d</table>")
@example("<pre>\r\n\r\na\r\n b&amp;c</pre>")
@example("<p>a <b> b</b><!-- x --> c&#32;&#10;d</p>")
def test_the_map_is_exact(source: str) -> None:
    page = read_html(source)
    check_map(source, page)
    check_blocks(page)


@given(st.text(alphabet="<>/!-&;#=\"' abpdtxé\n\r\t\x00漢", max_size=60))
@example("<!--")
@example("a<b c='>")
@example('<p title="x>y')
@example("<title>never closed")
@example("<svg><style>x</style><p>y")
def test_any_text_can_be_read(source: str) -> None:
    page = read_html(source)
    check_map(source, page)
    check_blocks(page)


@given(soup)
def test_the_text_is_what_another_parser_shows(source: str) -> None:
    assert squeezed(read_html(source).text) == shown_by_justhtml(source)


@given(soup)
def test_a_quote_leads_back_to_its_words(source: str) -> None:
    page = read_html(source)
    for match in re.finditer(r"collect|個人資料|osobní|段", page.text):
        start, end = page.source_map.to_source(*match.span())
        assert source[start:end] == match[0]


@given(soup_with_tables)
def test_the_text_has_no_forbidden_characters(source: str) -> None:
    assert not re.search("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", read_html(source).text)
