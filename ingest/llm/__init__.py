"""Statements read by a language model behind any OpenAI-compatible server: an optional extra, ``[llm]``.

In: clauses, and the address and name of a model. Out: `ModelExtractor`. The model gives quotes, never offsets; each
is found again verbatim or left out, and no denial that the rules see may come out as a permission. Nothing here is
imported unless the extractor is asked for.
"""

from __future__ import annotations

from .extractor import ModelExtractor
from .options import ModelOptions

__all__ = ["ModelExtractor", "ModelOptions"]
