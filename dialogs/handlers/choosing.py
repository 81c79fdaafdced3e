"""One of several choices: by its number, by the whole of it, or by a word that only one of them has (党课那个)."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import words
from dialogs.handlers.choosing_day import by_day
from dialogs.handlers.denying import denies
from dialogs.scene import Scene
from dialogs.skill import Option
from dialogs.talk import Question
from dialogs.understanding.features import bare
from dialogs.understanding.ordinals import find_ordinal
from dialogs.understanding.sound import similarity, syllables

SOUNDS_LIKE = 0.8
"""Similarity from which what was said is taken for one of the choices."""
HEARD, CLEARLY = 0.66, 0.08
"""Similarity from which a garbled answer may be a choice, and by how much it must be nearer than the next."""
TELLING = 2
"""Syllables in a row that tell a choice from the others: 党课 is enough."""


def chosen(scene: Scene, question: Question) -> Option | None:
    """The choice that was meant, where one was."""
    options = question.options
    number = position(scene, len(options))
    if number is not None:
        return options[number]
    if day := by_day(scene.text, options, scene.utterance.now):
        return day
    if scene.meaning.intent == "affirm" and len(options) == 1 and not denies(scene.text):
        return options[0]
    said = syllables(scene.text)
    near = [(similarity(said, syllables(option.label)), option) for option in options]
    best = max(near, key=lambda each: each[0])
    if best[0] >= SOUNDS_LIKE:
        return best[1]
    return _by_a_word(scene, options) if scene.meaning.intent == "choose" or scene.meaning.unsure else None


def sounding_like(text: str, options: Sequence[Option]) -> Option | None:
    """The choice whose number or a part of whose name the whole of what was said sounds like, and no other's nearly
    as much: 剔一个 for 第一个, 十一跃二十勿号的 for 十一月二十五号."""
    said = syllables(bare(text).removesuffix(words.lists("manager", "cues")["pointing_end"][0]))
    if len(said) < TELLING:
        return None
    ordinals = words.lists("manager", "cues")["ordinals"]
    near = [
        max(similarity(said, syllables(part)) for part in (ordinal, *option.label.split("，")) if part)
        for ordinal, option in zip(ordinals, options, strict=False)
    ]
    first, second = ([*sorted(near, reverse=True), 0.0])[:2]
    return options[near.index(first)] if first >= HEARD and first - second >= CLEARLY else None


def position(scene: Scene, choices: int) -> int | None:
    """Which number was said, from 0: as written, or as it sounds (低一个 for 第一个)."""
    ordinal = scene.meaning.slots.get("ordinal")
    if not isinstance(ordinal, int):
        ordinal = 0
        if scene.meaning.intent == "choose":
            ordinal = number_in(scene.text, choices)
    if ordinal == -1:
        return choices - 1
    return ordinal - 1 if 1 <= ordinal <= choices else None


def number_in(text: str, choices: int) -> int:
    """The number of one of so many choices, as written or as it sounds; -1 for the last, 0 for none."""
    return find_ordinal(text) or _sounding(text, choices)


def _sounding(text: str, choices: int) -> int:
    """The number that is heard in what was written as something else; 0 for none."""
    said = syllables(bare(text))
    for number, ordinal in enumerate(words.lists("manager", "cues")["ordinals"][:choices], 1):
        wanted = syllables(ordinal)
        if any(said[at : at + len(wanted)] == wanted for at in range(len(said) - len(wanted) + 1)):
            return number
    return 0


def _by_a_word(scene: Scene, options: Sequence[Option]) -> Option | None:
    """The only choice in whose name a stretch of what was said is heard, whatever is left after 那个 and the like."""
    text = bare(scene.text)
    for filler in words.lists("manager", "cues")["pointing"]:
        text = text.replace(filler, "\n")
    stretches = [syllables(part) for part in text.split("\n")]
    runs = [max((_run(said, syllables(option.label)) for said in stretches), default=0) for option in options]
    best = max(runs)
    return options[runs.index(best)] if best >= TELLING and runs.count(best) == 1 else None


def _run(said: Sequence[str], label: Sequence[str]) -> int:
    """The longest stretch of the one that is heard in the other, in syllables."""
    for size in range(min(len(said), len(label)), 0, -1):
        heard = {tuple(label[at : at + size]) for at in range(len(label) - size + 1)}
        if any(tuple(said[at : at + size]) in heard for at in range(len(said) - size + 1)):
            return size
    return 0
