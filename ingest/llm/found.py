"""Where quotes stand.

In: the text, a quote, the range to look in. Out: the first place where it stands verbatim as words of its own, or None.
Nothing is folded, shortened or corrected: what is not there is not there.
"""

from __future__ import annotations

from collections.abc import Iterator

#: Scripts that write words without spaces between them.
_UNSPACED = (("\u3040", "\u30ff"), ("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("\uf900", "\ufaff"))


def places(text: str, quote: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Every place of the quote in the range, first to last; white space around the quote does not count."""
    quote = quote.strip()
    at = text.find(quote, start, end) if quote else -1
    while at >= 0:
        stop = at + len(quote)
        if not (_inside_word(text, at) or _inside_word(text, stop)):
            yield at, stop
        at = text.find(quote, at + 1, end)


def place(text: str, quote: str, start: int, end: int) -> tuple[int, int] | None:
    """The first place."""
    return next(places(text, quote, start, end), None)


def _inside_word(text: str, at: int) -> bool:
    """Whether a word goes on across an offset: "age" does not stand in "page"."""
    return 0 < at < len(text) and _in_word(text[at - 1]) and _in_word(text[at])


def _in_word(char: str) -> bool:
    return char.isalnum() and not any(low <= char <= high for low, high in _UNSPACED)
