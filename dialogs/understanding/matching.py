"""Sentence templates matched by sound against a whole utterance: whoever says one of them means its intent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dialogs.understanding.features import AMOUNT, SLOT_SYMBOLS, TIMES, without_hesitation
from dialogs.understanding.sentences import IntentWords
from dialogs.understanding.slots import slot_words
from dialogs.understanding.sound import class_string
from dialogs.understanding.templates import compile_all
from dialogs.understanding.values import Values

_TIMES = "[" + "".join(TIMES.values()) + "]"
_SYMBOL = re.compile("[\uf8e1-\uf8ef]")
_WRITTEN = (frozenset[str](), frozenset((AMOUNT,)), frozenset(TIMES.values()), frozenset((AMOUNT, *TIMES.values())))
"""Symbols left as words, one set after the other: 现在 in a template is no value, and neither is 120."""


class Matcher:
    """All templates of all intents."""

    def __init__(self, words: Sequence[IntentWords]) -> None:
        self._patterns = [
            (intent, compile_all(intent.sentences, spell, slot_patterns(intent.intent)))
            for intent in words
            if intent.sentences
        ]
        self._officers = [
            (intent.intent, compile_all(intent.officer, spell, slot_patterns(intent.intent)))
            for intent in words
            if intent.officer
        ]

    def intents(self, values: Values, role: str) -> list[str]:
        """The intents one of whose templates the whole utterance is, hesitation dropped."""
        if len(values.text) > LONGEST:
            return []
        lines = list(dict.fromkeys(spellings(values)))
        return [
            intent.intent
            for intent, pattern in self._patterns
            if intent.for_role(role) and any(pattern.fullmatch(line) for line in lines)
        ]

    def own_wish(self, values: Values) -> str | None:
        """The member's wish that an officer who says this has for themselves (我也参加); None for none."""
        if len(values.text) > LONGEST:
            return None
        lines = list(dict.fromkeys(spellings(values)))
        return next(
            (intent for intent, pattern in self._officers if any(pattern.fullmatch(line) for line in lines)), None
        )

    def intent(self, values: Values, role: str) -> str | None:
        """The one intent whose template it is; None where none or several are."""
        found = self.intents(values, role)
        return found[0] if len(found) == 1 else None


def slot_patterns(intent: str) -> dict[str, str]:
    """What a slot matches: a symbol, a known word where the words are listed, else anything short."""
    known = slot_words()["known"]
    patterns = {**SLOT_SYMBOLS, "when": _TIMES, "period": _TIMES}
    for slot in ("topic", "place"):
        words = known.get(f"{slot}_{intent}", () if slot == "topic" and intent in OPEN_TOPIC else known[slot])
        if words:
            patterns[slot] = "(?:" + "|".join(spell(word) for word in words) + ")"
    return patterns


LONGEST = 60
"""Characters of the longest utterance that may be a template as it stands."""
OPEN_TOPIC = ("volunteer_offer", "document_list")
"""Intents whose topic may be anything."""


def spellings(values: Values) -> Iterator[str]:
    """The utterance as sounds, with symbols for its values, and with some values left as words."""
    for written in _WRITTEN:
        yield spell(values.masked(without=written))


def spell(text: str) -> str:
    """One character a syllable, the same for syllables that are commonly confused; symbols of values stay.

    Each character is read on its own, so that it sounds the same in a template and in a sentence.
    """
    plain = without_hesitation(text)
    return "".join(char if _SYMBOL.match(char) else class_string(char) for char in plain)
