"""Questions and their answers ("Do we sell your data? No."), labels and theirs ("Transfer abroad" over "none").

In: a sentence's text. Out: whether it asks, whether yes or no can answer it, and what an answer says. A question
states nothing by itself; its answer states what was asked, affirmed or denied.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .context import SAYS_NO, Draft
from .facts import Facts

_ASKS = re.compile(r"(?:[?？]|[吗嗎]\s*[。.]?)[\s*_)）”\"]*$")
_OPEN = re.compile(
    r"^[\s*_#\d.、)]*(?:(?:q|otázka|问|問)\s*[:：]\s*)?(?:what|which|who|whom|whose|where|how|why|when|co|jaké|jaká|jaký|které|kdo|kde|jak|proč|kdy|komu)\b|哪些|什么|什麼|何种|何種|谁|誰|如何|怎样|怎樣|怎么|为何|為何|为什么|為什麼|多久",
    re.IGNORECASE,
)
_NO = re.compile(
    r"[\s*_]*(?:(?:a|answer|odpověď|答)\s*[:：]\s*)?(?:no|never|nope|not (?:by us|at all|ever)|absolutely not|certainly not|(?:we|it|they|i) (?:do not|don['’]t|does not|doesn['’]t|will not|won['’]t|never do|are not|aren['’]t|is not|isn['’]t)|ne|nikdy|nikoliv?|rozhodně ne|我[们們](?:不会|不會|没有|沒有)|不会|不會|不|否|没有|沒有|绝不|絕不)\s*(?:[.!,;。！，；]|$|[\s*_]+$)",
    re.IGNORECASE,
)
_YES = re.compile(
    r"[\s*_]*(?:(?:a|answer|odpověď|答)\s*[:：]\s*)?(?:yes|we do|it does|ano|是的?|会的?|會的?|可以)\s*(?:[.!,;。！，；]|$|[\s*_]+$)",
    re.IGNORECASE,
)

_LABEL = re.compile(r"[^.!?。！？;；]{3,110}")


@dataclass(frozen=True, slots=True)
class Question:
    """A yes/no question that waits for its answer: where it stands and what it asks after."""

    clause: str
    start: int
    end: int
    facts: Facts
    drafts: tuple[Draft, ...]


def is_question(text: str) -> bool:
    """Whether a sentence asks."""
    return bool(_ASKS.search(text))


def asked(text: str) -> bool:
    """Whether a question can be answered by yes or no."""
    return is_question(text) and not _OPEN.search(text)


def answer(text: str) -> bool | None:
    """True for yes, False for no, None where a sentence is no answer."""
    if _NO.match(text):
        return False
    return True if _YES.match(text) else None


def label_denied(label: str, text: str) -> bool:
    """Whether ``text`` says nothing but no, to a line before it that is a label and no sentence."""
    return bool(SAYS_NO.fullmatch(text)) and bool(_LABEL.fullmatch(label.strip()))
