"""The graph over SPARQL: protocol, Graph Store Protocol, descriptions of the service and its data.

In: an app. Out: `DIRECT` routes and `ROUTERS` with ``/sparql``, ``/history/sparql``, ``/graphs`` and
``/.well-known/void``; `open_runner`, which gives the app what runs the requests; `OpenToAll`, the headers that let
pages of other hosts ask; `Shortcut`, the short way that plain queries take.
"""

from __future__ import annotations

from . import description, endpoint, graphs
from .access import OpenToAll
from .runner import open_runner
from .shortcut import Shortcut

__all__ = ["DIRECT", "ROUTERS", "OpenToAll", "Shortcut", "open_runner"]

DIRECT = endpoint.DIRECT
#: The busiest first: an app tries its routes in order, and each costs a little.
ROUTERS = (endpoint.router, graphs.router, description.router)
