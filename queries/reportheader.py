"""The ``#+`` lines at the head of a report: a small part of YAML.

In: a file's text. Out: nested mappings of texts and lists; errors that name the file and the line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from .. import ClauseGraphError

__all__ = ["Failure", "Header", "ReportFileError", "items", "plain", "read_header", "text_list", "text_of"]

#: Folded lines of Chinese are joined without the space that other scripts need.
_BETWEEN_CHINESE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])")
_LINE = re.compile(r"(?P<indent> *)(?P<key>[A-Za-z][\w-]*):(?: +(?P<value>.*?))? *\Z")

Header = dict[str, "str | list[str] | Header"]


class ReportFileError(ClauseGraphError):
    """The file is no report; the message names it and the line."""


class Failure:
    """Makes errors that name the file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self, what: str, *, line: int = 0, mend: str = "") -> ReportFileError:
        place = f", line {line}" if line else ""
        return ReportFileError(f"The report {self._path}{place}: {what}.", mend=mend or "Mend the file.")


def read_header(text: str, keys: Sequence[str], fail: Failure) -> Header:
    """The ``#+`` lines as nested mappings: ``key: value``, ``key: [a, b]``, ``key: >`` with folded lines below."""
    lines = [
        (number, line[2:].removeprefix(" ").rstrip())
        for number, line in enumerate(text.splitlines(), 1)
        if line.startswith("#+") and line[2:].strip()
    ]
    root: Header = {}
    stack: list[tuple[int, Header]] = [(-1, root)]
    index = 0
    while index < len(lines):
        number, line = lines[index]
        index += 1
        match = _LINE.match(line)
        if match is None:
            raise fail(f"“{line.strip()}” is not of the form “key: value”", line=number)
        indent, key, value = len(match["indent"]), match["key"], match["value"] or ""
        while stack[-1][0] >= indent:
            stack.pop()
        here = stack[-1][1]
        if key in here:
            raise fail(f"“{key}” is given twice", line=number)
        if here is root and key not in keys:
            raise fail(f"there is no key “{key}”", line=number, mend=f"The keys are {', '.join(keys)}.")
        if value == ">":
            folded: list[str] = []
            while index < len(lines) and len(lines[index][1]) - len(lines[index][1].lstrip()) > indent:
                folded.append(lines[index][1].strip())
                index += 1
            here[key] = _BETWEEN_CHINESE.sub("", " ".join(folded))
        elif value.startswith("["):
            if not value.endswith("]"):
                raise fail(f"the list of “{key}” is not closed", line=number)
            here[key] = [_unquoted(part.strip()) for part in value[1:-1].split(",") if part.strip()]
        elif value:
            here[key] = _unquoted(value)
        else:
            below: Header = {}
            here[key] = below
            stack.append((indent, below))
    return root


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text


def text_of(header: Header, key: str, fail: Failure, *, needed: bool = False) -> str:
    """The text at a key, empty where it is absent and not needed."""
    value = header.get(key, "")
    if needed and not value:
        raise fail(f"it has no {key}", mend=f"Write a line “#+ {key}: …”.")
    return plain(key, value, fail) if value else ""


def plain(key: str, value: str | list[str] | Header, fail: Failure) -> str:
    """The value, if it is a text."""
    if not isinstance(value, str):
        raise fail(f"“{key}” should be one line of text")
    return value


def text_list(header: Header, key: str, fail: Failure) -> tuple[str, ...]:
    """The list at a key; one text counts as a list of one."""
    value = header.get(key, [])
    if isinstance(value, dict):
        raise fail(f"“{key}” should be a list such as [a, b]")
    return (value,) if isinstance(value, str) else tuple(value)


def items(header: Header, key: str, fail: Failure) -> list[tuple[str, str | list[str] | Header]]:
    """The lines of the block at a key."""
    value = header.get(key, {})
    if not isinstance(value, dict):
        raise fail(f"“{key}” should be a block of lines “name: value”")
    return list(value.items())
