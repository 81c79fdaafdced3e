"""Whether what the detector heard is believed: its words may be a figure of speech, or talk of the day."""

from __future__ import annotations

from collections.abc import Callable

from dialogs.understanding.danger import CERTAIN, Danger
from dialogs.understanding.explained import is_after_denial
from dialogs.understanding.intents import Chances
from dialogs.understanding.likely import is_number
from dialogs.understanding.likeness import Leaning, likeness
from dialogs.understanding.meaning import CARE_INTENTS, Situation
from dialogs.understanding.values import Values
from dialogs.understanding.wishes import split_wishes

UNLIKELY_CARE = 0.02
"""Share under which a danger that was only heard as likely is taken for a figure of speech: of 160 such in unseen
sentences 4 were real, and none of those that were heard for certain (`BEYOND_DOUBT`)."""
BEYOND_DOUBT = 0.97
"""The detector's confidence from which nothing else is asked."""
FAINT, FAINT_CARE = 0.6, 0.1
"""A danger heard with less confidence than the first needs the second share: of 57 below it 2 were real."""
BY_SOUND, BY_SOUND_CARE, LESSER_READING_CARE = 0.5, 0.4, 0.3
"""The same for a single sign that is not written so, and only sounds like it: of 9 real ones none was below 0.79. Where
it stands in a lesser reading, so that a recording surely is garbled, less has to speak for it."""
FAINT_TALK, FAINT_TALK_CARE = 0.03, 0.9
"""How much nearer to talk than to reports a sentence is whose danger was heard faintly and meant nothing, and the share
of needs from which that counts for nothing. Of 19 real ones the highest was at 0.011."""
CLEAR_TALK, TALK_CARE = 0.115, 0.7
"""The same for a danger that was heard more clearly. Of 153 real ones none lay above the first: the highest was at
0.071, of emergencies at 0.034."""


def believed(
    heard: Danger | None,
    chances: Chances,
    values: Values,
    situation: Situation,
    leaning: Leaning,
    alone: Callable[[str], Chances],
) -> Danger | None:
    """What the detector heard, unless the sentence speaks against it; beside another wish, its own part counts.

    `alone` tells what the classifier makes of a part of the sentence.
    """
    if heard is None or heard.confidence >= BEYOND_DOUBT:
        return heard
    if _is_talk_of(heard, leaning, _care(chances), situation):
        return None
    if heard.confidence < (CERTAIN if is_number(values.text, situation) else FAINT):
        by_sound = LESSER_READING_CARE if heard.reading else BY_SOUND_CARE
        least = by_sound if heard.confidence < BY_SOUND else FAINT_CARE
        return heard if _care(chances) >= least else None
    said = split_wishes(values.masked())
    if heard.certain and is_after_denial(values.text):
        said.append(values.text[heard.begin :])
    parts = [alone(part) for part in said]
    return heard if any(_care(each) >= UNLIKELY_CARE for each in (chances, *parts)) else None


def _is_talk_of(heard: Danger, leaning: Leaning, care: float, situation: Situation) -> bool:
    """Whether the sentence and the very part that tells of danger are what people say of their day."""
    if heard.confidence < FAINT:
        return leaning.to_talk >= FAINT_TALK and care < FAINT_TALK_CARE
    if leaning.to_talk < CLEAR_TALK or care >= TALK_CARE:
        return False
    return likeness().leaning(heard.evidence, situation.role).to_talk > -CLEAR_TALK


def _care(chances: Chances) -> float:
    """The share of all needs together."""
    return sum(chances[intent] for intent in CARE_INTENTS)
