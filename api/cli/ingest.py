"""`clausegraph ingest`: policies in, graphs stored, a closing table.

In: files, folders, globs, `-`, `.jsonl`, URLs. Out: the table (or JSON) on standard output; exit code 2 if any failed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from .common import (
    FAILED,
    ExtractorOption,
    Format,
    FormatOption,
    StoreOption,
    err,
    opened,
    out,
    plain_table,
    print_json,
    show_table,
)

if TYPE_CHECKING:
    from ...ingest.read import Source
    from ..ingestion import Landed


def ingest(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT",
            help="Files, folders, globs, .jsonl records, http(s) URLs; - reads standard input.",
        ),
    ],
    id: Annotated[
        str | None, typer.Option("--id", metavar="KEY", help="Name of the policy, for a single input.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=0, help="Worker processes; 0 means one a core.")
    ] = None,
    language: Annotated[
        str | None, typer.Option("--lang", metavar="TAG", help="Language of the text (BCP 47); else detected.")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", metavar="NAME", help="Encoding of the bytes; else detected.")
    ] = None,
    allow_private_addresses: Annotated[
        bool | None,
        typer.Option("--allow-private-addresses", help="Fetch URLs on loopback and private networks too."),
    ] = None,
    extractor: ExtractorOption = None,
    force: Annotated[bool, typer.Option("--force", help="Extract and store anew also what has not changed.")] = False,
    store: StoreOption = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Read privacy policies and store what they say as graphs.

    Policies that are stored already in the same version, by the same extractor, are left as they are. A bad input is
    named with its reason; the others land all the same.
    """
    from ...ingest.read import discover  # here and not above: the other commands need not wait for these
    from ..ingestion import chosen
    from ..ingestion import ingest as ingest_sources

    with opened(
        store,
        write=True,
        jobs=jobs,
        allow_private_addresses=allow_private_addresses,
        extractor=extractor,
    ) as (graphs, settings):
        sources = list(
            discover(
                inputs,
                policy_id=id,
                language=language,
                encoding=encoding,
                allow_private_addresses=settings.allow_private_addresses,
            )
        )
        landing = ingest_sources(graphs, sources, jobs=settings.jobs, extractor=chosen(settings), force=force)
        landed = list(_with_progress(landing, sources))
    if format is Format.JSON:
        print_json([as_json(one) for one in landed])
    else:
        print_closing_table(landed)
    if any(one.state == "failed" for one in landed):
        raise typer.Exit(FAILED)


def _with_progress(landing: Iterable[Landed], sources: list[Source]) -> Iterator[Landed]:
    """Pass outcomes through; on a terminal a bar shows how many are done."""
    if not err.is_terminal:
        yield from landing
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task("Reading policies", total=len(sources))
        for one in landing:
            progress.update(task, advance=1, description=f"Reading policies · {one.source[-40:]}")
            yield one


def as_json(one: Landed) -> dict[str, Any]:
    """One outcome for programs."""
    shared = {"source": one.source, "state": one.state}
    if one.summary is None:
        return shared | {"error": one.error, "mend": one.mend}
    summary = one.summary
    return shared | {
        "policy": one.policy,
        "version": one.version,
        "title": summary.title,
        "language": summary.language,
        "controller": summary.controller,
        "clauses": summary.clauses,
        "statements": summary.statements,
        "characters": summary.characters,
        "accounted": summary.accounted,
        "warnings": list(summary.warnings),
    }


def print_closing_table(landed: list[Landed]) -> None:
    """What landed, then warnings and failures by name."""
    good = [one for one in landed if one.summary is not None]
    if good:
        numbers = ("clauses", "statements", "characters", "covered")
        table = plain_table("policy", "language", "controller", *numbers, "warnings", "", right=(*numbers, "warnings"))
        for one in good:
            summary = one.summary
            assert summary is not None
            covered = 100.0 * summary.accounted / summary.characters if summary.characters else 100.0
            table.add_row(
                summary.policy,
                summary.language,
                summary.controller,
                f"{summary.clauses:,}",
                f"{summary.statements:,}",
                f"{summary.characters:,}",
                # 99.99 must not read as 100: it means that characters were lost.
                "100%" if summary.accounted == summary.characters else f"{min(covered, 99.99):.2f}%",
                str(len(summary.warnings)) if summary.warnings else "",
                one.state,
            )
        show_table(table)
    for one in good:
        assert one.summary is not None
        for warning in one.summary.warnings:
            out.print(f"Warning: {one.summary.policy}: {warning}", style="yellow", markup=False)
    failed = [one for one in landed if one.summary is None]
    for one in failed:
        out.print(f"Failed: {one.error}", style="bold red", markup=False)
        if one.mend:
            out.print(f"        {one.mend}", markup=False)
    counts = [
        (state, sum(one.state == state for one in landed)) for state in ("added", "replaced", "unchanged", "failed")
    ]
    said = ", ".join(f"{count} {state}" for state, count in counts if count) or "nothing to read"
    out.print(f"{len(landed)} {'policy' if len(landed) == 1 else 'policies'}: {said}.", style="bold", markup=False)
