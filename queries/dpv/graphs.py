"""The graphs that *current* holds of a version beside its own, in DPV's terms.

In: a version's graph. Out: N-Quads of two graphs: ``{v}/dpv`` with what the text says, ``{v}/dpv/broader`` with what
follows at the broader levels. The same input gives the same bytes.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from ...ontology.dpv import dpv_levels
from ...ontology.terms import DIGEST
from .facts import read_facts
from .processes import direct_lines

__all__ = ["BROADER", "DIRECT", "dpv_graphs", "mapping_digest"]

#: What follows the version's IRI in the names of the two graphs.
DIRECT: Final = "/dpv"
BROADER: Final = "/dpv/broader"


def dpv_graphs(version: str, graph: bytes) -> bytes:
    """Both graphs as N-Quads, sorted within each. ``graph``: the version's, as N-Quads or N-Triples."""
    lines = direct_lines(read_facts(version, graph))
    lines.say(version + DIRECT, f"<{DIGEST}>", f'"{mapping_digest()}"')
    return _quads(lines.direct, version + DIRECT) + _quads(lines.broader, version + BROADER)


@cache
def mapping_digest() -> str:
    """Changes whenever the same facts may give other graphs: it covers this folder's code and the concepts' levels."""
    code = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    return hashlib.sha256(code + dpv_levels().digest().encode()).hexdigest()


def _quads(lines: set[str], graph: str) -> bytes:
    return "".join(f"{line} <{graph}> .\n" for line in sorted(lines)).encode()
