"""Score extractions against gold.

In: gold files, their texts, the DPV terms, an extractor. Out: a `Report` (per document, language and facet; micro and
macro; confidence intervals), the list of errors, ablations, and the precision table of the rules.
"""

from __future__ import annotations

from ..precision import RulePrecision, confidence, format_precision, read_precision, write_precision
from .bootstrap import Interval
from .concepts import ConceptIndex, Terms, VocabularyIndex, load_terms
from .errors import Finding, describe, errors
from .gold import find_text, load_gold
from .model import EvaluateError, Fact, GoldDocument, Guard, Value
from .predicted import predicted_facts
from .render_html import render_html
from .render_json import render_json
from .render_table import ablation_table, render_table
from .report import MAIN_MEASURES, Ablation, Estimate, Group, Report, Score, make_report, parts
from .rules import rule_precision
from .run import Extract, ablate, evaluate, score_documents
from .score import Counts, DocumentScore, score_document

__all__ = [
    "MAIN_MEASURES",
    "Ablation",
    "ConceptIndex",
    "Counts",
    "DocumentScore",
    "Estimate",
    "EvaluateError",
    "Extract",
    "Fact",
    "Finding",
    "GoldDocument",
    "Group",
    "Guard",
    "Interval",
    "Report",
    "RulePrecision",
    "Score",
    "Terms",
    "Value",
    "VocabularyIndex",
    "ablate",
    "ablation_table",
    "confidence",
    "describe",
    "errors",
    "evaluate",
    "find_text",
    "format_precision",
    "load_gold",
    "load_terms",
    "make_report",
    "parts",
    "predicted_facts",
    "read_precision",
    "render_html",
    "render_json",
    "render_table",
    "rule_precision",
    "score_document",
    "score_documents",
    "write_precision",
]
