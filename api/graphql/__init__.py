"""The typed way into the graph: a GraphQL schema over the store, served with GraphiQL.

In: HTTP requests. Out: `create_router` (mounted at /graphql), `sdl` and `introspection` (the schema as text).
"""

from __future__ import annotations

from .router import create_router
from .schema import introspection, schema, sdl

__all__ = ["create_router", "introspection", "schema", "sdl"]
