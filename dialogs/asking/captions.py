"""What is seen on a picture, in words: stands under it in a chat, and is read out to who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dialogs import words
from dialogs.asking.sounded import SHARED
from dialogs.reply import Chart

MOST_GROUPS = 12
"""Groups of bars whose values are told one by one: a year of months."""


def described(chart: Chart) -> Chart:
    """The chart with its caption: a line for what it shows, one for each group of bars, one for the whole."""
    say = words.load(SHARED, "words").say
    plain = chart.unit in chart.title or (len(chart.series) == 1 and chart.series[0][0] == chart.title)
    lines = [say("seen", title=chart.title) if plain else say("seen_unit", title=chart.title, unit=chart.unit)]
    shown = chart.labels[:MOST_GROUPS]
    for place, label in enumerate(shown):
        bars = [(name, values[place]) for name, values in chart.series]
        lines.append(say("seen_group", label=label, bars=_bars(bars)))
    if len(chart.labels) > len(shown):
        lines.append(say("seen_more", count=len(chart.labels) - len(shown)))
    if len(chart.labels) > 2:
        lines.append(_whole(chart))
    return replace(chart, caption="\n".join(lines))


def _bars(bars: Sequence[tuple[str, float]]) -> str:
    """One number, or each with its name."""
    if len(bars) == 1:
        return f"{bars[0][1]:.10g}"
    return "，".join(f"{name}{value:.10g}" for name, value in bars)


def _whole(chart: Chart) -> str:
    """Which group has most and which least; of several bars beside each other their sums."""
    say = words.load(SHARED, "words").say
    if len(chart.series) > 1:
        return say("seen_sums", bars=_bars([(name, sum(values)) for name, values in chart.series]))
    ranked = sorted(zip(chart.series[0][1], chart.labels, strict=True), key=lambda each: each[0])
    return say("seen_most", most=ranked[-1][1], least=ranked[0][1])
