"""Two wishes in one breath: 先把党费记上，再念念新文件."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from dialogs.understanding.meaning import Guess

SURE = 0.6
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
    )
)
"""What stands beside a wish without being one."""

_JOINT = re.compile(r"[，。！？；,.!?;]|(?:再|顺便|顺手|另外|还有|然后|完了|同时|对了|顺道|一并)")


def split_wishes(text: str) -> list[str]:
    """The parts of a sentence that may each be a wish."""
    return [part for part in _JOINT.split(text) if len(part) >= SHORTEST]


def further_wishes(masked: str, first: str, classify: Callable[[str], Sequence[Guess]]) -> tuple[str, ...]:
    """The intents of a sentence's parts other than `first`, in the order they are said."""
    parts = split_wishes(masked)
    if len(parts) < 2:
        return ()
    found: list[str] = []
    for part in parts:
        best = classify(part)[0]
        if best.confidence >= SURE and best.intent != first and best.intent not in NO_WISH and best.intent not in found:
            found.append(best.intent)
    return tuple(found)
