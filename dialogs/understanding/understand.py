"""What was meant: danger first, then the likeliest intent over all readings, then its slots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import cast

from dialogs.understanding.answers import bare_answer
from dialogs.understanding.chatter import weighed
from dialogs.understanding.danger import CERTAIN, Danger, detect
from dialogs.understanding.explained import is_after_denial
from dialogs.understanding.features import bare, is_wordless
from dialogs.understanding.filling import fill_slots
from dialogs.understanding.fragments import is_fragment
from dialogs.understanding.intents import Chances, IntentReader
from dialogs.understanding.likely import calmed, is_number, is_talk, likely_care
from dialogs.understanding.likeness import Leaning, likeness
from dialogs.understanding.meaning import CARE_INTENTS, Guess, Said, Situation, Span, Understanding
from dialogs.understanding.ordinary import prepare
from dialogs.understanding.training import Told, unheard
from dialogs.understanding.values import Values, find_values
from dialogs.understanding.wishes import further_wishes, split_wishes

LONGEST = 2_000
"""Characters that are looked at; nobody says more in one breath."""
UNSURE_BELOW = 0.5
"""Confidence under which the dialogue asks which of the two likeliest meanings was meant."""
QUESTIONS = ("query_attendance", "query_care", "query_dues", "query_log", "member_find")
"""What an officer asks about the branch."""
NOTHING = "out_of_scope"
"""The intent of a text without a word in it."""
UNLIKELY_CARE = 0.02
"""Share under which a danger that was only heard as likely is taken for a figure of speech: of 160 such in unseen
sentences 4 were real, and none of those that were heard for certain (`BEYOND_DOUBT`)."""
BEYOND_DOUBT = 0.97
"""The detector's confidence from which nothing else is asked."""
FAINT, FAINT_CARE = 0.6, 0.1
"""A danger heard with less confidence than the first needs the second share: of 57 below it 2 were real."""
BY_SOUND, BY_SOUND_CARE = 0.5, 0.4
"""The same for a single sign that is not written so, and only sounds like it: of 9 real ones none was below 0.79."""
FAINT_TALK, FAINT_TALK_CARE = 0.03, 0.9
"""How much nearer to talk than to reports a sentence is whose danger was heard faintly and meant nothing, and the share
of needs from which that counts for nothing. Of 19 real ones the highest was at 0.011."""
CLEAR_TALK, TALK_CARE = 0.115, 0.7
"""The same for a danger that was heard more clearly. Of 153 real ones none lay above the first: the highest was at
0.071, of emergencies at 0.034."""


class Understander:
    """Understands one thing said; built once, used for every turn, safe to share between threads."""

    def __init__(self, reader: IntentReader) -> None:
        self._reader = reader

    @classmethod
    def load(cls, cache_folder: Path | None = None, told: Told = unheard) -> Understander:
        """Ready to understand; the first time it learns from the skills' sentences, which takes some seconds.

        With a `cache_folder` what was learnt is kept there and used until a sentence changes. `told` hears how
        far it is.
        """
        prepare()  # now, and not while the first member waits
        likeness()
        return cls(IntentReader.load(cache_folder, told))

    def understand(self, said: Said, situation: Situation) -> Understanding:
        """What was meant by what was said in this situation. Never raises, whatever the text."""
        said = Said(said.text[:LONGEST], tuple(text[:LONGEST] for text in said.alternatives), said.unlikely)
        if not bare(said.text):
            return Understanding(said.text, NOTHING, {}, 0.0, unsure=True)
        values = find_values(said, situation)
        chances = self._reader.chances(said, values, situation)
        masked = values.masked()
        leaning = likeness().leaning(masked, situation.role)
        heard = self._believed(detect(said, situation), chances, values, situation, leaning)
        if heard is None:
            chances = calmed(chances, said.text, situation, talk=is_talk(leaning, heard=bool(said.alternatives)))
        wordless = is_wordless(masked)  # a name and nothing else reports nothing
        likely = None if heard or wordless else likely_care(chances, situation, heard=bool(said.alternatives))
        danger = heard.intent if heard else likely
        if not situation.expecting:
            chances = weighed(chances, leaning)
        ranked = self._reader.rank(chances, heard, situation.role)
        answer = bare_answer(self._reader, said, values, situation, ranked)
        if answer is not None:
            return replace(answer, danger=danger)
        first = ranked[0]
        slots, doubts = fill_slots(self._reader.words(first.intent), values, situation)
        return Understanding(
            text=said.text,
            intent=first.intent,
            slots=slots,
            confidence=first.confidence,
            alternatives=tuple(ranked[1:4]),
            danger=danger,
            also=further_wishes(masked, first.intent, lambda part: self._reader.classify(part, situation.role)),
            doubts=doubts,
            unsure=wordless
            or _confidence(ranked) < UNSURE_BELOW
            or (danger is None and is_fragment(values, situation)),
        )

    def _believed(
        self, heard: Danger | None, chances: Chances, values: Values, situation: Situation, leaning: Leaning
    ) -> Danger | None:
        """What the detector heard, unless the sentence speaks against it; beside another wish, its own part counts."""
        if heard is None or heard.confidence >= BEYOND_DOUBT:
            return heard
        if _is_talk_of(heard, leaning, _care(chances), situation):
            return None
        if heard.confidence < (CERTAIN if is_number(values.text, situation) else FAINT):
            least = BY_SOUND_CARE if heard.confidence < BY_SOUND else FAINT_CARE
            return heard if _care(chances) >= least else None
        said = split_wishes(values.masked())
        if heard.certain and is_after_denial(values.text):
            said.append(values.text[heard.begin :])
        parts = [self._reader.alone(part, situation.role) for part in said]
        return heard if any(_care(each) >= UNLIKELY_CARE for each in (chances, *parts)) else None

    def as_meant(self, said: Said, situation: Situation, intent: str) -> Understanding:
        """The same words where it is known already what they mean: only the slots are looked for."""
        slots, doubts = fill_slots(self._reader.words(intent), find_values(said, situation), situation)
        return Understanding(said.text, intent, slots, 1.0, doubts=doubts)

    def slots_of(self, intent: str) -> tuple[str, ...]:
        """The names of an intent's slots."""
        return self._reader.words(intent).slots


def _is_talk_of(heard: Danger, leaning: Leaning, care: float, situation: Situation) -> bool:
    """Whether the sentence and the very part that tells of danger are what people say of their day."""
    if heard.confidence < FAINT:
        return leaning.to_talk >= FAINT_TALK and care < FAINT_TALK_CARE
    if leaning.to_talk < CLEAR_TALK or care >= TALK_CARE:
        return False
    return likeness().leaning(heard.evidence, situation.role).to_talk > -CLEAR_TALK


def _confidence(ranked: Sequence[Guess]) -> float:
    """Of the likeliest intent; of all kinds of question together where that is one: which, its words will tell."""
    first = ranked[0]
    if first.intent not in QUESTIONS:
        return first.confidence
    return sum(guess.confidence for guess in ranked if guess.intent in QUESTIONS)


def _care(chances: Chances) -> float:
    """The share of all needs together."""
    return sum(chances[intent] for intent in CARE_INTENTS)


def as_line(understanding: Understanding) -> dict[str, object]:
    """The dictionary that `nuanyang understand` prints a line."""
    return {
        "text": understanding.text,
        "intent": understanding.intent,
        "slots": {name: _plain(value) for name, value in cast(Mapping[str, object], understanding.slots).items()},
        "confidence": round(understanding.confidence, 4),
        "alternatives": [_guess(guess) for guess in understanding.alternatives],
        "danger": understanding.danger,
    }


def _guess(guess: Guess) -> dict[str, object]:
    return {"intent": guess.intent, "confidence": round(guess.confidence, 4)}


def _plain(value: object) -> object:
    if isinstance(value, Span):
        return asdict(value)
    return list(value) if isinstance(value, tuple) else value
