"""Messages that follow each other at once are parts of one sentence: who lets go of the button too soon."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from dialogs.acting import run
from dialogs.handlers.correcting import done_anew, with_new
from dialogs.handlers.denying import denies
from dialogs.scene import Scene, Step
from dialogs.skill import Wish
from dialogs.understanding.meaning import Said, Understanding

ONE_BREATH = timedelta(seconds=6)
"""Messages that follow each other faster than this may be one sentence."""

NO_WISH = ("next", "choose")
"""What a part of a sentence may be taken for: 还有陈玉珍."""


def in_one_breath(scene: Scene) -> Scene:
    """The scene with the words of the message just before, where both together say what this one alone does not."""
    together = _together(scene)
    if together is None:
        return scene
    whole = replace(scene, utterance=replace(scene.utterance, said=together))
    if scene.talk.grasp == "nothing":
        return whole
    fits = scene.talk.grasp == "told" and scene.talk.question is None and _says_more(whole.meaning, scene.meaning)
    return whole if fits and not _two_wishes(scene, whole.meaning) else scene


def extended(scene: Scene) -> Step | None:
    """刘德福也去, at once after a sign-up: what was done is taken back and done for all that was said."""
    undo, done, together = scene.talk.undo, scene.talk.done, _together(scene)
    part = scene.meaning.unsure or scene.meaning.intent in NO_WISH
    if undo is None or done is None or together is None or not part or denies(scene.text):
        return None
    whole = scene.understand(together)
    if whole.unsure or whole.danger or whole.intent != done.intent or not set(whole.slots) >= _own(scene, done):
        return None
    if all(done.slots.get(name) == value for name, value in whole.slots.items()):
        return None
    return done_anew(scene, run(scene, undo), with_new(scene, done, whole.slots, whole.doubts))


def _own(scene: Scene, done: Wish) -> set[str]:
    return set(done.slots) & set(scene.understander.slots_of(done.intent))


def _together(scene: Scene) -> Said | None:
    """Both messages as one; None where the first is long past, or this one is an answer pressed, not said."""
    talk, said = scene.talk, scene.utterance.said
    if talk.at is None or scene.utterance.now - talk.at > ONE_BREATH or not isinstance(said, Said) or not talk.said:
        return None
    if any(said.text in (button.label, button.value) for button in talk.last_buttons):
        return None
    return Said(talk.said + said.text, tuple(talk.said + other for other in said.alternatives), said.unlikely)


def _two_wishes(scene: Scene, whole: Understanding) -> bool:
    """Whether the first part was a wish by itself: that wish already, or one answered before this other clear one.

    国庆谁还没走访, and then 王桂兰看过了: the visit was not at 国庆.
    """
    first = scene.understand(Said(scene.talk.said))
    return first.intent == whole.intent or not (first.unsure or scene.meaning.unsure)


def _says_more(whole: Understanding, alone: Understanding) -> bool:
    """Whether the whole is the same wish with more known, or a wish where the second part alone is none."""
    if whole.unsure:
        return whole.danger is not None and alone.danger is None
    if alone.unsure:
        return True
    return whole.intent == alone.intent and set(whole.slots) > set(alone.slots)
