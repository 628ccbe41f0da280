"""Classes that carry meaning, read from ``defined.ttl``, and the SPARQL that finds their members.

In: OWL class expressions: intersections, unions, ``owl:hasValue``, ``owl:someValuesFrom``, ``owl:oneOf``. Out: a
`DefinedClass` each, whose `query` gives members and what each membership rests on. Where the same expression is read by
HermiT the same members come out; that holds because only what is stated is asked for, so anything else is refused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from .. import ClauseGraphError
from .terms import AFFIRMED_STATEMENT, CG, CGC, OWL, RDF, RDFS, SKOS, shorten
from .vocabulary import fallbacks

FILE = Path(__file__).resolve().parent / "defined.ttl"

#: What `query` calls the member. Reasons are ``node0 value0``, ``node1 value1``, …
MEMBER = "statement"

_PREFIXES = f"PREFIX cg: <{CG}>\nPREFIX cgc: <{CGC}>\nPREFIX skos: <{SKOS}>\n"
_BROADER_TRANSITIVE = SKOS + "broaderTransitive"


class DefinitionError(ClauseGraphError):
    """A definition that the quick reading does not know or that could charge somebody wrongly."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that membership rests on: ``?nodeN`` has ``?valueN`` for ``property``.

    ``concepts``: the value is one of these or below one of them; empty where the value itself is asked for.
    """

    property: str
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DefinedClass:
    """A class told from facets. ``labels`` and ``definitions`` go by BCP 47 tag.

    ``query`` selects ``?statement`` with ``?nodeN`` and ``?valueN`` for the Nth of ``reasons``, unbound where that
    alternative does not hold. It runs over any graph that holds the statements and ``skos:broader`` of the concepts.
    ``classes``: the named classes that it asks for.
    """

    iri: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    reasons: tuple[Reason, ...]
    classes: tuple[str, ...]
    query: str

    @property
    def id(self) -> str:
        """The local name."""
        return self.iri.rpartition("#")[2]

    def label(self, lang: str = "en") -> str:
        """The label in a language, else in English."""
        return _in(self.labels, lang)

    def definition(self, lang: str = "en") -> str:
        """The definition in a language, else in English."""
        return _in(self.definitions, lang)


def _in(texts: Mapping[str, str], lang: str) -> str:
    return next((texts[tag] for tag in fallbacks(lang) if tag in texts), texts["en"])


@cache
def load_defined() -> tuple[DefinedClass, ...]:
    """The classes that come with the package, by name; read once."""
    return read_defined(FILE.read_bytes())


def read_defined(turtle: bytes) -> tuple[DefinedClass, ...]:
    """The defined classes of a Turtle file. Raises `DefinitionError` for one that cannot be read as SPARQL."""
    graph = _Graph(turtle)
    names = sorted(node.value for node in graph.subjects(OWL + "equivalentClass") if isinstance(node, ox.NamedNode))
    return tuple(_class(graph, name) for name in names)


def _class(graph: _Graph, iri: str) -> DefinedClass:
    node = ox.NamedNode(iri)
    writer = _Writer(graph, iri)
    pattern = writer.pattern(graph.one(node, OWL + "equivalentClass"), MEMBER)
    if not pattern.startswith(f"?{MEMBER} a {shorten(AFFIRMED_STATEMENT)} "):
        raise DefinitionError(
            f"The definition of {iri} does not begin with cg:AffirmedStatement.",
            mend="Put it first in the intersection, so that no denial can be a member.",
        )
    variables = " ".join(f"?node{place} ?value{place}" for place in range(len(writer.reasons)))
    return DefinedClass(
        iri=iri,
        labels=graph.texts(node, RDFS + "label"),
        definitions=graph.texts(node, SKOS + "definition"),
        reasons=tuple(writer.reasons),
        classes=tuple(sorted(writer.classes)),
        query=f"{_PREFIXES}SELECT DISTINCT ?{MEMBER} {variables} WHERE {{\n{pattern}}}",
    )


Term = ox.NamedNode | ox.BlankNode | ox.Literal


class _Graph:
    """A Turtle file, asked by subject and property."""

    def __init__(self, turtle: bytes) -> None:
        self._values: dict[str, dict[Term, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE):
            subject, value = quad.subject, quad.object
            assert not isinstance(subject, ox.Triple) and not isinstance(value, ox.Triple)
            self._values[quad.predicate.value][subject].append(value)

    def subjects(self, name: str) -> list[Term]:
        return list(self._values[name])

    def get(self, node: Term, name: str) -> Term | None:
        return next(iter(self._values[name].get(node, ())), None)

    def one(self, node: Term, name: str) -> Term:
        found = self._values[name].get(node, [])
        if len(found) != 1:
            raise DefinitionError(
                f"{node} has {len(found)} values of {name} in {FILE.name}, and one is needed.",
                mend="Write one owl:equivalentClass a class, and whole restrictions.",
            )
        return found[0]

    def items(self, head: Term) -> Iterator[Term]:
        while head != ox.NamedNode(RDF + "nil"):
            yield self.one(head, RDF + "first")
            head = self.one(head, RDF + "rest")

    def texts(self, node: Term, name: str) -> Mapping[str, str]:
        found = self._values[name].get(node, [])
        tags = {"zh-hant": "zh-Hant", "zh-hans": "zh-Hans"}  # the parser folds tags to lower case
        return MappingProxyType(
            {
                tags.get(one.language or "", one.language or ""): one.value
                for one in found
                if isinstance(one, ox.Literal)
            }
        )


def _short(term: Term) -> str:
    """The term as SPARQL: ours by prefix, so that people can read the query."""
    if isinstance(term, ox.NamedNode) and term.value.startswith((CG, CGC)):
        return shorten(term.value)
    return str(term)


class _Writer:
    """Writes one class expression as a SPARQL pattern and notes what it asks for."""

    def __init__(self, graph: _Graph, name: str) -> None:
        self._graph = graph
        self._name = name
        self._variables = 0
        self.reasons: list[Reason] = []
        self.classes: set[str] = set()

    def pattern(self, node: Term, variable: str) -> str:
        """The pattern that ``?variable`` fits exactly where it is a member of the expression."""
        if isinstance(node, ox.NamedNode):
            if node.value == OWL + "Thing":
                return ""
            self.classes.add(node.value)
            return f"?{variable} a {_short(node)} .\n"
        if (parts := self._graph.get(node, OWL + "intersectionOf")) is not None:
            return "".join(self.pattern(part, variable) for part in self._graph.items(parts))
        if (parts := self._graph.get(node, OWL + "unionOf")) is not None:
            each = [f"{{\n{self.pattern(part, variable)}}}" for part in self._graph.items(parts)]
            return " UNION ".join(each) + "\n"
        return self._restriction(node, variable)

    def _restriction(self, node: Term, variable: str) -> str:
        name = self._graph.get(node, OWL + "onProperty")
        value = self._graph.get(node, OWL + "hasValue")
        filler = self._graph.get(node, OWL + "someValuesFrom")
        if not isinstance(name, ox.NamedNode) or (value is None) == (filler is None):
            raise DefinitionError(
                f"The definition of {self._name} holds something that SPARQL cannot be made of ({node}).",
                mend="Use intersections, unions, owl:hasValue, owl:someValuesFrom and the roll-up of a concept; "
                "nothing that concludes from what is absent.",
            )
        if value is not None:
            number = self._reason(Reason(name.value))
            bound = f"BIND(?{variable} AS ?node{number}) BIND({_short(value)} AS ?value{number})\n"
            return f"?{variable} {_short(name)} {_short(value)} . {bound}"
        assert filler is not None
        concepts = self._rolled_up(filler)
        if concepts:
            number = self._reason(Reason(name.value, concepts))
            among = ", ".join(_short(ox.NamedNode(concept)) for concept in concepts)
            return (
                f"?{variable} {_short(name)} ?value{number} . BIND(?{variable} AS ?node{number})\n"
                f"FILTER EXISTS {{ ?value{number} skos:broader* ?above{number} FILTER(?above{number} IN ({among})) }}\n"
            )
        if isinstance(filler, ox.NamedNode):
            number = self._reason(Reason(name.value))
            first = f"?{variable} {_short(name)} ?value{number} . BIND(?{variable} AS ?node{number})\n"
            return first + self.pattern(filler, f"value{number}")
        self._variables += 1
        inner = f"inner{self._variables}"
        return f"?{variable} {_short(name)} ?{inner} .\n" + self.pattern(filler, inner)

    def _reason(self, reason: Reason) -> int:
        self.reasons.append(reason)
        return len(self.reasons) - 1

    def _rolled_up(self, node: Term) -> tuple[str, ...]:
        """The concepts, where the expression means "one of these or a concept below"; else none.

        skos:broaderTransitive leads up at least one step, so the concept itself must be named beside it.
        """
        parts = self._graph.get(node, OWL + "unionOf")
        if parts is None:
            return ()
        named: set[str] = set()
        below: set[str] = set()
        for part in self._graph.items(parts):
            if (members := self._graph.get(part, OWL + "oneOf")) is not None:
                named.update(str(member.value) for member in self._graph.items(members))
            elif self._graph.get(part, OWL + "onProperty") == ox.NamedNode(_BROADER_TRANSITIVE):
                below.add(str(self._graph.one(part, OWL + "hasValue").value))
            else:
                return ()
        if named != below:
            raise DefinitionError(
                f"The definition of {self._name} rolls up to {', '.join(sorted(named ^ below))} on one side only.",
                mend="Name each concept by owl:oneOf and by skos:broaderTransitive.",
            )
        return tuple(sorted(named))
