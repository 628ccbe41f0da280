"""The schema put together, and as text.

In: the root type. Out: `schema`, `sdl`, `introspection`. Errors that a user can mend show their words; all others are
masked as "Something went wrong" and logged.
"""

from __future__ import annotations

import logging
from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from ... import ClauseGraphError
from .query import Query
from .ready import Ready
from .writes import Mutation, with_jobs

log = logging.getLogger(__name__)
MASKED = "Something went wrong inside the server; its log says what."


class Schema(strawberry.Schema):
    """Strawberry's schema with errors made fit for users."""

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Rewrite errors in place: mendable ones get their mend, unknown ones are masked and logged."""
        for error in errors:
            original = error.original_error
            if isinstance(original, ClauseGraphError):
                error.extensions = {**(error.extensions or {}), "mend": original.mend}
            elif original is not None and not isinstance(original, GraphQLError):
                log.error("GraphQL resolver failed at %s", error.path, exc_info=original)
                error.message = MASKED


schema = Schema(
    query=with_jobs(Query), mutation=Mutation, extensions=[Ready], config=StrawberryConfig(auto_camel_case=True)
)


def sdl() -> str:
    """The schema in the schema definition language, with a line break at its end."""
    return schema.as_str() + "\n"


def introspection() -> dict[str, Any]:
    """The schema as the standard introspection query gives it."""
    return schema.introspect()
