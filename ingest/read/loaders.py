"""How the bytes of a source are got: plain records that a worker process can be handed.

In: a path, a place in a file, an address. Out: bytes. Raises `ReadError` naming the source.
"""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from .errors import ReadError, cannot_read
from .fetch import Response, fetch
from .jsonl import parse_record
from .limits import Limits, check_bytes


@dataclass(frozen=True, slots=True)
class FileLoader:
    """Loads a file. Raises `ReadError`: absent, no regular file, unreadable, too large."""

    path: str
    limits: Limits

    def __call__(self) -> bytes:
        try:
            with open_regular(self.path) as file:
                data = file.read(self.limits.max_bytes + 1)
        except OSError as error:
            raise unreadable(self.path, error) from error
        check_bytes(self.path, len(data), self.limits)
        return data


@dataclass(frozen=True, slots=True)
class RecordLoader:
    """Loads the content of one line of a JSON Lines file."""

    path: str
    name: str
    offset: int
    length: int
    limits: Limits

    def __call__(self) -> bytes:
        try:
            with open_regular(self.path) as file:
                file.seek(self.offset)
                line = file.read(self.length)
        except OSError as error:
            raise unreadable(self.path, error) from error
        return parse_record(line, name=self.name, limits=self.limits).content


@dataclass(frozen=True, slots=True)
class BytesLoader:
    """Holds bytes that can be read only once (standard input)."""

    data: bytes

    def __call__(self) -> bytes:
        return self.data


@dataclass(frozen=True, slots=True)
class UrlLoader:
    """Loads what is at an address."""

    url: str
    limits: Limits
    allow_private_addresses: bool = False

    def fetch(self) -> Response:
        """The body with what the server says of it."""
        return fetch(self.url, self.limits, allow_private_addresses=self.allow_private_addresses)

    def __call__(self) -> bytes:
        return self.fetch().data


@dataclass(frozen=True, slots=True)
class FailingLoader:
    """Stands for a source that cannot be read: says why when its turn comes."""

    message: str
    mend: str

    def __call__(self) -> bytes:
        raise ReadError(self.message, mend=self.mend)


def open_regular(path: str) -> BinaryIO:
    """Open a regular file; a device or pipe could block or never end."""
    if not stat.S_ISREG(Path(path).stat().st_mode):
        raise OSError("it is no regular file")
    return Path(path).open("rb")


def unreadable(path: str, error: OSError) -> ReadError:
    if isinstance(error, FileNotFoundError):
        mend = "only http and https addresses are read." if "://" in path else "check the name and the folder."
        return cannot_read(path, "there is no such file", mend)
    return cannot_read(path, (error.strerror or str(error)).lower(), "check the file and its permissions.")
