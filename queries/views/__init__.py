"""Views: the stored facts in other vocabularies' terms.

In: a view's name. Out: the `View`. A new view is a module beside this one and a line in `_ALL`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from . import odrl, ropa, tilt
from .base import Missing, Rendered, View, ViewError
from .dpv import DPV_VIEW

__all__ = ["VIEWS", "Missing", "Rendered", "View", "ViewError", "view_of"]

_ALL: Final[tuple[View, ...]] = (DPV_VIEW, odrl.VIEW, ropa.VIEW, tilt.VIEW)

#: Every view by its name.
VIEWS: Final[Mapping[str, View]] = MappingProxyType({view.name: view for view in _ALL})


def view_of(name: str) -> View:
    """The view of this name. Raises `ViewError`."""
    try:
        return VIEWS[name]
    except KeyError:
        raise ViewError(f"There is no view “{name}”.", mend=f"The views are {', '.join(VIEWS) or 'none'}.") from None
