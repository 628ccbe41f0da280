"""The lexicons: which words name which concept, and what signals a practice, a negation, a condition.

In: the TOML files of `lexicons/`. Out: `Lexicon`, the flat list of forms of one language with its cues, and
`digest`, which changes whenever any of their words does. The form syntax is in `lexicons/README.md`.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .. import ClauseGraphError

FOLDER = Path(__file__).parent / "lexicons"

#: Which lexicon reads a document, by the primary subtag of its language.
LANGUAGES = ("cs", "en", "zh")

#: Tables of concepts.toml that are schemes of concepts.
SCHEMES = (
    "data-categories",
    "purposes",
    "recipients",
    "data-subjects",
    "sources",
    "legal-bases",
    "retention",
    "rights",
    "measures",
    "laws",
    "authorities",
    "places",
    "storage-media",
)


class LexiconError(ClauseGraphError):
    """A lexicon file that cannot be read as one."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form: ``layer`` is a scheme or a cue table ("predicates"), ``id`` a concept or a cue of that table.

    ``text`` is the form without its marks; ``weak`` a form that needs support from its place; ``blocked`` one
    that must not be read as the concepts inside it.
    """

    layer: str
    id: str
    text: str
    weak: bool = False
    blocked: bool = False


@dataclass(frozen=True)
class Lexicon:
    """Everything one language's folder says. ``unit`` is "words" or "chars", ``stemmer`` a Snowball algorithm or "".

    ``cues``: the tables of cues.toml as they stand. ``pairs``: verb group + object group → purpose concept.
    ``folds``: equal-length replacements made before matching, longest first.
    """

    language: str
    unit: str
    stemmer: str
    forms: tuple[Form, ...]
    cues: Mapping[str, Any]
    pairs: Mapping[tuple[str, str], str]
    folds: tuple[tuple[str, str], ...]

    def words(self, table: str, name: str) -> tuple[str, ...]:
        """The forms of one cue, marks kept."""
        return tuple(self.cues.get(table, {}).get(name, ()))

    def forms_of(self, concept: str) -> tuple[Form, ...]:
        """All forms that name a concept, in any scheme."""
        return tuple(form for form in self.forms if form.id == concept and form.layer in SCHEMES)


def lexicon_language(language: str) -> str | None:
    """The lexicon for a BCP 47 tag, or None where there is none."""
    primary = language.split("-")[0].lower()
    return primary if primary in LANGUAGES else None


@cache
def load_lexicon(language: str) -> Lexicon:
    """The lexicon of "cs", "en" or "zh".

    Raises `LexiconError` naming the file where one is missing or not valid TOML.
    """
    folder = FOLDER / language
    cues = _read(folder / "cues.toml")
    compose = _read(folder / "compose.toml")
    forms: list[Form] = []
    for path in sorted(folder.glob("*.toml")):
        if path.name not in _NO_CONCEPTS:
            forms += _concept_forms(_read(path))
    for concept, names in _read(FOLDER / "parties.toml").items():
        forms += [_form("parties", concept, name.lower()) for name in names]
    for table in ("verbs", "objects"):
        for group, texts in compose.get(table, {}).items():
            forms += [_form(f"compose-{table}", group, text) for text in texts]
    for table, entries in cues.items():
        if isinstance(entries, dict) and table not in ("language", "folds", "patterns"):
            for name, texts in entries.items():
                forms += [_form(table, name, text, blocked=name == "blocked") for text in texts]
    head = cues.get("language", {})
    folds = sorted(cues.get("folds", {}).items(), key=lambda pair: -len(pair[0]))
    for old, new in folds:
        if len(old) != len(new):
            raise LexiconError(f"{folder / 'cues.toml'}: the fold {old!r} → {new!r} changes the length.")
    pairs = {}
    for pair, concept in _read(FOLDER / "compose.toml").get("pairs", {}).items():
        verb, _, thing = pair.partition("+")
        pairs[verb, thing] = concept
    return Lexicon(
        language, head.get("unit", "words"), head.get("stemmer", ""), tuple(forms), cues, pairs, tuple(folds)
    )


_NO_CONCEPTS = frozenset({"cues.toml", "compose.toml", "not-concepts.toml"})


def _concept_forms(tables: Mapping[str, Any]) -> list[Form]:
    """The forms of one file of concepts: a table a scheme, and what must not be read as a concept."""
    forms: list[Form] = []
    for scheme in SCHEMES:
        for concept, texts in tables.get(scheme, {}).items():
            forms += [_form(scheme, concept, text) for text in texts]
    for scheme, texts in tables.get("blocked", {}).items():
        forms += [_form(scheme, "", text, blocked=True) for text in texts]
    return forms


@cache
def digest() -> str:
    """SHA-256 (hex) over every lexicon file, names and contents, in order."""
    total = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*.toml")):
        total.update(str(path.relative_to(FOLDER)).replace("\\", "/").encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def _form(layer: str, name: str, text: str, *, blocked: bool = False) -> Form:
    weak = text.endswith("~")
    return Form(layer, name, text[:-1].strip() if weak else text, weak, blocked)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise LexiconError(f"{path}: the lexicon file is missing.", mend="Reinstall the package.") from error
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{path}: not valid TOML: {error}.", mend="Mend the line it names.") from error
