"""Extractors by name: the rules, a language model, and what other packages bring.

In: a `Choice`, a name and options that can be handed to another process. Out: the `Extractor` it means, built once a
process, and its `ExtractorStamp`: the digest that decides whether a stored graph is extracted anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module, metadata
from pathlib import Path
from typing import Any, cast

from .. import ClauseGraphError, __version__
from ..ontology import lexicon
from .extract import Extractor
from .quads import ExtractorStamp

GROUP = "clausegraph.extractors"
DEFAULT = "rules"
#: Ours, named here beside the entry points so that a checkout that is not installed finds them, too.
BUILT_IN: Mapping[str, str] = {
    "rules": "clausegraph.ingest.extract:RuleExtractor",
    "llm": "clausegraph.ingest.llm:ModelExtractor",
}
#: Libraries whose version may change what is read or extracted.
LIBRARIES = (
    "ahocorasick-rs",
    "charset-normalizer",
    "cn2an",
    "justhtml",
    "mammoth",
    "opencc",
    "py3langid",
    "pypdfium2",
    "snowballstemmer",
    "trafilatura",
)
_ROOT = Path(__file__).parent


class ExtractorError(ClauseGraphError):
    """An extractor is unknown, or cannot be used here."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An extractor's name and its options. They may hold a key, so a `repr` leaves them out."""

    name: str = DEFAULT
    options: tuple[tuple[str, str], ...] = field(default=(), repr=False)


RULES = Choice()


def names() -> tuple[str, ...]:
    """The extractors there are: ours, then those of installed packages."""
    return tuple(dict.fromkeys([*BUILT_IN, *sorted(point.name for point in metadata.entry_points(group=GROUP))]))


def build(choice: Choice = RULES) -> Extractor:
    """The extractor of that name, made once a process. Raises `ExtractorError` where there is none or it cannot load.

    An entry point names something that is called without arguments or, where the extractor has options, something
    with a ``from_options`` that takes them as a mapping of strings.
    """
    return _built(choice)


@cache
def _built(choice: Choice) -> Extractor:
    make = _load(choice.name)
    configured = getattr(make, "from_options", None)
    extractor = make() if configured is None else configured(dict(choice.options))
    return cast("Extractor", extractor)


def _load(name: str) -> Callable[[], Any]:
    if name in BUILT_IN:
        module, _, attribute = BUILT_IN[name].partition(":")
        return cast("Callable[[], Any]", getattr(import_module(module), attribute))
    found = sorted(metadata.entry_points(group=GROUP, name=name), key=lambda point: point.value)
    if not found:
        raise ExtractorError(
            f"There is no extractor “{name}”.",
            mend=f"Use one of {', '.join(names())}, or install the package that brings it.",
        )
    try:
        return cast("Callable[[], Any]", found[0].load())
    except (ImportError, AttributeError) as error:
        package = found[0].dist.name if found[0].dist else "?"
        raise ExtractorError(
            f"The extractor “{name}” of the package {package} ({found[0].value}) cannot be loaded: {error}.",
            mend="Install that package again, or with what it needs.",
        ) from error


def extractor_stamp(choice: Choice = RULES) -> ExtractorStamp:
    """Who extracts: the same digest promises the same output for the same input.

    It covers our code, lexicons and libraries, and the extractor's name and version; an extractor whose output hangs
    on more than that (a prompt, a model) says so in its version.
    """
    return _stamp(choice)


@cache
def _stamp(choice: Choice) -> ExtractorStamp:
    extractor = build(choice)
    libraries = tuple((name, library_version(name)) for name in (*LIBRARIES, *getattr(extractor, "libraries", ())))
    total = hashlib.sha256(f"{__version__} {extractor.name} {extractor.version} {libraries}".encode())
    total.update(lexicon.digest().encode())
    for path in _code():
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    version = __version__ if choice.name == DEFAULT else extractor.version
    return ExtractorStamp(extractor.name, version, total.hexdigest(), lexicon.digest(), libraries)


def extractor_digest(choice: Choice = RULES) -> str:
    """The digest of `extractor_stamp`, hex."""
    return extractor_stamp(choice).digest


def _code() -> Iterator[Path]:
    """The files whose content may change what the rules say; the model's package answers for its own."""
    files = [
        *_ROOT.rglob("*.py"),
        *_ROOT.rglob("*.toml"),
        *_ROOT.rglob("*.tsv"),
        *(_ROOT.parent / "ontology").glob("*.py"),
    ]
    return (path for path in sorted(files) if path.parent != _ROOT / "llm")


def library_version(name: str) -> str:
    """The installed version of a library, "" where it is absent."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
