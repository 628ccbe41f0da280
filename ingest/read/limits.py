"""How much a source may take.

In: nothing. Out: `Limits`, handed to everything that reads, and the check of a text's length.
"""

from __future__ import annotations

from dataclasses import dataclass

from .errors import cannot_read


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one source.

    ``max_bytes``: of a file, a record, a download or an unpacked DOCX. ``max_characters``: of the canonical text
    (a long policy has 500,000). ``max_pages``: of a PDF. ``url_seconds``: for one address with its redirects, of
    which ``max_redirects`` are followed.
    """

    max_bytes: int = 20_000_000
    max_characters: int = 3_000_000
    max_pages: int = 2_000
    url_seconds: float = 30.0
    max_redirects: int = 5


#: What holds where nothing else is said.
DEFAULT_LIMITS = Limits()


def check_bytes(name: str, size: int, limits: Limits) -> None:
    """Raise `ReadError` when ``size`` bytes are more than a source may have."""
    if size > limits.max_bytes:
        raise cannot_read(
            name,
            f"it has more than {limits.max_bytes:,} bytes, far more than a policy",
            "check that this is the right file, or split it.",
        )


def check_characters(name: str, count: int, limits: Limits) -> None:
    """Raise `ReadError` when a text of ``count`` code points is longer than a policy can be."""
    if count > limits.max_characters:
        raise cannot_read(
            name,
            f"its text has {count:,} characters, more than the {limits.max_characters:,} allowed",
            "give each policy a file or record of its own.",
        )
