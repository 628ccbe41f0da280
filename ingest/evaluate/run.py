"""Run an extractor over gold texts and score it; compare variants of it.

In: gold paths, text folders, the DPV terms, a callable ``Document → Extraction``. Out: `Report`, `Ablation` rows.
The only module here that reads documents; it writes nothing and uses no network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from ...ontology.vocabulary import load_vocabulary
from ..read import read_bytes
from ..records import Document, Extraction
from .concepts import ConceptIndex, Terms, VocabularyIndex, load_terms
from .gold import load_gold
from .model import GoldDocument
from .predicted import predicted_facts
from .report import Ablation, Report, make_report
from .score import DocumentScore, score_document

Extract = Callable[[Document], Extraction]


def evaluate(
    gold_paths: Iterable[str | Path],
    text_dirs: Sequence[str | Path],
    dpv_terms: str | Path,
    extract: Extract,
    *,
    concepts: ConceptIndex | None = None,
    languages: Mapping[str, str] | None = None,
    resamples: int = 1000,
    seed: int = 0,
) -> Report:
    """Score ``extract`` on gold.

    ``languages`` fixes the language of documents by name; others are read as the reader finds them. ``resamples``
    of 0 leaves out the confidence intervals. Raises `EvaluateError` for unusable gold.
    """
    documents = load_gold(gold_paths, text_dirs)
    terms = load_terms(dpv_terms).with_gold(documents)
    scores = score_documents(documents, terms, extract, concepts=concepts, languages=languages)
    return make_report(scores, resamples=resamples, seed=seed)


def score_documents(
    documents: Iterable[GoldDocument],
    terms: Terms,
    extract: Extract,
    *,
    concepts: ConceptIndex | None = None,
    languages: Mapping[str, str] | None = None,
) -> list[DocumentScore]:
    """Extract from each gold text and score the result, in order. Concepts go by the vocabulary unless given."""
    index = concepts or VocabularyIndex(load_vocabulary())
    scores: list[DocumentScore] = []
    for gold in documents:
        document = read_bytes(
            gold.source, name=gold.text_path.name, key=gold.name, language=(languages or {}).get(gold.name)
        )
        predicted = predicted_facts(extract(document), index, gold.text)
        scores.append(score_document(gold.name, document.language, gold.facts, predicted, terms))
    return scores


def ablate(
    documents: Sequence[GoldDocument],
    terms: Terms,
    whole: Extract,
    variants: Mapping[str, Extract],
    *,
    concepts: ConceptIndex | None = None,
    languages: Mapping[str, str] | None = None,
) -> list[Ablation]:
    """Score ``whole`` and each variant; the first row is the whole, the others follow in the order given."""

    def figures(extract: Extract) -> tuple[dict[str, float], int]:
        scores = score_documents(documents, terms, extract, concepts=concepts, languages=languages)
        overall = make_report(scores, resamples=0).overall
        known = {measure: score.f1.value for measure, score in overall.macro.items() if score.f1 is not None}
        return known, overall.denials

    base, denials = figures(whole)
    rows = [Ablation("whole", base, dict.fromkeys(base, 0.0), denials)]
    for name, extract in variants.items():
        f1, denials = figures(extract)
        change = {measure: f1[measure] - base[measure] for measure in base if measure in f1}
        rows.append(Ablation(name, f1, change, denials))
    return rows
