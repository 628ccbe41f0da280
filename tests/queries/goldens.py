"""What every bundled report answers on the sample policies: asked anew, and as it was committed.

In: ``api/samples``, read by the default extractor, and an older text of one of them. Out: for each report one text in
``goldens/``, a row a line, so that a diff shows which rows came and went. ``make goldens`` writes them.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from clausegraph import api
from clausegraph.api import ingestion
from clausegraph.ingest.read import discover
from clausegraph.queries.report import Cell, Result
from clausegraph.queries.store import MemoryStore, Store

FOLDER = Path(__file__).parent / "goldens"
SAMPLES = Path(api.__file__).parent / "samples"
#: An older text of one sample, so that there is something to compare: what it said, what the sample says now.
REVISED = "en/fernway-books"
OLDER = {
    "Effective date: 1 March 2025": "Effective date: 1 June 2023",
    "(e) to send you our newsletter, if you have given your consent.": "(e) to send you our newsletter.",
    "3.4 We never sell your personal data.": "3.4 We may share your email address with advertisers.",
    "no more than 30 days": "no more than 90 days",
    "1.5 We do not collect health data or information about your religious beliefs.\n\n": "",
}
#: What reports must be asked with that need to be told the policy.
NEEDED: dict[str, dict[str, str]] = {
    "changes": {"policy": REVISED},
    "compare": {"one": REVISED, "other": "cs/vrbovka-zahrada"},
    "compare-denials": {"one": REVISED, "other": "cs/vrbovka-zahrada"},
}
#: Reports that the samples give no answer to, and why.
EMPTY = {
    "dpv-superseded": "our concepts point to no DPV concept that has been given up",
    "no-retention": "every sample names a period",
    "no-security": "every sample names a measure",
    "same-controller": "no mapping says which parties of the samples are the same",
    "tw-codes": "no sample cites a code of the lists",
}
#: Columns that change with the version of the extractor and say nothing of its facts.
VOLATILE = {"extractor", "extractorVersion", "lexicons"}
#: A quote is recognised by its first words.
QUOTE = 40


def fill(store: Store, folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Read the older text, then the samples, always at the same moment."""
    older = folder / f"{REVISED}.txt"
    older.parent.mkdir(parents=True)
    text = (SAMPLES / f"{REVISED}.txt").read_text(encoding="utf-8")
    for now, then in OLDER.items():
        assert now in text
        text = text.replace(now, then)
    older.write_text(text, encoding="utf-8")
    patch.setattr(ingestion, "now", lambda: "2026-01-01T00:00:00Z")
    for place in (folder, SAMPLES):
        landed = list(ingestion.ingest(store, discover([str(place)]), jobs=1))
        assert all(one.state != "failed" for one in landed)
    shutil.rmtree(folder)


def filled(folder: Path) -> MemoryStore:
    """A store that holds the samples."""
    store = MemoryStore()
    with pytest.MonkeyPatch.context() as patch:
        fill(store, folder, patch)
    return store


def as_text(result: Result, parameters: Mapping[str, str]) -> str:
    """The answer, a row a line; statements are left out, since their clause and quote stand beside them."""
    asked = ", ".join(f"{name}={value}" for name, value in parameters.items())
    lines = [f"{result.report.title}{f' ({asked})' if asked else ''}: {len(result.rows)} rows", ""]
    for row in result.rows:
        cells = [
            f"{column.name}: {words(column.name, cell)}"
            for column, cell in zip(result.columns, row, strict=True)
            if cell.text and not column.name.lower().endswith("statement")
        ]
        lines.append(" | ".join(cells))
    return "\n".join(lines) + "\n"


def words(column: str, cell: Cell) -> str:
    """A cell's text on one line."""
    if column in VOLATILE:
        return "…"
    text = " ".join(cell.text.split())
    return text[:QUOTE] + "…" if column.lower().endswith(("quote", "words")) and len(text) > QUOTE else text
