"""Plain text made canonical, with the way back.

In: decoded source text. Out: the same text with LF line ends, without a byte order mark at its start and without
characters that XML 1.0 forbids, and a `SourceMap` to code points of the source (the identity where nothing changed).
"""

from __future__ import annotations

import re

from ..records import SourceMap

#: One character that XML 1.0 does not allow (controls, lone surrogates, U+FFFE, U+FFFF).
FORBIDDEN = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_CHANGED = re.compile(rf"\r\n?|{FORBIDDEN}")

Run = tuple[int, int, int, int]


class TextBuilder:
    """Collects canonical text piece by piece with the source range of each piece.

    Neighbouring pieces copied code point by code point become one run.
    """

    __slots__ = ("length", "parts", "runs")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.runs: list[Run] = []
        self.length = 0

    def add(self, text: str, source: int, source_length: int) -> None:
        """Append ``text``, which stands for ``source_length`` code points of the source from ``source`` on."""
        length = len(text)
        if self.runs and length == source_length:
            start, run_source, run_length, run_source_length = self.runs[-1]
            follows = start + run_length == self.length and run_source + run_source_length == source
            if run_length == run_source_length and follows:
                self.runs[-1] = (start, run_source, run_length + length, run_length + length)
                self.parts.append(text)
                self.length += length
                return
        self.runs.append((self.length, source, length, source_length))
        self.parts.append(text)
        self.length += length

    def add_unmapped(self, text: str) -> None:
        """Append ``text`` that has no source (a separator)."""
        self.parts.append(text)
        self.length += len(text)

    def text(self) -> str:
        """The text collected so far."""
        return "".join(self.parts)


def canonical(source: str) -> tuple[str, SourceMap]:
    """``source`` with CRLF and CR as LF and without byte order mark and forbidden characters, and the map back."""
    position = 1 if source.startswith("\ufeff") else 0
    if not position and _CHANGED.search(source) is None:
        return source, SourceMap()
    builder = TextBuilder()
    for match in _CHANGED.finditer(source, position):
        start, end = match.span()
        if start > position:
            builder.add(source[position:start], position, start - position)
        if source[start] == "\r":
            builder.add("\n", start, end - start)
        position = end
    if position < len(source):
        builder.add(source[position:], position, len(source) - position)
    return builder.text(), SourceMap(tuple(builder.runs))


def without_forbidden(text: str) -> str:
    """``text`` without characters that XML 1.0 forbids (for titles and other strings that carry no offsets)."""
    return _CHANGED.sub(lambda match: " " if match[0][0] == "\r" else "", text)
