"""`clausegraph ontology check` and `classes`: is the ontology sound, and which classes carry meaning?

In: files of vocabularies, or nothing. Out: what HermiT finds wrong (exit code 2 if anything); the defined classes with
what makes a statement a member, as SPARQL on demand.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ... import ClauseGraphError
from ...ontology.terms import shorten
from .common import FAILED, Format, FormatOption, LangOption, err, out, plain_table, print_json, show_table

if TYPE_CHECKING:
    from ...ontology.checking import Report


class NoSuchClass(ClauseGraphError):
    """There is no defined class of that name."""


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Say on a terminal that something takes its time; nothing in a pipe."""
    if not err.is_terminal:
        yield
        return
    with err.status(what):
        yield


def check(
    vocabularies: Annotated[
        list[Path] | None,
        typer.Option(
            "--with", metavar="FILE", help="Check together with this vocabulary, such as dpv-owl.ttl; may repeat."
        ),
    ] = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Check with the reasoner HermiT that the ontology is sound.

    Nothing may contradict itself, no class may be empty by definition, no two classes may come out the same without
    that being said. With vocabularies of others our alignments to them are checked too. What OWL reasoners cannot
    read is left out and named; nothing is fetched from the network. Needs Java. Exit code 2 if anything is wrong.
    """
    from ...ontology.checking import check_ontology  # costs a second that other commands need not wait

    with waiting("HermiT is reasoning …"):
        report = check_ontology(vocabularies or ())
    if format is Format.JSON:
        print_json(report_json(report))
    else:
        _print(report)
    if not report.sound:
        raise typer.Exit(FAILED)


def report_json(report: Report) -> dict[str, Any]:
    """A report for programs."""
    verdict = report.verdict
    return {
        "sound": report.sound,
        "consistent": verdict.consistent,
        "unsatisfiable": list(verdict.unsatisfiable),
        "equivalent": [list(group) for group in verdict.equivalent],
        "with": list(report.files),
        "alignments": list(report.alignments),
        "classes": report.classes,
        "leftOut": list(report.left_out),
        "notes": list(report.notes),
        "seconds": round(verdict.seconds, 1),
    }


def _print(report: Report) -> None:
    verdict = report.verdict
    what = "The ontology" + (f" with {', '.join(report.files)} ({report.classes:,} classes)" if report.files else "")
    if not verdict.consistent:
        out.print(f"✗ {what} contradicts itself: no graph can satisfy all of it.", style="bold red", markup=False)
    for iri in verdict.unsatisfiable:
        out.print(f"✗ Nothing can be a {shorten(iri)}: its definition contradicts itself.", style="red", markup=False)
    for group in verdict.equivalent:
        names = ", ".join(shorten(iri) for iri in group)
        out.print(f"✗ Nobody said so, yet these are the same class: {names}.", style="red", markup=False)
    if report.sound:
        out.print(f"✓ {what} is sound: no contradiction, no empty class, no false equivalence.", style="green")
    if report.alignments:
        out.print(f"  Checked with our alignments {', '.join(report.alignments)}.", markup=False)
    for line in report.left_out:
        out.print(f"  Left out: {line}.", style="dim", markup=False)
    for line in report.notes:
        out.print(f"  Note: {line}", style="yellow", markup=False)
    out.print(f"  HermiT took {verdict.seconds:.1f} s.", style="dim")


def classes(
    name: Annotated[str | None, typer.Argument(metavar="CLASS", help="Print the SPARQL of this class.")] = None,
    lang: LangOption = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """List the classes that follow from statements.

    Each says what an affirmed statement of the controller is, told from its facets. With a name: the SPARQL that finds
    its members in any store that holds the statements and the concepts.
    """
    from ...ontology.defined import load_defined
    from ..settings import load_settings

    language = load_settings(language=lang).language
    defined = load_defined()
    if name is not None:
        chosen = next((one for one in defined if name in (one.id, one.iri, shorten(one.iri))), None)
        if chosen is None:
            raise NoSuchClass(
                f"There is no defined class “{name}”.", mend=f"There are {', '.join(one.id for one in defined)}."
            )
        if format is Format.JSON:
            print_json({"class": chosen.iri, "query": chosen.query})
        else:
            out.print(chosen.query, markup=False)
        return
    if format is Format.JSON:
        print_json(
            [{"class": one.iri, "labels": dict(one.labels), "definitions": dict(one.definitions)} for one in defined]
        )
        return
    table = plain_table("class", "label", "definition")
    for one in defined:
        table.add_row(one.id, one.label(language), one.definition(language))
    show_table(table)
