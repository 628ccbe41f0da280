"""The numbers and bullets that HTML lists show without their being text.

In: list and item elements. Out: markers ("1.", "b.", "iv.", "•").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .html_flow import Element

_BULLET = "•"
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_STYLES = {
    "decimal": "1",
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
    "none": "",
    "disc": _BULLET,
    "circle": _BULLET,
    "square": _BULLET,
}
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


@dataclass(eq=False, slots=True)
class ListState:
    """Where a list's counting stands. ``style``: "1", "a", "A", "i", "I", a bullet or ""."""

    style: str
    next: int
    step: int = 1


def list_state(element: Element) -> ListState:
    """The counting of a list that starts now."""
    plain = not element.raw_attributes.strip()
    if element.name != "ol":
        return ListState(_BULLET if plain else _style(element, _BULLET), 1)
    if plain:
        return ListState("1", 1)
    attributes = element.attributes
    return ListState(
        _style(element, "1"), _integer(attributes.get("start", ""), 1), -1 if "reversed" in attributes else 1
    )


def marker_of(element: Element, state: ListState | None) -> str:
    """The marker of the list item ``element``, counting it; a bullet outside every list."""
    if state is None:
        return _BULLET
    style = state.style
    if element.raw_attributes.strip():
        style = _style(element, style)
        state.next = _integer(element.attributes.get("value", ""), state.next)
    number = state.next
    state.next += state.step
    return f"{numeral(number, style)}." if style in {"1", "a", "A", "i", "I"} else style


def numeral(number: int, style: str) -> str:
    """``number`` as a list of ``style`` writes it; decimal where the style has no such number."""
    if style in {"a", "A"} and 0 < number < 1_000_000:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("a") + rest) + letters
        return letters if style == "a" else letters.upper()
    if style in {"i", "I"} and 0 < number < 4000:
        roman = ""
        for value, letters in _ROMAN:
            count, number = divmod(number, value)
            roman += letters * count
        return roman if style == "i" else roman.upper()
    return str(number)


def _style(element: Element, default: str) -> str:
    attributes = element.attributes
    found = _STYLE.search(attributes.get("style", ""))
    if found is not None:
        return _STYLES.get(found[1].lower(), default)
    kind = attributes.get("type", "").strip()
    if kind in {"1", "a", "A", "i", "I"}:
        return kind
    return _STYLES.get(kind.lower(), default) if kind else default


def _integer(text: str, default: int) -> int:
    match = re.match(r"\s*([+-]?\d{1,9})", text)
    return int(match[1]) if match else default
