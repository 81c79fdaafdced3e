"""A yes or a no, where the recogniser may have written something that only sounds like it: 腿 for 对, 没车 for 没错."""

from __future__ import annotations

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
A_WORD = 2
"""Characters up to which a no must be heard as one."""
NO_SOUNDS = frozenset(("bu", "mei", "bie", "cuo"))
"""Syllables of which every no of the common tongue has one; those of others count as written (`no_written`)."""


def surely_yes(scene: Scene) -> bool:
    """A yes that may well have been a no, misheard, is asked again: 普通 was once 不对."""
    meaning = scene.meaning
    no = max((guess.confidence for guess in meaning.alternatives if guess.intent == "deny"), default=0.0)
    return meaning.intent == "affirm" and not meaning.unsure and meaning.confidence > SURE and no < 1 - SURE


def sounds_yes(scene: Scene) -> bool:
    """四的 after a read-back is 是的, whatever else it may be taken for."""
    yes, no = _likeness(scene)
    return yes >= SAME and yes > no


def like_yes(scene: Scene) -> bool:
    """Whether it sounds more like a yes than like a no; asked again and answered alike, it is one."""
    yes, no = _likeness(scene)
    return (yes >= LIKE and yes > no) or _hums(scene)


def _likeness(scene: Scene) -> tuple[float, float]:
    """How much it sounds like a yes, and like a no."""
    said = syllables(without_hesitation(scene.text))
    cues = words.lists("manager", "cues")
    yes, no = (max(similarity(said, syllables(cue)) for cue in cues[key]) for key in ("yes", "no"))
    return yes, no


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
