"""What the sentence in front of a list says of the list.

In: that sentence, or its `Facts` and drafts. Out: answers for `reader`: who acts in the items, whether it announces
exceptions, whether it states something itself.
"""

from __future__ import annotations

import re

from .actors import Actor
from .context import Draft
from .facts import Facts
from .reading import Sentence

#: An exception that is a clause of its own; a list behind it is none of exceptions ("unless you permit it in writing:").
WHOLE = re.compile(r"(?:unless|except (?:if|when)) (?:you|we|it|the law)\b.{8,}|除非.{4,}|(?:ledaže|pokud) .{12,}")


def subject_of(sentence: Sentence) -> Actor:
    """Who acts in a list head, where that is not the controller ("Third parties may not:")."""
    for hit in sentence.hits("subjects"):
        if hit.start - sentence.start > 24 or hit.id == "we":
            break
        if hit.id == "you" or (hit.id == "third" and hit.start - sentence.start <= 4):
            return "you" if hit.id == "you" else "third"
    return ""


def announces(sentence: Sentence) -> bool:
    """Whether a sentence points to what follows it."""
    return bool(re.search(r"以下|下列|如下|following|následující|těchto případ|below", sentence.folded))


def refers_to_exceptions(sentence: Sentence) -> bool:
    """Whether it says no more than that exceptions follow."""
    return len(sentence.folded) < 60 and bool(
        re.search(r"但书|例外情形|除外情形|前项但书|exceptions (?:are|include)|výjimky (?:jsou|tvoří)", sentence.folded)
    )


#: "我们可能会共享您的部分信息:" names what it is about, though no category of it.
_YOURS = re.compile(r"(?:您|用户)的[^,;。:]{0,4}(?:信息|数据)")


def bare_head(facts: Facts, drafts: list[Draft]) -> bool:
    """A list head without a value of its own ("We use:") announces, it states nothing."""
    if not drafts:
        return True
    if (
        not facts.sentence.reading.words
        and len(facts.sentence.folded) <= 16
        and not any(f.zone == "main" and f.actor for f in facts.frames)
    ):
        return True
    return not facts.values and not facts.sentence.has("anaphora", "data") and not _YOURS.search(facts.sentence.folded)
