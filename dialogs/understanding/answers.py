"""A bare answer to a question: 星期三 after 哪一天, 腿疼 after 为什么请假."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.understanding.features import bare
from dialogs.understanding.filling import fill_slots
from dialogs.understanding.intents import IntentReader
from dialogs.understanding.meaning import CARE_INTENTS, Guess, Said, Situation, SlotValue, Understanding
from dialogs.understanding.slots import FREE, trimmed
from dialogs.understanding.values import Values

REST = 4
"""Characters beside the value that a bare answer has at most: 嗯，那就星期三吧."""
OTHER_WISH = 0.6
"""From this confidence a sentence around a value is taken for a wish of its own."""

SURE_OTHER_WISH = 0.85
"""From this confidence an answer in free words is taken for a wish of its own."""

CONTROL = frozenset(("repeat", "slower", "faster", "stop", "back", "help", "deny", "contact_secretary"))
"""What can be said in every state and is never the value of a slot."""
REASONS = frozenset((*CARE_INTENTS, "out_of_scope", "volunteer_offer"))
"""What sounds like these may as well be a reason: 老伴住院 after 为什么请假 (a human is told all the same)."""


def bare_answer(
    reader: IntentReader, said: Said, values: Values, situation: Situation, ranked: Sequence[Guess]
) -> Understanding | None:
    """The answer to the slot that was just asked for; None where something else was said."""
    slot = situation.asked_slot
    if slot is None or not situation.expecting or not bare(said.text):
        return None
    intent = situation.expecting[0]
    try:
        words = reader.words(intent)
    except KeyError:
        return None
    slots, doubts = fill_slots(words, values, situation)
    value: SlotValue | None = slots.get(slot)
    first = ranked[0]
    if slot in FREE:
        if _said_instead(first, situation):
            return None
        value = value or trimmed(said.text)
    elif value is None or (_other_wish(first, situation) and len(bare(values.masked())) > REST):
        return None
    alternatives = tuple(guess for guess in ranked if guess.intent != intent)[:3]
    return Understanding(
        text=said.text,
        intent=intent,
        slots={**slots, slot: value},
        confidence=max(0.8, *(guess.confidence for guess in ranked if guess.intent == intent)),
        alternatives=alternatives,
        doubts=doubts,
    )


def _other_wish(first: Guess, situation: Situation) -> bool:
    return first.intent not in situation.expecting and first.confidence >= OTHER_WISH


def _said_instead(first: Guess, situation: Situation) -> bool:
    """Whether free words are no answer: a control word, or clearly another wish."""
    if first.intent in situation.expecting or first.intent in REASONS:
        return False
    return first.confidence >= (OTHER_WISH if first.intent in CONTROL else SURE_OTHER_WISH)
