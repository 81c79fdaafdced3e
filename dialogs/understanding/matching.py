"""Sentence templates matched by sound against a whole utterance: whoever says one of them means its intent."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs.understanding.features import SLOT_SYMBOLS, TIMES, bare
from dialogs.understanding.sentences import IntentWords
from dialogs.understanding.sound import sounds
from dialogs.understanding.templates import compile_all

_TIMES = "[" + "".join(TIMES.values()) + "]"
_SLOTS = {**SLOT_SYMBOLS, "when": _TIMES, "period": _TIMES}
_SYMBOLS = re.compile("[\uf8e1-\uf8ef]")


class Matcher:
    """All templates of all intents."""

    def __init__(self, words: Sequence[IntentWords]) -> None:
        self._patterns = [
            (intent, compile_all(intent.sentences, spell, _SLOTS)) for intent in words if intent.sentences
        ]

    def intents(self, masked: str, role: str) -> list[str]:
        """The intents one of whose templates the whole utterance is, values masked, fillers dropped."""
        line = spell(bare(masked))
        return [
            intent.intent for intent, pattern in self._patterns if intent.for_role(role) and pattern.fullmatch(line)
        ]

    def intent(self, masked: str, role: str) -> str | None:
        """The one intent whose template it is; None where none or several are."""
        found = self.intents(masked, role)
        return found[0] if len(found) == 1 else None


def spell(text: str) -> str:
    """One character a syllable, the same for syllables that are commonly confused; symbols of values stay."""
    spelt: list[str] = []
    at = 0
    for symbol in _SYMBOLS.finditer(text):
        spelt += [sounds(text[at : symbol.start()]).classes, symbol.group()]
        at = symbol.end()
    return "".join([*spelt, sounds(text[at:]).classes])
