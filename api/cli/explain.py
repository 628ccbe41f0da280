"""`clausegraph explain`: why the graph holds a statement.

In: a statement's IRI. Out: its quote, and for each value the words, the rule and what was inherited from where.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from ..views.facets import title
from ..views.fetch import fetch_document, fetch_statement, find_policy
from ..views.model import MentionView, PolicyDocument, StatementView
from ..views.words import condition, label
from . import rendering
from .common import Format, FormatOption, LangOption, StoreOption, opened, out, print_json
from .show import statement_json
from .why import explain_inference, inferences_of, is_inference


def explain(
    statement: Annotated[
        str, typer.Argument(metavar="STATEMENT", help="IRI of a statement, as `show` prints it, or of an inference.")
    ],
    lang: LangOption = None,
    store: StoreOption = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Say why a statement, or what follows from one, is in the graph.

    Names the words that it rests on, the rules that read them, and what was inherited from a heading or list head; of
    an inference the values and concepts that it rests on.
    """
    if is_inference(statement):
        explain_inference(statement, lang, store, format)
        return
    with opened(store, language=lang) as (graphs, settings):
        found = fetch_statement(graphs, statement)
        document = fetch_document(graphs, find_policy(graphs, found.policy))
        concluded = inferences_of(graphs, found.iri)
    steps = [*trace(document, found, settings.language), *(one.step(settings.language) for one in concluded)]
    if format is Format.JSON:
        shown: dict[str, Any] = {"statement": statement_json(found, settings.language), "trace": steps}
        print_json(shown | {"extraction": document.extraction})
        return
    out.print(found.iri, style="dim", markup=False)
    out.print(rendering.coloured(document.text, found.start, found.end, rendering.marks_of([found])))

    lines = (rendering.Line(line) for line in rendering.statement_lines(found, settings.language))
    rendering.print_lines(out, lines)
    out.print("\nWhy:", style="bold")
    for place, step in enumerate(steps, start=1):
        out.print(f"{place:>3}. {step}", markup=False)


def trace(document: PolicyDocument, statement: StatementView, lang: str) -> Iterator[str]:
    """The steps from the words to the statement, read from the graph."""
    clauses = {clause.iri: clause for clause in document.clauses}
    others = {one.iri: one for one in document.statements}
    clause = clauses.get(statement.clause)
    where = f" in clause {clause.path} ({title(clause.kind).lower()})" if clause else ""
    yield f"Characters {statement.start}–{statement.end}{where}: “{statement.quote}”."
    practice = label(statement.practice, lang)
    if statement.denied:
        yield f"It denies the practice “{practice}”; every value below is what is denied."
    else:
        yield f"It affirms the practice “{practice}” ({title(statement.modality).lower() or 'no modality'})."
    if head := others.get(statement.inherits):
        yield f"Practice, actor and polarity come from its list head: “{head.quote}”."
    if statement.controller is None:
        yield f"The actor is {label(statement.actor, lang)}: not a practice of the controller's own."
    for one in statement.mentions:
        yield _step(one, document, lang)
    for one_condition in statement.conditions:
        yield f"It holds {condition(one_condition)}: “{one_condition.exact}”."
        for one in one_condition.mentions:
            yield "Inside that condition: " + _step(one, document, lang)
    for target in statement.exception_to:
        quote = f": “{others[target].quote}”" if target in others else f" {target}"
        yield f"It is an exception to{quote}."
    if statement.confidence is not None:
        yield f"Rules like these were right in {statement.confidence:.0%} of the cases of the tuning set."


def _step(mention: MentionView, document: PolicyDocument, lang: str) -> str:
    rule = f" by the rule {mention.rule}" if mention.rule else ""
    code = f", cited as {label(mention.code, lang)}" if mention.code else ""
    above = next((clause for clause in document.clauses if clause.iri == mention.inherited_from), None)
    origin = f", inherited from clause {above.path}" if above else ""
    parties = {facet.party.iri: facet.party.shown for one in document.statements for facet in one.facets if facet.party}
    value = parties.get(mention.value) or label(mention.value, lang)
    return f"“{mention.exact}” names the {title(mention.facet).lower()} {value}{rule}{code}{origin}."
