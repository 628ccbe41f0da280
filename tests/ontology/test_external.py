"""Vocabularies of others as files: every syntax, the graph each belongs in, and what is refused."""

from __future__ import annotations

import hashlib

import pyoxigraph as ox
import pytest

from clausegraph.ontology.external import ENDINGS, NAMELESS, External, ExternalError, read_external

HEAD = """@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix ex: <https://voc.example/v#> .
"""
VOCABULARY = (
    HEAD
    + """<https://voc.example/v> a owl:Ontology ; owl:versionIRI <https://voc.example/2/v> ; owl:versionInfo "2" ;
    dct:title "Slova"@cs , "Words"@en ; dct:creator [ dct:title "Somebody" ] .
ex:Thing a skos:Concept ; skos:prefLabel "Thing"@en , "東西"@zh-Hant .
"""
)


def read(text: str | bytes, name: str = "voc.ttl", **more: str) -> External:
    data = text.encode() if isinstance(text, str) else text
    return read_external(data, name=name, source=name, **more)


@pytest.mark.parametrize("ending", sorted(ENDINGS))
@pytest.mark.parametrize("named", [True, False])
def test_every_syntax_gives_the_same_vocabulary(ending: str, named: bool) -> None:
    """By the ending of the file's name, or, where a server's address has none, by the media type."""
    syntax = ENDINGS[ending]
    triples = [quad.triple for quad in ox.parse(VOCABULARY, format=ox.RdfFormat.TURTLE)]
    data = ox.serialize(triples, format=syntax)
    assert data is not None
    found = read(data, f"voc{ending}") if named else read(data, "https://voc.example/v", media_type=syntax.media_type)
    assert (found.graph, found.ontology, found.version) == ("https://voc.example/2/v", "https://voc.example/v", "2")
    assert (found.title, found.triples) == ("Words", 10)
    assert found.digest == hashlib.sha256(data).hexdigest()
    assert len(list(ox.parse(found.ntriples, format=ox.RdfFormat.N_TRIPLES))) == 10
    assert "東西" in found.ntriples.decode()


def test_a_file_in_graphs_counts_as_one() -> None:
    quads = '<https://a.example/s> <https://a.example/p> "x" <https://a.example/g> .\n'
    quads += '<https://a.example/s> <https://a.example/p> "x" <https://a.example/h> .\n'
    assert read(quads, "voc.nq").triples == 1


def test_the_ending_may_lie_about_how_owl_is_written() -> None:
    assert read(VOCABULARY, "voc.owl").triples == 10
    assert read(VOCABULARY, "voc").triples == 10


@pytest.mark.parametrize(
    ("versions", "graph"),
    [
        (["https://v.example/2"], "https://v.example/2"),
        (["https://v.example/2/a", "https://v.example/2", "https://v.example/2/b/c"], "https://v.example/2"),
        (["https://v.example/2#", "https://v.example/2#part"], "https://v.example/2#"),
    ],
)
def test_the_graph_is_the_version_that_begins_the_others(versions: list[str], graph: str) -> None:
    text = HEAD + "".join(f"ex:o{n} a owl:Ontology ; owl:versionIRI <{iri}> .\n" for n, iri in enumerate(versions))
    found = read(text)
    assert found.graph == graph
    assert found.ontology == f"https://voc.example/v#o{versions.index(graph)}"


@pytest.mark.parametrize("other", ["https://other.example/1", "https://v.example/20"])
def test_several_ontologies_without_a_parent_are_refused(other: str) -> None:
    text = HEAD + f"ex:a owl:versionIRI <https://v.example/2> .\nex:b owl:versionIRI <{other}> .\n"
    with pytest.raises(ExternalError, match="no one of them is the parent") as caught:
        read(text)
    assert "file of its own" in caught.value.mend


def test_without_a_version_the_digest_names_the_graph() -> None:
    text = HEAD + "<https://v.example/> a owl:Ontology . ex:a a owl:Class .\n"
    found = read(text)
    assert found.graph == NAMELESS + hashlib.sha256(text.encode()).hexdigest()[:16]
    assert found.graph.startswith("https://w3id.org/clausegraph/id/vocabulary/")
    assert (found.ontology, found.title, found.version) == ("https://v.example/", "", "")
    assert read(HEAD + "ex:a a owl:Class .\n").ontology == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ex:o owl:versionIRI <https://w3id.org/clausegraph/id/catalogue> .", "a name of ClauseGraph's own"),
        ("ex:o owl:versionIRI <https://w3id.org/clausegraph/concepts> .", "a name of ClauseGraph's own"),
        ("ex:s <https://w3id.org/clausegraph/ontology#practice> ex:p .", "what ClauseGraph itself stores"),
        ("<https://w3id.org/clausegraph/id/policy/a> dct:title 'x' .", "what ClauseGraph itself stores"),
        ("<https://w3id.org/clausegraph/concepts#Age> skos:broader ex:a .", "what ClauseGraph itself stores"),
        ("<https://w3id.org/clausegraph/ontology#purpose> dct:title 'x' .", "what ClauseGraph itself stores"),
    ],
)
def test_nothing_may_pass_for_ours(text: str, said: str) -> None:
    """The default graph is the union of all: such a file could change what a policy says."""
    with pytest.raises(ExternalError, match=said):
        read(HEAD + text)


def test_of_our_concepts_a_file_may_say_what_they_match() -> None:
    assert read(HEAD + "<https://w3id.org/clausegraph/concepts#Age> skos:exactMatch ex:age .").triples == 1


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.ttl", HEAD + "ex:a ex:b\n", "a.ttl, line 6: this is not valid Turtle"),
        ("a.ttl", HEAD, "a.ttl holds no triples"),
        ("a.ttl", "", "a.ttl holds no triples"),
        ("a.ttl", "<!DOCTYPE html><html></html>", "a.ttl is a web page"),
        ("a.ttl", "<a> <b> <c> .", "No scheme found"),
        ("a.rdf", "<rdf:RDF>", "a.rdf: this is not valid RDF/XML"),
        ("a.owl", '<?xml version="1.0"?>\n<Ontology xmlns="http://www.w3.org/2002/07/owl#"/>', "OWL/XML"),
        ("a.jsonld", '{"a":', "a.jsonld, line 1: this is not valid JSON-LD"),
        ("a.jsonld", '{"@context": "http://127.0.0.1:1/c", "p": "v"}', "context from the network"),
        ("a.gz", "\x1f\x08\x00\x00", "not text in UTF-8"),
        ("a.bin", "hello", "Nothing tells"),
    ],
)
def test_what_cannot_be_read_says_where_and_why(name: str, text: str, said: str) -> None:
    with pytest.raises(ExternalError, match=said) as caught:
        read(text, name)
    assert caught.value.mend


RDF_XML = """<?xml version="1.0"?><!DOCTYPE rdf:RDF [{}]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="https://e.example/">
<rdf:Description rdf:about="https://e.example/x"><e:p>{}</e:p></rdf:Description></rdf:RDF>"""


def test_xml_entities_stand_for_namespaces_and_cannot_explode() -> None:
    assert b'"ab"' in read(RDF_XML.format('<!ENTITY a "a">', "&a;b"), "v.rdf").ntriples
    nested = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    long = f'<!ENTITY a "{"x" * 100_000}">'
    with pytest.raises(ExternalError, match="by other entities"):
        read(RDF_XML.format(nested, "&a9;"), "v.rdf")
    with pytest.raises(ExternalError, match="would grow beyond"):
        read(RDF_XML.format(long, "&a;" * 10_000), "v.rdf")


def test_blank_nodes_of_two_readings_stay_apart() -> None:
    first, second = ({word for word in read(VOCABULARY).ntriples.split() if word.startswith(b"_:")} for _ in range(2))
    assert first
    assert first.isdisjoint(second)
