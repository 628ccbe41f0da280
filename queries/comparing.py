"""Whether a denial only sets an end: "not longer than necessary", "no more than we need", "nothing beyond".

In: the words of a denied statement. Out: yes or no. A prohibition made of such a sentence must not reach farther than
the comparison, also where what it compares with was not understood: else "we keep it no longer than necessary" would
forbid keeping. A word too many here makes a prohibition hold only as its sentence says; one too few forbids what the
text allows, so the patterns are generous.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["compares"]

_COMPARING: Final = re.compile(
    r"\b(?:than|beyond|exceed\w*|excess\w*|unnecessar\w*|indefinite\w*|longer)\b"
    r"|\b(?:než|déle|nad rámec|nad míru|nadbytečn\w*|nadměrn\w*|nepřiměřen\w*|neomezen\w*|přesahuj\w*|přesáhn\w*|"
    r"překračuj\w*|překročí\w*)\b"
    r"|超過|超过|超出|逾|過度|过度|過量|過多|过多|以外|之外|更長|更长|更多|無限期|无限期|不必要|無關|无关|其他目的|其它目的",
    re.IGNORECASE,
)


def compares(words: str) -> bool:
    """Whether the words compare with something that sets the end."""
    return _COMPARING.search(words) is not None
