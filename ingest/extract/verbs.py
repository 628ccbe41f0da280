"""The practice that a verb states.

In: a `Frame` and the sentence's `Facts`. Out: the practice, or nothing where the words around the verb speak of
something else. `of_frames` gives the drafts of all frames in some zones, without those mentioned only beside others.
"""

from __future__ import annotations

import re

from .context import Draft
from .facts import Facts
from .frames import Frame


def of_frames(facts: Facts, zones: tuple[str, ...], *, weak: bool = False) -> list[Draft]:
    out: list[Draft] = []
    if "frames" in facts.off:
        return out
    for frame in facts.frames:
        if frame.zone not in zones or _within_scope(facts, frame):
            continue
        practice = _practice(facts, frame, weak=weak)
        if practice is None:
            continue
        actor = frame.actor
        denied = frame.denied
        if practice == "Share" and frame.kind in ("receive", "access") and actor == "third":
            actor = "we"
        if practice == "Transfer":  # its cue may be a place ("to third countries"): the verb beside it says whether
            clause = facts.sentence.clause_of(frame.hit.start)
            denied = denied or any(
                f.denied for f in facts.frames if f.zone == frame.zone and clause[0] <= f.hit.start < clause[1]
            )
        out.append(
            Draft(
                practice,
                denied,
                frame.modality,
                actor,
                frame.actor_start,
                frame.actor_end,
                (f"frame:{frame.kind}",),
                (
                    f"{frame.kind}: “{_words(facts, frame)}”"
                    + (", denied" if denied else "")
                    + (f", actor {actor}" if actor else ""),
                ),
                at=frame.hit.start,
            )
        )
    return _pruned(facts, out)


def _within_scope(facts: Facts, frame: Frame) -> bool:
    """ "this policy does not apply to what others collect": the verb belongs to what the policy applies to."""
    folded = facts.sentence.reading.view.folded
    return not facts.sentence.reading.words and any(
        o.kind == "apply"
        and o.actor == "policy"
        and o.hit.end <= frame.hit.start
        and not re.search(r"[;。]|但|,(?:我们|您)", folded[o.hit.end : frame.hit.start])
        for o in facts.frames
    )


def _words(facts: Facts, frame: Frame) -> str:
    return facts.sentence.reading.view.text[frame.hit.start : frame.hit.end]


def _practice(facts: Facts, frame: Frame, *, weak: bool) -> str | None:
    rule = _RULES.get(frame.kind)
    return rule(facts, frame, weak) if rule else None


def _collect(facts: Facts, frame: Frame, weak: bool) -> str | None:
    if frame.kind == "receive" and (frame.actor == "third" or _foreign_name(facts, frame)):
        return "Share"
    if frame.actor == "third" and frame.denied:
        return "Share"
    if frame.kind == "receive" and frame.actor == "you":
        return None
    if frame.actor == "policy" or (frame.actor == "you" and (facts.named("right") or facts.announces("GrantRight"))):
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
        and not (frame.kind == "track" and (frame.denied or facts.named("dataSubject")))
    ):
        return None
    return "Collect"


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


def _give(facts: Facts, frame: Frame, weak: bool) -> str | None:
    uploads = frame.actor in ("we", "") and facts.sentence.reading.view.folded.startswith(
        ("上传", "odesl"), frame.hit.start
    )
    if uploads and not weak and facts.data_like():
        return "Collect"
    if frame.actor in ("we", "third", "policy"):
        return None
    if weak and not facts.announces("Collect"):
        return None
    return "Collect" if facts.named("dataCategory") else None


def _ask(facts: Facts, frame: Frame, weak: bool) -> str | None:
    return "Collect" if facts.data_like() else None


_AUTOMATED = re.compile(
    r"automated (?:individual )?(?:decision|processing)|profiling|自动化决策|自动化处理|用户画像|automatizovan|profilován"
)


def _use(facts: Facts, frame: Frame, weak: bool) -> str | None:
    if frame.actor in ("you", "policy"):
        return None
    if (
        not frame.denied
        and _vendor_object(facts, frame)
        and "vendors" not in facts.off
        and not facts.named("dataCategory")
    ):
        return "Share"
    if weak and not facts.announces("Use"):
        return None
    if _instrument(facts, frame) or _of_service(facts, frame):
        return None
    if frame.hit.id == "use" and "vendors" not in facts.off and not frame.denied and _tool(facts, frame):
        return "Share"
    if facts.data_like() or facts.named("purpose") or (frame.denied and facts.named("recipient", "source")):
        return "Use"
    if _AUTOMATED.search(facts.sentence.folded):
        return "Use"
    return None


_AND = re.compile(r"\band\b|\bor\b|\ba\b|\bnebo\b|并|和|及|、|或|与|/")


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


def _of_service(facts: Facts, frame: Frame) -> bool:
    """Using a site or a service is not using data."""
    if facts.sentence.reading.words:
        return False
    end = facts.sentence.clause_of(frame.hit.start)[1]
    return bool(_SERVICE.match(facts.sentence.reading.view.folded, frame.hit.end, end))


def _vendor_object(facts: Facts, frame: Frame) -> bool:
    end = facts.sentence.clause_of(frame.hit.start)[1]
    return any(frame.hit.end <= v.mention.start < min(end, frame.hit.end + 50) for v in facts.receivers())


#: Handling a request is no processing of data.
_REQUEST = re.compile(
    r"(?:您的?|用户的?|此类|该)?(?:请求|申请|订单|付款|支付|投诉|问题|询问)|\s+(?:your |any |the )?(?:request|application|complaint|order|payment)"
)


def _process(facts: Facts, frame: Frame, weak: bool) -> str | None:
    if frame.actor in ("you", "policy"):
        return None
    if weak and not (facts.announces("Use") or facts.announces("Collect")):
        return None
    if (
        _REQUEST.match(facts.sentence.reading.view.folded, frame.hit.end)
        or not facts.data_like()
        and not facts.named("purpose", "legalBasis")
    ):
        return None
    own = facts.context.announced[:1]
    if own and own[0] == "Collect" and facts.colon:
        return "Collect"
    specific = any(v.mention.facet == "dataCategory" and v.mention.concept != "PersonalData" for v in facts.values)
    if own and own[0] == "Collect" and specific and not facts.named("purpose"):
        return "Collect"
    return "Use"


def _serve(facts: Facts, frame: Frame, weak: bool) -> str | None:
    if weak:
        return None
    starts = any(h.start <= facts.sentence.start + 6 for h in facts.sentence.hits("anaphora"))
    return "Use" if facts.named("purpose", "jurisdiction") or starts else None


def _channel(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """A mere address or number is a contact where the heading says so, or where it is all the line holds."""
    if weak:
        return None
    if facts.announces("OfferContact"):
        return "OfferContact"
    raw = facts.sentence.reading.view.text[facts.sentence.start : facts.sentence.end]
    others = any(f.zone == "main" and f.kind not in ("channel", "contact") for f in facts.frames)
    return "OfferContact" if not others and re.search(r"\S@\S|\d{3}[\s-]?\d{3}", raw) else None


_TO_US = re.compile(
    r"(?:\s+\w+){0,2}\s+(?:to us|to our servers?|with us|na naše? server\w*|nám)\b|(?:到|至|给)(?:我们|本公司)(?!的(?:合作|关联|服务商|供应))"
)


def _share(facts: Facts, frame: Frame, weak: bool) -> str | None:
    if frame.actor == "policy":
        return None
    if frame.actor == "you" and not facts.receivers():
        return None
    if frame.hit.form.text.startswith(("příjemc", "zpracovatel")) and any(
        f is not frame and f.zone == "main" for f in facts.frames
    ):
        return None
    before = facts.sentence.reading.view.folded[max(facts.sentence.start, frame.hit.start - 8) : frame.hit.start]
    if not weak and frame.actor != "we" and re.search(r"(?:与|向|和|给)(?:我们|本公司|本网站|本平台)$", before):
        return "Collect"
    if not weak and _TO_US.match(facts.sentence.reading.view.folded, frame.hit.end):
        return "Collect"
    if weak and not facts.announces("Share"):
        return None
    if facts.data_like() or facts.receivers() or facts.announces("Share"):
        return "Share"
    return None


def _provide(facts: Facts, frame: Frame, weak: bool) -> str | None:
    clause = facts.sentence.clause_of(frame.hit.start)
    near = [v for v in facts.receivers() if clause[0] <= v.mention.start < clause[1]]
    if frame.actor == "you":
        return None
    moves = re.match(
        r"传输|转移|移转|传送|transfer|transmit|export|přen",
        facts.sentence.reading.view.folded[frame.hit.start : frame.hit.end],
    )
    placed = any(v.mention.facet == "jurisdiction" and v.mention.start > frame.hit.start for v in facts.values)
    if moves and not weak and not near and (facts.announces("Transfer") and not facts.sentence.reading.words or placed):
        return "Transfer"
    if near and not weak and (facts.data_like() or facts.announces("Share")):
        provider = near[0].mention
        by_them = frame.actor == "third" and provider.start < frame.hit.start
        return None if by_them else "Share"
    return None


def _access(facts: Facts, frame: Frame, weak: bool) -> str | None:
    if weak:
        return None
    if frame.actor == "third" and facts.data_like():
        return "Share"
    if frame.actor == "we" and frame.denied and facts.data_like():
        return "Collect"
    if frame.actor == "you" and facts.data_like():
        after = facts.sentence.reading.view.folded[frame.hit.end : frame.hit.end + 40]
        own = re.match(
            r"[^,;。]{0,12}(?:信息|数据|个人|账号)|\s+(?:\w+\s+){0,3}(?:data|information|account)|\s+(?:ke?\s+)?(?:svým|svému|vašim|svých)",
            after,
        )
        return (
            "GrantRight"
            if facts.announces("GrantRight") or (own and frame.modality == "May" and frame.zone == "main")
            else None
        )
    return None


def _sell(facts: Facts, frame: Frame, weak: bool) -> str | None:
    if weak and not facts.announces("Sell"):
        return None
    return "Sell" if frame.actor not in ("you", "policy") and (facts.data_like() or facts.announces("Sell")) else None


def _transfer(facts: Facts, frame: Frame, weak: bool) -> str | None:
    if weak and not facts.announces("Transfer"):
        return None
    return "Transfer"


def _store(facts: Facts, frame: Frame, weak: bool) -> str | None:
    if frame.actor == "policy" or (frame.actor == "you" and not facts.named("jurisdiction", "storageMedium")):
        return None
    if weak and not (facts.announces("Store") or facts.announces("Retain")):
        return None
    if not facts.data_like() and not facts.announces("Store") and not facts.colon and not _yours(facts, frame):
        if not facts.named("jurisdiction", "storageMedium") and not facts.receivers():
            return None
    lasting = any(
        v.mention.facet == "retention" and v.mention.concept != "SessionDuration" and v.zone != "exception"
        for v in facts.values
    )
    return "Retain" if facts.periods or lasting else "Store"


def _retain(facts: Facts, frame: Frame, weak: bool) -> str | None:
    if frame.actor in ("policy",) or (frame.actor == "you" and not facts.periods):
        return None
    after = facts.sentence.reading.view.folded[frame.hit.end : facts.sentence.end]
    if re.match(r"[^。;]{0,80}权利", after) and not facts.periods or re.match(r"\s*the right", after):
        return None
    if weak and not facts.announces("Retain"):
        return None
    if facts.data_like() or facts.periods or facts.named("retention") or facts.announces("Retain") or _yours(facts, frame):
        return "Retain"
    return None


def _yours(facts: Facts, frame: Frame) -> bool:
    """Whether the verb's object is the user's ("we store your case file")."""
    folded = facts.sentence.reading.view.folded
    if _YOURS.match(folded, frame.hit.end):
        return True
    begin = facts.sentence.clause_of(frame.hit.start)[0]
    return bool(_YOURS_BEFORE.match(folded, begin)) and frame.hit.start - begin < 60


_YOURS = re.compile(r"\s+(?:all |any |some |of )*(?:your|vaše|vaši|vašich|váš)\b|(?:了)?您的")
_YOURS_BEFORE = re.compile(r"\s*(?:your|vaše|vaši|váš)\b|\s*您的")


def _delete(facts: Facts, frame: Frame, weak: bool) -> str | None:
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


#: "We cannot guarantee absolute security" needs no word for data.
_CERTAIN = re.compile(
    r"guarantee|100 ?%|absolut|perfectly|completely secure|impenetrable|绝对|百分之百|百分百|万无一失|zaruč|stoprocentn|zcela bezpečn"
)


def _protect(facts: Facts, frame: Frame, weak: bool) -> str | None:
    if frame.actor == "policy":
        return None
    if weak and not facts.announces("Protect"):
        return None
    if facts.named("measure") or facts.announces("Protect"):
        return "Protect"
    if frame.denied and _CERTAIN.search(facts.sentence.folded):
        return "Protect"
    return "Protect" if facts.data_like() and not weak and frame.actor != "you" else None


def _notify(facts: Facts, frame: Frame, weak: bool) -> str | None:
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
    return "Notify" if subject else None


def _change(facts: Facts, frame: Frame, weak: bool) -> str | None:
    if weak and not facts.announces("Notify"):
        return None
    if frame.actor == "you":
        return "GrantRight" if facts.named("right") or facts.announces("GrantRight") else None
    return "Notify" if facts.topic("policy") or facts.announces("Notify") else None


def _describe(facts: Facts, frame: Frame, weak: bool) -> str | None:
    return "LimitScope" if not weak and (frame.actor == "policy" or facts.topic("policy")) else None


def _apply(facts: Facts, frame: Frame, weak: bool) -> str | None:
    if weak and not facts.announces("LimitScope"):
        return None
    return (
        "LimitScope"
        if facts.topic("policy")
        or facts.topic("foreign_site")
        or facts.topic("child")
        or facts.announces("LimitScope")
        or (facts.context.previous is not None and any(d.practice == "LimitScope" for d in facts.context.previous.drafts))
        or frame.actor == "third"
        else None
    )


def _control(facts: Facts, frame: Frame, weak: bool) -> str | None:
    return "AssignRole" if not weak or facts.announces("AssignRole") else None


def _right(facts: Facts, frame: Frame, weak: bool) -> str | None:
    if weak and not facts.announces("GrantRight"):
        return None
    if frame.actor == "third":
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


def _choose(facts: Facts, frame: Frame, weak: bool) -> str | None:
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


def _consent(facts: Facts, frame: Frame, weak: bool) -> str | None:
    return "OfferChoice" if not weak else None


def _contact(facts: Facts, frame: Frame, weak: bool) -> str | None:
    if weak and not facts.announces("OfferContact"):
        return None
    return "OfferContact"


def _vendor(facts: Facts, frame: Frame, weak: bool) -> str | None:
    return "Share" if not weak and "vendors" not in facts.off and frame.actor not in ("you", "policy") else None


_RULES = {
    "collect": _collect,
    "receive": _collect,
    "record": _collect,
    "track": _collect,
    "ask": _ask,
    "inbound": _ask,
    "give": _give,
    "use": _use,
    "process": _process,
    "serve": _serve,
    "share": _share,
    "provide": _provide,
    "access": _access,
    "sell": _sell,
    "transfer": _transfer,
    "store": _store,
    "retain": _retain,
    "delete": _delete,
    "protect": _protect,
    "notify": _notify,
    "change": _change,
    "describe": _describe,
    "apply": _apply,
    "control": _control,
    "right": _right,
    "choose": _choose,
    "consent": _consent,
    "contact": _contact,
    "channel": _channel,
    "vendor": _vendor,
}

#: A practice on the left is not stated beside one on the right unless its heading announces it.
_WEAKER: dict[str, tuple[str, ...]] = {
    "Protect": (
        "Collect",
        "Share",
        "Sell",
        "Retain",
        "GrantRight",
        "OfferChoice",
        "OfferContact",
        "LimitScope",
        "Notify",
    ),
    "Notify": ("Collect", "Share", "Retain", "OfferChoice", "GrantRight", "Sell", "Store"),
    "OfferContact": ("GrantRight", "OfferChoice", "Notify", "Share", "Collect", "Use", "Retain", "ProtectChild"),
    "LimitScope": ("Collect", "Use", "Share", "Retain", "GrantRight", "OfferChoice", "Store", "Sell"),
    "AssignRole": ("Collect", "Use", "Share", "Retain", "GrantRight", "OfferChoice", "Store", "Protect", "Notify"),
    "GrantRight": ("OfferChoice",),
    "Share": ("Transfer",),
    "OfferChoice": ("Retain",),
    "Store": ("Retain",),
}


def _pruned(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """Leave out practices that the sentence mentions only beside its own."""
    present = {draft.practice for draft in drafts}
    out = []
    for draft in drafts:
        stronger = set(_WEAKER.get(draft.practice, ())) & present
        if stronger and not (facts.context.announced[:1] == (draft.practice,)):
            if (
                draft.practice == "GrantRight"
                and facts.named("right")
                and any(f.kind == "right" and f.zone == "main" for f in facts.frames)
            ):
                out.append(draft)
            elif (
                draft.practice == "Protect"
                and facts.named("measure")
                and not stronger & {"GrantRight", "OfferChoice", "OfferContact", "LimitScope"}
            ):
                out.append(draft)
            continue
        out.append(draft)
    return out
