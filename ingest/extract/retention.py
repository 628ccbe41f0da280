"""Periods of time: "180 days", 三年, "po dobu 10 let".

In: a `Sentence`. Out: `Period`s with their ISO 8601 duration, days (month 30, year 365) and bound.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..records import Duration, Statement
from .reading import Sentence

_UNITS = {
    "hour": ("H", 1 / 24),
    "minute": ("M", 1 / 1440),
    "day": ("D", 1.0),
    "week": ("W", 7.0),
    "month": ("M", 30.0),
    "year": ("Y", 365.0),
}
_WORDS = {
    word: value
    for value, words in {
        1: "one a an jeden jedna jednoho jedné jednu 一",
        2: "two dva dvě dvou dvěma 二 两",
        3: "three tři tří třech třem 三",
        4: "four čtyři čtyř čtyřech čtyřem 四",
        5: "five pět pěti 五",
        6: "six šest šesti 六",
        7: "seven sedm sedmi 七",
        8: "eight osm osmi 八",
        9: "nine devět devíti 九",
        10: "ten deset deseti 十",
        12: "twelve dvanáct dvanácti 十二",
        14: "fourteen čtrnáct čtrnácti 十四",
        15: "fifteen patnáct patnácti 十五",
        18: "eighteen osmnáct osmnácti",
        20: "twenty dvacet dvaceti",
        24: "twenty-four",
        30: "thirty třicet třiceti 三十",
        60: "sixty šedesát šedesáti 六十",
        90: "ninety devadesát devadesáti 九十",
    }.items()
    for word in words.split()
}
_LATIN = re.compile(
    r"\b(?P<n>\d{1,4}|half an?|half|půl|"
    + "|".join(
        sorted(
            (w for w in _WORDS if w.isascii() or w[0] in "čřšžěáíéůúďťň" or (w.isalpha() and ord(w[0]) < 0x3000)),
            key=len,
            reverse=True,
        )
    )
    + r")"
    r"(?:\s*\(\s*(?P<m>\d{1,4})\s*\))?[\s-]*(?:(?:full|calendar|business|working|consecutive|kalendářních|pracovních|po sobě jdoucích|kalendářní|celých)\s+)?"
    r"(?P<u>hours?|hrs?|hodin(?:[ayuě]|ách|ami)?|days?|dn[íůe]m?|den|dny|dnech|weeks?|týdn(?:y|ů|e|u|ech|em)|týden|months?|měsíc(?:e|ů|i|ích|em|ům)?|years?|yrs?|let(?:ech)?|léta?|lety|rok(?:u|y|ů|em)?|roce|minutes?|minut(?:[ayuě]|ách)?)\b",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"(?P<n>\d{1,4}|[一二三四五六七八九十百两半]{1,4})\s*(?:个|個)?\s*(?P<u>小时|工作日|天|日|周|星期|个月|月|年|分钟)(?!\d|龄|级|第|前起|\s*\d+\s*月|月\s*\d)"
)
_AT_MOST = re.compile(
    r"不超过|最长|至多|最多|以内|内|up to|no longer than|not more than|maximum|within|at most|no more than|nejdéle|maximálně|nejvýše|do\s*$|ne déle"
)
_AT_LEAST = re.compile(r"至少|不少于|以上|at least|no less than|minimum|nejméně|minimálně|alespoň")
_AGE = re.compile(
    r"岁|周岁|\bage|old|years of age|mladší|věk|under\s*$|over\s*$|past|last|过去|最近|starší|po dovršení",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Period:
    """A period's words and what they say."""

    start: int
    end: int
    duration: Duration


def periods(sentence: Sentence) -> list[Period]:
    """Every period in the sentence that is not an age or a date."""
    folded = sentence.reading.view.folded
    pattern = _LATIN if sentence.reading.words else _CHINESE
    out = []
    for match in pattern.finditer(folded, sentence.start, sentence.end):
        number = match.group("m") if "m" in match.groupdict() and match.group("m") else match.group("n")
        unit = _unit(match.group("u").lower())
        if number.lower().startswith(("half", "půl")):
            number = "半"
        half = _HALF.get(unit or "") if "半" in number or folded.startswith("半", match.end()) else None
        if half:  # 半年, 一年半
            whole = _number(number.replace("半", "")) or 0
            value: int | None = whole * half[0] + half[0] // 2
            unit = half[1]
        else:
            value = _number(number.lower())
        if value is None or unit is None:
            continue
        before = folded[max(sentence.start, match.start() - 14) : match.start()]
        after = folded[match.end() : min(sentence.end, match.end() + 12)]
        if _AGE.search(after[:9]) or _AGE.search(before[-8:]):
            continue
        if (
            not sentence.reading.words
            and match.group("u") in ("年", "月", "日")
            and value > 40
            and match.group("u") == "年"
        ):
            continue
        out.append(Period(match.start(), match.end(), _duration(value, unit, before, after)))
    return out


def by_period(statement: Statement, found: Sequence[Period]) -> list[Statement]:
    """A statement of retention once for each period it names ("logs for 30 days, invoices for ten years")."""
    named = [p for p in found if any(m.rule == "period" and m.start == p.start for m in statement.mentions)]
    if statement.practice != "Retain" or len({p.duration.value for p in named}) < 2:
        return [statement]
    out: list[Statement] = []
    for period in named:
        mentions = tuple(m for m in statement.mentions if m.rule != "period" or m.start == period.start)
        rules = statement.rules if not out else (*statement.rules, "period-part")
        out.append(replace(statement, mentions=mentions, duration=period.duration, rules=rules))
    return out


#: What half of a unit is counted in: how many of which smaller unit the whole has.
_HALF = {"year": (12, "month"), "month": (30, "day"), "day": (24, "hour")}


def _number(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    if text in _WORDS:
        return _WORDS[text]
    if all(char in "一二三四五六七八九十百两" for char in text):
        import cn2an

        try:
            return int(cn2an.cn2an(text.replace("两", "二"), "smart"))
        except ValueError:
            return None
    return None


def _unit(text: str) -> str | None:
    table = (
        ("hour", ("hour", "hr", "hodin", "小时")),
        ("minute", ("minut", "分钟")),
        ("day", ("day", "dn", "den", "天", "日", "工作日")),
        ("week", ("week", "týd", "周", "星期")),
        ("month", ("month", "měsíc", "个月", "月")),
        ("year", ("year", "yr", "let", "lét", "rok", "roce", "年")),
    )
    return next((unit for unit, starts in table if text.startswith(starts)), None)


def _duration(value: int, unit: str, before: str, after: str) -> Duration:
    letter, days = _UNITS[unit]
    time = "T" if unit in ("hour", "minute") else ""
    iso = f"P{time}{value}{letter}"
    if unit == "week":
        iso = f"P{value * 7}D"
    bound = (
        "AtMost"
        if _AT_MOST.search(before) or re.match(r"(?:以内|之?内)", after)
        else "AtLeast"
        if _AT_LEAST.search(before) or after.startswith("以上")
        else "Exactly"
    )
    return Duration(iso, round(value * days, 6), bound)  # type: ignore[arg-type]
