"""Who the policy is of: the controller's name, its aliases, or that it stays unnamed.

In: the text, its reading and its clauses. Out: the controller's `Party` (name "" where the text gives none).
Candidates come from definitions ("X (以下称“我们”)", "X (dále jen …)",
"X (“we”)", "the controller is X") and from names that act like the controller; the best supported one wins.
"""

from __future__ import annotations

import re
from collections import Counter

from ..records import Clause, Party
from .candidates import NOT_NAMES, SELF_LATIN, SELF_ZH, Candidate, chinese, czech, english
from .facets import name_key
from .reading import Reading

_LEGAL = re.compile(
    r"(?:股份有限公司|有限责任公司|有限責任公司|有限公司|集团|集團|基金會|基金会|協會|协会|大學|大学|商行|工作室|\b(?:Inc|LLC|Ltd|Limited|GmbH|Corp|Corporation|PLC|B\.V|S\.A|AG|Foundation|(?-i:AB|Oy|BV|AS|SE|SA))\b\.?|s\.\s?r\.\s?o\.?|a\.\s?s\.|z\.\s?s\.|o\.\s?p\.\s?s\.|spol\.)",
    re.IGNORECASE,
)
_QUOTE = "“”\"「」『』„‘’«»'"


def controller(text: str, reading: Reading, clauses: tuple[Clause, ...]) -> Party:
    """The policy's controller; ``name`` is "" and ``rule`` "unnamed" where the text names nobody."""
    language = reading.lexicon.language
    found = {"zh": chinese, "en": english, "cs": czech}[language](text)
    acting = _acting(text, reading)
    for candidate in found:
        candidate.weight += 3 * bool(_LEGAL.search(candidate.name)) + min(text.count(candidate.name), 12) / 4
        candidate.weight -= 2 * (candidate.start > len(text) * 0.4)
    for name, count, start in acting:
        if not any(c.name == name for c in found):
            found.append(Candidate(name, start, 2.5 + min(count, 16) / 4, "acts-as-controller"))
    found = [c for c in found if _plausible(c.name)]
    if not found:
        return _unnamed(text, reading)
    best = max(found, key=lambda c: (c.weight, -c.start))
    if best.weight < 4:
        return _unnamed(text, reading)
    related = [c for c in found if c is not best and _related(best, c)]
    name, aliases = best.name, list(best.aliases)
    if not _LEGAL.search(name):
        shorter = [c for c in related if c.name in name and text.count(c.name) >= 3 * text.count(name)]
        if shorter:
            aliases.append(name)
            chosen = max(shorter, key=lambda c: c.weight)
            name, best = chosen.name, Candidate(chosen.name, text.find(chosen.name), best.weight, best.rule)
    for other in related:
        if other.name != name:
            aliases.append(other.name)
        aliases += other.aliases
    aliases += [
        m.group().strip()
        for m in re.finditer(
            re.escape(name)
            + r"\s?(?:,\s)?(?:Limited|Ltd\.?|Inc\.?|LLC|Corp\.?|GmbH|s\.\s?r\.\s?o\.|a\.\s?s\.|股份有限公司|有限公司)",
            text,
        )
    ]
    own = tuple(
        dict.fromkeys(a for a in (a.strip(_QUOTE + " ") for a in aliases) if a and a != name and not _pronoun(a))
    )
    return Party(name_key(name), name, best.start, best.start + len(name), own, rule=f"controller:{best.rule}")


def acting_names(text: str, reading: Reading) -> list[str]:
    """Names that act like the controller throughout (brands, products), whoever the controller is."""
    return [name for name, count, _ in _acting(text, reading) if count >= 4]


def _plausible(name: str) -> bool:
    if re.search(r"\b(?:Regulation|Act|Directive|GDPR|CCPA|Commission|How|What|Why|Who|When|Nařízení)\b", name):
        return False
    return 2 <= len(name) <= 60 and not re.fullmatch(r"[\d\W]+", name) and not SELF_ZH.fullmatch(name)


def _pronoun(alias: str) -> bool:
    return bool(SELF_ZH.fullmatch(alias) or SELF_LATIN.match(alias) or len(alias) > 30)


def _related(one: Candidate, other: Candidate) -> bool:
    a, b = name_key(one.name), name_key(other.name)
    if len(other.name) > 24 or re.search(r"[的之和及与與]|以及", other.name):
        return False
    return a in b or b in a or other.name in one.aliases or one.name in other.aliases


_THIS = re.compile(r"(?:this|tato|tuto|této|touto|tento|tohoto|tomto|toto|本)", re.IGNORECASE)


def _unnamed(text: str, reading: Reading) -> Party:
    """The words the text uses for itself ("this platform") are kept as evidence, never as a name."""
    own = [
        hit
        for hit in reading.layers.get("subjects", ())
        if hit.id == "we" and hit.end - hit.start > 3 and not SELF_LATIN.match(text[hit.start : hit.end])
    ]
    if own:
        counts = Counter(hit.form.text for hit in own)
        # "this platform" says more than "the service" or "our services"
        chosen = max(
            own,
            key=lambda hit: (
                bool(_THIS.match(text, hit.start)),
                " " in hit.form.text or text[hit.start] in "本",
                counts[hit.form.text],
                -hit.start,
            ),
        )
        return Party("", "", chosen.start, chosen.end, rule="controller:unnamed")
    first = next((hit for hit in reading.layers.get("subjects", ()) if hit.id == "we"), None)
    return Party("", "", first.start if first else 0, first.end if first else 0, rule="controller:unnamed")


def _acting(text: str, reading: Reading) -> list[tuple[str, int, int]]:
    """Names that act like the controller: proper names right before 会/将/不会 …, or before "collects/does not share"."""
    words = reading.words
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    if words:
        pattern = re.compile(
            r"(?<![\w.])(?P<name>[A-Z][\w.&'’-]{2,30})(?:\s+(?:may|will|does|do|can|cannot|collects?|uses?|utilizes|stores?|limits|processes|keeps|shares?|takes?|is|has|zpracovává|používá|shromažďuje|přijímá|bude|může|vystupuje|získává)\b)"
        )
    else:
        pattern = re.compile(
            r"(?P<name>(?<![A-Za-z])[A-Z][A-Za-z0-9.]+(?: [A-Z][A-Za-z0-9.]+){0,3}|(?<![A-Za-z])[A-Za-z][A-Za-z0-9.]{2,24}|(?<![A-Za-z])[A-Za-z][A-Za-z0-9.]{0,20}[\u4e00-\u9fff]{1,4}?)(?=\s?(?:会|會|将會|将|將|不会|不會|可能|所提供|所蒐集|所收集|使用|收集|蒐集|得將|於網站))"
        )
    for match in pattern.finditer(text):
        name = match["name"]
        if NOT_NAMES.match(name) or _generic(name) or name.lower() in ("cookie", "cookies"):
            continue
        counts[name] += 1
        first.setdefault(name, text.find(name))
    out = []
    for name, count in counts.most_common(6):
        total = text.count(name)
        if (
            count >= 2
            and total >= 3
            and not any(h.id for h in reading.hits("parties", first[name], first[name] + len(name)))
        ):
            out.append((name, total, first[name]))
    return out


def _generic(name: str) -> bool:
    if any("\u4e00" <= char <= "\u9fff" for char in name):
        return not re.search(
            r"[A-Za-z]", name
        )  # a purely Chinese brand needs a definition; the pattern cannot tell it from a noun
    return bool(
        re.match(
            r"(?:Users?|Visitors?|Third|Parties|Providers?|Companies|Children|Parents|Cookies?|Personal|Uživatel|Zákazník|Služba|Aplikace|Tato|Web|Správce|Google|Facebook|Apple|Microsoft|Amazon|APP|SDK|Customer)",
            name,
            re.IGNORECASE,
        )
    )
