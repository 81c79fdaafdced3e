"""The answer to an open question: yes, no, one of the choices, the thing that was missing, or a correction."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs import words
from dialogs.acting import run
from dialogs.handlers.always import in_between
from dialogs.handlers.asked_value import amount_told, is_the_amount, is_the_clock, time_told
from dialogs.handlers.choosing import chosen
from dialogs.handlers.choosing_day import says_when
from dialogs.handlers.instead import takes_back
from dialogs.handlers.puzzling import asked_simpler
from dialogs.handlers.read_back import to_read_back
from dialogs.handlers.yes_or_no import like_yes, surely_no, surely_yes
from dialogs.scene import Scene, Step
from dialogs.skill import with_slots
from dialogs.talk import Question
from dialogs.understanding.features import bare
from dialogs.understanding.filling import TIMES
from dialogs.understanding.meaning import Slots, SlotValue
from dialogs.understanding.phones import find_phone
from dialogs.understanding.slots import FREE

CHOOSE_BY = ("when", "topic", "title", "person")
"""Slots by which one of several choices can be told: 星期三的那个, 党课那个."""
NOT_NOW = 8
"""Characters of words that may be nothing but 先不发了."""


def freely(scene: Scene) -> Step | None:
    """The answer to a question that may be refused, in whatever words: 不想说 is no wish to stop, it is an answer."""
    question = scene.talk.question
    if question is None or not question.optional or in_between(scene):
        return None
    if scene.talk.grasp != "acted" and bare(scene.text) in words.lists("manager", "cues")["leave_it"]:
        return None  # nothing was done yet, so there is something to leave
    if len(scene.text) <= NOT_NOW and any(cue in scene.text for cue in words.lists("manager", "cues")["not_now"]):
        return scene.settled(scene.words("manager").say("dropped"))
    answers = (question.wish.intent, "affirm", "deny", "stop")
    other = scene.meaning.intent not in answers and not scene.meaning.unsure and not takes_back(scene)
    if other and not is_the_clock(scene, question):
        return None
    return run(scene, with_slots(question.wish, {question.slot: scene.text}))


def answered(scene: Scene) -> Step | None:
    """Take what was said as the answer to the open question, where it can be one."""
    question = scene.talk.question
    if question is None:
        return None
    if question.options and (option := chosen(scene, question)):
        return run(scene, with_slots(question.wish, option.slots))
    if _given_up(scene, question):
        return scene.settled(scene.words("manager").say("dropped"))
    if not question.slot and (step := to_read_back(scene, question)):
        return step
    if found := _filled(scene, question):
        step = run(scene, replace(with_slots(question.wish, found), doubts=scene.meaning.doubts))
        if not _same_again(step, question) or not surely_yes(scene):
            return step
    if not question.slot and (surely_yes(scene) or (scene.talk.puzzled > 0 and like_yes(scene))):
        return run(scene, replace(question.wish, confirmed=True))
    if surely_no(scene, question):
        return scene.settled(scene.words("manager").say("dropped"))
    again = scene.meaning.intent == question.wish.intent and not scene.meaning.slots
    return asked_simpler(scene, question) if again and not question.slot else None  # 少交点行不行, said once more


def _given_up(scene: Scene, question: Question) -> bool:
    """算了，不申请了，该交还是交: what waits is not wanted, and nothing else is said that it could be filled with."""
    said, meaning = bare(scene.text), scene.meaning
    if not any(re.search(cue, said) for cue in words.lists("manager", "cues")["given_up"]):
        return False
    about_it = meaning.unsure or meaning.intent in (question.wish.intent, "affirm", "deny", "stop")
    return about_it and not any(name not in FREE for name in _filled(scene, question))


def _filled(scene: Scene, question: Question) -> Slots:
    """What these words make known about the wish that waits: the thing that was asked for, or a correction."""
    wish, meaning = question.wish, scene.meaning
    other = meaning.intent not in (wish.intent, "affirm", "deny", "choose") and not meaning.unsure
    when = question.slot in TIMES and says_when(scene.text, scene.utterance.now)
    if other and not when and not is_the_amount(scene, question):
        return {}
    wanted = _wanted(scene, question)
    found: dict[str, SlotValue] = {
        name: value for name, value in meaning.slots.items() if name in wanted or meaning.intent == wish.intent
    }
    amount = amount_told(scene, question) if "amount" in wanted else None
    if amount:
        found["amount"] = amount.yuan
    if "phone" in wanted and (phone := find_phone(scene.text)):
        found["phone"] = phone
    for name in wanted & {"when", "period"}:
        if (name not in found or meaning.intent != wish.intent) and (said := time_told(scene, question, name)):
            found[name] = said
    return {name: value for name, value in found.items() if wish.slots.get(name) != value or name == question.slot}


def _wanted(scene: Scene, question: Question) -> set[str]:
    """What an answer may make known. In a read-back also what Nuanyang filled in itself, as the quarter of the dues;
    free words are only what was said already, for any words would do."""
    if question.options:
        return {question.slot, *CHOOSE_BY}
    if question.slot:
        return {question.slot}
    filled_in = {name for name in scene.understander.slots_of(question.wish.intent) if name not in FREE}
    return set(question.wish.slots) | filled_in


def _same_again(step: Step, question: Question) -> bool:
    """Whether the answer made nothing new known: 对，是这个季度的 is a yes, not a correction."""
    asked = step.talk.question
    return not question.slot and asked is not None and asked.asked == question.asked
