"""The clause tree: which clause stands under which.

In: `Document`. Out: `tuple[Clause, ...]` in text order. Ranges tile the text: each clause begins at its first
visible character and ends where the next begins, so that every character belongs to exactly one.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..records import Clause, ClauseKind, Document
from .judge import is_list_head, judge, plain
from .lines import Line, lines

_KINDS: dict[str, ClauseKind] = {
    "heading": "Heading",
    "paragraph": "Paragraph",
    "continuation": "Paragraph",
    "item": "ListItem",
    "row": "TableRow",
    "boilerplate": "Boilerplate",
    "contents": "Contents",
    "markup": "Markup",
}


@dataclass(slots=True)
class _Node:
    line: Line
    path: str
    key: tuple[str, int]
    index: int
    children: int = 0


def segment(document: Document) -> tuple[Clause, ...]:
    """The clause tree of a document; empty only for an empty text."""
    found = lines(document)
    judge(found)
    return _tree(document.text, found)


def _tree(text: str, found: list[Line]) -> tuple[Clause, ...]:
    if not found:
        return (Clause("1", 0, len(text), "Markup", 0, section_end=len(text)),) if text else ()
    root = _Node(found[0], "", ("root", -1), -1)
    stack = [root]
    clauses: list[Clause] = []
    for order, line in enumerate(found):
        key = _key(line)
        divider = line.kind == "markup" and order > 0 and found[order - 1].kind == "row"
        if not divider:  # what parts a table's head from its rows ends no list
            _descend(stack, line, key)
        parent = stack[-1]
        parent.children += 1
        path = f"{parent.path}.{parent.children}" if parent.path else str(parent.children)
        start = line.start if order else 0
        end = found[order + 1].start if order + 1 < len(found) else len(text)
        clauses.append(
            Clause(
                path=path,
                start=start,
                end=end,
                kind=_KINDS[line.kind],
                order=order,
                number=line.label.number,
                heading=plain(line) if line.kind == "heading" else "",
                body=line.body,
                parent=parent.path,
                level=len(stack) - 1,
                section_end=end,
            )
        )
        if line.kind in ("heading", "item", "paragraph"):
            stack.append(_Node(line, path, key, order))
    return _with_section_ends(clauses)


def _key(line: Line) -> tuple[str, int]:
    """Lines of one key are siblings."""
    if line.kind == "heading":
        if line.rank:
            return ("rank", line.rank)
        if line.label.style in ("1.", "decimal"):
            return ("decimal", line.label.depth)
        return ("style", 0) if not line.label.style else (line.label.style, 0)
    if line.kind == "item":
        return (f"item {line.label.style}", line.indent)
    return (line.kind, line.label.depth)


def _descend(stack: list[_Node], line: Line, key: tuple[str, int]) -> None:
    """Pop the stack until its top is the clause that ``line`` stands under."""
    if line.kind == "heading":
        _under_heading(stack, key)
    elif line.kind == "item":
        _under_list(stack, line, key)
    elif line.kind == "continuation":
        while len(stack) > 1 and not (stack[-1].line.kind == "item" and stack[-1].line.indent <= line.indent):
            stack.pop()
    elif line.kind == "row":
        while len(stack) > 1 and (
            stack[-1].line.kind in ("item", "row")
            or (stack[-1].line.kind == "paragraph" and not is_list_head(stack[-1].line))
            or (stack[-1].line.kind == "paragraph" and line.blank_before and stack[-1].children)  # another table
        ):
            stack.pop()
    else:
        depth = line.label.depth
        while len(stack) > 1 and stack[-1].line.kind in ("item", "paragraph"):
            if depth and stack[-1].line.kind == "paragraph" and 0 < stack[-1].line.label.depth < depth:
                break
            if stack[-1].line.kind == "item" and line.indent > stack[-1].line.indent and line.indent >= 2:
                break
            stack.pop()


def _under_heading(stack: list[_Node], key: tuple[str, int]) -> None:
    while len(stack) > 1 and stack[-1].line.kind != "heading":
        stack.pop()
    kind, rank = key
    if kind in ("rank", "decimal"):
        keys = [node.key for node in stack]
        if any(k == kind and r >= rank for k, r in keys):
            while not (stack[-1].key[0] == kind and stack[-1].key[1] >= rank):
                stack.pop()
            while stack[-1].key[0] == kind and stack[-1].key[1] >= rank:
                stack.pop()
        elif kind == "rank":
            while len(stack) > 1 and stack[-1].key[0] != "rank":
                stack.pop()
        return
    keys = [node.key for node in stack]
    if kind == "style":  # without a number it stands below the last numbered one
        numbered = max((i for i, k in enumerate(keys) if k[0] not in ("style", "rank", "root")), default=0)
        keys = [("", 0)] * (numbered + 1) + keys[numbered + 1 :]
    if key in keys:
        del stack[keys.index(key) :]


def _under_list(stack: list[_Node], line: Line, key: tuple[str, int]) -> None:
    while (
        len(stack) > 1
        and stack[-1].line.kind == "paragraph"
        and not (is_list_head(stack[-1].line) or _touches(stack[-1], line))
    ):
        stack.pop()
    keys = [node.key for node in stack]
    if key in keys:
        del stack[keys.index(key) :]
        return
    while len(stack) > 1 and stack[-1].line.kind == "item" and line.indent < stack[-1].line.indent:
        stack.pop()
    if (
        len(stack) > 1
        and stack[-1].line.kind == "item"
        and stack[-1].line.indent == line.indent
        and stack[-1].line.label.bullet == line.label.bullet
        and not (line.label.style and stack[-1].line.label.style != line.label.style)
    ):
        stack.pop()


def _touches(node: _Node, line: Line) -> bool:
    """A paragraph is the head of the list right under it, also without a colon, unless it ends a sentence."""
    content = plain(node.line)
    return content[-1:] not in "。.!！？?" if content else False


def _with_section_ends(clauses: list[Clause]) -> tuple[Clause, ...]:
    ends: dict[str, int] = {}
    for clause in reversed(clauses):
        ends[clause.path] = max(ends.get(clause.path, 0), clause.end)
        if clause.parent:
            ends[clause.parent] = max(ends.get(clause.parent, 0), ends[clause.path])
    return tuple(
        Clause(
            c.path,
            c.start,
            c.end,
            c.kind,
            c.order,
            c.number,
            c.heading,
            c.body,
            c.parent,
            c.level,
            ends[c.path],
            c.language,
        )
        for c in clauses
    )
