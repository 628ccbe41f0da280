"""Stores of every kind, graphs to put into them, and a SPARQL server to stand for other people's."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest

from clausegraph.queries.lexer import has_dataset_clause
from clausegraph.queries.store import Store, VersionGraph, open_store
from clausegraph.queries.store.remote import RemoteStore

CG = "https://w3id.org/clausegraph/ontology#"
POLICY = "https://w3id.org/clausegraph/id/policy/"

MakeGraph = Callable[..., VersionGraph]


@pytest.fixture(scope="session")
def make_graph() -> MakeGraph:
    """`make_graph("acme", 1)`: version 1 of policy acme, with ``size`` statements that carry its number."""

    def make(key: str, version: int, *, digest: str = "e1", size: int = 3, note: str = "") -> VersionGraph:
        policy = POLICY + key
        graph = f"{policy}/version/{version:016x}"
        lines = [
            f"<{graph}> <{CG}versionOf> <{policy}>",
            f'<{graph}> <http://purl.org/dc/terms/title> "Privacy of {key}, {version}"',
            f'<{graph}> <http://purl.org/dc/terms/language> "en"',
            f"<{graph}> <{CG}controller> <{policy}/party/1>",
            f'<{policy}/party/1> <https://schema.org/name> "{key.title()} Ltd."',
            f"<{graph}/c/1> <{CG}clauseKind> <{CG}Paragraph>",
        ]
        for number in range(size):
            statement = f"{graph}/s/{number}"
            lines.append(f"<{statement}> <{CG}inVersion> <{graph}>")
            lines.append(f'<{statement}> <{CG}quote> "service \\"{number}\\"\\nof {version} {digest} 第三方{note}"')
            kind = "deniedPractice" if number == 0 else "practice"
            lines.append(f"<{statement}> <{CG}{kind}> <{CG}Share>")
        nquads = "".join(f"{line} <{graph}> .\n" for line in sorted(lines)).encode()
        return VersionGraph(policy, graph, f"{version:064x}", digest, nquads, f"2026-01-{version:02d}T00:00:00Z")

    return make


class SparqlServer:
    """SPARQL 1.1 query, update and Graph Store Protocol reads over an in-memory store, on the loopback."""

    def __init__(self, *, union: bool = True) -> None:
        self.store = ox.Store()
        self.union = union
        self.requests: list[str] = []
        self.token = ""
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                owner.post(self)

            def do_GET(self) -> None:
                owner.get(self)

            def log_message(self, format: str, *args: object) -> None:
                """Quiet."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"

    def post(self, request: BaseHTTPRequestHandler) -> None:
        """One query or update."""
        body = request.rfile.read(int(request.headers["content-length"])).decode()
        url = urlsplit(request.path)
        self.requests.append(request.path)
        if self.token and request.headers.get("authorization") != f"Bearer {self.token}":
            answer(request, 401, b"no token")
            return
        try:
            if url.path == "/update":
                self.store.update(body)
                answer(request, 204, b"")
            else:
                answer(
                    request,
                    200,
                    *self._result(body, parse_qs(url.query, keep_blank_values=True), request.headers["accept"]),
                )
        except (SyntaxError, ValueError) as error:
            answer(request, 400, str(error).encode())
        except StopIteration:
            answer(request, 406, b"not acceptable")

    def _result(self, sparql: str, params: dict[str, list[str]], accept: str) -> tuple[bytes, str]:
        if "default-graph-uri" in params or "named-graph-uri" in params:
            result = self.store.query(
                sparql,
                default_graph=[ox.NamedNode(g) for g in params.get("default-graph-uri", [])],
                named_graphs=[ox.NamedNode(g) for g in params.get("named-graph-uri", [])],
            )
        else:
            union = "union-default-graph" in params or (self.union and not has_dataset_clause(sparql))
            result = self.store.query(sparql, use_default_graph_as_union=union)
        if isinstance(result, ox.QueryTriples):
            data = ox.serialize(result, format=ox.RdfFormat.N_TRIPLES)
            return data or b"", "application/n-triples"
        wanted = [ox.QueryResultsFormat.from_media_type(part.partition(";")[0].strip()) for part in accept.split(",")]
        form = next(each for each in wanted if each is not None)
        return result.serialize(format=form) or b"", form.media_type

    def get(self, request: BaseHTTPRequestHandler) -> None:
        """One graph."""
        named = parse_qs(urlsplit(request.path).query, keep_blank_values=True)
        graph = ox.DefaultGraph() if "default" in named else ox.NamedNode(named["graph"][0])
        self.requests.append(request.path)
        data = self.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b""
        answer(request, 200 if data else 404, data, "application/n-triples")

    def close(self) -> None:
        """Stop and wait for it."""
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


def answer(request: BaseHTTPRequestHandler, status: int, data: bytes, kind: str = "text/plain") -> None:
    """Send a whole response."""
    request.send_response(status)
    request.send_header("content-type", kind)
    request.send_header("content-length", str(len(data)))
    request.end_headers()
    request.wfile.write(data)


@pytest.fixture
def make_server() -> Iterator[Callable[..., SparqlServer]]:
    """`make_server()` starts a loopback SPARQL server that ends with the test."""
    servers: list[SparqlServer] = []

    def make(*, union: bool = True) -> SparqlServer:
        servers.append(SparqlServer(union=union))
        return servers[-1]

    yield make
    for server in servers:
        server.close()


@pytest.fixture(params=["memory", "embedded", "remote", "remote without graph store"])
def store(request: pytest.FixtureRequest, tmp_path: Path, make_server: Callable[..., SparqlServer]) -> Iterator[Store]:
    """An empty store of each kind, open for writing: what one does, all do."""
    if request.param == "memory":
        opened = open_store(":memory:", write=True)
    elif request.param == "embedded":
        opened = open_store(tmp_path / "store", write=True)
    elif request.param == "remote":
        opened = open_store(make_server(union=False).url, write=True, history=make_server(union=False).url)
    else:
        urls = [f"{url}/query?update={url}/update" for url in (make_server().url, make_server().url)]
        opened = RemoteStore(urls[0], history=urls[1], writable=True)
    with opened:
        yield opened


@pytest.fixture(scope="package")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample policies, read by the rules."""
    from .goldens import filled

    with filled(tmp_path_factory.mktemp("samples") / "older") as store:
        yield store


@pytest.fixture(scope="package")
def seeds(shared: Path) -> Iterator[Store]:
    """The five seeds, read by the rules."""
    from clausegraph.api import ingestion
    from clausegraph.ingest.read import discover

    with open_store(":memory:", write=True) as store:
        assert all(one.state == "added" for one in ingestion.ingest(store, discover([str(shared / "seeds")]), jobs=1))
        yield store
