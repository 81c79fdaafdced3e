"""Parts of a sentence that are no whole wish: 星期五的, 下周三下午的学习, 帮我报个."""

from __future__ import annotations

import re
from functools import cache

from dialogs.understanding.features import TIMES, bare
from dialogs.understanding.meaning import Situation
from dialogs.understanding.slots import slot_words
from dialogs.understanding.values import Values

SHORT = 6
"""Characters that a sentence broken off in the middle has at most; longer ones tell enough."""


def is_fragment(values: Values, situation: Situation) -> bool:
    """Whether what was said wants nothing by itself: only times and things, or broken off before the verb was done.

    Where something was asked or read out it may be the answer, and is no fragment.
    """
    if situation.expecting or situation.asked_slot:
        return False
    said = bare(values.masked())
    # 星期三学习会 is all that a secretary need say to have one put down, and a member means one of three things by it.
    no_verb = _no_verb("things" if situation.role == "member" else "around")
    return no_verb.fullmatch(said) is not None or (len(said) <= SHORT and _broken_off().search(said) is not None)


@cache
def _no_verb(beside: str) -> re.Pattern[str]:
    """A time, with nothing but words around it and those of the list `beside`."""
    words = slot_words()["fragment"]
    time, around = f"[{''.join(TIMES.values())}]", "|".join(words["around"])
    return re.compile(f"(?:{around})*{time}(?:{time}|{around}|{'|'.join(words[beside])})*")


@cache
def _broken_off() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(slot_words()['fragment']['broken_off'])})$")
