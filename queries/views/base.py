"""What a view is: the stored facts in the terms of another vocabulary, as a file.

In: an open store and the policies chosen from it. Out: `Rendered`, the file's bytes and what the texts do not say.
A view is one module of this folder with one `View` in it; `clausegraph.queries.views.VIEWS` lists them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ... import ClauseGraphError
from ..store import PolicyRow, Store

__all__ = ["Missing", "Rendered", "View", "ViewError"]


class ViewError(ClauseGraphError):
    """There is no such view, or it cannot be given in that form."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A field that the other vocabulary requires and that the text of a policy does not give.

    ``field`` is the path as that vocabulary writes it (``controller.name``), ``reason`` a sentence for people.
    """

    policy_iri: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A view's output. ``missing``: required fields that stayed empty; nothing is ever made up to fill them."""

    data: bytes
    missing: tuple[Missing, ...] = ()


Render = Callable[[Store, Sequence[PolicyRow], str], Rendered]


@dataclass(frozen=True, slots=True)
class View:
    """One view.

    ``title`` is a line for people. ``formats`` maps the names of its formats (``turtle``, ``csv``) to media types; the
    first is the default. ``binary``: formats that no terminal can show. ``render`` takes the store, the policies in
    the order wanted, and a format's name; the same facts always give the same bytes.
    """

    name: str
    title: str
    formats: Mapping[str, str]
    render: Render
    binary: frozenset[str] = frozenset()

    @property
    def default(self) -> str:
        """The format where none is asked for."""
        return next(iter(self.formats))

    def checked(self, format: str | None) -> str:
        """The format asked for, or the default. Raises `ViewError` for one that the view does not have."""
        wanted = format or self.default
        if wanted not in self.formats:
            raise ViewError(
                f"The view {self.name} cannot be written as “{wanted}”.",
                mend=f"Ask for one of {', '.join(self.formats)}.",
            )
        return wanted
