"""Saved reports over HTTP.

In: GET at /reports. Out: the list of reports.
"""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(tags=["reports"])
