"""The structural shapes: a graph that keeps the contract conforms, and each broken one fails for its own reason."""

from __future__ import annotations

import time
import tomllib
import warnings
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.namespace import RDF, SH

CGS = "https://w3id.org/clausegraph/shapes/contract#"

BAD = tomllib.loads((Path(__file__).parent / "bad_graphs.toml").read_text(encoding="utf-8"))["bad"]


@pytest.fixture(scope="module")
def shapes(folder: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(folder / "shapes" / "contract.ttl")


def complaints(data: rdflib.Graph, shapes: rdflib.Graph, core: rdflib.Graph | None = None) -> set[str]:
    """The names of the shapes that the graph breaks."""
    import pyshacl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdflib warns of the ill-typed literals that some bad graphs hold
        _, report, text = pyshacl.validate(data, shacl_graph=shapes, ont_graph=core, inference="none")
    assert isinstance(report, rdflib.Graph), text
    return {
        str(report.value(result, SH.sourceShape)).removeprefix(CGS)
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


def test_a_good_graph_conforms(shapes: rdflib.Graph, prefixes: str, catalogue: str, version: str) -> None:
    for turtle in (version, catalogue, catalogue + version):
        assert complaints(rdflib.Graph().parse(data=prefixes + turtle), shapes) == set()


def test_a_good_graph_conforms_beside_the_ontology(
    shapes: rdflib.Graph, folder: Path, prefixes: str, catalogue: str, version: str
) -> None:
    core = rdflib.Graph().parse(folder / "clausegraph.ttl")
    assert complaints(rdflib.Graph().parse(data=prefixes + catalogue + version), shapes, core) == set()


@pytest.mark.parametrize("bad", BAD, ids=[bad["what"] for bad in BAD])
def test_a_bad_graph_fails_for_its_own_reason(
    bad: dict[str, Any], shapes: rdflib.Graph, prefixes: str, catalogue: str, version: str
) -> None:
    good = catalogue + version
    assert bad["old"] in good
    assert complaints(_parse(prefixes + good.replace(bad["old"], bad["new"])), shapes) == set(bad["shapes"])


def test_every_named_shape_is_tried_by_a_bad_graph(shapes: rdflib.Graph) -> None:
    constrained = {
        str(shape).removeprefix(CGS) for shape in shapes.subjects(SH.message) if isinstance(shape, rdflib.URIRef)
    }
    assert constrained <= {name for bad in BAD for name in bad["shapes"]}


def test_five_thousand_triples_take_seconds(shapes: rdflib.Graph, prefixes: str, version: str) -> None:
    head, statements = version.split(":s1 a cg:Statement", 1)
    statements = ":s1 a cg:Statement" + statements
    many = head + "".join(
        statements.replace(":s1", f":s1-{n}")
        .replace(":s2", f":s2-{n}")
        .replace(":x2", f":x2-{n}")
        .replace(":m1", f":m1-{n}")
        .replace(":m2", f":m2-{n}")
        .replace(":m3", f":m3-{n}")
        for n in range(65)
    )
    graph = rdflib.Graph().parse(data=prefixes + many)
    assert len(graph) > 5000
    before = time.perf_counter()
    assert complaints(graph, shapes) == set()
    assert time.perf_counter() - before < 20


def _parse(turtle: str) -> rdflib.Graph:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return rdflib.Graph().parse(data=turtle)
