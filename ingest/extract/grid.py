"""The rows of tables whose first row names what their columns hold: "Data | Purpose | How long".

In: the document's `Reading` and clauses. Out: a `Row` for each row of such a table, with the column of every cell; what a
row states is said by `tables`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..records import Clause
from .context import OF_VERB
from .reading import Reading

#: Columns that say yes or no to a practice.
PRACTICES = frozenset({"Collect", "Share", "Sell", "Store", "Transfer"})
_COOKIES = re.compile(r"cookie|tracker|local ?storage|pixel", re.IGNORECASE)
_HEAD_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's content without its blanks and marks, and what its column's head calls it ("" where it does not say).

    ``denies``: the practice that the head denies ("Not shared with"), "?" where it denies something else.
    """

    start: int
    end: int
    role: str
    denies: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row under known heads. ``head``: it is the row of heads. ``cookies``: the table lists cookies."""

    cells: tuple[Cell, ...]
    head: bool = False
    cookies: bool = False

    def of(self, *roles: str) -> list[Cell]:
        """The cells of these columns that are not empty, in order."""
        return [cell for cell in self.cells if cell.role in roles and cell.end > cell.start]

    def has(self, *roles: str) -> bool:
        """Whether the table has one of these columns."""
        return any(cell.role in roles for cell in self.cells)

    @property
    def denies(self) -> bool:
        """Whether a head denies something: nothing in the row is then a permission."""
        return any(cell.denies for cell in self.cells)

    @property
    def optional(self) -> bool:
        """Whether yes and no in it answer something else than whether data is handled ("Required?")."""
        return self.has("required", "refusable") and not self.has(*PRACTICES)


def beginnings(reading: Reading, clauses: Sequence[Clause]) -> frozenset[str]:
    """The paths of the first rows of all tables: behind something else, behind a blank line, above a rule of dashes."""
    out: set[str] = set()
    last: Clause | None = None
    for index, clause in enumerate(clauses):
        if clause.kind == "TableRow":
            ruled = index + 1 < len(clauses) and clauses[index + 1].kind == "Markup"
            apart = last is None or last.kind != "TableRow"
            if apart or ruled or (last is not None and reading.view.text[last.start : last.end].endswith("\n\n")):
                out.add(clause.path)
        if clause.kind != "Markup":
            last = clause
    return frozenset(out)


def rows(reading: Reading, clauses: Sequence[Clause], begin: frozenset[str]) -> dict[str, Row]:
    """The rows of every table whose heads are known, by clause path; ``begin``: see `beginnings`."""
    out: dict[str, Row] = {}
    heading = ""
    heads: list[tuple[str, str]] = []
    cookies = False
    for index, clause in enumerate(clauses):
        if clause.kind == "Heading":
            heading = clause.heading
        if clause.kind != "TableRow":
            continue
        cells = _cells(reading, clause)
        if clause.path in begin:
            heads = [_head(reading, start, end) for start, end in cells]
            roles = [role for role, _ in heads]
            known = [role for role in roles if role and role != "other"]
            ruled = index + 1 < len(clauses) and clauses[index + 1].kind == "Markup"
            if not _is_head(roles, known) and not (ruled and any(denies for _, denies in heads)):
                heads = []
            else:
                text = reading.view.text[clause.start : clause.end] + heading
                cookies = bool(_COOKIES.search(text)) and "processor" not in roles[:1]
                out[clause.path] = Row(_under(heads, cells), head=True)
        elif heads and len(cells) == len(heads):
            out[clause.path] = Row(_under(heads, cells), cookies=cookies)
    return out


def _under(heads: list[tuple[str, str]], cells: list[tuple[int, int]]) -> tuple[Cell, ...]:
    return tuple(Cell(start, end, role, denies) for (start, end), (role, denies) in zip(cells, heads, strict=True))


def _is_head(roles: list[str], known: list[str]) -> bool:
    return len(roles) > 1 and len(known) > 1 and len(known) * 2 >= len(roles)


def _cells(reading: Reading, clause: Clause) -> list[tuple[int, int]]:
    """The ranges of a row's cells: between bars (the outer ones are no cells) or tabs."""
    text = reading.view.text
    start, end = max(clause.body, clause.start), clause.end
    while start < end and text[start] in " \r\n":
        start += 1
    while end > start and text[end - 1] in " \r\n":
        end -= 1
    mark = "|" if "|" in text[start:end] else "\t"
    if mark == "|":
        start += text[start] == "|"
        end -= end > start and text[end - 1] == "|"
    out: list[tuple[int, int]] = []
    at = start
    while at <= end:
        stop = text.find(mark, at, end)
        stop = end if stop < 0 else stop
        out.append(_bare(text, at, stop))
        at = stop + 1
    return out


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t\r\n*`":
        start += 1
    while end > start and text[end - 1] in " \t\r\n*`":
        end -= 1
    return start, end


def _head(reading: Reading, start: int, end: int) -> tuple[str, str]:
    """What a head asks for and which practice it denies: ("recipient", "Share") of "Not shared with"."""
    role = role_of(reading, start, end) if end - start <= _HEAD_LENGTH else ""
    text = reading.view.text[start:end]
    verbs = reading.hits("predicates", start, end)
    denied = reading.has("negation", "words", start, end) or any(hit.negated for hit in verbs) or _DENIES.search(text)
    if not denied or _NUMBER.fullmatch(text) or role in ("required", "refusable", "other"):
        return role, ""
    said = next((OF_VERB[hit.id] for hit in verbs if hit.id in OF_VERB), "")
    if role == "data" and not said and not reading.hits("data-categories", start, end):
        return role, "?"  # "What we don't do"
    default = {"data": "Collect", "purpose": "Use", "recipient": "Share", "processor": "Share"}
    return role, said or default.get(role, "?")


_DENIES = re.compile(r"\b(?:without|never|bez|nikdy)\b|不|未|无|無|没|沒|禁", re.IGNORECASE)
_NUMBER = re.compile(r"(?:no|nr|č|#)\.?", re.IGNORECASE)


def role_of(reading: Reading, start: int, end: int) -> str:
    """What a column's head, or a label, asks for; "" where the lexicon does not know it.

    In languages that put the head noun first the first word decides, in Chinese the last.
    """
    hits = reading.hits("columns", start, end)
    asked = [hit for hit in hits if hit.id in ("required", "refusable")]
    hit = asked[0] if asked else hits[0 if reading.words else -1] if hits else None
    if hit is not None and hit.id == "kind" and any(other.id == "data" for other in hits):
        return "data"  # "Types of data"
    return hit.id if hit else ""
