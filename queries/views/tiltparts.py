"""What the parts of a TILT document share.

In: statements, addresses. Out: `Gaps` (what is missing), quotes, countries, the statements that grant a right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from ...ontology.vocabulary import load_vocabulary
from .base import Missing
from .said import Notice, Said

__all__ = ["EMAIL", "PHONE", "Gaps", "Node", "below", "country_of", "granting", "quotes_of"]

Node = dict[str, Any]

EMAIL: Final = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
#: What TILT takes for a telephone number.
PHONE: Final = re.compile(r"[+]*[(]?[0-9]{1,4}[)]?[-\s./0-9]*")


class Gaps:
    """The required fields that stay empty: each once, with the data categories for which it does."""

    def __init__(self, policy: str) -> None:
        self._policy = policy
        self._reasons: dict[str, str] = {}
        self._of: dict[str, list[str]] = {}

    def need(self, field: str, reason: str, of: str = "") -> None:
        """Note a field; ``of``: what it is missing for."""
        self._reasons.setdefault(field, reason)
        self._of.setdefault(field, []).extend([of] if of else [])

    def found(self) -> tuple[Missing, ...]:
        """All of them, in the order in which they were noted."""
        return tuple(Missing(self._policy, field, self._reason(field)) for field in self._reasons)

    def _reason(self, field: str) -> str:
        names = list(dict.fromkeys(self._of[field]))
        return f"{self._reasons[field]} Missing for: {', '.join(names)}." if names else self._reasons[field]


def quotes_of(statements: Iterable[Said]) -> str:
    """The words of statements, each once."""
    return " ".join(dict.fromkeys(" ".join(one.quote.split()) for one in statements))


def below(concept: str, roots: Iterable[str]) -> bool:
    """Whether a concept is one of these or below one."""
    vocabulary = load_vocabulary()
    return vocabulary.get(concept) is not None and not set(roots).isdisjoint((concept, *vocabulary.ancestors(concept)))


def granting(notice: Notice, concepts: tuple[str, ...]) -> list[Said]:
    """The statements that grant a right. That cookies can be deleted in a browser is none."""
    return [
        one
        for one in notice.statements
        if one.practice in ("GrantRight", "OfferChoice")
        and not one.denied
        and one.modality in ("Will", "May")
        and one.of("dataCategory") != ("CookieData",)
        and any(below(each, concepts) for each in one.of("right"))
    ]


def country_of(address: str) -> str:
    """The ISO code of the country at the end of an address; "" where the address does not say it."""
    last = address.replace("，", ",").rpartition(",")[2].strip(" .").casefold()
    return _countries().get(last, "")


@cache
def _countries() -> dict[str, str]:
    return {
        label.casefold(): each.notation
        for each in load_vocabulary().in_scheme("places")
        if len(each.notation) == 2
        for label in each.labels.values()
    }
