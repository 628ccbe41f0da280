"""Labels: "Retention: until you close the account".

In: a sentence's `Facts` and drafts. Out: the drafts that its label asks for, and its values without the label's own
words. The lexicon's heads of columns (`tables`) are the labels it knows, beside the headings that announce practices.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .context import SAYS_NO, Draft
from .facets import Value
from .facts import Facts, negative
from .grid import Cell, role_of
from .inherit import CARRIED, supports
from .reading import Sentence
from .tables import GIVES, bare_words

_LABEL = re.compile(r"[^,;。.:!?]{2,24}:(?=\s*\S)")
_LONG_LABEL = re.compile(r"[^,;。.:!?|]{2,40}:(?=\s*\S)")
_BASIS = re.compile(
    r"(?:the )?(?:legal|lawful) (?:basis|bases|grounds?)\b|právní(?:m)? (?:základ|titul|důvod)|法律依据|法律基础|合法性基础|处理依据"
)
#: What a label of each column asks of, and the facet without which it says nothing.
_ASKED = {
    "data": ("Collect", "dataCategory"),
    "purpose": ("Use", "purpose"),
    "basis": ("Use", "legalBasis"),
    "retention": ("Retain", "retention"),
    "recipient": ("Share", "recipient"),
    "processor": ("Share", "recipient"),
    "Share": ("Share", "recipient"),
}
#: What a label may name and still ask for more of it.
_ANY = frozenset(
    {"PersonalData", "UserData", "Name", "ThirdParty", "Recipient", "Organisation", "Entity", "ServiceProvider"}
    | {"DataProcessor", "BusinessPartner", "ThirdPartyApplication", "DevicePermission", "ServiceProvision", "Purpose"}
)
#: "Purpose: not marketing": what the label asks for is denied, whatever the label's own words say.
_NOT_FIRST = re.compile(
    r"\s*(?:(?:not|never|nikoliv?|nikdy|ne)\b(?! (?:only|just|merely|longer|more|later|less|fewer|limited|jen|pouze|více|déle|později|méně))|(?:并)?(?:不|非|绝不|从不)(?!限|仅|只|同|少|超过))"
)
_NOBODY = re.compile(
    r"\s*(?:nobody|no[ -]one|no third part(?:y|ies)|nikdo|nikomu|žádn\w+ \w+|没有人|无人|任何人都不)[\s.。]*$"
)


@dataclass(frozen=True, slots=True)
class Label:
    """What a sentence's label asks for (a column's name) and where what it says begins."""

    role: str
    end: int


def label(sentence: Sentence) -> Label | None:
    """The label in front of a sentence, where the lexicon knows it."""
    found = (_LONG_LABEL if sentence.reading.words else _LABEL).match(sentence.folded)
    if found is None:
        return None
    end = sentence.start + found.end()
    role = role_of(sentence.reading, sentence.start, end)
    if not role or role == "other":
        return None
    for scheme in (
        "data-categories",
        "recipients",
        "purposes",
    ):  # "Camera permission: to scan codes" is no label of data
        if any(hit.id not in _ANY and not hit.form.weak for hit in sentence.reading.hits(scheme, sentence.start, end)):
            return None
    return Label(role, end)


def said(sentence: Sentence, values: list[Value]) -> list[Value]:
    """The values behind the label, with the words that count only there; all of them where there is no label."""
    found = label(sentence)
    if found is None or found.role not in _ASKED or _refuses(sentence, found):
        return values
    behind = [v for v in values if v.mention.start >= found.end]
    cell = Cell(found.end, sentence.end, found.role)
    words = bare_words(sentence.reading, cell, [v.mention for v in behind])
    return behind + [Value(mention, "main") for mention in words]


def labelled(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """The label in front names the practice where the rest supports it."""
    sentence = facts.sentence
    column = label(sentence)
    if column is not None and _NOT_FIRST.match(sentence.reading.view.folded, column.end):
        return [d if d.denied else replace(d, denied=True, rules=(*d.rules, "label-denied")) for d in drafts]
    found = _LABEL.match(sentence.folded)
    if (
        found is None
        or sentence.reading.hits("parties", sentence.start, sentence.start + found.end())
        or any(f.zone == "main" and f.actor == "we" for f in facts.frames)
    ):
        return by_column(facts, drafts)
    denies = negative(facts)
    if _BASIS.match(sentence.folded) and facts.named("legalBasis") and not denies:
        return [Draft("Use", False, "Will", "", rules=("label", "column"), trace=("its label names the legal basis",))]
    if (
        re.match(r"(?:利用)?(?:之|的)?地区|处理地点|processing location|místo zpracování", sentence.folded)
        and facts.named("jurisdiction")
        and not denies
    ):
        return [
            Draft(
                "Use", False, "Will", "", rules=("label", "column"), trace=("its label names the place of processing",)
            )
        ]
    if (
        re.match(r"(?:利用|使用)?(?:之|的)?对象|recipients?|příjemci", sentence.folded)
        and any(v.mention.start >= sentence.start + found.end() for v in facts.receivers())
        and not denies
    ):
        return [Draft("Share", False, "Will", "", rules=("label", "column"), trace=("its label names recipients",))]
    for hit in sentence.reading.hits("headings", sentence.start, sentence.start + found.end()):
        if hit.id in CARRIED and supports(facts, hit.id) and (not denies or hit.id == "Retain"):
            if any(d.practice == hit.id for d in drafts):
                return [d for d in drafts if d.practice == hit.id]
            asked = column is not None and _ASKED.get(column.role, ("",))[0] == hit.id
            rules = ("label", "column") if asked else ("label",)
            return [Draft(hit.id, False, "Will", "", rules=rules, trace=(f"its label announces {hit.id}",))]
    return by_column(facts, drafts)


def by_column(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """What a label asks that is also a column's head, where nobody acts behind it."""
    sentence = facts.sentence
    found = label(sentence)
    if found is None or found.role not in _ASKED:
        return drafts
    practice, facet = _ASKED[found.role]
    if any(d.practice == practice for d in drafts) or any(
        f.zone == "main" and f.actor and f.kind not in ("contact", "channel") and f.hit.start >= found.end
        for f in facts.frames
    ):
        return drafts
    if _refuses(sentence, found):
        told = {hit.id for hit in sentence.reading.hits("predicates", sentence.start, found.end)}
        plain = not drafts and practice in ("Collect", "Share") and told <= {practice.lower()}
        return [_draft(practice, found.role, denied=True)] if plain else drafts
    behind = any(v.mention.facet == facet and v.mention.start >= found.end for v in facts.values)
    behind = behind or (practice == "Retain" and any(p.start >= found.end for p in facts.periods))
    if not behind or negative(facts) or not GIVES[found.role]:
        return drafts
    return [_draft(practice, found.role)]


def _refuses(sentence: Sentence, found: Label) -> bool:
    """Whether nothing but no stands behind the label."""
    text = sentence.reading.view.folded[found.end : sentence.end]
    return bool(SAYS_NO.fullmatch(text) or _NOBODY.fullmatch(text))


def _draft(practice: str, role: str, *, denied: bool = False) -> Draft:
    return Draft(practice, denied, "Will", "", rules=("label", "column"), trace=(f"its label asks for {role}",))
