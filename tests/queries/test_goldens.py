"""Every bundled report on the sample policies, against what was committed and read by hand (``goldens/``).

``make goldens`` (CLAUSEGRAPH_WRITE_GOLDENS=1) writes them anew; without it a report that answers otherwise fails.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from difflib import unified_diff

import pytest

from clausegraph.ontology.terms import DENIED_STATEMENT
from clausegraph.queries.report import Result, list_reports, run_report
from clausegraph.queries.store import MemoryStore, Solutions

from .goldens import EMPTY, FOLDER, NEEDED, as_text, filled
from .test_reports import check_evidence

REPORTS = [report.name for report in list_reports()]
WRITE = bool(os.environ.get("CLAUSEGRAPH_WRITE_GOLDENS"))
SHOWN = 60


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MemoryStore]:
    with filled(tmp_path_factory.mktemp("older")) as store:
        yield store


@pytest.mark.parametrize("name", REPORTS)
def test_the_samples_are_answered_as_before(samples: MemoryStore, name: str) -> None:
    needed = NEEDED.get(name, {})
    result = run_report(samples, name, needed)
    check_evidence(result)
    check_polarity(samples, result)
    assert bool(result.rows) != (name in EMPTY), f"{name} has {len(result.rows)} rows ({EMPTY.get(name, 'not empty')})"
    found, file = as_text(result, needed), FOLDER / f"{name}.txt"
    if WRITE:
        file.parent.mkdir(exist_ok=True)
        file.write_text(found, encoding="utf-8")
    known = file.read_text(encoding="utf-8") if file.is_file() else ""
    changes = list(unified_diff(known.splitlines(), found.splitlines(), "committed", "now", n=0, lineterm=""))
    more = f"\n… and {len(changes) - SHOWN} lines more" if len(changes) > SHOWN else ""
    assert not changes, (
        f"{name} answers otherwise:\n"
        + "\n".join(changes[:SHOWN])
        + more
        + ("\n\nIf that is right, read it against the policies, then run: make goldens")
    )


def check_polarity(samples: MemoryStore, result: Result) -> None:
    """A denied statement stands in a denied column, an affirmed one in no such column."""
    answer = samples.query(f"SELECT ?s {{ ?s a <{DENIED_STATEMENT}> }}")
    assert isinstance(answer, Solutions)
    denied = {row["s"] for row in answer.texts()}
    for place, column in enumerate(result.columns):
        if column.evidence and column.name.lower().endswith("statement") and result.report.dataset == "current":
            found = {row[place].iri for row in result.rows if row[place].iri}
            assert found <= denied if column.name.startswith("denied") else not found & denied


def test_every_golden_has_its_report() -> None:
    assert {file.stem for file in FOLDER.glob("*.txt")} == set(REPORTS)
