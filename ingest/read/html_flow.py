"""The units a page is laid out in.

In: pieces of HTML source in order (`html_layout`). Out: `Flow`s, one for each stretch of inline text between block
boundaries, white space collapsed as a browser shows it, each piece with its source range; and `Element`s, the thin
tree they hang on. `assemble` joins flows to canonical text, source map and blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..records import Block, BlockKind, SourceMap
from .canonical import FORBIDDEN, Run, TextBuilder
from .html_scan import attributes_of, reference_at

_SET_ASIDE: frozenset[BlockKind] = frozenset(("boilerplate", "contents"))
_SPECIAL = re.compile(rf"[\t\n\f\r ]{{2,}}|[\t\n\f\r]|&|{FORBIDDEN}")
_SPECIAL_PRESERVED = re.compile(rf"\r\n?|\n|&|{FORBIDDEN}")
_COLLAPSIBLE = frozenset("\t\n\f\r ")
_FORBIDDEN = re.compile(FORBIDDEN)


class Element:
    """An element of the page. ``name`` is lower case; ``hidden``: not shown; ``block``: starts a new line."""

    __slots__ = ("_attributes", "block", "hidden", "name", "parent", "preserved", "raw_attributes")

    def __init__(self, name: str, parent: Element | None, raw_attributes: str = "") -> None:
        self.name = name
        self.parent = parent
        self.raw_attributes = raw_attributes
        self.hidden = False
        self.block = False
        self.preserved = False
        self._attributes: dict[str, str] | None = None

    @property
    def attributes(self) -> dict[str, str]:
        """Lower-case names to values, parsed when first asked for."""
        if self._attributes is None:
            self._attributes = attributes_of(self.raw_attributes) if self.raw_attributes.strip() else {}
        return self._attributes


@dataclass(eq=False, slots=True)
class Row:
    """A table row: its table and how many cells have begun (the cell now open is number ``cells - 1``)."""

    table: Element
    cells: int = 0


class Flow:
    """Inline text between two block boundaries, built up piece by piece.

    ``linked`` and ``anchored`` count the characters inside links and inside links to a place on the same page.
    """

    __slots__ = (
        "_breaks",
        "_space",
        "anchored",
        "builder",
        "cell",
        "element",
        "kind",
        "level",
        "linked",
        "marker",
        "row",
    )

    def __init__(self, element: Element, kind: BlockKind, level: int, marker: str, row: Row | None) -> None:
        self.element = element
        self.kind: BlockKind = kind
        self.level = level
        self.marker = marker
        self.row = row
        self.cell = row.cells - 1 if row is not None else 0
        self.builder = TextBuilder()
        self.linked = 0
        self.anchored = 0
        self._space: tuple[int, int] | None = None
        self._breaks: list[tuple[int, int] | None] = []

    @property
    def length(self) -> int:
        """Characters of text so far."""
        return self.builder.length

    def write(self, text: str, start: int, length: int) -> None:
        """Append visible ``text`` from ``source[start:start + length]``, after the white space that waits before it."""
        builder = self.builder
        if self._breaks:
            for place in self._breaks:
                if place is None:
                    builder.add_unmapped("\n")
                else:
                    builder.add("\n", place[0], place[1] - place[0])
            self._breaks.clear()
            self._space = None
        elif self._space is not None:
            builder.add(" ", self._space[0], self._space[1] - self._space[0])
            self._space = None
        builder.add(text, start, length)

    def space(self, start: int, end: int) -> None:
        """Collapsible white space: shown as one space if text stands on both sides of it on one line."""
        if self._space is None and not self._breaks and self.builder.length:
            self._space = (start, end)

    def line_break(self, start: int, end: int) -> None:
        """A line break with a source (``<br>``, a line end in ``<pre>``); none is shown before or after all text."""
        if self.builder.length:
            self._breaks.append((start, end))

    def soft_break(self) -> None:
        """A line break without a source: a block boundary inside an item, heading or cell."""
        if self.builder.length and not self._breaks:
            self._breaks.append(None)

    def add(self, source: str, start: int, end: int) -> None:
        """Append the source text ``[start, end)``: white space collapsed, references decoded."""
        position = start
        for match in _SPECIAL.finditer(source, start, end):
            found, after = match.span()
            if found < position:
                continue
            if found > position:
                self._words(source, position, found)
            char = source[found]
            if char in _COLLAPSIBLE:
                self.space(found, after)
            elif char == "&":
                after = self._reference(source, found, end)
            position = after
        if position < end:
            self._words(source, position, end)

    def add_preserved(self, source: str, start: int, end: int, *, references: bool = True) -> None:
        """Append source text whose white space counts (``<pre>``)."""
        position = start
        for match in _SPECIAL_PRESERVED.finditer(source, start, end):
            found, after = match.span()
            if found < position:
                continue
            char = source[found]
            if char == "&" and not references:
                continue
            if found > position:
                self.write(source[position:found], position, found - position)
            if char in "\r\n":
                self.line_break(found, after)
            elif char == "&":
                after = self._reference(source, found, end)
            position = after
        if position < end:
            self.write(source[position:end], position, end - position)

    def _words(self, source: str, start: int, end: int) -> None:
        """Text in which white space is only single spaces."""
        if source[start] == " ":
            self.space(start, start + 1)
            start += 1
        last = end - 1 if end > start and source[end - 1] == " " else end
        if last > start:
            self.write(source[start:last], start, last - start)
        if last < end:
            self.space(last, end)

    def _reference(self, source: str, start: int, end: int) -> int:
        reference = reference_at(source, start, end)
        if reference is None:
            self.write("&", start, 1)
            return start + 1
        char, after = reference
        if char in _COLLAPSIBLE:
            self.space(start, after)
        elif char := _FORBIDDEN.sub("", char):
            self.write(char, start, after - start)
        return after


def assemble(flows: Iterable[Flow], data_tables: set[Element]) -> tuple[str, SourceMap, tuple[Block, ...]]:
    """Canonical text, map and blocks of ``flows``, one block a line or lines, the flows of a data row one block.

    The cells of such a row are joined by tabs, the lines of one cell by line breaks.
    """
    texts: list[str] = []
    runs: list[Run] = []
    blocks: list[Block] = []
    length = 0
    for group in _groups(flows, data_tables):
        if blocks:
            texts.append("\n")
            length += 1
        start = length
        cell = 0
        for index, flow in enumerate(group):
            if len(group) > 1 or _in_row(flow, data_tables):
                separator = "\t" * (flow.cell - cell) or ("\n" if index else "")
                cell = flow.cell
                texts.append(separator)
                length += len(separator)
            texts.extend(flow.builder.parts)
            runs.extend((at + length, source, size, source_size) for at, source, size, source_size in flow.builder.runs)
            length += flow.builder.length
        first = group[0]
        if _in_row(first, data_tables):
            blocks.append(Block(start, length, first.kind if first.kind in _SET_ASIDE else "row"))
        else:
            blocks.append(Block(start, length, first.kind, first.level, first.marker))
    return "".join(texts), SourceMap(tuple(runs)), tuple(blocks)


def _in_row(flow: Flow, data_tables: set[Element]) -> bool:
    return flow.row is not None and flow.row.table in data_tables


def _groups(flows: Iterable[Flow], data_tables: set[Element]) -> Iterable[Sequence[Flow]]:
    """Flows that become one block: those of one data row, else each alone."""
    group: list[Flow] = []
    for flow in flows:
        joins = bool(group) and flow.row is group[0].row and _in_row(flow, data_tables)
        if group and not joins:
            yield group
            group = []
        group.append(flow)
    if group:
        yield group
