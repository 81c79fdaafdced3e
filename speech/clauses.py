"""Text for the ear, cut where a speaker breathes: short enough for a voice, and soon ready to be heard."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONG = 28
"""Syllables from which a sentence is spoken in parts: about seven seconds at an old listener's pace."""
TOO_LONG = 48
"""Syllables that are never spoken in one breath, even where no punctuation offers a cut."""
PAUSES = {"。": 0.45, "！": 0.45, "？": 0.45, "…": 0.5, "；": 0.38, "：": 0.28, "，": 0.22, "、": 0.12}
"""Seconds of silence after each mark at speed 1.0."""

_SENTENCE = re.compile(r"[^。！？；…]+[。！？；…]*")
_PHRASE = re.compile(r"[^，：]+[，：]*")
_ITEM = re.compile(r"[^、]+、*")
_HINGE = re.compile(r"[的和与及是在为将并以]")


@dataclass(frozen=True)
class Clause:
    """What is spoken in one breath."""

    text: str
    """Characters and their punctuation, as `speech.ear` writes them."""
    pause: float
    """Seconds of silence to leave after it, at speed 1.0."""


def clauses(text: str) -> list[Clause]:
    """Cut text for the ear; nothing spoken is lost, and no clause has more than TOO_LONG syllables."""
    found: list[str] = []
    for sentence in _SENTENCE.findall(text):
        found += _cut(sentence, [_PHRASE, _ITEM])
    return [Clause(part, PAUSES.get(part[-1], 0.0)) for part in found if syllables(part)]


def syllables(text: str) -> int:
    """How many characters are spoken: Chinese ones; punctuation is silent."""
    return sum("\u3400" <= character <= "\u9fff" for character in text)


def _cut(text: str, ways: list[re.Pattern[str]]) -> list[str]:
    """Parts of at most LONG syllables where the marks allow it; neighbours that fit together stay together."""
    if syllables(text) <= LONG:
        return [text]
    if not ways:
        return _cut_anywhere(text)
    packed = [""]
    for part in ways[0].findall(text):
        if packed[-1] and syllables(packed[-1] + part) > LONG:
            packed.append("")
        packed[-1] += part
    return [piece for part in packed for piece in _cut(part, ways[1:])]


def _cut_anywhere(text: str) -> list[str]:
    """In two behind the hinge nearest the middle, until nothing is TOO_LONG."""
    if syllables(text) <= TOO_LONG:
        return [text]
    middle = len(text) // 2
    inner = [m.end() for m in _HINGE.finditer(text) if len(text) // 4 < m.end() < len(text) * 3 // 4]
    at = min(inner, key=lambda place: abs(place - middle), default=middle)
    return [*_cut_anywhere(text[:at]), *_cut_anywhere(text[at:])]
