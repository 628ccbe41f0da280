"""`clausegraph serve`: the store over HTTP, until Ctrl-C.

In: the store, an address. Out: a server; its addresses on standard error.
"""

from __future__ import annotations

import gc
import socket
from typing import Annotated

import typer

from ... import ClauseGraphError
from ..settings import load_settings
from .common import StoreOption, err


class AddressTaken(ClauseGraphError):
    """The server cannot listen there."""


def serve(
    host: Annotated[str | None, typer.Option("--host", metavar="ADDRESS", help="Address to listen on.")] = None,
    port: Annotated[
        int | None, typer.Option("--port", "-p", min=0, max=65535, help="Port to listen on; 0 takes a free one.")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Serve the store: pages, GraphQL, SPARQL, reports."""
    from ..app import create_app
    from ..serving import server_of

    settings = load_settings(host=host, port=port, store=store)
    app = create_app(settings)
    listener = listen(settings.host, settings.port)
    place = address(listener)
    err.print("[bold]ClauseGraph[/] serves", end=" ")
    err.print(settings.store, markup=False)
    for name, path in (("Home", "/"), ("GraphQL", "/graphql"), ("SPARQL", "/sparql"), ("Reports", "/reports")):
        err.print(f"  {name:<8} {place}{path}", markup=False)
    err.print("Stop with Ctrl-C.", style="dim")
    gc.collect()
    gc.freeze()  # what is there now stays, and need not be looked through while people wait
    server_of(app).run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises `AddressTaken`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named TCP, or asyncio leaves Nagle's algorithm on and each answer waits 40 ms for an acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise AddressTaken(
            f"Nothing can listen on {host}, port {port}: {error.strerror or error}.",
            mend="Choose another with --port (0 takes a free one) or --host.",
        ) from error
    listener.listen(2048)  # who reads the address that is printed next may connect at once
    listener.set_inheritable(True)
    return listener


def address(listener: socket.socket) -> str:
    """The URL at which a listening socket answers."""
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else shown}:{port}"
