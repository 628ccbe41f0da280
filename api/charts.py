"""A report's answer as a chart, by the hint in its header.

In: a `Result`. Out: a `Chart` (points with their words, ready for the browser), None where there is none to draw.

Hints: ``kind: bar`` or ``dot`` with ``x``, a column of names, and ``y``, a column of numbers (without ``y`` the rows
are counted); ``kind: matrix`` with two columns of names, whose pairs are counted. A bar is the largest of its numbers,
dots show them all. A column that lists several values counts for each.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from ..queries.report import LIST_SEPARATOR, Cell, Column, Result
from ..queries.reportchart import CHART_KINDS

#: Names on one axis; the chart says what it leaves out.
MOST = 40


@dataclass(frozen=True, slots=True)
class _Phrases:
    """What a caption is made of, in one language."""

    by: str
    largest: str
    rows: str
    pairs: str
    left_out: str


_PHRASES = {
    "en": _Phrases(
        by="{value} by {x}{left_out}.",
        largest="{value} (the largest)",
        rows="Rows",
        pairs="Rows of the table below by {x} and {y}{left_out}.",
        left_out="; the {shown} greatest of {all} ({x})",
    ),
    "cs": _Phrases(
        by="{value} podle sloupce „{x}“{left_out}.",
        largest="{value} (největší)",
        rows="Řádky",
        pairs="Řádky tabulky níže podle sloupců „{x}“ a „{y}“{left_out}.",
        left_out="; {shown} největších z {all} („{x}“)",
    ),
    "zh-Hant": _Phrases(
        by="{value}，依「{x}」{left_out}。",
        largest="{value}（最大值）",
        rows="列數",
        pairs="下表的列數，依「{x}」與「{y}」{left_out}。",
        left_out="；「{x}」共 {all} 項，僅列最大的 {shown} 項",
    ),
    "zh-Hans": _Phrases(
        by="{value}，按“{x}”{left_out}。",
        largest="{value}（最大值）",
        rows="行数",
        pairs="下表的行数，按“{x}”与“{y}”{left_out}。",
        left_out="；“{x}”共 {all} 项，仅列最大的 {shown} 项",
    ),
}


@dataclass(frozen=True, slots=True)
class Point:
    """A bar, a dot or a field of the matrix; ``y`` is "" for the first two."""

    x: str
    y: str
    value: int | float


@dataclass(frozen=True, slots=True)
class Chart:
    """What the browser draws. ``x``, ``y`` and ``value`` are titles; ``denied``: it shows what is denied."""

    kind: str
    caption: str
    x: str
    y: str
    value: str
    denied: bool
    points: tuple[Point, ...]

    def data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return asdict(self)


def chart_of(result: Result) -> Chart | None:
    """The chart of an answer. None: no hint, a hint that does not fit the columns, or fewer than two names to show."""
    hint, places = result.report.chart, {column.name: place for place, column in enumerate(result.columns)}
    kind, x, y = hint.get("kind", ""), hint.get("x", ""), hint.get("y", "")
    if kind not in CHART_KINDS or x not in places or (y not in places if kind == "matrix" or y else False):
        return None
    columns = result.columns[places[x]], result.columns[places[y]] if y else None
    names = _names(result, places[x])
    phrases = _PHRASES.get(result.lang, _PHRASES["en"])
    if kind == "matrix":
        assert columns[1] is not None
        return _matrix(phrases, columns[0], columns[1], names, _names(result, places[y]))
    numbers: dict[str, list[int | float]] = defaultdict(list)
    for row, here in zip(result.rows, names, strict=True):
        number = 1 if not y else row[places[y]].number
        if number is not None:
            for name in here:
                numbers[name].append(number)
    return _series(phrases, kind, columns[0], columns[1], numbers)


def _series(
    phrases: _Phrases, kind: str, x: Column, y: Column | None, numbers: dict[str, list[int | float]]
) -> Chart | None:
    size = {name: max(found) if y else len(found) for name, found in numbers.items()}
    shown = [name for name, _ in Counter(size).most_common(MOST)]
    if len(shown) < 2:
        return None
    value = y.title if y else phrases.rows
    if kind == "dot" and y:
        points = tuple(Point(name, "", number) for name in shown for number in sorted(numbers[name]))
    else:
        several = y is not None and any(len(found) > 1 for found in numbers.values())
        value = phrases.largest.format(value=value) if several else value
        points = tuple(Point(name, "", size[name]) for name in shown)
    left_out = _left_out(phrases, len(shown), len(size), x)
    caption = phrases.by.format(value=value, x=_lower(x.title), left_out=left_out)
    return Chart(kind, caption, x.title, "", value, _denied(x, y), points)


def _matrix(phrases: _Phrases, x: Column, y: Column, across: list[list[str]], down: list[list[str]]) -> Chart | None:
    pairs = Counter((one, other) for xs, ys in zip(across, down, strict=True) for one in xs for other in ys)
    total_x, total_y = Counter[str](), Counter[str]()
    for (one, other), count in pairs.items():
        total_x[one] += count
        total_y[other] += count
    if len(pairs) < 2:
        return None
    columns, rows = [name for name, _ in total_x.most_common(MOST)], [name for name, _ in total_y.most_common(MOST)]
    if len(columns) > len(rows) and len(columns) > 12:  # a page is higher than it is wide
        x, y, columns, rows = y, x, rows, columns
        total_x, total_y = total_y, total_x
        pairs = Counter({(other, one): count for (one, other), count in pairs.items()})
    points = tuple(Point(one, other, pairs[one, other]) for other in rows for one in columns if (one, other) in pairs)
    left_out = _left_out(phrases, len(columns), len(total_x), x) + _left_out(phrases, len(rows), len(total_y), y)
    caption = phrases.pairs.format(x=_lower(x.title), y=_lower(y.title), left_out=left_out)
    return Chart("matrix", caption, x.title, y.title, phrases.rows, _denied(x, y), points)


def _names(result: Result, place: int) -> list[list[str]]:
    """The names in a column, row by row; things that share a name are told apart by a number."""
    known: dict[str, dict[str, str]] = {}
    listed = result.columns[place].list

    def named(cell: Cell) -> Iterator[str]:
        if listed:
            yield from (part for part in cell.text.split(LIST_SEPARATOR) if part)
        elif cell.text:
            same = known.setdefault(cell.text, {})
            number = len(same) + 1
            yield same.setdefault(cell.iri, cell.text if number == 1 else f"{cell.text} ({number})")

    return [list(named(row[place])) for row in result.rows]


def _denied(*columns: Column | None) -> bool:
    return any(column is not None and column.name.startswith("denied") for column in columns)


def _left_out(phrases: _Phrases, shown: int, all_: int, column: Column) -> str:
    return phrases.left_out.format(shown=shown, all=all_, x=_lower(column.title)) if shown < all_ else ""


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]
