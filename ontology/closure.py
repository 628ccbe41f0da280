"""The quick reasoner of daily use: which statements of one version belong to which defined class, and why.

In: the N-Quads of a version's graph. Out: `Inference`s, and as N-Quads the graph ``{version}/inferred`` with them.
The members are those that HermiT finds (tests compare them on every sample); here SPARQL finds them in milliseconds,
over what the definitions ask for and the broader concepts of what the version names. Nothing depends on the clock, the
machine or the order of lines: the same graph and the same definitions give the same bytes.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import pyoxigraph as ox

from .defined import FILE, MEMBER, DefinedClass, load_defined
from .terms import (
    CG,
    CGC,
    DEFINITIONS_DIGEST,
    FACET,
    HAS_CONDITION,
    INFERENCE,
    INFERENCE_OF,
    INFERENCE_REASON,
    INFERRED,
    INFERRED_BECAUSE,
    INFERRED_CLASS,
    MENTION_OF,
    PROV,
    RDF,
    REASON_CONCEPT,
    REASON_FLAG,
    REASON_MENTION,
    REASON_ON,
    REASON_PROPERTY,
    REASON_THROUGH,
    REASON_VALUE,
    SKOS,
    VALUE,
    XSD,
)
from .vocabulary import load_vocabulary


@dataclass(frozen=True, slots=True)
class Because:
    """``node`` (the statement or one of its conditions) has ``value`` for ``property``.

    ``concept``: the concept of the definition that the value is or stands below, "" where none is asked for;
    ``through``: the concepts between them, from the value up. ``mentions``: IRIs of the words the value rests on.
    ``value`` is an IRI, or "true" or "false" where ``literal``.
    """

    node: str
    property: str
    value: str
    literal: bool = False
    concept: str = ""
    through: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inference:
    """``statement`` belongs to the defined class ``cls`` (an IRI), for these reasons."""

    statement: str
    cls: str
    because: tuple[Because, ...]

    @property
    def iri(self) -> str:
        """The inference's own name."""
        return f"{self.statement}/i/{self.cls.rpartition('#')[2]}"


@cache
def closure_digest() -> str:
    """What changes when other inferences may follow from the same graph: of the definitions and the broader tree."""
    tree = [f"{one.id} {' '.join(sorted(one.broader))}\n" for one in load_vocabulary().concepts.values()]
    return hashlib.sha256(FILE.read_bytes() + "".join(sorted(tree)).encode()).hexdigest()


def infer(nquads: bytes, classes: tuple[DefinedClass, ...] | None = None) -> tuple[Inference, ...]:
    """All memberships that follow from a version's graph, by statement and class. N-Triples do as well."""
    chosen = load_defined() if classes is None else classes
    facts = _Facts(nquads, chosen)
    found = [each for one in chosen for each in _members(facts, one)]
    return tuple(sorted(found, key=lambda one: (one.statement, one.cls)))


def inferred_nquads(version: str, nquads: bytes) -> bytes:
    """The graph ``{version}/inferred`` as sorted N-Quads. It says by which definitions it was made."""
    graph = f"<{version}/{INFERRED}>"
    head = [
        (graph, PROV + "wasDerivedFrom", f"<{version}>"),
        (graph, DEFINITIONS_DIGEST, str(ox.Literal(closure_digest()))),
    ]
    triples = [*head, *(each for one in infer(nquads) for each in _triples(one))]
    return "".join(sorted({f"{s} <{p}> {o} {graph} .\n" for s, p, o in triples})).encode()


def _triples(inference: Inference) -> Iterator[tuple[str, str, str]]:
    """What the graph says of one inference. No property here is a facet: a reason is no second statement."""
    statement, iri = f"<{inference.statement}>", f"<{inference.iri}>"
    yield statement, RDF + "type", f"<{inference.cls}>"
    yield iri, RDF + "type", f"<{INFERENCE}>"
    yield iri, INFERENCE_OF, statement
    yield iri, INFERRED_CLASS, f"<{inference.cls}>"
    for number, because in enumerate(inference.because, start=1):
        reason = f"<{inference.iri}/{number}>"
        yield iri, INFERRED_BECAUSE, reason
        yield reason, RDF + "type", f"<{INFERENCE_REASON}>"
        yield reason, REASON_ON, f"<{because.node}>"
        yield reason, REASON_PROPERTY, f"<{because.property}>"
        if because.literal:
            yield reason, REASON_FLAG, f'"{because.value}"^^<{XSD}boolean>'
        else:
            yield reason, REASON_VALUE, f"<{because.value}>"
        if because.concept:
            yield reason, REASON_CONCEPT, f"<{because.concept}>"
        for concept in because.through:
            yield reason, REASON_THROUGH, f"<{concept}>"
        for mention in because.mentions:
            yield reason, REASON_MENTION, f"<{mention}>"


def _members(facts: _Facts, defined: DefinedClass) -> Iterator[Inference]:
    solutions = facts.store.query(defined.query)
    assert isinstance(solutions, ox.QuerySolutions)
    reasons: defaultdict[str, set[Because]] = defaultdict(set)
    for row in solutions:
        member = row[MEMBER]
        assert isinstance(member, ox.NamedNode)
        for number, reason in enumerate(defined.reasons):
            node, value = row[f"node{number}"], row[f"value{number}"]
            if isinstance(node, ox.NamedNode) and isinstance(value, (ox.NamedNode, ox.Literal)):
                reasons[member.value].update(facts.reasons(node.value, reason.property, value, reason.concepts))
    for statement, because in reasons.items():
        order = sorted(because, key=lambda one: (one.node, one.property, one.value, one.concept))
        yield Inference(statement, defined.iri, tuple(order))


#: Literals other than these hold what the text says and are never asked for.
_FLAGS = frozenset(f'"{one}"^^<{XSD}boolean>'.encode() for one in ("true", "false"))
_TYPE = f"<{RDF}type>".encode()


def _lines(nquads: bytes, properties: Iterable[str], classes: Iterable[str] = ()) -> bytes:
    """The lines with these properties, or with these classes, as N-Triples."""
    names, types = (frozenset(f"<{one}>".encode() for one in each) for each in (properties, classes))
    kept = []
    for line in nquads.split(b"\n"):
        parts = line.split(b" ", 3)
        if len(parts) < 4:
            continue
        _subject, name, value, _graph = parts
        asked = value.startswith(b"<") or value in _FLAGS
        if (name in names and asked) or (name == _TYPE and value in types):
            kept.append(b" ".join(parts[:3]))
    return b" .\n".join([*kept, b""])


class _Facts:
    """What the definitions ask for of one version, a tenth of its graph, with the concepts above what it names."""

    def __init__(self, nquads: bytes, classes: Iterable[DefinedClass]) -> None:
        self._nquads = nquads
        properties = {reason.property for one in classes for reason in one.reasons} | {HAS_CONDITION}
        types = {cls for one in classes for cls in one.classes}
        self.store = ox.Store()
        self.store.extend(ox.parse(_lines(nquads, properties, types), format=ox.RdfFormat.N_TRIPLES))
        self._extend_upwards()

    def reasons(
        self, node: str, name: str, value: ox.NamedNode | ox.Literal, concepts: Iterable[str]
    ) -> Iterator[Because]:
        """The value as a reason: once for every concept of the definition that it is or stands below."""
        if isinstance(value, ox.Literal):
            yield Because(node, name, value.value, literal=True)
            return
        mentions = tuple(sorted(self._mentions.get((node, name, value.value), ())))
        if not concepts:
            yield Because(node, name, value.value, mentions=mentions)
            return
        for concept in concepts:
            chain = _chain(value.value, concept)
            if chain is not None:
                yield Because(node, name, value.value, concept=concept, through=chain, mentions=mentions)

    @cached_property
    def _mentions(self) -> dict[tuple[str, str, str], list[str]]:
        """(node, property, value) → its mentions. Read only where there is something to conclude."""
        parts: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for quad in ox.parse(_lines(self._nquads, (MENTION_OF, FACET, VALUE)), format=ox.RdfFormat.N_TRIPLES):
            parts[_iri(quad.subject)][quad.predicate.value] = _iri(quad.object)
        found: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
        for mention, part in parts.items():
            found[part.get(MENTION_OF, ""), part.get(FACET, ""), part.get(VALUE, "")].append(mention)
        return found

    def _extend_upwards(self) -> None:
        vocabulary = load_vocabulary()
        values = {quad.object.value for quad in self.store if isinstance(quad.object, ox.NamedNode)}
        ids = {one for value in values if (one := _concept_id(value)) in vocabulary.concepts}
        ids.update([above for one in ids for above in vocabulary.ancestors(one)])
        broader = ox.NamedNode(SKOS + "broader")
        self.store.extend(
            ox.Quad(ox.NamedNode(vocabulary.concepts[one].iri), broader, ox.NamedNode(vocabulary.concepts[above].iri))
            for one in ids
            for above in vocabulary.concepts[one].broader
        )


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def _concept_id(iri: str) -> str:
    return iri.removeprefix(CGC) if iri.startswith(CGC) else iri.removeprefix(CG)


@cache
def _chain(value: str, concept: str) -> tuple[str, ...] | None:
    """The concepts between a value and one above it, on the shortest way (of several the first by name).

    None where the concept does not stand above the value; empty where it is the value or its next broader concept.
    """
    vocabulary = load_vocabulary()
    wanted = _concept_id(concept)
    ways: list[tuple[str, ...]] = [(_concept_id(value),)]
    seen = set(ways[0])
    for way in ways:
        if way[-1] == wanted:
            return tuple(vocabulary.concepts[one].iri for one in way[1:-1])
        known = vocabulary.get(way[-1])
        for above in sorted(known.broader if known else ()):
            if above not in seen:
                seen.add(above)
                ways.append((*way, above))
    return None
