"""Where a result is written: memory at first, a nameless file once it grows, nothing beyond the limit.

In: bytes, piece by piece. Out: the whole, as `Sink.value` or from the file itself.
"""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import Any

from .base import TooLarge

__all__ = ["SPILL", "Sink"]

#: Bytes that stay in memory; larger results go to a file that ends with its last reader.
SPILL = 1_000_000


class Sink(SpooledTemporaryFile[bytes]):
    """A binary file that refuses to grow beyond ``limit`` bytes (None: no limit). Close it."""

    def __init__(self, limit: int | None = None, *, spill: int = SPILL) -> None:
        super().__init__(max_size=spill, mode="w+b")
        self.limit = limit
        self.length = 0
        self._spill = spill

    @property
    def on_disk(self) -> bool:
        """Whether it has outgrown memory; then `fileno` is that of the file."""
        return self.length > self._spill

    def write(self, s: Any) -> int:
        """Take some more. Raises `TooLarge` beyond the limit."""
        self.length += len(s)
        if self.limit is not None and self.length > self.limit:
            raise TooLarge(
                f"The result is larger than {_size(self.limit)}, the limit for one answer.",
                mend="Ask for less with LIMIT, or fetch it page by page with LIMIT and OFFSET.",
            )
        return super().write(s)

    def value(self) -> bytes:
        """All of it."""
        self.seek(0)
        return self.read()


def _size(limit: int) -> str:
    return f"{limit / 1e6:g} MB" if limit >= 1_000_000 else f"{limit:,} bytes"
