"""ClauseGraph: privacy policies as an RDF knowledge graph, every fact tied to its words."""

from __future__ import annotations

__version__ = "0.1.0"

__all__ = ["ClauseGraphError", "__version__"]


class ClauseGraphError(Exception):
    """Something a person can mend. ``str(error)`` is a full sentence naming the place; ``mend`` says what to do."""

    def __init__(self, message: str, *, mend: str = "") -> None:
        super().__init__(message)
        self.mend = mend
