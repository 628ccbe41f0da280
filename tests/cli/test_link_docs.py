"""The examples of docs/link.md, run against DPV itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clausegraph.queries.store import Solutions, open_store

from .conftest import Run

PAGE = Path(__file__).resolve().parents[2] / "docs" / "link.md"


def block(kind: str) -> str:
    """The example in one language."""
    (found,) = re.findall(rf"```{kind}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    return str(found)


@pytest.mark.shared
def test_the_examples_do_what_the_page_says(run: Run, filled: Path, shared: Path, tmp_path: Path) -> None:
    vocabularies = [shared / "vocab" / "dpv-2.3" / f"{name}.ttl" for name in ("dpv", "pd")]
    assert run("link", "add", *vocabularies).code == 0
    with open_store(filled) as store:
        answer = store.query(block("sparql"))
    assert isinstance(answer, Solutions)
    assert {row["category"].rpartition("#")[2] for row in answer.texts()} == {"EmailAddress"}

    mine = tmp_path / "mine.ttl"
    mine.write_text(block("turtle"), encoding="utf-8")
    ran = run("link", "check", "--no-data", "--alignment", mine)
    assert ran.code == 0, ran.out
    assert ran.out.startswith("3 matches and")


def test_every_finding_is_explained() -> None:
    from clausegraph.ontology.findings import KINDS

    explained = re.findall(r"^\| ([^|]+) \| [^|]+ \|$", PAGE.read_text(encoding="utf-8"), re.M)
    assert set(explained) - {"finding", "---"} == set(KINDS.values())
