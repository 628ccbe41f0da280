"""Element names by what they do to the layout (HTML standard, sections Rendering and Tree construction)."""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: HTML tags that end an `<svg>` or `<math>` in which they stand.
BREAKOUT = _names(
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta "
    "nobr ol p pre ruby s small span strong strike sub sup table tt u ul var"
)
HEADINGS = _names("h1 h2 h3 h4 h5 h6")
LISTS = _names("ul ol menu dir")
TABLE_PARTS = _names("caption colgroup tbody thead tfoot tr td th")

#: Start and end on a line of their own.
BLOCKS = (
    _names(
        "address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer "
        "form header hgroup hr legend li listing main menu nav ol optgroup option p plaintext pre search section "
        "select summary table textarea ul xmp"
    )
    | HEADINGS
    | TABLE_PARTS
)
#: Their start tag ends an open paragraph.
AUTOCLOSED_BY_BLOCK = BLOCKS - TABLE_PARTS - _names("dd dt legend li optgroup option select textarea")

#: Their content is one piece of text that is never shown.
RAW_HIDDEN = _names("iframe noembed noframes noscript script style title")
#: Never shown. `noscript` is what a browser with scripts leaves out; `rp` is for browsers without ruby.
HIDDEN = RAW_HIDDEN | _names("audio canvas datalist rp svg template video")
#: White space counts.
PRESERVED = _names("listing plaintext pre textarea xmp")
VOID = _names("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr")
#: Their end tag does not close the blocks inside them.
FORMATTING = _names("a b big code em font i nobr s small strike strong tt u")

#: What an end tag does not reach across.
SCOPE = _names("caption table td template th")
ITEM_SCOPE = SCOPE | LISTS
#: What the start of an item does not reach across to end the item before it.
ITEM_START_SCOPE = (BLOCKS - _names("address div p li dd dt option")) | {"template"}
CELL_SCOPE = _names("table template")
SPECIAL = BLOCKS | _names("template iframe object noscript style script title")
