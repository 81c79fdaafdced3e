"""Talk of the day that wants nothing: a sentence that is nearer to it than to any wish is rather none."""

from __future__ import annotations

import math

from dialogs.understanding.intents import ELSEWHERE, Chances
from dialogs.understanding.likeness import Leaning

STRENGTH, MOST = 30.0, 4.0
"""How much the likeness counts in the odds of talk, and at most, as powers of e. Of 922 wishes of the reference lines 6
were nearer to talk, of 58 lines of talk there 49."""
WRITTEN = 0.05
"""How much nearer to a wish than to talk written words may be and still count for talk: of 611 members' wishes one in
twenty was as near, of 203 lines of talk written without sight nine in ten. What was heard is garbled, like nothing."""


def weighed(chances: Chances, leaning: Leaning, *, heard: bool) -> Chances:
    """The chances of a sentence that answers nothing, with what it is most like.

    `heard` is False for words that were written, or that the recogniser had no second reading for.
    """
    nearer = leaning.talk - max(leaning.wish, leaning.report) + (0.0 if heard else WRITTEN)
    factor = math.exp(max(-MOST, min(MOST, STRENGTH * nearer)))
    total = 1 + chances[ELSEWHERE] * (factor - 1)
    return {intent: share * (factor if intent == ELSEWHERE else 1.0) / total for intent, share in chances.items()}
