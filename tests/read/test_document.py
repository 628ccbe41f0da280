"""Bytes to documents: types, titles, languages, limits, errors."""

from __future__ import annotations

import hashlib
import pickle

import pytest

from clausegraph import ClauseGraphError
from clausegraph.ingest.read import Limits, ReadError, read_bytes
from clausegraph.ingest.records import Document, SourceMap

from .builders import make_docx, make_pdf, paragraph

PLAIN = "Privacy policy\n\nAcme Widgets collects your name and e-mail address when you register.\n"
MARKDOWN = "# Privacy policy\n\nAcme Widgets collects **your name**, see [the list](https://acme.test/list).\n"
PAGE = f"<!doctype html><title>Acme</title><body><h1>Privacy</h1><p>{PLAIN}</p>"


def read(text: str | bytes, **options: object) -> Document:
    data = text.encode() if isinstance(text, str) else text
    return read_bytes(data, **{"name": "a.txt", "key": "a", **options})  # type: ignore[arg-type]


def test_plain_text_is_the_source_as_it_stands() -> None:
    document = read(PLAIN, url="https://acme.test/privacy")
    assert document == Document(
        key="a",
        text=PLAIN,
        language="en",
        sha256=hashlib.sha256(PLAIN.encode()).hexdigest(),
        url="https://acme.test/privacy",
        origin="a.txt",
    )


def test_crlf_and_byte_order_mark_are_mapped() -> None:
    source = "\ufeff" + PLAIN.replace("\n", "\r\n")
    document = read(source)
    assert document.text == PLAIN
    start = document.text.index("collects")
    first, last = document.source_map.to_source(start, start + 8)
    assert source[first:last] == "collects"


@pytest.mark.parametrize(
    ("text", "name", "given", "media_type"),
    [
        (PLAIN, "a.txt", None, "text/plain"),
        (PLAIN, "a", None, "text/plain"),
        (PLAIN, "a.md", None, "text/markdown"),
        (MARKDOWN, "a.txt", None, "text/markdown"),
        (MARKDOWN, "a.txt", "text/plain; charset=utf-8", "text/markdown"),
        (PAGE, "a.txt", None, "text/html"),
        (PAGE, "a", None, "text/html"),
        (PAGE, "a.txt", "text/html", "text/html"),
        (PLAIN, "a.html", None, "text/html"),
        (f"<p>{PLAIN}</p><p>{PLAIN}</p>", "a.txt", None, "text/html"),
        (f"Acme\n\n<p>{PLAIN * 3}</p><p><br /></p>", "a.txt", None, "text/html"),
        (f"{PLAIN.strip()}<br>{PLAIN.strip()}<br>{PLAIN.strip()}<br>".replace("\n\n", " "), "a.txt", None, "text/html"),
        (f"## <span class=x>Privacy</span>\n\n{PLAIN}", "a.txt", None, "text/plain"),
        (f"{MARKDOWN}\n{MARKDOWN}\n<table><tr><td>Name</td></tr></table>\n", "a.txt", None, "text/markdown"),
        (f"{MARKDOWN}\n<p>{PLAIN * 4}</p>", "a.md", None, "text/markdown"),
    ],
)
def test_the_kind_of_text_goes_by_extension_then_content(
    text: str, name: str, given: str | None, media_type: str
) -> None:
    document = read(text, name=name, media_type=given)
    assert document.media_type == media_type
    assert bool(document.blocks) == (media_type == "text/html")
    if media_type != "text/html":
        assert document.text == text and document.source_map == SourceMap()


def test_pages_have_titles() -> None:
    assert read(PAGE, name="a.html").title == "Acme"


# -- languages


@pytest.mark.parametrize(
    ("given", "text", "language"),
    [
        ("cs", "Nesbíráme žádné osobní údaje našich uživatelů.", "cs"),
        ("zh-TW", "我們不會蒐集您的個人資料。", "zh-Hant"),
        ("zh", "我们不会收集您的个人信息。", "zh-Hans"),
        ("EN-us", PLAIN, "en-US"),
    ],
)
def test_a_given_language_is_kept(given: str, text: str, language: str) -> None:
    document = read(text, language=given)
    assert (document.language, document.warnings) == (language, ())


def test_a_given_language_that_the_text_denies_is_said() -> None:
    document = read(PLAIN * 3, language="cs")
    assert document.language == "cs"
    assert "reads like en" in document.warnings[0]


def test_what_the_page_declares_helps_where_detection_fails() -> None:
    document = read("<html lang=cs><body><p>GDPR, DPO, IP: 1 2 3", name="a.html")
    assert document.language == "cs"
    assert "could not be detected" in document.warnings[0]


# -- PDF and DOCX

HEADER, FOOTER = "Acme Widgets Ltd", "Page {}"


def pdf_pages() -> list[list[tuple[float, float, float, str]]]:
    bodies = [
        ["We collect your name and your e-mail address when you register an ac-", "count with us. We keep them."],
        ["1. Sharing", "We share your data with companies that send parcels for us in the", "countries we serve."],
        ["2. Contact", "Write to us."],
    ]
    pages = []
    for number, body in enumerate(bodies, 1):
        lines: list[tuple[float, float, float, str]] = [(72, 800, 9, HEADER)]
        lines += [(72, 700 - 14 * row, 11, text) for row, text in enumerate(body)]
        pages.append([*lines, (300, 30, 9, FOOTER.format(number))])
    return pages


def test_a_pdf_gives_its_lines_and_sets_furniture_aside() -> None:
    document = read(make_pdf(pdf_pages(), title="Acme privacy"), name="a.pdf")
    assert (document.media_type, document.title, document.source_map) == (
        "application/pdf",
        "Acme privacy",
        SourceMap(),
    )
    blocks = [(block.kind, document.text[block.start : block.end]) for block in document.blocks]
    assert blocks == [
        ("boilerplate", HEADER),
        (
            "paragraph",
            "We collect your name and your e-mail address when you register an ac-count with us. We keep them.",
        ),
        ("boilerplate", "Page 1"),
        ("boilerplate", HEADER),
        ("paragraph", "1. Sharing"),
        ("paragraph", "We share your data with companies that send parcels for us in the countries we serve."),
        ("boilerplate", "Page 2"),
        ("boilerplate", HEADER),
        ("paragraph", "2. Contact"),
        ("paragraph", "Write to us."),
        ("boilerplate", "Page 3"),
    ]


def test_a_pdf_is_known_whatever_it_is_called() -> None:
    assert read(make_pdf(pdf_pages()), name="policy").media_type == "application/pdf"


def test_pages_that_are_all_alike_are_content() -> None:
    document = read(make_pdf([[(72, 700, 11, "We collect your name and e-mail address.")]] * 3), name="a.pdf")
    assert {block.kind for block in document.blocks} == {"paragraph"}


def test_a_docx_gives_headings_lists_and_tables() -> None:
    cell = "<w:tc>{}</w:tc>"
    row = f"<w:tr>{cell.format(paragraph('E-mail'))}{cell.format(paragraph('1 year'))}</w:tr>"
    body = paragraph("Privacy", style="Heading1") + paragraph("We keep your e-mail address &amp; your name.")
    document = read(make_docx(f"{body}<w:tbl>{row}</w:tbl>"), name="a.docx")
    assert [(block.kind, document.text[block.start : block.end]) for block in document.blocks] == [
        ("heading", "Privacy"),
        ("paragraph", "We keep your e-mail address & your name."),
        ("row", "E-mail\t1 year"),
    ]
    assert document.source_map == SourceMap() and document.media_type.endswith("wordprocessingml.document")


# -- errors

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "name", "cause"),
    [
        (b"", "a.txt", "it is empty"),
        (b" \n\t\xc2\xa0", "a.txt", "only white space"),
        (b"<html><body><script>app()</script></body></html>", "a.html", "shows no text"),
        (b"\x89PNG\r\n\x1a\n\x00", "a.txt", "PNG picture"),
        (b"PK\x03\x04" + bytes(50), "a.zip", "ZIP archive"),
        (OLE, "a.doc", "old Word"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "locked with a password"),
        (b"{\\rtf1 x}", "a.rtf", "RTF"),
        (b"a\x01\x02\x03 text" * 50, "a.txt", "binary"),
        (b"\x00\x01\x02\x03" * 50, "a", "binary"),
        (make_pdf(pdf_pages(), locked=True), "a.pdf", "locked with a password"),
        (make_pdf([[]]), "a.pdf", "no text layer"),
        (b"%PDF-1.7 nothing", "a.pdf", "damaged"),
        (b"plain words", "a.pdf", "called PDF but is none"),
        (b"plain words", "a.docx", "called DOCX but is none"),
        (b"PK\x03\x04word/" + bytes(50), "a.docx", "damaged"),
        (make_docx("<w:p>"), "a.docx", "damaged"),
        (make_docx(""), "a.docx", "holds no text"),
        (b"12345 67890", "a.txt", "language cannot be determined"),
        (b"{}", "a.jsonl", "records, not one policy"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_mend(data: bytes, name: str, cause: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(data, name=f"policies/{name}")
    assert isinstance(caught.value, ClauseGraphError)
    message = str(caught.value)
    assert message.startswith(f"Cannot read policies/{name}: ") and message.endswith(".") and cause in message
    assert caught.value.mend.endswith(".")
    copy = pickle.loads(pickle.dumps(caught.value))  # it comes home from a worker process
    assert (str(copy), copy.mend) == (message, caught.value.mend)


def test_a_tag_that_is_none_is_refused() -> None:
    with pytest.raises(ReadError, match='language "czech" is not a language tag'):
        read(PLAIN, language="czech")


@pytest.mark.parametrize(
    ("data", "limits", "cause"),
    [
        (PLAIN.encode(), Limits(max_bytes=50), "more than 50 bytes"),
        (PLAIN.encode(), Limits(max_characters=50), "more than the 50 allowed"),
        (make_pdf(pdf_pages()), Limits(max_pages=2), "3 pages"),
        (make_docx(paragraph("name " * 5000)), Limits(max_bytes=5000), "more than 5,000 bytes"),  # packs small
    ],
)
def test_limits_hold(data: bytes, limits: Limits, cause: str) -> None:
    with pytest.raises(ReadError, match=cause):
        read(data, limits=limits)


def test_damage_done_before_is_said() -> None:
    document = read(PLAIN + "Contact our \ufffd\ufffd office.")
    assert "2 replacement characters" in document.warnings[0]


def test_a_contradicted_declaration_is_a_warning() -> None:
    document = read(f"<meta charset=iso-8859-1><p>{PLAIN}“naïve”</p>", name="a.html")
    assert "“naïve”" in document.text and document.encoding == "utf-8"
    assert "declared as iso-8859-1" in document.warnings[0]
