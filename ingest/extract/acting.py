"""Who acts in a statement.

In: its draft and the sentence's `Facts`. Out: the actor's concept, whether it is the controller's own practice, the party.
"""

from __future__ import annotations

import re

from .context import Draft
from .facts import Facts

#: A processor's practice is the controller's own.
_ON_OUR_BEHALF = re.compile(
    r"on (?:our|my) behalf|naším jménem|v našem zastoupení|pro nás\b|代表我们|受我们(?:的)?委托|代我们"
)
#: "您提供给我们的信息将用于…": who describes the data is not who uses it.
_OF_YOURS = re.compile(r"(?:您|用户|会员)[^,;。]{1,16}的[^,;。的]{0,10}(?:信息|数据|内容)")


def actor_of(draft: Draft, facts: Facts) -> tuple[str, bool, str]:
    """The actor's concept, whether the practice is the controller's own, and the key of the party where one is named."""
    clause = facts.sentence.reading.view.folded[max(draft.actor_start, 0) : max(draft.at, 0)]
    if draft.actor == "you" and not _OF_YOURS.match(clause):
        return (
            "DataSubject",
            draft.practice in ("Collect", "Share") and draft.modality in ("Will",) and not draft.denied,
            "",
        )
    if draft.actor == "third":
        near = [
            v.mention
            for v in facts.values
            if v.mention.facet == "recipient"
            and v.mention.start <= draft.actor_end
            and v.mention.end >= draft.actor_start
        ]
        concept = near[0].concept if near else "ThirdParty"
        return concept, bool(_ON_OUR_BEHALF.search(facts.sentence.folded)), near[0].party if near else ""
    return "DataController", True, ""
