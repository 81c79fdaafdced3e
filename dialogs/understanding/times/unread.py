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
    number = f"[{NUMERALS}]"
    return {
        verdict: re.compile("|".join(f"(?:{pattern.replace('{number}', number)})" for pattern in patterns))
        for verdict, patterns in data.items()
    }


def verdict(text: str, since: int, begin: int, finish: int) -> Verdict:
    """Whether the time that was read between two places stands: "lost" if words beside it make it another.

    `since` is where what was understood before it ended; nothing further left can belong to it.
    """
    left = text[max(since, begin - REACH) : begin]
    around = f"{left}«{text[begin:finish]}»{text[finish : finish + REACH]}"
    if _patterns()["lost"].search(around):
        return "lost"
    return "doubt" if _patterns()["doubt"].search(around) else ""
