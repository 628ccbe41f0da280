"""Which practices a sentence states.

In: a sentence's `Frame`s and `Value`s and its `Context`. Out: `Draft`s, at most one a practice and polarity. Verbs of
the main clause decide first; then what the sentence inherits from its list head, its heading or the sentence before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .context import Context, Draft
from .facets import Value
from .frames import Frame
from .polarity import negations
from .reading import Sentence
from .retention import Period
from .zones import Zone

#: Rule families that can be switched off for an ablation.
FAMILIES = ("frames", "weak-frames", "list-head", "heading", "anaphora", "exceptions", "inherit-data", "children", "vendors")

_RECIPIENTS = ("recipient",)


#: Data without a category: stands for personal data where a practice needs some.
GENERIC_DATA = re.compile(
    r"(?:任何|所有|全部|相关|这些|该等|您的|其|上述|此类|部分|必要的?|哪些|的)(?:信息|数据)(?!库|主体|安全|处理者|保护|控制)|\b(?:information|data|details)\b(?! protection| controller| subject| processor| breach| security)|\b(?:údaj\w*|informac\w+|dat(?:a|ech|y|ům)?)\b"
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
        return [v for v in self.values if v.mention.facet == "recipient" and v.mention.concept not in ("User", "Customer", "Member", "Employee") and v.zone != "exception"]

    def topic(self, name: str) -> bool:
        """Whether the sentence is about that topic."""
        if name not in self._has:
            self._has[name] = self.sentence.has("topics", name)
        return self._has[name]

    def data_like(self) -> bool:
        """Whether the sentence speaks of data: a category, a word that refers back to some, or data in general."""
        return bool(GENERIC_DATA.search(self.sentence.folded)) or self.named("dataCategory") or self.sentence.has("anaphora", "data") or self.topic("cookie")

    @property
    def colon(self) -> bool:
        """Whether the sentence announces a list."""
        return self.sentence.folded.rstrip(" *_").endswith(":")

    def announces(self, practice: str) -> bool:
        """Whether the nearest heading announces the practice."""
        return practice in self.context.announced[:3]


def decide(facts: Facts) -> list[Draft]:
    """The drafts of one sentence, in the order of its words."""
    sentence = facts.sentence
    if facts.topic("pointer") and not facts.colon and not any(f.zone == "main" and f.kind in ("collect", "share", "sell", "retain", "store", "process", "protect", "right", "choose") for f in facts.frames):
        return []
    if _FLIPS.search(sentence.folded):
        return []
    drafts = _of_item(facts)
    if drafts is None:
        drafts = _of_frames(facts, ("main",))
        if drafts and all(d.rules == ("frame:consent",) for d in drafts):
            agreed = [d for d in _of_frames(facts, ("nominal", "relative")) if d.practice in ("Collect", "Use", "Share", "Transfer", "Store")]
            drafts = [replace(d, rules=(*d.rules, "consented")) for d in agreed] or drafts
        if not drafts:
            drafts = _careful(facts, [replace(d, rules=(*d.rules, "nominal")) for d in _of_frames(facts, ("nominal",))])
        if not drafts and "weak-frames" not in facts.off:
            drafts = _careful(facts, [replace(d, strength=1, rules=(*d.rules, "weak-frames")) for d in _of_frames(facts, ("relative", "purpose", "condition"), weak=True)])
        if not drafts:
            drafts = _inherited(facts)
    drafts = _under_denial(facts, _labelled(facts, drafts))
    drafts = _children(facts, _scope(facts, drafts))
    if sentence.has("definition", "words") and not any(f.zone == "main" and f.actor == "we" for f in facts.frames):
        return []
    return _once(_one_polarity(_one_scope(facts, drafts)))


#: "It is not true that …" turns its clause round: better nothing than the wrong way.
_FLIPS = re.compile(r"není pravda|it is not true|并非事实|不是事实|it is untrue")


def _careful(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """Of drafts that only a noun or a subordinate verb supports, a negative sentence keeps the denied."""
    return [d for d in drafts if d.denied or d.practice in ("OfferChoice", "OfferContact", "LimitScope")] if _negative(facts) else drafts


def _under_denial(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """Items under "We will never:", "What we do not do", behind ✗ or beside a "no" are denied, whatever verb they have."""
    context = facts.context
    if not context.under_denial:
        return drafts
    return [d if d.denied or d.actor else replace(d, denied=True, rules=(*d.rules, "denied-head"), trace=(*d.trace, "stands under a denial")) for d in drafts]


def _one_polarity(drafts: list[Draft]) -> list[Draft]:
    """Where a sentence denies a practice, a mere label or noun of the same practice affirms nothing."""
    denied = {d.practice for d in drafts if d.denied}
    return [d for d in drafts if d.denied or d.practice not in denied or (d.actor in ("we", "third", "you") and d.rules and d.rules[0] != "frame:serve")]


_LABEL = re.compile(r"[^,;。.:!?]{2,24}:(?=\s*\S)")


def _labelled(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """ "Retention: until you close the account": the label in front names the practice where the rest supports it. """
    sentence = facts.sentence
    label = _LABEL.match(sentence.folded)
    if label is None or sentence.reading.hits("parties", sentence.start, sentence.start + label.end()) or any(f.zone == "main" and f.actor == "we" for f in facts.frames):
        return drafts
    for hit in sentence.reading.hits("headings", sentence.start, sentence.start + label.end()):
        if hit.id in _CARRIED and _supports(facts, hit.id):
            if any(d.practice == hit.id for d in drafts):
                return [d for d in drafts if d.practice == hit.id]
            return [Draft(hit.id, False, "Will", "", rules=("label",), trace=(f"its label announces {hit.id}",))]
    return drafts


# -- verbs


def _of_frames(facts: Facts, zones: tuple[str, ...], *, weak: bool = False) -> list[Draft]:
    out: list[Draft] = []
    if "frames" in facts.off:
        return out
    for frame in facts.frames:
        if frame.zone not in zones:
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
            denied = denied or any(f.denied for f in facts.frames if f.zone == frame.zone and clause[0] <= f.hit.start < clause[1])
        out.append(
            Draft(
                practice,
                denied,
                frame.modality,
                actor,
                frame.actor_start,
                frame.actor_end,
                (f"frame:{frame.kind}",),
                (f"{frame.kind}: “{_words(facts, frame)}”" + (", denied" if denied else "") + (f", actor {actor}" if actor else ""),),
            )
        )
    return _pruned(facts, out)


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
    if not facts.data_like() and not facts.announces("Collect") and not (frame.kind == "track" and (frame.denied or facts.named("dataSubject"))):
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
    return not any(h.id == "we" for h in sentence.reading.hits("subjects", sentence.start, frame.hit.start) if h.start <= found.start("name") < h.end)


_TOOL = re.compile(r"\s*(?:第三方|the |služb[uyě] |nástroj[e]? )?\[?\s*(?P<name>[A-Z][A-Za-z0-9.]{3,})")
_NO_VENDOR = frozenset({"cookie", "cookies", "wifi", "https", "gdpr", "javascript", "html", "ssl", "tls"})


def _tool(facts: Facts, frame: Frame) -> bool:
    """ "We use Stripe to …": a named vendor's tool is used, so the vendor gets the data. """
    reading = facts.sentence.reading
    if any(0 <= p.start - frame.hit.end <= 12 for p in reading.hits("parties", frame.hit.end, facts.sentence.end)):
        return True
    found = _TOOL.match(reading.view.text, frame.hit.end, facts.sentence.end)
    if found is None or found["name"].lower() in _NO_VENDOR:
        return False
    at = found.start("name")
    return not any(h.start <= at < h.end for layer in ("data-categories", "sources", "subjects") for h in reading.hits(layer, at - 2, facts.sentence.end))


def _give(facts: Facts, frame: Frame, weak: bool) -> str | None:
    uploads = frame.actor in ("we", "") and facts.sentence.reading.view.folded.startswith(("上传", "odesl"), frame.hit.start)
    if uploads and not weak and facts.data_like():
        return "Collect"
    if frame.actor in ("we", "third", "policy"):
        return None
    if weak and not facts.announces("Collect"):
        return None
    return "Collect" if facts.named("dataCategory") else None


def _ask(facts: Facts, frame: Frame, weak: bool) -> str | None:
    return "Collect" if facts.data_like() else None


def _use(facts: Facts, frame: Frame, weak: bool) -> str | None:
    if frame.actor in ("you", "policy"):
        return None
    if not frame.denied and _vendor_object(facts, frame) and "vendors" not in facts.off and not facts.named("dataCategory"):
        return "Share"
    if weak and not facts.announces("Use"):
        return None
    if _instrument(facts, frame) or _of_service(facts, frame):
        return None
    if frame.hit.id == "use" and "vendors" not in facts.off and not frame.denied and _tool(facts, frame):
        return "Share"
    if facts.data_like() or facts.named("purpose") or (frame.denied and facts.named("recipient", "source")):
        return "Use"
    return None


_AND = re.compile(r"\band\b|\bor\b|\ba\b|\bnebo\b|并|和|及|、|或|与|/")


def _instrument(facts: Facts, frame: Frame) -> bool:
    """ "use cookies to collect": the tool of a collection is no use of data. """
    if frame.hit.id != "use":
        return False
    folded = facts.sentence.reading.view.folded
    for other in facts.frames:
        if other.kind in ("collect", "record", "track") and 0 < other.hit.start - frame.hit.end < (70 if facts.sentence.reading.words else 60):
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


def _process(facts: Facts, frame: Frame, weak: bool) -> str | None:
    if frame.actor in ("you", "policy"):
        return None
    if weak and not (facts.announces("Use") or facts.announces("Collect")):
        return None
    if not facts.data_like() and not facts.named("purpose", "legalBasis"):
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
    return "Use" if facts.named("purpose") or starts else None


def _channel(facts: Facts, frame: Frame, weak: bool) -> str | None:
    """A mere address or number is a contact where the heading says so, or where it is all the line holds."""
    if weak:
        return None
    if facts.announces("OfferContact"):
        return "OfferContact"
    raw = facts.sentence.reading.view.text[facts.sentence.start : facts.sentence.end]
    others = any(f.zone == "main" and f.kind not in ("channel", "contact") for f in facts.frames)
    return "OfferContact" if not others and re.search(r"\S@\S|\d{3}[\s-]?\d{3}", raw) else None


_TO_US = re.compile(r"(?:\s+\w+){0,2}\s+(?:to us|to our servers?|with us|na naše? server\w*|nám)\b|(?:到|至|给)(?:我们|本公司)(?!的(?:合作|关联|服务商|供应))")


def _share(facts: Facts, frame: Frame, weak: bool) -> str | None:
    if frame.actor == "policy":
        return None
    if frame.actor == "you" and not facts.receivers():
        return None
    if frame.hit.form.text.startswith(("příjemc", "zpracovatel")) and any(f is not frame and f.zone == "main" for f in facts.frames):
        return None
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
        own = re.match(r"[^,;。]{0,12}(?:信息|数据|个人|账号)|\s+(?:\w+\s+){0,3}(?:data|information|account)|\s+(?:ke?\s+)?(?:svým|svému|vašim|svých)", after)
        return "GrantRight" if facts.announces("GrantRight") or (own and frame.modality == "May" and frame.zone == "main") else None
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
    if not facts.data_like() and not facts.announces("Store") and not facts.colon:
        return None
    lasting = any(v.mention.facet == "retention" and v.mention.concept != "SessionDuration" and v.zone != "exception" for v in facts.values)
    return "Retain" if facts.periods or lasting else "Store"


def _retain(facts: Facts, frame: Frame, weak: bool) -> str | None:
    if frame.actor in ("policy",) or (frame.actor == "you" and not facts.periods):
        return None
    after = facts.sentence.reading.view.folded[frame.hit.end : facts.sentence.end]
    if re.match(r"[^。;]{0,80}权利", after) and not facts.periods or re.match(r"\s*the right", after):
        return None
    if weak and not facts.announces("Retain"):
        return None
    if facts.data_like() or facts.periods or facts.named("retention") or facts.announces("Retain"):
        return "Retain"
    return None


def _delete(facts: Facts, frame: Frame, weak: bool) -> str | None:
    if weak:
        return None
    if frame.actor == "you":
        return "GrantRight"
    if frame.denied and not facts.periods:
        return "GrantRight" if frame.actor == "we" else None
    if facts.announces("GrantRight") and not facts.periods:
        return None
    if facts.data_like() or facts.periods or facts.announces("Retain"):
        return "Retain"
    return None


def _protect(facts: Facts, frame: Frame, weak: bool) -> str | None:
    if frame.actor == "policy":
        return None
    if weak and not facts.announces("Protect"):
        return None
    if facts.named("measure") or facts.announces("Protect"):
        return "Protect"
    return "Protect" if facts.data_like() and not weak and frame.actor != "you" else None


def _notify(facts: Facts, frame: Frame, weak: bool) -> str | None:
    if frame.actor == "you" and not facts.announces("Notify"):
        return None
    subject = facts.topic("policy") or facts.topic("breach") or facts.announces("Notify") or any(f.kind == "change" for f in facts.frames)
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
    return "LimitScope" if facts.topic("policy") or facts.topic("foreign_site") or facts.announces("LimitScope") or frame.actor == "third" else None


def _control(facts: Facts, frame: Frame, weak: bool) -> str | None:
    return "AssignRole" if not weak or facts.announces("AssignRole") else None


def _right(facts: Facts, frame: Frame, weak: bool) -> str | None:
    if weak and not facts.announces("GrantRight"):
        return None
    if frame.actor == "third":
        return None
    if frame.actor == "we" and not facts.named("right"):
        return None
    if frame.actor == "you" or facts.announces("GrantRight") or (facts.named("right") and facts.announces("OfferChoice")):
        return "GrantRight"
    return "GrantRight" if facts.named("right") and frame.actor != "we" else None


def _choose(facts: Facts, frame: Frame, weak: bool) -> str | None:
    if weak and not facts.announces("OfferChoice"):
        return None
    if frame.actor == "policy":
        return None
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
    "Protect": ("Collect", "Share", "Sell", "Retain", "GrantRight", "OfferChoice", "OfferContact", "LimitScope", "Notify"),
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
            if draft.practice == "GrantRight" and facts.named("right") and any(f.kind == "right" and f.zone == "main" for f in facts.frames):
                out.append(draft)
            elif draft.practice == "Protect" and facts.named("measure") and not stronger & {"GrantRight", "OfferChoice", "OfferContact", "LimitScope"}:
                out.append(draft)
            continue
        out.append(draft)
    return out


# -- inheritance

_CARRIED = frozenset({"Collect", "Use", "Share", "Sell", "Transfer", "Store", "Retain", "Protect", "GrantRight", "OfferChoice", "Notify", "ProtectChild"})


def _of_item(facts: Facts) -> list[Draft] | None:
    """An item of a list takes its head's practices unless it is a sentence of its own."""
    context = facts.context
    if context.head is None or "list-head" in facts.off or not context.first:
        return None
    head = context.head
    if not head.colon and not head.excepts and not context.item:
        return None
    if any(f.denied and f.zone == "main" for f in facts.frames) and not all(d.denied for d in head.drafts):
        return None  # an item that denies says so itself
    own = [f for f in facts.frames if f.zone == "main" and f.actor in ("we", "third") and f.kind not in ("protect", "serve", "control", "describe", "contact")]
    if own and not head.excepts:
        return None
    user = [f for f in facts.frames if f.zone == "main" and f.actor == "you" and f.kind in ("right", "choose", "access", "delete")]
    if user and not any(d.practice in ("GrantRight", "OfferChoice") for d in head.drafts) and not head.excepts:
        return None
    drafts = [d for d in head.drafts if d.practice in _CARRIED]
    if head.excepts and any(d.practice == "Share" for d in drafts):
        drafts = [d for d in drafts if d.practice != "Sell"]
    if not drafts or (not head.colon and not head.excepts and any(d.actor for d in _of_frames(facts, ("main",)))):
        return None
    if not head.colon and not head.excepts and not _fits(facts, drafts):
        return None
    out = []
    for draft in drafts:
        denied = draft.denied and not head.excepts
        trace = f"inherits {draft.practice} from the list head"
        out.append(replace(draft, denied=denied, modality="May" if head.excepts and draft.denied else draft.modality, rules=("list-head",), trace=(trace,), strength=2))
    return out


def _fits(facts: Facts, drafts: list[Draft]) -> bool:
    """Whether an item under a paragraph that is no list head carries a value its practices would take."""
    wanted = {"Collect": "dataCategory", "Store": "dataCategory", "Use": "purpose", "Share": "recipient", "GrantRight": "right", "Protect": "measure", "Retain": "retention", "OfferChoice": "right"}
    return any(facts.named(wanted[d.practice]) for d in drafts if d.practice in wanted)


#: A sentence that explains what a thing is ("Cookies are small files …") states no practice.
_EXPLAINS = re.compile(r"[^,]{2,14}是(?:一|当|指|用|由|您|在)|(?:an? )?[\w\s]{2,28} (?:are|is) (?:an? |the |small |pieces? |text |files? )|[\w\s]{2,28} (?:jsou|je) (?:mal|krátk|textov|soubor)")


def _inherited(facts: Facts) -> list[Draft]:
    context = facts.context
    out: list[Draft] = []
    if _negative(facts) and not (context.heading_denied or context.under_denial):
        return out  # what a negative sentence denies is not known: better nothing than a permission
    refers = facts.sentence.hits("anaphora")
    opens = [h for h in refers if h.start <= facts.sentence.start + 6]
    if "anaphora" not in facts.off and context.previous is not None and opens and not context.item:
        for draft in context.previous.drafts:
            if draft.practice in _CARRIED and not draft.denied and _supports(facts, draft.practice):
                out.append(replace(draft, rules=("anaphora",), trace=(f"refers back to the {draft.practice} before it",), strength=1))
        if out:
            return out
    if "heading" in facts.off or _EXPLAINS.match(facts.sentence.folded):
        return out
    for practice in context.announced[:3]:
        if _supports(facts, practice):
            denied = context.heading_denied or context.under_denial
            trace = f"heading announces {practice}" + (", denied" if denied else "")
            out.append(Draft(practice, denied, "Will", "", rules=("heading",), trace=(trace,), strength=1))
            break
    return out


_NE_WORD = re.compile(r"\bne\w{3,}\b")


def _affirmative(facts: Facts) -> frozenset[str]:
    """Czech words that begin with ne- and deny nothing."""
    return frozenset(facts.sentence.reading.lexicon.words("negation", "not_negated"))


def _negative(facts: Facts) -> bool:
    """Whether a negator stands in the main clause, or a verb carries one."""
    inside = [z for z in facts.zones if z.kind in ("condition", "exception", "relative")]
    czech = facts.sentence.reading.lexicon.cues.get("language", {}).get("negative_prefix")
    if czech and any(m.group() not in _affirmative(facts) for m in _NE_WORD.finditer(facts.sentence.folded)):
        return True
    words = [n for n in negations(facts.sentence) if not any(z.start <= n.start < z.end for z in inside)]
    return bool(words) or any(f.denied for f in facts.frames) or any(h.negated for h in facts.sentence.hits("predicates"))


def _supports(facts: Facts, practice: str) -> bool:
    """Whether the sentence names what the practice is about."""
    specific = any(v.mention.facet == "dataCategory" and v.mention.concept != "PersonalData" and v.zone != "exception" for v in facts.values)
    if facts.context.under_denial or facts.context.heading_denied:
        return facts.named("dataCategory", "purpose", "recipient")
    if practice == "Collect":
        return specific
    if practice == "Use":
        return facts.named("purpose")
    if practice == "Share":
        return bool(facts.receivers())
    if practice == "Retain":
        return bool(facts.periods) or facts.named("retention")
    if practice == "Store":
        return facts.named("jurisdiction", "storageMedium")
    if practice == "Protect":
        return facts.named("measure")
    if practice in ("GrantRight", "OfferChoice"):
        return facts.named("right")
    return False


# -- topics


def _scope(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """A sentence about other people's sites limits the scope and states no practice of the controller."""
    if not facts.topic("foreign_site"):
        return drafts
    about = [d for d in drafts if d.practice == "LimitScope"]
    if about or facts.announces("LimitScope"):
        rest = [d for d in drafts if d.practice in ("OfferContact",)]
        if not about and drafts:
            about = [replace(drafts[0], practice="LimitScope", rules=("topic:foreign-site",), trace=("speaks of other sites",))]
        return about + rest
    return drafts


def _children(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """What is said of minors is a rule on minors."""
    if "children" in facts.off or not (facts.topic("child") and (drafts or facts.announces("ProtectChild"))):
        return drafts
    under = facts.context.announced[:1] == ("ProtectChild",)
    strong = any(v.mention.facet == "dataSubject" and v.mention.concept in ("Child",) for v in facts.values)
    if not (under or strong):
        return drafts
    keep = [d for d in drafts if d.practice in ("OfferContact", "GrantRight")]
    rest = [d for d in drafts if d.practice not in ("OfferContact", "GrantRight")]
    if rest:
        first = max(rest, key=lambda d: (d.denied, d.strength))
        return [replace(first, practice="ProtectChild", rules=(*first.rules, "children"), trace=(*first.trace, "speaks of minors")), *keep]
    if under and not keep:
        denied = bool(facts.sentence.named("negation", "words"))
        return [Draft("ProtectChild", denied, "Will", "", rules=("children",), trace=("under a heading on minors",), strength=1), *keep]
    return drafts


def _one_scope(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """ "does not apply to that site, read its own policy" only denies. """
    if not any(d.practice == "LimitScope" and d.denied for d in drafts):
        return drafts
    affirms = any(f.kind == "apply" and not f.denied and re.match(r"适用|appl|vztah|plat", facts.sentence.reading.view.folded[f.hit.start : f.hit.end]) for f in facts.frames)
    return drafts if affirms else [d for d in drafts if not (d.practice == "LimitScope" and not d.denied)]


def _once(drafts: list[Draft]) -> list[Draft]:
    """One draft a practice; affirmed and denied stand side by side only where different verbs say so."""
    out: dict[tuple[str, bool], Draft] = {}
    for draft in drafts:
        key = (draft.practice, draft.denied)
        if key not in out or out[key].strength < draft.strength:
            out[key] = draft
    return list(out.values())


def denies(facts: Facts, drafts: Sequence[Draft]) -> bool:
    """Whether a list head denies what follows it: it is negative and affirms nothing itself."""
    return _negative(facts) and all(d.denied for d in drafts)


def answer_word(text: str) -> bool | None:
    """ "No, …" / "Yes, …" at the start of an answer; None where there is neither."""
    found = re.match(r"\s*(no|ne|否|不)\b[,.]?", text, re.IGNORECASE)
    return False if found else None
