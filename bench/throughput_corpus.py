"""The policies that the throughput benchmark reads, written as files into a folder.

In: a folder with `*-dev.jsonl` (one record a line), or the project's own samples; how many policies. Out: `Corpus`, one
input for `clausegraph ingest`. Where more policies are asked for than there are, copies follow: each has a key of its
own, and a mark such as `[2]` at the end of each of its longer lines, so that hardly a sentence comes twice. Without
the mark a store would keep the texts of all copies once, and look faster than it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).resolve().parent.parent / "api" / "samples"

#: Shorter lines stay as they are: a mark could make another thing of a heading or a table's rule.
MARKED_LENGTH = 20

_LONG_LINE = re.compile(rf"^(?=.{{{MARKED_LENGTH},}}$)(?!.*[|=_-]\s*$).*\S(?=\s*$)", re.MULTILINE)
_BLOCK_END = re.compile(r"</(?:p|li|td|dd|h[1-6])>")


class CorpusError(Exception):
    """There is nothing to read at the place named."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """``input``: file or folder to ingest. ``policies``: how many it holds, ``copies`` of them with marked texts."""

    name: str
    input: Path
    policies: int
    copies: int


def marked(text: str, number: int, *, html: bool = False) -> str:
    """The text with ``[number]`` at the end of each longer line, in HTML at the end of each paragraph and item."""
    mark = f" [{number}]"
    if html:
        return _BLOCK_END.sub(lambda end: mark + end[0], text)
    return _LONG_LINE.sub(lambda line: line[0] + mark, text)


def chosen(total: int, count: int) -> Iterator[tuple[int, int]]:
    """``count`` pairs of an index below ``total`` and a copy's number, 0 for the original.

    Fewer than there are: evenly spread, so that each file and language keeps its share.
    """
    if count < total:
        yield from ((place * total // count, 0) for place in range(count))
    else:
        yield from ((place % total, place // total) for place in range(count))


def from_records(folder: Path, count: int | None, target: Path, *, leave_out: Sequence[str] = ()) -> Corpus:
    """``count`` policies (None: each once) of all `*-dev.jsonl` in ``folder``, as one JSON Lines file below ``target``.

    Blank records, and those whose id contains a text of ``leave_out``, do not count. Raises `CorpusError` where
    nothing is left.
    """
    records: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*-dev.jsonl")):
        with path.open(encoding="utf-8") as lines:
            records.extend(json.loads(line) for line in lines if line.strip())
    records = [each for each in records if (each.get("text") or each.get("html") or "").strip()]
    records = [each for each in records if not any(text in each["id"] for text in leave_out)]
    if not records:
        raise CorpusError(f"{folder} holds no policies in files *-dev.jsonl.")
    count = len(records) if count is None else count
    path = target / "policies.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for index, copy in chosen(len(records), count):
            record = records[index]
            if copy:
                body = "text" if record.get("text") else "html"
                text = marked(record[body], copy, html=body == "html")
                record = {**record, "id": f"{record['id']}-copy-{copy}", body: text}
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
    return Corpus(folder.name, path, count, max(0, count - len(records)))


def from_samples(count: int | None, target: Path) -> Corpus:
    """``count`` policies (None: each once) made of the project's samples, as a folder of files below ``target``."""
    paths = sorted(path for path in SAMPLES.rglob("*.*") if path.suffix in (".txt", ".md", ".html"))
    count = len(paths) if count is None else count
    folder = target / "samples"
    for index, copy in chosen(len(paths), count):
        path = paths[index]
        text = path.read_text(encoding="utf-8")
        file = folder / path.parent.name / (f"{path.stem}-copy-{copy}{path.suffix}" if copy else path.name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(marked(text, copy, html=path.suffix == ".html") if copy else text, encoding="utf-8")
    return Corpus("samples", folder, count, max(0, count - len(paths)))
