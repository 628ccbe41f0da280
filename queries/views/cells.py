"""Texts in cells of a spreadsheet.

In: texts. Out: the same, so that no spreadsheet runs them.
"""

from __future__ import annotations

from typing import Final

__all__ = ["FORMULA", "harmless_text"]

#: What a spreadsheet would take for a formula if a cell began with it.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def harmless_text(text: str) -> str:
    """What looks like a formula gets an apostrophe before it."""
    return f"'{text}" if text.startswith(FORMULA) else text
