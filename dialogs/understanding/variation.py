"""How one sentence is varied: regional words, what recognisers mishear, and what people say on the way to the point."""

from __future__ import annotations

import random
import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypedDict

from pypinyin import lazy_pinyin

from dialogs.understanding.accents import accent
from dialogs.understanding.sentences import IntentWords
from dialogs.understanding.sound import confusion_class
from dialogs.understanding.templates import literals

SLURRED = 0.5
"""Highest cost between a syllable and what it is slurred to."""
_HANZI = re.compile(r"[\u4e00-\u9fff]")


class Fillings(TypedDict):
    """fillings.toml."""

    slot: dict[str, list[str]]
    before: list[str]
    after: list[str]
    chatter: dict[str, list[str]]
    denial: list[str]
    denied: dict[str, list[str]]
    dialect: dict[str, list[str]]


@dataclass(frozen=True)
class Draw:
    """How many sentences to make, and how they vary."""

    most: int = 14
    """Wordings drawn from one template at most."""
    dialect: float = 0.3
    """Share in which one word is exchanged for a regional one."""
    misheard: float = 0.6
    """Share in which characters are exchanged for others that sound the same or nearly so."""
    accent: float = 0.35
    """Share of those in which the others only nearly sound the same: 流 for 牛."""
    slurred: float = 0.3
    """Share of those in which the others sound as an accent or a bad line makes them: 里 for 了."""
    changed: float = 0.25
    """Share of the characters exchanged in such a sentence."""
    garbled: float = 0.3
    """Share in which some characters are heard as something else altogether, as over a bad line."""
    lost: float = 0.15
    """Share of the characters lost in such a sentence: recordings with accents and noise lose 8 syllables in 100."""
    frame: float = 0.35
    """Share with a word or two said before or after."""
    chatter: float = 0.1
    """Share with a clause or more that are not the point."""
    denied: float = 0.03
    """Share in which another wish is denied first."""
    seed: int = 11
    """For the drawing."""


@cache
def fillings() -> Fillings:
    """The words of fillings.toml, read once."""
    text = (files("dialogs.understanding") / "fillings.toml").read_text(encoding="utf-8")
    content: Fillings = tomllib.loads(text)  # type: ignore[assignment]
    return content


class Variation:
    """Varies the sentences of some intents, as its draw says."""

    def __init__(self, words: Sequence[IntentWords], role: str, draw: Draw) -> None:
        self._role = role
        self._draw = draw
        self._wishes = {intent.intent: fillings()["denied"].get(intent.intent) for intent in words}
        chars = sorted(_characters(words))
        syllable = {char: lazy_pinyin(char)[0] for char in chars}
        self._any = "".join(chars)
        self._same = _others(chars, syllable)
        self._near = _others(chars, {char: confusion_class(sound) for char, sound in syllable.items()})
        self._slurred = _neighbours(chars, syllable)

    def vary(self, text: str, intent: str, chance: random.Random) -> str:
        """The sentence as somebody else may say it and a recogniser may write it."""
        draw = self._draw
        if chance.random() < draw.denied:
            text = self._after_denial(text, intent, chance)
        if chance.random() < draw.dialect:
            text = exchange_word(text, chance)
        if chance.random() < draw.misheard:
            text = self._misheard(text, chance)
        if chance.random() < draw.garbled:
            text = self._garbled(text, chance)
        if chance.random() < draw.chatter and len(text) > 6:
            text = self._among_chatter(text, chance)
        if chance.random() < draw.frame:
            text = _framed(text, chance)
        return text

    def _after_denial(self, text: str, intent: str, chance: random.Random) -> str:
        """不是请假，是…: what is denied is no sign of what is meant."""
        others = sorted(name for name, wish in self._wishes.items() if wish and name != intent)
        wish = chance.choice(self._wishes[chance.choice(others)] or [""])
        return chance.choice(fillings()["denial"]).format(wish) + text

    def _among_chatter(self, text: str, chance: random.Random) -> str:
        for _ in range(chance.choice((1, 1, 2, 3))):
            clause = chance.choice(fillings()["chatter"][self._role])
            text = clause + text if chance.random() < 0.75 else text + clause
        return text

    def _misheard(self, text: str, chance: random.Random) -> str:
        kind = chance.random()
        accent, slurred = self._draw.accent, self._draw.accent + self._draw.slurred
        others = self._near if kind < accent else self._slurred if kind < slurred else self._same
        return "".join(
            chance.choice(others[char]) if char in others and chance.random() < self._draw.changed else char
            for char in text
        )

    def _garbled(self, text: str, chance: random.Random) -> str:
        return "".join(
            chance.choice(self._any) if _HANZI.match(char) and chance.random() < self._draw.lost else char
            for char in text
        )


def exchange_word(text: str, chance: random.Random) -> str:
    """One word of the text as it is said elsewhere, where the list has one."""
    dialect = fillings()["dialect"]
    there = [word for word in dialect if word in text]
    if not there:
        return text
    word = chance.choice(there)
    return text.replace(word, chance.choice(dialect[word]), 1)


def _framed(text: str, chance: random.Random) -> str:
    if chance.random() < 0.7:
        return chance.choice(fillings()["before"]) + text
    return text + chance.choice(fillings()["after"])


def _characters(words: Sequence[IntentWords]) -> set[str]:
    templates = [template for intent in words for template in (*intent.sentences, *intent.examples, *intent.said)]
    return {char for template in templates for text in literals(template) for char in _HANZI.findall(text)}


def _neighbours(chars: Sequence[str], sound: Mapping[str, str]) -> dict[str, str]:
    """Character -> the characters that an accent or a bad line makes of it beyond what is commonly confused."""
    spoken = accent()
    by_sound: defaultdict[str, str] = defaultdict(str)
    for char in chars:
        by_sound[sound[char]] += char
    near = {
        one: "".join(
            by_sound[other]
            for other in by_sound
            if 0 < spoken.cost(one, other) <= SLURRED and confusion_class(one) != confusion_class(other)
        )
        for one in by_sound
    }
    return {char: near[sound[char]] for char in chars if near[sound[char]]}


def _others(chars: Sequence[str], sound: Mapping[str, str]) -> dict[str, str]:
    """Character -> the other characters with the same sound."""
    by_sound: defaultdict[str, list[str]] = defaultdict(list)
    for char in chars:
        by_sound[sound[char]].append(char)
    return {
        char: "".join(other for other in alike if other != char)
        for alike in by_sound.values()
        for char in alike
        if len(alike) > 1
    }
