"""The server put together.

In: settings (and, in tests, an open store). Out: a FastAPI app: pages, GraphQL, SPARQL, reports, health.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .. import __version__
from ..queries.store import Store
from . import comply, problem, reportdocs
from .deadline import Deadline
from .graphql import create_router
from .jobs import Jobs
from .pages import CSP, STATIC, home, identified, ontology, query
from .reader import Reader, reader_of
from .reports import router as reports_router
from .settings import Settings, load_settings
from .sparql import DIRECT, ROUTERS, OpenToAll, open_runner


def create_app(settings: Settings | None = None, *, store: Store | None = None) -> FastAPI:
    """The app over the store that the settings name, or over one that is open already."""
    settings = settings or load_settings()
    reader = Reader(settings.store, store)
    jobs = Jobs(settings, reader, store)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with open_runner(app, settings, store):
            yield
        await run_in_threadpool(jobs.close)
        reader.close()

    app = FastAPI(
        title="ClauseGraph",
        version=__version__,
        summary="Privacy policies as a knowledge graph: every fact tied to its words.",
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        docs_url=None,  # its pages load scripts from another host
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.reader = reader
    app.state.jobs = jobs
    app.state.deadline = Deadline(settings.query_seconds, settings.query_workers + settings.query_queue)
    problem.install(app)
    app.add_middleware(OpenToAll)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(HeadAsGet)
    app.router.routes.extend(DIRECT)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC, check_dir=False), name="static")
    app.include_router(home.router)
    app.include_router(comply.router)  # before the next, for /id/law/…
    app.include_router(identified.router)
    app.include_router(ontology.router)
    app.include_router(query.router)
    app.include_router(reports_router)
    app.include_router(create_router(settings))

    @app.get("/healthz", tags=["server"], summary="Whether the server can read its store")
    async def healthz(request: Request) -> dict[str, str]:
        await reader_of(request).store()
        return {"status": "ok", "version": __version__}

    reportdocs.install(app, settings.reports)
    return app


#: Paths that answer HEAD by themselves.
_OWN_HEAD = ("/sparql", "/history/sparql", "/graphs", "/static/", "/.well-known/void")


class HeadAsGet:
    """Answers HEAD wherever GET is answered, as HTTP asks, with the headers and without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask for the page and leave its body out."""
        if scope["type"] != "http" or scope["method"] != "HEAD" or scope["path"].startswith(_OWN_HEAD):
            await self.app(scope, receive, send)
            return

        async def headers_only(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self.app({**scope, "method": "GET"}, receive, headers_only)


#: As they go over the wire, so that nothing is encoded for each answer.
SECURITY = (
    (b"content-security-policy", CSP.encode("ascii")),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)


class SecurityHeaders:
    """Headers that every answer carries; a page's own Content-Security-Policy stays."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and add the headers to its answer."""

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message.get("headers", ())
                there = {name.lower() for name, _ in headers}
                message["headers"] = [*headers, *(pair for pair in SECURITY if pair[0] not in there)]
            await send(message)

        await self.app(scope, receive, add if scope["type"] == "http" else send)
