"""The root of every error that ClauseGraph raises for people to read."""

from __future__ import annotations


class ClauseGraphError(Exception):
    """Something a person can mend. ``str(error)`` is a full sentence naming the place; ``mend`` says what to do."""

    def __init__(self, message: str, *, mend: str = "") -> None:
        super().__init__(message)
        self.mend = mend
