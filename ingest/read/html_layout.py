"""From tags and text to flows: which text is shown, on which lines, and in what role.

In: decoded HTML. Out: `Page`: the flows in source order and the elements they hang on. Elements close as the HTML
standard says (implied end tags, scopes); text is never moved, so that source order is kept even in broken tables.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..records import BlockKind
from .canonical import without_forbidden
from .html_flow import Element, Flow, Row
from .html_lists import ListState, list_state, marker_of
from .html_names import (
    AUTOCLOSED_BY_BLOCK,
    BLOCKS,
    BREAKOUT,
    CELL_SCOPE,
    FORMATTING,
    HEADINGS,
    HIDDEN,
    ITEM_SCOPE,
    ITEM_START_SCOPE,
    LISTS,
    PRESERVED,
    RAW_HIDDEN,
    SCOPE,
    SPECIAL,
    TABLE_PARTS,
    VOID,
)
from .html_scan import Token, attributes_of, scan
from .html_style import is_block_style, is_hidden, is_preserved_style, opened_ids

#: Deeper elements are not nested any further, as in browsers; bounds the work on hostile input.
_MAX_DEPTH = 512
_LONGEST_HEADING = 400  # what stands in a longer one is text that a heading tag was left open around


@dataclass(eq=False, slots=True)
class Context:
    """What decides the role of the flows inside it: a heading, a list, an item or a table cell."""

    kind: str
    element: Element
    level: int = 0
    marker: str = ""
    used: bool = False
    numbering: ListState | None = None
    row: Row | None = None


@dataclass(slots=True)
class Page:
    """A page laid out. ``elements`` in source order, parents before children; ``hidden``: characters not shown."""

    elements: list[Element] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    title: str = ""
    language: str = ""
    hidden: int = 0
    full: bool = False


class _Layout:
    """Builds a `Page` from one source; every method keeps the stack of open elements and the contexts in step."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.page = Page()
        self.root = Element("#root", None)
        self.page.elements.append(self.root)
        self.stack: list[Element] = [self.root]
        self.counts: dict[str, int] = {}
        self.hidden = self.preserved = 0
        self.contexts: list[Context] = []
        self.tables: list[list[Row]] = []
        self.flow: Flow | None = None
        self.link = 0  # 1 inside a link, 2 inside a link to a place on this page
        self.lists = 0
        self.after_pre = -1  # where the first line end inside a <pre> is not text
        self.opened = opened_ids(source)
        self.page.full = source[:200].lstrip("\ufeff \t\r\n").lower().startswith("<!doctype")

    def run(self) -> Page:
        """Lay the whole source out."""
        for token in scan(self.source):
            if token.kind == "start":
                self.start(token)
            elif token.kind == "end":
                self.end(token.name)
            else:
                self.text(token)
        self.close_flow()
        return self.page

    # -- text

    def text(self, token: Token) -> None:
        if token.name == "title" and not self.page.title:
            title = Flow(self.root, "paragraph", 0, "", None)
            title.add(self.source, token.start, token.end)
            self.page.title = without_forbidden(title.builder.text())
        if token.name in HIDDEN:
            return
        if self.hidden:
            self.page.hidden += len(self.source[token.start : token.end].strip())
            return
        preserved = self.preserved or token.name in PRESERVED
        flow = self.flow
        if flow is None:
            if self.source[token.start : token.end].isspace():
                return
            flow = self.flow = self.new_flow()
        before = flow.length
        if preserved:
            start = token.start
            if token.start == self.after_pre and self.source.startswith(("\n", "\r"), start):
                start += 2 if self.source.startswith("\r\n", start) else 1
            flow.add_preserved(self.source, start, token.end, references=token.kind == "text")
        else:
            flow.add(self.source, token.start, token.end)
        if self.link:
            flow.linked += flow.length - before
            if self.link == 2:
                flow.anchored += flow.length - before

    def new_flow(self) -> Flow:
        """A flow for the text that comes now; a list item's first flow carries its marker."""
        top = self.contexts[-1] if self.contexts else None
        row = next((context.row for context in reversed(self.contexts) if context.kind == "cell"), None)
        kind: BlockKind = "paragraph"
        level, marker = 0, ""
        item = top
        if top is not None and top.kind == "heading":
            kind, level = "heading", top.level
            item = self.contexts[-2] if len(self.contexts) > 1 else None
        if item is not None and item.kind == "item" and not item.used:
            item.used = True
            marker = item.marker
            if kind != "heading":
                kind, level = "item", item.level
        return Flow(self.stack[-1], kind, level, marker, row)

    def boundary(self) -> None:
        """A block starts or ends here: a new line, in the same flow where a heading or item goes on."""
        flow = self.flow
        if flow is None:
            return
        top = self.contexts[-1] if self.contexts else None
        if top is not None and top.kind == "heading" and flow.length > _LONGEST_HEADING:
            top.kind = "text"
        if top is not None and top.kind == flow.kind and flow.kind in {"heading", "item"}:
            flow.soft_break()
        else:
            self.close_flow()

    def close_flow(self) -> None:
        flow = self.flow
        if flow is not None and flow.builder.text().strip():
            if flow.kind == "heading" and flow.length > _LONGEST_HEADING:
                flow.kind, flow.level = "paragraph", 0
            self.page.flows.append(flow)
        self.flow = None

    # -- tags

    def start(self, token: Token) -> None:
        name = token.name
        if name == "br":
            if self.flow is not None and not self.hidden:
                self.flow.line_break(token.start, token.end)
            return
        if name in {"html", "body", "head", "frameset"}:
            self.page.full = True
            if name == "html" and not self.page.language:
                self.page.language = attributes_of(token.attributes).get("lang", "")
            self.boundary()
            return
        if self.counts.get("svg") or self.counts.get("math"):
            if name in BREAKOUT:
                self.pop_to({"svg", "math"})
            elif token.attributes.endswith("/"):
                return
        if name in BLOCKS:
            self.imply_ends(name)
        elif name in {"a", "button"} and self.counts.get(name):
            self.end(name)
        if name in VOID or name in RAW_HIDDEN:
            if name in BLOCKS:
                self.boundary()
            return
        element = Element(name, self.stack[-1], token.attributes)
        styled = "style" in token.attributes
        if name in HIDDEN or (("hidden" in token.attributes or styled) and is_hidden(element, self.opened)):
            element.hidden = True
        element.block = name in BLOCKS or (styled and is_block_style(element))
        element.preserved = name in PRESERVED or (styled and is_preserved_style(element))
        self.push(element)
        if name in PRESERVED:
            self.after_pre = token.end
        elif name == "a":
            href = element.attributes.get("href", "")
            self.link = 2 if len(href) > 1 and href[0] == "#" else 1 if href else 0

    def push(self, element: Element) -> None:
        if element.block:
            self.boundary()
        if len(self.stack) > _MAX_DEPTH:
            return
        self.page.elements.append(element)
        self.stack.append(element)
        self.counts[element.name] = self.counts.get(element.name, 0) + 1
        self.hidden += element.hidden
        self.preserved += element.preserved
        if element.name in BLOCKS:
            self.enter(element)

    def enter(self, element: Element) -> None:
        """Open the context that an element makes."""
        name = element.name
        if name in HEADINGS or ("role" in element.raw_attributes and element.attributes.get("role") == "heading"):
            self.close_flow()
            level = name[1:] if name in HEADINGS else element.attributes.get("aria-level", "")
            self.contexts.append(Context("heading", element, level=int(level) if level in set("123456") else 2))
        elif name in LISTS:
            self.close_flow()
            self.lists += 1
            self.contexts.append(Context("list", element, numbering=list_state(element)))
        elif name == "li":
            self.close_flow()
            inside = next((context for context in reversed(self.contexts) if context.kind == "list"), None)
            marker = marker_of(element, inside.numbering if inside is not None else None)
            self.contexts.append(Context("item", element, level=self.lists or 1, marker=marker))
        elif name == "table":
            self.close_flow()
            self.tables.append([])
            self.contexts.append(Context("table", element))
        elif name == "tr" and self.tables:
            self.tables[-1].append(Row(self.table_of(element)))
        elif name in {"td", "th"} and self.tables and self.tables[-1]:
            self.close_flow()
            row = self.tables[-1][-1]
            row.cells += 1
            self.contexts.append(Context("cell", element, row=row))

    def table_of(self, row: Element) -> Element:
        """The table a row stands in."""
        index = self.in_scope({"table"}, frozenset({"template"}))
        return self.stack[index] if index else row

    def pop(self) -> None:
        element = self.stack.pop()
        self.counts[element.name] -= 1
        self.leave(element)

    def leave(self, element: Element) -> None:
        """Undo what `push` did for an element that ends."""
        if element.block:
            self.boundary()
        self.hidden -= element.hidden
        self.preserved -= element.preserved
        if element.name == "a":
            self.link = 0
        elif element.name == "table" and self.tables:
            self.tables.pop()
        if self.contexts and self.contexts[-1].element is element:
            self.lists -= self.contexts.pop().kind == "list"
            self.close_flow()

    def pop_to(self, names: set[str]) -> None:
        """Close elements until one of ``names`` is closed (none is when the stack has none)."""
        index = next((at for at in range(len(self.stack) - 1, 0, -1) if self.stack[at].name in names), 0)
        while index and len(self.stack) > index:
            self.pop()

    def in_scope(self, names: frozenset[str] | set[str], barriers: frozenset[str]) -> int:
        """The stack index of the nearest open element of ``names`` below no barrier; 0 when there is none."""
        if not any(self.counts.get(name) for name in names):
            return 0
        for index in range(len(self.stack) - 1, 0, -1):
            name = self.stack[index].name
            if name in names:
                return index
            if name in barriers:
                return 0
        return 0

    def close_from(self, index: int) -> None:
        while index and len(self.stack) > index:
            self.pop()

    def imply_ends(self, name: str) -> None:
        """Close what the start tag of block ``name`` ends by itself."""
        if name in TABLE_PARTS:
            self.table_part(name)
            return
        if name in AUTOCLOSED_BY_BLOCK:
            self.close_from(self.in_scope({"p"}, SCOPE))
        if name in HEADINGS and self.stack[-1].name in HEADINGS:
            self.pop()
        elif name == "li":
            self.close_from(self.in_scope({"li"}, ITEM_START_SCOPE))
        elif name in {"dd", "dt"}:
            self.close_from(self.in_scope({"dd", "dt"}, ITEM_START_SCOPE))
        elif name in {"option", "optgroup"}:
            self.close_from(self.in_scope({"option", name}, ITEM_START_SCOPE))
        if name == "li" or name in {"dd", "dt"}:
            self.close_from(self.in_scope({"p"}, SCOPE))

    def table_part(self, name: str) -> None:
        """Bring the stack to where a table part may start; rows and bodies left out in the source are implied."""
        table = self.in_scope({"table"}, frozenset({"template"}))
        if not table:
            return
        if name in {"td", "th"}:
            index = self.in_scope({"tr", "table"}, frozenset({"template"}))
            self.close_from(index + 1)
            if self.stack[-1].name != "tr":
                self.push_block("tr")
        elif name == "tr":
            self.close_from(self.in_scope({"tbody", "thead", "tfoot", "table"}, frozenset({"template"})) + 1)
        else:
            self.close_from(table + 1)

    def push_block(self, name: str) -> None:
        element = Element(name, self.stack[-1])
        element.block = True
        self.push(element)

    def end(self, name: str) -> None:
        if name in {"body", "html", "head"} or name in VOID:
            if name == "br" and self.flow is not None:
                self.boundary()
            return
        if not self.counts.get(name) and name not in HEADINGS:
            if name == "p":
                self.boundary()
            return
        if name in HEADINGS:
            self.close_from(self.in_scope(HEADINGS, SCOPE))
        elif name in TABLE_PARTS or name == "table":
            self.close_from(self.in_scope({name}, CELL_SCOPE))
        elif name == "li":
            self.close_from(self.in_scope({name}, ITEM_SCOPE))
        elif name in FORMATTING:
            self.remove(self.in_scope({name}, SCOPE))
        elif name in BLOCKS:
            self.close_from(self.in_scope({name}, SCOPE))
        else:
            self.close_from(self.in_scope({name}, SPECIAL))

    def remove(self, index: int) -> None:
        """Take one inline element out of the stack; blocks opened inside it stay open."""
        if not index:
            return
        element = self.stack.pop(index)
        self.counts[element.name] -= 1
        self.leave(element)


def lay_out(source: str) -> Page:
    """The page that ``source`` shows."""
    return _Layout(source).run()
