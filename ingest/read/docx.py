"""DOCX to canonical text.

In: the bytes of a DOCX. Out: its text and blocks, by way of mammoth's HTML. There is no text source to lead back to:
offsets index the canonical text and the map is the identity. Raises `ReadError`: damaged, empty, too large unpacked.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from .errors import ReadError, cannot_read
from .html_read import HtmlText, read_html
from .limits import Limits, check_bytes


def read_docx(data: bytes, *, name: str, limits: Limits) -> HtmlText:
    """The text of a DOCX: headings, paragraphs, list items and table rows; pictures and page headers left out."""
    import mammoth

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_bytes(name, sum(part.file_size for part in archive.infolist() if _is_xml(part.filename)), limits)
        html: Any = mammoth.convert_to_html(
            io.BytesIO(data), convert_image=mammoth.images.img_element(lambda image: {"src": ""})
        ).value
    except ReadError:
        raise
    except Exception as error:  # mammoth lets through whatever its walk over broken XML meets
        raise cannot_read(
            name, f"this DOCX is damaged ({error})", "open it, save it again as .docx, and try again."
        ) from error
    return read_html(str(html))


def _is_xml(path: str) -> bool:
    """Parts that are text; pictures may be large and are not read."""
    return path.endswith((".xml", ".rels"))
