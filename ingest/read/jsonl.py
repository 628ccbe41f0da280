"""JSON Lines: one policy a line.

In: lines of ``{"id", "lang"?, "url"?, "text" | "html"}``; other members are ignored. Out: `Record`s, and the places
of the lines so that a worker can read its own. Raises `ReadError` naming file and line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from .addresses import normalised
from .errors import cannot_read
from .limits import Limits, check_bytes

_MEND = 'write one object a line: {"id": …, "lang": …, "url": …, "text": … or "html": …}.'
_JSON_OVERHEAD = 3  # a record's line may be this many times as long as its text: escapes


@dataclass(frozen=True, slots=True)
class Record:
    """One record. ``key``: its id, else its normalised URL. ``content``: the UTF-8 of its text or HTML."""

    key: str
    language: str | None
    url: str
    content: bytes
    is_html: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file: its number from 1, its place in bytes; ``data`` is None when it is too long to read."""

    number: int
    offset: int
    length: int
    data: bytes | None


def lines_of(file: BinaryIO, limits: Limits) -> Iterator[Line]:
    """The non-blank lines of an open file, a byte order mark at the start left out."""
    longest = _JSON_OVERHEAD * limits.max_bytes
    number = offset = 0
    while piece := file.readline(longest):
        number += 1
        start = offset
        offset += len(piece)
        data: bytes | None = piece
        while not piece.endswith(b"\n") and (piece := file.readline(longest)):
            offset += len(piece)
            data = None
        if data is not None and start == 0 and data.startswith(b"\xef\xbb\xbf"):
            data, start = data[3:], 3
        if data is None or data.strip():
            yield Line(number, start, offset - start, data)


def parse_record(data: bytes, *, name: str, limits: Limits) -> Record:
    """The record in one line. ``name`` is the file with the line's number."""
    record = _object(data, name)
    field = _content_field(record, name)
    try:
        content = record[field].encode()
    except UnicodeEncodeError as error:
        raise cannot_read(
            name,
            f'its "{field}" holds a broken character (half of a surrogate pair, at position {error.start:,})',
            "write the file anew with the tool that made it.",
        ) from error
    check_bytes(name, len(content), limits)
    url = _string(record, "url", name)
    key = _identifier(record, name) or (normalised(url) if url else "")
    if not key:
        raise cannot_read(name, 'the record has neither "id" nor "url"', "give every record an id of its own.")
    return Record(key, _string(record, "lang", name) or None, url, content, field == "html")


def _object(data: bytes, name: str) -> dict[str, Any]:
    try:
        record = json.loads(data.decode())
    except UnicodeDecodeError as error:
        raise cannot_read(
            name, f"it is not UTF-8 (byte 0x{data[error.start]:02x} at offset {error.start:,} of the line)", _MEND
        ) from error
    except (ValueError, RecursionError) as error:
        raise cannot_read(name, f"it is not JSON ({error})", _MEND) from error
    if not isinstance(record, dict):
        raise cannot_read(name, "it is not a JSON object", _MEND)
    return record


def _content_field(record: dict[str, Any], name: str) -> str:
    given = [field for field in ("text", "html") if record.get(field) is not None]
    if len(given) != 1:
        cause = 'it has both "text" and "html"' if given else 'it has neither "text" nor "html"'
        raise cannot_read(name, cause, _MEND)
    if not isinstance(record[given[0]], str):
        raise cannot_read(name, f'its "{given[0]}" is not a string', _MEND)
    return given[0]


def _string(record: dict[str, Any], field: str, name: str) -> str:
    value = record.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise cannot_read(name, f'its "{field}" is not a string', _MEND)
    return value.strip()


def _identifier(record: dict[str, Any], name: str) -> str:
    value = record.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string(record, "id", name)
