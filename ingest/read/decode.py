"""Bytes to text, never with a silent replacement character.

In: bytes, and what is known of them (an encoding the user names, an HTTP charset). Out: `Decoded`: the text with its
byte order mark if it has one, the encoding's name, warnings. Order: what the user says, byte order mark, declaration
(HTTP, HTML meta, XML), detection (`guess`). Raises `ReadError` naming the byte at which every way failed.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from .errors import ReadError, cannot_read
from .guess import guess

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([a-zA-Z0-9_.:-]+)", re.IGNORECASE)
_DECLARATION_WITHIN = 4_096  # bytes (browsers look at 1,024)

#: Labels that mean a larger encoding in practice (as in the WHATWG Encoding standard).
_ALIASES = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "cp950",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_NOT_CHARSETS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "utf-7", "undefined"})
#: Tried in turn when the first one fails.
_WIDER = {"cp950": ("big5hkscs",)}
#: What people call an encoding, where Python's name is less known.
_KNOWN_AS = {
    "cp950": "big5",
    "big5hkscs": "big5-hkscs",
    "cp1250": "windows-1250",
    "cp1251": "windows-1251",
    "cp1252": "windows-1252",
    "cp932": "shift_jis",
    "cp949": "euc-kr",
    "cp1254": "windows-1254",
    "cp874": "windows-874",
}
_MOST_ZEROS = 0.001
_MEND = "say which encoding the file has (--encoding big5, gb18030, windows-1250, …), or save it as UTF-8."


@dataclass(frozen=True, slots=True)
class Decoded:
    """``text`` is exactly what the bytes say, its byte order mark included. ``encoding``: a common lower-case name."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, *, name: str, encoding: str | None = None, charset: str | None = None) -> Decoded:
    """The text of ``data``. ``encoding`` is the user's word and final; ``charset`` is what HTTP said, only a claim.

    Raises `ReadError`: an unknown encoding, bytes it cannot hold, undecidable bytes.
    """
    if encoding is not None:
        return _as_told(data, name, encoding)
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _as_marked(data, name, marked)
    warnings: tuple[str, ...] = ()
    declared = charset or declared_encoding(data)
    if declared is not None and not declared.lower().startswith(("utf-16", "utf-32", "utf16", "utf32")):
        codec = _codec(declared)
        if codec is None:
            warnings = (f'The declared encoding "{declared}" is unknown; it was detected instead.',)
        elif (found := _strict(data, codec)) is not None:
            text, codec = found
            if codec == "utf-8" or not _is_really_utf8(data):
                return Decoded(text, _KNOWN_AS.get(codec, codec))
            warnings = (f"The text is declared as {declared} but is UTF-8, and was read as UTF-8.",)
        else:
            warnings = (f"The text is declared as {declared} but is not; its encoding was detected instead.",)
    guessed = guess(data)
    if guessed is None:
        raise _undecidable(data, name)
    return Decoded(guessed[0], _KNOWN_AS.get(guessed[1], guessed[1]), warnings)


def declared_encoding(data: bytes) -> str | None:
    """The encoding that an XML declaration or an HTML ``meta`` element near the start names."""
    head = data[:_DECLARATION_WITHIN]
    found = _XML.search(head) or _META.search(head)
    return found[1].decode("ascii") if found else None


def _codec(label: str) -> str | None:
    """Python's name for an encoding label; None where there is no such text encoding."""
    try:
        "a".encode(label.strip())
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return None
    if name in _NOT_CHARSETS:
        return None
    name = "utf-8" if name == "utf-8-sig" else name
    return _ALIASES.get(name, name)


def _strict(data: bytes, codec: str) -> tuple[str, str] | None:
    for candidate in (codec, *_WIDER.get(codec, ())):
        try:
            return data.decode(candidate), candidate
        except UnicodeDecodeError:
            continue
    return None


def _is_really_utf8(data: bytes) -> bool:
    """Whether bytes declared as something else hold multi-byte UTF-8, which no other encoding gives by chance."""
    if data.isascii():
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _as_told(data: bytes, name: str, encoding: str) -> Decoded:
    codec = _codec(encoding)
    if codec is None:
        raise cannot_read(name, f'there is no encoding "{encoding}"', _MEND)
    if codec == "utf-16" or codec == "utf-32":
        marked = next((known for mark, known in _MARKS if known.startswith(codec) and data.startswith(mark)), None)
        codec = marked or f"{codec}-le"
    found = _strict(data, codec)
    if found is None:
        raise _broken(data, name, codec, f"it is not {encoding}")
    return Decoded(found[0], _KNOWN_AS.get(found[1], found[1]))


def _as_marked(data: bytes, name: str, codec: str) -> Decoded:
    found = _strict(data, codec)
    if found is None:
        raise _broken(data, name, codec, f"it starts as {codec} (byte order mark) but is not")
    return Decoded(found[0], codec)


def _undecidable(data: bytes, name: str) -> ReadError:
    zeros = data.count(0)
    if zeros > _MOST_ZEROS * len(data):
        cause = f"it is binary ({zeros:,} of its {len(data):,} bytes are zero)"
        return cannot_read(name, cause, "give the policy as text, HTML, PDF or DOCX.")
    return _broken(data, name, "utf-8", "its encoding cannot be told: it is not UTF-8")


def _broken(data: bytes, name: str, codec: str, cause: str) -> ReadError:
    try:
        data.decode(codec)
    except UnicodeDecodeError as error:
        at = f"byte 0x{data[error.start]:02x} at offset {error.start:,}"
        return cannot_read(name, f"{cause} ({at})", _MEND)
    return cannot_read(name, cause, _MEND)
