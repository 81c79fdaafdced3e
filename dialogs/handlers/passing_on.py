"""No endless circle: what was not understood three times in one matter is in a human's hands, words and voice."""

from __future__ import annotations

from dataclasses import replace

from dialogs.acting import hand_over
from dialogs.scene import Scene, Step
from dialogs.skill import Wish
from dialogs.talk import Talk, Unclear

PASS_ON = 3
"""Misunderstandings of one matter after which it is handed over, whether or not the offer of a call was refused."""


def passed_on(scene: Scene, step: Step) -> Step:
    """The step, or in its place the hand-over where this was once more not understood."""
    if not step.lost:
        return step
    it = scene.utterance
    unclear = (*scene.talk.unclear, Unclear(scene.text, it.recording_id))
    if len(unclear) < PASS_ON:
        return replace(step, talk=replace(step.talk, unclear=unclear))
    recordings = [each.recording_id for each in unclear if each.recording_id is not None]
    slots = {"recording": recordings[-1]} if recordings else {}
    wish = Wish("", slots, said_so_far(scene.talk, unclear))
    key = "given_up_voice" if recordings else "given_up"
    given = hand_over(replace(scene, talk=replace(scene.talk, later=())), wish, key)
    return replace(given, talk=replace(given.talk, parked=()))


def said_so_far(talk: Talk, unclear: tuple[Unclear, ...]) -> str:
    """The wish as it was begun, and everything after it that could not be made out, a line each."""
    begun = [question.wish for question in (*talk.parked, talk.question) if question is not None]
    said = [line for wish in begun for line in (wish.text_slot("said") or wish.text).splitlines()]
    return "\n".join(dict.fromkeys([*said, *(each.text for each in unclear)]))
