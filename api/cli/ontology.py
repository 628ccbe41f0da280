"""`clausegraph ontology …`: questions about the vocabulary itself.

In: concepts and lexicons. Out: which concepts no lexicon names, by scheme and language.
"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ...ontology.lexicon import LANGUAGES, SCHEMES, load_lexicon
from ...ontology.vocabulary import load_vocabulary
from .common import Format, FormatOption, out, plain_table, print_json, show_table

ontology_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Questions about concepts and lexicons.")


@ontology_app.callback()
def _group() -> None:
    """Questions about concepts and lexicons."""


@ontology_app.command()
def coverage(
    missing: Annotated[bool, typer.Option("--missing", help="Name each concept that lacks forms.")] = False,
    format: FormatOption = Format.TABLE,
) -> None:
    """Count the concepts that lexicons name, by language.

    A concept without forms is never found in a text of that language; concepts that only group others need none.
    """
    found = scheme_coverage()
    if format is Format.JSON:
        print_json(found)
        return
    table = plain_table("scheme", "concepts", *LANGUAGES, right=("concepts", *LANGUAGES))
    for row in found:
        shown = (f"{row['concepts'] - len(row['missing'][lang])}" for lang in LANGUAGES)
        table.add_row(row["scheme"], str(row["concepts"]), *shown)
    total = sum(row["concepts"] for row in found)
    named = (str(total - sum(len(row["missing"][lang]) for row in found)) for lang in LANGUAGES)
    table.add_row("all", str(total), *named, style="bold")
    show_table(table)
    out.print("Concepts with at least one form, by language.", style="dim")
    if missing:
        for lang in LANGUAGES:
            for row in found:
                if row["missing"][lang]:
                    out.print(f"\n{lang}, {row['scheme']}: {', '.join(row['missing'][lang])}", markup=False)
    else:
        out.print("--missing names those without.", style="dim")


def scheme_coverage() -> list[dict[str, Any]]:
    """One dict a scheme: its name, its number of concepts, and language → concepts without a form."""
    vocabulary = load_vocabulary()
    named = {lang: {form.id for form in load_lexicon(lang).forms if form.layer in SCHEMES} for lang in LANGUAGES}
    rows = []
    for scheme in SCHEMES:
        ids = sorted(concept.id for concept in vocabulary.in_scheme(scheme))
        rows.append(
            {
                "scheme": scheme,
                "concepts": len(ids),
                "missing": {lang: [one for one in ids if one not in named[lang]] for lang in LANGUAGES},
            }
        )
    return rows
