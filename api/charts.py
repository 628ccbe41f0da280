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
    if kind == "matrix":
        assert columns[1] is not None
        return _matrix(columns[0], columns[1], names, _names(result, places[y]))
    numbers: dict[str, list[int | float]] = defaultdict(list)
    for row, here in zip(result.rows, names, strict=True):
        number = 1 if not y else row[places[y]].number
        if number is not None:
            for name in here:
                numbers[name].append(number)
    return _series(kind, columns[0], columns[1], numbers)


def _series(kind: str, x: Column, y: Column | None, numbers: dict[str, list[int | float]]) -> Chart | None:
    size = {name: max(found) if y else len(found) for name, found in numbers.items()}
    shown = [name for name, _ in Counter(size).most_common(MOST)]
    if len(shown) < 2:
        return None
    value = y.title if y else "Rows"
    if kind == "dot" and y:
        points = tuple(Point(name, "", number) for name in shown for number in sorted(numbers[name]))
    else:
        several = y is not None and any(len(found) > 1 for found in numbers.values())
        value = f"{value} (the largest)" if several else value
        points = tuple(Point(name, "", size[name]) for name in shown)
    caption = f"{value} by {_lower(x.title)}{_left_out(len(shown), len(size), x)}."
    return Chart(kind, caption, x.title, "", value, _denied(x, y), points)


def _matrix(x: Column, y: Column, across: list[list[str]], down: list[list[str]]) -> Chart | None:
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
    left_out = _left_out(len(columns), len(total_x), x) + _left_out(len(rows), len(total_y), y)
    caption = f"Rows of the table below by {_lower(x.title)} and {_lower(y.title)}{left_out}."
    return Chart("matrix", caption, x.title, y.title, "Rows", _denied(x, y), points)


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


def _left_out(shown: int, all_: int, column: Column) -> str:
    return f"; the {shown} greatest of {all_} ({_lower(column.title)})" if shown < all_ else ""


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]
