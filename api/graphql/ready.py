"""Lets Strawberry answer a query that is parsed and validated already.

In: a context of the kind `Asking`. Out: an extension that takes the document from there and skips both steps.
"""

from __future__ import annotations

from collections.abc import Iterator

from graphql import DocumentNode
from strawberry.extensions import SchemaExtension

from .loaders import Context


class Asking(Context):
    """The context of one request, with its query made ready (see `documents`)."""

    document: DocumentNode | None = None


class Ready(SchemaExtension):
    """Hands the ready document over; a query that comes another way is parsed and validated as usual."""

    def _document(self) -> DocumentNode | None:
        context = self.execution_context.context
        return context.document if isinstance(context, Asking) else None

    def on_parse(self) -> Iterator[None]:
        """In place of parsing."""
        if (document := self._document()) is not None:
            self.execution_context.graphql_document = document
        yield

    def on_validate(self) -> Iterator[None]:
        """In place of validation: no errors were found."""
        if self._document() is not None:
            self.execution_context.pre_execution_errors = []
        yield
