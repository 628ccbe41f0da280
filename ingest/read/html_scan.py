"""HTML source cut into tags and text, each with its exact place.

In: decoded HTML. Out: `Token`s in source order, cut where the WHATWG tokenizer cuts (comments, scripts, quoted
attributes, a `<` that opens no tag), decoded character references, attributes. Nothing is a tree yet.

Why not a parser's positions: tree builders join text across dropped tags and move text out of tables, so a text
node's place says only where its first character stood. Where the standard would swallow the rest of the page (a tag,
comment or title that never ends) the text is kept instead: losing a clause is worse than showing a stray bracket.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5
from typing import Literal, NamedTuple

from .html_names import BREAKOUT

_S = "\t\n\f\r "
_ATTRIBUTE = rf"[{_S}/]*+[^{_S}/>][^{_S}/>=]*+(?:[{_S}]*+=[{_S}]*+(?:\"[^\"]*+\"|'[^']*+'|[^{_S}>\"'][^{_S}>]*+)?+)?+"
_TAG = re.compile(rf"<(/?)([a-zA-Z][^{_S}/>]*+)((?:{_ATTRIBUTE})*+[{_S}/]*+)>")
_NAME_AND_VALUE = re.compile(
    rf"([^{_S}/>][^{_S}/>=]*+)(?:[{_S}]*+=[{_S}]*+(?:\"([^\"]*+)\"|'([^']*+)'|([^{_S}>\"'][^{_S}>]*+))?+)?+"
)
_COMMENT_END = re.compile("--!?>")
_REFERENCE = re.compile(r"&(?:#([0-9]++|[xX][0-9a-fA-F]++);?|([a-zA-Z][a-zA-Z0-9]*+);?)")
_SCRIPT_PART = re.compile(rf"<!--|-->|<(/?)script(?=[{_S}/>])", re.IGNORECASE)

#: Elements whose content holds no tags; that of the second group has character references.
_RAW = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes", "noscript"})
_RCDATA = frozenset({"title", "textarea"})
_END_OF = {name: re.compile(rf"</{name}(?=[{_S}/>])", re.IGNORECASE) for name in sorted((_RAW | _RCDATA) - {"script"})}
_FOREIGN = frozenset({"svg", "math"})
_MAX_BROKEN_TAGS = 50  # bounds the work on input made of tags that never end
_LONGEST_ENTITY = max(map(len, html5))

TokenKind = Literal["text", "raw", "start", "end"]


class Token(NamedTuple):
    """``source[start:end]`` is the token. ``raw`` text has no character references.

    ``name``: the tag's lower-case name; for text the name of the raw element around it, else "".
    ``attributes``: the tag's source after its name (see `attributes_of`).
    """

    kind: TokenKind
    start: int
    end: int
    name: str = ""
    attributes: str = ""


def scan(source: str) -> Iterator[Token]:
    """The tokens of ``source``; byte order mark, comments and declarations are left out."""
    position = text_start = 1 if source.startswith("\ufeff") else 0
    broken_tags = 0
    foreign = 0
    unclosed: set[str] = set()  # what is known to have no end any more: searching again would be quadratic
    while (position := source.find("<", position)) != -1:
        if (tag := _TAG.match(source, position) if broken_tags < _MAX_BROKEN_TAGS else None) is not None:
            if text_start < position:
                yield Token("text", text_start, position)
            slash, name, attributes = tag.groups()
            name = _lower(name)
            text_start = position = tag.end()
            yield Token("end" if slash else "start", tag.start(), position, name, attributes)
            if name in _FOREIGN:
                foreign = max(0, foreign + (-1 if slash else 0 if attributes.endswith("/") else 1))
            elif foreign and not slash and name in BREAKOUT:
                foreign = 0
            if slash or foreign:
                continue
            if name == "plaintext":
                yield Token("raw", position, len(source), name)
                return
            if name in _RAW or name in _RCDATA:
                end = _end_of_raw(source, position, name, unclosed)
                if end > position:
                    yield Token("text" if name in _RCDATA else "raw", position, end, name)
                text_start = position = end
            continue
        after = _skip_declaration(source, position, unclosed, bool(foreign))
        if after is None:  # a bracket that is text
            broken_tags += source[position + 1 : position + 2].isalpha()
            position += 1
            continue
        if text_start < position:
            yield Token("text", text_start, position)
        text_start = position = after
    if text_start < len(source):
        yield Token("text", text_start, len(source))


def attributes_of(text: str) -> dict[str, str]:
    """The attributes in a tag's source: lower-case names to decoded values ("" where there is none); the first wins."""
    found: dict[str, str] = {}
    for match in _NAME_AND_VALUE.finditer(text):
        name, *values = match.groups()
        value = next((value for value in values if value is not None), "")
        found.setdefault(_lower(name), unescape(value) if "&" in value else value)
    return found


def reference_at(source: str, position: int, end: int) -> tuple[str, int] | None:
    """The character reference at ``position``: what it stands for ("" for no character) and where it ends.

    None when the ampersand there is an ampersand.
    """
    match = _REFERENCE.match(source, position, end)
    if match is None:
        return None
    number, name = match.groups()
    if number is not None:
        return _numbered(number), match.end()
    if match[0].endswith(";") and f"{name};" in html5:
        return html5[f"{name};"], match.end()
    for length in range(min(len(name), _LONGEST_ENTITY), 1, -1):
        if name[:length] in html5:
            return html5[name[:length]], position + 1 + length
    return None


def _numbered(number: str) -> str:
    digits = number.lstrip("xX").lstrip("0")
    if len(digits) > 7:
        return ""  # beyond Unicode
    char = unescape(f"&#{number[0] if number[0] in 'xX' else ''}{digits or '0'};")
    return "" if char == "\ufffd" and digits.lower() not in {"fffd", "65533"} else char


def _lower(name: str) -> str:
    """ASCII lower case; `str.lower` would turn the Kelvin sign into a k."""
    return name.lower() if name.isascii() else "".join(char.lower() if char.isascii() else char for char in name)


def _end_of_raw(source: str, position: int, name: str, unclosed: set[str]) -> int:
    """Where the content of a raw element that starts at ``position`` ends."""
    if name == "script":
        return _end_of_script(source, position)
    found = None if name in unclosed else _END_OF[name].search(source, position)
    if found is not None:
        return found.start()
    unclosed.add(name)
    return len(source) if name == "style" else position


def _end_of_script(source: str, position: int) -> int:
    """The end of a script's content; `<script>…</script>` written inside a comment in it belongs to it."""
    commented = nested = False
    for part in _SCRIPT_PART.finditer(source, position):
        text = part[0]
        if text == "<!--":
            commented = True
        elif text == "-->":
            commented = nested = False
        elif not part[1]:
            nested = nested or commented
        elif nested:
            nested = False
        else:
            return part.start()
    return len(source)


def _skip_declaration(source: str, position: int, unclosed: set[str], foreign: bool) -> int | None:
    """Where the comment or declaration that starts at ``position`` ends; None when none starts there."""
    following = source[position + 1 : position + 3]
    if following[:1] not in {"!", "?", "/"} or following == "/":
        return None
    if source.startswith("<!--", position):
        for abrupt in (">", "->"):
            if source.startswith(abrupt, position + 4):
                return position + 4 + len(abrupt)
        end = None if "-->" in unclosed else _COMMENT_END.search(source, position + 4)
        if end is not None:
            return end.end()
        unclosed.add("-->")
    elif foreign and source.startswith("<![CDATA[", position):
        found = source.find("]]>", position)
        return len(source) if found == -1 else found + 3
    if ">" in unclosed or (found := source.find(">", position)) == -1:
        unclosed.add(">")
        return None
    return found + 1
