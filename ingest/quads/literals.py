"""Write RDF terms as N-Quads text.

In: Python values. Out: N-Quads literals in canonical form (the escapes of RDF dataset canonicalisation).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

_XSD = "http://www.w3.org/2001/XMLSchema#"
#: What follows the closing quote of a literal of each datatype.
OFFSET: Final = f'"^^<{_XSD}nonNegativeInteger>'
_BOOLEAN: Final = f'"^^<{_XSD}boolean>'
_DECIMAL: Final = f'"^^<{_XSD}decimal>'
TRUE: Final = f'"true{_BOOLEAN}'
FALSE: Final = f'"false{_BOOLEAN}'

_SPECIAL = re.compile(r'[\x00-\x1f"\\\x7f]')
_ESCAPES = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)} | {
    0x08: "\\b",
    0x09: "\\t",
    0x0A: "\\n",
    0x0C: "\\f",
    0x0D: "\\r",
    0x22: '\\"',
    0x5C: "\\\\",
}


def string(value: str) -> str:
    """A plain string literal."""
    if _SPECIAL.search(value):
        value = value.translate(_ESCAPES)
    return f'"{value}"'


def typed(value: str, datatype: str) -> str:
    """A literal of an XML Schema datatype, given by its local name (``date``, ``duration``, ``anyURI``)."""
    return f"{string(value)}^^<{_XSD}{datatype}>"


def offset(value: int) -> str:
    """A non-negative integer."""
    return f'"{value}{OFFSET}'


def decimal(value: float) -> str:
    """A decimal without exponent or trailing zeros: 180.0 → ``180``, 0.25 → ``0.25``."""
    text = format(Decimal(repr(value)), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f'"{text}{_DECIMAL}'


def boolean(value: bool) -> str:
    """``true`` or ``false``."""
    return TRUE if value else FALSE
