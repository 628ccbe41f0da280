"""SPARQL cut into tokens: nothing lost, code told from text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegraph.queries.lexer import has_dataset_clause, query_form, tokens


@given(st.text())
def test_no_character_is_lost(text: str) -> None:
    assert "".join(token.text for token in tokens(text, all_kinds=True)) == text


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("SELECT ?x", ["word", "variable"]),
        ("<https://x.org/#a> # b", ["iri"]),
        ("?a < ?b", ["variable", "mark", "variable"]),
        ("\"a\\\"b\" 'c' '''d'e''f''' \"\"\"g\"h\"\"\"", ["string"] * 4),
        ("'unclosed", ["mark", "word"]),
        ('"x"@zh-Hant "1"^^xsd:int', ["string", "tag", "string", "mark", "mark", "name"]),
        ("ex:a.b-c ex: :b _:c ex:a\\#b", ["name"] * 5),
        ("ex:a.", ["name", "mark"]),
        ("1 2.5 .5 1e-3", ["number"] * 4),
    ],
)
def test_kinds(text: str, kinds: list[str]) -> None:
    assert [token.kind for token in tokens(text)] == kinds


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", "select"),
        ("# ask\nPREFIX select: <x:ask> BASE <x:> ask {}", "ask"),
        ("PREFIX : <x:> CONSTRUCT WHERE {}", "construct"),
        ("describe <x:y>", "describe"),
        ("INSERT DATA {}", None),
        ("", None),
        ("PREFIX x: <y:>", None),
        ("PREFIX x: <y:>ASKFROM<x:g>{}", "ask"),  # keywords need no space between them
        ("SELECTDISTINCT?s{}", "select"),
        ("constructwhere{}", "construct"),
    ],
)
def test_forms(query: str, form: str | None) -> None:
    assert query_form(query) == form


@pytest.mark.parametrize(
    ("query", "has"),
    [
        ("SELECT * FROM <x:y> {}", True),
        ("SELECT *FROM<x:y>{}", True),
        ("ASK from named <x:y> {}", True),
        ("ASKFROM<x:y>{}", True),
        ("SELECT(1AS?x)FROMNAMED<x:y>{}", True),
        ("SELECT * { ?s ?p <x:\\u0061#> } # FROM <x:y>", False),
        ("SELECT (<x:\\u0061#> AS ?x) FROM <x:y> {}", True),
        ("SELECT * { ?s cg:durationFrom ?from . ?s ?p 'FROM <x:y>' } # FROM <x:y>", False),
        ("SELECT * { ?s ?p <https://x.org/FROM> FILTER(?a < ?from && ?b > 1) }", False),
        ("PREFIX from: <x:> SELECT * { from:FROM ?p ?o }", False),
    ],
)
def test_dataset_clauses(query: str, has: bool) -> None:
    assert has_dataset_clause(query) is has
