"""How large a query is, read from its text alone, before anything is looked up in the schema.

In: a parsed document. Out: `Size`: its depth, aliases and fields. A fragment is measured once, however often it is
spread, so the work grows with the document's length and not with what it unfolds to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

#: No count goes higher: what unfolds to more is as refused as this.
MOST = 10**9
#: Fields of the schema about itself; another rule bounds their depth.
INTROSPECTION = frozenset({"__schema", "__type"})


@dataclass(frozen=True, slots=True)
class Size:
    """``fields`` and ``aliases`` with every fragment unfolded; a name asked for again in one place is an alias, too."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0

    def beside(self, other: Size) -> Size:
        """Both in one selection."""
        return Size(
            max(self.depth, other.depth),
            min(self.fields + other.fields, MOST),
            min(self.aliases + other.aliases, MOST),
        )


class _Measure:
    """The sizes of one document's fragments, each worked out once."""

    def __init__(self, document: DocumentNode) -> None:
        self.fragments = {
            one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
        }
        self.known: dict[str, Size] = {}

    def fragment(self, name: str) -> Size:
        """A fragment's size. One that contains itself counts as empty there: validation refuses it by name."""
        if name not in self.known:
            self.known[name] = Size()
            found = self.fragments.get(name)
            if found is not None:
                self.known[name] = self.selection(found.selection_set)
        return self.known[name]

    def selection(self, chosen: SelectionSetNode | None) -> Size:
        """A selection's size."""
        total = Size()
        if chosen is None:
            return total
        names: set[str] = set()
        spread: set[str] = set()
        for one in _flat(chosen):
            if isinstance(one, FieldNode):
                name = one.alias.value if one.alias else one.name.value
                extra = one.alias is not None or name in names
                names.add(name)
                below = self.selection(one.selection_set)
                depth = 0 if one.name.value in INTROSPECTION else below.depth + 1
                total = total.beside(Size(depth, min(below.fields + 1, MOST), min(below.aliases + extra, MOST)))
            elif one.name.value not in spread:  # the same fragment again adds nothing here
                spread.add(one.name.value)
                total = total.beside(self.fragment(one.name.value))
        return total


def _flat(chosen: SelectionSetNode) -> Iterator[FieldNode | FragmentSpreadNode]:
    """Fields and spreads, those of inline fragments included."""
    for one in chosen.selections:
        if isinstance(one, InlineFragmentNode):
            yield from _flat(one.selection_set)
        elif isinstance(one, FieldNode | FragmentSpreadNode):
            yield one


def measure(document: DocumentNode) -> Size:
    """The size of a document's largest operation or fragment. Raises RecursionError where it is too deep."""
    sizes = _Measure(document)
    largest = Size()
    for one in document.definitions:
        if isinstance(one, OperationDefinitionNode | FragmentDefinitionNode):
            found = sizes.selection(one.selection_set)
            largest = Size(
                max(largest.depth, found.depth), max(largest.fields, found.fields), max(largest.aliases, found.aliases)
            )
    return largest
