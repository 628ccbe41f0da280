"""Read gold files and find the texts they were annotated on.

In: paths of ``<doc>.jsonl`` (one statement a line) and folders of texts. Out: `GoldDocument`s whose every quote was
checked against its text; `EvaluateError` names the file, the line and the mend otherwise.
"""

from __future__ import annotations

import glob
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from .model import GOLD_FACETS, PRACTICE_NAMES, EvaluateError, Fact, GoldDocument, Guard, Value

_OWN = re.compile(r"own:([^<>\s]+)(?:<([^<>]*)>)?")
_CURIE = re.compile(r"[A-Za-z][\w.-]*:[^\s<>]+")
_KINDS = frozenset({"exception", "consent", "request", "if"})


def load_gold(paths: Iterable[str | Path], text_dirs: Sequence[str | Path]) -> tuple[GoldDocument, ...]:
    """Read gold files in the order given.

    The text of ``doc.jsonl`` is the first ``doc.txt`` in ``text_dirs``, else the only ``doc_*``. Raises
    `EvaluateError` if a file or text is missing, a line is malformed or a quote is not what its offsets say.
    """
    return tuple(_document(Path(path), [Path(folder) for folder in text_dirs]) for path in paths)


def find_text(name: str, text_dirs: Sequence[Path]) -> Path:
    """The text file of a gold document; `EvaluateError` if there is none or more than one candidate."""
    for folder in text_dirs:
        candidate = folder / f"{name}.txt"
        if candidate.is_file():
            return candidate
    found = sorted(path for folder in text_dirs for path in folder.glob(f"{glob.escape(name)}_*") if path.is_file())
    folders = ", ".join(str(folder) for folder in text_dirs) or "no folder"
    if not found:
        raise EvaluateError(
            f"No text for the gold document {name}: neither {name}.txt nor {name}_* is in {folders}.",
            mend="Name the folder that holds it with --texts.",
        )
    if len(found) > 1:
        names = ", ".join(str(path) for path in found)
        raise EvaluateError(
            f"The text of the gold document {name} is not clear: {names} all fit.",
            mend=f"Keep one of them, or name it {name}.txt.",
        )
    return found[0]


def _document(path: Path, text_dirs: Sequence[Path]) -> GoldDocument:
    name = path.stem
    try:
        lines = path.read_bytes().decode("utf-8").split("\n")
    except OSError as error:
        raise EvaluateError(
            f"The gold file {path} cannot be read: {error.strerror}.", mend="Check the path."
        ) from error
    except UnicodeDecodeError as error:
        raise EvaluateError(f"The gold file {path} is not UTF-8.", mend="Save it as UTF-8.") from error
    text_path = find_text(name, text_dirs)
    source = text_path.read_bytes()
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        raise EvaluateError(
            f"The text {text_path} of gold document {name} is not UTF-8 (byte {error.start}).",
            mend="Gold offsets count code points of UTF-8 text: save it as UTF-8.",
        ) from error
    facts: list[Fact] = []
    broader: dict[str, set[str]] = {}
    for number, line in enumerate(lines, 1):
        if line.strip():
            facts.append(_Line(path, number, text, broader).fact(line))
    frozen = {own: frozenset(above) for own, above in broader.items()}
    return GoldDocument(name, path, text_path, source, text, tuple(facts), frozen)


class _Line:
    """One line of a gold file, with the place that error messages name."""

    def __init__(self, path: Path, number: int, text: str, broader: dict[str, set[str]]) -> None:
        self._place = f"{path}, line {number}"
        self._text = text
        self._broader = broader

    def fact(self, line: str) -> Fact:
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise self._error(f"is not JSON: {error.msg}", "Write one JSON object a line.") from error
        if not isinstance(record, dict):
            raise self._error("is not a JSON object", "Write one JSON object a line.")
        start, end = self._range(record, "quote")
        practice = record.get("practice")
        if not isinstance(practice, str) or practice not in PRACTICE_NAMES:
            raise self._error(f"has the unknown practice {practice!r}", f"Use one of {', '.join(PRACTICE_NAMES)}.")
        polarity = record.get("polarity")
        if polarity not in ("affirmed", "denied"):
            raise self._error(f"has the unknown polarity {polarity!r}", "Use affirmed or denied.")
        values = tuple(
            self._value(facet, item) for name, facet in GOLD_FACETS.items() for item in self._items(record, name)
        )
        return Fact(
            id=str(record.get("id", "")),
            start=start,
            end=end,
            practice=PRACTICE_NAMES[practice],
            denied=polarity == "denied",
            quote=self._text[start:end],
            values=values,
            guards=tuple(self._guard(item) for item in self._items(record, "condition")),
        )

    def _items(self, record: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
        items = record.get(name) or []
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise self._error(f"has no list of objects under {name!r}", "Follow the annotation guide.")
        return items

    def _value(self, facet: str, item: Mapping[str, Any]) -> Value:
        start, end = self._range(item, "text")
        return Value(facet, self._concept(item.get("concept")), start, end, self._text[start:end])

    def _concept(self, concept: object) -> str:
        written = concept if isinstance(concept, str) else ""
        own = _OWN.fullmatch(written)
        if own:
            name = f"own:{own[1]}"
            if own[2]:
                self._broader.setdefault(name, set()).add(own[2].strip())
            return name
        if not _CURIE.fullmatch(written):
            raise self._error(
                f"has the concept {concept!r}", "Write a curie such as pd:Name or own:Name<broader curie>."
            )
        return written

    def _guard(self, item: Mapping[str, Any]) -> Guard:
        start, end = self._range(item, "text")
        kind = item.get("kind")
        if kind not in _KINDS:
            raise self._error(f"has the unknown condition kind {kind!r}", f"Use one of {', '.join(sorted(_KINDS))}.")
        return Guard(frozenset({str(kind)}), start, end, self._text[start:end])

    def _range(self, item: Mapping[str, Any], name: str) -> tuple[int, int]:
        start, end, quote = item.get("start"), item.get("end"), item.get(name)
        if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(self._text):
            raise self._error(
                f"has the range {start!r}–{end!r}, which is none of its text", "Offsets count code points from 0."
            )
        if self._text[start:end] != quote:
            raise self._error(
                f"quotes {quote!r}, but its text has {self._text[start:end]!r} at {start}–{end}",
                "Check that the text is the one that was annotated, byte for byte.",
            )
        return start, end

    def _error(self, what: str, mend: str) -> EvaluateError:
        return EvaluateError(f"Gold file {self._place} {what}.", mend=mend)
