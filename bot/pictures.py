"""Drawing a chart as a PNG: the one file that knows matplotlib, imported when somebody looks.

Its own fonts have no Chinese characters and draw boxes in their place, so a font of the machine is chosen, and its
absence is said with the remedy.
"""

from __future__ import annotations

import io
from functools import cache

from matplotlib import font_manager
from matplotlib.figure import Figure

from dialogs.reply import Chart

FAMILIES = (
    "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Serif CJK SC", "Source Han Sans SC", "Source Han Sans CN",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "PingFang SC", "Heiti SC", "Microsoft YaHei", "SimHei", "SimSun",
)  # fmt: skip
"""Fonts with Chinese characters, as Linux, macOS and Windows have them; the first that is there is taken."""
COLOURS = ("#b9c7d8", "#b5402c")
"""Of the bars of a group; told apart by lightness as well, for a print in grey."""
LARGE, SMALL = 16, 13
"""Points: to be read by somebody of 74."""
MOST_FLAT = 8
"""Groups of bars under which the labels still lie flat."""


class NoChineseFont(Exception):
    """No font of this machine has Chinese characters; the message names the remedy."""


def draw(chart: Chart) -> bytes:
    """The chart as a PNG, 1200 pixels wide. Raises NoChineseFont."""
    family = chinese_font()
    figure = Figure(figsize=(10, 6), dpi=120, layout="constrained")
    axes = figure.add_subplot()
    width = 0.8 / len(chart.series)
    for number, (name, values) in enumerate(chart.series):
        shift = (number - (len(chart.series) - 1) / 2) * width
        at = [place + shift for place in range(len(values))]
        colour = COLOURS[number % 2] if len(chart.series) > 1 else COLOURS[1]
        bars = axes.bar(at, values, width * 0.92, label=name, color=colour)
        axes.bar_label(bars, fmt="%g", fontsize=SMALL, padding=3)
    turned = 0 if len(chart.labels) <= MOST_FLAT else 45
    axes.set_xticks(range(len(chart.labels)), chart.labels, fontsize=SMALL, rotation=turned, fontname=family)
    axes.set_ylabel(chart.unit, fontsize=SMALL, fontname=family)
    axes.set_title(chart.title, fontsize=LARGE, pad=14, fontname=family)
    axes.tick_params(axis="y", labelsize=SMALL)
    axes.spines[["top", "right"]].set_visible(False)
    axes.margins(y=0.15)
    if len(chart.series) > 1:
        axes.legend(prop=font_manager.FontProperties(family=family, size=SMALL), frameon=False)
    kept = io.BytesIO()
    figure.savefig(kept, format="png")
    return kept.getvalue()


@cache
def chinese_font() -> str:
    """The family of a font with Chinese characters. Raises NoChineseFont."""
    there = {font.name for font in font_manager.fontManager.ttflist}
    found = next((family for family in FAMILIES if family in there), None)
    if found is None:
        raise NoChineseFont("No font with Chinese characters was found. Remedy: apt install fonts-noto-cjk")
    return found
