"""What a row of the register of processing activities is.

In: nothing. Out: `COLUMNS` (with the point of GDPR Art. 30(1) that each answers), `Row`, `Entry`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

__all__ = ["COLUMNS", "NOT_STATED", "Column", "Entry", "Row"]

#: What stands where the text says nothing.
NOT_STATED: Final = "not stated"


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``point``: the letter of Art. 30(1). ``where``: whether the law asks for it only where it applies."""

    name: str
    title: str
    point: str
    where: bool = False


COLUMNS: Final = (
    Column("purpose", "Purpose of the processing", "b"),
    Column("controller", "Controller", "a"),
    Column("contact", "Contact of the controller", "a"),
    Column("joint", "Joint controllers", "a", where=True),
    Column("representative", "Representative", "a", where=True),
    Column("dpo", "Data protection officer", "a", where=True),
    Column("subjects", "Categories of data subjects", "c"),
    Column("data", "Categories of personal data", "c"),
    Column("recipients", "Categories of recipients", "d"),
    Column("countries", "Transfers: third countries", "e", where=True),
    Column("safeguards", "Transfers: safeguards", "e", where=True),
    Column("erasure", "Time limits for erasure", "f"),
    Column("measures", "Security measures", "g"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a cell. ``iri``: a party or condition; ``concept``: a concept's local name; "" for neither."""

    text: str
    iri: str = ""
    concept: str = ""
    duration: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One activity of one policy. ``cells`` by column name; an empty one is not stated."""

    policy: str
    version: str
    title: str
    language: str
    key: str
    cells: Mapping[str, tuple[Entry, ...]]
    conditions: tuple[Entry, ...]
    statements: tuple[str, ...]
    quotes: tuple[str, ...]

    def text(self, column: str) -> str:
        """A cell as text."""
        return "; ".join(entry.text for entry in self.cells[column]) or NOT_STATED
