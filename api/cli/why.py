"""Why an inference is in the graph: for `clausegraph explain`.

In: the IRI of an inference, a store. Out: the class and its definition, the statement's words, and for each reason the
value, the words it rests on and the concepts between it and the one the definition asks for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ... import ClauseGraphError
from ...ontology.closure import Because, Inference, infer
from ...ontology.defined import DefinedClass, load_defined
from ...ontology.terms import CONTROLLER, INFERENCE_OF
from ...queries.inference import version_nquads
from ...queries.store import Store
from ..views.facets import title
from ..views.fetch import fetch_statement, find_policy, rows_of
from ..views.graph import iri
from ..views.model import StatementView
from ..views.words import label
from . import rendering
from .common import Format, opened, out, print_json
from .show import statement_json

_INFERENCE = re.compile(r"(?P<statement>.+/s/[^/]+)/i/(?P<cls>\w+)")


class NoInference(ClauseGraphError):
    """There is no such inference."""


@dataclass(frozen=True, slots=True)
class Concluded:
    """An inference beside the class it puts the statement into."""

    inference: Inference
    cls: DefinedClass

    def step(self, lang: str) -> str:
        """What `explain` says of it below the statement it follows from."""
        return f"From this follows “{self.cls.label(lang)}”: {self.inference.iri}."


def is_inference(iri: str) -> bool:
    """Whether this is the IRI of an inference."""
    return _INFERENCE.fullmatch(iri) is not None


def inferences_of(store: Store, statement: str) -> list[Concluded]:
    """What follows from a statement, by class."""
    view = fetch_statement(store, statement)
    stored = {row["i"] for row in rows_of(store, f"SELECT ?i {{ ?i <{INFERENCE_OF}> {iri(statement)} }}", "current")}
    found = infer(version_nquads(store, view.policy)) if stored else ()
    classes = {one.iri: one for one in load_defined()}
    return [Concluded(one, classes[one.cls]) for one in found if one.iri in stored]


def explain_inference(name: str, lang: str | None, place: str | None, format: Format) -> None:
    """Print why an inference holds."""
    match = _INFERENCE.fullmatch(name)
    assert match is not None
    with opened(place, language=lang) as (store, settings):
        statement = fetch_statement(store, match["statement"])
        found = next((one for one in inferences_of(store, statement.iri) if one.inference.iri == name), None)
        policy = find_policy(store, statement.policy)
    if found is None:
        raise NoInference(
            f"The store does not hold that {statement.iri} is a {match['cls']}.",
            mend="`clausegraph explain` of the statement lists what follows; `clausegraph reason` brings it in step.",
        )
    language = settings.language
    steps = list(trace(found.inference, statement, language))
    if format is Format.JSON:
        print_json(
            {
                "inference": name,
                "class": found.cls.iri,
                "label": found.cls.label(language),
                "definition": found.cls.definition(language),
                "statement": statement_json(statement, language),
                "trace": steps,
            }
        )
        return
    out.print(name, style="dim", markup=False)
    out.print(f"{found.cls.label(language)}: {found.cls.definition(language)}", style="bold", markup=False)
    out.print(f"{policy.shown}: “{statement.quote}”", markup=False)
    rendering.print_lines(out, (rendering.Line(line) for line in rendering.statement_lines(statement, language)))
    out.print("\nWhy:", style="bold")
    for number, step in enumerate(steps, start=1):
        out.print(f"{number:>3}. {step}", markup=False)


def trace(inference: Inference, statement: StatementView, lang: str) -> Iterator[str]:
    """The reasons in words."""
    yield "The statement affirms; what is denied is never concluded from."
    conditions = {one.iri for one in statement.conditions}
    parties = {facet.party.iri: facet.party.shown for facet in statement.facets if facet.party}
    if statement.controller:
        parties[statement.controller.iri] = statement.controller.shown
    words = {
        mention.iri: mention.exact
        for mention in (*statement.mentions, *(each for one in statement.conditions for each in one.mentions))
    }
    for because in inference.because:
        yield _step(because, conditions, parties, words, lang)


def _step(
    because: Because, conditions: Collection[str], parties: dict[str, str], words: dict[str, str], lang: str
) -> str:
    name = title(because.property.rpartition("#")[2]).lower()
    if because.property == CONTROLLER:
        return f"It states a practice of the controller itself, {parties.get(because.value, because.value)}."
    if because.literal:
        return f"It is marked “{name}: {'yes' if because.value == 'true' else 'no'}”."
    value = parties.get(because.value) or _named(because.value, lang)
    where = "Its condition has" if because.node in conditions else "It has"
    quotes = [f"“{' '.join(words[one].split())}”" for one in because.mentions if one in words]
    said = f"{where} the {name} {value}" + (f" ({', '.join(quotes)})" if quotes else "")
    if not because.concept or because.concept == because.value:
        return f"{said}."
    chain = " → ".join(_named(one, lang) for one in (*because.through, because.concept))
    return f"{said}, which stands below {chain}."


def _named(iri: str, lang: str) -> str:
    return label(iri.rpartition("#")[2], lang)
