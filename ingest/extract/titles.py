"""The title a policy goes by.

In: the text, its clauses and a title given from outside. Out: the title.
"""

from __future__ import annotations

import re
from collections import Counter

from ..records import Clause

_SELF_TITLE = re.compile(
    r"本?《(?P<a>[^》\n]{2,40})》|本(?:網站|网站|公司|平台)?的?(?P<b>(?:隱私權?|隐私权?|個人資料|个人信息|个人数据)[^，。；\s、,]{0,10}(?:政策|聲明|声明|公告|條款|条款))"
)
_SELF_TITLE_LATIN = re.compile(
    r"\b(?:This|Our|these|Tyto|Toto|Těchto)\s+(?P<a>(?:[A-Z][\w-]+\s+)?(?:Privacy|Data Protection|Cookie|Zásad\w*|Prohlášení)\s+(?:Policy|Notice|Statement|ochrany osobních údajů|zpracování osobních údajů|o ochraně osobních údajů))",
    re.IGNORECASE,
)
_TITLE_NOUN = re.compile(
    r"政策|聲明|声明|公告|條款|条款|告知|policy|notice|statement|zásady|prohlášení|ochrana|informace|gdpr|privacy|soukromí",
    re.IGNORECASE,
)
_TITLE_WORDS = re.compile(
    r"隱私|隐私|個資|个人信息|個人資料|privacy|data protection|personal data|cookie|osobních údajů|soukromí|gdpr|ochran",
    re.IGNORECASE,
)


def title(text: str, clauses: tuple[Clause, ...], given: str) -> str:
    """The document's title: a heading at the top that says what it is, else how the text calls itself, else the first line."""
    top = [c for c in clauses if c.kind in ("Heading", "Paragraph")][:6]
    for clause in top:
        line = _line(text, clause)
        if (
            clause.kind == "Heading"
            and _TITLE_WORDS.search(line)
            and _TITLE_NOUN.search(line)
            and len(line) <= 120
            and not clause.number
        ):
            return line
    if given and _TITLE_WORDS.search(given):
        return given
    named = Counter(m["a"] or m["b"] for m in _SELF_TITLE.finditer(text) if _TITLE_WORDS.search(m["a"] or m["b"]))
    if not named:
        named = Counter(m["a"] for m in _SELF_TITLE_LATIN.finditer(text))
    if named:
        return named.most_common(1)[0][0]
    headings = [c for c in clauses[:12] if c.kind == "Heading"]
    if headings:
        return _line(text, headings[0])
    return given or (_line(text, top[0])[:120] if top else "")


def _line(text: str, clause: Clause) -> str:
    return clause.heading or re.sub(r"\s+", " ", text[clause.start : clause.end]).strip(" #*_\t")
