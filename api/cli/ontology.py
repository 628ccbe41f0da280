"""`clausegraph ontology …`: questions about the vocabulary itself.

In: concepts, lexicons and, where asked, a corpus. Out: which concepts no lexicon names and which no policy states, by
scheme and language; which frequent phrases of the corpus no lexicon covers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ... import ClauseGraphError
from ...ontology.lexicon import LANGUAGES, SCHEMES, lexicon_language, load_lexicon
from ...ontology.vocabulary import load_vocabulary
from .checks import check, classes
from .common import Format, FormatOption, err, out, plain_table, print_json, show_table

if TYPE_CHECKING:
    from ...ingest.evaluate.uncovered import Uncovered
    from ...ingest.records import Document

ontology_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Questions about concepts and lexicons.")

ontology_app.command()(check)
ontology_app.command()(classes)

Found = Mapping[str, Counter[str]]


@ontology_app.callback()
def _group() -> None:
    """Questions about concepts and lexicons."""


@ontology_app.command()
def coverage(
    corpus: Annotated[
        list[str] | None,
        typer.Option(
            "--corpus",
            metavar="INPUT",
            help="Count the policies here that state each concept, and list frequent phrases that no form covers; "
            "may repeat.",
        ),
    ] = None,
    phrases: Annotated[
        int, typer.Option("--phrases", min=0, metavar="N", help="With --corpus: how many phrases to list a language.")
    ] = 40,
    missing: Annotated[bool, typer.Option("--missing", help="Name each concept that lacks forms.")] = False,
    format: FormatOption = Format.TABLE,
) -> None:
    """Count the concepts that lexicons name, by language.

    A concept without forms is never found in a text of that language; concepts that only group others need none.
    """
    documents = read(corpus) if corpus else []
    found = stated(documents)
    rows = scheme_coverage(found)
    left = frequent_uncovered(documents, phrases)
    if format is Format.JSON:
        listed = {lang: [asdict(one) for one in each] for lang, each in left.items()}
        print_json({"schemes": rows, "uncovered": listed} if corpus else rows)
        return
    columns = [heading for lang in LANGUAGES for heading in ((lang, f"{lang} found") if corpus else (lang,))]
    table = plain_table("scheme", "concepts", *columns, right=("concepts", *columns))
    for row in [*rows, total(rows)]:
        figures = []
        for lang in LANGUAGES:
            figures.append(f"{row['concepts'] - len(row['missing'][lang])}")
            if corpus:
                figures.append(f"{len(row['found'][lang])}")
        table.add_row(row["scheme"], str(row["concepts"]), *figures, style="bold" if row["scheme"] == "all" else None)
    show_table(table)
    out.print("Concepts with at least one form, by language.", style="dim")
    for lang in LANGUAGES if missing else ():
        for row in rows:
            if row["missing"][lang]:
                out.print(f"\n{lang}, {row['scheme']}: {', '.join(row['missing'][lang])}", markup=False)
    for lang, each in left.items():
        out.print(f"\nPhrases that no {lang} form covers, as they are matched:", markup=False)
        table = plain_table("phrase", "policies", "times", right=("policies", "times"))
        for one in each:
            table.add_row(one.text, str(one.policies), str(one.times))
        show_table(table)


def scheme_coverage(found: Found) -> list[dict[str, Any]]:
    """One dict a scheme: its name, its number of concepts, and by language those without a form and those found."""
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
                "found": {
                    lang: {one: found[lang][one] for one in ids if lang in found and one in found[lang]}
                    for lang in LANGUAGES
                },
            }
        )
    return rows


def total(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """All schemes together; a concept of two schemes counts in both."""
    return {
        "scheme": "all",
        "concepts": sum(row["concepts"] for row in rows),
        "missing": {lang: [one for row in rows for one in row["missing"][lang]] for lang in LANGUAGES},
        "found": {lang: [one for row in rows for one in row["found"][lang]] for lang in LANGUAGES},
    }


def read(corpus: list[str]) -> list[Document]:
    """The documents that a lexicon reads. What cannot be read is named and left out."""
    from ...ingest.read import discover, read_source

    documents = []
    for source in discover(corpus):
        try:
            document = read_source(source)
        except ClauseGraphError as error:
            err.print(f"Left out: {error}", style="yellow", markup=False)
            continue
        if lexicon_language(document.language) is not None:
            documents.append(document)
    return documents


def stated(documents: list[Document]) -> Found:
    """Lexicon language → concept → number of policies that state it."""
    from ...ingest.pipeline import process

    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        mentions = [
            mention
            for one in process(document).statements
            for mention in (*one.mentions, *(each for condition in one.conditions for each in condition.mentions))
        ]
        found[lexicon_language(document.language) or ""].update({mention.concept for mention in mentions})
    return found


def frequent_uncovered(documents: list[Document], number: int) -> dict[str, list[Uncovered]]:
    """Lexicon language → the ``number`` most widespread phrases that no form covers, of two policies at least."""
    if not documents or not number:
        return {}
    from ...ingest.evaluate.uncovered import uncovered

    return {lang: each[:number] for lang, each in uncovered(documents).items()}
