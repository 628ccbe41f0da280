"""GraphQL over HTTP.

In: GET and POST at /graphql. Out: JSON; for browsers the playground, from the package's own files.
"""

from __future__ import annotations

import json
from typing import Any

from cross_web import HTTPException
from fastapi import Request
from starlette.responses import HTMLResponse, JSONResponse
from strawberry.fastapi import GraphQLRouter

from ..pages import CSP_EDITOR, VENDOR, language_of, page
from ..reader import reader_of
from .examples import EXAMPLES
from .loaders import Context
from .schema import schema


class Router(GraphQLRouter[Context, None]):
    """Strawberry's router with our own playground page."""

    async def run(self, *arguments: Any, **named: Any) -> Any:
        """Strawberry's, but requests that are not understood get a JSON answer, as every GraphQL client expects."""
        try:
            return await super().run(*arguments, **named)
        except HTTPException as error:
            return JSONResponse({"errors": [{"message": error.reason}]}, status_code=error.status_code)

    def parse_json(self, data: str | bytes) -> Any:
        """A JSON object; null is an empty one."""
        parsed = super().parse_json(data)
        if parsed is not None and not isinstance(parsed, dict | list):
            raise HTTPException(400, "A GraphQL request is a JSON object.")
        return {} if parsed is None else parsed

    def encode_json(self, data: object) -> str:
        """JSON as short as it can be, with letters of all scripts as they are."""
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))

    async def render_graphql_ide(self, request: Request) -> HTMLResponse:
        """The playground."""
        built = (VENDOR / "graphql.js").is_file()
        return page(request, "graphql.html", csp=CSP_EDITOR, examples=EXAMPLES, built=built)


async def _context(request: Request) -> Context:
    """One context a request."""
    reader = reader_of(request)
    return Context(
        await reader.store(),
        lang=language_of(request),
        base_url=str(request.base_url),
        deadline=request.app.state.deadline,
        reports=request.app.state.settings.reports,
    )


def create_router() -> GraphQLRouter[Any, Any]:
    """The routes of /graphql."""
    return Router(schema, path="/graphql", context_getter=_context, include_in_schema=False)
