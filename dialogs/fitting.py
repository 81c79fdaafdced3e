"""An answer that is of the kind asked for, and nothing else: digits where a telephone number is asked for.

It is taken before anything else it may sound like: 一三八 was once heard as dues of 138 yuan. Only danger comes first.
"""

from __future__ import annotations

from dialogs.acting import run
from dialogs.dialling import Piece, piece, put_together
from dialogs.scene import Scene, Step
from dialogs.skill import with_slots
from dialogs.talk import Question


def fitting(scene: Scene) -> Step | None:
    """Go on with the wish that waits, where what was said can hardly be anything but its answer."""
    question = scene.talk.question
    if question is None or not (told := _dialled(scene, question)).digits:
        return None
    return run(scene, with_slots(question.wish, {"piece": told.digits, "place": told.place}))


def _dialled(scene: Scene, question: Question) -> Piece:
    """Digits where a number is asked for, or others where one is read back; the same once more is a yes to it."""
    known = question.wish.text_slot("digits") or question.wish.text_slot("phone")
    if question.slot != "phone" and (question.slot or not known):
        return Piece("", "")
    told = piece(scene.text)
    same = not question.slot and (put_together(known, told) == known or told.digits in known)
    return Piece("", "") if same else told
