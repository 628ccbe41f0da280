"""Practice detection on CAPP-130: Chinese policies whose sentences others labelled with kinds of practice.

In: JSON Lines records (``text``, ``lang``, ``spans`` with ``label_orig`` and offsets), an extractor. Out:
`PracticeReport`: precision and recall of each practice by sentence, and how often each cause of error occurs.

A sentence is a line of the text, as the corpus splits it. It states a practice for us when a statement of that practice
overlaps it by at least half of the shorter of the two; denied statements count like affirmed ones, as the labels
do not tell them apart. Labels without a practice of ours (潜在风险 risk, 摘要 summary, 停止运营 closing down) are left
out, and so are our practices without a label (LimitScope, AssignRole).
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

from ..read import read_bytes
from ..records import Extraction
from .capp130_causes import false_cause, missed_cause
from .model import EvaluateError, covers_half
from .run import Extract
from .score import Counts


@dataclass(frozen=True, slots=True)
class Row:
    """Labels of the corpus and the practices that stand for them. A practice may stand in two rows."""

    name: str
    labels: tuple[str, ...]
    practices: tuple[str, ...]


#: The mapping. Transfer stands for sharing and for storing: the corpus labels transfers abroad as either.
ROWS = (
    Row("collection", ("数据收集", "权限获取"), ("Collect",)),
    Row("use", ("使用",), ("Use",)),
    Row("sharing", ("共享、委托、转让、公开（披露）",), ("Share", "Sell", "Transfer")),
    Row("storage", ("存储方式",), ("Store", "Retain", "Transfer")),
    Row("security", ("安全措施",), ("Protect",)),
    Row("rights and choices", ("数据、权限管理",), ("GrantRight", "OfferChoice")),
    Row("children", ("特殊人群",), ("ProtectChild",)),
    Row("policy changes", ("隐私政策的授权、修改与变更",), ("Notify",)),
    Row("contact", ("联系方式",), ("OfferContact",)),
)

ANY = "any practice"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document of the corpus: its text and, by sentence range, the labels."""

    name: str
    text: str
    language: str
    labels: dict[tuple[int, int], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Found:
    """One of our statements over a sentence."""

    practice: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its labels, what was found there and the kinds of clause it stands in."""

    text: str
    labels: frozenset[str]
    found: tuple[Found, ...]
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class PracticeScore:
    """One row: counts, and the causes of what was missed and of what was found falsely."""

    row: str
    counts: Counts
    missed: Counter[str]
    false: Counter[str]


@dataclass(frozen=True, slots=True)
class PracticeReport:
    """All rows; ``any`` is whether a sentence states any of the practices at all."""

    documents: int
    sentences: int
    rows: tuple[PracticeScore, ...]
    any: Counts

    @property
    def total(self) -> Counts:
        """All rows pooled."""
        return sum((row.counts for row in self.rows), Counts())


def load_labelled(path: str | Path) -> Iterator[Labelled]:
    """The documents of the corpus, each text once. Raises `EvaluateError` naming the line that is none."""
    seen: set[str] = set()
    try:
        lines = Path(path).read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluateError(f"The corpus {path} cannot be read: {error}.", mend="Check the path.") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            name, text, language = str(record["id"]), str(record["text"]), str(record["lang"])
            labels: dict[tuple[int, int], frozenset[str]] = {}
            for span in record["spans"]:
                place = int(span["start"]), int(span["end"])
                labels[place] = labels.get(place, frozenset()) | {str(span["label_orig"])}
        except (ValueError, KeyError, TypeError) as error:
            raise EvaluateError(
                f"{path}, line {number} is no labelled document: {type(error).__name__} {error}.",
                mend="Each line needs id, lang, text and spans with start, end and label_orig.",
            ) from error
        if text not in seen:
            seen.add(text)
            yield Labelled(name, text, language, labels)


def score_practices(documents: Iterable[Labelled], extract: Extract) -> PracticeReport:
    """Extract from every document and compare by sentence."""

    def read(document: Labelled) -> list[Sentence]:
        source = document.text.encode()
        return sentences(
            document, extract(read_bytes(source, name=document.name, key=document.name, language=document.language))
        )

    return report_practices(read(document) for document in documents)


def sentences(document: Labelled, extraction: Extraction) -> list[Sentence]:
    """The sentences of a document, with labels and what the extraction found there."""
    to_source = extraction.document.source_map.to_source
    lines = document.text.split("\n")
    places = list(pairwise(accumulate((len(line) + 1 for line in lines), initial=0)))
    starts = [start for start, _ in places]
    found: list[list[Found]] = [[] for _ in lines]
    kinds: list[set[str]] = [set() for _ in lines]

    def over(start: int, end: int) -> Iterator[int]:
        """The lines that a range overlaps by half of the shorter of the two."""
        for number in range(bisect_right(starts, start) - 1, bisect_left(starts, end)):
            if covers_half((start, end), (starts[number], places[number][1] - 1)):
                yield number

    for statement in extraction.statements:
        for number in over(*to_source(statement.start, statement.end)):
            found[number].append(Found(statement.practice, statement.rules))
    for clause in extraction.clauses:
        for number in over(*to_source(clause.start, clause.end)):
            kinds[number].add(clause.kind)
    return [
        Sentence(
            line,
            document.labels.get((starts[number], places[number][1] - 1), frozenset()),
            tuple(found[number]),
            frozenset(kinds[number]),
        )
        for number, line in enumerate(lines)
        if line.strip()
    ]


def report_practices(documents: Iterable[list[Sentence]]) -> PracticeReport:
    """Count over all sentences of all documents."""
    counts = {row.name: Counts() for row in ROWS}
    missed: dict[str, Counter[str]] = {row.name: Counter() for row in ROWS}
    false: dict[str, Counter[str]] = {row.name: Counter() for row in ROWS}
    whole = Counts()
    number = total = 0
    for document in documents:
        number += 1
        for sentence in document:
            total += 1
            labelled = {row.name for row in ROWS if sentence.labels.intersection(row.labels)}
            practices = {found.practice for found in sentence.found}
            stated = {row.name for row in ROWS if practices.intersection(row.practices)}
            whole += _count(bool(labelled), bool(stated))
            for row in ROWS:
                is_labelled, is_found = row.name in labelled, _found(row, practices, labelled)
                counts[row.name] += _count(is_labelled, is_found)
                if is_labelled and not is_found:
                    missed[row.name][missed_cause(sentence.text, sentence.kinds, stated, labelled)] += 1
                elif is_found and not is_labelled:
                    rules = [found.rules for found in sentence.found if found.practice in row.practices]
                    false[row.name][false_cause(sentence.text, rules, row.name, stated, labelled)] += 1
    rows = tuple(PracticeScore(row.name, counts[row.name], missed[row.name], false[row.name]) for row in ROWS)
    return PracticeReport(number, total, rows, whole)


def _found(row: Row, practices: set[str], labelled: set[str]) -> bool:
    """Whether the row counts as found: a practice of two rows is no false alarm in one where the other is labelled."""
    mine = practices.intersection(row.practices)
    if row.name in labelled:
        return bool(mine)
    elsewhere = {practice for other in ROWS if other.name in labelled for practice in other.practices}
    return bool(mine - elsewhere)


def _count(labelled: bool, found: bool) -> Counts:
    return Counts(int(labelled and found), int(found and not labelled), int(labelled and not found))
