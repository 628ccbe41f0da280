"""Verbs of duties, rights and roles: protecting, notifying, choosing, contacting, scope, control.

In: a `Frame` and the sentence's `Facts`. Out: the practice it states, or None.
"""

from __future__ import annotations

import re

from .facts import Facts
from .frames import Frame


def state_channel(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """A mere address or number is a contact where the heading says so, or where it is all the line holds."""
    if weak or _turns_to_user(facts):
        return None
    if facts.announces("OfferContact"):
        return "OfferContact"
    raw = facts.sentence.reading.view.text[facts.sentence.start : facts.sentence.end]
    others = any(f.zone == "main" and f.kind not in ("channel", "contact") for f in facts.frames)
    return "OfferContact" if not others and re.search(r"\S@\S|\d{3}[\s-]?\d{3}", raw) else None


#: "We cannot guarantee absolute security" needs no word for data.
_CERTAIN = re.compile(
    r"guarantee|100 ?%|absolut|perfectly|completely secure|impenetrable|绝对|百分之百|百分百|万无一失|zaruč|stoprocentn|zcela bezpečn"
)


#: How something else is done, not a measure taken ("an anonymous request is sent").
_ADJECTIVE = re.compile(r"anonym\w*|hashed|confidential|secur\w+|safe|pseudonym\w+|bezpečn\w+|匿名|安全")


def state_protect(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """Protecting: Protect."""
    if frame.actor == "policy":
        return None
    if weak and not facts.announces("Protect"):
        return None
    word = facts.sentence.reading.view.folded[frame.hit.start : frame.hit.end]
    unsure = frame.denied and _CERTAIN.search(facts.sentence.folded)
    if (
        not unsure
        and _ADJECTIVE.fullmatch(word)
        and any(
            f.zone == "main"
            and f.kind in ("collect", "record", "inbound", "use", "serve", "store", "retain", "share", "provide")
            for f in facts.frames
        )
    ):
        return None
    if facts.named("measure") or facts.announces("Protect"):
        return "Protect"
    if unsure:
        return "Protect"
    return "Protect" if facts.data_like() and not weak and frame.actor != "you" else None


_PUBLISHED = re.compile(r"(?:ne)?(?:zveřej|uveřej)")


def state_notify(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """Telling about a change or a breach: Notify."""
    if frame.actor == "you" and not facts.announces("Notify"):
        return None
    subject = (
        facts.topic("policy")
        or facts.topic("breach")
        or facts.announces("Notify")
        or any(f.kind == "change" for f in facts.frames)
    )
    if weak and not facts.announces("Notify"):
        return None
    published = _PUBLISHED.match(facts.sentence.reading.view.folded, frame.hit.start)
    if published and not facts.topic("policy") and facts.named("dataCategory"):  # "fotografie zveřejníme na webu"
        return "Share"
    return "Notify" if subject else None


def state_change(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """Changing the policy: Notify."""
    if weak and not facts.announces("Notify"):
        return None
    if frame.actor == "you":
        told = facts.named("right") or (facts.announces("GrantRight") and not facts.topic("policy"))
        return "GrantRight" if told else None
    return "Notify" if facts.topic("policy") or facts.announces("Notify") else None


def state_describe(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """What the policy explains: LimitScope."""
    return "LimitScope" if not weak and (frame.actor == "policy" or facts.topic("policy")) else None


#: A service for adults: whom the policy is for, no rule on minors.
ADULTS = re.compile(r"面向(?:的是)?(?:已|年满)?(?:成年(?!以下)|成人|\d+ ?周?岁(?:及)?以上)")


def state_apply(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """What the policy applies to: LimitScope."""
    if weak and not facts.announces("LimitScope"):
        return None
    return (
        "LimitScope"
        if facts.topic("policy")
        or facts.topic("foreign_site")
        or facts.topic("child")
        or ADULTS.search(facts.sentence.folded)
        or facts.announces("LimitScope")
        or (
            facts.context.previous is not None
            and any(d.practice == "LimitScope" for d in facts.context.previous.drafts)
        )
        or frame.actor == "third"
        else None
    )


def state_control(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """Who is controller or processor: AssignRole."""
    if not facts.announces("AssignRole") and _only_named(facts, frame):
        return None
    return "AssignRole" if not weak or facts.announces("AssignRole") else None


#: "We may ask for a copy of your ID": who asks is not who has a right.
_WE_ASK = re.compile(r"(?:ask for|request|obtain|receive) a? ?(?:copy|correction|information)")
#: 以下简称 gives a name; it says who is responsible only where an organisation, or who made or runs it, stands by.
_ABBREVIATES = re.compile(r"以?下?(?:简称|称)")
_RESPONSIBLE = re.compile(
    r"公司|集团|协会|学会|基金会|大学|学校|学院|中心|研究|事务所|工作室|团队|医院|银行|机构|部门|商行|企业|运营|经营|开发|提供|拥有|所有"
)


def _only_named(facts: Facts, frame: Frame) -> bool:
    folded = facts.sentence.reading.view.folded
    return bool(_ABBREVIATES.fullmatch(folded, frame.hit.start, frame.hit.end)) and not _RESPONSIBLE.search(
        folded, facts.sentence.start, facts.sentence.end
    )


def state_right(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """What the user may demand: GrantRight."""
    if weak and not facts.announces("GrantRight"):
        return None
    word = facts.sentence.reading.view.folded[frame.hit.start : frame.hit.end]
    if frame.actor == "third" or (frame.actor == "we" and _WE_ASK.match(word)):
        return None
    if frame.actor == "we" and not facts.named("right"):
        return None
    if (
        frame.actor == "you"
        or facts.announces("GrantRight")
        or (facts.named("right") and facts.announces("OfferChoice"))
    ):
        return "GrantRight"
    return "GrantRight" if facts.named("right") and frame.actor != "we" else None


_SIGNAL = re.compile(r"do[ -]not[ -]track|global privacy control|\bdnt\b|请勿追踪|勿追踪")


_UNWILLING = re.compile(
    r"\bif you (?:do not|don't|choose not|refuse|decline|fail)|\bwithout (?:this|that|your|such) (?:information|data)"
    r"|如(?:果)?您(?:拒绝|不提供|不同意|选择不|不授权)|pokud (?:\w+ ){0,3}neposkytn|pokud odmítn"
)


def state_choose(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """What the user may choose, and what refusing costs: OfferChoice."""
    if weak and not facts.announces("OfferChoice"):
        return None
    if frame.actor in ("policy", "third"):
        return None
    folded = facts.sentence.folded
    if _SIGNAL.search(folded) or _UNWILLING.search(folded):
        return "OfferChoice"
    if frame.actor == "you" or facts.announces("OfferChoice") or facts.named("right"):
        return "OfferChoice"
    return None


def state_consent(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """Consent by use: OfferChoice."""
    return "OfferChoice" if not weak else None


#: Who turns to the user offers no contact ("we will inform you by e-mail").
_TELLS = re.compile(
    r"\bwe (?:will|shall|may|can) (?:also )?(?:inform|notify|tell|alert|advise|email|e-mail) you\b"
    r"|\b(?:vás|vám) (?:budeme|můžeme|o \w+ budeme)? ?(?:informovat|informujeme|upozorníme|vyrozumíme|oznámíme)\b|\bvás budeme informovat\b"
    r"|我们(?:会|将|可能会)?[^,;。]{0,10}(?:通知|告知)(?:您|你)"
)
_REACH_US = re.compile(
    r"\b(?:contact|write to|reach|call|e-?mail) (?:us|me|our)\b|kontaktujte|obrat|obracej|联系我们|与我们联系|联络我们"
)


def state_contact(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """Whom to ask: OfferContact."""
    if weak and not facts.announces("OfferContact"):
        return None
    if _ANSWERED.search(facts.sentence.folded) and not _WRITE.search(facts.sentence.folded):
        return "Notify"
    return None if _turns_to_user(facts) else "OfferContact"


_WRITE = re.compile(r"@|请|致电|[写来寄]信|来电|邮件至|联系我们|与我们联系|联系客服|联系方式|\d{7}")
#: When requests are answered is no address to turn to (Chinese text).
_ANSWERED = re.compile(
    r"[\d一二三四五六七八九十]+\s*(?:个|個)?(?:工作日|自然日|日|天|小时)之?内[^,;。]{0,12}(?:答复|回复|回应|反馈|处理|响应)"
)


def _turns_to_user(facts: Facts) -> bool:
    folded = facts.sentence.folded
    return bool(_TELLS.search(folded)) and not _REACH_US.search(folded)


def state_vendor(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """Having somebody else do it: Share, or Use where only a purpose is named."""
    if weak or "vendors" in facts.off or frame.actor in ("you", "policy"):
        return None
    if frame.denied and _INSTRUMENT.match(facts.sentence.reading.view.folded, frame.hit.end):
        return "Use"
    return "Share" if facts.data_like() or facts.receivers() or not facts.named("purpose") else "Use"


#: What is not used of others' to measure, follow or advertise ("不使用第三方跟踪 Cookie"): nothing is shared with it either way.
_INSTRUMENT = re.compile(
    r"(?:的|任何|或|及|、|\s)*(?:数据|用户|行为|流量)?(?:分析|统计|追踪|跟踪|广告|监测|cookie|像素|指纹)"
)
