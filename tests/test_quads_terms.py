"""IRIs and literals of the emitted quads: any key and any text must survive."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegraph.ingest.quads import clause_iri, party_iri, policy_iri, policy_key, version_iri, version_quads
from clausegraph.ingest.quads.literals import decimal, string, typed
from clausegraph.ingest.records import Clause, Document, Extraction
from clausegraph.ontology.terms import CG

from .test_quads import STAMP

ANY_TEXT = st.text(st.characters(codec="utf-8"))
#: As above, but also the lone surrogates that file names which are no UTF-8 give.
ANY_KEY = st.text(st.characters(exclude_categories=()), min_size=1)


@given(ANY_KEY, ANY_TEXT)
def test_any_key_gives_a_valid_iri_and_comes_back(key: str, path: str) -> None:
    policy = policy_iri(key)
    version = version_iri(key, "ab" * 32)
    clause = clause_iri(version, path)
    party = party_iri(key, path)
    for iri in (policy, version, clause, party):
        line = f"<{iri}> <{iri}> <{iri}> <{iri}> .\n".encode()
        (quad,) = ox.parse(line, format=ox.RdfFormat.N_QUADS)
        assert quad.subject == ox.NamedNode(iri)
        assert policy_key(iri) == key
    assert "/" not in policy.removeprefix("https://w3id.org/clausegraph/id/policy/")


def test_no_key_reaches_into_another_policy() -> None:
    version = version_iri("a", "ab" * 32)
    inside = version.removeprefix("https://w3id.org/clausegraph/id/policy/")
    assert policy_iri(inside) != version
    with pytest.raises(ValueError, match="needs a key"):
        policy_iri("")
    with pytest.raises(ValueError, match="no policy's IRI"):
        policy_key("https://example.org/")


@given(ANY_TEXT)
def test_any_text_survives_as_a_literal(text: str) -> None:
    line = f"<a:s> <a:p> {string(text)} <a:g> .\n".encode()
    (quad,) = ox.parse(line, format=ox.RdfFormat.N_QUADS)
    assert quad.object == ox.Literal(text)


@given(ANY_TEXT.filter(bool))
def test_any_policy_text_is_kept_exactly(text: str) -> None:
    document = Document("k", text, "und", "0" * 64)
    whole = Extraction(document, (Clause("1", 0, len(text), "Paragraph", 0),))
    assert ask_text(version_quads(whole, extractor=STAMP)) == text


def ask_text(quads: bytes) -> str:
    values = [
        quad.object for quad in ox.parse(quads, format=ox.RdfFormat.N_QUADS) if quad.predicate.value == f"{CG}text"
    ]
    (value,) = values
    assert isinstance(value, ox.Literal)
    return value.value


def test_numbers_and_dates_are_written_as_their_type_wants() -> None:
    assert decimal(180.0) == '"180"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    assert decimal(1e-7).startswith('"0.0000001"')
    assert decimal(1e22).startswith('"10000000000000000000000"')
    assert typed("P1M", "duration") == '"P1M"^^<http://www.w3.org/2001/XMLSchema#duration>'
