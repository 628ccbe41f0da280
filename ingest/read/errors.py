"""What goes wrong while reading, said to a person.

In: a source's name, the cause, the mend. Out: `ReadError`.
"""

from __future__ import annotations

from ... import ClauseGraphError


class ReadError(ClauseGraphError):
    """A source that cannot be read. ``str(error)`` names it and the cause; ``mend`` says what to do."""


def cannot_read(name: str, cause: str, mend: str) -> ReadError:
    """A `ReadError` about the source ``name``; ``cause`` completes "Cannot read NAME: …" without a full stop."""
    return ReadError(f"Cannot read {name}: {cause}.", mend=mend)
