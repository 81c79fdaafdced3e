"""What a time leaves unread beside it: half of a date may never pass for the whole (外后天, 去年冬天, 二十八到初一)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from dialogs.understanding.times.digits import NUMERALS

REACH = 12
"""Characters on either side that may belong to the time."""
Verdict = Literal["", "lost", "doubt"]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    with (Path(__file__).parent / "unread.toml").open("rb") as file:
        data: dict[str, list[str]] = tomllib.load(file)
    pieces = {
        "{number}": f"[{NUMERALS}]",
        "{numbers}": NUMERALS,
        "{sounds}": "[衣医意依而尔耳山散伞寺司无舞物吾刘流柳齐妻巴酒久石拾]",
        "{hour}": "(?:上午|下午|早|晚|中午|凌晨|傍晚|夜|头晌|[前后]?半?晌|[一二三四五六七八九十两0-9]{1,3}[点:])",
    }

    def filled(pattern: str) -> str:
        for piece, characters in pieces.items():
            pattern = pattern.replace(piece, characters)
        return f"(?:{pattern})"

    return {verdict: re.compile("|".join(map(filled, patterns))) for verdict, patterns in data.items()}


def verdict(text: str, since: int, begin: int, finish: int) -> Verdict:
    """Whether the time that was read between two places stands: "lost" if words beside it make it another.

    `since` is where what was understood before it ended; nothing further left can belong to it.
    """
    left = text[max(since, begin - REACH) : begin]
    around = f"{left}«{text[begin:finish]}»{text[finish : finish + REACH]}"
    if _patterns()["lost"].search(around) or _patterns()["misheard"].search(around):
        return "lost"
    return "doubt" if _patterns()["doubt"].search(around) else ""
