"""What there is to ask, in RDF: the SPARQL 1.1 Service Description at GET /sparql, VoID at /.well-known/void.

In: the store's own figures, asked like any query. Out: RDF in the form that the client wants, with the prefixes
(``sh:declare``). Figures that take too long are left out; what is in a state is counted once.
"""

from __future__ import annotations

import io
import json
from typing import Any

import pyoxigraph as ox
from fastapi import APIRouter, Request
from starlette.responses import Response

from ... import ClauseGraphError, __version__
from ...ontology.terms import CG, CGC, CLAUSE, DCT, DPV, ID, OA, OWL, POLICY, PROV, RDF, RDFS, SH, SKOS, STATEMENT, XSD
from ...queries.linked import LINKED_QUERY
from ...queries.requests import Query, Reply
from ...queries.store import DatasetName, StoreMissing
from ...queries.store.formats import GRAPH_FORMATS, PREFIXES, write_triples
from ..pages import page
from ..problem import wants_page
from ..settings import Settings
from .answer import content_type_of, form_of_answer, matches, response_of, tag_of, unchanged
from .protocol import address, root_of
from .runner import run, runner_of

router = APIRouter(tags=["sparql"])

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
FORMATS = "http://www.w3.org/ns/formats/"
RESULTS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD", "N-Quads", "TriG"),
)
INPUTS = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")
GRAPHS_QUERY = "SELECT ?g { GRAPH ?g {} } ORDER BY ?g"
COUNTS_QUERY = f"""SELECT ?triples ?policies ?statements ?clauses {{
  {{ SELECT (COUNT(*) AS ?triples) {{ GRAPH ?g {{ ?s ?p ?o }} }} }}
  {{ SELECT (COUNT(?policy) AS ?policies) {{ GRAPH ?g {{ ?policy a <{POLICY}> }} }} }}
  {{ SELECT (COUNT(?statement) AS ?statements) {{ GRAPH ?g {{ ?statement <{CG}inVersion> ?v }} }} }}
  {{ SELECT (COUNT(?clause) AS ?clauses) {{ GRAPH ?g {{ ?clause <{CG}clauseKind> ?kind }} }} }}
}}"""
EXAMPLE_QUERY = f"SELECT ?policy {{ ?policy a <{POLICY}> }} ORDER BY ?policy LIMIT 1"
SUMMARY = "Privacy policies as a knowledge graph: what each says it does with personal data, tied to its exact words."

Node = ox.NamedNode | ox.BlankNode
Value = Node | ox.Literal


class Sheet:
    """Triples as they are written down."""

    def __init__(self) -> None:
        self.triples: list[ox.Triple] = []
        self._blanks = 0

    def say(self, subject: str | Node, predicate: str, *values: str | int | Value) -> None:
        """Text is an IRI; a number is a count."""
        for value in values:
            if isinstance(value, int):
                value = ox.Literal(str(value), datatype=ox.NamedNode(XSD + "integer"))
            node = ox.NamedNode(value) if isinstance(value, str) else value
            self.triples.append(ox.Triple(_node(subject), ox.NamedNode(predicate), node))

    def blank(self) -> ox.BlankNode:
        """A node without a name: numbered, so that the same sheet is always the same bytes."""
        self._blanks += 1
        return ox.BlankNode(f"n{self._blanks}")

    def written(self, name: str) -> bytes:
        """The sheet in one of `GRAPH_FORMATS`."""
        places: dict[object, int] = {}
        for each in self.triples:
            places.setdefault(each.subject, len(places))
        sink = io.BytesIO()
        write_triples(sorted(self.triples, key=lambda each: places[each.subject]), name, sink)
        return sink.getvalue()


def _node(subject: str | Node) -> Node:
    return ox.NamedNode(subject) if isinstance(subject, str) else subject


async def service_description(request: Request, dataset: DatasetName, given: str) -> Response:
    """What the endpoint can do, and the graphs there are."""
    name = form_of_answer(request, given, tables=False, page=False)
    settings: Settings = request.app.state.settings
    writable = settings.write_token is not None and dataset == "current"
    endpoint = address(request)
    sheet = Sheet()
    sheet.say(endpoint, RDF + "type", SD + "Service")
    sheet.say(endpoint, SD + "endpoint", endpoint)
    sheet.say(endpoint, RDFS + "label", ox.Literal(_title(dataset), language="en"))
    sheet.say(endpoint, SD + "supportedLanguage", SD + "SPARQL11Query")
    sheet.say(endpoint, SD + "feature", SD + "UnionDefaultGraph", SD + "EmptyGraphs")
    sheet.say(endpoint, SD + "resultFormat", *(FORMATS + each for each in RESULTS))
    if writable:
        sheet.say(endpoint, SD + "supportedLanguage", SD + "SPARQL11Update")
        sheet.say(endpoint, SD + "inputFormat", *(FORMATS + each for each in INPUTS))
    sheet.say(endpoint, SD + "defaultEntailmentRegime", "http://www.w3.org/ns/entailment/Simple")
    sheet.say(endpoint, RDFS + "seeAlso", f"{root_of(request)}/.well-known/void")
    for prefix, iri in sorted(PREFIXES.items()):
        declared = sheet.blank()
        sheet.say(endpoint, SH + "declare", declared)
        sheet.say(declared, SH + "prefix", ox.Literal(prefix))
        sheet.say(declared, SH + "namespace", ox.Literal(iri, datatype=ox.NamedNode(XSD + "anyURI")))
    data, default = f"{endpoint}#dataset", f"{endpoint}#union"
    sheet.say(endpoint, SD + "defaultDataset", data)
    sheet.say(data, RDF + "type", SD + "Dataset")
    sheet.say(data, SD + "defaultGraph", default)
    sheet.say(default, RDF + "type", SD + "Graph")
    sheet.say(default, RDFS + "comment", ox.Literal("The union of all graphs.", language="en"))
    linked = {row["graph"]: row for row in await _rows(request, LINKED_QUERY, dataset)}
    for row in await _rows(request, GRAPHS_QUERY, dataset):
        graph = sheet.blank()
        sheet.say(data, SD + "namedGraph", graph)
        sheet.say(graph, RDF + "type", SD + "NamedGraph")
        sheet.say(graph, SD + "name", row["g"])
        if row["g"] in linked:
            content = sheet.blank()
            sheet.say(graph, SD + "graph", content)
            sheet.say(content, RDF + "type", SD + "Graph")
            _say_vocabulary(sheet, content, linked[row["g"]])
    return _answer(request, sheet, name)


@router.get("/.well-known/void", summary="Describe the data (VoID)", response_class=Response)
@router.head("/.well-known/void", include_in_schema=False)
async def void(request: Request) -> Response:
    """The dataset in VoID: where to ask it, which vocabularies it uses, how large it is. Browsers get a page of it."""
    name = form_of_answer(request, request.query_params.get("format", ""), tables=False, page=wants_page(request))
    base = root_of(request)
    here = f"{base}/.well-known/void"
    data, history = f"{here}#dataset", f"{here}#history"
    sheet = Sheet()
    sheet.say(here, RDF + "type", VOID + "DatasetDescription")
    sheet.say(here, "http://xmlns.com/foaf/0.1/primaryTopic", data)
    for subject, dataset, path in ((data, "current", "/sparql"), (history, "history", "/history/sparql")):
        sheet.say(subject, RDF + "type", VOID + "Dataset")
        sheet.say(subject, DCT + "title", ox.Literal(_title(dataset), language="en"))
        sheet.say(subject, VOID + "sparqlEndpoint", base + path)
        sheet.say(subject, VOID + "vocabulary", CG, CGC, DCT, DPV, OA, PROV, SKOS, "https://schema.org/")
    sheet.say(data, DCT + "description", ox.Literal(SUMMARY, language="en"))
    sheet.say(data, DCT + "creator", ox.Literal(f"ClauseGraph {__version__}"))
    sheet.say(data, "http://xmlns.com/foaf/0.1/homepage", f"{base}/")
    sheet.say(data, RDFS + "seeAlso", history)
    sheet.say(data, VOID + "uriSpace", ox.Literal(ID))
    sheet.say(data, VOID + "feature", *(FORMATS + each for each in RESULTS if not each.startswith("SPARQL")))
    for row in await _rows(request, EXAMPLE_QUERY, "current"):
        sheet.say(data, VOID + "exampleResource", row["policy"])
    for row in await _rows(request, LINKED_QUERY, "current"):
        part = sheet.blank()
        sheet.say(data, VOID + "subset", part)
        sheet.say(part, RDF + "type", VOID + "Dataset")
        sheet.say(part, SD + "name", row["graph"])
        _say_vocabulary(sheet, part, row)
    for row in await _counts(request):
        sheet.say(data, VOID + "triples", int(row["triples"]))
        for counted, kind in (("policies", POLICY), ("statements", STATEMENT), ("clauses", CLAUSE)):
            partition = sheet.blank()
            sheet.say(data, VOID + "classPartition", partition)
            sheet.say(partition, VOID + "class", kind)
            sheet.say(partition, VOID + "entities", int(row[counted]))
    if name == "html":
        turtle = sheet.written("turtle").decode("utf-8")
        shown = page(request, "void.html", base=base, summary=SUMMARY, formats=list(GRAPH_FORMATS), turtle=turtle)
        shown.headers["Vary"] = "Accept"
        return shown
    return _answer(request, sheet, name)


def _say_vocabulary(sheet: Sheet, subject: ox.BlankNode, row: dict[str, str]) -> None:
    """What a vocabulary of others is that stands beside the policies."""
    sheet.say(subject, DCT + "title", ox.Literal(row.get("title") or row.get("ontology") or row["source"]))
    sheet.say(subject, VOID + "triples", int(row["triples"]))
    if "ontology" in row:
        sheet.say(subject, DCT + "isVersionOf", row["ontology"])
    if "version" in row:
        sheet.say(subject, OWL + "versionInfo", ox.Literal(row["version"]))


def _answer(request: Request, sheet: Sheet, name: str) -> Response:
    body = sheet.written(name)
    tag = tag_of(body)
    if matches(request, tag):
        return unchanged(tag)
    headers = {
        "Content-Type": content_type_of(name),
        "Vary": "Accept",
        "ETag": tag,
        "Cache-Control": "no-cache",
        "Link": f'<{root_of(request)}/.well-known/void>; rel="describedby"',
    }
    return response_of(request, Reply(body, None, len(body)), headers)


async def _rows(request: Request, query: str, dataset: DatasetName) -> list[dict[str, str]]:
    """A small table; empty where nothing was ingested yet."""
    try:
        reply = await run(request, Query(query, "json", dataset))
    except StoreMissing:
        return []
    found: list[dict[str, dict[str, Any]]] = json.loads(reply.read())["results"]["bindings"]
    return [{name: str(term["value"]) for name, term in row.items() if term["type"] != "bnode"} for row in found]


async def _counts(request: Request) -> list[dict[str, str]]:
    """The figures: kept as long as the state is the same, left out where counting takes too long."""
    stamp = runner_of(request).stamp("current")
    kept: tuple[str, list[dict[str, str]]] | None = getattr(request.app.state, "void_counts", None)
    if kept is not None and stamp and kept[0] == stamp:
        return kept[1]
    try:
        rows = await _rows(request, COUNTS_QUERY, "current")
    except ClauseGraphError:
        rows = []  # kept as well: what took too long once takes too long again
    request.app.state.void_counts = (stamp, rows)
    return rows


def _title(dataset: str) -> str:
    return "ClauseGraph: superseded versions" if dataset == "history" else "ClauseGraph"
