"""A report's words in the reader's language.

In: the ``translations`` block of a report's header, and ``reports/words.toml``, which holds what many reports say
alike (column headings, questions for parameters, names of groups) by the English text. Out: `Words` by language, and
`in_language`: the same report with its title, summary, description, headings and questions in that language.

A block names languages, below each any of these::

    #+ translations:
    #+   cs:
    #+     title: Kdo dostává určitý druh údajů
    #+     summary: Jedna věta.
    #+     columns:
    #+       data: Druh údajů

What is not translated stays as the header has it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..ontology.vocabulary import LANGUAGES
from .reportheader import Failure, Header, items, plain, text_of

if TYPE_CHECKING:
    from .reportfile import Report

__all__ = ["Words", "in_language", "label_language", "read_translations", "shared_words", "spoken"]

_KEYS = ("title", "summary", "description", "columns", "parameters")
_SHARED = Path(__file__).resolve().parent / "reports" / "words.toml"
_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Words:
    """What a header says in one language; empty where it says nothing. ``columns`` and ``parameters`` by name."""

    title: str = ""
    summary: str = ""
    description: str = ""
    columns: Mapping[str, str] = field(default_factory=lambda: _NONE)
    parameters: Mapping[str, str] = field(default_factory=lambda: _NONE)


def read_translations(
    header: Header, columns: Collection[str], parameters: Collection[str], fail: Failure
) -> Mapping[str, Words]:
    """The block, by language. Raises `ReportFileError` for a language, key, column or parameter that there is not."""
    found: dict[str, Words] = {}
    for language, block in items(header, "translations", fail):
        if language not in LANGUAGES:
            raise fail(f"“{language}” is no language of reports", mend=f"Use {', '.join(LANGUAGES)}.")
        if not isinstance(block, dict):
            raise fail(
                f"the translation into “{language}” should be a block", mend=f"Below it stand {', '.join(_KEYS)}."
            )
        for key in block:
            if key not in _KEYS:
                raise fail(f"“{key}” cannot be translated ({language})", mend=f"Translate {', '.join(_KEYS)}.")
        found[language] = Words(
            title=text_of(block, "title", fail),
            summary=text_of(block, "summary", fail),
            description=text_of(block, "description", fail),
            columns=_named(block, "columns", columns, language, fail),
            parameters=_named(block, "parameters", parameters, language, fail),
        )
    return MappingProxyType(found)


def _named(block: Header, key: str, known: Collection[str], language: str, fail: Failure) -> Mapping[str, str]:
    found = {name: plain(name, value, fail) for name, value in items(block, key, fail)}
    for name in found:
        if name not in known:
            mend = f"There are {', '.join(known)}." if known else "There are none."
            raise fail(f"there is no “{name}” among the {key} to translate into “{language}”", mend=mend)
    return MappingProxyType(found)


def label_language(tag: str) -> str:
    """The language of labels that serves a reader best: ``zh-TW`` → ``zh-Hant``, ``cs-CZ`` → ``cs``, else English."""
    low = tag.replace("_", "-").lower()
    parts = low.split("-")
    if parts[0] == "zh":
        traditional = any(part in ("hant", "tw", "hk", "mo") for part in parts[1:]) and "hans" not in parts
        return "zh-Hant" if traditional else "zh-Hans"
    return next((known for known in LANGUAGES if known.lower() in (low, parts[0])), "en")


@cache
def shared_words() -> Mapping[str, Mapping[str, str]]:
    """What reports say alike: language → text, by the English text."""
    read: dict[str, dict[str, str]] = tomllib.loads(_SHARED.read_text(encoding="utf-8"))
    return MappingProxyType({text: MappingProxyType(by_language) for text, by_language in read.items()})


def spoken(text: str, lang: str) -> str:
    """An English text that reports share in the reader's language; itself where it has no translation."""
    return shared_words().get(text, _NONE).get(label_language(lang), text)


def in_language(report: Report, lang: str) -> Report:
    """The report with its words in the reader's language, as far as they are translated."""
    language = label_language(lang)
    own = report.translations.get(language, Words())
    return replace(
        report,
        title=own.title or report.title,
        summary=own.summary or report.summary,
        description=own.description or report.description,
        columns=tuple(
            replace(one, title=own.columns.get(one.name) or spoken(one.title, language)) for one in report.columns
        ),
        parameters=tuple(
            replace(one, description=own.parameters.get(one.name) or spoken(one.description, language))
            for one in report.parameters
        ),
    )
