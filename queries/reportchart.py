"""A report's chart hint: what may stand in it, checked when the file is read.

In: a header and the columns of its query. Out: the hint, such as ``{"kind": "bar", "x": "policy", "y": "days"}``, or
`ReportFileError`: a hint that names a column which the query does not give would draw nothing and say nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from .reportheader import Failure, Header, items, plain

__all__ = ["CHART_KINDS", "read_chart"]

CHART_KINDS = ("bar", "dot", "matrix")
_KEYS = ("kind", "x", "y")


def read_chart(header: Header, columns: Collection[str], fail: Failure) -> Mapping[str, str]:
    """The hint; empty where the header has none. Raises `ReportFileError`."""
    hint = {key: plain(key, value, fail) for key, value in items(header, "chart", fail)}
    if not hint:
        return MappingProxyType({})
    for key in hint:
        if key not in _KEYS:
            raise fail(f"“{key}” says nothing about a chart", mend=f"Say {', '.join(_KEYS)}.")
    if hint.get("kind") not in CHART_KINDS:
        raise fail(f"there is no chart of the kind “{hint.get('kind', '')}”", mend=f"Use {', '.join(CHART_KINDS)}.")
    for axis in ("x", "y"):
        if axis not in hint and (axis == "x" or hint["kind"] == "matrix"):
            raise fail(f"a chart of the kind “{hint['kind']}” needs {axis}", mend=f"Name a column as {axis}.")
        if axis in hint and hint[axis] not in columns:
            raise fail(
                f"the chart’s {axis} is “{hint[axis]}”, which is no column",
                mend=f"The query gives {', '.join(columns)}.",
            )
    return MappingProxyType(hint)
