"""Which country "abroad" is seen from, for a language that more than one country writes.

In: a document and the statements read from it. Out: the statements, in which 境外 without a country's name is outside
Taiwan where the policy is Taiwan's, and nothing where it is Hong Kong's or names no law.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..records import Document, Mention, Statement

_NAMED = re.compile("中国|中國|大陆|大陸|内地|內地|中华人民共和国|中華人民共和國")
_TAIWAN = re.compile("個人資料保護法|個資法|台灣|臺灣|中華民國")


def seen_from(document: Document, statements: list[Statement]) -> list[Statement]:
    """The statements of a policy in traditional characters, none of which speaks of what is outside China unless it says so."""
    if document.language != "zh-Hant":
        return statements
    concept = "OutsideTaiwan" if _TAIWAN.search(document.text) else ""
    return [replace(one, mentions=tuple(_moved(document, one.mentions, concept))) for one in statements]


def _moved(document: Document, mentions: tuple[Mention, ...], concept: str) -> list[Mention]:
    out: list[Mention] = []
    for mention in mentions:
        if mention.concept != "OutsideChina" or _NAMED.search(document.text, mention.start, mention.end):
            out.append(mention)
        elif concept:
            out.append(replace(mention, concept=concept))
    return out
