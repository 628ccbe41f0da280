"""A stub server that each test tells how to behave, and an extractor that asks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clausegraph.ingest.llm import ModelExtractor, ModelOptions
from clausegraph.ingest.read import read_bytes
from clausegraph.ingest.records import Document, Extraction
from clausegraph.ingest.segment import segment

from .server import Behaviour, StubModel, serving

Serve = Callable[[Behaviour], StubModel]
Extract = Callable[..., Extraction]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """`serve(behaviour)` starts a server that ends with the test."""
    with ExitStack() as stack:
        yield lambda behave: stack.enter_context(serving(behave))


@pytest.fixture
def options(tmp_path: Path) -> ModelOptions:
    """Options that lack a server's address; waits are short."""
    return ModelOptions("", "tiny-1", tmp_path / "answers", key="sk-secret", seconds=10, tries=3, pause=0.01)


@pytest.fixture
def extract(serve: Serve, options: ModelOptions) -> Extract:
    """`extract(text, behaviour)`: what comes of a policy when the model behaves like that."""

    def run(text: str, behave: Behaviour, *, language: str = "en", **changed: Any) -> Extraction:
        document = policy(text, language)
        extractor = ModelExtractor(replace(options, url=serve(behave).url, **changed))
        return extractor.extract(document, segment(document))

    return run


def policy(text: str, language: str = "en") -> Document:
    """A document of that text."""
    return read_bytes(text.encode(), name="made-up.txt", key="made-up", language=language)
