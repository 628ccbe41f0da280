"""`clausegraph same …`: which parties are the same organisation, as the user's own mapping says.

In: mapping files (`samefile`), the store. Out: links in a graph of their own, listed, checked and taken out; exit
code 2 where a file is wrong (then nothing is written) or the check finds something.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from ... import ClauseGraphError
from ...ontology.identifiers import BadIdentifier, identified, is_lei, lei, wikidata
from ...ontology.terms import SAME_GRAPH, shorten
from ...queries.same import (
    Link,
    StoredParty,
    add_links,
    check_links,
    drop_links,
    groups,
    stored_links,
    stored_parties,
)
from .common import FAILED, Format, FormatOption, StoreOption, err, opened, out, plain_table, print_json, show_table

same_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Which parties are the same organisation, as your mapping says."
)

YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


class NothingToRemove(ClauseGraphError):
    """No link is meant."""


@same_app.callback()
def _group() -> None:
    """Which parties are the same organisation, as your mapping says; nothing is guessed from names."""


@same_app.command()
def add(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A mapping: .csv or .tsv with a header, or .ttl (docs/same.md).")
    ],
    store: StoreOption = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Add the links of a mapping file.

    All of them or, where a line is wrong, none; every wrong line is named.
    """
    from ..samefile import read_mapping  # which loads what reads names; other commands need not wait

    with opened(store, write=True) as (graphs, settings):
        links = read_mapping(file, graphs)
        new = add_links(graphs, links)
        stored = len(stored_links(graphs))
    if format is Format.JSON:
        print_json({"file": str(file), "read": len(links), "added": new, "stored": stored, "graph": SAME_GRAPH})
        return
    out.print(
        f"{_links(len(links))} read, {new:,} of them new; {settings.store} holds {stored:,}.",
        markup=False,
        style="green",
    )


@same_app.command("list")
def list_(store: StoreOption = None, format: FormatOption = Format.TABLE) -> None:
    """List the links, those of one organisation together."""
    with opened(store) as (graphs, settings):
        links, parties = stored_links(graphs), stored_parties(graphs)
    if format is Format.JSON:
        print_json(_grouped(links, parties))
        return
    table = plain_table("organisation", "party", "named in", "relation", "the same as")
    for number, group in enumerate(_grouped(links, parties), 1):
        for link in group["links"]:
            table.add_row(str(number), link["name"], link["policy"], link["relation"], link["as"])
    if links:
        show_table(table)
    said = f"{_links(len(links))}, {len(groups(links)):,} organisations" if links else "No links"
    out.print(f"{said} in {settings.store}", style="dim", markup=False)


@same_app.command()
def check(store: StoreOption = None, format: FormatOption = Format.TABLE) -> None:
    """Check the links against what is stored.

    Finds parties that are gone, organisations with two LEIs or Wikidata items, and links of a wrong form. The exit code
    is 2 if anything is found.
    """
    with opened(store) as (graphs, _settings):
        links, problems = stored_links(graphs), check_links(graphs)
    if format is Format.JSON:
        print_json({"links": len(links), "problems": [asdict(one) for one in problems]})
    else:
        for one in problems:
            out.print(f"✗ {one.message}", style="bold red", markup=False)
            for link in one.links:
                out.print(f"    {link.party} {shorten(link.relation)} {link.target}", markup=False)
            out.print(f"  {one.mend}", markup=False)
        found = f"{len(problems):,} {'problem' if len(problems) == 1 else 'problems'}" if problems else "nothing wrong"
        out.print(f"{_links(len(links))} checked, {found}.", style="bold")
    if problems:
        raise typer.Exit(FAILED)


@same_app.command()
def remove(
    what: Annotated[
        list[str] | None,
        typer.Argument(metavar="WHAT", help="Parties or identifiers: an IRI, a Wikidata id, an LEI."),
    ] = None,
    gone: Annotated[
        bool, typer.Option("--gone", help="Every link with a party that no policy in force names.")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="Every link.")] = False,
    yes: YesOption = False,
    store: StoreOption = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Take links out.

    Those of a party or an identifier, those whose party is gone, or all.
    """
    if not (what or gone or everything):
        raise NothingToRemove(
            "Nothing says which links are to go.", mend="Name a party or an identifier, --gone or --all."
        )
    with opened(store, write=True) as (graphs, _settings):
        links = stored_links(graphs)
        doomed = set(links) if everything else set()
        if gone:
            doomed |= {link for one in check_links(graphs) if one.kind == "gone" for link in one.links}
        for text in what or ():
            doomed |= _meant(text, links)
        if doomed and not yes and not typer.confirm(f"Remove {_links(len(doomed))}?", err=True):
            err.print("Nothing was removed.")
            raise typer.Exit(1)
        drop_links(graphs, doomed)
    if format is Format.JSON:
        print_json({"removed": [asdict(link) for link in sorted(doomed)]})
    else:
        out.print(f"{_links(len(doomed))} removed, {len(links) - len(doomed):,} left.", markup=False)


def _meant(text: str, links: Iterable[Link]) -> set[Link]:
    """The links of one party or identifier. Raises `NothingToRemove`."""
    iri = text
    if not text.startswith(("http://", "https://")):
        iri = lei(text).iri if is_lei(text.upper()) else wikidata(text).iri
    found = {link for link in links if iri in (link.party, link.target)}
    if not found:
        raise NothingToRemove(f"There is no link of {text}.", mend="`clausegraph same list` shows what there is.")
    return found


def _grouped(links: list[Link], parties: dict[str, StoredParty]) -> list[dict[str, Any]]:
    """One dict an organisation: its identifiers, its parties, its links."""
    found = []
    for group in groups(links):
        within = [link for link in links if link.party in group]
        found.append(
            {
                "identifiers": sorted(_text(iri) for iri in group if "/party/" not in iri),
                "links": [
                    {
                        **asdict(link),
                        "name": _name(link.party, parties),
                        "policy": link.party.partition("/policy/")[2].partition("/party/")[0],
                        "relation": shorten(link.relation),
                        "as": _name(link.target, parties) if "/party/" in link.target else _text(link.target),
                    }
                    for link in within
                ],
            }
        )
    return found


def _name(iri: str, parties: dict[str, StoredParty]) -> str:
    one = parties.get(iri)
    if one is None:
        return f"{iri} (gone)"
    return one.names[0] if one.names else "(unnamed)"


def _text(iri: str) -> str:
    try:
        return identified(iri).text
    except BadIdentifier:
        return iri


def _links(number: int) -> str:
    return f"{number:,} {'link' if number == 1 else 'links'}"
