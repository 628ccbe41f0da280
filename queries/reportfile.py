"""A report's file: plain SPARQL under a header of ``#+`` lines.

In: the text of a ``.rq`` file. Out: `Report`, checked as far as that goes without data, or `ReportFileError`
naming the line. The query runs unchanged in any SPARQL tool, because a parameter's default stands in it::

    #+ title: Who gets a kind of data
    #+ parameters:
    #+   category:
    #+     type: concept
    #+     scheme: data-categories
    SELECT … WHERE { VALUES ?category { cgc:Location } … }

A parameter is given by replacing the terms in its ``VALUES ?name { … }`` blocks or its ``BIND(… AS ?name)``, never by
pasting text. ``VALUES ?name { UNDEF }`` means: no default, everything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast, get_args

import pyoxigraph as ox

from .guard import Refused, fence_query
from .lexer import Token, tokens
from .reportchart import read_chart
from .reportheader import Failure, Header, ReportFileError, items, plain, read_header, text_list, text_of
from .reportwords import Words, read_translations

__all__ = [
    "PARAMETER_TYPES",
    "Column",
    "Parameter",
    "Report",
    "ReportDataset",
    "ReportFileError",
    "Slot",
    "read_report",
]

PARAMETER_TYPES = ("string", "integer", "decimal", "boolean", "date", "language", "iri", "concept", "policy")
#: What a report asks: a dataset of the store, or all versions, current and superseded, of the policies it is given.
ReportDataset = Literal["current", "history", "versions"]
EVIDENCE = ("statement", "clause", "quote")
_KEYS = (
    "title",
    "summary",
    "description",
    "tags",
    "parameters",
    "columns",
    "lists",
    "chart",
    "dataset",
    "translations",
)
_PARAMETER_KEYS = ("type", "scheme", "values", "description", "required", "default")
#: What may stand before the name of a column of evidence: which side of a denial, a pair or a change it is on.
_SIDE = re.compile(r"^(?:denied(?:Other|Former)?|exception|other|former)(?=[A-Z])")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something the asker may choose. ``type`` is one of `PARAMETER_TYPES`.

    ``scheme``: whose concepts are allowed (type concept). ``values``: the only texts allowed, if any.
    ``default``: the terms in the file, as SPARQL; empty where everything is meant.
    """

    name: str
    type: str
    description: str = ""
    scheme: str = ""
    values: tuple[str, ...] = ()
    required: bool = False
    default: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the result. ``evidence``: it leads to the words a fact rests on. ``list``: several, by "; "."""

    name: str
    title: str
    evidence: bool = False
    list: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the query where terms stand for a parameter: half-open range of characters. ``many``: VALUES."""

    start: int
    end: int
    many: bool
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A report, or, where ``error`` is not empty, a file that should be one: then only name and path count.

    ``chart``: hint such as ``{"kind": "bar", "x": "recipient", "y": "policies"}``. ``query``: the whole file.
    ``slots``: where each parameter, and ``lang``, stands in it. ``translations``: by language (`reportwords`).
    """

    name: str
    path: Path
    title: str = ""
    summary: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...] = ()
    chart: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    dataset: ReportDataset = "current"
    query: str = ""
    slots: Mapping[str, tuple[Slot, ...]] = field(default_factory=lambda: MappingProxyType({}))
    translations: Mapping[str, Words] = field(default_factory=lambda: MappingProxyType({}))
    error: str = ""


def read_report(path: Path) -> Report:
    """Read and check one file. Raises `ReportFileError`."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReportFileError(f"The report {path} cannot be read: {error}.", mend="Save it as UTF-8 text.") from error
    fail = Failure(path)
    if not _NAME.match(path.stem):
        raise fail("its name is no name of a report", mend="Use small letters, digits and hyphens.")
    header = read_header(text, _KEYS, fail)
    slots = _slots(text)
    parameters = tuple(_parameter(name, value, slots, fail) for name, value in items(header, "parameters", fail))
    columns = _columns(header, _variables(text, fail), fail)
    names = [column.name for column in columns]
    return Report(
        name=path.stem,
        path=path,
        title=text_of(header, "title", fail, needed=True),
        summary=text_of(header, "summary", fail, needed=True),
        description=text_of(header, "description", fail),
        tags=text_list(header, "tags", fail),
        parameters=parameters,
        columns=columns,
        chart=read_chart(header, names, fail),
        dataset=_dataset(header, parameters, fail),
        query=text,
        slots=MappingProxyType(slots),
        translations=read_translations(header, names, [one.name for one in parameters], fail),
    )


def _dataset(header: Header, parameters: Sequence[Parameter], fail: Failure) -> ReportDataset:
    name = text_of(header, "dataset", fail) or "current"
    if name not in get_args(ReportDataset):
        raise fail(f"there is no dataset “{name}”", mend=f"It is {' or '.join(get_args(ReportDataset))}.")
    if name == "versions" and not any(one.type == "policy" and one.required for one in parameters):
        raise fail("it asks all versions of no policy", mend="Give it a parameter of the type policy that is required.")
    return cast(ReportDataset, name)


def _parameter(
    name: str, value: str | list[str] | Header, slots: Mapping[str, Sequence[Slot]], fail: Failure
) -> Parameter:
    if not isinstance(value, dict):
        raise fail(f"the parameter “{name}” should be a block with a type")
    for key in value:
        if key not in _PARAMETER_KEYS:
            raise fail(f"“{key}” says nothing about the parameter “{name}”", mend=f"Say {', '.join(_PARAMETER_KEYS)}.")
    kind, scheme = text_of(value, "type", fail), text_of(value, "scheme", fail)
    if kind not in PARAMETER_TYPES:
        raise fail(f"the parameter “{name}” has the type “{kind}”", mend=f"Use {', '.join(PARAMETER_TYPES)}.")
    if (kind == "concept") != bool(scheme):
        raise fail(f"the parameter “{name}” needs type concept and a scheme together", mend="Name the scheme.")
    places = slots.get(name, ())
    if not places:
        raise fail(
            f"the query has no place for the parameter “{name}”",
            mend=f"Write VALUES ?{name} {{ … }} or BIND(… AS ?{name}) with its default.",
        )
    if len({place.terms for place in places}) > 1:
        raise fail(f"the parameter “{name}” has more than one default", mend="Write the same terms in each place.")
    default = tuple(term for term in places[0].terms if term.upper() != "UNDEF")
    said = text_list(value, "default", fail)
    if said and said != default:
        raise fail(f"the default of “{name}” is {', '.join(said)} in the header and {', '.join(default)} in the query")
    return Parameter(
        name=name,
        type=kind,
        description=text_of(value, "description", fail),
        scheme=scheme,
        values=text_list(value, "values", fail),
        required=text_of(value, "required", fail) == "true",
        default=default,
    )


def _slots(query: str) -> dict[str, tuple[Slot, ...]]:
    """Every ``VALUES ?x { terms }`` and ``BIND(term AS ?x)``, by variable."""
    found: dict[str, list[Slot]] = {}
    code = list(tokens(query))
    for index, token in enumerate(code):
        if token.kind != "word":
            continue
        if token.text.upper() == "VALUES" and index + 2 < len(code) and code[index + 2].text == "{":
            end = next((at for at in range(index + 3, len(code)) if code[at].text == "}"), None)
            if end is not None and code[index + 1].kind == "variable":
                inner = code[index + 3 : end]
                slot = Slot(code[index + 2].end, code[end].start, True, _terms(inner))
                found.setdefault(code[index + 1].text[1:], []).append(slot)
        elif token.text.upper() == "BIND" and index + 1 < len(code):
            end = next((at for at in range(index + 2, len(code)) if code[at].text == ")"), None)
            if end is None or end < index + 5 or code[end - 2].text.upper() != "AS":
                continue
            terms = _terms(code[index + 2 : end - 2])
            if len(terms) == 1:
                slot = Slot(code[index + 1].end, code[end - 3].end, False, terms)
                found.setdefault(code[end - 1].text[1:], []).append(slot)
    return {name: tuple(slots) for name, slots in found.items()}


def _terms(code: Sequence[Token]) -> tuple[str, ...]:
    """Terms as written; a literal keeps its tag or datatype, a number its sign."""
    terms: list[str] = []
    join = False
    for token in code:
        if token.kind == "tag" or token.text == "^" or join:
            terms[-1:] = ["".join([*terms[-1:], token.text])]
            join = token.text in ("^", "-", "+")
        else:
            terms.append(token.text)
            join = token.text in ("-", "+")
    return tuple(terms)


def _variables(query: str, fail: Failure) -> tuple[str, ...]:
    """What the query projects, learnt by running it on nothing."""
    try:
        names = _projected(fence_query(query))
    except SyntaxError as error:
        raise fail(f"the query is not valid SPARQL 1.1: {error}", mend="Mend it at that place.") from error
    except Refused as error:
        raise fail(str(error).rstrip("."), mend=error.mend) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise fail(f"the query cannot be run: {error}") from error
    if names is None:
        raise fail("the query gives no table", mend="A report is a SELECT query.")
    return names


def _projected(query: str) -> tuple[str, ...] | None:
    """A function of its own, because the fence's parser leaves errors behind that keep its callers' frames alive.

    A result in one of those would die in whatever thread collects the garbage, which pyoxigraph forbids.
    """
    result = ox.Store().query(query)
    return tuple(variable.value for variable in result.variables) if isinstance(result, ox.QuerySolutions) else None


def _columns(header: Header, variables: Sequence[str], fail: Failure) -> tuple[Column, ...]:
    """The variables in order; ``xLabel`` beside ``x`` is no column but the text of that one."""
    shown = [name for name in variables if not (name.endswith("Label") and name.removesuffix("Label") in variables)]
    titles = {key: plain(key, value, fail) for key, value in items(header, "columns", fail)}
    lists = text_list(header, "lists", fail)
    for name in (*titles, *lists):
        if name not in shown:
            raise fail(f"there is no column “{name}”", mend=f"The query gives {', '.join(shown)}.")
    return tuple(
        Column(
            name=name,
            title=titles.get(name, _spoken(name)),
            evidence=_base(name) in EVIDENCE,
            list=name in lists,
        )
        for name in shown
    )


def _base(name: str) -> str:
    """``deniedQuote``, ``exceptionQuote`` and ``deniedFormerQuote`` are quotes too."""
    return _SIDE.sub("", name).lower()


def _spoken(name: str) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()
    return words[:1].upper() + words[1:]
