"""What attributes say about whether and how an element is shown.

In: elements, and the ids that a control on the page opens. Out: yes or no. Style sheets are not read.
"""

from __future__ import annotations

import re

from .html_flow import Element

_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b", re.IGNORECASE)
_BLOCK = re.compile(r"(?:^|;)\s*display\s*:\s*(?:block|flex|grid|list-item|table)\s*(?:!|;|$)", re.IGNORECASE)
_PRESERVED = re.compile(
    r"(?:^|;)\s*white-space\s*:\s*(?:pre|pre-wrap|pre-line|break-spaces)\s*(?:!|;|$)", re.IGNORECASE
)
_CONTROLLED = re.compile(
    r"\b(?:aria-controls|data-(?:bs-)?target)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE
)
_PANEL_ROLES = frozenset({"tabpanel", "region"})


def opened_ids(source: str) -> frozenset[str]:
    """The ids of elements that a control on the page opens (folds, tabs): text a reader can get by a click."""
    ids: set[str] = set()
    if "aria-controls" in source or "target" in source:
        for match in _CONTROLLED.finditer(source):
            ids.update(part.lstrip("#") for value in match.groups() if value for part in value.split())
    return frozenset(ids)


def is_hidden(element: Element, opened: frozenset[str]) -> bool:
    """Whether an element with a ``hidden`` or ``style`` attribute is left out: folds that a click opens are not."""
    attributes = element.attributes
    if "hidden" not in attributes and not _HIDING.search(attributes.get("style", "")):
        return False
    if attributes.get("hidden", "").strip().lower() == "until-found":
        return False
    return attributes.get("role") not in _PANEL_ROLES and attributes.get("id", "") not in opened


def is_block_style(element: Element) -> bool:
    """Whether the ``style`` attribute makes it a block."""
    return _BLOCK.search(element.attributes.get("style", "")) is not None


def is_preserved_style(element: Element) -> bool:
    """Whether the ``style`` attribute keeps white space."""
    return _PRESERVED.search(element.attributes.get("style", "")) is not None
