"""Alignments: what is said to match what, as claims that can be checked.

In: ``links/*.ttl`` and ``concepts/*.ttl`` of the package, or a file of the user's. Out: `Claim`s, all seen from our
side: where a file says it the other way round, the relation is turned.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from .external import ExternalError, parse
from .terms import CG, CGC, OWL, RDFS, SKOS

__all__ = ["RELATIONS", "Claim", "our_names", "ours", "read_alignment"]

_FOLDER = Path(__file__).resolve().parent

#: Relation → what it is when it is read from the other end; None where it cannot be turned.
RELATIONS: Final[dict[str, str | None]] = {
    SKOS + "exactMatch": SKOS + "exactMatch",
    SKOS + "closeMatch": SKOS + "closeMatch",
    SKOS + "relatedMatch": SKOS + "relatedMatch",
    SKOS + "broadMatch": SKOS + "narrowMatch",
    SKOS + "narrowMatch": SKOS + "broadMatch",
    SKOS + "broader": SKOS + "narrowMatch",
    SKOS + "narrower": SKOS + "broadMatch",
    RDFS + "subClassOf": None,
    RDFS + "subPropertyOf": None,
    OWL + "equivalentClass": OWL + "equivalentClass",
    OWL + "equivalentProperty": OWL + "equivalentProperty",
    OWL + "sameAs": OWL + "sameAs",
}


@dataclass(frozen=True, slots=True)
class Claim:
    """``subject`` is ours (or the user's), ``object`` the other side. ``file``: where it stands.

    ``literal``: the other side is text where an IRI should be.
    """

    subject: str
    relation: str
    object: str
    file: str
    literal: bool = False


@cache
def ours() -> tuple[Claim, ...]:
    """The alignments that come with the package."""
    files = sorted((_FOLDER / "links").glob("*.ttl")) + sorted((_FOLDER / "concepts").glob("*.ttl"))
    claims: list[Claim] = []
    for file in files:
        name = f"{file.parent.name}/{file.name}"
        claims += _claims(parse(file.read_bytes(), name=name), name)
    return tuple(claims)


def read_alignment(data: bytes, *, name: str) -> tuple[Claim, ...]:
    """The alignments in a file of the user's. Raises `ExternalError` where there are none."""
    claims = tuple(_claims(parse(data, name=name), name))
    if not claims:
        raise ExternalError(
            f"{name} aligns nothing.",
            mend="Write matches such as “cgc:EmailAddress skos:exactMatch pd:EmailAddress .”.",
        )
    return claims


def is_ours(iri: str) -> bool:
    """Whether an IRI is in a namespace of ClauseGraph's."""
    return iri.startswith((CG, CGC))


@cache
def our_names() -> frozenset[str]:
    """Every IRI that the ontology and the concepts define."""
    files = [_FOLDER / "clausegraph.ttl", _FOLDER / "defined.ttl", *sorted((_FOLDER / "concepts").glob("*.ttl"))]
    return frozenset(
        triple.subject.value
        for file in files
        for triple in parse(file.read_bytes(), name=file.name)
        if isinstance(triple.subject, ox.NamedNode)
    )


def _claims(triples: Iterable[ox.Triple], file: str) -> Iterable[Claim]:
    for triple in triples:
        subject, relation, value = triple.subject, triple.predicate.value, triple.object
        if relation not in RELATIONS or not isinstance(subject, ox.NamedNode):
            continue
        if isinstance(value, ox.Literal):
            yield Claim(subject.value, relation, value.value, file, literal=True)
        elif isinstance(value, ox.NamedNode):
            yield _from_our_side(subject.value, relation, value.value, file)


def _from_our_side(subject: str, relation: str, value: str, file: str) -> Claim:
    turned = RELATIONS[relation]
    if is_ours(value) and not is_ours(subject) and turned is not None:
        return Claim(value, turned, subject, file)
    return Claim(subject, relation, value, file)
