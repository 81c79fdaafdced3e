"""Needs that no word proves: what a sentence sounds like as a whole, and what speaks against being alarmed by it.

The detector (`danger.py`) knows words; through an accent and a bad line they may all be lost, and then the sentence as
the classifier takes it is all there is. Of 130 needs as text it alone found none, of 40 recordings nine.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from dialogs.understanding.danger_rules import live_notions
from dialogs.understanding.explained import is_explained, silenced
from dialogs.understanding.intents import Chances
from dialogs.understanding.likeness import Leaning
from dialogs.understanding.meaning import CARE_INTENTS, Role, Situation
from dialogs.understanding.sound import sounds

LIKELY: Mapping[Role, float] = {"member": 0.33, "secretary": 0.75}
"""Share of all needs together from which a human is told. What was heard of members' needs lay from 0.36 on (learning
anew moves the lowest by 0.1, hence the room); secretaries report seldom, clearly, and ask about the ill all day."""
ANSWERING, ANSWERING_WRITTEN = 0.6, 0.93
"""The same where something was just asked, be it a thing, a choice or 对吗: what was said is likelier an answer than a
report; and what makes a written answer an emergency (出脸，百寺运力 was 错了，六十块钱)."""
ASKED = frozenset(("affirm", "choose"))
"""What is expected first where 对吗 or one of several was asked."""
WRITTEN = 0.6
"""The same for members' written words: no line has garbled what the detector knows, so less is left to the sentence. Of
72 needs written without sight of any list eight came here, none below 0.61; of 120 lines of everyday talk fifteen lay
above, twenty-one above 0.45."""
CALM = 0.03
"""Factor on the odds of a need against which the sentence itself speaks, for each thing that does."""
FINE = 0.5
"""Factor on those of an illness where all is said to be well."""
LIKELY_EMERGENCY, WRITTEN_EMERGENCY = 0.33, 0.85
"""Its own share from which such a report is an emergency; below, a human is told of the next likeliest need. Of 102
emergencies as text none came here, of 301 lines of talk twenty, none of them above the second."""
TALK, TALK_HEARD = -0.03, 0.13
"""How much nearer to talk than to reports a sentence without a word of danger may be before it is taken for talk:
written, and through the recogniser, which garbles reports too. Of 14 such needs written without sight none lay above
the first, of 73 lines of talk that would have alarmed 54 or more; of the 40 needs that were heard none above the
second."""
NUMBERS = 0.5
"""Share of digits from which what was said is a number, whatever else was heard in it."""
IN_NUMBERS = ("phone", "amount", "ordinal")
"""Slots that are told in digits."""

_DIGITS = frozenset(
    ("yi", "er", "san", "si", "wu", "liu", "qi", "ba", "jiu", "ling", "yao", "liang", "shi", "bai", "dong", "guai")
)


def calmed(chances: Chances, text: str, situation: Situation, *, talk: bool = False) -> Chances:
    """The chances of a sentence in which the detector heard nothing, with what speaks against each need.

    Another, plainer wish silences some (a secretary's query, a request for leave); so does a number where one was asked
    for; and what would be a report was said of the past, of a film or of a cat. `talk` is True where it is what people
    say of their day.
    """
    live = live_notions(text)
    reasons = talk + (live.past or is_explained(live) or is_number(text, situation))
    quiet = CARE_INTENTS if reasons else silenced(live, situation.role)
    factors = dict.fromkeys(quiet, CALM ** max(1, reasons))
    if live.fine:
        factors.setdefault("care_illness", FINE)
    odds = {intent: share * factors.get(intent, 1.0) for intent, share in chances.items()}
    total = sum(odds.values())
    return {intent: share / total for intent, share in odds.items()}


def likely_care(chances: Chances, situation: Situation, *, heard: bool = True) -> str | None:
    """The need that the sentence as a whole sounds like, where that is likely enough to tell a human; None for none.

    `heard` is False for words that were written, or that the recogniser had no second reading for.
    """
    care = {intent: chances[intent] for intent in CARE_INTENTS}
    asked = situation.asked_slot is not None or bool(ASKED & set(situation.expecting[:1]))
    least = max(LIKELY[situation.role], ANSWERING if asked else 0.0, 0.0 if heard else WRITTEN)
    if sum(care.values()) < least:
        return None
    emergency = ANSWERING_WRITTEN if asked else WRITTEN_EMERGENCY
    if care["care_emergency"] < (LIKELY_EMERGENCY if heard else emergency):
        del care["care_emergency"]
        if not heard and sum(care.values()) < least:
            return None
    return max(care, key=lambda intent: care[intent])


def is_talk(leaning: Leaning, *, heard: bool) -> bool:
    """Whether a sentence in which no word tells of danger is nearer to what people say of their day.

    `heard` is False for words that were written, or that the recogniser had no second reading for.
    """
    return leaning.to_talk > (TALK_HEARD if heard else TALK)


def is_number(text: str, situation: Situation) -> bool:
    """Whether a number was asked for and most of what was said is one, however it is garbled."""
    if situation.asked_slot not in IN_NUMBERS:
        return False
    heard = sounds(re.sub(r"\W", "", text)).syllables
    return sum(syllable in _DIGITS for syllable in heard) > NUMBERS * len(heard)
