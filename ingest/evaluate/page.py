"""The page of figures, docs/evaluation.md.

In: the reports on the tune and check gold, the ablation, the coverage of the inventories, practice detection. Out:
Markdown that names no day and no machine: the same inputs give the same page. It quotes no text: gold statements go by
their ids.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .capp130 import PracticeReport
from .capp130_grids import mapping_grid, practice_grids
from .grid import to_markdown
from .grids import (
    ablation_grid,
    coverage_grid,
    documents_grid,
    facets_grid,
    practices_grid,
    summary_grid,
)
from .inventory import Coverage
from .report import Ablation, Report

_HEAD = """\
# Evaluation

Made by `make evaluation`; not by hand. What the figures mean:

- **Statements**: gold and found agree on practice and polarity, and their spans overlap by at least half of the shorter
  one; one to one, largest overlap first.
- **Facet values**, in statements that agree so: the same facet and the same concept (strict), or one concept above
  the other (lenient). Conditions: by kind and overlap.
- **Document facts**: the set of (practice, polarity, facet, concept) that a document states.
- **Polarity**: over statements matched on practice and span alone.
- **Denial read as affirmed**: an affirmed statement, matched to no affirmed gold, over a denied gold statement of the
  same practice.
- **Macro** is the mean over documents, **micro** pools them. In brackets: 95% bootstrap intervals.

The lexicons and rules were written with the tune documents in sight. The check documents are scored only: their texts,
their gold and the listing of their errors stay closed to whoever works on the rules. The weights were learned from the
tune documents, among others, so the figures of those say how well they are remembered; what held-out ones reach stands
in [How a sentence becomes a statement](extraction.md#weights).
"""

_INVENTORIES = """\
Phrases that annotators of public corpora marked for a facet (Chinese, English), or the most frequent word sequences of
policies (Czech, whatever they mean). Read: the lexicon finds a value or cue of the facet in the phrase. Listed:
`not-concepts.toml` says why it names no concept.
"""

_CAPP130 = """\
CAPP-130 holds Chinese app policies whose sentences carry one or more kinds of practice. It was not annotated by our
guide: a sentence mostly carries the label of its topic, while we state every fact in it.
"""


@dataclass(frozen=True)
class Figures:
    """Everything the page shows. ``inventories``: lexicon language → coverage by facet."""

    tune: Report
    check: Report
    ablation: Sequence[Ablation]
    inventories: Mapping[str, Sequence[Coverage]]
    policies: int
    practices: PracticeReport | None


def evaluation_page(figures: Figures) -> str:
    """The whole page as Markdown."""
    pieces = [_HEAD]
    for name, report, named in (("Check", figures.check, False), ("Tune", figures.tune, True)):
        pieces += [
            f"## {name} documents\n",
            to_markdown(summary_grid(report, f"{name}: all documents")),
            to_markdown(documents_grid(report, f"{name}: by document and language")),
            to_markdown(facets_grid(report, f"{name}: by facet")),
            to_markdown(practices_grid(report, f"{name}: by practice")),
            _denials(report) if named else _denial_count(report),
        ]
    pieces += [
        "## Families of rules\n",
        to_markdown(ablation_grid(figures.ablation, "Tune: with one family switched off")),
        "## What the lexicons cover\n",
        _INVENTORIES,
    ]
    for language, coverages in figures.inventories.items():
        pieces.append(to_markdown(coverage_grid(coverages, f"Inventory: {language}", figures.policies)))
    if figures.practices is not None:
        pieces += [
            "## Practice detection on sentences that others labelled\n",
            _CAPP130,
            to_markdown(mapping_grid()),
            *map(to_markdown, practice_grids(figures.practices)),
        ]
    return "\n".join(pieces)


def _denial_count(report: Report) -> str:
    return f"Denials read as affirmed: {report.overall.denials}. Of check documents the count alone is shown.\n"


def _denials(report: Report) -> str:
    lines = [
        f"- {score.name}, {score.gold[left].id or 'without id'}: {score.gold[left].practice}, "
        f"code points {score.gold[left].start}–{score.gold[left].end}"
        for score in report.scores
        for left, _ in score.denials
    ]
    if not lines:
        return "No denial is read as affirmed.\n"
    return "Denials read as affirmed (gold statements):\n\n" + "\n".join(lines) + "\n"
