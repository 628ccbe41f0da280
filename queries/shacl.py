"""SHACL shapes as SPARQL: the part of SHACL Core that the checklists are written in.

In: a graph of shapes and a property shape in it. Out: a SPARQL pattern whose solutions are the values that a
validator would count for it. A validator says only *that* something is missing; the pattern says what was found.

Whatever is not understood raises `ShapeError`: a constraint that was left out would find too much.
"""

from __future__ import annotations

from itertools import count

from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.term import BNode, Literal, Node

from .. import ClauseGraphError

__all__ = ["ShapeError", "fits", "found_by", "path_text"]

#: What may stand on a property shape beside its constraints.
_CONSTRAINTS = frozenset({"minCount", "maxCount", "hasValue", "in", "qualifiedValueShape"})
_BESIDE = frozenset({"path", "name", "order", "qualifiedMinCount", "qualifiedMaxCount"})


class ShapeError(ClauseGraphError):
    """A shape says something that cannot be asked as SPARQL here."""


def found_by(shapes: Graph, shape: Node, focus: str, variable: str) -> str:
    """The pattern that binds ``variable`` (``?x``) to what stands at the shape's path from ``focus`` and fits."""
    path = shapes.value(shape, SH.path)
    if path is None:
        raise ShapeError(f"The shape {shape} has no sh:path.", mend="Give it one, or leave it to a person.")
    pattern = f"{focus} {path_text(shapes, path)} {variable} ."
    inner = shapes.value(shape, SH.qualifiedValueShape)
    return pattern if inner is None else f"{pattern} {fits(shapes, inner, variable)}"


def fits(shapes: Graph, shape: Node, variable: str) -> str:
    """The SPARQL pattern that keeps ``variable`` where its node conforms to a node shape; it may do so repeatedly."""
    return _Writer(shapes).pattern(shape, variable)


def path_text(shapes: Graph, path: Node) -> str:
    """A SHACL path as a SPARQL path."""
    if isinstance(path, URIRef):
        return path.n3()
    if (path, RDF.first, None) in shapes:
        return "(" + "/".join(path_text(shapes, step) for step in Collection(shapes, path)) + ")"
    for predicate, before, after in (
        (SH.inversePath, "^", ""),
        (SH.zeroOrMorePath, "", "*"),
        (SH.oneOrMorePath, "", "+"),
        (SH.zeroOrOnePath, "", "?"),
    ):
        inner = shapes.value(path, predicate)
        if inner is not None:
            return f"({before}{path_text(shapes, inner)}{after})"
    choices = shapes.value(path, SH.alternativePath)
    if choices is not None:
        return "(" + "|".join(path_text(shapes, step) for step in Collection(shapes, choices)) + ")"
    raise ShapeError("A path of a shape is not understood.", mend="Use the paths of SHACL Core.")


class _Writer:
    """Writes patterns and expressions; every value gets a variable of its own.

    What a shape asks for becomes a pattern to join, what it rules out a filter: as filters alone the same takes
    Oxigraph a hundred times as long, since it plans each EXISTS anew without what is bound outside.
    """

    def __init__(self, shapes: Graph) -> None:
        self.shapes = shapes
        self.numbers = count()

    def pattern(self, shape: Node, variable: str) -> str:
        """All constraints of a node shape as a group's content."""
        joins: list[str] = []
        for predicate, value in self.constraints(shape):
            if predicate == SH.property:
                joins.append(self.join(value, variable))
            elif predicate == SH["or"]:
                ways = list(Collection(self.shapes, value))
                if all(map(self.asks, ways)):
                    joins.append(" UNION ".join(f"{{ {self.pattern(one, variable)} }}" for one in ways))
                else:  # a group of its own that only rules out would not know the variable
                    joins.append(f"FILTER({' || '.join(f'({self.node(one, variable)})' for one in ways)})")
            elif predicate == SH["and"]:
                joins += [self.pattern(one, variable) for one in Collection(self.shapes, value)]
        if not joins:
            return f"FILTER({self.node(shape, variable)})"
        rest = self.node(shape, variable, joined=True)
        return " ".join(joins) + (f" FILTER({rest})" if rest else "")

    def asks(self, shape: Node) -> bool:
        """Whether a node shape asks for something to be there, so that its pattern has a triple to join."""
        for predicate, value in self.shapes.predicate_objects(shape):
            if predicate == SH.property and any(
                (value, one, None) in self.shapes for one in (SH.hasValue, SH.minCount, SH.qualifiedMinCount)
            ):
                return True
            if predicate in (SH["or"], SH["and"]):
                parts = [self.asks(one) for one in Collection(self.shapes, value)]
                if all(parts) if predicate == SH["or"] else any(parts):
                    return True
        return False

    def constraints(self, shape: Node) -> list[tuple[Node, Node]]:
        """What a node shape says, exact values first: an expression ends at the first part that fails."""
        said = self.shapes.predicate_objects(shape)
        return sorted(said, key=lambda one: (str(one[0]), (one[1], SH.hasValue, None) not in self.shapes, str(one[1])))

    def join(self, shape: Node, variable: str) -> str:
        """The constraints of a property shape: what must be there as triples, the rest as a filter."""
        get = self.shapes.value
        path = get(shape, SH.path)
        if path is None:
            raise ShapeError("A property shape has no sh:path.", mend="Give it one.")
        walk, parts, other = f"{variable} {path_text(self.shapes, path)}", [], f"?v{next(self.numbers)}"
        if (value := get(shape, SH.hasValue)) is not None:
            parts.append(f"{walk} {_term(value)} .")
        inner = get(shape, SH.qualifiedValueShape)
        if inner is not None and get(shape, SH.qualifiedMinCount) is not None:
            parts.append(f"{walk} {other} . {self.pattern(inner, other)}")
        elif get(shape, SH.minCount) is not None:
            parts.append(f"{walk} {other} .")
        rest = self.property(shape, variable, joined=bool(parts))
        return " ".join(parts) + (f" FILTER({rest})" if rest else "")

    def node(self, shape: Node, variable: str, *, joined: bool = False) -> str:
        """All constraints of a node shape as an expression; ``joined``: without those that are joined anyway."""
        parts: list[str] = []
        for predicate, value in self.constraints(shape):
            if joined and predicate in (SH.property, SH["or"], SH["and"]):
                continue
            if predicate == SH.property:
                parts.append(self.property(value, variable))
            elif predicate == SH["in"]:
                parts.append(f"{variable} IN ({self.terms(value)})")
            elif predicate == SH["not"]:
                parts.append(f"!({self.node(value, variable)})")
            elif predicate in (SH["or"], SH["and"]):
                mark = " || " if predicate == SH["or"] else " && "
                inner = [f"({self.node(one, variable)})" for one in Collection(self.shapes, value)]
                parts.append(f"({mark.join(inner)})")
            elif predicate != RDF.type:
                raise self.unknown(predicate)
        if not parts and not joined:
            raise ShapeError("A shape of a checklist says nothing.", mend="Give it a constraint.")
        return " && ".join(parts)

    def property(self, shape: Node, variable: str, *, joined: bool = False) -> str:
        """All constraints of a property shape on the values at its path; ``joined``: only those that are filters."""
        get = self.shapes.value
        path = get(shape, SH.path)
        if path is None:
            raise ShapeError("A property shape has no sh:path.", mend="Give it one.")
        walk = f"{variable} {path_text(self.shapes, path)}"
        parts: list[str] = []
        for predicate in sorted(set(self.shapes.predicates(shape)), key=str):
            name = str(predicate).removeprefix(str(SH))
            if name in _BESIDE or predicate == RDF.type:
                continue
            if name not in _CONSTRAINTS:
                raise self.unknown(predicate)
            value = get(shape, predicate)
            assert value is not None
            other = f"?v{next(self.numbers)}"
            if joined and (name in ("hasValue", "minCount") or (shape, SH.qualifiedMinCount, None) in self.shapes):
                if name == "in":
                    parts.append(f"NOT EXISTS {{ {walk} {other} FILTER({other} NOT IN ({self.terms(value)})) }}")
                elif name == "minCount":
                    self.only(value, 1, "sh:minCount")
                elif name == "qualifiedValueShape":
                    self.qualified(shape, value, walk, other)
            elif name == "hasValue":
                parts.append(f"EXISTS {{ {walk} {_term(value)} }}")
            elif name == "minCount":
                self.only(value, 1, "sh:minCount")
                parts.append(f"EXISTS {{ {walk} {other} }}")
            elif name == "maxCount":
                self.only(value, 0, "sh:maxCount")
                parts.append(f"NOT EXISTS {{ {walk} {other} }}")
            elif name == "in":
                parts.append(f"NOT EXISTS {{ {walk} {other} FILTER({other} NOT IN ({self.terms(value)})) }}")
            else:
                parts.append(self.qualified(shape, value, walk, other))
        if not parts and not joined:
            raise ShapeError(f"The shape at {walk} says nothing.", mend="Give it a constraint.")
        return " && ".join(parts)

    def qualified(self, shape: Node, inner: Node, walk: str, other: str) -> str:
        """At least one value that fits, or none."""
        least = self.shapes.value(shape, SH.qualifiedMinCount)
        most = self.shapes.value(shape, SH.qualifiedMaxCount)
        if (least is None) == (most is None):
            raise ShapeError(
                "A qualified shape has to say either sh:qualifiedMinCount or sh:qualifiedMaxCount.", mend="Keep one."
            )
        if least is not None:
            self.only(least, 1, "sh:qualifiedMinCount")
        if most is not None:
            self.only(most, 0, "sh:qualifiedMaxCount")
        return f"{'NOT ' if least is None else ''}EXISTS {{ {walk} {other} FILTER({self.node(inner, other)}) }}"

    def terms(self, members: Node) -> str:
        """The members of a list."""
        return ", ".join(_term(one) for one in Collection(self.shapes, members))

    def only(self, value: Node, wanted: int, name: str) -> None:
        """Whether a count is the one that can be asked."""
        if not isinstance(value, Literal) or value.toPython() != wanted:
            raise ShapeError(f"{name} {value} cannot be asked here.", mend=f"Only {name} {wanted} can.")

    def unknown(self, predicate: Node) -> ShapeError:
        """The error for a constraint that is not known here."""
        return ShapeError(
            f"The constraint {predicate} cannot be asked as SPARQL here.",
            mend="See queries/shacl.py for those that can.",
        )


def _term(node: Node) -> str:
    if isinstance(node, BNode) or not isinstance(node, URIRef | Literal):
        raise ShapeError("A shape names a value without an IRI.", mend="Name it by an IRI.")
    return node.n3()
