"""Where a text gives an address: e-mail, telephone, post.

In: a `View` and a range. Out: `Point`s. A number is one to call only beside a word for it or with a country code, a
place one to write to only after a word for it or in the form that its country gives an address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from .view import View

_EMAIL: Final = re.compile(
    r"(?<![\w.+@/-])[a-z0-9][a-z0-9._%+-]{0,63}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?-i:[a-z]{2,24}|[A-Z]{2,24})(?![\w@-])",
    re.IGNORECASE | re.ASCII,
)
_CALL: Final = re.compile(
    r"(?:\b(?:tele)?phone|\btel|\bcall(?: us)?(?: toll[- ]free)?(?: at| on)?|\bhotline|\bmobile|\btelefon\w*|\blince|\bmobil\w*|电话|专线|热线|手机|致电|拨打)"
    r"[^\d+\n(]{0,24}(?P<labelled>\(?\+?\d[\d\s().-]{3,22}\d(?!-?\w)(?:\s?(?:#|分机|转|ext\.?)\s?\d{1,5})?)"
    r"|(?<![\w+])(?P<foreign>\+\d{1,3}[\s()-]{0,2}\d[\d\s()-]{5,16}\d)(?!\w)"
)
_POST_LABEL: Final = re.compile(
    r"(?:\b(?:the following |postal |mailing |registered |business |correspondence |our )?address(?: is)?|\bregistered office|\bby (?:post|mail) (?:to|at)|\bkorespondenční adres\w+|\bpoštovní adres\w+|\bse sídlem(?: na adrese)?|\bsídlo(?: společnosti)?|\badres[ay]|\bna adrese"
    r"|(?:通讯|联系|联络|邮寄|办公|注册|公司|邮件|收件)?地址(?:为|是|在)?|通信处)\s{0,2}[:：]?\s{0,2}[*_|]{0,3}\s?(?:the following address: |at )?(?P<post>[^\n|;；。]{8,140})"
)
#: An address as its country writes it, which needs no label.
_POST: Final = re.compile(
    r"(?:\b\d{3,6}\s?)?[\u4e00-\u9fff]{2,3}(?:省|市|县|区)[\u4e00-\u9fff]{0,16}(?:路|街|道|巷|大道)[\u4e00-\u9fff]{0,4}\s?\d{1,5}\s?(?:弄\s?\d+\s?)?号(?:[\u4e00-\u9fffa-z0-9\s]{0,16}\d*\s?[楼层室座栋](?:\s?之\s?\d+)?)?"
    r"|\b\d{1,5}[a-z]?(?:\s+[\w.]+){1,4}\s+(?:street|st|avenue|ave|road|rd|lane|drive|boulevard|blvd|parkway|square|court|plaza)\b[^\n;:@]{0,60}?(?:\n[^\n@:]{3,60}?)?\b(?:[a-z]{2} \d{5}(?:-\d{4})?|[a-z]{1,2}\d[a-z\d]? \d[a-z]{2}|ireland|united kingdom|australia|canada|usa)\b"
    r"|(?<!\w)[^\W\d]\w+(?:\s\w+){0,3}\s\d{1,5}(?:/\d{1,5}[a-z]?)?,\s*(?:[^\W\d][\w ]{2,20},\s*)?\d{3}\s?\d{2},?\s+[^\W\d]\w+(?:\s[^\W\d]\w+)?(?:\s\d{1,2}\b)?"
)
#: What makes words after a label a place that a letter reaches: a number beside the name of a street or town.
_STREET: Final = re.compile(
    r"\d[^\n]{0,12}[号楼室]|[路街道巷弄段][^\n]{0,8}\d|\d{3}\s?\d{2}\s+\w|\b\d{1,5}[a-z]?(?:/\d{1,4})?,?\s+\w|\w\s+\d{1,5}[a-z]?(?:/\d{1,4})?\b"
)
_POST_END: Final = re.compile(
    r"\s*[(（].*$|,?\s*(?:以下简称|下称|是一家|dále jen|hereinafter).*$|[,，、]?\s*(?:\b(?:e-?mail|tel(?:ephone)?|phone|fax|attn|ič(?:o)?|dič|zapsan\w+|registered (?:in|with|under)|company (?:no|number)|website|if you|please|or by)\b|电话|电子邮[件箱]|邮箱|邮编|传真|统一编号|收件人|联系人|网址|或(?:发送|拨打|致电)).*$|[.](?:\s+[a-zà-ž].*)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Point:
    """An address in the text."""

    kind: Literal["email", "telephone", "address"]
    start: int
    end: int


def points(view: View, start: int, end: int) -> list[Point]:
    """The addresses in a range, in text order."""
    found = [Point("email", m.start(), m.end()) for m in _EMAIL.finditer(view.text, start, end)]
    for call in _CALL.finditer(view.folded, start, end):
        group = "labelled" if call["labelled"] else "foreign"
        if 5 <= sum(c.isdigit() for c in call[group]) <= 18:
            found.append(Point("telephone", *call.span(group)))
    for label in _POST_LABEL.finditer(view.folded, start, end):
        stop = _POST_END.search(label["post"])
        last = label.start("post") + (stop.start() if stop else len(label["post"]))
        whole = _POST.match(view.folded, label.start("post"), last)
        words = whole.group() if whole else view.folded[label.start("post") : last].rstrip(" ,.|*_")
        if len(words) >= 10 and "@" not in words and _STREET.search(words):
            found.append(Point("address", label.start("post"), label.start("post") + len(words)))
    if not any(point.kind == "address" for point in found):
        found += [Point("address", *m.span()) for m in _POST.finditer(view.folded, start, end)]
    return sorted(found, key=lambda point: point.start)
