"""HTML to canonical text.

In: decoded HTML source. Out: `HtmlText`: the text a browser shows, the map to code points of the source, blocks,
the page's title and declared language, warnings.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..records import Block, SourceMap
from .html_flow import assemble
from .html_layout import lay_out
from .html_main import data_tables, mark_boilerplate, mark_contents

_HIDDEN_WORTH_SAYING = 200  # characters


@dataclass(frozen=True, slots=True)
class HtmlText:
    """``text[block.start:block.end]`` are the lines of a block; ``source_map`` leads to code points of the source."""

    text: str
    source_map: SourceMap
    blocks: tuple[Block, ...]
    title: str = ""
    language: str = ""
    warnings: tuple[str, ...] = ()


def read_html(source: str) -> HtmlText:
    """The visible text of a page or fragment. Never fails: broken HTML gives the text a browser would show."""
    page = lay_out(source)
    tables = data_tables(page)
    mark_contents(page)
    warnings = mark_boilerplate(page, source)
    if page.hidden >= _HIDDEN_WORTH_SAYING:
        warnings += (f"{page.hidden:,} characters of hidden HTML were left out.",)
    text, source_map, blocks = assemble(page.flows, tables)
    return HtmlText(text, source_map, blocks, page.title, page.language, warnings)
