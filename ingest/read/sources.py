"""What there is to read.

In: what a user names: files, folders, globs, ``-``, ``.jsonl`` files, http(s) addresses. Out: one `Source` a policy,
in a fixed order, each able to load its own bytes in another process. What is wrong with one source is raised when it
is loaded, so that the others go through.
"""

from __future__ import annotations

import glob
import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from .addresses import is_url, normalised
from .errors import ReadError, cannot_read
from .jsonl import Line, lines_of, parse_record
from .limits import DEFAULT_LIMITS, Limits, check_bytes
from .loaders import BytesLoader, FailingLoader, FileLoader, RecordLoader, UrlLoader, open_regular, unreadable
from .sniff import BY_EXTENSION, HTML, JSON_LINES, PLAIN, by_name, looks_like_json_lines

_STDIN = "standard input"


@dataclass(frozen=True, slots=True)
class Source:
    """One policy to be read. ``key``: its identity; ``name``: what messages call it; ``load``: its bytes.

    ``media_type``, ``language`` and ``encoding`` are what is known beforehand, None where nothing is.
    """

    key: str
    name: str
    url: str
    load: Callable[[], bytes]
    media_type: str | None = None
    language: str | None = None
    encoding: str | None = None
    limits: Limits = DEFAULT_LIMITS


@dataclass(frozen=True, slots=True)
class _Search:
    """What holds for all sources of one run."""

    language: str | None
    encoding: str | None
    limits: Limits
    stdin: BinaryIO | None
    allow_private_addresses: bool

    def file(self, path: str, key: str) -> Iterator[Source]:
        """The policy or policies of one file."""
        if by_name(path) == JSON_LINES:
            yield from self.records(path)
        else:
            loader = FileLoader(path, self.limits)
            yield Source(key, path, "", loader, None, self.language, self.encoding, self.limits)

    def records(self, path: str) -> Iterator[Source]:
        try:
            with open_regular(path) as file:
                for line in lines_of(file, self.limits):
                    name = f"{path}:{line.number}"
                    loader = RecordLoader(path, name, line.offset, line.length, self.limits)
                    yield self.record(line, name, lambda content, loader=loader: loader)  # type: ignore[misc]
        except OSError as error:
            yield self.failing(path, unreadable(path, error))

    def record(self, line: Line, name: str, loader: Callable[[bytes], Callable[[], bytes]]) -> Source:
        """The source of one record; its bytes are UTF-8 whatever the HTML in it declares."""
        try:
            if line.data is None:
                check_bytes(name, line.length, self.limits)
            record = parse_record(line.data or b"", name=name, limits=self.limits)
        except ReadError as error:
            return self.failing(name, error)
        media_type = HTML if record.is_html else PLAIN
        load = loader(record.content)
        language = record.language or self.language
        return Source(record.key, name, record.url, load, media_type, language, "utf-8", self.limits)

    def failing(self, name: str, error: ReadError) -> Source:
        return Source("", name, "", FailingLoader(str(error), error.mend))

    def folder(self, folder: str, root: str) -> Iterator[Source]:
        """The readable files below ``folder``, in order of their paths, keyed by their paths below ``root``."""
        for path in _files_below(folder):
            yield from self.file(path, _key_below(root, path))

    def standard_input(self) -> Iterator[Source]:
        stream = self.stdin if self.stdin is not None else sys.stdin.buffer
        data = stream.read(self.limits.max_bytes * 3 + 1)
        head = data[:100_000].decode("utf-8", "ignore")  # only to see whether it is JSON
        if looks_like_json_lines(head):
            for line in lines_of(io.BytesIO(data), self.limits):
                yield self.record(line, f"{_STDIN}:{line.number}", BytesLoader)
            return
        yield Source("", _STDIN, "", BytesLoader(data), None, self.language, self.encoding, self.limits)

    def url(self, url: str) -> Source:
        try:
            key = normalised(url)
        except ReadError as error:
            return self.failing(url, error)
        # The normal form everywhere: a password written into the address must not reach messages or the graph.
        loader = UrlLoader(key, self.limits, self.allow_private_addresses)
        return Source(key, key, key, loader, None, self.language, self.encoding, self.limits)

    def named(self, given: str) -> Iterator[Source]:
        """The sources that one input means."""
        if given == "-":
            yield from self.standard_input()
        elif is_url(given):
            yield self.url(given)
        else:
            try:
                yield from self.on_disk(given)
            except OSError as error:  # a name too long for a file, a folder that may not be read
                yield self.failing(given, unreadable(given, error))

    def on_disk(self, given: str) -> Iterator[Source]:
        """The sources that a file, a folder or a glob means."""
        if Path(given).is_dir():
            found = self.folder(given, given)
            first = next(found, None)
            yield from chain([first], found) if first is not None else [self.failing(given, _nothing_in(given))]
        elif not Path(given).exists() and glob.has_magic(given):
            yield from self.pattern(given)
        else:
            yield from self.file(given, Path(given).stem)

    def pattern(self, pattern: str) -> Iterator[Source]:
        """The files that a glob matches, keyed by their paths below its fixed part."""
        fixed = Path(pattern)
        while glob.has_magic(str(fixed)):
            fixed = fixed.parent
        any_extension = bool(Path(pattern).suffix)
        found = False
        for path in sorted(fixed.glob(str(Path(pattern).relative_to(fixed)))):
            hidden = any(part.startswith(".") for part in path.relative_to(fixed).parts)
            if not hidden and path.is_file() and (any_extension or by_name(path.name) is not None):
                found = True
                yield from self.file(str(path), _key_below(str(fixed), str(path)))
        if not found:
            mend = "check the pattern; quote it so that the shell leaves it alone."
            yield self.failing(pattern, cannot_read(pattern, "no readable file matches this pattern", mend))


def discover(
    inputs: Sequence[str],
    *,
    policy_id: str | None = None,
    language: str | None = None,
    encoding: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    allow_private_addresses: bool = False,
    stdin: BinaryIO | None = None,
) -> Iterator[Source]:
    """One `Source` a policy, for files, folders, globs, ``-``, JSON Lines and http(s) addresses, in the order given.

    ``policy_id`` names the one policy the inputs mean (``--id``). ``language`` and ``encoding`` hold for sources that
    say nothing themselves. ``allow_private_addresses`` lets addresses of this machine and of private networks be
    fetched. A file named twice is read once; a second source with a key already seen is refused when
    it is loaded, and the message names both. Raises `ReadError` at once only when ``policy_id`` cannot hold: it is
    blank, or there are several policies.
    """
    search = _Search(language, encoding, limits, stdin, allow_private_addresses)
    found = _each_file_once(source for given in inputs for source in search.named(given))
    if policy_id is not None:
        found = iter([_the_only(list(islice(found, 2)), policy_id)])
    seen: dict[str, str] = {}
    for source in found:
        if isinstance(source.load, FailingLoader):
            yield source
        elif not source.key:
            mend = "name the policy (--id)."
            yield search.failing(source.name, cannot_read(source.name, "nothing says which policy it is", mend))
        elif source.key in seen:
            cause = f'it would be the policy "{source.key}", which {seen[source.key]} already is'
            mend = "give them different names, or ingest one of them alone with --id."
            yield search.failing(source.name, cannot_read(source.name, cause, mend))
        else:
            seen[source.key] = source.name
            yield source


def _the_only(sources: list[Source], policy_id: str) -> Source:
    if not policy_id.strip():
        raise ReadError("The policy's id is blank.", mend="write a name after --id, or leave it out.")
    if len(sources) != 1:
        names = " and ".join(source.name for source in sources) or "nothing"
        raise ReadError(
            f'The id "{policy_id}" can name only one policy, but the inputs give {names}.',
            mend="ingest them one by one, each with its own --id.",
        )
    return replace(sources[0], key=policy_id.strip())


def _each_file_once(sources: Iterator[Source]) -> Iterator[Source]:
    seen: set[str] = set()
    for source in sources:
        if isinstance(source.load, FileLoader):
            place = os.path.realpath(source.load.path)
            if place in seen:
                continue
            seen.add(place)
        yield source


def _files_below(folder: str) -> Iterator[str]:
    """The files with a known extension, hidden ones left out; links to folders are not followed."""
    for path, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and by_name(name) in set(BY_EXTENSION.values()):
                yield str(Path(path, name))


def _key_below(root: str, path: str) -> str:
    return Path(os.path.relpath(path, root)).with_suffix("").as_posix()


def _nothing_in(folder: str) -> ReadError:
    known = " ".join(BY_EXTENSION)
    return cannot_read(folder, "the folder holds no file to read", f"put files there that end in {known}.")
