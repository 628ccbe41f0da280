"""Verbs of passing on and keeping: sharing, selling, transferring, storing, retaining, deleting.

In: a `Frame` and the sentence's `Facts`. Out: the practice it states, or None.
"""

from __future__ import annotations

import re

from .facts import Facts
from .frames import Frame

_TO_US = re.compile(
    r"(?:\s+\w+){0,2}\s+(?:to us|to our servers?|with us|na naše? server\w*|nám)\b|(?:到|至|给)(?:我们|本公司)(?!的(?:合作|关联|服务商|供应))"
)


_WITH_US = {
    "en": re.compile(r"[^,;.]{0,70}?\b(?:to|with) us\b(?! and| or)"),
    "cs": re.compile(r"[^,;.]{0,40}?\bnám\b"),
}
_US_BEFORE = {
    "cs": re.compile(r"\bnám\b[^,;.]{0,30}$"),
    "zh": re.compile(r"(?:向|与|和|给|对)(?:我们|本公司|本网站|本平台|我方)(?!的)[^,;。]{0,10}$"),
}
_US_IN = re.compile(r"\bus$|\bnám\b|我们|本公司")


def giver(facts: Facts, frame: Frame) -> tuple[int, int] | None:
    """Where those are named who give data to the controller ("our partners may share your details with us")."""
    if frame.actor not in ("third", "") or frame.zone != "main" or frame.kind not in _GIVES:
        return None
    sentence = facts.sentence
    folded, language = sentence.reading.view.folded, sentence.reading.lexicon.language
    start, end = sentence.clause_of(frame.hit.start)
    behind, before = _WITH_US.get(language), _US_BEFORE.get(language)
    if not (
        _US_IN.search(folded, frame.hit.start, frame.hit.end)
        or (behind and behind.match(folded, frame.hit.end, end))
        or (before and before.search(folded, start, frame.hit.start))
    ):
        return None
    if not any(v.mention.facet == "dataCategory" and start <= v.mention.start < end for v in facts.values):
        return None
    if frame.actor == "third":
        return frame.actor_start, frame.actor_end
    named = [
        v.mention
        for v in facts.values
        if v.mention.facet in ("recipient", "source")
        and v.mention.start - sentence.start <= 8
        and v.mention.end <= frame.hit.start
    ]
    return (named[0].start, named[0].end) if named else None


_GIVES = frozenset({"share", "provide", "transfer", "give"})


def _entitled(facts: Facts, frame: Frame) -> bool:
    """ "You have the right to pass your data on to others": a right, no disclosure."""
    start, end = facts.sentence.clause_of(frame.hit.start)
    return any(f.kind == "right" and start <= f.hit.start < min(end, frame.hit.start) for f in facts.frames)


def state_share(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """Sharing and disclosing: Share, or Collect where it goes to the controller."""
    if frame.actor == "policy":
        return None
    if frame.actor == "you" and (not facts.receivers() or _entitled(facts, frame)):
        return None
    if frame.hit.form.text.startswith("přístup k") and facts.announces("GrantRight"):
        return None
    if frame.hit.form.text.startswith(("příjemc", "zpracovatel")) and any(
        f is not frame and f.zone == "main" for f in facts.frames
    ):
        return None
    folded = facts.sentence.reading.view.folded
    if folded.startswith(("公布", "发布", "公示"), frame.hit.start) and facts.topic("policy") and not frame.denied:
        return None if facts.named("dataCategory") else "Notify"  # a changed policy is published, no data
    before = folded[max(facts.sentence.start, frame.hit.start - 8) : frame.hit.start]
    if not weak and frame.actor != "we" and re.search(r"(?:与|向|和|给)(?:我们|本公司|本网站|本平台)$", before):
        return "Collect"
    if not weak and (_TO_US.match(facts.sentence.reading.view.folded, frame.hit.end) or giver(facts, frame)):
        return "Collect"
    if weak and not facts.announces("Share"):
        return None
    if facts.data_like() or facts.receivers() or facts.announces("Share") or facts.flatly_denied(frame):
        return "Share"
    return None


#: Data that changes hands with the business goes to the buyer, whoever that is.
_DEAL = re.compile(
    r"\bmerger|\bacqui(?:sition|red)|\breorgani[sz]ation|\bbankruptcy|\bsale of (?:assets|the company|all|our)|合并|收购|并购|重组|破产|fúz[ei]|akvizic|prodej(?:e|i)? (?:podniku|společnosti)"
)


#: What is not sent is not shared, whoever would get it.
_SENT = re.compile(
    r"传输|传送|发送|上传|外传|回传|transmit|send|sent|upload|(?:ne)?(?:přenáš|přenes|odesíl|odešl|posíl|pošl)"
)


def state_provide(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """Giving and sending: Share where a recipient takes it, Transfer where only a place does."""
    clause = facts.sentence.clause_of(frame.hit.start)
    near = [v for v in facts.receivers() if clause[0] <= v.mention.start < clause[1]]
    if frame.actor == "you":
        return None
    if not weak and giver(facts, frame):
        return "Collect"
    moves = re.match(
        r"传输|转移|移转|传送|transfer|transmit|export|přen",
        facts.sentence.reading.view.folded[frame.hit.start : frame.hit.end],
    )
    placed = any(v.mention.facet == "jurisdiction" and v.mention.start > frame.hit.start for v in facts.values)
    if (
        moves
        and not weak
        and not near
        and ((facts.announces("Transfer") and not facts.sentence.reading.words) or placed)
    ):
        return "Transfer"
    if _DEAL.search(facts.sentence.folded) and not weak and facts.data_like():
        return "Share"
    folded = facts.sentence.reading.view.folded
    unsent = frame.denied and not weak and _SENT.match(folded, frame.hit.start)
    if unsent and (facts.data_like() or facts.announces("Share") or facts.flatly_denied(frame)):
        return "Collect" if _TO_US.match(folded, frame.hit.end) else "Share"
    if near and not weak and (facts.data_like() or facts.announces("Share")):
        provider = near[0].mention
        by_them = frame.actor == "third" and provider.start < frame.hit.start
        return None if by_them else "Share"
    return None


#: "K údajům nemá přístup nikdo": a denial whose subject stands anywhere in a Czech sentence.
_NOBODY = re.compile(r"\bnikdo\b")


def state_access(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """Having access: Share by a third party, Collect by the controller, GrantRight by the user."""
    if weak:
        return None
    if frame.actor == "third" and facts.data_like():
        return "Share"
    if frame.actor == "we" and frame.denied and facts.data_like():
        return "Collect"
    if frame.denied and not frame.actor and _NOBODY.search(facts.sentence.folded) and facts.data_like():
        return "Share"
    if frame.actor == "you" and facts.data_like():
        after = facts.sentence.reading.view.folded[frame.hit.end : frame.hit.end + 40]
        own = re.match(
            r"[^,;。]{0,12}(?:信息|数据|个人|账号)|\s+(?:\w+\s+){0,3}(?:data|information|account)|\s+(?:ke?\s+)?(?:svým|svému|vašim|tvým|svých)",
            after,
        )
        return (
            "GrantRight"
            if facts.announces("GrantRight") or (own and frame.modality == "May" and frame.zone == "main")
            else None
        )
    return None


def state_sell(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """Selling, renting, trading: Sell."""
    if weak and not facts.announces("Sell"):
        return None
    return (
        "Sell"
        if frame.actor not in ("you", "policy") and (facts.data_like() or frame.denied or facts.announces("Sell"))
        else None
    )


def state_transfer(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """Crossing a border: Transfer."""
    if weak and not facts.announces("Transfer"):
        return None
    return "Transfer"


def state_store(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """Keeping somewhere: Store, or Retain where the sentence says for how long."""
    if frame.actor == "policy" or (frame.actor == "you" and not facts.named("jurisdiction", "storageMedium")):
        return None
    if weak and not (facts.announces("Store") or facts.announces("Retain")):
        return None
    said = facts.data_like() or facts.announces("Store") or facts.colon or _yours(facts, frame)
    said = said or facts.flatly_denied(frame)
    if not said and not facts.named("jurisdiction", "storageMedium") and not facts.receivers():
        return None
    lasting = any(
        v.mention.facet == "retention" and v.mention.concept != "SessionDuration" and v.zone != "exception"
        for v in facts.values
    )
    return "Retain" if facts.periods or lasting else "Store"


def state_retain(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """Keeping for a time: Retain."""
    if frame.actor in ("policy",) or (frame.actor == "you" and not facts.periods):
        return None
    after = facts.sentence.reading.view.folded[frame.hit.end : facts.sentence.end]
    if (re.match(r"[^。;]{0,80}权利", after) and not facts.periods) or re.match(r"\s*the right", after):
        return None
    if weak and not facts.announces("Retain"):
        return None
    if (
        facts.data_like()
        or facts.periods
        or facts.named("retention")
        or facts.announces("Retain")
        or _yours(facts, frame)
    ):
        return "Retain"
    return None


def _yours(facts: Facts, frame: Frame) -> bool:
    """Whether the verb's object is the user's ("we store your case file")."""
    folded = facts.sentence.reading.view.folded
    if _YOURS.match(folded, frame.hit.end):
        return True
    begin = facts.sentence.clause_of(frame.hit.start)[0]
    return bool(_YOURS_BEFORE.match(folded, begin)) and frame.hit.start - begin < 60


_YOURS = re.compile(
    r"\s+(?:all |any |some |of )*(?:your|vaše|vaši|vašich|váš|tvé|tvá|tvoje|tvých|tvůj|tvou)\b|(?:了)?您的"
)


_YOURS_BEFORE = re.compile(r"\s*(?:your|vaše|vaši|váš|tvé|tvá|tvoje|tvůj|tvou)\b|\s*您的")


def state_delete(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """Deleting: Retain by the controller, GrantRight by the user or at a request."""
    if weak:
        return None
    if frame.actor == "you":
        return "GrantRight"
    if frame.denied and not facts.periods:
        return "GrantRight" if frame.actor == "we" else None
    if facts.announces("GrantRight") and not facts.periods:
        return None
    asked = facts.sentence.reading.view.folded[max(facts.sentence.start, frame.hit.start - 20) : frame.hit.start]
    if re.search(r"(?:要求|请求|申请)[^,;。]{0,16}$", asked):
        return "GrantRight"
    if facts.data_like() or facts.periods or facts.announces("Retain"):
        return "Retain"
    return None
