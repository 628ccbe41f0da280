"""From a `Document` to its clause tree and its sentences.

In: `Document` (text, and blocks where the reader knows them). Out: `tuple[Clause, ...]` whose ranges tile the
text, in order; `sentences` splits a clause into sentence ranges.
"""

from __future__ import annotations

from .sentences import sentences
from .tree import segment

__all__ = ["segment", "sentences"]
