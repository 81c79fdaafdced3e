"""What was meant: danger first, then the likeliest intent over all readings, then its slots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import cast

from dialogs.understanding.answers import bare_answer
from dialogs.understanding.danger import Danger, detect
from dialogs.understanding.features import bare
from dialogs.understanding.filling import fill_slots
from dialogs.understanding.intents import IntentReader
from dialogs.understanding.meaning import Guess, Said, Situation, Span, Understanding
from dialogs.understanding.values import find_values
from dialogs.understanding.wishes import further_wishes

LONGEST = 2_000
"""Characters that are looked at; nobody says more in one breath."""
UNSURE_BELOW = 0.5
"""Confidence under which the dialogue asks which of the two likeliest meanings was meant."""
NOTHING = "out_of_scope"
"""The intent of a text without a word in it."""
PERHAPS_DANGER = {"care_emergency": 0.5, "care_bereavement": 0.3, "care_illness": 0.3, "care_hardship": 0.3}
"""Care intents of this confidence are passed to a human even where the detector heard nothing."""


class Understander:
    """Understands one thing said; built once, used for every turn, safe to share between threads."""

    def __init__(self, reader: IntentReader) -> None:
        self._reader = reader

    @classmethod
    def load(cls, cache_folder: Path | None = None) -> Understander:
        """Ready to understand; the first time it learns from the skills' sentences, which takes some seconds.

        With a `cache_folder` what was learnt is kept there and used until a sentence changes.
        """
        return cls(IntentReader.load(cache_folder))

    def understand(self, said: Said, situation: Situation) -> Understanding:
        """What was meant by what was said in this situation. Never raises, whatever the text."""
        said = Said(said.text[:LONGEST], tuple(text[:LONGEST] for text in said.alternatives))
        if not bare(said.text):
            return Understanding(said.text, NOTHING, {}, 0.0, unsure=True)
        values = find_values(said, situation)
        heard = detect(said, situation)
        ranked = self._reader.rank(said, values, situation, heard)
        answer = bare_answer(self._reader, said, values, situation, ranked)
        if answer is not None:
            return replace(answer, danger=_danger(heard, ranked))
        first = ranked[0]
        slots, doubts = fill_slots(self._reader.words(first.intent), values, situation)
        masked = values.masked()
        return Understanding(
            text=said.text,
            intent=first.intent,
            slots=slots,
            confidence=first.confidence,
            alternatives=tuple(ranked[1:4]),
            danger=_danger(heard, ranked),
            also=further_wishes(masked, first.intent, lambda part: self._reader.classify(part, situation.role)),
            doubts=doubts,
            unsure=first.confidence < UNSURE_BELOW,
        )


def _danger(heard: Danger | None, ranked: list[Guess]) -> str | None:
    """Because of what a human is told: what the detector heard, or else a care intent that is likely."""
    if heard is not None:
        return heard.intent
    return next((g.intent for g in ranked if g.confidence >= PERHAPS_DANGER.get(g.intent, 2)), None)


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
