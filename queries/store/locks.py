"""Who may write, and who still reads: locks on files, released by the system when a process dies.

In: a store's folder. Out: `WriteLock` (one process; others learn who holds it), `ReadLock` (many readers of a
snapshot; `is_unread` tells the writer whether any is left). On Windows, where shared locks are missing, an open
file cannot be removed, which protects a snapshot just as well.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
import weakref
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from .base import StoreBusy

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

__all__ = ["Holder", "ReadLock", "WriteLock", "is_unread"]


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that writes: ``since`` is ISO 8601 with zone, ``command`` the program and its first word."""

    pid: int
    host: str
    command: str
    since: str

    @classmethod
    def this_process(cls) -> Holder:
        """Us, now. Only the program and a subcommand are named: other arguments may be secret."""
        words = [Path(sys.argv[0]).name or "python"] if sys.argv else ["python"]
        words += [word for word in sys.argv[1:2] if word.isalpha()]
        return cls(os.getpid(), socket.gethostname(), " ".join(words), datetime.now(UTC).isoformat(timespec="seconds"))

    @classmethod
    def read(cls, path: Path) -> Holder | None:
        """The holder that a file names, None where it is absent or unreadable."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return cls(int(data["pid"]), str(data["host"]), str(data["command"]), str(data["since"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None


# Record locks belong to a process: it gets a second one on the same file without being told, and closing any
# descriptor of the file releases them. So what this process holds is kept here, by process (forks inherit it).
_held: dict[tuple[int, str], Holder] = {}
_guard = threading.Lock()


class WriteLock:
    """The right to write into a folder, until `release` or the end of the process.

    Raises `StoreBusy` naming the holder. ``holder.json`` only names; a stale one is no obstacle.
    """

    def __init__(self, folder: Path) -> None:
        self._key = (os.getpid(), str(folder.resolve()))
        self._holder_file = folder / "holder.json"
        self._file: int | None = None
        with _guard:
            if self._key in _held:
                raise _busy(folder, _held[self._key])
            file = os.open(folder / "write.lock", os.O_RDWR | os.O_CREAT, 0o644)
            try:
                _lock_exclusively(file)
            except OSError:
                os.close(file)
                raise _busy(folder, Holder.read(self._holder_file)) from None
            self._file = file
            holder = Holder.this_process()
            _held[self._key] = holder
        draft = folder / f"holder.json.{holder.pid}"
        draft.write_text(json.dumps(asdict(holder)) + "\n", encoding="utf-8")
        draft.replace(self._holder_file)

    def release(self) -> None:
        """Give it back. May be called twice."""
        with _guard:
            if self._file is None:
                return
            self._holder_file.unlink(missing_ok=True)
            os.close(self._file)
            self._file = None
            _held.pop(self._key, None)


class ReadLock:
    """Keeps a snapshot from being removed as long as this object lives. ``path``: the snapshot's lock file.

    Who may not even make that file (a store on a read-only disk) reads without a lock.
    """

    def __init__(self, path: Path) -> None:
        try:
            file = os.open(path, os.O_RDONLY | os.O_CREAT, 0o644)
        except OSError:
            return
        weakref.finalize(self, os.close, file)
        if sys.platform != "win32":
            fcntl.flock(file, fcntl.LOCK_SH)


def is_unread(path: Path) -> bool:
    """Whether no `ReadLock` on ``path`` is held, in any process."""
    if sys.platform == "win32":
        return True
    try:
        file = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    else:
        return True
    finally:
        os.close(file)


def _lock_exclusively(file: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _busy(folder: Path, holder: Holder | None) -> StoreBusy:
    if holder is None:
        who = "another process"
    else:
        where = "" if holder.host == socket.gethostname() else f" on {holder.host}"
        who = f"“{holder.command}” (process {holder.pid}{where}, since {holder.since})"
    return StoreBusy(
        f"The store {folder} is being written by {who}.",
        mend="Wait until it has finished or stop it, send the policies to the running server, "
        "or choose another store with CLAUSEGRAPH_STORE.",
    )
