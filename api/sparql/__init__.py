"""The graph over SPARQL: protocol, Graph Store Protocol, descriptions of the service and its data.

In: an app. Out: `router` with ``/sparql``, ``/history/sparql``, ``/graphs`` and ``/.well-known/void``; `open_runner`,
which gives the app what runs the requests; `OpenToAll`, the headers that let pages of other hosts ask.
"""

from __future__ import annotations

from fastapi import APIRouter

from . import description, endpoint, graphs
from .access import OpenToAll
from .runner import open_runner

__all__ = ["OpenToAll", "open_runner", "router"]

router = APIRouter()
router.include_router(endpoint.router)
router.include_router(graphs.router)
router.include_router(description.router)
