"""What English says is not there: "There are no trackers", "The app has no ads", "No account, no telemetry".

In: the drafts of a sentence and its `Facts`. Out: the drafts, with the denials that such a sentence states without a
verb of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..records import Mention
from .context import Draft
from .facts import Facts

#: How a clause opens that says that something is not there, up to its "no".
_OPENS = {
    "en": re.compile(
        r"(?:^[\s*_•-]*|[,;:–—]\s*(?:and |but )?)"
        r"(?P<has>(?:there (?:is|are|will be)|there['’]s"
        r"|(?:it|we|i|they|(?:the|this|our|my|these) (?:[\w-]+ ){1,4}?|(?!you\b|if\b|when\b|where\b)[\w-]+ (?:\w+ )?)\s*(?:\w+ly |also |currently )?"
        r"(?:contains?|has|have|includes?|uses?|shows?|displays?|needs?|requires?|runs?|loads?|embeds?|comes? with|ships? with"
        r"|involves?|features?|carr(?:y|ies)|offers?))\s+)?"
        r"(?:absolutely |strictly |currently )?(?P<no>no|zero)\s"
        r"|(?P<does>(?:do|does) not|(?:do|does)n['’]t) (?:\w+ly |currently )?(?:contain|include|have|need|require|show|display|embed|load|run|carry|feature|come with) (?:any )?"
    ),
}
#: Up to where the list of what is not there may run: a new clause, or what it is said of.
_ENDS = re.compile(
    r"[.;:()]|\b(?:but|that|which|who|unless|except|other than|beyond|if|when|where|only|just|we|you|they|it|everything|all"
    r"|is|are|was|will|can|may|your|our|the|this|so|however|while)\b"
)
#: What somebody else lacks, or might lack ("if you do not have an account"), and powers that are lacking.
_SUPPOSED = re.compile(
    r"\b(?:you|users?|visitors?|customers?|children|who|if|when|unless|where|whether|in case|those|someone)\b"
)
_POWER = re.compile(r"(?:any |the )?(?:access|control|influence|knowledge|ability|right|way|means|intention|plans?)\b")
_FINITE = re.compile(r"(?:is|are|was|will|can|may)\b")
_BETWEEN = re.compile(r"(?:\s*[,/]\s*|\s+(?=(?:and|or|nor|no)\s)|^)(?:(?:and|or|nor)\s+)?(?:(?:no|any|zero)\s+)?")
#: What is not there, with the words before it, and the practice that this denies.
_BEFORE = r"(?:(?!of\b|on\b|for\b|over\b|to\b|in\b|about\b|with\b|by\b|from\b|at\b)[\w-]+\s+){0,3}?"
_AFTER = r"(?=\s*$|\s+(?:to|in|on|of|for|from|with|by|at|inside|within|anywhere|whatsoever|required|needed|necessary|involved|built|here|ever|either)\b)"
_THINGS = {
    "Use": re.compile(
        _BEFORE + r"(?:analytics|telemetry|ads?|adverts?|advertis(?:ing|ements?)|banners?|trackers?|cookies?|profiling"
        r"|tracking (?:codes?|scripts?|technolog\w+|tools?|cookies?|sdks?)|(?:usage )?statistics|crash report(?:s|ing|ers?)"
        r"|marketing|a/b test(?:s|ing)|automated decision\w*)" + _AFTER
    ),
    "Collect": re.compile(
        _BEFORE
        + r"(?:accounts?|sign[- ]?ups?|registration|log[- ]?ins?|sign[- ]?ins?|tracking|data collection|pixels?|beacons?"
        r"|fingerprinting|permissions?|personal(?:ly identifiable)? (?:data|information)|identifiers?|user data)"
        + _AFTER
    ),
    "Share": re.compile(
        _BEFORE
        + r"(?:data sharing|third[- ]part(?:y|ies) (?:sdks?|services?|libraries|code|scripts?|servers?|tools?|plugins?|integrations?|requests?)"
        r"|(?:external|network|outgoing|outbound) (?:services?|requests?|servers?|connections?|scripts?|calls?|traffic)|uploads?|cloud sync)"
        + _AFTER
    ),
}


def _spans(facts: Facts) -> Iterator[tuple[int, int, int]]:
    """Each "no" that says something is not there, where its list begins and where it ends (within the sentence)."""
    opens = _OPENS.get(facts.sentence.reading.lexicon.language)
    folded = facts.sentence.folded
    for match in opens.finditer(folded) if opens else ():
        end = _ENDS.search(folded, match.end())
        if end and not (match["has"] or match["does"]) and _FINITE.match(folded, end.start()):
            continue  # "No ads are shown": the verb says it
        lead = folded[
            max(folded.rfind(mark, 0, match.start()) for mark in ",;:(") + 1 : match.start(
                "no" if match["no"] else "does"
            )
        ]
        if _SUPPOSED.search(lead) or _POWER.match(folded, match.end()):
            continue
        yield match.start("no" if match["no"] else "does"), match.end(), end.start() if end else len(folded)


def lacking(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """The drafts, with a denial for each practice that needs what the sentence says is not there."""
    sentence = facts.sentence
    if any(f.zone == "main" and f.actor == "you" for f in facts.frames):
        return drafts
    out = list(drafts)
    folded = sentence.folded
    for start, begin, end in _spans(facts):
        items = [item for item in _BETWEEN.split(folded[begin:end]) if item.strip()]
        for practice, things in _THINGS.items():
            found = next((match for item in items if (match := things.match(item))), None)
            if found is None or any(d.practice == practice and d.denied for d in out):
                continue
            out = [d for d in out if d.practice != practice or d.at > sentence.start + end]
            trace = (f"says there is no “{found.group()}”",)
            out.append(Draft(practice, True, "Will", "we", rules=("absence",), trace=trace, at=sentence.start + start))
    return out


def apart(facts: Facts, draft: Draft, mention: Mention, rivals: Sequence[Draft]) -> bool:
    """Whether a value lies outside what a draft says is not there, or inside what another one does."""
    if not any("absence" in d.rules for d in (draft, *rivals)):
        return False
    at = mention.start - facts.sentence.start
    inside = any(start <= at < end for start, _begin, end in _spans(facts))
    return inside != ("absence" in draft.rules)


def left(facts: Facts, draft: Draft, mention: Mention) -> bool:
    """Whether a value is what a denial leaves: "we do not store your card, only the amount"."""
    folded = facts.sentence.reading.view.folded
    return 0 <= draft.at < mention.start and bool(_ONLY.search(folded, draft.at, mention.start + 1))


_ONLY = re.compile(r",\s*(?:only|just|merely)\b(?! for\b| if\b| when\b| with\b| to\b)[^,;]*$")
