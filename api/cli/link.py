"""`clausegraph link`: vocabularies of others beside the policies, and our alignments with them checked.

In: files and addresses, the store. Out: what became of each, a list, findings; exit code 1 where `link check` finds
faults, 2 where something failed that a person can mend.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ...ontology.findings import KINDS
from ...queries import linked as store_of
from .common import FAILED, Format, FormatOption, StoreOption, err, opened, out, plain_table, print_json, show_table

if TYPE_CHECKING:
    from ...queries.linked import Linked
    from ..linkcheck import Report
    from ..linking import Landed

link_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Link and check vocabularies of others, such as DPV.",
)


@link_app.command()
def add(
    names: Annotated[
        list[str],
        typer.Argument(metavar="FILE|URL", help="Turtle, N-Triples, RDF/XML, N-Quads, TriG or JSON-LD; may repeat."),
    ],
    allow_private_addresses: Annotated[
        bool | None,
        typer.Option("--allow-private-addresses", help="Fetch URLs on loopback and private networks too."),
    ] = None,
    store: StoreOption = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Load vocabularies, each into a graph of its own.

    The graph is named by the version. Another version of an ontology takes the place of the one before; the same file
    again changes nothing. A bad file is named with its reason and leaves the store as it was; the others land.
    """
    from ..linking import link  # here and not above: the other commands need not wait for this

    with opened(store, write=True, allow_private_addresses=allow_private_addresses) as (graphs, settings):
        landing = link(graphs, names, allow_private_addresses=settings.allow_private_addresses)
        landed = list(_with_progress(landing, names))
    if format is Format.JSON:
        print_json([_landed_as_json(one) for one in landed])
    else:
        for one in landed:
            _say(one)
    if any(one.state == "failed" for one in landed):
        raise typer.Exit(FAILED)


@link_app.command(name="list")
def list_(store: StoreOption = None, format: FormatOption = Format.TABLE) -> None:
    """List the linked vocabularies."""
    with opened(store) as (graphs, _settings):
        present = store_of.linked(graphs)
    if format is Format.JSON:
        print_json([asdict(one) for one in present])
        return
    if not present:
        out.print("No vocabulary is linked. Add one with “clausegraph link add FILE”.", markup=False)
        return
    table = plain_table("vocabulary", "version", "triples", "graph", "from", "added", right=("triples",))
    for one in present:
        name = one.title or one.ontology or "(no name)"
        table.add_row(name, one.version, f"{one.triples:,}", one.graph, one.source, one.at[:10])
    show_table(table)


@link_app.command()
def remove(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Its graph, its ontology's IRI, its title or the file it came from.")
    ],
    store: StoreOption = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Take a linked vocabulary out of the store. Policies stay as they are."""
    with opened(store, write=True) as (graphs, _settings):
        one = store_of.remove(graphs, name)
    if format is Format.JSON:
        print_json({"removed": asdict(one)})
    else:
        out.print(f"Removed {one.shown} ({one.triples:,} triples, {one.graph}).", markup=False)


@link_app.command()
def check(
    alignment: Annotated[
        Path | None,
        typer.Option("--alignment", metavar="FILE", help="Check this file's matches instead of ClauseGraph's own."),
    ] = None,
    with_ours: Annotated[
        bool, typer.Option("--with-ours", help="Report also what the file contradicts in ClauseGraph's own matches.")
    ] = False,
    data: Annotated[bool, typer.Option("--data/--no-data", help="Check the terms that stored data uses too.")] = True,
    notes: Annotated[bool, typer.Option("--notes", help="Name each concept that has no match.")] = False,
    store: StoreOption = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Check alignments and stored data against the linked vocabularies.

    Names terms that do not exist, were given up or renamed, and matches that contradict each other. The exit code is
    0 without faults, 1 with some, 2 where the check could not be made.
    """
    from ..linkcheck import check as check_store
    from ..linking import read_claims

    claims = read_claims(alignment) if alignment is not None else None
    with opened(store) as (graphs, _settings), _working("Checking"):
        report = check_store(graphs, claims, with_ours=with_ours, data=data)
    if format is Format.JSON:
        print_json(_report_as_json(report))
    else:
        _print_report(report, notes=notes)
    if report.faults:
        raise typer.Exit(1)


def _report_as_json(report: Report) -> dict[str, Any]:
    return {
        "clean": not report.faults,
        "vocabularies": [one.graph for one in report.vocabularies],
        "claims": report.claims,
        "values": report.values,
        "faults": [asdict(one) for one in report.faults],
        "notes": [asdict(one) for one in report.notes],
        "unlinked": dict(sorted(report.unlinked.items())),
    }


def _print_report(report: Report, *, notes: bool) -> None:
    shown = [*report.faults, *(report.notes if notes else ())]
    for kind, title in KINDS.items():
        found = [one for one in shown if one.kind == kind]
        if found:
            out.print(f"{title}: {len(found)}", style="bold" if found[0].severity == "note" else "bold red")
        for one in found:
            out.print(f"  {one.message}{' ' + one.mend if one.mend else ''}", markup=False)
            out.print(f"    {', '.join(one.where)}", style="dim", markup=False)
    faults = len(report.faults)
    said = _count(faults, "fault", "faults") if faults else "no faults"
    count = len(report.vocabularies)
    out.print(
        f"{_count(report.claims, 'match', 'matches')} and {_count(report.values, 'term', 'terms')} of stored data "
        f"compared with {_count(count, 'linked vocabulary', 'linked vocabularies')}: {said}.",
        style="bold",
    )
    if report.notes and not notes:
        out.print(f"{len(report.notes)} concepts have no match outside; --notes names them.", style="dim")
    if report.unlinked:
        listed = ", ".join(f"{name} ({count})" for name, count in sorted(report.unlinked.items()))
        out.print(f"Not compared, since these are not linked: {listed}.", style="dim", markup=False)


def _count(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"


@contextmanager
def _working(what: str) -> Iterator[None]:
    """On a terminal, a line that says what is being done."""
    if not err.is_terminal:
        yield
        return
    with err.status(what):
        yield


def _with_progress(landing: Iterable[Landed], names: list[str]) -> Iterator[Landed]:
    """Pass outcomes through; on a terminal a line says what is being loaded."""
    if not err.is_terminal:
        yield from landing
        return
    with err.status("Loading vocabularies") as status:
        for number, one in enumerate(landing, start=1):
            status.update(f"Loading vocabularies · {number} of {len(names)} · {one.source[-40:]}")
            yield one


def _landed_as_json(one: Landed) -> dict[str, Any]:
    if one.vocabulary is None:
        return {"source": one.source, "state": one.state, "error": one.error, "mend": one.mend}
    return {
        "source": one.source,
        "state": one.state,
        "vocabulary": asdict(one.vocabulary),
        "insteadOf": [each.graph for each in one.instead_of],
    }


def _say(one: Landed) -> None:
    if one.vocabulary is None:
        out.print(f"✗ {one.source}: {one.error}", style="bold red", markup=False)
        out.print(f"    {one.mend}", markup=False)
        return
    put_out = "".join(f", in the place of {_version(each)}" for each in one.instead_of)
    what = f"{one.vocabulary.shown}: {one.state}{put_out}"
    out.print(f"✓ {what}", style="green", markup=False)
    out.print(f"    {one.vocabulary.triples:,} triples in {one.vocabulary.graph}", markup=False)


def _version(one: Linked) -> str:
    return f"version {one.version} ({one.graph})" if one.version else one.graph
