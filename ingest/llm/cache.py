"""What models answered, kept by content.

In: a folder; a key made of all that was asked. Out: the `Answer`, or None. A file is written whole or not at all; one
that cannot be read as an answer counts as absent and is written over.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path

from pydantic import ValidationError

from ..extractors import ExtractorError
from .schema import Answer


def cache_key(*asked: str) -> str:
    """The SHA-256 of all that decides the answer."""
    return hashlib.sha256(json.dumps(asked, ensure_ascii=True).encode()).hexdigest()


class AnswerCache:
    """One file an answer, below a folder that is made when the first one comes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> Answer | None:
        """The answer kept under a key."""
        try:
            return Answer.model_validate_json(self._path(key).read_bytes())
        except (OSError, ValidationError):
            return None

    def put(self, key: str, answer: Answer) -> None:
        """Keep an answer. Raises `ExtractorError` where the folder cannot be written."""
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(answer.model_dump_json().encode())
                Path(name).replace(path)
            except BaseException:
                with contextlib.suppress(OSError):
                    Path(name).unlink()
                raise
        except OSError as error:
            raise ExtractorError(
                f"The model's answers cannot be kept in {self.folder}: {error.strerror or error}.",
                mend="Name a folder that you may write with CLAUSEGRAPH_LLM_CACHE.",
            ) from error

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"
