"""Two wishes in one breath: 先把党费记上，再念念新文件."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from dialogs.understanding.meaning import CARE_INTENTS, Guess

SURE = 0.9
"""A part of a sentence is a wish of its own from this confidence."""
SHORTEST = 4
"""Characters that a wish has at least."""

NO_WISH = frozenset(
    (
        "affirm",
        "deny",
        "greet",
        "thanks",
        "out_of_scope",
        "choose",
        "next",
        "back",
        "repeat",
        "slower",
        "faster",
        "stop",
        *CARE_INTENTS,
    )
)
"""What stands beside a wish without being one."""

_AND = "再|顺便|顺手|另外|还有|然后|完了|同时|对了|顺道|一并"
"""Words that begin another wish: without one, clauses tell how it came to the one wish there is."""
_JOINT = re.compile(rf"[，。！？；,.!?;]|(?:{_AND})")


def split_wishes(text: str) -> list[str]:
    """The parts of a sentence that may each be a wish."""
    return [part for part in _JOINT.split(text) if len(part) >= SHORTEST]


def further_wishes(masked: str, first: str, classify: Callable[[str], Sequence[Guess]]) -> tuple[str, ...]:
    """The intent that is wanted besides `first`: one, where a word adds it. A need besides is danger's."""
    joint = re.search(_AND, masked)
    if joint is None:
        return ()
    for part in (masked[: joint.start()], masked[joint.end() :]):
        for clause in split_wishes(part):
            best = classify(clause)[0]
            if best.confidence >= SURE and best.intent != first and best.intent not in NO_WISH:
                return (best.intent,)
    return ()
