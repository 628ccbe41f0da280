"""Codes of Taiwan's specific purposes and categories of personal data ("C001", 〇四〇, O九O).

In: a `Sentence` and its `Value`s. Out: the values, those that a code names with the code, and the values only a code
names. The lists are the schemes ``tw-categories`` and ``tw-purposes`` of the ontology, looked up by notation.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from ...ontology.vocabulary import load_vocabulary
from ..records import Mention
from .facets import Value
from .reading import Sentence

_CATEGORY = re.compile(r"(?<![A-Za-z0-9])[Cc][ -]?(?P<n>[0-9OoＯ〇○零]{3})(?![0-9A-Za-z])")
#: Purposes are bare numbers; they are codes only behind words that say so.
_ANNOUNCED = re.compile(
    r"(?:特定目的|目的|项目)[^。;]{0,12}?(?:编号|代号|代码|项目编号)[^0-9OoＯ〇○零一-九]{0,4}|特定目的[^。;]{0,6}[((:]"
)
_PURPOSE = re.compile(r"(?<![0-9A-Za-z年])[0-9OoＯ〇○零一二三四五六七八九]{3}(?![0-9A-Za-z年月日])")
_DIGITS = str.maketrans("OoＯ〇○零一二三四五六七八九", "000000123456789")


def with_codes(sentence: Sentence, values: list[Value]) -> list[Value]:
    """The values of a Chinese sentence with the codes that it cites."""
    if sentence.reading.words:
        return values
    out = list(values)
    folded = sentence.reading.view.folded
    for match in _CATEGORY.finditer(folded, sentence.start, sentence.end):
        _cite(out, "dataCategory", "tw-categories", "C" + match["n"].translate(_DIGITS), match.start(), match.end())
    announced = _ANNOUNCED.search(folded, sentence.start, sentence.end)
    if announced:
        for match in _PURPOSE.finditer(folded, announced.end() - 1, min(announced.end() + 80, sentence.end)):
            _cite(out, "purpose", "tw-purposes", match.group().translate(_DIGITS), match.start(), match.end())
    return sorted(out, key=lambda value: (value.mention.start, value.mention.end))


def _cite(out: list[Value], facet: str, scheme: str, notation: str, start: int, end: int) -> None:
    """Put the code on the first value with its concept, else add a value of the code's own."""
    found = _concept(scheme, notation)
    if found is None:
        return
    code, concept = found
    for index, value in enumerate(out):
        if value.mention.facet == facet and value.mention.concept == concept and not value.mention.code:
            out[index] = replace(value, mention=replace(value.mention, code=code))
            return
    out.append(Value(Mention(facet, concept, start, end, f"code:{notation}", code=code), "main"))


@cache
def _concept(scheme: str, notation: str) -> tuple[str, str] | None:
    """The code's own id and the concept of the facet that it is linked to."""
    vocabulary = load_vocabulary()
    coded = vocabulary.by_notation(scheme, notation)
    if coded is None:
        return None
    linked = [iri.rpartition("#")[2] for iri in (*coded.exact, *coded.close, *coded.broad) if "clausegraph" in iri]
    return coded.id, linked[0] if linked else coded.id
