"""What follows if data is not given.

In: a sentence's `Facts`. Out: the mentions of its consequence, where the sentence says both that data is not given and
what then does not work ("if you do not provide your address, we cannot deliver").
"""

from __future__ import annotations

import re

from ..records import Mention
from .context import Draft
from .facts import Facts

CONCEPT = "ConsequenceOfNotProviding"

#: The data is not given.
_WITHHELD = {
    "en": re.compile(
        r"\b(?:do not|don['’]t|does not|did not|choose not to|decide not to|refuse to|decline to|fail to|failure to|not)\s+(?:wish to |want to )?(?:provid|giv|suppl|submit|enter|disclos|shar|furnish)\w*"
        r"|\bwithout (?:this|these|that|such|the|your) (?:\w+ )?(?:information|data|details)\b|\brefusal to provide\b|\bnon-provision\b"
    ),
    "cs": re.compile(
        r"\b(?:neposkyt\w+|nevypln\w+|neuved\w+|nezad(?:áte|ání)\w*|nesdělíte)\b|\bbez (?:jejich |jeho |těchto )?(?:poskytnutí|uvedení|vyplnění|údajů|zadání)\b|\bodmítn\w+ (?:\w+ )?poskyt\w+"
    ),
    "zh": re.compile(
        r"(?:不|未|拒绝|不愿|选择不|不同意|未能)(?:同意|向我们|予以)?(?:提供|填写|给予|授权|上传|输入|完整填写|开启)"
    ),
}
#: What then does not work.
_EFFECT = {
    "en": re.compile(
        r"\b(?:unable|not (?:be )?able|cannot|can not|can['’]t|may not (?:be|function|work|have)|won['’]t be able|impossible|limited|restrict\w*|unavailable|lose access|impair\w*|inaccessible|not (?:function|work)|prevent\w*)\b"
    ),
    "cs": re.compile(
        r"\b(?:nelze|nemůžeme|nemůžete|není možné|nebude možné|nebudeme moci|nebudete moci|nebudeme schopni|znemožn\w+|omezen\w*)\b"
    ),
    "zh": re.compile(
        r"(?<!不)(?<!不会)(?<!无法)(?:无法|不能|未能|受限|受到限制|(?:可能|将|会|而)?影响(?:您|用户|会员|服务|权益|其)|仅能使用|不便)"
    ),
}


#: It is not the controller who does not give it.
_OURS = re.compile(r"(?:\bwe|\bour \w+|我们|本公司|本网站|本平台)\s*[^,;。]{0,4}$")


def consequence(facts: Facts) -> tuple[int, int] | None:
    """Where a sentence says what follows if data is not given; None where it does not."""
    language = facts.sentence.reading.lexicon.language
    folded = facts.sentence.reading.view.folded
    start, end = facts.sentence.start, facts.sentence.end
    withheld = next(
        (
            found
            for found in _WITHHELD[language].finditer(folded, start, end)
            if not _OURS.search(folded, max(start, found.start() - 14), found.start())
        ),
        None,
    )
    if withheld is None:
        return None
    effect = _EFFECT[language].search(folded, withheld.end(), end) or _EFFECT[language].search(
        folded, start, withheld.start()
    )
    if effect is None:
        return None
    return effect.start(), _trimmed(folded, effect.start(), facts.sentence.clause_of(effect.start())[1])


def consequences(facts: Facts, draft: Draft, rivals: list[Draft]) -> list[Mention]:
    """The mentions of the consequence that belong to this draft; none to any but the one that is nearest to a choice."""
    found = None if draft.denied or draft is not _bearer(rivals) else consequence(facts)
    return [Mention("consequence", CONCEPT, *found, "consequence")] if found else []


_OF_DATA = frozenset({"Collect", "Use", "Share", "Sell", "Transfer", "Store", "Retain"})


def withheld(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """ "Without this data we cannot process your order" leaves the choice to the user, it denies no processing."""
    found = consequence(facts)
    if found is None:
        return drafts
    rest = [d for d in drafts if not (d.denied and d.practice in _OF_DATA and d.at >= found[0])]
    if rest or not facts.data_like():
        return rest
    return [
        Draft("OfferChoice", False, "Will", "", rules=("withheld",), trace=("says what follows if data is not given",))
    ]


def _trimmed(folded: str, start: int, end: int) -> int:
    while end > start + 1 and folded[end - 1] in " \t\n,;:.。":
        end -= 1
    return end


def _bearer(drafts: list[Draft]) -> Draft | None:
    """The statement that bears the consequence: a choice, else a collection, else the first that is affirmed."""
    affirmed = [d for d in drafts if not d.denied]
    for practice in ("OfferChoice", "Collect"):
        for draft in affirmed:
            if draft.practice == practice:
                return draft
    return affirmed[0] if affirmed else None
