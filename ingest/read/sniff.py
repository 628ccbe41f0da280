"""What kind of text or file this is.

In: a name, the first bytes, or decoded text. Out: a media type. The extension decides first, then the content; a
file that is plainly something else than its extension says is taken for what it is.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from .errors import cannot_read
from .html_names import BLOCKS, VOID

PLAIN = "text/plain"
MARKDOWN = "text/markdown"
HTML = "text/html"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
JSON_LINES = "application/jsonl"

#: The extensions that a folder is searched for, and what they say.
BY_EXTENSION = {
    ".txt": PLAIN,
    ".text": PLAIN,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".pdf": PDF,
    ".docx": DOCX,
    ".jsonl": JSON_LINES,
    ".ndjson": JSON_LINES,
}
_MEDIA_TYPES = {"application/xhtml+xml": HTML, "application/x-ndjson": JSON_LINES, "text/x-markdown": MARKDOWN}

_UNREADABLE = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_PDF_WITHIN = 1_024  # bytes before a PDF's header that readers allow
_MOST_CONTROLS = 0.02

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:[\s/][^<>]*)?>")
_PAGE = re.compile(
    r"\ufeff?\s*+(?:<\?xml[^>]*+>\s*+)?+(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_MOSTLY = 0.5  # the share of the text inside block elements from which on a text is HTML
_MARKDOWN = re.compile(
    r"^ {0,3}(?:#{1,6} \S|(?:=|-){4,}\s*$|\|.*\|\s*$|```|> \S)"  # headings, underlines, tables, code, quotes
    r"|\[[^\]\n]{1,200}\]\([^)\n]{1,500}\)|(?:\*\*|__)\S[^\n]{0,200}?\S(?:\*\*|__)"  # links, bold
    r"|^\{:[^}\n]*\}\s*$",  # attributes
    re.MULTILINE,
)
_MARKDOWN_MIN = 2  # marks


def media_type_of(media_type: str) -> str:
    """A media type without parameters, in lower case, under its usual name."""
    bare = media_type.partition(";")[0].strip().lower()
    return _MEDIA_TYPES.get(bare, bare)


def by_name(name: str) -> str | None:
    """The media type that the extension of a path or address says, if it says one."""
    return BY_EXTENSION.get(PurePosixPath(name.replace("\\", "/")).suffix.lower())


def binary_type(data: bytes, *, name: str, expected: str | None = None) -> str | None:
    """PDF or DOCX by content, None for what may be text. Raises `ReadError` for what cannot be read."""
    if data.lstrip().startswith(b"%PDF-") or (expected == PDF and b"%PDF-" in data[:_PDF_WITHIN]):
        return PDF
    if data.startswith(b"PK\x03\x04"):
        if b"word/" in data:
            return DOCX
        raise cannot_read(name, "it is a ZIP archive, not a document", "unpack it and give the files in it.")
    if data.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in data:
            raise cannot_read(name, "it is locked with a password", "save it without a password and try again.")
        raise cannot_read(name, "it is an old Word or Office file (.doc)", "save it as .docx or PDF.")
    for magic, kind in _UNREADABLE:
        if data.startswith(magic):
            raise cannot_read(name, f"it is {kind}, not a text", "give the policy as text, HTML, PDF or DOCX.")
    return None


def refuse_binary(text: str, *, name: str) -> None:
    """Raise `ReadError` when decoded text holds so many control characters that it is no text."""
    controls = sum(text.count(chr(code)) for code in range(32) if chr(code) not in "\t\n\r\f")
    if controls > _MOST_CONTROLS * len(text):
        raise cannot_read(
            name,
            f"it is binary: {controls:,} of its {len(text):,} characters are control characters",
            "give the policy as text, HTML, PDF or DOCX.",
        )


def text_type(text: str) -> str:
    """HTML, Markdown or plain text, by content. Markdown with some HTML in it is Markdown."""
    if _PAGE.match(text) or _is_fragment(text):
        return HTML
    if sum(1 for _ in zip(range(_MARKDOWN_MIN), _MARKDOWN.finditer(text), strict=False)) >= _MARKDOWN_MIN:
        return MARKDOWN
    return PLAIN


def looks_like_json_lines(text: str) -> bool:
    """Whether the first line could be a JSON object with the text of a policy."""
    first = text.lstrip("\ufeff \t\r\n").partition("\n")[0].strip()
    return first.startswith("{") and first.endswith("}") and ('"text"' in first or '"html"' in first)


def _is_fragment(text: str) -> bool:
    """Whether most text stands inside HTML block elements, or lines are made by ``<br>`` alone."""
    depth = position = inside = breaks = 0
    total = 0
    for tag in _TAG.finditer(text):
        name = tag[2].lower()
        breaks += name == "br"
        size = len(text[position : tag.start()].strip())
        total += size
        inside += size if depth else 0
        position = tag.end()
        if name in BLOCKS - VOID:
            depth = max(0, depth - 1) if tag[1] else depth + 1
    if not position:
        return False
    rest = len(text[position:].strip())
    total += rest
    inside += rest if depth else 0
    if total and inside >= _MOSTLY * total:
        return True
    return breaks >= 3 and breaks > 3 * text.count("\n") and not _MARKDOWN.search(text)
