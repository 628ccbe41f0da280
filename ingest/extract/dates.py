"""Dates a policy gives for itself: effective, last updated, or just a date.

In: the text and its clauses. Out: ISO dates ("" where there is none).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ..records import Clause

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan leden ledna",
            "february feb únor února",
            "march mar březen března",
            "april apr duben dubna",
            "may květen května",
            "june jun červen června",
            "july jul červenec července",
            "august aug srpen srpna",
            "september sep sept září",
            "october oct říjen října",
            "november nov listopad listopadu",
            "december dec prosinec prosince",
        ),
        start=1,
    )
    for name in names.split()
}
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"(?P<y1>(?:19|20)\d\d)\s*[年/.-]\s*(?P<m1>\d{{1,2}})\s*[月/.-]\s*(?P<d1>\d{{1,2}})\s*日?"
    rf"|(?P<d2>\d{{1,2}})\\?[.\s]*(?:st|nd|rd|th)?\s*(?:of\s+)?(?P<m2>{_NAMES})\.?,?\s+(?P<y2>(?:19|20)\d\d)"
    rf"|(?P<m3>{_NAMES})\.?\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y3>(?:19|20)\d\d)"
    rf"|(?P<d4>\d{{1,2}})\\?\.\s*(?P<m4>\d{{1,2}})\\?\.\s*(?P<y4>(?:19|20)\d\d)"
    rf"|民國\s*(?P<y5>\d{{2,3}})\s*年\s*(?P<m5>\d{{1,2}})\s*月\s*(?P<d5>\d{{1,2}})\s*日",
    re.IGNORECASE,
)
_EFFECTIVE = re.compile(r"生效|施行|实施|實施|effective|in force|účinn|platn[éáý]|platí od|v platnosti", re.IGNORECASE)
_MODIFIED = re.compile(
    r"更新|修訂|修订|修正|版本日期|截至|现行|現行|last (?:updated?|modified|revised|revision|changed)|version of|updated|revised|aktualiz|naposledy|změněno|poslední",
    re.IGNORECASE,
)


def policy_dates(text: str, clauses: tuple[Clause, ...]) -> tuple[str, str, str]:
    """(effective, modified, bare) dates as ISO strings, each "" where the text gives none.

    Only short lines, and lines at the top or the bottom, are asked: a date inside a clause is about something else.
    """
    effective = modified = bare = ""
    count = len(clauses)
    for index, clause in enumerate(clauses):
        line = text[clause.start : clause.end].strip()
        edge = index < 12 or index >= count - 6
        if not edge or (len(line) > 160 and index >= 3):
            continue
        for start, end, value in _dates(line[:400]):
            before, after = line[max(0, start - 40) : start], line[end : end + 24]
            near = re.split(r"[。.;；\n|·]\s", before)[-1]
            if _EFFECTIVE.search(near) or _EFFECTIVE.search(after[:12]):
                effective = effective or value
            elif _MODIFIED.search(near) or _MODIFIED.search(after[:10]):
                modified = modified or value
            elif len(line) <= 60 and index < 12:
                bare = bare or value
    return effective, modified, bare


def _dates(line: str) -> Iterator[tuple[int, int, str]]:
    for match in _DATE.finditer(line):
        value = _iso(match)
        if value:
            yield match.start(), match.end(), value


def _iso(match: re.Match[str]) -> str:
    groups = match.groupdict()
    for n in "12345":
        if groups.get(f"y{n}"):
            month = groups[f"m{n}"]
            number = _MONTHS[month.lower()] if month.lower() in _MONTHS else int(month)
            year = int(groups[f"y{n}"]) + (1911 if n == "5" else 0)
            try:
                return date(year, number, int(groups[f"d{n}"])).isoformat()
            except ValueError:
                return ""
    return ""
