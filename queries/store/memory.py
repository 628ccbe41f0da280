"""The store's twin in memory, for tests and for looking at a graph without keeping it."""

from __future__ import annotations

import pyoxigraph as ox

from .core import GraphStore
from .dataset import OxDataset

__all__ = ["MemoryStore"]


class MemoryStore(GraphStore):
    """Everything an embedded store does but last."""

    def __init__(self) -> None:
        super().__init__(OxDataset(ox.Store()), OxDataset(ox.Store()), location=":memory:")
