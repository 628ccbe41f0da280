"""The report as one HTML page.

In: a `Report`. Out: a page that needs nothing else: no script, no font, no style from anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from .errors import Finding, describe, errors
from .report import MAIN_MEASURES, MEASURE_LABELS, Estimate, Group, Report, Score, parts

_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 80rem; padding: 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: 0 0 2rem; }
caption { font-weight: 600; padding: .5rem 0; text-align: left; }
th, td { border-bottom: 1px solid #8886; padding: .25rem .6rem; text-align: right; white-space: nowrap; }
thead th { vertical-align: bottom; white-space: normal; }
th:first-child { text-align: left; }
small { opacity: .75; }
blockquote { border-left: 3px solid #8886; margin: .25rem 0; padding-left: .6rem; }
li { margin-bottom: .8rem; }
"""


def render_html(report: Report, *, title: str = "Evaluation", with_errors: bool = False) -> str:
    """The whole page; ``with_errors`` adds every finding (folded, a list a document) and names the denials."""
    return html_page(title, html_body(report, with_errors=with_errors))


def html_page(title: str, body: Iterable[str]) -> str:
    """A page of these pieces of HTML under its title."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>\n<body><main>\n<h1>{escape(title)}</h1>\n"
        + "\n".join(body)
        + "\n</main></body></html>\n"
    )


def html_body(report: Report, *, with_errors: bool = False) -> list[str]:
    """The pieces of the page, without its frame."""
    overall = report.overall
    body = [
        f"<p>{len(report.documents)} documents, {overall.gold} gold statements, {overall.predicted} found, "
        f"{overall.denials} denials read as affirmed. Small figures: 95% bootstrap intervals, documents resampled for "
        "macro, statements for micro.</p>",
        _summary(overall),
        _documents(report),
        _parts(overall, "Facets, strict", "strict"),
        _parts(overall, "Facets, lenient", "lenient"),
        *(_parts(group, f"Facets in {group.name}, lenient", "lenient") for group in report.languages),
        _parts(overall, "Practices", "practice"),
    ]
    if with_errors:
        body.append("<h2>Errors</h2>")
        for score in report.scores:
            items = "".join(_finding(finding) for finding in errors(score))
            body.append(f"<details><summary>{escape(score.name)}</summary><ul>{items}</ul></details>")
    return body


def _summary(group: Group) -> str:
    head = ["measure", "macro P", "macro R", "macro F1", "micro P", "micro R", "micro F1"]
    rows = [
        [MEASURE_LABELS[measure], *_three(group.macro.get(measure)), *_three(group.micro[measure])]
        for measure in MAIN_MEASURES
        if measure in group.micro
    ]
    return _table("All documents", head, rows)


def _documents(report: Report) -> str:
    head = [
        "",
        "gold",
        "found",
        "P",
        "R",
        *(MEASURE_LABELS[measure] for measure in MAIN_MEASURES),
        "denials as affirmed",
    ]
    rows = [_line(group, group.name, macro=False) for group in report.documents]
    for group in (*report.languages, report.overall):
        rows.append(_line(group, f"{group.name} macro", macro=True))
        rows.append(_line(group, f"{group.name} micro", macro=False))
    return _table("F1 by document and language", head, rows)


def _line(group: Group, name: str, *, macro: bool) -> list[str]:
    scores = group.macro if macro else group.micro
    statements = _three(scores.get("statements"))
    figures = [_figure(scores[measure].f1 if measure in scores else None) for measure in MAIN_MEASURES]
    return [escape(name), str(group.gold), str(group.predicted), *statements[:2], *figures, str(group.denials)]


def _parts(group: Group, title: str, prefix: str) -> str:
    rows = []
    for name in parts(group, prefix):
        score = group.micro[f"{prefix}/{name}"]
        counts = score.counts
        assert counts is not None
        rows.append([escape(name), str(counts.tp + counts.fn), str(counts.tp + counts.fp), *_three(score)])
    return _table(f"{title} (micro)", ["", "gold", "found", "P", "R", "F1"], rows)


def _table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    lines = "".join(
        f'<tr><th scope="row">{row[0]}</th>' + "".join(f"<td>{cell}</td>" for cell in row[1:]) + "</tr>" for row in rows
    )
    return (
        f'<div class="wide"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{lines}</tbody></table></div>"
    )


def _three(score: Score | None) -> list[str]:
    if score is None:
        return ["–", "–", "–"]
    return [_figure(part) for part in (score.precision, score.recall, score.f1)]


def _figure(estimate: Estimate | None) -> str:
    if estimate is None:
        return "–"
    figure = f"{estimate.value:.3f}"
    if estimate.interval is not None:
        figure += f" <small>{estimate.interval.low:.2f}–{estimate.interval.high:.2f}</small>"
    return figure


def _finding(finding: Finding) -> str:
    what: str = finding.kind
    if finding.value is not None:
        what += f": {finding.value.facet}={finding.value.concept}"
    if finding.guard is not None:
        what += f": {'+'.join(sorted(finding.guard.kinds))}"
    sides = [("gold", finding.gold), ("found", finding.predicted), *(("here", fact) for fact in finding.near)]
    lines = "".join(
        f"<div>{name} {escape(fact.id)} {escape(describe(fact))}</div>" for name, fact in sides if fact is not None
    )
    return (
        f"<li><b>{escape(what)}</b> <small>{finding.start}–{finding.end}</small>"
        f"<blockquote>{escape(finding.quote)}</blockquote>{lines}</li>"
    )
