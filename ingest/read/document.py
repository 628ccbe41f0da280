"""Bytes to a `Document`: the one way every source goes.

In: bytes, a name for messages, the policy's key, what is known of type, language and encoding. Out: the frozen
`Document`. Raises `ReadError` that names the source, the cause and the mend.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from ..language import UNDETERMINED, canonical_tag, identify
from ..records import Block, Document, SourceMap
from .canonical import canonical
from .decode import decode
from .docx import read_docx
from .errors import cannot_read
from .html_read import read_html
from .limits import DEFAULT_LIMITS, Limits, check_bytes, check_characters
from .pdf import read_pdf
from .sniff import (
    DOCX,
    HTML,
    JSON_LINES,
    MARKDOWN,
    PDF,
    PLAIN,
    binary_type,
    by_name,
    media_type_of,
    refuse_binary,
    text_type,
)

_SURE = 0.8  # a language found with less confidence is worth a warning
_IDENTITY = SourceMap()
_TEXT_TYPES = frozenset({PLAIN, HTML, MARKDOWN})


@dataclass(frozen=True, slots=True)
class _Read:
    """What the reader of one format found."""

    text: str
    source_map: SourceMap = _IDENTITY
    blocks: tuple[Block, ...] = ()
    title: str = ""
    language: str = ""
    media_type: str = PLAIN
    encoding: str = "utf-8"
    warnings: tuple[str, ...] = ()


def read_bytes(
    data: bytes,
    *,
    name: str,
    key: str,
    media_type: str | None = None,
    language: str | None = None,
    url: str = "",
    limits: Limits = DEFAULT_LIMITS,
    encoding: str | None = None,
    charset: str | None = None,
) -> Document:
    """The document that ``data`` is.

    ``name`` is the file, record or address for messages; ``key`` the policy's identity. ``media_type`` and
    ``language`` are what the caller knows (None: decided by extension and content, detected). ``encoding`` is the
    user's word, ``charset`` a claim (of an HTTP header) that the content may contradict.
    """
    check_bytes(name, len(data), limits)
    if not data:
        raise cannot_read(name, "it is empty", "check the file; a policy needs some text.")
    read = _read(data, name, media_type, limits, encoding, charset)
    if not read.text.strip():
        raise cannot_read(name, _why_empty(read), "check the file; a policy needs some text.")
    check_characters(name, len(read.text), limits)
    tag, warnings = _language(read, name, language)
    return Document(
        key=key,
        text=read.text,
        language=tag,
        sha256=hashlib.sha256(data).hexdigest(),
        source_map=read.source_map,
        blocks=read.blocks,
        title=read.title,
        url=url,
        origin=name,
        media_type=read.media_type,
        encoding=read.encoding,
        warnings=read.warnings + warnings,
    )


def _read(
    data: bytes, name: str, media_type: str | None, limits: Limits, encoding: str | None, charset: str | None
) -> _Read:
    known = media_type_of(media_type) if media_type else by_name(name)
    binary = binary_type(data, name=name, expected=known)
    if binary == PDF:
        pdf = read_pdf(data, name=name, limits=limits)
        return _Read(pdf.text, blocks=pdf.blocks, title=pdf.title, media_type=PDF, encoding="", warnings=pdf.warnings)
    if binary == DOCX:
        docx = read_docx(data, name=name, limits=limits)
        return _Read(docx.text, blocks=docx.blocks, media_type=DOCX, encoding="", warnings=docx.warnings)
    if known == JSON_LINES:
        raise cannot_read(name, "it holds records, not one policy", "give the .jsonl file itself as an input.")
    if known in {PDF, DOCX}:
        kind = "PDF" if known == PDF else "DOCX"
        raise cannot_read(name, f"it is called {kind} but is none", f"give a {kind} file, or correct the name.")
    decoded = decode(data, name=name, encoding=encoding, charset=charset)
    refuse_binary(decoded.text, name=name)
    kind = known if known in {HTML, MARKDOWN} else text_type(decoded.text)
    warnings = decoded.warnings
    replaced = decoded.text.count("\ufffd")
    if replaced:
        warnings += (f"The source holds {replaced:,} replacement characters (U+FFFD): it was damaged before.",)
    if kind == HTML:
        page = read_html(decoded.text)
        warnings += page.warnings
        return _Read(
            page.text, page.source_map, page.blocks, page.title, page.language, HTML, decoded.encoding, warnings
        )
    text, source_map = canonical(decoded.text)
    return _Read(text, source_map, media_type=kind, encoding=decoded.encoding, warnings=warnings)


def _why_empty(read: _Read) -> str:
    if read.media_type == HTML:
        return "this page shows no text (it may be built by scripts in the browser)"
    return "it holds only white space" if read.media_type in _TEXT_TYPES else "it holds no text"


def _language(read: _Read, name: str, given: str | None) -> tuple[str, tuple[str, ...]]:
    """The document's language and warnings; what the caller gives is kept."""
    found, confidence = identify(read.text)
    if given:
        tag = canonical_tag(given, read.text)
        if not tag:
            raise cannot_read(
                name,
                f'its language "{given}" is not a language tag',
                "write a BCP 47 tag such as en, cs, zh-Hant or zh-Hans.",
            )
        if found != UNDETERMINED and confidence >= _SURE and found.partition("-")[0] != tag.partition("-")[0]:
            return tag, (f"The language is given as {tag}, but the text reads like {found}.",)
        return tag, ()
    if found != UNDETERMINED:
        unsure = f"The language {found} was detected with little confidence ({confidence:.2f})."
        return found, () if confidence >= _SURE else (unsure,)
    declared = canonical_tag(read.language, read.text) if read.language else ""
    if declared and declared != "zh":
        return declared, (f"The language could not be detected; {declared} is what the page declares.",)
    raise cannot_read(
        name,
        "its language cannot be determined",
        'say which it is (--lang cs, or "lang" in the record), or give more text.',
    )
