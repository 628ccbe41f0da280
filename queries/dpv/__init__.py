"""A policy version's facts in the terms of the Data Privacy Vocabulary (DPV 2.3).

In: a version's graph as N-Triples or N-Quads. Out: `dpv_graphs` (what *current* holds: affirmed statements of the
controller only), `prohibition_lines` (what only an export holds: its denials, as rules), `mapping_digest`.
"""

from __future__ import annotations

from .facts import Facts, read_facts
from .graphs import BROADER, DIRECT, dpv_graphs, mapping_digest
from .processes import direct_lines
from .prohibitions import prohibition_lines

__all__ = [
    "BROADER",
    "DIRECT",
    "Facts",
    "direct_lines",
    "dpv_graphs",
    "mapping_digest",
    "prohibition_lines",
    "read_facts",
]
