"""A yes or a no, where the recogniser may have written something that only sounds like it: 腿 for 对, 没车 for 没错."""

from __future__ import annotations

import re

from dialogs import words
from dialogs.scene import Scene
from dialogs.talk import Question
from dialogs.understanding.features import bare, without_hesitation
from dialogs.understanding.sound import similarity, syllables

SURE = 0.7
"""Confidence from which a yes counts as one."""
SAME = 0.9
"""Similarity to a yes from which it is one: 四的 is 是的."""
LIKE = 0.59
"""Similarity to a yes from which what is said may be one: its first sound was misheard."""
PARTS = 6
"""Characters of an answer that may be a yes said twice: 对，没错."""
A_WORD = 2
"""Characters up to which a no must be heard as one."""
NO_SOUNDS = frozenset(("bu", "mei", "bie", "cuo"))
"""Syllables of which every no of the common tongue has one; those of others count as written (`no_written`)."""

_PART = re.compile(r"[^，。！？；、,.!?;\s]+")


def surely_yes(scene: Scene) -> bool:
    """A yes that may well have been a no, misheard, is asked again: 普通 was once 不对, and 务是的 不是的."""
    meaning = scene.meaning
    denied = any(no > max(LIKE, yes) for yes, no in _likenesses(scene))
    if meaning.intent != "affirm" or meaning.unsure or denied:
        return False
    no = max((guess.confidence for guess in meaning.alternatives if guess.intent == "deny"), default=0.0)
    return meaning.confidence > SURE and no < 1 - SURE


def sounds_yes(scene: Scene) -> bool:
    """四的 after a read-back is 是的, and 对，没出 is 对，没错, whatever else it may be taken for."""
    heard = _likenesses(scene)
    return heard[0][0] >= SAME and all(yes > no for yes, no in heard)


def says_yes_and(scene: Scene, asked: str) -> bool:
    """对，滨湖区太湖花园, where that was read back: a yes, and part of it said again."""
    first, *others = [bare(part) for part in _PART.findall(scene.text)] or [""]
    return bool(others) and _likeness(first)[0] >= SAME and all(part in bare(asked) for part in others)


def like_yes(scene: Scene) -> bool:
    """Whether it sounds more like a yes than like a no; asked again and answered alike, it is one."""
    heard = _likenesses(scene)
    return (heard[0][0] >= LIKE and all(yes > no for yes, no in heard)) or _hums(scene)


def _likenesses(scene: Scene) -> list[tuple[float, float]]:
    """How much each part of a short answer sounds like a yes, and like a no; in a longer one stands more than that."""
    whole = without_hesitation(scene.text)
    parts = [without_hesitation(part) for part in _PART.findall(scene.text)] if len(whole) <= PARTS else []
    return [_likeness(part) for part in parts if part] or [_likeness(whole)]


def _likeness(part: str) -> tuple[float, float]:
    """A yes after what 不 is misheard as is a no: 务是的, 我对."""
    said, cues = syllables(part), words.lists("manager", "cues")
    yes, no = (max(similarity(said, syllables(cue)) for cue in cues[key]) for key in ("yes", "no"))
    denied = len(said) > 1 and said[0] in words.lists("handlers/denying", "sounds")["not"]
    return yes, max(no, *(similarity(said[1:], syllables(cue)) for cue in cues["yes"])) if denied else no


def _hums(scene: Scene) -> bool:
    """嗯，付: a hum and one syllable that is no 不."""
    rest = without_hesitation(scene.text)
    hums = scene.text[:1] in words.lists("manager", "cues")["hum"]
    return hums and len(rest) == 1 and not NO_SOUNDS & set(syllables(rest))


def surely_no(scene: Scene, question: Question) -> bool:
    """A no that drops what was begun. What only sounds a little like one is asked again, and so is a bare 不对 where
    a thing was asked for: nothing was read out that could be wrong."""
    meaning = scene.meaning
    if meaning.intent != "deny" or (question.slot and bare(scene.text) in words.lists("manager", "cues")["denial"]):
        return False
    if not question.slot and like_yes(scene):
        return False
    several = len(bare(scene.text)) > A_WORD and not meaning.unsure and meaning.confidence > SURE
    written = any(mark in scene.text for mark in words.lists("manager", "cues")["no_written"])
    return several or written or bool(NO_SOUNDS & set(syllables(scene.text)))
