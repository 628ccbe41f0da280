"""The practice that a verb states.

In: a `Frame` and the sentence's `Facts`. Out: the practice, or nothing where the words around the verb speak of
something else. `of_frames` gives the drafts of all frames in some zones, without those mentioned only beside others.
"""

from __future__ import annotations

import re

from . import collecting, duties, keeping
from .context import Draft
from .facts import Facts
from .frames import Frame


def of_frames(facts: Facts, zones: tuple[str, ...], *, weak: bool = False, pruned: bool = True) -> list[Draft]:
    """The drafts of the frames in these zones.

    ``weak``: of verbs that state something only where a heading agrees. ``pruned``: without practices that are only
    mentioned beside others.
    """
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
        rules: tuple[str, ...] = (f"frame:{frame.kind}",)
        named = frame.actor_start, frame.actor_end
        if practice == "Collect" and not weak and (giver := keeping.giver(facts, frame)):
            actor, named, rules = "we", giver, (*rules, "inbound")
        if frame.kind == "inbound" and denied and actor == "third":  # "sent to X, it does not pass our servers"
            actor, named = "we", (-1, -1)
        if practice == "Share" and frame.kind in ("receive", "access") and actor == "third":
            actor = "we"
        if practice == "Share" and denied and _words(facts, frame).lower().startswith(("leave", "leaving")):
            rules = (*rules, "device")  # "never leaves your device" can mean nothing else
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
                *named,
                rules,
                (
                    f"{frame.kind}: “{_words(facts, frame)}”"
                    + (", denied" if denied else "")
                    + (f", actor {actor}" if actor else ""),
                ),
                at=frame.hit.start,
            )
        )
    return _pruned(facts, out) if pruned else out


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


_RULES = {
    "collect": collecting.state_collect,
    "receive": collecting.state_collect,
    "record": collecting.state_collect,
    "track": collecting.state_collect,
    "ask": collecting.state_ask,
    "inbound": collecting.state_ask,
    "give": collecting.state_give,
    "use": collecting.state_use,
    "process": collecting.state_process,
    "serve": collecting.state_serve,
    "share": keeping.state_share,
    "provide": keeping.state_provide,
    "access": keeping.state_access,
    "sell": keeping.state_sell,
    "transfer": keeping.state_transfer,
    "store": keeping.state_store,
    "retain": keeping.state_retain,
    "delete": keeping.state_delete,
    "protect": duties.state_protect,
    "notify": duties.state_notify,
    "change": duties.state_change,
    "describe": duties.state_describe,
    "apply": duties.state_apply,
    "control": duties.state_control,
    "right": duties.state_right,
    "choose": duties.state_choose,
    "consent": duties.state_consent,
    "contact": duties.state_contact,
    "channel": duties.state_channel,
    "vendor": duties.state_vendor,
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
        if stronger and facts.context.announced[:1] != (draft.practice,):
            if (
                draft.practice == "GrantRight"
                and facts.named("right")
                and any(f.kind == "right" and f.zone == "main" for f in facts.frames)
            ) or (
                draft.practice == "Protect"
                and facts.named("measure")
                and not stronger & {"GrantRight", "OfferChoice", "OfferContact", "LimitScope"}
            ):
                out.append(draft)
            continue
        out.append(draft)
    return out
