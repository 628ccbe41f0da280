"""Which part of a page is the policy and which is the site around it.

In: a `Page`. Out: flow kinds set to ``boilerplate`` (navigation, header, footer, cookie banner, what stands outside
the main region) and ``contents`` (lists of links to places on the page), and the tables whose rows are data. When in
doubt text stays content: losing a clause is worse than keeping a menu. Fragments have no boilerplate.
"""

from __future__ import annotations

import re
from itertools import groupby

from .html_flow import Element, Flow
from .html_layout import Page

_FURNITURE = frozenset({"nav", "header", "footer", "aside", "form", "dialog", "select"})
_FURNITURE_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog"}
)
#: A header, footer or aside inside one of these belongs to it and is content.
_SECTIONING = frozenset({"main", "article", "section"})
_OF_THE_SITE = frozenset({"header", "footer", "aside", "banner", "contentinfo", "complementary"})
_BANNER = re.compile(
    r"(?:onetrust-(?:banner|consent|pc)|cybotcookiebotdialog|usercentrics|didomi|truste_|qc-cmp|osano-cm|iubenda-cs|"
    r"cky-|borlabs|cc-(?:window|banner)|(?:cookie|gdpr|consent)s?[-_]?(?:banner|bar|popup|pop-up|modal|overlay|consent|law))",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"(?:^|\s)(?:breadcrumbs?|skip-(?:link|to-content)|site-?(?:header|footer|nav)|navbar|main-?nav|sidebar|page-footer)"
    r"(?:\s|$)",
    re.IGNORECASE,
)
_DOUBT = 0.5  # a piece of furniture with more of the page's running text than this is the page
_LESS_CERTAIN = 0.25  # the same for forms, asides, banners
_LINK_DENSE = 0.8
_LONGEST_CELL = 2_000
_CONTENTS_MIN = 3
_LONGEST_EXTRACTED = 1_000_000  # code points of HTML that trafilatura is asked about


class _Weights:
    """Characters of running text (outside links) in each element's subtree."""

    def __init__(self, page: Page) -> None:
        self.own: dict[Element, int] = {}
        for flow in page.flows:
            self.own[flow.element] = self.own.get(flow.element, 0) + flow.length - flow.linked
        self.total = sum(self.own.values())
        for element in reversed(page.elements):
            if element.parent is not None and element in self.own:
                self.own[element.parent] = self.own.get(element.parent, 0) + self.own[element]

    def share(self, element: Element) -> float:
        """The element's part of all running text, 0 to 1."""
        return self.own.get(element, 0) / self.total if self.total else 0.0


def data_tables(page: Page) -> set[Element]:
    """Tables with several columns of data; a table that only lays text out is none."""
    flows: dict[Element, list[Flow]] = {}
    for flow in page.flows:
        if flow.row is not None:
            flows.setdefault(flow.row.table, []).append(flow)
    nesting = {table: _enclosing(table) for table in flows}
    outer = {table for enclosing in nesting.values() for table in enclosing}
    return {table for table, rows in flows.items() if table not in outer and _is_data(table, rows)}


def _enclosing(table: Element) -> list[Element]:
    found = []
    element = table.parent
    while element is not None:
        if element.name == "table":
            found.append(element)
        element = element.parent
    return found


def _is_data(table: Element, flows: list[Flow]) -> bool:
    if table.attributes.get("role") in {"presentation", "none"}:
        return False
    columns = 0
    for _, of_row in groupby(flows, key=lambda flow: id(flow.row)):
        cells: dict[int, list[Flow]] = {}
        for flow in of_row:
            cells.setdefault(flow.cell, []).append(flow)
        columns = max(columns, len(cells))
        for cell in cells.values():
            if sum(flow.length for flow in cell) > _LONGEST_CELL or any(flow.kind == "heading" for flow in cell[:-1]):
                return False
    return columns > 1


def mark_contents(page: Page) -> None:
    """Set the kind of flows that are entries of a table of contents: several in a row, each a link into this page."""
    for is_entry, run in groupby(page.flows, key=_is_entry):
        flows = list(run)
        if is_entry and sum(flow.builder.text().count("\n") + 1 for flow in flows) >= _CONTENTS_MIN:
            for flow in flows:
                flow.kind, flow.level, flow.marker = "contents", 0, ""


def _is_entry(flow: Flow) -> bool:
    if flow.kind not in {"paragraph", "item"} or not flow.anchored:
        return False
    return flow.anchored >= flow.length - flow.builder.text().count("\n") - 3  # numbers and dashes beside the links


def mark_boilerplate(page: Page, source: str) -> tuple[str, ...]:
    """Set the kind of flows around the policy of a full page to ``boilerplate``; returns warnings."""
    if not page.full or not page.flows:
        return ()
    weights = _Weights(page)
    furniture = _furniture(page, weights)
    around = [flow for flow in page.flows if _is_furniture(flow, furniture)]
    cut = set(map(id, around))
    main = _main_region(page, weights, furniture, source)
    if main is not None:
        cut |= {id(flow) for flow in page.flows if not _is_title(flow) and main.isdisjoint(_line(flow.element))}
    for flow in page.flows:
        if id(flow) in cut and flow.kind != "contents":
            flow.kind, flow.level, flow.marker = "boilerplate", 0, ""
    removed = sum(flow.length for flow in page.flows if flow.kind == "boilerplate")
    if not removed:
        return ()
    total = sum(flow.length for flow in page.flows)
    return (f"{removed:,} of {total:,} characters were set aside as the site around the policy.",)


def _furniture(page: Page, weights: _Weights) -> set[Element]:
    """The elements that frame the page and hold too little running text to be it."""
    sectioned: set[Element] = set()  # inside main, article or section
    found: set[Element] = set()
    for element in page.elements:
        parent = element.parent
        if parent is not None and (parent in sectioned or parent.name in _SECTIONING):
            sectioned.add(element)
        role = element.attributes.get("role", "") if "role" in element.raw_attributes else ""
        if element.name in _FURNITURE or role in _FURNITURE_ROLES:
            inside = element in sectioned and (element.name in _OF_THE_SITE or role in _OF_THE_SITE)
            certain = element.name in {"nav", "header", "footer"} or role in {"navigation", "banner", "contentinfo"}
            if not inside and weights.share(element) <= (_DOUBT if certain else _LESS_CERTAIN):
                found.add(element)
        elif element.block and _named_furniture(element) and weights.share(element) <= _LESS_CERTAIN:
            found.add(element)
    return found


def _named_furniture(element: Element) -> bool:
    if "class" not in element.raw_attributes and "id" not in element.raw_attributes:
        return False
    attributes = element.attributes
    names = f"{attributes.get('id', '')} {attributes.get('class', '')}"
    return bool(_BANNER.search(names) or _AROUND.search(names))


def _is_furniture(flow: Flow, furniture: set[Element]) -> bool:
    """Whether a flow stands in furniture; a title in the page's header is content."""
    frame = next((element for element in _line(flow.element) if element in furniture), None)
    return frame is not None and not (frame.name == "header" and _is_title(flow))


def _is_title(flow: Flow) -> bool:
    return flow.kind == "heading" and flow.level == 1 and flow.linked < _LINK_DENSE * flow.length


def _main_region(page: Page, weights: _Weights, furniture: set[Element], source: str) -> set[Element] | None:
    """The elements that hold the main text, or None when that is in doubt."""
    outside = sum(weights.share(element) for element in furniture if not furniture & set(_line(element.parent)))
    enough = (1.0 - min(outside, 0.9)) * _DOUBT
    for name in ("main", "article"):
        named = [element for element in page.elements if element.name == name or _has_role(element, name)]
        outermost = {element for element in named if not set(named) & set(_line(element.parent))}
        if outermost and sum(map(weights.share, outermost)) >= enough:
            return outermost
    region = _extracted_region(page, source)
    return {region} if region is not None and weights.share(region) >= enough else None


def _has_role(element: Element, role: str) -> bool:
    return "role" in element.raw_attributes and element.attributes.get("role") == role


def _extracted_region(page: Page, source: str) -> Element | None:
    """The deepest element that holds nearly all the text which trafilatura takes for the main text."""
    if len(source) > _LONGEST_EXTRACTED:
        return None
    import trafilatura

    text = trafilatura.extract(source, include_comments=False, include_tables=True, favor_recall=True) or ""
    kept = "".join(text.split())
    own: dict[Element, int] = {}
    for flow in page.flows:
        squeezed = "".join(flow.builder.text().split())
        if len(squeezed) >= 20 and squeezed in kept:
            own[flow.element] = own.get(flow.element, 0) + len(squeezed)
    for element in reversed(page.elements):
        if element.parent is not None and element in own:
            own[element.parent] = own.get(element.parent, 0) + own[element]
    region: Element = page.elements[0]
    for element in page.elements:  # parents first: each step goes down
        if element.parent is region and own.get(element, 0) >= 0.98 * own.get(page.elements[0], 0) > 0:
            region = element
    return region if region is not page.elements[0] else None


def _line(element: Element | None) -> list[Element]:
    """The element and everything around it, nearest first."""
    line = []
    while element is not None:
        line.append(element)
        element = element.parent
    return line
