"""What was meant: danger first, then the likeliest intent over all readings, then its slots."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import cast

from dialogs.understanding.answers import bare_answer
from dialogs.understanding.belief import believed
from dialogs.understanding.chatter import weighed
from dialogs.understanding.danger import detect
from dialogs.understanding.features import bare, is_wordless
from dialogs.understanding.filling import fill_slots
from dialogs.understanding.fragments import is_fragment
from dialogs.understanding.intents import Chances, IntentReader
from dialogs.understanding.likely import calmed, is_talk, likely_care
from dialogs.understanding.likeness import likeness
from dialogs.understanding.meaning import CARE_INTENTS, Guess, Role, Said, Situation, Span, Understanding
from dialogs.understanding.ordinary import prepare
from dialogs.understanding.spelling import as_written, spelling
from dialogs.understanding.training import Told, unheard
from dialogs.understanding.values import find_values
from dialogs.understanding.wishes import further_wishes

LONGEST = 2_000
"""Characters that are looked at; nobody says more in one breath."""
UNSURE_BELOW = 0.5
"""Confidence under which the dialogue asks which of the two likeliest meanings was meant."""
QUESTIONS = ("query_attendance", "query_care", "query_dues", "query_log", "member_find")
"""What an officer asks about the branch."""
NOTHING = "out_of_scope"
"""The intent of a text without a word in it."""


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
        spelling()
        return cls(IntentReader.load(cache_folder, told))

    def understand(self, said: Said, situation: Situation) -> Understanding:
        """What was meant by what was said in this situation, quoted as one writes it. Never raises."""
        meant = self._meant(said, situation)
        return as_written(meant, written(meant.text, situation)) if said.alternatives else meant

    def _meant(self, said: Said, situation: Situation) -> Understanding:
        """What was meant, with the words as they were heard."""
        said = Said(said.text[:LONGEST], tuple(text[:LONGEST] for text in said.alternatives), said.unlikely)
        if not bare(said.text):
            return Understanding(said.text, NOTHING, {}, 0.0, unsure=True)
        values = find_values(said, situation)
        chances = self._reader.chances(said, values, situation)
        masked = values.masked()
        leaning = likeness().leaning(masked, situation.role)
        heard = believed(detect(said, situation), chances, values, situation, leaning, self._alone(situation.role))
        if heard is None:
            chances = calmed(chances, said.text, situation, talk=is_talk(leaning, heard=bool(said.alternatives)))
        wordless = is_wordless(masked)  # a name and nothing else reports nothing
        likely = None if heard or wordless else likely_care(chances, situation, heard=bool(said.alternatives))
        danger = heard.intent if heard else likely
        if not situation.expecting:
            chances = weighed(chances, leaning, heard=bool(said.alternatives))
        ranked = self._reader.rank(chances, heard, situation.role)
        answer = bare_answer(self._reader, said, values, situation, ranked)
        if answer is not None:
            return replace(answer, danger=danger)
        first = ranked[0]
        slots, doubts = fill_slots(self._reader.words(first.intent), values, situation)
        part = danger is None and is_fragment(values, situation)
        unproved = danger is None and first.intent in CARE_INTENTS  # of 244 needs one, of 451 lines of talk eight
        unsure = wordless or part or unproved or _confidence(ranked) < UNSURE_BELOW
        return Understanding(
            text=said.text,
            intent=first.intent,
            slots=slots,
            confidence=first.confidence,
            alternatives=tuple(ranked[1:4]),
            danger=danger,
            also=further_wishes(masked, first.intent, lambda part: self._reader.classify(part, situation.role)),
            doubts=doubts,
            unsure=unsure,
        )

    def _alone(self, role: Role) -> Callable[[str], Chances]:
        return lambda part: self._reader.alone(part, role)

    def as_meant(self, said: Said, situation: Situation, intent: str) -> Understanding:
        """The same words where it is known already what they mean: only the slots are looked for."""
        slots, doubts = fill_slots(self._reader.words(intent), find_values(said, situation), situation)
        return Understanding(said.text, intent, slots, 1.0, doubts=doubts)

    def slots_of(self, intent: str) -> tuple[str, ...]:
        """The names of an intent's slots."""
        return self._reader.words(intent).slots


def written(heard: str, situation: Situation) -> str:
    """What the recogniser wrote as people here would write it; names and titles stay as they are."""
    names = [person.name for person in situation.roster]
    titles = [each for title in situation.titles for each in (title.title, *title.nicknames)]
    return spelling().written(heard, [*names, *titles])


def _confidence(ranked: Sequence[Guess]) -> float:
    """Of the likeliest intent; of all kinds of question together where that is one: which, its words will tell."""
    first = ranked[0]
    if first.intent not in QUESTIONS:
        return first.confidence
    return sum(guess.confidence for guess in ranked if guess.intent in QUESTIONS)


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
