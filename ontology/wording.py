"""Words for people in several languages, above all those of the checklists.

In: labels by BCP 47 tag, ``checklists/words.toml``. Out: `worded` (the best of labels), `phrase` (words of ours).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

__all__ = ["phrase", "worded"]

_WORDS = Path(__file__).resolve().parent / "checklists" / "words.toml"


def worded(labels: Mapping[str, str], lang: str) -> str:
    """The words in a language, else in the other Chinese script, else in English."""
    for tag in (lang, lang.partition("-")[0], *(("zh-Hans", "zh-Hant") if lang.startswith("zh") else ()), "en"):
        if tag in labels:
            return labels[tag]
    return ""


@cache
def _phrases() -> dict[str, dict[str, str]]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


def phrase(name: str, lang: str, **values: object) -> str:
    """Words of ours for people, such as the name of a verdict, with values filled in."""
    return worded(_phrases()[name], lang).format(**values)
