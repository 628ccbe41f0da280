"""What the rules on practices look at.

In: a `Sentence` with its frames, values, periods and zones, and the `Context` it stands in. Out: `Facts` and the
questions that are asked of them. `FAMILIES` names the rule families that can be switched off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .context import Context
from .facets import Value
from .frames import Frame
from .polarity import negations
from .reading import Sentence
from .retention import Period
from .zones import Zone

#: Rule families that can be switched off for an ablation.
FAMILIES = (
    "frames",
    "weak-frames",
    "list-head",
    "heading",
    "anaphora",
    "exceptions",
    "inherit-data",
    "children",
    "vendors",
    "tables",
    "weights",
)

#: Data without a category: stands for personal data where a practice needs some.
GENERIC_DATA = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=否则|因此|所以|确保|收集|采集|发送|传输|提供|共享|分享|出售|存储|储存|上传|保存|记录|获取|搜集)|任何|所有|全部|您的[A-Za-z0-9 ]{1,12}|相关|这些|该等|您的|其|上述|此类|部分|必要的?|哪些|的)(?:信息|数据)(?!库|主体|安全|处理者|保护|控制)|(?:您|用户|会员|客户)的[\u4e00-\u9fff]{1,8}?(?:信息|数据|资料)(?!库|主体|安全|处理者|保护|控制|来源)|\b(?:information|data|details)\b(?! protection| controller| subject| processor| breach| security)|\b(?:údaj\w*|informac\w+|dat(?:a|ech|y|ům)?)\b"
)


@dataclass(slots=True)
class Facts:
    """What the rules of this module look at."""

    sentence: Sentence
    frames: list[Frame]
    values: list[Value]
    periods: list[Period]
    context: Context
    zones: list[Zone] = field(default_factory=list)
    off: frozenset[str] = frozenset()
    _has: dict[str, bool] = field(default_factory=dict)

    def named(self, *facets: str) -> bool:
        """Whether a value of one of the facets stands outside an exception."""
        return any(v.mention.facet in facets and v.zone != "exception" for v in self.values)

    def receivers(self) -> list[Value]:
        """Recipients other than the user, outside exceptions."""
        return [
            v
            for v in self.values
            if v.mention.facet == "recipient"
            and v.mention.concept not in ("User", "Customer", "Member", "Employee")
            and v.zone != "exception"
        ]

    def topic(self, name: str) -> bool:
        """Whether the sentence is about that topic."""
        if name not in self._has:
            self._has[name] = self.sentence.has("topics", name)
        return self._has[name]

    def data_like(self) -> bool:
        """Whether the sentence speaks of data: a category, a word that refers back to some, or data in general."""
        return (
            bool(GENERIC_DATA.search(self.sentence.folded))
            or self.named("dataCategory")
            or self.sentence.has("anaphora", "data")
            or self.topic("cookie")
        )

    def flatly_denied(self, frame: Frame) -> bool:
        """Whether a verb is denied with its object left out ("not stored, not sold"): it can only be the user's data."""
        if not frame.denied or frame.zone != "main" or frame.actor not in ("we", ""):
            return False
        more = sum(f.denied and f.zone == "main" for f in self.frames) > 1
        return more or self.sentence.end - self.sentence.start <= (48 if self.sentence.reading.words else 16)

    @property
    def scoped_out(self) -> bool:
        """Whether an item names what the policy does not apply to; a sentence with a subject of its own does not."""
        if not (self.context.under_scope and self.context.first):
            return False
        text = self.sentence.folded.rstrip(" ;,.。*_")
        if text.endswith(("信息", "数据", "内容", "服务", "网站", "平台", "产品")) and len(text) < 60:
            return True
        return not any(
            f.zone == "main" and (f.actor in ("we", "you", "policy") or f.kind in ("contact", "channel"))
            for f in self.frames
        )

    @property
    def colon(self) -> bool:
        """Whether the sentence announces a list."""
        return self.sentence.folded.rstrip(" *_").endswith(":")

    def aside(self, at: int) -> bool:
        """Whether a place of the text stands in a bracket of the sentence."""
        folded, start = self.sentence.reading.view.folded, self.sentence.start
        return at >= 0 and folded.count("(", start, at) > folded.count(")", start, at)

    def announces(self, practice: str) -> bool:
        """Whether the nearest heading announces the practice."""
        return practice in self.context.announced[:3]


#: Words with the prefix ne-, without superlatives, adjectives and adverbs (nejnovější, neznámých, nezávisle).
_NE_WORD = re.compile(
    r"\bne(?!j(?!s))\w{2,}?(?<!ý)(?<!é)(?<!ou)(?<!ého)(?<!ému)(?<!ém)(?<!ých)(?<!ým)(?<!ými)(?<!ě)(?<!sle)(?<!ost)(?<!osti)(?<!ční)\b"
)


def _proper(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a word is part of a name or an address ("Nexiflow", "nexiflow.cz")."""
    text = sentence.reading.view.text
    address = text[end : end + 1] == "." and text[end + 1 : end + 2].isalpha()
    return address or (
        text[start].isupper() and start > sentence.start + 2 and text[start - 2 : start - 1] not in ".:?!"
    )


def negative_word(facts: Facts) -> list[int]:
    """Where Czech words with the prefix ne- start, without those that deny nothing (nezbytný, nejlepší)."""
    sentence = facts.sentence
    if not sentence.reading.lexicon.cues.get("language", {}).get("negative_prefix"):
        return []
    plain = sentence.reading.lexicon.words("negation", "not_negated")
    stems = tuple(word[:-2] for word in plain if len(word) > 7)
    exact = frozenset(plain)
    return [
        m.start()
        for m in _NE_WORD.finditer(sentence.reading.view.folded, sentence.start, sentence.end)
        if m.group() not in exact and not m.group().startswith(stems) and not _proper(sentence, m.start(), m.end())
    ]


def negative(facts: Facts) -> bool:
    """Whether a negator stands in the main clause, or a verb carries one."""
    inside = [z for z in facts.zones if z.kind in ("condition", "exception", "relative", "denied")]
    if negative_word(facts):
        return True
    words = [n for n in negations(facts.sentence) if not any(z.start <= n.start < z.end for z in inside)]
    return (
        bool(words) or any(f.denied for f in facts.frames) or any(h.negated for h in facts.sentence.hits("predicates"))
    )
