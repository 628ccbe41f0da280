"""Saved reports: found in folders, asked with parameters, answered with labels in the reader's language.

In: folders of ``.rq`` files (`reportfile`), a store, parameter texts, a language tag. Out: `Report`s, `Result`s.
Errors: `ReportError`. A file that is no report is listed with its error and stops nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from .. import ClauseGraphError
from ..ontology.terms import CATALOGUE_GRAPH, ID, POLICY, XSD, expand, shorten
from ..ontology.vocabulary import Concept, Vocabulary, load_vocabulary
from .guard import fence_query
from .reportfile import Column, Parameter, Report, read_report
from .reportheader import ReportFileError
from .reportwords import in_language, label_language, spoken
from .store import Solutions, Store, Term
from .store.base import plain
from .versions import ask_versions

__all__ = [
    "BUNDLED",
    "Cell",
    "Column",
    "Parameter",
    "Report",
    "ReportError",
    "Result",
    "choices",
    "get_report",
    "in_language",
    "label_language",
    "list_reports",
    "query_of",
    "run_report",
]

BUNDLED = Path(__file__).resolve().parent / "reports"
LIST_SEPARATOR = "; "

Value = str | Sequence[str]


class ReportError(ClauseGraphError):
    """There is no such report, or a parameter is missing, of the wrong type or unknown."""


@dataclass(frozen=True, slots=True)
class Cell:
    """``text`` is for people; ``iri`` leads to the thing, where it is one; ``number`` is for sums and charts."""

    text: str
    iri: str = ""
    number: int | float | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A report's answer, its words in the language ``lang``. Each row has one cell a column.

    ``parameters``: the texts that were asked with.
    """

    report: Report
    columns: tuple[Column, ...]
    rows: list[tuple[Cell, ...]]
    lang: str
    parameters: Mapping[str, Value]


def list_reports(folders: Iterable[str | Path] = ()) -> list[Report]:
    """The bundled reports and those in the folders, by name; a folder's report hides an earlier one of its name."""
    found: dict[str, Report] = {}
    for folder in (BUNDLED, *map(Path, folders)):
        if not folder.is_dir():
            found[folder.name] = Report(folder.name, folder, error=f"The folder of reports {folder} is not there.")
            continue
        for path in sorted(folder.glob("*.rq")):
            try:
                found[path.stem] = _read(path)
            except ReportFileError as error:
                found[path.stem] = Report(path.stem, path, error=str(error))
    return [found[name] for name in sorted(found)]


def get_report(name: str, folders: Iterable[str | Path] = ()) -> Report:
    """The report of this name. Raises `ReportError` where there is none, or its file is broken."""
    # Compared with what is there, not looked up: a name may be too long for a file or hold what no file may be called.
    folders = [*folders]
    places = [
        path for folder in (*reversed(folders), BUNDLED) for path in Path(folder).glob("*.rq") if path.stem == name
    ]
    if not places:
        near = get_close_matches(name, [report.name for report in list_reports(folders)], n=3, cutoff=0.5)
        raise ReportError(
            f"There is no report “{name}”.",
            mend=f"Did you mean {' or '.join(near)}?" if near else "List the reports for their names.",
        )
    try:
        return _read(places[0])
    except ReportFileError as error:
        raise ReportError(str(error), mend=f"Mend {places[0]}.") from error


def _read(path: Path) -> Report:
    """The report in a file, read again only when the file has changed: checking a query takes milliseconds."""
    try:
        state = path.stat()
    except OSError:
        return read_report(path)  # which says what is wrong
    return _read_once(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=512)
def _read_once(path: Path, changed: int, size: int) -> Report:
    return read_report(path)


def run_report(
    store: Store,
    name: str | Report,
    parameters: Mapping[str, Value] | None = None,
    lang: str = "en",
    *,
    folders: Iterable[str | Path] = (),
) -> Result:
    """Ask a report. ``parameters``: texts by name; a sequence where several values are meant."""
    report = name if isinstance(name, Report) else get_report(name, folders)
    given = dict(parameters or {})
    query = fence_query(query_of(store, report, given, lang))
    if report.dataset == "versions":
        answer = ask_versions(store, query, _policies_of(store, report, given))
    else:
        answer = store.query(query, dataset=report.dataset)
    assert isinstance(answer, Solutions)
    spoken = in_language(report, lang)
    return Result(spoken, spoken.columns, rows_of(report, answer, lang), label_language(lang), given)


def _policies_of(store: Store, report: Report, given: Mapping[str, Value]) -> list[str]:
    """The policies that the parameters name; that they are stored has been checked."""
    texts = (given.get(one.name, ()) for one in report.parameters if one.type == "policy")
    nodes = (_policy(store, text.strip()) for found in texts for text in ([found] if isinstance(found, str) else found))
    return [node.value for node in nodes if node is not None]


def query_of(store: Store, report: Report, parameters: Mapping[str, Value], lang: str = "en") -> str:
    """The report's SPARQL with the parameters in their places. Raises `ReportError`. The store knows the policies."""
    known = {parameter.name: parameter for parameter in report.parameters}
    for name in parameters:
        if name not in known:
            has = f"It has {', '.join(known)}." if known else "It has none."
            raise ReportError(f"The report “{report.name}” has no parameter “{name}”.", mend=has)
    terms: dict[str, list[str]] = {}
    if "lang" in report.slots:
        terms["lang"] = [str(ox.Literal(label_language(lang)))]
    for parameter in report.parameters:
        given = parameters.get(parameter.name, ())
        texts = [text for text in ([given] if isinstance(given, str) else given) if text.strip()]
        if texts:
            terms[parameter.name] = [_term(store, report, parameter, text) for text in texts]
        elif parameter.required and not parameter.default:
            raise ReportError(
                f"The report “{report.name}” needs the parameter “{parameter.name}”.", mend=_allowed(parameter)
            )
    places = [(slot, found) for name, found in terms.items() for slot in report.slots[name]]
    query = report.query
    for slot, found in sorted(places, key=lambda place: place[0].start, reverse=True):
        if len(found) > 1 and not slot.many:
            raise ReportError(f"The report “{report.name}” takes one value, not {len(found)}.", mend="Give one.")
        inner = f" {' '.join(found)} " if slot.many else found[0]
        query = query[: slot.start] + inner + query[slot.end :]
    return query


def choices(store: Store, parameter: Parameter, lang: str = "en") -> list[tuple[str, str]]:
    """What a form may offer for a parameter: value and label, by label. Empty where anything of the type goes."""
    if parameter.values:
        return [(value, value) for value in parameter.values]
    if parameter.type == "concept":
        vocabulary = load_vocabulary()
        found = [(each.id, vocabulary.label(each.id, lang)) for each in vocabulary.in_scheme(parameter.scheme)]
    elif parameter.type == "policy":
        found = [(row.policy_iri, row.title or row.policy_iri) for row in store.policies()]
    elif parameter.type == "boolean":
        found = [("false", "false"), ("true", "true")]
    else:
        found = []
    return sorted(found, key=lambda choice: choice[1].casefold())


def rows_of(report: Report, answer: Solutions, lang: str) -> list[tuple[Cell, ...]]:
    """Cells of a report's answer: labels for things, sorted lists, numbers."""
    places = {name: index for index, name in enumerate(answer.variables)}
    vocabulary, language = load_vocabulary(), label_language(lang)
    rows = []
    for row in answer.rows:
        cells = []
        for column in report.columns:
            label = places.get(f"{column.name}Label")
            beside = row[label] if label is not None else None
            cells.append(_cell(row[places[column.name]], beside, column, vocabulary, language))
        rows.append(tuple(cells))
    return rows


def _cell(value: Term | None, label: Term | None, column: Column, vocabulary: Vocabulary, lang: str) -> Cell:
    if value is None:
        return Cell("" if label is None else plain(label))
    text = plain(value)
    if isinstance(value, ox.NamedNode):
        if label is not None:
            return Cell(plain(label), text)
        concept = vocabulary.by_exact(text)
        named = concept is not None and concept.iri == text
        return Cell(vocabulary.label(concept.id, lang) if concept is not None and named else _short(text), text)
    if column.list:
        return Cell(LIST_SEPARATOR.join(sorted({part for part in text.split(LIST_SEPARATOR) if part})))
    if isinstance(value, ox.Literal) and value.datatype.value == f"{XSD}boolean":
        return Cell(spoken("yes" if text in ("true", "1") else "no", lang))
    return Cell(text, number=_number(value))


def _short(iri: str) -> str:
    """What stands below a version is shown from there on, a policy by its key, others as CURIEs."""
    if iri.startswith(f"{ID}policy/"):
        return iri.partition("/version/")[2].partition("/")[2] or iri.removeprefix(f"{ID}policy/")
    return shorten(iri)


def _number(value: Term) -> int | float | None:
    if not isinstance(value, ox.Literal):
        return None
    kind = value.datatype.value.removeprefix(XSD)
    if kind in ("integer", "nonNegativeInteger", "int", "long"):
        return int(value.value)
    return float(value.value) if kind in ("decimal", "double", "float") else None


# --- parameters


def _term(store: Store, report: Report, parameter: Parameter, text: str) -> str:
    """The text as a serialised, typed term."""
    if parameter.values and text not in parameter.values:
        raise _refusal(report, parameter, text)
    try:
        term = _typed(store, parameter, text.strip())
    except (ValueError, OverflowError, InvalidOperation):
        term = None
    if term is None:
        raise _refusal(report, parameter, text)
    return str(term)


def _typed(store: Store, parameter: Parameter, text: str) -> ox.NamedNode | ox.Literal | None:
    """The term, None or ValueError for a text that is none of the type."""
    match parameter.type:
        case "string":
            return ox.Literal(text)
        case "language":
            return ox.Literal(text) if text.replace("-", "").isalnum() and text.isascii() else None
        case "integer":
            return ox.Literal(int(text))
        case "decimal":
            number = Decimal(text)
            return ox.Literal(format(number, "f"), datatype=_xsd("decimal")) if number.is_finite() else None
        case "boolean":
            low = text.lower()
            return ox.Literal(low == "true") if low in ("true", "false") else None
        case "date":
            return ox.Literal(date.fromisoformat(text).isoformat(), datatype=_xsd("date"))
        case "iri":
            return ox.NamedNode(expand(text))
        case "concept":
            concept = _concept(text)
            return ox.NamedNode(concept.iri) if concept and parameter.scheme in concept.schemes else None
        case _:
            return _policy(store, text)


def _concept(text: str) -> Concept | None:
    """By id, CURIE or IRI, ours or DPV's."""
    vocabulary = load_vocabulary()
    return vocabulary.get(text) or vocabulary.by_exact(text)


def _policy(store: Store, text: str) -> ox.NamedNode | None:
    """A stored policy by IRI or key."""
    node = ox.NamedNode(text if text.startswith(ID) else f"{ID}policy/{quote(text, safe='')}")
    known = store.query(f"ASK {{ GRAPH <{CATALOGUE_GRAPH}> {{ {node} a <{POLICY}> }} }}")
    return node if known is True else None


def _xsd(name: str) -> ox.NamedNode:
    return ox.NamedNode(XSD + name)


def _refusal(report: Report, parameter: Parameter, text: str) -> ReportError:
    mend = _allowed(parameter)
    if parameter.type == "concept":
        near = get_close_matches(text, [each.id for each in load_vocabulary().in_scheme(parameter.scheme)], n=3)
        mend = f"Did you mean {' or '.join(near)}?" if near else mend
    return ReportError(f"“{text}” is no value of “{parameter.name}” in the report “{report.name}”.", mend=mend)


def _allowed(parameter: Parameter) -> str:
    if parameter.values:
        return f"Give one of {', '.join(parameter.values)}."
    return {
        "concept": f"Give a concept of the scheme {parameter.scheme}, such as its id or cgc:Id.",
        "policy": "Give the key or IRI of a policy that is stored.",
        "date": "Give a date such as 2026-01-31.",
        "boolean": "Give true or false.",
        "iri": "Give an IRI such as https://example.org/x.",
        "language": "Give a language tag such as zh-Hant.",
    }.get(parameter.type, f"Give a value of the type {parameter.type}.")
