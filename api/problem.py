"""Errors over HTTP: a page for people, application/problem+json (RFC 9457) for programs.

In: an exception, a request. Out: a response that says what is wrong and what mends it.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response

from .. import ClauseGraphError
from ..queries.pool import Busy, Crashed, TimedOut
from ..queries.store import GraphMissing, NoHistory, QueryError, StoreBusy, StoreMissing, TooLarge
from . import negotiation
from .pages import page
from .views.fetch import UnknownPolicy

log = logging.getLogger(__name__)

STATUS: tuple[tuple[type[ClauseGraphError], int], ...] = (
    (UnknownPolicy, 404),
    (GraphMissing, 404),
    (NoHistory, 404),
    (TooLarge, 413),
    (TimedOut, 503),
    (Crashed, 503),
    (Busy, 429),
    (QueryError, 400),
    (StoreBusy, 503),
    (StoreMissing, 503),
)


#: Seconds after which another process may have finished writing.
_WRITER_SECONDS = 5


class HttpProblem(ClauseGraphError):
    """A request that HTTP or a protocol over it does not allow; it knows its ``status`` and ``headers``."""

    def __init__(self, message: str, *, status: int, mend: str = "", headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message, mend=mend)
        self.status = status
        self.headers = dict(headers or {})


def headers_of(error: ClauseGraphError) -> dict[str, str]:
    """What an error's response says beside its body: when to come back, how to authenticate."""
    if isinstance(error, HttpProblem):
        return error.headers
    if isinstance(error, Busy):
        return {"Retry-After": str(error.retry_after)}
    return {"Retry-After": str(_WRITER_SECONDS)} if isinstance(error, StoreBusy) else {}


def status_of(error: ClauseGraphError) -> int:
    """The HTTP status of a mendable error: 400 unless its kind says otherwise."""
    if isinstance(error, HttpProblem):
        return error.status
    return next((status for kind, status in STATUS if isinstance(error, kind)), 400)


def wants_page(request: Request) -> bool:
    """Whether the client is a browser that asked for a page."""
    if request.query_params.get("format") not in (None, "html"):
        return False
    return negotiation.prefers(request.headers.get("accept", ""), "text/html")


def problem(
    request: Request, status: int, detail: str, mend: str = "", headers: dict[str, str] | None = None
) -> Response:
    """An error response in the form that the client reads."""
    title = HTTPStatus(status).phrase
    if wants_page(request):
        response: Response = page(
            request, "error.html", status=status, code=status, heading=title, detail=detail, mend=mend
        )
        response.headers.update(headers or {})
        return response
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, "mend": mend}
    return JSONResponse(
        {name: value for name, value in body.items() if value},
        status_code=status,
        media_type="application/problem+json",
        headers=headers,
    )


def install(app: FastAPI) -> None:
    """Let an app answer its errors this way."""

    @app.exception_handler(ClauseGraphError)
    async def mendable(request: Request, error: ClauseGraphError) -> Response:
        return problem(request, status_of(error), str(error), error.mend, headers_of(error))

    @app.exception_handler(HTTPException)
    async def by_status(request: Request, error: HTTPException) -> Response:
        headers = dict(error.headers) if error.headers else None
        detail, mend = error.detail, ""
        if error.status_code == 404:
            mend = "The home page, /, leads to what is stored; /openapi.json lists what programs may ask."
            if detail == "Not Found":
                detail = f"There is nothing at {request.url.path}."
        elif error.status_code == 405:
            allowed = (headers or {}).get("allow") or (headers or {}).get("Allow") or "GET"
            detail, mend = f"{request.url.path} takes no {request.method}.", f"Use {allowed}."
        return problem(request, error.status_code, detail, mend, headers=headers)

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> Response:
        log.error("%s %s failed", request.method, request.url.path, exc_info=error)
        return problem(request, 500, "Something went wrong inside the server; its log says what.")
