"""Text as it is compared: without case, width and accents, in one Chinese script.

In: text. Out: `fold`, which keeps every offset, and `contains`, the same in SPARQL as far as SPARQL goes.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import opencc

from .graph import literal

#: Beyond these a character is compared as it is; ideographs are among them.
_RANGES = ((0x20, 0x530), (0x1E00, 0x2070), (0xFF01, 0xFFEF), (0x3000, 0x3001))


@cache
def _table() -> dict[int, str]:
    """One code point to one: lower case, no accents, narrow forms, Traditional to Simplified."""
    table: dict[int, str] = {}
    for code in (code for first, last in _RANGES for code in range(first, last)):
        folded = unicodedata.normalize("NFKD", chr(code).lower())
        base = "".join(char for char in folded if not unicodedata.combining(char))
        if len(base) == 1 and base != chr(code):
            table[code] = base
    characters = [chr(code) for code in range(0x3400, 0xA000)]
    simplified = _convert("t2s", "\n".join(characters)).split("\n")
    table |= {ord(old): new for old, new in zip(characters, simplified, strict=True) if len(new) == 1 and new != old}
    return table


@cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)


def _convert(name: str, text: str) -> str:
    return str(_converter(name).convert(text))


def fold(text: str) -> str:
    """The text with equal letters made equal; as long as it was."""
    return text.translate(_table())


def contains(variable: str, text: str) -> str:
    """A SPARQL test that a variable's text holds this one, in either case and either Chinese script."""
    wanted = " ".join(text.split()).lower()
    forms = dict.fromkeys((wanted, _convert("t2s", wanted), _convert("s2t", wanted), _convert("s2tw", wanted)))
    return " || ".join(f"CONTAINS(LCASE(STR({variable})), {literal(form)})" for form in forms)
