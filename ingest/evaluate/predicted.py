"""Turn an extraction into `Fact`s in source offsets.

In: an `Extraction` and the `ConceptIndex`. Out: one `Fact` a statement, in the extraction's order.
"""

from __future__ import annotations

from ..records import Extraction, Mention, SourceMap, Statement
from .concepts import ConceptIndex
from .model import COMPARED_FACETS, Fact, Guard, Value


def predicted_facts(extraction: Extraction, concepts: ConceptIndex, text: str = "") -> tuple[Fact, ...]:
    """The statements of ``extraction`` as they are compared with gold; ids are ``#0``, ``#1``, … in its order.

    ``text`` is the decoded source (for quotes); without it the canonical text is quoted. Facets that gold does not
    know are left out. The same words read twice as the same concept of one compared facet count once.
    """
    return tuple(
        _fact(number, statement, extraction, concepts, text) for number, statement in enumerate(extraction.statements)
    )


def _fact(number: int, statement: Statement, extraction: Extraction, concepts: ConceptIndex, text: str) -> Fact:
    document = extraction.document

    def quote(start: int, end: int) -> str:
        if not text:
            return document.text[start:end]
        first, last = document.source_map.to_source(start, end)
        return text[first:last]

    mentions = [*statement.mentions]
    for condition in statement.conditions:
        mentions.extend(condition.mentions)
    values: dict[tuple[str, str, int, int], Value] = {}
    for mention in mentions:
        value = _value(mention, document.source_map, concepts, quote(mention.start, mention.end))
        if value is not None:
            values.setdefault((value.facet, value.concept, value.start, value.end), value)
    guards = tuple(
        Guard(
            frozenset(kind.lower() for kind in condition.kinds),
            *document.source_map.to_source(condition.start, condition.end),
            quote(condition.start, condition.end),
        )
        for condition in statement.conditions
    )
    start, end = document.source_map.to_source(statement.start, statement.end)
    return Fact(
        id=f"#{number}",
        start=start,
        end=end,
        practice=statement.practice,
        denied=statement.denied,
        quote=quote(statement.start, statement.end),
        values=tuple(values.values()),
        guards=guards,
        rules=statement.rules,
    )


def _value(mention: Mention, source_map: SourceMap, concepts: ConceptIndex, text: str) -> Value | None:
    facet = COMPARED_FACETS.get(mention.facet)
    if facet is None:
        return None
    start, end = source_map.to_source(mention.start, mention.end)
    return Value(facet, concepts.curie(mention.concept), start, end, text)
