"""From sentence templates to sentences to learn from: drawn, filled, and varied as people and recognisers vary them."""

from __future__ import annotations

import random
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pypinyin import lazy_pinyin

from dialogs.understanding.features import SLOT_SYMBOLS, TIMES
from dialogs.understanding.sentences import IntentWords, load_words
from dialogs.understanding.templates import Template, sample, wordings

_SLOT = re.compile(r"\{(\w+)\}")
_HANZI = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Draw:
    """How many sentences to make, and how they vary."""

    most: int = 14
    """Wordings drawn from one template at most."""
    dialect: float = 0.3
    """Share in which one word is exchanged for a regional one."""
    homophones: float = 0.3
    """Share in which characters are exchanged for others that sound the same."""
    frame: float = 0.35
    """Share with a word or two said before or after."""
    chatter: float = 0.1
    """Share with a clause or two that are not the point."""
    denied: float = 0.03
    """Share in which another wish is denied first."""
    seed: int = 11
    """For the drawing."""


@dataclass(frozen=True)
class Example:
    """A sentence to learn from, values masked."""

    text: str
    """The sentence."""
    intent: str
    """What it means."""
    weight: float
    """How much it counts: templates with many wordings do not outweigh plain sentences."""
    source: int
    """Number of its template, so that one template is never on both sides of a trial."""


@cache
def fillings() -> Mapping[str, object]:
    """The words of fillings.toml, read once."""
    return tomllib.loads((files("dialogs.understanding") / "fillings.toml").read_text(encoding="utf-8"))


def examples(words: Sequence[IntentWords], role: str, draw: Draw = Draw()) -> list[Example]:
    """Sentences of all intents that a speaker of this role may mean."""
    chance = random.Random(draw.seed)  # noqa: S311 - varies sentences, guards nothing
    same_sound = _same_sound(words)
    made: list[Example] = []
    source = 0
    for intent in words:
        if not intent.for_role(role):
            continue
        for template in (*intent.sentences, *intent.examples):
            source += 1
            count = min(draw.most, 2 * wordings(template))
            for _ in range(count):
                text = _vary(_fill(sample(template, chance), intent, chance), intent, role, draw, same_sound, chance)
                made.append(Example(text, intent.intent, count**-0.5, source))
    return made


def _fill(said: str, intent: IntentWords, chance: random.Random) -> str:
    """Values as symbols, free slots with words."""

    def value(slot: re.Match[str]) -> str:
        name = slot.group(1)
        if name in ("when", "period"):
            lies = {"past": "past past now", "future": "future future now"}.get(intent.prefer, "past now future")
            return TIMES[chance.choice(lies.split())]
        if name in SLOT_SYMBOLS:
            return SLOT_SYMBOLS[name]
        lists = fillings()
        words = lists.get(f"{name}_{intent.intent}", lists.get(name))
        return str(chance.choice(words)) if isinstance(words, list) else ""

    return _SLOT.sub(value, said)


def _vary(
    text: str, intent: IntentWords, role: str, draw: Draw, same_sound: Mapping[str, str], chance: random.Random
) -> str:
    lists = fillings()
    if chance.random() < draw.denied:
        text = _after_denial(text, intent, role, chance)
    if chance.random() < draw.dialect:
        text = _exchange_word(text, lists["dialect"], chance)
    if chance.random() < draw.homophones:
        text = "".join(
            chance.choice(same_sound[char]) if char in same_sound and chance.random() < 0.25 else char for char in text
        )
    if len(intent.slots) + len(text) > 6 and chance.random() < draw.chatter:
        text = _among_chatter(text, role, chance)
    if chance.random() < draw.frame:
        before, after = lists["before"], lists["after"]
        if chance.random() < 0.7 and isinstance(before, list):
            text = str(chance.choice(before)) + text
        elif isinstance(after, list):
            text += str(chance.choice(after))
    return text


def _after_denial(text: str, intent: IntentWords, role: str, chance: random.Random) -> str:
    """不是请假，是…: what is denied is no sign of what is meant."""
    wishes = fillings()["denied"]
    others = {words.intent for words in load_words() if words.for_role(role)} - {intent.intent}
    if not isinstance(wishes, dict):
        return text
    wish = chance.choice(wishes[chance.choice(sorted(others & wishes.keys()))])
    return chance.choice(("不是{}，是", "我不{}，", "我不是{}，我", "不是要{}，", "没说{}，")).format(wish) + text


def _among_chatter(text: str, role: str, chance: random.Random) -> str:
    clauses = fillings()["chatter_secretary" if role == "secretary" else "chatter"]
    if not isinstance(clauses, list):
        return text
    for _ in range(chance.choice((1, 1, 2, 3))):
        clause = str(chance.choice(clauses))
        text = clause + text if chance.random() < 0.75 else text + clause
    return text


def _exchange_word(text: str, dialect: object, chance: random.Random) -> str:
    """One word of the text as it is said elsewhere, where the list has one."""
    if not isinstance(dialect, dict):
        return text
    there = [word for word in dialect if word in text]
    if not there:
        return text
    word = chance.choice(there)
    return text.replace(word, str(chance.choice(dialect[word])), 1)


def _same_sound(words: Sequence[IntentWords]) -> dict[str, str]:
    """Characters of the sentences -> the other ones that sound the same."""
    by_sound: defaultdict[str, set[str]] = defaultdict(set)
    for char in {char for text in _literals(words) for char in _HANZI.findall(text)}:
        by_sound[lazy_pinyin(char)[0]].add(char)
    return {char: "".join(sorted(alike - {char})) for alike in by_sound.values() for char in alike if len(alike) > 1}


def _literals(words: Sequence[IntentWords]) -> Iterator[str]:
    for intent in words:
        for template in (*intent.sentences, *intent.examples):
            yield from _spelt(template)


def _spelt(template: Template) -> Iterator[str]:
    yield repr(template)
