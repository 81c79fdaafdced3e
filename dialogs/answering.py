"""The answer to an open question: yes, no, one of the choices, the thing that was missing, or a correction."""

from __future__ import annotations

from dataclasses import replace

from dialogs.acting import run
from dialogs.reply import Reply
from dialogs.scene import Scene, Step, wish_of
from dialogs.skill import Option, with_slots
from dialogs.talk import Question
from dialogs.understanding.meaning import Said, Slots
from dialogs.understanding.numbers import find_amount, find_ordinal
from dialogs.understanding.sound import similarity, syllables

SOUNDS_LIKE = 0.8
"""Similarity from which what was said is taken for one of the choices."""


def answered(scene: Scene) -> Step | None:
    """Take what was said as the answer to the open question, where it can be one."""
    question = scene.talk.question
    if question is None:
        return None
    if question.options and (chosen := _chosen(scene, question)):
        return run(scene, with_slots(question.wish, chosen.slots))
    if found := _filled(scene, question):
        return run(scene, with_slots(question.wish, found))
    if scene.meaning.intent == "affirm" and not question.slot:
        return run(scene, replace(question.wish, confirmed=True))
    if scene.meaning.intent == "deny":
        return scene.settled(scene.words("manager").say("dropped"))
    return None


def meant(scene: Scene) -> Step | None:
    """The answer to which of two meanings was meant."""
    offered = scene.talk.meanings
    if offered is None:
        return None
    position = _position(scene, len(offered.intents))
    intent = offered.intents[position] if position is not None else scene.meaning.intent
    if intent not in offered.intents:
        return None
    before = scene.understand(Said(offered.text), (intent,))
    return run(scene, wish_of(before, intent))


def corrected(scene: Scene) -> Step | None:
    """不对 right after something was done undoes it."""
    if scene.meaning.intent != "deny" or scene.talk.undo is None:
        return None
    return run(scene, scene.talk.undo)


def ask_again(scene: Scene) -> Step | None:
    """A question is open and this was no answer to it and no wish of its own: ask it again."""
    question = scene.talk.question
    if question is None or not scene.meaning.unsure:
        return None
    manager = scene.words("manager")
    text = manager.say("choose_again") if question.options else ""
    return Step(Reply(text + question.asked, buttons=scene.talk.last_buttons), scene.talk)


def _chosen(scene: Scene, question: Question) -> Option | None:
    """The choice that was meant: by its number, or by how it sounds."""
    position = _position(scene, len(question.options))
    if position is not None:
        return question.options[position]
    if scene.meaning.intent == "affirm" and len(question.options) == 1:
        return question.options[0]
    said = syllables(scene.text)
    near = [(similarity(said, syllables(option.label)), option) for option in question.options]
    best = max(near, key=lambda each: each[0])
    return best[1] if best[0] >= SOUNDS_LIKE else None


def _position(scene: Scene, choices: int) -> int | None:
    ordinal = scene.meaning.slots.get("ordinal")
    if not isinstance(ordinal, int):
        found = find_ordinal(scene.text) if scene.meaning.intent == "choose" else None
        ordinal = found.value if found else 0
    if ordinal == -1:
        return choices - 1
    return ordinal - 1 if 1 <= ordinal <= choices else None


def _filled(scene: Scene, question: Question) -> Slots:
    """What these words make known about the wish that waits."""
    meaning = scene.meaning
    wanted = question.wish.intent
    known = {name: value for name, value in meaning.slots.items() if name != "ordinal"}
    if question.slot == "amount" and "amount" not in known:
        amount = find_amount(scene.text, bare=True)
        return {"amount": amount.yuan} if amount else {}
    if meaning.intent == wanted:
        return {name: value for name, value in known.items() if question.wish.slots.get(name) != value}
    if meaning.intent in ("deny", "affirm"):
        again = scene.understand(scene.utterance.said, (wanted,), question.slot or None)
        return {name: value for name, value in again.slots.items() if again.intent == wanted}
    return {question.slot: known[question.slot]} if question.slot in known else {}
