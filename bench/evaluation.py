"""Write docs/evaluation.md: every figure of the extraction, made anew.

In: the shared data folder (environment variable CLAUSEGRAPH_SHARED, else ../shared) and the names of the tune and check
documents. Out: the page. Exit code 2, loudly, where the folder is absent. `make evaluation` runs it.

With --left the phrases of the inventories that nothing covers are printed, by language and facet.
"""

from __future__ import annotations

import argparse
import os
import sys
from functools import partial
from pathlib import Path

from clausegraph import ClauseGraphError
from clausegraph.ingest.evaluate import Report, ablate, evaluate, load_gold, load_terms
from clausegraph.ingest.evaluate.capp130 import load_labelled, score_practices
from clausegraph.ingest.evaluate.inventory import inventory_coverage, load_inventory
from clausegraph.ingest.evaluate.page import Figures, evaluation_page
from clausegraph.ingest.extract import FAMILIES, RuleExtractor
from clausegraph.ingest.pipeline import process
from clausegraph.ontology.lexicon import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
POLICIES = 3


def shared_folder() -> Path:
    """The shared data folder; leaves with exit code 2 where it is absent."""
    folder = Path(os.environ.get("CLAUSEGRAPH_SHARED", ROOT.parent / "shared"))
    if not (folder / "gold").is_dir():
        rule = "!" * 78
        sys.stderr.write(
            f"{rule}\nSHARED DATA ABSENT: {folder} holds no gold, so nothing can be measured.\n"
            f"Set CLAUSEGRAPH_SHARED to the folder that holds gold/, corpora/ and reference/.\n{rule}\n"
        )
        sys.exit(2)
    return folder


def figures(shared: Path, tune: list[str], check: list[str], left: bool) -> Figures:
    """Measure everything. Some minutes, most of them for the ablation."""
    folders = [shared / "gold" / "texts", shared / "seeds"]
    dpv = shared / "reference" / "dpv-terms.tsv"

    def paths(names: list[str]) -> list[Path]:
        return [shared / "gold" / f"{name}.jsonl" for name in names]

    def report(names: list[str]) -> Report:
        return evaluate(paths(names), folders, dpv, process)

    documents = load_gold(paths(tune), folders)
    variants = {name: partial(process, extractor=RuleExtractor(frozenset({name}))) for name in FAMILIES}
    inventories = {}
    for language in LANGUAGES:
        phrases = load_inventory(shared / "reference" / f"phrases-{language}.tsv")
        inventories[language] = inventory_coverage(phrases, language, policies=POLICIES)
        for row in inventories[language] if left else ():
            for phrase in row.left:
                print(language, row.facet, phrase.policies, phrase.text, sep="\t")
    return Figures(
        tune=report(tune),
        check=report(check),
        ablation=ablate(documents, load_terms(dpv).with_gold(documents), process, variants),
        inventories=inventories,
        policies=POLICIES,
        practices=score_practices(load_labelled(shared / "corpora" / "capp130-dev.jsonl"), process),
    )


def main() -> None:
    """Write the page."""
    parser = argparse.ArgumentParser(description="Write docs/evaluation.md.")
    parser.add_argument("--tune", nargs="+", required=True, metavar="DOC", help="gold documents that were tuned on")
    parser.add_argument("--check", nargs="+", required=True, metavar="DOC", help="gold documents that are scored only")
    parser.add_argument("--left", action="store_true", help="print the inventories' phrases that nothing covers")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "docs" / "evaluation.md", metavar="FILE")
    asked = parser.parse_args()
    try:
        page = evaluation_page(figures(shared_folder(), asked.tune, asked.check, asked.left))
    except ClauseGraphError as error:
        sys.exit(f"{error} {error.mend}".strip())
    asked.output.write_text(page, encoding="utf-8")
    sys.stderr.write(f"Wrote {asked.output}.\n")


if __name__ == "__main__":
    main()
