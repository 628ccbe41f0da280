"""The shared corpora: every policy is read, in its language, and leads back to its source."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from clausegraph.ingest.language import detect
from clausegraph.ingest.read import discover, read_source
from clausegraph.ingest.read.html_read import read_html
from clausegraph.ingest.records import SourceMap

pytestmark = pytest.mark.shared

#: Policies of the corpus whose label names another language than the one they are written in.
MISLABELLED = {"PrivacyNotice-xh", "notice-jv", "notice-su", "notice-tl"}


def test_the_seeds_have_their_languages(shared: Path) -> None:
    found = [(source.key[:3], read_source(source).language) for source in discover([str(shared / "seeds")])]
    assert found == [("000", "zh-Hant"), ("001", "zh-Hant"), ("002", "zh-Hant"), ("003", "cs"), ("004", "zh-Hans")]


def test_plain_seeds_stand_as_they_are_and_the_fragment_is_html(shared: Path) -> None:
    for source in discover([str(shared / "seeds")]):
        document = read_source(source)
        original = Path(source.name).read_text(encoding="utf-8")
        if source.key.startswith("001"):
            assert document.media_type == "text/html" and len(document.blocks) > 40
            assert "<" not in document.text and "boilerplate" not in {block.kind for block in document.blocks}
            for match in re.finditer(r"[\w、，。]{4,}", document.text):
                start, end = document.source_map.to_source(*match.span())
                assert original[start:end] == match[0]
        else:
            assert (document.text, document.source_map) == (original, SourceMap())


def test_every_policy_of_the_corpus_is_read(shared: Path) -> None:
    path = shared / "corpora" / "policies-dev.jsonl"
    texts = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    kinds: Counter[str] = Counter()
    for record, source in zip(texts, discover([str(path)]), strict=True):
        document = read_source(source)
        assert (document.key, document.text, document.language) == (record["id"], record["text"], record["lang"])
        kinds[document.media_type] += 1
    assert set(kinds) == {"text/markdown", "text/plain"}


def test_languages_are_detected(shared: Path) -> None:
    lines = (shared / "corpora" / "policies-dev.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    wrong = {record["id"] for record in records if detect(record["text"]) != record["lang"]}
    assert {policy for policy in wrong if not policy.endswith(tuple(MISLABELLED))} == set()


def test_policies_as_pages_keep_their_words(shared: Path) -> None:
    """Each hundredth policy rendered to HTML: each word leads back to the same word."""
    from markdown_it import MarkdownIt

    lines = (shared / "corpora" / "policies-dev.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines[::100]:
        source = MarkdownIt("commonmark").enable("table").render(json.loads(line)["text"])
        page = read_html(source)
        assert len(page.blocks) > 10
        for match in re.finditer(r"[^\W_]{3,}", page.text):
            start, end = page.source_map.to_source(*match.span())
            assert re.sub("<[^>]+>", "", source[start:end]) == match[0]
