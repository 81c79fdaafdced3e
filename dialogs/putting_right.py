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
        return words[: before.begin] + after.matched + words[before.finish :]
    return anew
