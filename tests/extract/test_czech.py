"""Czech constructions: word order, the familiar form, phrases of consent, labels and columns."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from .reads import only, read

CASES = tomllib.loads((Path(__file__).parent / "data" / "czech_cases.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_czech(case: dict[str, Any]) -> None:
    extraction = read(case["text"], "cs")
    denied = case.get("denied", False)
    said = only(extraction, case["practice"], denied=denied)
    alike = [s for s in extraction.statements if s.practice == case["practice"] and s.denied is denied]
    assert set(case.get("values", ())) <= {m.concept for s in alike for m in s.mentions}
    assert case.get("actor", said.actor) == said.actor
    text = extraction.document.text
    assert set(case.get("conditions", ())) <= {text[c.start : c.end] for c in said.conditions}
    assert not set(case.get("never", ())) & {s.practice for s in extraction.statements}
