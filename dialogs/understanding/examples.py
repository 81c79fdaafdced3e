"""From sentence templates to sentences to learn from: drawn, their slots filled, and varied."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.understanding.features import SLOT_SYMBOLS, TIMES
from dialogs.understanding.meaning import CARE_INTENTS
from dialogs.understanding.sentences import IntentWords
from dialogs.understanding.templates import sample, wordings
from dialogs.understanding.variation import Draw, Variation, fillings

_SLOT = re.compile(r"\{(\w+)\}")
_LIES = {"past": ("past", "past", "now"), "future": ("future", "future", "now"), "": ("past", "now", "future")}
"""Which way an intent looks -> where its times lie, the usual ones more often."""


@dataclass(frozen=True)
class Example:
    """A sentence to learn from, values masked."""

    text: str
    """The sentence."""
    intent: str
    """What it means."""
    weight: float
    """How much it counts: a template of many wordings does not outweigh plain sentences."""


def examples(words: Sequence[IntentWords], role: str, draw: Draw) -> list[Example]:
    """Sentences of all intents that a speaker of this role may mean, and of every need, which anybody may report."""
    chance = random.Random(draw.seed)  # noqa: S311 - varies sentences, guards nothing
    spoken = [intent for intent in words if intent.for_role(role) or intent.intent in CARE_INTENTS]
    variation = Variation(spoken, role, draw)
    made: list[Example] = []
    for intent in spoken:
        for template in (*intent.sentences, *intent.examples, *intent.said):
            count = min(draw.most, 2 * wordings(template))
            for _ in range(count):
                text = fill(sample(template, chance), intent, chance)
                made.append(Example(variation.vary(text, intent.intent, chance), intent.intent, count**-0.5))
    return made


def fill(said: str, intent: IntentWords, chance: random.Random) -> str:
    """Values as symbols, free slots with words."""

    def value(slot: re.Match[str]) -> str:
        name = slot.group(1)
        if name in ("when", "period"):
            return TIMES[chance.choice(_LIES[intent.prefer])]
        if name in SLOT_SYMBOLS:
            return SLOT_SYMBOLS[name]
        lists = fillings()["slot"]
        return chance.choice(lists.get(f"{name}_{intent.intent}") or lists[name])

    return _SLOT.sub(value, said)
