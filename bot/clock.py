"""The one place that reads the clock; everything else is told the time."""

from __future__ import annotations

from datetime import datetime


def now() -> datetime:
    """Local time, without a zone: a branch lives in one place and says its times as its people do."""
    return datetime.now()  # noqa: DTZ005
