"""Why practice detection on CAPP-130 goes wrong: causes that reading samples of its errors showed, told by pattern.

In: a sentence of the corpus, what was labelled and what was found. Out: the name of the first cause that fits. The
causes are ordered from the most to the least specific, so each error is counted once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

REFUSAL = "consequence of refusing: a choice for us, collection for the corpus"
PERMISSION = "device permission"
HEADING = "heading: labelled there, states nothing for us"
SKIPPED = "table of contents or boilerplate"
BESIDE = "another label of the same sentence was found"
OTHER = "another practice was found"
BARE_ITEM = "list item on which no rule fires"
NO_RULE = "sentence on which no rule fires"

INHERITED = "practice inherited from heading or list head"
DEFINITION = "definition, or pointer to another text"
ADVICE = "what the user or a third party does"
FURTHER = "found beside the labelled practice: several facts for us, one label there"
INSTEAD = "found instead of the labelled practice"
UNLABELLED = "not labelled with any practice"

_REFUSAL = re.compile(
    r"拒绝|不(?:愿|想|同意|提供|授权|开启|允许|接受|使用)[^。]{0,40}(?:无法|不能|不影响|不会影响|影响)"
    r"|(?:无法|不影响|不会影响)[^。]{0,12}(?:使用|功能|服务|享受)"
)
_PERMISSION = re.compile(r"权限|android\.permission", re.IGNORECASE)
_DEFINITION = re.compile(
    r"是指|[:：]指|指的是|请(?:您|你)?(?:仔细|务必|查阅|参考|参阅|参见|点击查看)"
    r"|(?:查阅|参考|参阅|参见|详见|请见)|为准|适用于"
)
_ADVICE = re.compile(
    r"^[\s\d.,、（()）a-zA-Z•·●]*(?:请(?:您|你)|(?:您|你)(?:应|需|须|理解|知悉)"
    r"|建议|(?:该|第三方|房东|商家|其他用户)[^，。]{0,12}(?:可能|会|将|需要))|我们不对|不承担"
)


def missed_cause(text: str, kinds: Set[str], found: Set[str], labelled: Set[str]) -> str:
    """Why a labelled practice was not found; ``found`` and ``labelled`` are names of rows."""
    if kinds and kinds <= {"Heading"}:
        return HEADING
    if kinds and kinds <= {"Contents", "Boilerplate", "Markup"}:
        return SKIPPED
    if "rights and choices" in found and "rights and choices" not in labelled and _REFUSAL.search(text):
        return REFUSAL
    if found & labelled:
        return BESIDE
    if _PERMISSION.search(text):
        return PERMISSION
    if found:
        return OTHER
    return BARE_ITEM if "ListItem" in kinds or "TableRow" in kinds else NO_RULE


def false_cause(text: str, rules: Sequence[Sequence[str]], row: str, found: Set[str], labelled: Set[str]) -> str:
    """Why a practice was found that is not labelled; ``rules`` are those of each statement that found it."""
    if row == "rights and choices" and _REFUSAL.search(text):
        return REFUSAL
    if rules and all({"heading", "list-head"}.intersection(one) for one in rules):
        return INHERITED
    if _DEFINITION.search(text):
        return DEFINITION
    if _ADVICE.search(text):
        return ADVICE
    if not labelled:
        return UNLABELLED
    return FURTHER if found & labelled else INSTEAD
