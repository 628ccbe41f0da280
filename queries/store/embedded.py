"""The store in a folder: Oxigraph on disk, one writer, readers on snapshots.

In: a folder. Out: `EmbeddedStore` (writes, and sees its own writes at once) or `EmbeddedReader` (the newest
snapshot). Layout: ``current/`` and ``history/`` (RocksDB), ``snapshots/``, ``write.lock`` and ``holder.json``.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from .base import DatasetName, StoreBusy, StoreError, StoreMissing
from .core import GraphStore
from .dataset import Dataset, OxDataset
from .locks import WriteLock
from .snapshots import Snapshots

__all__ = ["EmbeddedReader", "EmbeddedStore"]

_MEND_MISSING = "Ingest something first, or name the store's folder with CLAUSEGRAPH_STORE."


class EmbeddedStore(GraphStore):
    """The one writer of a folder, which is made where it is absent.

    Raises `StoreBusy` where another process writes, `StoreError` where the folder holds something else.
    """

    def __init__(self, folder: Path) -> None:
        _check_folder(folder)
        try:
            (folder / "snapshots").mkdir(parents=True, exist_ok=True)
            self._lock = WriteLock(folder)
        except OSError as error:
            raise StoreError(
                f"The store {folder} cannot be made or written: {error}.", mend="Choose a folder that you may write."
            ) from error
        try:
            current, history = _open(folder / "current"), _open(folder / "history")
        except BaseException:
            self._lock.release()
            raise
        super().__init__(current, history, location=str(folder))
        self._folders: dict[DatasetName, OxDataset] = {"history": history, "current": current}
        self._snapshots = Snapshots(folder / "snapshots")
        # A process killed between commit and snapshot left readers on the state before: catch up.
        self._committed({"current", "history"})

    def export(self, format: str, *, policy: str | None = None, dataset: DatasetName = "current") -> Iterator[bytes]:
        """See `Store.export`: read from the newest snapshot, so that later writes do not mix in."""
        reader = EmbeddedReader(Path(self.location))
        return reader.export(format, policy=policy, dataset=dataset)

    def close(self) -> None:
        """See `Store.close`."""
        with self._write_lock:
            self._folders.clear()  # RocksDB lets go of its files when nothing refers to them
            super().close()
            self._lock.release()

    def _committed(self, changed: set[DatasetName]) -> None:
        for name, dataset in self._folders.items():  # the history first: what *current* refers to is there
            if name in changed:
                self._snapshots.take(name, dataset)
        self._snapshots.prune()


class EmbeddedReader(GraphStore):
    """A reader of the newest snapshot in a folder, which one writer may go on changing. Raises `StoreMissing`."""

    def __init__(self, folder: Path) -> None:
        _check_folder(folder)
        if not folder.exists():
            raise StoreMissing(f"There is no store at {folder}.", mend=_MEND_MISSING)
        self._snapshots = Snapshots(folder / "snapshots")
        self._refresh_lock = threading.Lock()
        self._numbers: dict[DatasetName, int] = {}
        self._numbers["current"], current = self._snapshots.open("current")
        self._numbers["history"], history = self._snapshots.open("history")
        super().__init__(current, history, location=str(folder), writable=False)

    @property
    def snapshot(self) -> ox.Store:
        """The pyoxigraph store of *current*, for `bridge`; good until the next `refresh`."""
        assert isinstance(self._current, OxDataset)
        return self._current.store

    def refresh(self) -> bool:
        """See `Store.refresh`. Queries that run in other threads end on the snapshot they began on."""
        with self._refresh_lock:
            moved = self._newer("current", self._current)
            if moved is not None:
                self._current = moved
            older = self._newer("history", self._history)
            if older is not None:
                self._history = older
        return moved is not None or older is not None

    def _newer(self, name: DatasetName, old: Dataset | None) -> OxDataset | None:
        newest = self._snapshots.newest(name)
        if old is None or newest is None or newest <= self._numbers[name]:
            return None
        self._numbers[name], dataset = self._snapshots.open(name)
        return dataset


def _open(folder: Path) -> OxDataset:
    try:
        return OxDataset(ox.Store(folder))
    except (OSError, RuntimeError) as error:
        if "lock" in str(error).lower():  # a file system without our lock, or a program that is not ours
            raise StoreBusy(
                f"The store {folder.parent} is open in another program: {error}.", mend="Close the other program."
            ) from error
        raise StoreError(
            f"The store {folder.parent} cannot be opened: {error}.",
            mend="Put back a backup of the folder, or remove it and ingest again.",
        ) from error


def _check_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder} is a file, not a store.", mend="Name a folder with CLAUSEGRAPH_STORE.")
    known = ("current", "snapshots", "write.lock")
    if folder.is_dir() and any(folder.iterdir()) and not any((folder / name).exists() for name in known):
        raise StoreError(
            f"The folder {folder} holds other files and no store.", mend="Name an empty or a new folder as the store."
        )
