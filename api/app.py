"""The server put together.

In: settings (and, in tests, an open store). Out: a FastAPI app: pages, GraphQL, SPARQL, reports, health.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.staticfiles import StaticFiles

from .. import __version__
from ..queries.store import Store
from . import comply, problem, reportdocs
from .deadline import Deadline
from .graphql import create_router
from .jobs import Jobs
from .pages import STATIC, home, identified, ontology, query
from .reader import Reader, reader_of
from .reports import router as reports_router
from .security import HeadAsGet, SecurityHeaders
from .settings import Settings, load_settings
from .sparql import DIRECT, ROUTERS, OpenToAll, Shortcut, open_runner


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
    app.add_middleware(Shortcut)  # the last one added is the first one asked
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
