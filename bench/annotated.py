"""Our own annotations of policies, kept without their words: offsets, practices and concepts.

In: `annotations/documents.tsv` (where each text is), `annotations/facts/*.jsonl` (statements with their values),
`annotations/sentences.tsv` (sentences with practices only), and the shared folder that holds the texts. Out: gold
documents as the evaluation reads them, and labelled sentences. The texts are not ours to pass on; the facts are.
"""

from __future__ import annotations

import csv
import hashlib
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from clausegraph import ClauseGraphError
from clausegraph.ingest.evaluate import GoldDocument, load_gold
from clausegraph.ingest.evaluate.model import GOLD_FACETS, PRACTICE_NAMES

FOLDER = Path(__file__).with_name("annotations")


class AnnotationError(ClauseGraphError):
    """An annotated text is not the one that was annotated, or is not there."""


@dataclass(frozen=True)
class Place:
    """Where an annotated text is: ``id`` of a corpus's record (or "" for a file of its own), from ``start`` on."""

    name: str
    language: str
    file: str
    id: str
    start: int
    length: int
    sha256: str

    def text(self, shared: Path) -> str:
        """The text, checked. Raises `AnnotationError`."""
        source = FOLDER / self.file if self.file.startswith("texts/") else shared / self.file
        try:
            whole = _records(source)[self.id] if self.id else source.read_bytes().decode("utf-8")
        except (OSError, KeyError) as error:
            raise AnnotationError(
                f"The annotated text {self.name} is not in {source}.",
                mend="Set CLAUSEGRAPH_SHARED to the folder that holds corpora/ and seeds/.",
            ) from error
        text = whole[self.start : self.start + self.length]
        if hashlib.sha256(text.encode()).hexdigest() != self.sha256:
            raise AnnotationError(
                f"The text {self.name} in {source} is not the one that was annotated.",
                mend="Use the shared folder of the annotations' version, or annotate the text anew.",
            )
        return text


@cache
def _records(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8") as lines:
        return {str(record["id"]): record["text"] for record in map(json.loads, lines)}


def places(kind: str) -> list[Place]:
    """The annotated texts of a kind, "facts" or "sentences", in the order of their names."""
    with (FOLDER / "documents.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["kind"] == kind]
    return [
        Place(r["name"], r["language"], r["file"], r["id"], int(r["start"]), int(r["length"]), r["sha256"])
        for r in rows
    ]


def gold(shared: Path, *, own: bool = False) -> tuple[tuple[GoldDocument, ...], dict[str, str]]:
    """The annotated documents and their languages: of real policies, or (``own``) of those we wrote ourselves."""
    taken = [place for place in places("facts") if place.file.startswith("texts/") == own]
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for place in taken:
            text = place.text(shared)
            (Path(folder) / f"{place.name}.txt").write_bytes(text.encode())
            lines = (FOLDER / "facts" / f"{place.name}.jsonl").read_text(encoding="utf-8").splitlines()
            path = Path(folder) / f"{place.name}.jsonl"
            path.write_text("\n".join(json.dumps(unpacked(json.loads(line), text)) for line in lines), encoding="utf-8")
            paths.append(path)
        return load_gold(paths, [Path(folder)]), {place.name: place.language for place in taken}


def packed(record: Mapping[str, Any]) -> dict[str, Any]:
    """A line of gold without its words."""
    short: dict[str, Any] = {"at": [record["start"], record["end"]], "practice": record["practice"]}
    if record["polarity"] == "denied":
        short["denied"] = True
    if record.get("modality", "will") != "will":
        short["modality"] = record["modality"]
    for facet in GOLD_FACETS:
        if record.get(facet):
            short[facet] = [[v["start"], v["end"], v["concept"]] for v in record[facet]]
    if record.get("condition"):
        short["condition"] = [[c["start"], c["end"], c["kind"]] for c in record["condition"]]
    return short


def unpacked(short: Mapping[str, Any], text: str) -> dict[str, Any]:
    """The line of gold, its words taken from the text."""
    start, end = short["at"]
    record: dict[str, Any] = {
        "start": start,
        "end": end,
        "quote": text[start:end],
        "practice": short["practice"],
        "polarity": "denied" if short.get("denied") else "affirmed",
    }
    for name, key in (*((facet, "concept") for facet in GOLD_FACETS), ("condition", "kind")):
        record[name] = [{"start": s, "end": e, "text": text[s:e], key: what} for s, e, what in short.get(name, ())]
    return record


Labels = dict[tuple[int, int], frozenset[tuple[str, bool]]]


def sentences(shared: Path) -> Iterator[tuple[Place, str, Labels]]:
    """Texts whose sentences are labelled: by range, the practices stated there and whether each is denied."""
    labels: dict[str, Labels] = defaultdict(dict)
    with (FOLDER / "sentences.tsv").open(encoding="utf-8", newline="") as file:
        for name, start, end, said in csv.reader(file, delimiter="\t"):
            practices = (one for one in said.split(",") if one)
            labels[name][int(start), int(end)] = frozenset(
                (PRACTICE_NAMES[one.rstrip("!")], one.endswith("!")) for one in practices
            )
    for place in places("sentences"):
        yield place, place.text(shared), labels[place.name]
