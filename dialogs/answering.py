"""The answer to an open question: yes, no, one of the choices, the thing that was missing, or a correction."""

from __future__ import annotations

from dataclasses import replace

from dialogs import words
from dialogs.acting import run
from dialogs.reply import Reply
from dialogs.scene import Scene, Step, wish_of
from dialogs.skill import Option, with_slots
from dialogs.talk import Question
from dialogs.understanding.features import bare
from dialogs.understanding.meaning import Slots, SlotValue
from dialogs.understanding.numbers import find_amount, find_ordinal, find_phone
from dialogs.understanding.sound import similarity, syllables
from dialogs.understanding.times import as_span, find_time

SOUNDS_LIKE = 0.8
"""Similarity from which what was said is taken for one of the choices."""


CHOOSE_BY = ("when", "topic", "title", "person")
"""Slots by which one of several choices can be told: 星期三的那个, 党课那个."""


SURE = 0.7
"""Confidence from which a yes counts as one."""


def freely(scene: Scene) -> Step | None:
    """The answer to a question that may be refused, in whatever words: 不想说 is no wish to stop, it is an answer."""
    question = scene.talk.question
    if question is None or not question.optional:
        return None
    answers = (question.wish.intent, "affirm", "deny", "stop")
    if scene.meaning.intent not in answers and not scene.meaning.unsure and not takes_back(scene):
        return None
    return run(scene, with_slots(question.wish, {question.slot: scene.text}))


def answered(scene: Scene) -> Step | None:
    """Take what was said as the answer to the open question, where it can be one."""
    question = scene.talk.question
    if question is None:
        return None
    if question.options and (chosen := _chosen(scene, question)):
        return run(scene, with_slots(question.wish, chosen.slots))
    if found := _filled(scene, question):
        return run(scene, with_slots(question.wish, found))
    if not question.slot and _surely_yes(scene):
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
    return run(scene, wish_of(scene.as_meant(offered.text, intent)))


def ask_again(scene: Scene) -> Step | None:
    """A question is open and this was no answer to it and no wish of its own: ask it again."""
    question = scene.talk.question
    if question is None or not (scene.meaning.unsure or scene.meaning.intent == "affirm"):
        return None
    manager = scene.words("manager")
    text = manager.say("choose_again") if question.options else ""
    return Step(Reply(text + question.asked, buttons=scene.talk.last_buttons), scene.talk)


def takes_back(scene: Scene) -> bool:
    """取消 and nothing else is about what was done last, whatever else could be cancelled."""
    return bare(scene.text) in words.lists("manager", "cues")["take_back"]


def _surely_yes(scene: Scene) -> bool:
    """A yes that may well have been a no, misheard, is asked again: 普通 was once 不对."""
    meaning = scene.meaning
    no = max((guess.confidence for guess in meaning.alternatives if guess.intent == "deny"), default=0.0)
    return meaning.intent == "affirm" and not meaning.unsure and meaning.confidence > SURE and no < 1 - SURE


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
        ordinal = (find_ordinal(scene.text) if scene.meaning.intent == "choose" else None) or 0
    if ordinal == -1:
        return choices - 1
    return ordinal - 1 if 1 <= ordinal <= choices else None


def _filled(scene: Scene, question: Question) -> Slots:
    """What these words make known about the wish that waits: the thing that was asked for, or a correction."""
    wish = question.wish
    meaning = scene.meaning
    other = meaning.intent not in (wish.intent, "affirm", "deny", "choose") and not meaning.unsure
    if other and not _is_the_amount(scene, question):
        return {}
    wanted = {question.slot, *CHOOSE_BY} if question.options else {question.slot} if question.slot else set(wish.slots)
    found: dict[str, SlotValue] = {
        name: value for name, value in meaning.slots.items() if name in wanted or meaning.intent == wish.intent
    }
    if "amount" in wanted and (amount := find_amount(scene.text, bare=True)):
        found["amount"] = amount.yuan
    if "phone" in wanted and (phone := find_phone(scene.text)):
        found["phone"] = phone
    for name in wanted & {"when", "period"}:
        if name not in found and (when := find_time(scene.text, scene.utterance.now)):
            found[name] = as_span(when)
    return {name: value for name, value in found.items() if wish.slots.get(name) != value}


def _is_the_amount(scene: Scene, question: Question) -> bool:
    """三十块 and nothing else, where an amount was asked for, is that amount, whatever else it may sound like."""
    found = find_amount(scene.text, bare=True) if question.slot == "amount" else None
    return found is not None and not bare(scene.text[: found.begin] + scene.text[found.finish :])
