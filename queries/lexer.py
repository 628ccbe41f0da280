"""SPARQL cut into tokens, enough to tell code from text.

In: SPARQL text. Out: `Token`s with their places, the query's form, whether it has a dataset clause. It judges
nothing that safety rests on (see `guard`): where it errs, a query is answered from the wrong graphs or refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

Kind = Literal["comment", "iri", "string", "variable", "name", "tag", "word", "number", "mark", "space"]
QueryForm = Literal["select", "ask", "construct", "describe"]

#: Characters of a query whose form is remembered; together they take little memory.
_REMEMBERED = 4000

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<comment>\#[^\n\r]*)
    |(?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
    |(?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<variable>[?$]\w+)
    |(?P<name>(?:[^\W\d](?:[\w.\-]*[\w\-])?)?:(?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\.)(?:(?:[\w.:\-]|%[0-9A-Fa-f]{2}|\\.)*
        (?:[\w:\-]|%[0-9A-Fa-f]{2}|\\.))?)?)
    |(?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)
    |(?P<word>[^\W\d]\w*)
    |(?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of SPARQL; ``text`` is exactly what stands at ``start``."""

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it stops."""
        return self.start + len(self.text)


def tokens(sparql: str, *, all_kinds: bool = False) -> Iterator[Token]:
    """The tokens in order, by default without space and comments."""
    for match in _TOKEN.finditer(sparql):
        kind = cast(Kind, match.lastgroup)
        if all_kinds or kind not in ("space", "comment"):
            yield Token(kind, match.group(), match.start())


def has_dataset_clause(sparql: str) -> bool:
    """Whether the query says FROM or FROM NAMED (as code, not inside text, a name or a comment)."""
    if "from" not in sparql.lower():
        return False
    # Keywords need no space between them: ASKFROM<x:g>{} is valid.
    return any(token.kind == "word" and "FROM" in token.text.upper() for token in tokens(sparql))


def query_form(sparql: str) -> QueryForm | None:
    """What the query asks for, None where no query word is found (an update, or no SPARQL at all)."""
    return _form(sparql) if len(sparql) > _REMEMBERED else _known_form(sparql)


def _form(sparql: str) -> QueryForm | None:
    forms: dict[str, QueryForm] = {
        "SELECT": "select",
        "ASK": "ask",
        "CONSTRUCT": "construct",
        "DESCRIBE": "describe",
    }
    for token in tokens(sparql):
        word = token.text.upper()
        if token.kind == "word" and word not in ("PREFIX", "BASE", "VERSION"):
            return next((form for start, form in forms.items() if word.startswith(start)), None)
    return None


_known_form = lru_cache(maxsize=512)(_form)
