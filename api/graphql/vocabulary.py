"""Concepts in the schema: data, with labels, place in the tree and links out.

In: the vocabulary, in memory. Out: the type `Concept`.
"""

from __future__ import annotations

from typing import Annotated

import strawberry

from ...ontology.terms import CGC
from ...ontology.vocabulary import Concept as VocabularyConcept
from ...ontology.vocabulary import load_vocabulary
from ..views.facets import title
from ..views.words import label as label_of
from .loaders import Info

LangArgument = Annotated[
    str | None,
    strawberry.argument(description="Language of the label (BCP 47); else the request's Accept-Language."),
]


@strawberry.type(description="A concept of one of the schemes: a kind of data, a purpose, a recipient, a place, …")
class Concept:
    """Wraps a concept's id."""

    id: str = strawberry.field(description="Its name in the vocabulary, such as EmailAddress.")

    @strawberry.field(description="Its IRI.")
    def iri(self) -> str:
        """IRI."""
        return CGC + self.id

    @strawberry.field(description="Its label.")
    def label(self, info: Info, lang: LangArgument = None) -> str:
        """Label."""
        return label_of(self.id, lang or info.context.lang)

    @strawberry.field(description="What it means.")
    def definition(self) -> str | None:
        """Definition."""
        found = self._found
        return (found.definition if found else "") or None

    @strawberry.field(description="The schemes it belongs to, such as data-categories.")
    def schemes(self) -> list[str]:
        """Schemes."""
        found = self._found
        return list(found.schemes) if found else []

    @strawberry.field(description="The next wider concepts.")
    def broader(self) -> list[Concept]:
        """Broader concepts."""
        found = self._found
        return [Concept(id=one) for one in found.broader] if found else []

    @strawberry.field(description="Everything above it, the nearest first.")
    def ancestors(self) -> list[Concept]:
        """Ancestors."""
        return [Concept(id=one) for one in load_vocabulary().ancestors(self.id)] if self._found else []

    @strawberry.field(description="Everything below it.")
    def descendants(self) -> list[Concept]:
        """Descendants."""
        return [Concept(id=one) for one in load_vocabulary().descendants(self.id)] if self._found else []

    @strawberry.field(description="Concepts of other vocabularies (DPV, codes) that mean the same.")
    def exact_match(self) -> list[str]:
        """Equal concepts elsewhere."""
        found = self._found
        return list(found.exact) if found else []

    @property
    def _found(self) -> VocabularyConcept | None:
        return load_vocabulary().get(self.id)


def concept_label(name: str, lang: str) -> str:
    """The label of a concept or practice that may not be in the vocabulary."""
    return label_of(name, lang) if name else title(name)
