"""The store on a SPARQL 1.1 server: queries, updates and the Graph Store Protocol over HTTP.

In: the URLs of one or two datasets. Out: `RemoteStore`. The server must show the union of its graphs as the default
graph (Oxigraph does so on request, Virtuoso, GraphDB and others always); it is asked once. Each policy is one
update, so it is as atomic as the server's updates are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import httpx
import pyoxigraph as ox

from ...ontology.terms import CATALOGUE_GRAPH, CURRENT_VERSION
from ..lexer import has_dataset_clause
from . import catalogue
from .base import Answer, QueryError, Scope, Solutions, StoreError, Triples
from .core import GraphStore
from .formats import MEDIA_TYPES, RESULT_FORMATS, records_of, write_triples
from .sink import Sink

__all__ = ["Endpoints", "RemoteDataset", "RemoteStore"]

_RECORDS = "application/sparql-results+json, application/n-triples;q=0.9, text/turtle;q=0.8"
_UNION = "union-default-graph"


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The three URLs of a dataset; ``update`` and ``graphs`` may be empty where it is only read.

    ``union``: the parameter that makes an Oxigraph server use the union as default graph, for queries without FROM
    (it would override that); empty where the server does so by itself.
    """

    query: str
    update: str = ""
    graphs: str = ""
    union: str = ""

    @classmethod
    def of(cls, url: str) -> Endpoints:
        """From one URL: a server's root means Oxigraph's paths, anything else is a query endpoint.

        ``?update=…&graphs=…`` beside a query endpoint name the other two (they are not sent to it).
        """
        parts = urlsplit(url)
        if parts.path in ("", "/"):
            root = f"{parts.scheme}://{parts.netloc}"
            return cls(f"{root}/query", f"{root}/update", f"{root}/store", _UNION)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        named = {key: value for key, value in pairs if key in ("update", "graphs")}
        rest = urlencode([pair for pair in pairs if pair[0] not in (*named, _UNION)])
        union = _UNION if any(key == _UNION for key, _ in pairs) else ""
        return cls(urlunsplit(parts._replace(query=rest)), named.get("update", ""), named.get("graphs", ""), union)


class RemoteDataset:
    """`Dataset` over HTTP. ``headers`` go with every request (an ``Authorization``, say)."""

    def __init__(self, endpoints: Endpoints, *, headers: Mapping[str, str] | None = None, timeout: float = 60) -> None:
        self._endpoints = endpoints
        self._client = httpx.Client(headers=dict(headers or {}), timeout=timeout)

    def query(self, sparql: str, scope: Scope) -> Answer:
        """See `Dataset.query`."""
        response = self._ask(sparql, _RECORDS, scope)
        kind = response.headers.get("content-type", "").partition(";")[0].strip()
        try:
            if kind in ("application/sparql-results+json", "application/json"):
                return records_of(response.content)
            form = ox.RdfFormat.from_media_type(kind)
            if form is None:
                raise StoreError(f"{self._endpoints.query} answered with “{kind}”, which is no result of a query.")
            return Triples([quad.triple for quad in ox.parse(response.content, format=form)])
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"{self._endpoints.query} answered with a broken result: {error}.") from error

    def serialise(self, sparql: str, format: str, scope: Scope, sink: IO[bytes]) -> None:
        """See `Dataset.serialise`."""
        if format not in MEDIA_TYPES:
            raise QueryError(f"There is no format “{format}”.", mend=f"Ask for one of {', '.join(MEDIA_TYPES)}.")
        table = format in RESULT_FORMATS
        wanted = MEDIA_TYPES[format] if table else "application/n-triples, text/turtle;q=0.8"
        response = self._ask(sparql, wanted, scope)
        kind = response.headers.get("content-type", "").partition(";")[0].strip()
        if table:
            if kind != wanted:
                raise QueryError(
                    f"{self._endpoints.query} answered with “{kind}” where {wanted} was asked for.",
                    mend="Ask for a format that fits the query: a table for SELECT, a graph for CONSTRUCT.",
                )
            sink.write(response.content)
        else:
            form = ox.RdfFormat.from_media_type(kind)
            if form is None:
                raise QueryError(
                    "The query gives a table, which cannot be written as a graph.",
                    mend=f"Ask for one of {', '.join(RESULT_FORMATS)}.",
                )
            write_triples((quad.triple for quad in ox.parse(response.content, format=form)), format, sink)

    def update(self, sparql: str, base: str | None = None) -> None:
        """See `Dataset.update`."""
        if not self._endpoints.update:
            raise StoreError(
                f"{self._endpoints.query} is known for queries only.", mend="Name its update endpoint: ?update=URL."
            )
        text = sparql if base is None else f"BASE {catalogue.iri(base)}\n{sparql}"
        self._send(self._endpoints.update, text, "application/sparql-update", accept="*/*", params=[])

    def add(self, parts: Sequence[bytes]) -> None:
        """See `Dataset.add`: one update a part."""
        for part in parts:
            blocks: dict[str, list[str]] = {}
            for quad in ox.parse(part, format=ox.RdfFormat.N_QUADS):
                blocks.setdefault(str(quad.graph_name), []).append(f"{quad.triple} .")
            graphs = "\n".join(f"GRAPH {name} {{\n" + "\n".join(lines) + "\n}" for name, lines in blocks.items())
            self.update(f"INSERT DATA {{\n{graphs}\n}}")

    def graphs(self) -> list[str]:
        """See `Dataset.graphs`."""
        answer = self.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }", Scope())
        assert isinstance(answer, Solutions)
        return sorted(row["g"] for row in answer.texts())

    def graph(self, iri: str | None) -> bytes:
        """See `Dataset.graph`: by the Graph Store Protocol where its URL is known."""
        if not self._endpoints.graphs:
            if iri is None:
                raise StoreError(
                    f"{self._endpoints.query} cannot be asked for its graph without a name.",
                    mend="Name its Graph Store Protocol endpoint: ?graphs=URL.",
                )
            query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {catalogue.iri(iri)} {{ ?s ?p ?o }} }}"
            with Sink() as sink:
                self.serialise(query, "ntriples", Scope(), sink)
                return sink.value()
        named = {"default": ""} if iri is None else {"graph": iri}
        try:
            response = self._client.get(
                self._endpoints.graphs, params=named, headers={"accept": "application/n-triples"}
            )
        except httpx.HTTPError as error:
            raise _unreachable(self._endpoints.graphs, error) from error
        if response.status_code == 404:
            return b""
        _check(response)
        return response.content

    def has_graph(self, iri: str) -> bool:
        """See `Dataset.has_graph`: few servers know of empty graphs, so one counts that holds something."""
        return self.query(f"ASK {{ GRAPH {catalogue.iri(iri)} {{ ?s ?p ?o }} }}", Scope()) is True

    def optimize(self) -> None:
        """Nothing: a server looks after itself."""

    def close(self) -> None:
        """See `Dataset.close`."""
        self._client.close()

    def _ask(self, sparql: str, accept: str, scope: Scope) -> httpx.Response:
        text = sparql if scope.base is None else f"BASE {catalogue.iri(scope.base)}\n{sparql}"
        params = [("default-graph-uri", graph) for graph in scope.default_graphs or ()]
        params += [("named-graph-uri", graph) for graph in scope.named_graphs or ()]
        if self._endpoints.union and not params and not has_dataset_clause(sparql):
            params.append((self._endpoints.union, ""))
        return self._send(self._endpoints.query, text, "application/sparql-query", accept=accept, params=params)

    def _send(self, url: str, body: str, kind: str, *, accept: str, params: list[tuple[str, str]]) -> httpx.Response:
        target = httpx.URL(url)
        for key, value in params:
            target = target.copy_add_param(key, value)
        try:
            response = self._client.post(
                target, content=body.encode(), headers={"content-type": kind, "accept": accept}
            )
        except httpx.HTTPError as error:
            raise _unreachable(url, error) from error
        _check(response)
        return response


class RemoteStore(GraphStore):
    """`Store` on a server. ``history`` is the URL of a second dataset; without it nothing can be replaced.

    Raises `StoreError` where the server cannot be reached or hides named graphs from its default graph.
    """

    def __init__(
        self,
        url: str,
        *,
        history: str = "",
        writable: bool = False,
        headers: Mapping[str, str] | None = None,
        timeout: float = 60,
    ) -> None:
        current = RemoteDataset(Endpoints.of(url), headers=headers, timeout=timeout)
        past = RemoteDataset(Endpoints.of(history), headers=headers, timeout=timeout) if history else None
        super().__init__(current, past, location=url, writable=writable)
        try:
            self._check_union()
        except BaseException:
            self.close()
            raise

    def _check_union(self) -> None:
        entry = f"{{ ?policy <{CURRENT_VERSION}> ?version }}"
        hidden = f"ASK {{ GRAPH <{CATALOGUE_GRAPH}> {entry} FILTER NOT EXISTS {entry} }}"
        if self.query(hidden) is True:
            raise StoreError(
                f"{self.location} does not show its named graphs in the default graph.",
                mend="Let the server's default graph be the union of its graphs (Oxigraph: --union-default-graph).",
            )


def _check(response: httpx.Response) -> None:
    if response.is_success:
        return
    url = str(response.request.url).partition("?")[0]
    detail = response.text.strip()[:300]
    if response.status_code == 400:
        raise QueryError(f"{url} refused the query: {detail}.")
    if response.status_code == 406:
        raise QueryError(
            f"{url} cannot answer this query in the format asked for: {detail}.",
            mend="Ask for a format that fits: a table for SELECT and ASK, a graph for CONSTRUCT and DESCRIBE.",
        )
    mend = {401: "Give a token that it accepts.", 403: "Give a token that may do this."}
    raise StoreError(
        f"{url} answered {response.status_code}: {detail}.", mend=mend.get(response.status_code, "Look at its log.")
    )


def _unreachable(url: str, error: Exception) -> StoreError:
    return StoreError(f"{url} cannot be reached: {error}.", mend="Check that the server runs and the URL is right.")
