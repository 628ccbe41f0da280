"""Concepts in the schema: data, with labels, place in the tree, links out and use.

In: the vocabulary, in memory; the store for counts. Out: the types `Concept` and `ConceptScheme`.
"""

from __future__ import annotations

from typing import Annotated

import strawberry

from ...ontology import vocabulary as terms
from ...ontology.terms import CG, CGC, shorten
from ...ontology.vocabulary import load_vocabulary
from ..views.concepts import scheme_label
from ..views.words import label as label_of
from .enums import MatchKind
from .loaders import Info
from .node import Node

LangArgument = Annotated[
    str | None,
    strawberry.argument(description="Language of the label (BCP 47); else the request's Accept-Language."),
]


@strawberry.type(description="A link from a concept to one of another vocabulary: DPV, or a list of official codes.")
class ConceptLink:
    """A match."""

    match: MatchKind
    iri: str
    curie: str = strawberry.field(description="The IRI in short, such as pd:EmailAddress.")
    concept: Concept | None = strawberry.field(description="The concept, where it is one of ours (an official code).")


@strawberry.type(description="How often the policies in force speak of a concept, counted as questions count.")
class ConceptUsage:
    """Figures."""

    affirmed: int = strawberry.field(description="Statements that affirm it or something below it.")
    denied: int = strawberry.field(description="Statements that deny it or something above it.")
    policies: int = strawberry.field(description="Policies that affirm it or something below it.")


@strawberry.type(
    description="A concept of one of the schemes: a kind of data, a purpose, a recipient, a place, … Concepts form "
    "trees: EmailAddress is below Contact, which is below PersonalData. They are data, so that new ones need no new "
    "schema."
)
class Concept(Node):
    """Wraps a concept's name."""

    name: str = strawberry.field(description="Its name in the vocabulary, such as EmailAddress.")

    @strawberry.field(description="Its label.")
    def label(self, info: Info, lang: LangArgument = None) -> str:
        """Label."""
        return label_of(self.name, lang or info.context.lang)

    @strawberry.field(description="What it means.")
    def definition(self) -> str | None:
        """Definition."""
        found = self._found
        return (found.definition if found else "") or None

    @strawberry.field(description="Its official code, such as C001, or a country's ISO code.")
    def notation(self) -> str | None:
        """Code."""
        found = self._found
        return (found.notation if found else "") or None

    @strawberry.field(description="The schemes it belongs to.")
    def schemes(self) -> list[ConceptScheme]:
        """Schemes."""
        found = self._found
        return [scheme(load_vocabulary().schemes[one]) for one in found.schemes] if found else []

    @strawberry.field(description="The next wider concepts.")
    def broader(self) -> list[Concept]:
        """Broader concepts."""
        found = self._found
        return [concept(one) for one in found.broader] if found else []

    @strawberry.field(description="The next narrower concepts.")
    def narrower(self) -> list[Concept]:
        """Narrower concepts."""
        return [concept(one) for one in load_vocabulary().narrower(self.name)] if self._found else []

    @strawberry.field(description="Everything above it, the nearest first.")
    def ancestors(self) -> list[Concept]:
        """Ancestors."""
        return [concept(one) for one in load_vocabulary().ancestors(self.name)] if self._found else []

    @strawberry.field(description="Everything below it, the nearest first.")
    def descendants(self) -> list[Concept]:
        """Descendants."""
        return [concept(one) for one in load_vocabulary().descendants(self.name)] if self._found else []

    @strawberry.field(description="Links to DPV and to official codes.")
    def links(self) -> list[ConceptLink]:
        """Links out, and from the codes that say they equal it."""
        found = self._found
        if found is None:
            return []
        kinds = (
            (MatchKind.EXACT, found.exact),
            (MatchKind.CLOSE, found.close),
            (MatchKind.NARROWER, found.narrow),
            (MatchKind.BROADER, found.broad),
        )
        return [link(kind, iri) for kind, iris in kinds for iri in iris]

    @strawberry.field(description="How well the links of an official code fit that are not exact: high, medium or low.")
    def match_confidence(self) -> str | None:
        """Confidence of the links."""
        found = self._found
        return (found.match_confidence if found else "") or None

    @strawberry.field(description="The official codes (Taiwan's PDPA lists, California's categories) that point to it.")
    def codes(self) -> list[ConceptLink]:
        """Codes."""
        return [
            link(kind, other.iri)
            for other in load_vocabulary().concepts.values()
            for kind, iris in (
                (MatchKind.EXACT, other.exact),
                (MatchKind.CLOSE, other.close),
                (MatchKind.NARROWER, other.broad),
                (MatchKind.BROADER, other.narrow),
            )
            if self.iri in iris
        ]

    @strawberry.field(description="How often the policies in force speak of it.")
    async def usage(self, info: Info) -> ConceptUsage:
        """Usage."""
        affirmed, denied, policies = await info.context.usage.load(self.name) if self._found else (0, 0, 0)
        return ConceptUsage(affirmed=affirmed, denied=denied, policies=policies)

    @property
    def _found(self) -> terms.Concept | None:
        return load_vocabulary().get(self.name)


def concept(name: str) -> Concept:
    """A concept by its local name, also one that the vocabulary does not know."""
    found = load_vocabulary().get(name)
    return Concept(iri=found.iri if found else CGC + name, name=name)


def link(match: MatchKind, iri: str) -> ConceptLink:
    """A link."""
    name = iri.removeprefix(CGC).removeprefix(CG)
    known = load_vocabulary().get(name) if name != iri else None
    return ConceptLink(match=match, iri=iri, curie=shorten(iri), concept=concept(known.id) if known else None)


@strawberry.type(description="A set of concepts that answer one question: which data, what for, to whom, …")
class ConceptScheme(Node):
    """A scheme."""

    name: str = strawberry.field(description="Such as data-categories.")

    @strawberry.field(description="Its label.")
    def label(self, info: Info, lang: LangArgument = None) -> str:
        """Label."""
        return scheme_label(self._found, lang or info.context.lang)

    @strawberry.field(description="What it is for.")
    def definition(self) -> str | None:
        """Definition."""
        return self._found.definition or None

    @strawberry.field(description="All its concepts, by name.")
    def concepts(self) -> list[Concept]:
        """Concepts."""
        return [concept(one.id) for one in load_vocabulary().in_scheme(self.name)]

    @strawberry.field(description="The concepts that have none above them; walk down with `narrower`.")
    def top_concepts(self) -> list[Concept]:
        """Top concepts."""
        return [concept(one) for one in self._found.top]

    @property
    def _found(self) -> terms.Scheme:
        return load_vocabulary().schemes[self.name]


def scheme(view: terms.Scheme) -> ConceptScheme:
    """A scheme."""
    return ConceptScheme(iri=view.iri, name=view.id)
