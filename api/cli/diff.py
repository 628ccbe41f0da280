"""`clausegraph diff`: two versions of a policy, two policies or two files, compared as facts.

In: what to compare. Out: the changes as a table, JSON or Markdown on standard output; exit code 0 where nothing
changed, 1 where something did, 2 where the two cannot be compared.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ... import ClauseGraphError
from ...queries.store import Store
from ...queries.versions import version_graph
from ..settings import Settings, load_settings
from ..views.changes import changes_of, find_version
from ..views.fetch import UnknownPolicy, find_policy, version_chains
from ..views.model import PolicyView
from . import difftext
from .common import ExtractorOption, LangOption, StoreOption, err, note_format, opened, out, print_json
from .rendering import print_lines

#: Exit code where something changed, as `diff` has it.
CHANGED = 1


class DiffFormat(StrEnum):
    """How the changes are printed."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"


class NothingToCompare(ClauseGraphError):
    """There are no two texts to compare."""


def diff(
    older: Annotated[
        str,
        typer.Argument(
            metavar="POLICY|FILE", help="A stored policy, whose last two versions are compared; or the older file."
        ),
    ],
    newer: Annotated[
        str | None, typer.Argument(metavar="POLICY|FILE", help="The newer file, or another policy.")
    ] = None,
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="VERSION", help="The older version: first digits of its name, its date or IRI."),
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="VERSION", help="The newer version; else the one in force.")
    ] = None,
    extractor: ExtractorOption = None,
    lang: LangOption = None,
    store: StoreOption = None,
    format: Annotated[
        DiffFormat,
        typer.Option("--format", "-f", callback=note_format, help="How to print: for people, programs or a document."),
    ] = DiffFormat.TABLE,
) -> None:
    """Compare two versions of a policy as facts, not as text.

    Says what has turned round, is newly stated or no longer stated, stands under another condition, is kept longer or
    shorter. A reworded or moved sentence that says the same is no change. Files are read and not stored. The exit code
    is 0 where nothing changed, 1 where something did, 2 where the two cannot be compared.
    """
    if (from_ or to) and newer is not None:
        raise NothingToCompare(
            "--from and --to choose versions of one policy, but two things are named.",
            mend="Name one policy with --from and --to, or two files or policies without them.",
        )
    if newer is not None and _file(older) and _file(newer):
        settings = load_settings(extractor=extractor, language=lang)
        graphs = _read(older, settings), _read(newer, settings)
    else:
        with opened(store, extractor=extractor, language=lang) as (kept, settings):
            if newer is None:
                graphs = _versions(kept, older, from_, to)
            else:
                graphs = _graph(kept, older, settings), _graph(kept, newer, settings)
    found = changes_of(*graphs)
    if format is DiffFormat.JSON:
        print_json(difftext.as_json(found, settings.language))
    elif format is DiffFormat.MARKDOWN:
        sys.stdout.write(difftext.as_markdown(found, settings.language))
    else:
        print_lines(out, difftext.lines(found, settings.language))
    if found.changes:
        raise typer.Exit(CHANGED)


def _file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except OSError:  # too long for a file: then it is the name of a policy
        return False


def _versions(store: Store, name: str, older: str | None, newer: str | None) -> tuple[bytes, bytes]:
    """Two versions of one policy: those named, else the one in force and the one before the newer."""
    if _file(name):
        raise NothingToCompare(
            f"{name} is one file; a comparison takes two.", mend=f"clausegraph diff {name} NEWER, or a policy's key."
        )
    policy = _policy(store, name)
    chain = version_chains(store, [policy.iri])[policy.iri]
    new = find_version(store, policy, newer) if newer else chain[0]
    if older:
        old = find_version(store, policy, older)
    else:
        before = chain[chain.index(new) + 1 :]
        if not before:
            one = "is the oldest version that the store keeps" if len(chain) > 1 else "is all that the store keeps"
            raise NothingToCompare(
                f"{new.rpartition('/')[2]} {one} of “{policy.shown}”: there is nothing before it to compare with.",
                mend=f"Read a newer text under the same key ({policy.key}), or name two files.",
            )
        old = before[0]
    return _stored(store, old), _stored(store, new)


def _stored(store: Store, version: str) -> bytes:
    found = version_graph(store, version)
    if not found:
        raise NothingToCompare(
            f"The store lists the version {version}, but its history does not hold it.",
            mend="Compare files instead, or name the history that the store was written with.",
        )
    return found


def _graph(store: Store, name: str, settings: Settings) -> bytes:
    """The graph of a file or of a policy's version in force."""
    return _read(name, settings) if _file(name) else _stored(store, _policy(store, name).version)


def _policy(store: Store, name: str) -> PolicyView:
    try:
        return find_policy(store, name)
    except UnknownPolicy as error:
        if Path(name).suffix:
            raise NothingToCompare(
                f"There is no file {name}, nor a policy of that name. {error}", mend=error.mend
            ) from error
        raise


def _read(name: str, settings: Settings) -> bytes:
    """The graph of a file, which is read and not stored. Raises `NothingToCompare` where it cannot be."""
    from ...ingest.pipeline import run  # here and not above: stored versions need none of it
    from ...ingest.read import discover
    from ..ingestion import chosen

    with err.status(f"Reading {name} …"):
        outcomes = list(run(discover([name]), 1, extractor=chosen(settings)))
    if len(outcomes) != 1:
        raise NothingToCompare(
            f"{name} holds {len(outcomes)} policies; a comparison takes one.",
            mend="Read it into the store and compare by the policies' keys.",
        )
    if not outcomes[0].ok:
        raise NothingToCompare(outcomes[0].error, mend=outcomes[0].mend)
    return outcomes[0].nquads
