"""A plain table of words and figures, to be shown in a terminal, a Markdown page or an HTML page.

In: nothing. Out: `Grid` and its three renderings. Columns of figures stand to the right, columns of words to the left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from rich.box import SIMPLE
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Grid:
    """``rows`` are as long as ``columns``; ``note`` says what the figures mean."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    def holds_figures(self, column: int) -> bool:
        """Whether every cell of a column is a figure (or empty, or a dash)."""
        return column > 0 and all(re.fullmatch(r"[-+\d.,%()–\s]*", row[column]) for row in self.rows)


def to_rich(grid: Grid) -> Table:
    """For a terminal of 80 columns."""
    table = Table(
        title=grid.title,
        caption=grid.note or None,
        title_justify="left",
        caption_justify="left",
        title_style="bold",
        box=SIMPLE,
        padding=(0, 1, 0, 0),
        show_edge=False,
    )
    for number, column in enumerate(grid.columns):
        table.add_column(column, justify="right" if grid.holds_figures(number) else "left", overflow="fold")
    for row in grid.rows:
        table.add_row(*row)
    return table


def to_markdown(grid: Grid, *, level: int = 3) -> str:
    """A heading, the note, a table."""
    lines = [f"{'#' * level} {grid.title}", ""]
    if grid.note:
        lines += [grid.note, ""]
    lines.append(_line(grid.columns))
    lines.append("|" + "".join("---:|" if grid.holds_figures(at) else "---|" for at in range(len(grid.columns))))
    lines += [_line(row) for row in grid.rows]
    return "\n".join(lines) + "\n"


def to_html(grid: Grid) -> str:
    """A table element with its caption, the note below it."""
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in grid.columns)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>' + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:]) + "</tr>"
        for row in grid.rows
    )
    note = f"<p><small>{escape(grid.note)}</small></p>" if grid.note else ""
    return (
        f'<div class="wide"><table><caption>{escape(grid.title)}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>{note}"
    )


def figure(value: float | None) -> str:
    """Three places, or a dash where there is nothing to divide by."""
    return "–" if value is None else f"{value:.3f}"


def share(part: int, whole: int) -> str:
    """A percentage, or a dash of nothing."""
    return f"{100 * part / whole:.1f}%" if whole else "–"


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
