"""Companies that a text names in full, found by their legal form.

In: a text and whether its language is written in words. Out: ranges of names ("Acme Hosting GmbH", 某某科技有限公司).
Well-known companies without a legal form are in the lexicon (`parties.toml`).
"""

from __future__ import annotations

import re

_LATIN = re.compile(
    r"(?<![\w&])(?P<name>[^\W\d_a-zà-öø-ÿā-ž][\w&’'.-]*(?:[ ](?:of|and|&|und|[^\W\d_a-zà-öø-ÿā-ž(][\w&’'.-]*|\([A-Z][\w ]+\))){0,6}?),?[ ]"
    r"(?:Inc\b\.?|L\.?L\.?C\b\.?|Ltd\b\.?|Limited\b|GmbH\b|AG\b|SE\b|S\.?A\.?R\.?L\b\.?|S\.r\.l\.|SAS\b|S\.A\.(?!\w)|B\.?V\b\.?|AB\b|A/S\b|ApS\b|Oy\b|"
    r"PLC\b|plc\b|Corp\b\.?|Corporation\b|PBC\b|e\.V\.|VZW\b|Pty\b\.?(?: Ltd\b\.?)?|s\. ?r\. ?o\.|a\. ?s\.|z\. ?s\.|spol\. s r\. ?o\.)"
)
_NO_NAME = re.compile(
    r"(?:The|This|Our|Your|We|If|In|For|A|An|To|By|With|Společnost|Správce|Provozovatel)\s", re.IGNORECASE
)
_CHINESE = re.compile(
    r"(?:(?<=[\s，。；：、,;:（）()「」“”\"'《》])|(?<=[與与和由向給给及為为是予托用委])|^)"
    r"(?P<name>[^\s，。；：、,;:「」“”\"'《》與与和由向給给為为的]{2,24}?(?:[（(][^（）()]{1,8}[)）][^\s，。；：、,;:（）()]{0,12}?)?(?:股份)?有限(?:責任|责任)?公司)",
    re.MULTILINE,
)
#: Words that a Chinese name does not begin with, though no space parts them from it.
_LEAD = re.compile(
    r".*?(?:委託|委托|包括|例如|使用|透過|通过|經由|经由|接入|授權|授权|合作|本公司|我們|我们|供應商|供应商)+"
)


def organisations(text: str, *, words: bool) -> list[tuple[int, int]]:
    """Ranges of company names, in order."""
    found = []
    for match in (_LATIN if words else _CHINESE).finditer(text):
        start, end = match.start("name"), match.end()
        opening = _NO_NAME.match(text, start)
        while opening and words:
            start = opening.end()
            opening = _NO_NAME.match(text, start)
        lead = None if words else _LEAD.match(text, start, end - 4)
        start = lead.end() if lead else start
        if end - start > (3 if words else 5):
            found.append((start, end))
    return found
