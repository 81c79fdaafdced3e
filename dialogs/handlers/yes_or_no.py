"""A yes or a no, where the recogniser may have written something that only sounds like it: 腿 for 对, 没车 for 没错."""

from __future__ import annotations

from dialogs import words
from dialogs.scene import Scene
from dialogs.talk import Question
from dialogs.understanding.features import bare, without_hesitation
from dialogs.understanding.sound import similarity, syllables

SURE = 0.7
"""Confidence from which a yes counts as one."""
LIKE = 0.59
"""Similarity to a yes from which what is said may be one: its first sound was misheard."""
A_WORD = 2
"""Characters up to which a no must be heard as one."""
NO_SOUNDS = frozenset(("bu", "mei", "bie", "cuo", "fu", "mo", "mao", "suan", "mian"))
"""Syllables of which every no has one, 勿 aside, which sounds like 五: 不, 没, 别, 错, 弗, 莫, 冇, 算了, 免."""


def surely_yes(scene: Scene) -> bool:
    """A yes that may well have been a no, misheard, is asked again: 普通 was once 不对."""
    meaning = scene.meaning
    no = max((guess.confidence for guess in meaning.alternatives if guess.intent == "deny"), default=0.0)
    return meaning.intent == "affirm" and not meaning.unsure and meaning.confidence > SURE and no < 1 - SURE


def like_yes(scene: Scene) -> bool:
    """Whether it sounds more like a yes than like a no; asked again and answered alike, it is one."""
    said = syllables(without_hesitation(scene.text))
    cues = words.lists("manager", "cues")
    yes, no = (max(similarity(said, syllables(cue)) for cue in cues[key]) for key in ("yes", "no"))
    return yes >= LIKE and yes > no


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
