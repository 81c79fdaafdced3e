"""A chart as JSON, as it stands in an answer that is kept and in a row that waits to be drawn."""

from __future__ import annotations

import json
from dataclasses import asdict

from dialogs.reply import Chart


def written(chart: Chart) -> str:
    """The chart as one JSON object."""
    return json.dumps(asdict(chart), ensure_ascii=False)


def read(text: str) -> Chart:
    """The chart that `written` wrote."""
    return chart_of(**json.loads(text))


def chart_of(
    title: str, unit: str, labels: list[str], series: list[tuple[str, list[float]]], caption: str = ""
) -> Chart:
    """A chart from what JSON holds of it."""
    return Chart(title, unit, tuple(labels), tuple((name, tuple(bars)) for name, bars in series), caption)
