"""The fence: no query or update reaches another server, however it is written, and ours pass unharmed."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clausegraph.queries import guard
from clausegraph.queries.guard import Refused, fence_query, fence_update


class Trap:
    """A server that counts who knocks."""

    def __init__(self) -> None:
        self.hits = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._socket.accept()
            except OSError:
                return
            self.hits += 1
            client.close()

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


@pytest.fixture(scope="module")
def trap() -> Iterator[Trap]:
    server = Trap()
    yield server
    server.close()


def store() -> ox.Store:
    data = ox.Store()
    triples = '<x:a> <x:p> "our service" ; <x:n> 1, true ; <x:q> <https://x.org/service#Service>'
    data.update(f"INSERT DATA {{ GRAPH <x:g> {{ {triples} }} }}")
    return data


def knocks(sparql: str, *, update: bool = False) -> bool:
    """Run it on Oxigraph; whether it was valid there."""
    try:
        if update:
            store().update(sparql)
        else:
            result = store().query(sparql, use_default_graph_as_union=True)
            if not isinstance(result, ox.QueryBoolean):
                list(result)
    except SyntaxError:
        return False
    except (OSError, RuntimeError):
        pass
    return True


#: Each one makes Oxigraph call the trap; all must be refused, or be invalid once fenced.
HOSTILE = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SeRvIcE SILENT <URL> { ?s ?p ?o } }",
    "SELECT*{SERVICESILENT<URL>{?s ?p ?o}}",
    "SELECT * { ?s ?p ?o . OPTIONAL { { SERVICE <URL> { ?s ?p ?o } } UNION { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o MINUS { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * { { SELECT * { GRAPH ?g { SERVICE <URL> { ?s ?p ?o } } } } }",
    "SELECT (EXISTS { SERVICE <URL> { ?s ?p ?o } } AS ?x) {}",
    "SELECT * { ?s ?p ?o } ORDER BY (EXISTS { SERVICE <URL> { ?a ?b ?c } })",
    "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING (EXISTS { SERVICE <URL> { ?a ?b ?c } })",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <URL> { ?s ?p ?o } }",
    "ASK { SERVICE <URL> { ?s ?p ?o } }",
    "PREFIX u: <URL> SELECT * { SERVICE u:sparql { ?s ?p ?o } }",
    "PREFIX u: <URL> SELECT * { SERVICEu:sparql { ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * { SERVICE:sparql { ?s ?p ?o } }",
    "BASE <URL> SELECT * { SERVICE <sparql> { ?s ?p ?o } }",
    "SELECT * { # a comment\n SERVICE # another\r <URL> { ?s ?p ?o } }",
    "SELECT * { <x:a> <x:p> ?o .SERVICE<URL>{?s ?p ?o} }",
    "SELECT * { ?s ?p 1SERVICE<URL>{?a ?b ?c} }",
    "SELECT * { ?s ?p trueSERVICE<URL>{?a ?b ?c} }",
    "PREFIX ex: <x:> SELECT * { OPTIONAL { ex:a\\#b ?p ?o } SERVICE <URL> { ?s ?p ?o } }",
    "PREFIX ex: <x:> SELECT * { OPTIONAL { ex:a\\'b ?p ?o } SERVICE <URL> { ?s ?p ?o } # '\n }",
    'PREFIX ex: <x:> SELECT * { OPTIONAL { ?s ?p "a\\"#b" } SERVICE <URL> { ?s ?p ?o } }',
    "SELECT * { OPTIONAL { ?s ?p '''a'b''c\\''' # ''' } SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { OPTIONAL { ?s ?p <x:#> } SERVICE <URL> { ?s ?p ?o } }",
    # what rdflib reads as one thing and Oxigraph as another: \u0022 is a quotation mark to rdflib alone
    'SELECT * { VALUES ?x { "a\\u0022 " } SERVICE <URL> { ?s ?p ?o } VALUES ?y { " \\u0022" } }',
]


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_reaches_out(trap: Trap, query: str) -> None:
    hostile = query.replace("<URL>", f"<{trap.url}>")
    before = trap.hits
    knocks(hostile)
    assert trap.hits > before, "this query is not hostile: the test is void"
    before = trap.hits
    try:
        knocks(fence_query(hostile))
    except Refused as refusal:
        assert refusal.mend
    assert trap.hits == before


#: Pieces that strings, names, comments and escapes are made of, around the keyword.
PIECES = st.sampled_from(
    [
        *("SERVICE", "service", "SILENT", "<U>", "?u", ":x", "ex:a", "ex:a\\-", "ex:", "{", "}", "{ ?s ?p ?o }"),
        *('"', "'", '"""', "'''", "\\", "\\\\", '\\"', "\\u0022", "\\u0027", "\\u005c", "\\U00000022", "#", "\n", "\r"),
        *(" ", ".", ";", ",", "1", "1e5", "true", "a", "?s", "?s ?p", "VALUES ?x {", "FILTER(", ")", "(", "<", ">"),
        *(
            "<x:",
            "<x:\\u0022>",
            "OPTIONAL {",
            "UNION",
            "BIND(",
            "AS ?b)",
            "@en",
            "^^ex:a",
            "_:b",
            "[",
            "]",
            "&&",
            "%41",
        ),
    ]
)


@settings(max_examples=1500, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=14))
@example(['"', "a", "\\u0022", '"', "}", "SERVICE", "<U>", "{ ?s ?p ?o }", "VALUES ?x {", '"', "\\u0022", '"'])
def test_no_mixture_reaches_out(trap: Trap, pieces: list[str]) -> None:
    body = " ".join(pieces).replace("U>", trap.url + ">")
    for text in (body, body.replace(" ", "")):
        query = f"PREFIX ex: <x:> PREFIX : <{trap.url}> SELECT * {{ {text} SERVICE <{trap.url}> {{ ?a ?b ?c }} }}"
        before = trap.hits
        with contextlib.suppress(Refused):
            knocks(fence_query(query))
        assert trap.hits == before
        knocks(guard._IN_QUERIES.sub(guard._spell, query))
        assert trap.hits == before, "the second fence must hold alone, should the first be fooled"


HOSTILE_UPDATES = [
    "LOAD <U>",
    "LOAD SILENT <U> INTO GRAPH <x:g>",
    "LOADSILENT<U>INTOGRAPH<x:g>",
    "INSERT DATA { <x:a> <x:b> 'LOAD' } ; LOAD <U>",
    "PREFIX u: <U> LOAD u:data",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <U> { ?s ?p ?o } }",
    "DELETE { ?s ?p ?o } WHERE { OPTIONAL { SERVICE SILENT <U> { ?s ?p ?o } } }",
    "WITH <x:g> DELETE { ?a ?b ?c } WHERE { { ?a ?b ?c } UNION { SERVICE <U> { ?a ?b ?c } } }",
]


@pytest.mark.parametrize("update", HOSTILE_UPDATES)
def test_no_update_reaches_out(trap: Trap, update: str) -> None:
    hostile = update.replace("<U>", f"<{trap.url}>")
    before = trap.hits
    knocks(hostile, update=True)
    assert trap.hits > before, "this update is not hostile: the test is void"
    before = trap.hits
    try:
        knocks(fence_update(hostile), update=True)
    except Refused as refusal:
        assert refusal.mend
    assert trap.hits == before


def rows(query: str) -> list[str]:
    result = store().query(query, use_default_graph_as_union=True)
    assert isinstance(result, ox.QuerySolutions)
    return sorted(str(solution) for solution in result)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o }",
        'SELECT * { ?s ?p ?o FILTER(?o = "our service") } # of Service',
        "SELECT ?service { ?s <x:q> ?service FILTER(STRENDS(STR(?service), 'Service')) }",
        "PREFIX s: <https://x.org/service#> SELECT ?s { ?s ?p s:Service }",
        "PREFIX s: <https://x.org/service#> SELECT ?ourService { ?ourService ?p s:Service ; <x:p> '''our service''' }",
        "SELECT ?s { ?s ?p <https://x.org/service#Service> }",
        r"SELECT ?s { ?s ?p 'our \u0073ervice' }",
    ],
)
def test_harmless_queries_keep_their_meaning(query: str) -> None:
    assert rows(fence_query(query)) == rows(query) != []


def test_harmless_updates_keep_their_meaning() -> None:
    data = store()
    data.update(fence_update("PREFIX e: <x:> INSERT DATA { e:Upload e:service 'service, load', <x:load/service> }"))
    assert data.query("ASK { <x:Upload> <x:service> 'service, load', <x:load/service> }")


def test_what_cannot_be_judged_is_refused() -> None:
    deep = "{" * 5000 + " ?s ?p 'service' " + "}" * 5000
    variable = "SELECT * { VALUES ?u { <http://127.0.0.1:9/> } SERVICE ?u { ?s ?p ?o } }"
    for query in (
        variable,
        "service",
        "SELECT * { SERVICE",
        "INSERT DATA { <x:service> <x:b> <x:c> }",
        f"SELECT * {deep}",
    ):
        with pytest.raises(Refused) as caught:
            fence_query(query)
        assert caught.value.mend
        assert "\n" not in str(caught.value)
    for update in ("SELECT * {}", "", "INSERT DATA {", deep):
        with pytest.raises(Refused):
            fence_update(update)


def test_the_parsers_do_disagree() -> None:
    """Why one fence is not enough: rdflib finds no SERVICE in this query, Oxigraph does."""
    assert guard._judge_query(HOSTILE[-1].replace("<URL>", "<http://127.0.0.1:9/>")) == ""


def test_the_verdict_is_remembered() -> None:
    query = "SELECT * { ?s ?p 'a service of which the verdict is remembered' }"
    before = guard._judge_query.cache_info().hits
    assert fence_query(query) == fence_query(query)
    assert guard._judge_query.cache_info().hits == before + 1


def test_how_oxigraph_reads_escapes() -> None:
    """What both fences rest on. If an upgrade of pyoxigraph changes it, this fails, and `guard` must follow."""
    for keyword in (r"\u0053ERVICE", r"S\u0045RVICE", r"\U00000053ERVICE", "ſERVICE", "SERVıCE"):
        with pytest.raises(SyntaxError):
            store().query(f"SELECT * {{ {keyword} <http://127.0.0.1:9/> {{ ?s ?p ?o }} }}")
    with pytest.raises(SyntaxError):
        store().update(r"\u004cOAD <http://127.0.0.1:9/>")
    inside = [
        r"'\u0073ervice'",
        r'"\u0073ervice"',
        r"'''\u0073ervice'''",
        r'"""\u0073ervice"""',
        r"STR(<x:\u0073ervice>)",
    ]
    for text in inside:
        assert store().query(f"ASK {{ FILTER({text} = {text.replace(chr(92) + 'u0073', 's')}) }}")
