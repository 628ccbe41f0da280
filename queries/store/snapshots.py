"""Snapshots of the datasets on disk: made after each commit, read by others, removed when nobody reads them.

In: the folder ``snapshots``. Out: ``current-N`` and ``history-N`` (hard links, so they cost next to nothing while
the original still has the same files), each with a lock file beside it that its readers hold.
"""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path

import pyoxigraph as ox

from .base import DatasetName, StoreError, StoreMissing
from .dataset import OxDataset
from .locks import ReadLock, is_unread

__all__ = ["Snapshots"]

_NAME = re.compile(r"(current|history)-(\d+)\Z")
#: Nanoseconds within which a folder's time of change may stand still.
_TICK = 100_000_000


class Snapshots:
    """The snapshots in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._paths: dict[DatasetName, tuple[int, Path]] = {}
        self._seen: dict[DatasetName, tuple[int, int | None]] = {}

    def numbers(self, name: DatasetName) -> list[int]:
        """The numbers there are of a dataset, ascending."""
        if not self.folder.is_dir():
            return []
        matches = (_NAME.match(path.name) for path in self.folder.iterdir())
        return sorted(int(match[2]) for match in matches if match is not None and match[1] == name)

    def newest(self, name: DatasetName) -> int | None:
        """The number of the latest, None where there is none. Looks into the folder only if that has changed."""
        try:
            changed = self.folder.stat().st_mtime_ns
        except OSError:
            return None
        known, newest = self._seen.get(name, (0, None))
        if known != changed:
            newest = max(self.numbers(name), default=None)
            # A clock ticks slower than a writer may write: what has just changed may do so again at the same time.
            if time.time_ns() - changed > _TICK:
                self._seen[name] = (changed, newest)
        return newest

    def stamp(self, name: DatasetName) -> str:
        """What tells the newest state from every other there was or will be, "" where there is none."""
        number = self.newest(name)
        if number is None:
            return ""
        try:
            stat = self._known(name, number).stat()
        except OSError:  # the writer has just put a newer one in its place
            return ""
        return f"{number}-{stat.st_ino}-{stat.st_mtime_ns}"

    def _known(self, name: DatasetName, number: int) -> Path:
        """The path of the newest one: asked for with each query, and making a path costs more than looking at it."""
        known, path = self._paths.get(name, (-1, self.folder))
        if known != number:
            path = self._path(name, number)
            self._paths[name] = (number, path)
        return path

    def take(self, name: DatasetName, dataset: OxDataset) -> int:
        """Make the next one. It appears whole: RocksDB builds it under another name and renames it."""
        number = max(self.numbers(name), default=0) + 1
        path = self._path(name, number)
        self._lock(path).touch()  # for readers who may not make files here
        dataset.backup(path)
        return number

    def open(self, name: DatasetName) -> tuple[int, OxDataset]:
        """The newest one for reading, kept from removal while the dataset lives. Raises `StoreMissing`."""
        for _ in range(100):
            number = self.newest(name)
            if number is None:
                break
            path = self._path(name, number)
            lock = ReadLock(self._lock(path))
            try:
                return number, OxDataset(ox.Store.read_only(str(path)), keep=lock)
            except (OSError, RuntimeError) as error:
                if path.is_dir():
                    raise StoreError(
                        f"The snapshot {path} cannot be read: {error}.",
                        mend="Remove that folder; the next one who writes makes a new one.",
                    ) from error
                # The writer removed it between our look and our lock: there is a newer one.
        raise StoreMissing(
            f"The store {self.folder.parent} holds nothing that can be read yet.",
            mend="Ingest something into it first.",
        )

    def prune(self) -> None:
        """Remove what nobody reads: all but the newest of each, and what a killed process left half made."""
        for name in ("current", "history"):
            for number in self.numbers(name)[:-1]:
                path = self._path(name, number)
                if is_unread(self._lock(path)):
                    self._remove(path)
        for path in self.folder.iterdir():
            if path.name.endswith((".tmp", ".gone")):
                shutil.rmtree(path, ignore_errors=True)
            elif path.suffix == ".lock" and not path.with_suffix("").is_dir() and is_unread(path):
                path.unlink(missing_ok=True)

    def _remove(self, path: Path) -> None:
        gone = path.with_name(path.name + ".gone")  # a reader finds it whole or not at all
        try:
            path.rename(gone)
        except OSError:  # Windows: somebody has its files open
            return
        shutil.rmtree(gone, ignore_errors=True)
        self._lock(path).unlink(missing_ok=True)

    def _path(self, name: DatasetName, number: int) -> Path:
        return self.folder / f"{name}-{number}"

    def _lock(self, path: Path) -> Path:
        return path.with_name(path.name + ".lock")
