"""What a policy says is not there: "Aplikace neobsahuje reklamy", "Nemáme registraci", "Bez sledování".

In: the drafts of a sentence and its `Facts`. Out: the drafts, with a denial where the sentence says that the controller's
own site or app lacks what would collect or use data. Such verbs (contain, have, require) state no practice themselves.
"""

from __future__ import annotations

import re

from .context import Draft
from .facets import Value
from .facts import Facts
from .zones import zone_at

#: Verbs that say something is not there or not asked for; those of ``own`` have their subject in their ending.
_LACKS = {
    "cs": re.compile(
        r"\b(?:(?P<own>nemáme|nemám|nepotřebuj(?:eme|i)|nevyžaduj(?:eme|i)|nepožaduj(?:eme|i)|nenastavuj(?:eme|i)|nevkládáme"
        r"|nevytvář(?:íme|ím)|nevedeme|neprovozujeme|nenasazujeme|neintegrujeme|nežádáme|nechceme|nezobrazujeme)"
        r"|neobsahuj[eí]|nezahrnuj[eí]|nemá|nemají|nevyžaduj[eí]|nepožaduj[eí]|nepotřebuj[eí]|nenastavuj[eí]|nevkládá|nevkládají"
        r"|nevytváří|nevytvářejí|nežádá|nežádají|neumožňuj[eí]|nepovoluj[eí]|nezobrazuj[eí]|neintegruj[eí]"
        r"|(?:nejsou|není)\s+(?:\w+\s+){0,3}?(?:žádn\w+|zabudován\w*|obsažen\w*|přítomn\w*|integrován\w*|nasazen\w*|potřeba|třeba"
        r"|nutn[áéý]|nutno|vyžadován\w*|potřebn[áéýí]\w*))\b"
    ),
}
#: Lines without a verb: "Žádné reklamy", "Bez účtu, bez sledování".
_BARE = {
    "cs": re.compile(
        r"(?:žádn\w+|nulov\w+|bez(?! (?:vaš|tv|souhlas|předchoz|zbyteč|ohled|toho|těch|nich|n[íě]|omezen|udán|vliv|poskytnut))) (?=\w)"
    )
}
#: What lacks it: the controller's own product, not a message, a cookie, a partner.
_OURS = {
    "cs": re.compile(
        r"^\W*(?:(?:v|ve|na|k|ke|pro|při)\s+)?(?:(?!třetí|cizí|jin|extern|někter|odkaz)\w+\s+){0,2}?(?:aplikac\w*|app\w*|web\w*|stránk\w*|hr[aeuyě]|rozšíření\w*"
        r"|doplněk|doplňk\w*|plugin\w*|program\w*|nástroj\w*|služb\w*|e shop\w*|e-?shop\w*|portál\w*|systém\w*|softwar\w*"
        r"|produkt\w*|projekt\w*|verz\w*|používání\w*|použití\w*|prohlížení\w*|čtení\w*|hraní\w*)\b"
    ),
}
#: Words for an account, which no form of the lexicon names in all its cases.
_ACCOUNT = {"cs": re.compile(r"\b(?:registrac\w+|přihlášen\w+|přihlašován\w+|účet|účt[uůyem]\w*)\b")}
_NEW_CLAUSE = {"cs": re.compile(r"\W*(?:a tedy|takže|protože|neboť|ale|však|avšak|pokud|kter\w+|aby|že|proto)\b")}
_OUTSIDE = ("condition", "exception", "relative")


def absent(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """The drafts, and what the sentence says is lacking."""
    sentence = facts.sentence
    language, folded = sentence.reading.lexicon.language, sentence.reading.view.folded
    if language not in _LACKS or any(d.denied and d.practice in ("Collect", "Use") for d in drafts):
        return drafts
    found = _LACKS[language].search(folded, sentence.start, sentence.end)
    if found:
        begin, end = sentence.clause_of(found.start())
        zone = zone_at(facts.zones, found.start())
        if zone is not None and zone.kind in _OUTSIDE:
            return drafts
        lead = folded[begin : found.start()]
        item = facts.context.item and facts.context.first and found.start() - sentence.start <= 2
        if not (
            found["own"] or item or _OURS[language].search(lead) or _OURS[language].match(folded[found.end() : end])
        ):
            return drafts
        at, end = found.start(), _listed(facts, end)
    elif facts.context.forbidden and facts.context.item and not drafts and not _spoken(facts, sentence.start):
        at, begin, end = sentence.start, sentence.start, sentence.end  # "Co aplikace nedělá": "reklamy"
    elif (bare := _BARE[language].match(folded, sentence.start, sentence.end)) and not _spoken(facts, bare.end()):
        at, begin, end = bare.start(), sentence.start, sentence.end
    else:
        return drafts
    named = [v for v in facts.values if begin <= v.mention.start < end and v.zone not in _OUTSIDE]
    practices = _practices(named, account=bool(_ACCOUNT[language].search(folded, begin, end)))
    trace = f"“{sentence.reading.view.text[at:end][:40]}”: it is not there"
    kept = [d for d in drafts if d.denied or not begin <= d.at < end] if practices else drafts
    return kept + [Draft(p, True, "Will", "we", rules=("absent",), trace=(trace,), at=at) for p in practices]


#: "Bez rodného čísla nelze …" tells what lacking it costs.
_NOT_POSSIBLE = re.compile(r"\b(?:nelze|není možn\w+|nemůže\w*|nebud\w+|nemusí\w*|nejde)\b")


def _listed(facts: Facts, end: int) -> int:
    """Where the enumeration that begins in a clause ends: before a clause with a verb of its own."""
    sentence = facts.sentence
    folded = sentence.reading.view.folded
    for start, stop in sentence.clauses:
        if start < end:
            continue
        new = _NEW_CLAUSE[sentence.reading.lexicon.language].match(folded, start, stop)
        if new or any(start <= f.hit.start < stop and f.zone == "main" and f.actor for f in facts.frames):
            break
        end = stop
    return end


def _spoken(facts: Facts, start: int) -> bool:
    """Whether a line that opens with a negator has a verb after all, or is too long for a slogan."""
    sentence = facts.sentence
    if _NOT_POSSIBLE.search(sentence.folded):
        return True
    return sentence.end - sentence.start > 110 or any(f.zone == "main" and f.hit.start >= start for f in facts.frames)


def _practices(named: list[Value], *, account: bool) -> list[str]:
    """Collect for data that would be collected, Use for what would be done or used."""
    cookies = any(v.mention.concept in ("CookieData", "Cookie") for v in named)
    purposes = any(v.mention.facet == "purpose" and v.mention.concept not in _NO_USE for v in named)
    plain = {"CookieData", "PersonalData"} | ({"DiagnosticsData"} if purposes else set())  # telemetry among analytics
    data = any(v.mention.facet == "dataCategory" and v.mention.concept not in plain for v in named)
    tools = any(v.mention.facet in ("source", "recipient") and v.mention.concept not in _GIVEN for v in named)
    out = ["Use"] if purposes or cookies or (tools and not data and not account) else []
    given = any(v.mention.concept in _GIVEN for v in named)  # no contact form
    return [*out, "Collect"] if data or ((account or given) and not out) else out


#: Ways in which users give data.
_GIVEN = frozenset({"DataSubjectDataSource"})


#: Purposes that a word for an account names: no account is there, and nothing would be used for it.
_NO_USE = frozenset(
    {
        "ServiceRegistration",
        "IdentityAuthentication",
        "AccountManagement",
        "ServiceProvision",
        "TechnicalServiceProvision",
    }
)
