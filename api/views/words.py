"""Views in words: what a statement says, in the reader's language.

In: views, a language. Out: labels and short texts for pages and terminals.
"""

from __future__ import annotations

from ...ontology.vocabulary import load_vocabulary
from .facets import title
from .model import ConditionView, FacetView, StatementView


def label(concept: str, lang: str) -> str:
    """The label of a concept or practice; its name in words where the vocabulary does not know it."""
    vocabulary = load_vocabulary()
    if vocabulary.get(concept) is None:
        return title(concept)
    return vocabulary.label(concept, lang)


def facet_value(facet: FacetView, lang: str) -> str:
    """A facet's value for people."""
    return facet.party.shown if facet.party else label(facet.value, lang)


def remarks(statement: StatementView) -> list[str]:
    """What else holds of a statement, in a few words each."""
    said = []
    if statement.modality and statement.modality != "Will":
        said.append(statement.modality.lower())
    if statement.vague:
        said.append("vague")
    if statement.open_list:
        said.append("open list")
    if statement.exclusive:
        said.append("only")
    if statement.exception_to:
        said.append("exception")
    if statement.inherits:
        said.append("list item")
    return said


def duration(statement: StatementView) -> str:
    """The retention period in words, "" where there is none."""
    if not statement.duration:
        return ""
    bound = {"AtMost": "at most ", "AtLeast": "at least "}.get(statement.duration_bound, "")
    days = f" ({statement.duration_days:g} days)" if statement.duration_days is not None else ""
    since = f", from “{statement.duration_from}”" if statement.duration_from else ""
    return f"{bound}{statement.duration}{days}{since}"


def condition(view: ConditionView) -> str:
    """What a condition does: "only if (consent)", "unless (exception)"."""
    effect = {"OnlyIf": "only if", "Unless": "unless"}.get(view.effect, title(view.effect).lower())
    kinds = ", ".join(title(kind).lower() for kind in view.kinds)
    return f"{effect} ({kinds})" if kinds else effect


def who(statement: StatementView, lang: str) -> str:
    """Who acts."""
    if statement.named_actor:
        return f"{statement.named_actor.shown} ({label(statement.actor, lang)})"
    return label(statement.actor, lang)
