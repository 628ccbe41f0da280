"""Which form of an answer a client wants.

In: an Accept header, the media types on offer. Out: the offer that fits best, None where none does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence


def ranges(accept: str) -> Iterator[tuple[str, float]]:
    """The media ranges of the header with their weights; no header means anything."""
    for part in accept.split(",") if accept.strip() else ["*/*"]:
        name, *parameters = [piece.strip().lower() for piece in part.split(";")]
        weight = 1.0
        for parameter in parameters:
            if found := re.fullmatch(r"q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", parameter):
                weight = float(found[1])
        yield name, weight


def quality(accept: str, media_type: str) -> float:
    """How much a client wants a media type, 0 to 1; the most specific range that fits decides."""
    best = (-1, 0.0)
    kind = media_type.partition("/")[0]
    for name, weight in ranges(accept):
        specific = {media_type: 2, f"{kind}/*": 1, "*/*": 0}.get(name)
        if specific is not None:
            best = max(best, (specific, weight))
    return best[1] if best[0] >= 0 else 0.0


def prefers(accept: str, media_type: str) -> bool:
    """Whether the client names a media type and wants nothing more than it."""
    found = dict(ranges(accept))
    return found.get(media_type, 0.0) > 0 and found[media_type] == max(found.values())


def choose(accept: str, offers: Sequence[tuple[str, str]]) -> str | None:
    """The name of the offer ``(name, media type)`` that a client wants most; the earlier one where two are equal."""
    found = [(quality(accept, media_type), -place, name) for place, (name, media_type) in enumerate(offers)]
    best = max(found, default=(0.0, 0, ""))
    return best[2] if best[0] > 0 else None
