"""Words that were read back and put right: 不对，是后天 changes the day in them, anything else takes their place."""

from __future__ import annotations

from datetime import datetime

from dialogs.understanding.features import bare
from dialogs.understanding.times import find_time


def put_right(words: str, anew: str, now: datetime) -> str:
    """The words as they are right; `anew` is what was said instead, the same words where nothing was."""
    if not words or not anew or anew == words:
        return words or anew
    before, after = find_time(words, now), find_time(anew, now)
    if before and after and not bare(anew[: after.begin] + anew[after.finish :]):
        day = "" if after.day_said else _without_hour(before.matched, now)
        return words[: before.begin] + day + after.matched + words[before.finish :]
    return anew


def _without_hour(when: str, now: datetime) -> str:
    """后天下午 of 后天下午三点; all of it where no hour was said."""
    for cut in range(len(when) - 1, 0, -1):
        hour = find_time(when[cut:], now)
        if hour and not hour.day_said and hour.precision == "minute":
            return when[:cut]
    return ""
