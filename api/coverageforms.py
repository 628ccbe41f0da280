"""What of a checklist a policy says, in words: one plain structure for all forms, then Markdown and HTML.

In: a `Coverage`, the policy, a language. Out: `described` (plain data with labels, as JSON gives it), `to_markdown`,
`to_html` (a page of its own). An item in order: its verdict, why it applies or not, each point, what is left to judge.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ..ontology.checklist import Point, When
from ..ontology.wording import phrase, worded
from ..queries.coverage import Coverage, Evidence, Finding, Holding, ItemCoverage, Verdict
from .pages import environment
from .views.model import PolicyView

#: States of a point without evidence, and the words for them.
ABSENT = {"not found": "missing", "not checked": "not checked"}
#: Pieces of evidence that forms for people show of one point.
SHOWN = 3
_VERIFICATION = {"Unverified": "unverified", "VerifiedSecondary": "secondary"}


def described(coverage: Coverage, policy: PolicyView, lang: str) -> dict[str, Any]:
    """Everything that a coverage holds, with words in the reader's language."""
    checklist = coverage.checklist
    return {
        "policy": policy.iri,
        "title": policy.shown,
        "language": policy.language,
        "version": coverage.version,
        "law": checklist.id,
        "law_title": worded(checklist.labels, lang),
        "law_note": worded(checklist.notes, lang),
        "lang": lang,
        "advice": phrase("advice", lang),
        "complete": coverage.complete,
        "counts": {verdict.value: coverage.count(verdict) for verdict in Verdict},
        "verdicts": {verdict.value: phrase(verdict.value, lang) for verdict in Verdict},
        "items": [item_data(one, lang) for one in coverage.items],
    }


def item_data(covered: ItemCoverage, lang: str) -> dict[str, Any]:
    """One item as plain data."""
    item = covered.item
    note = _VERIFICATION.get(item.verification, "")
    return {
        "id": item.id,
        "iri": item.iri,
        "article": item.article,
        "provision": item.provision,
        "source": item.source,
        "title": worded(item.labels, lang),
        "verification": item.verification,
        "verification_note": phrase(note, lang) if note else "",
        "verdict": covered.verdict.value,
        "verdict_label": phrase(covered.verdict.value, lang),
        "conditions": conditions_of(covered, lang),
        "points": [
            *(_point(one, "found" if one.found else "not found", lang) for one in covered.points),
            *(_point(one, "found" if one.found else "not checked", lang) for one in covered.unread),
            *(_point(one, "also found" if one.found else "denied", lang) for one in covered.also),
            *(_point(Finding(one), "for a person", lang) for one in item.judge),
        ],
        "judge": judgements(covered, lang),
    }


def conditions_of(covered: ItemCoverage, lang: str) -> list[dict[str, Any]]:
    """On what the item applies, and what is known of that."""
    item = covered.item
    known = [_condition(one, _state(one), lang) for one in covered.when]
    for state, whens in (("given", item.assuming), ("for a person", item.undecided), ("never", item.never)):
        known += [_condition(Holding(one), state, lang) for one in whens]
    return known


def _state(holding: Holding) -> str:
    return "stated" if holding.held else "left open" if holding.undecided else "not stated"


def judgements(covered: ItemCoverage, lang: str) -> list[str]:
    """What a person has to judge about an item, beside whether the words found are enough; a sentence each."""
    item = covered.item
    said = [phrase("never", lang, condition=worded(one.labels, lang)) for one in item.never]
    said += [phrase("assumed", lang, condition=worded(one.when.labels, lang)) for one in covered.failing]
    if covered.verdict is Verdict.NOT_APPLICABLE:
        denied = [one.when for one in covered.failing if one.denials]
        hinted = [one.when for one in covered.failing if one.hints]
        return [*said, *_sentence("denied", denied, lang), *_sentence("hinted", hinted, lang)]
    said += [phrase("given", lang, condition=worded(one.labels, lang)) for one in _real(item.assuming)]
    unsure = [*item.undecided, *(one.when for one in covered.when if one.undecided)]
    said += [phrase("undecided", lang, condition=worded(one.labels, lang)) for one in unsure]
    unread = [one.point for one in covered.unread if not one.found]
    said += _sentence("unread", [*unread, *item.judge], lang)
    findings = (*covered.points, *covered.unread, *covered.also)
    said += _sentence("denied", (one.point for one in findings if one.denials), lang)
    only = (one.point for one in findings if one.found and all(words.conditions for words in one.evidence))
    return said + _sentence("conditional", only, lang)


def _real(whens: Iterable[When]) -> list[When]:
    """Conditions without “always”, which nobody has to judge."""
    return [one for one in whens if one.id != "when-always"]


def _sentence(name: str, things: Iterable[Point | When], lang: str) -> list[str]:
    words = "; ".join(dict.fromkeys(worded(one.labels, lang) for one in things))
    return [phrase(name, lang, points=words)] if words else []


def _point(finding: Finding, state: str, lang: str) -> dict[str, Any]:
    return {
        "id": finding.point.id,
        "label": worded(finding.point.labels, lang),
        "state": state,
        "evidence": evidence_data(finding.evidence, lang),
        "denials": evidence_data(finding.denials, lang),
    }


def _condition(holding: Holding, state: str, lang: str) -> dict[str, Any]:
    return {
        "id": holding.when.id,
        "label": worded(holding.when.labels, lang),
        "state": state,
        "evidence": evidence_data(holding.evidence, lang),
        "denials": evidence_data(holding.denials, lang),
        "hints": evidence_data(holding.hints, lang),
        "opens": evidence_data(holding.opens, lang),
    }


def evidence_data(evidence: Iterable[Evidence], lang: str) -> list[dict[str, Any]]:
    """Words with the way to them. Statements that rest on the same words are one entry."""
    entries: dict[tuple[str, str], dict[str, Any]] = {}
    for one in evidence:
        entry = entries.setdefault(
            (one.text, one.path),
            {
                "quote": one.text,
                "clause": one.clause,
                "path": one.path,
                "denied": one.denied,
                "conditions": [],
                "statements": [],
            },
        )
        if one.iri:
            entry["statements"].append(one.iri)
        for effect, words in one.conditions:
            condition = {"effect": effect, "label": phrase(effect, lang), "words": words}
            if condition not in entry["conditions"]:
                entry["conditions"].append(condition)
    return list(entries.values())


def to_markdown(data: dict[str, Any]) -> str:
    """A document: the counts, then each item with its evidence."""
    lang = data["lang"]

    def text(value: str) -> str:
        return " ".join(re.sub(r"[\\*\[\]`]", r"\\\g<0>", value).replace("<", "&lt;").split())

    counts = ", ".join(f"{data['verdicts'][name]}: {number}" for name, number in data["counts"].items() if number)
    lines = [f"# {text(data['title'])}", "", f"{text(data['law_title'])} — {counts}", "", f"*{data['advice']}*", ""]
    lines += [text(data["law_note"]), ""] if data["law_note"] else []
    for item in data["items"]:
        lines += [f"## {item['article']} · {text(item['title'])}", "", f"**{item['verdict_label']}**"]
        lines += [f"({item['verification_note']})"] if item["verification_note"] else []
        lines.append("")
        for point in shown_points(item):
            if point["state"] in ABSENT:
                lines.append(f"- {text(point['label'])}: *{phrase(ABSENT[point['state']], lang)}*")
            for entry in point["evidence"][:SHOWN]:
                lines.append(f"- {text(point['label'])}: “{text(entry['quote'])}”{_aside(entry, lang, text)}")
            if len(point["evidence"]) > SHOWN:
                lines.append(f"- {phrase('more', lang, count=len(point['evidence']) - SHOWN)}")
            for entry in point["denials"][:SHOWN]:
                lines.append(
                    f"- {text(point['label'])}: **{phrase('denial', lang)}** “{text(entry['quote'])}”"
                    f"{_aside(entry, lang, text)}"
                )
        if item["judge"]:
            lines += ["", f"{phrase('person', lang)}: {text(' '.join(item['judge']))}"]
        lines.append("")
    return "\n".join(lines)


def _aside(entry: dict[str, Any], lang: str, text: Callable[[str], str]) -> str:
    parts = [phrase("clause", lang, path=entry["path"])] if entry["path"] else []
    parts += [f"{one['label']}: “{text(one['words'])}”" for one in entry["conditions"]]
    return f" ({'; '.join(parts)})" if parts else ""


def shown_points(item: dict[str, Any]) -> list[dict[str, Any]]:
    """What people are shown of an item: why it applies and its points, or where it does not apply what denies that."""
    if item["verdict"] == Verdict.NOT_APPLICABLE.value:
        failing = [one for one in item["conditions"] if one["state"] == "not stated"]
        return [one | {"evidence": one["hints"]} for one in failing if one["denials"] or one["hints"]]
    conditions = [
        one | {"evidence": (one["evidence"] or one["opens"])[:1], "denials": []}
        for one in item["conditions"]
        if one["state"] in ("stated", "left open")
    ]
    return [*conditions, *(one for one in item["points"] if one["state"] != "for a person")]


def to_html(reports: Sequence[dict[str, Any]]) -> str:
    """A page of its own, to print or to send; links lead to the IRIs of the evidence."""
    template = environment().get_template("comply_alone.html")
    lang = reports[0]["lang"]
    return template.render(reports=reports, lang=lang, local=lambda iri: iri, **page_values(lang))


def page_values(lang: str) -> dict[str, Any]:
    """What the templates need beside the data."""
    return {
        "say": lambda name, **values: phrase(name, lang, **values),
        "points_of": shown_points,
        "most": SHOWN,
        "absent": ABSENT,
    }
