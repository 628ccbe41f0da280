"""Everything that turns a source into a `Document`: text fixed once, with the way back to its source.

In: files, folders, globs, standard input, JSON Lines, http(s) addresses; bytes. Out: `Source`s (`discover`) and
`Document`s (`read_source`, `read_bytes`). Errors are `ReadError`s that name the source, the cause and the mend.
"""

from __future__ import annotations

from dataclasses import replace

from ..records import Document
from .document import read_bytes
from .errors import ReadError
from .limits import Limits
from .loaders import UrlLoader
from .sniff import BY_EXTENSION, media_type_of
from .sources import Source, discover

__all__ = ["Limits", "ReadError", "Source", "discover", "read_bytes", "read_source"]


def read_source(source: Source) -> Document:
    """The document of one source. Raises `ReadError`."""
    charset = None
    media_type = source.media_type
    warnings: tuple[str, ...] = ()
    if isinstance(source.load, UrlLoader):
        response = source.load.fetch()
        data = response.data
        charset = response.charset
        if media_type is None and media_type_of(response.media_type) in set(BY_EXTENSION.values()):
            media_type = response.media_type
        if response.url != source.key and response.url.rstrip("/") != source.key.rstrip("/"):
            warnings = (f"The address led to {response.url}.",)
    else:
        data = source.load()
    document = read_bytes(
        data,
        name=source.name,
        key=source.key,
        media_type=media_type,
        language=source.language,
        url=source.url,
        limits=source.limits,
        encoding=source.encoding,
        charset=charset,
    )
    return replace(document, warnings=document.warnings + warnings) if warnings else document
