"""Verbs of collecting and using.

In: a `Frame` and the sentence's `Facts`. Out: the practice it states, or None.
"""

from __future__ import annotations

import re

from .facts import Facts
from .frames import Frame
from .keeping import giver


def state_collect(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """Collecting, receiving, recording, tracking: Collect, or Share where somebody else receives."""
    if (
        frame.kind == "receive"
        and (frame.actor == "third" or _foreign_name(facts, frame))
        and not _from_there(facts, frame)
    ):
        return "Share"
    if frame.actor == "third" and frame.denied:
        return "Share"
    if frame.kind == "receive" and frame.actor == "you":
        return None
    if frame.actor == "policy" or (frame.actor == "you" and (facts.named("right") or facts.announces("GrantRight"))):
        return None
    if only_named(facts, frame):
        return None
    if facts.colon and not weak:
        return "Collect"
    if (
        weak
        and not facts.announces("Collect")
        and not any(v.mention.facet == "dataCategory" and v.mention.concept != "PersonalData" for v in facts.values)
    ):
        return None
    if (
        not facts.data_like()
        and not facts.announces("Collect")
        and not facts.flatly_denied(frame)
        and not (frame.kind == "track" and (frame.denied or facts.named("dataSubject")))
    ):
        return None
    return "Collect"


#: "我们收集您的信息用于以下目的:" tells what the data serve for; that they are collected is said elsewhere.
_PURPOSES = re.compile(
    r"[^,;。:]{0,4}(?:以下|下列|如下|下述)[^,;。:]{0,10}(?:目的|用途|方面|场景|情形|业务)|[^,;。:]{0,2}:?\s*$"
)


def only_named(facts: Facts, frame: Frame) -> bool:
    """Whether a verb of collecting is named beside what the sentence says, and states nothing itself."""
    return _purposes_follow(facts, frame) or _tool_named(facts, frame)


def _purposes_follow(facts: Facts, frame: Frame) -> bool:
    """Whether purposes are announced behind this verb (Chinese text)."""
    return not facts.sentence.reading.words and any(
        f.kind == "serve" and f.hit.start > frame.hit.start and announces_purposes(facts, f) for f in facts.frames
    )


def announces_purposes(facts: Facts, frame: Frame) -> bool:
    """Whether the purposes that a verb of serving speaks of stand in the list behind it."""
    folded = facts.sentence.reading.view.folded
    return facts.colon and bool(_PURPOSES.match(folded, frame.hit.end, facts.sentence.end))


#: 追踪 as what a thing is for, or the last word of what somebody does not do with it.
_TRACKER = re.compile(
    r"(?:\s*(?:类|性)?(?:的)?(?:服务|脚本|代码|sdk|cookie|像素|标签|软件|插件|系统|程序|组件)|$|[,;。、:)])"
)


def _tool_named(facts: Facts, frame: Frame) -> bool:
    """ "不使用任何追踪服务": a tool that is used, or not, is named by what it does; using it is what is said."""
    sentence = facts.sentence
    if frame.kind != "track" or sentence.reading.words:
        return False
    begin = sentence.clause_of(frame.hit.start)[0]
    return bool(_TRACKER.match(sentence.reading.view.folded, frame.hit.end, sentence.end)) and any(
        f.kind in ("use", "vendor") and begin <= f.hit.start < frame.hit.start for f in facts.frames
    )


#: 我们也可能从评论网站收到…: who is named there gives, and does not receive.
_FROM = re.compile(r"(?:从|自|由|通过)(?!而|此|于)[^,;。]{2,60}$")


def _from_there(facts: Facts, frame: Frame) -> bool:
    """Whether the data comes from the third party named before the verb, to the controller who is named before it."""
    sentence = facts.sentence
    if sentence.reading.words:
        return False
    start, _ = sentence.clause_of(frame.hit.start)
    found = _FROM.search(sentence.reading.view.folded, start, frame.hit.start)
    ours = [h for h in sentence.reading.hits("subjects", start, frame.hit.start) if h.id == "we"]
    return found is not None and any(h.start < found.start() for h in ours)


_NAME_BEFORE = re.compile(r"(?<![A-Za-z])(?P<name>[A-Z][A-Za-z0-9.]{2,})\s*(?:便|也|将|將|会|會|可能|亦|就|可|都)*\s*$")


def _foreign_name(facts: Facts, frame: Frame) -> bool:
    """A proper name that is not the controller's right before the verb (Chinese text): somebody else receives."""
    sentence = facts.sentence
    if sentence.reading.words or frame.actor in ("you", "policy"):
        return False
    found = _NAME_BEFORE.search(sentence.reading.view.text, sentence.start, frame.hit.start)
    if found is None:
        return False
    return not any(
        h.id == "we"
        for h in sentence.reading.hits("subjects", sentence.start, frame.hit.start)
        if h.start <= found.start("name") < h.end
    )


_TOOL = re.compile(
    r"\s*(?:第三方|the (?:service |tool |plugin |provider |company |service provider |services of |software )?|(?:videos|content|maps|plugins|fonts) (?:from|of) |služb[uyě] |nástroj[e]? )?\[?\s*(?P<name>[A-Z][A-Za-z0-9.]{3,})"
)


_NO_VENDOR = frozenset(
    {
        "cookie",
        "cookies",
        "wifi",
        "https",
        "gdpr",
        "javascript",
        "html",
        "ssl",
        "tls",
        "session",
        "persistent",
        "personal",
        "essential",
        "technical",
        "analytical",
        "tracking",
        "these",
        "your",
        "such",
        "third",
        "first",
        "necessary",
        "web",
        "local",
        "flash",
        "our",
        "this",
        "that",
    }
)


def _tool(facts: Facts, frame: Frame) -> bool:
    """ "We use Stripe to …": a named vendor's tool is used, so the vendor gets the data."""
    reading = facts.sentence.reading
    if any(0 <= p.start - frame.hit.end <= 12 for p in reading.hits("parties", frame.hit.end, facts.sentence.end)):
        return True
    found = _TOOL.match(reading.view.text, frame.hit.end, facts.sentence.end)
    if found is None or found["name"].lower() in _NO_VENDOR:
        return False
    at = found.start("name")
    return not any(
        h.start <= at < h.end
        for layer in ("data-categories", "sources", "subjects")
        for h in reading.hits(layer, at - 2, facts.sentence.end)
    )


#: 我们会上传诊断数据至某云: to others, unlike 上传至我们的服务器.
_UPLOADED_TO = re.compile(r"[^,;。]{0,44}?[至到](?!(?:我们|本))")


def state_give(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """What the user gives: Collect."""
    uploads = frame.actor in ("we", "") and facts.sentence.reading.view.folded.startswith(
        ("上传", "odesl"), frame.hit.start
    )
    if uploads and not weak and (facts.data_like() or frame.denied):
        to = _UPLOADED_TO.match(facts.sentence.reading.view.folded, frame.hit.end)
        others = to and any(
            v.mention.start >= to.end() - 1 and v.mention.start <= to.end() + 3 for v in facts.receivers()
        )
        return "Share" if others else "Collect"
    if frame.actor in ("we", "policy") or (frame.actor == "third" and not giver(facts, frame)):
        return None
    if frame.denied and _NEED_NOT.search(facts.sentence.reading.view.folded, facts.sentence.start, frame.hit.start):
        return None
    if weak and not facts.announces("Collect"):
        return None
    return "Collect" if facts.named("dataCategory") else None


#: What need not be given is left to the user, and is collected where it is given.
_NEED_NOT = re.compile(r"\b(?:not|n['’]t) (?:have|need|required|obliged|obligated|necessary)\b(?: to)?[^,;.]*$")


def state_ask(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """What the user is asked for: Collect; nothing where the user asks."""
    return "Collect" if facts.data_like() and frame.actor != "you" else None


_AUTOMATED = re.compile(
    r"automated (?:individual )?(?:decision|processing)|profiling|自动化决策|自动化处理|用户画像|automatizovan|profilován"
)


def state_use(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """Using: Use of data, Share where a vendor is what is used, nothing where a service is."""
    if frame.actor in ("you", "policy") or _usable(facts, frame):
        return None
    if (
        not frame.denied
        and _vendor_object(facts, frame)
        and "vendors" not in facts.off
        and not facts.named("dataCategory")
    ):
        return "Use" if facts.named("purpose") else "Share"
    if weak and not facts.announces("Use"):
        return None
    if _instrument(facts, frame) or _of_service(facts, frame):
        return None
    if frame.hit.id == "use" and "vendors" not in facts.off and not frame.denied and _tool(facts, frame):
        return "Use" if facts.named("purpose") else "Share"
    if facts.data_like() or facts.named("purpose") or (frame.denied and facts.named("recipient", "source")):
        return "Use"
    if _AUTOMATED.search(facts.sentence.folded):
        return "Use"
    return None


def _usable(facts: Facts, frame: Frame) -> bool:
    """ "无需注册即可使用": the user uses it, whatever is not needed for that."""
    folded = facts.sentence.reading.view.folded
    return folded.startswith("使用", frame.hit.start) and folded.endswith(
        ("即可", "便可", "就可以", "就能", "也可", "也能", "均可", "即可正常", "可直接"),
        facts.sentence.start,
        frame.hit.start,
    )


def _instrument(facts: Facts, frame: Frame) -> bool:
    """ "use cookies to collect": the tool of a collection is no use of data."""
    if frame.hit.id != "use":
        return False
    folded = facts.sentence.reading.view.folded
    for other in facts.frames:
        if other.kind in ("collect", "record", "track") and 0 < other.hit.start - frame.hit.end < (
            70 if facts.sentence.reading.words else 60
        ):
            between = folded[frame.hit.end : other.hit.start]
            return len(between.strip()) > 3 and not re.fullmatch(r"[\s,]*(?:and|or|并|和|及|、|或)?[\s,]*", between)
    return False


_SERVICE = re.compile(r"[^,;。信数]{0,14}?(?:网站|服务|平台|产品|功能|软件|app|应用|系统)(?!.{0,6}(?:信息|数据))")


#: A service that the controller uses, not one that the user does.
_OBSERVES = re.compile(r"分析|统计|追踪|跟踪|广告|监测|推送|第三方")


def _of_service(facts: Facts, frame: Frame) -> bool:
    """Using a site or a service is not using data."""
    if facts.sentence.reading.words:
        return False
    end = facts.sentence.clause_of(frame.hit.start)[1]
    found = _SERVICE.match(facts.sentence.reading.view.folded, frame.hit.end, end)
    if found is not None and _OBSERVES.search(found.group()):
        return False
    return found is not None and not any(
        v.mention.facet == "dataCategory" and not v.weak and frame.hit.end <= v.mention.start < found.end()
        for v in facts.values
    )


def _vendor_object(facts: Facts, frame: Frame) -> bool:
    end = facts.sentence.clause_of(frame.hit.start)[1]
    return any(frame.hit.end <= v.mention.start < min(end, frame.hit.end + 50) for v in facts.receivers())


#: Handling a request is no processing of data.
_REQUEST = re.compile(
    r"(?:您的?|用户的?|此类|该)?(?:请求|申请|订单|付款|支付|投诉|问题|询问)|\s+(?:your |any |the )?(?:request|application|complaint|order|payment)"
)


def state_process(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """Processing and analysing: Use, or Collect under a heading that announces it."""
    if frame.actor in ("you", "policy"):
        return None
    if weak and not (facts.announces("Use") or facts.announces("Collect")):
        return None
    if _REQUEST.match(facts.sentence.reading.view.folded, frame.hit.end) or (
        not facts.data_like() and not facts.named("purpose", "legalBasis", "applicableLaw")
    ):
        return None
    own = facts.context.announced[:1]
    if own and own[0] == "Collect" and facts.colon:
        return "Collect"
    specific = any(v.mention.facet == "dataCategory" and v.mention.concept != "PersonalData" for v in facts.values)
    if own and own[0] == "Collect" and specific and not facts.named("purpose"):
        return "Collect"
    return "Use"


def state_serve(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """What data serves for: Use."""
    if weak:
        return None
    starts = any(h.start <= facts.sentence.start + 6 for h in facts.sentence.hits("anaphora"))
    # 您的照片仅用于产生缩图: a use, though no concept names what for
    plain = frame.hit.end - frame.hit.start == 2 and not facts.sentence.reading.words and facts.named("dataCategory")
    if announces_purposes(facts, frame) and (facts.data_like() or starts):
        return "Use"
    plain = plain or (frame.denied and facts.data_like())  # "no cookies are used"
    return "Use" if facts.named("purpose", "jurisdiction") or starts or plain else None
