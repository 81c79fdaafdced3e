"""Lines of a head or a signature that name the offices which issue a document."""

from __future__ import annotations

import re
from functools import cache

from dialogs.narration.data import word_lists

_ABOUT = ("关于", "印发", "转发")


@cache
def _office() -> re.Pattern[str]:
    return re.compile("|".join(word_lists("noise", "masthead")["organisation"]))


def is_office(line: str) -> bool:
    """Whether a line is nothing but the name of an office, or of several parted by 、."""
    return all(_office().match(name) for name in line.split("、")) or _office().match(line) is not None


def parted(line: str) -> str:
    """Offices that a line parts by blanks alone (市委组织部 市财政局关于…), parted by 、; any other line as it is."""
    *others, last = line.split()
    if not others or not all(_office().match(name) for name in others):
        return line
    about = next((last.find(word) for word in _ABOUT if word in last), len(last))
    return "、".join([*others, last]) if _office().match(last[:about]) or last.startswith(_ABOUT) else line
