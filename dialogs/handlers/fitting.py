"""An answer that is of the kind asked for, and nothing else: digits where a telephone number is asked for.

It is taken before anything else it may sound like: 一三八 was once heard as dues of 138 yuan. Only danger comes first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from dialogs import apart, words
from dialogs.acting import run
from dialogs.handlers import heard_whole
from dialogs.handlers.choosing import sounding_like
from dialogs.handlers.denying import denied, denies
from dialogs.handlers.dialling import Piece, piece, put_together
from dialogs.handlers.instead import takes_back
from dialogs.handlers.puzzling import asked_simpler
from dialogs.handlers.read_back import put_right
from dialogs.handlers.sounding import by_sound
from dialogs.handlers.telephone import HEAD, is_whole
from dialogs.scene import Scene, Step
from dialogs.skill import Option, with_slots
from dialogs.talk import Question
from dialogs.understanding.answers import CONTROL
from dialogs.understanding.meaning import Said, SlotValue
from dialogs.understanding.times import find_time
from storage import members
from storage.members import Member

CLEAR = 0.85
"""Confidence from which another wish is taken for what was meant."""
ANSWERS = ("affirm", "choose")
"""What a choice may be taken for."""
PERSON = "contact_secretary"
"""The wish of a call that is offered where something was not understood."""
SHORT = 14
"""Characters of an answer that may be nothing but which of several people is meant."""


def fitting(scene: Scene) -> Step | None:
    """Go on with the wish that waits, where what was said can hardly be anything but its answer."""
    question = scene.talk.question
    if question is None:
        return None
    return _answer(scene, question) or _answer_before_the_offer(scene, question)


def _answer_before_the_offer(scene: Scene, question: Question) -> Step | None:
    """Who is offered a call and tells the number after all goes on where the offer came between.

    What was not understood before still counts: a person is not far, however often the number is told.
    """
    if question.wish.intent != PERSON or not scene.talk.parked:
        return None
    *rest, before = scene.talk.parked
    talk = replace(scene.talk, question=before, parked=tuple(rest), puzzled=0, unclear=())
    said = Said(denied(scene.text)[0] or scene.text)  # 不对 is to the offer
    there = replace(scene, talk=talk, utterance=replace(scene.utterance, said=said))
    same_number = heard_whole.hearing(said.text) and _number_so_far(before) is not None
    step = _answer(there, before) or (run(there, before.wish) if same_number else None)
    if step is None and not before.slot:  # 不对，是九十块 is right in what was read back before the offer
        anew = put_right(replace(scene, talk=talk), before)
        step = anew if anew and not anew.lost else None
    return replace(step, talk=replace(step.talk, puzzled=1), lost=False) if step else None


def _answer(scene: Scene, question: Question) -> Step | None:
    """The answer to this question, if it is one."""
    if option := _that_one(scene, question) or _garbled_choice(scene, question):
        return run(scene, with_slots(question.wish, option.slots))
    if slots := _told_whole(scene, question):
        return run(scene, with_slots(question.wish, slots))
    told = _dialled(scene, question)
    if told.digits and not _again_with_gaps(question, told):
        return run(scene, with_slots(question.wish, {"piece": told.digits, "place": told.place, "wrong": told.wrong}))
    if question.slot == "phone" and (told.digits or heard_whole.mostly_digits(scene.text)):
        return run(scene, with_slots(question.wish, {"piece": "", "place": "", "wrong": "", "gaps": 1}))
    return asked_simpler(scene, question) if _a_day(scene, question) else None


def _a_day(scene: Scene, question: Question) -> bool:
    """Whether a day was said that was not offered, or cannot be made out: 十一阅司七好地 is no sum of money."""
    day = re.search(words.lists("manager", "cues")["a_day"][0], by_sound(scene.text))
    return bool(question.options) and day is not None and find_time(scene.text, scene.utterance.now) is None


def _told_whole(scene: Scene, question: Question) -> Mapping[str, SlotValue]:
    """A mobile number told whole, weighed together with each time it was told before; the same once more is a yes."""
    known, told = _number_so_far(question), heard_whole.hearing(scene.text)
    if known is None and _may_be_a_number(scene, question):
        known = ""
    if known is None or not told:
        return {}
    before = question.wish.slots.get("hearings")
    hearings = (*(before if isinstance(before, tuple) else ()), told)
    denied = known if not question.slot and (takes_back(scene) or denies(scene.text)) else ""
    number = heard_whole.likeliest(hearings, denied, known)
    if number and number == known and not question.slot:
        return {}
    nothing = dict.fromkeys(("digits", "phone", "place", "wrong", "text"), "")
    return {**nothing, "hearings": hearings, "piece": number, "gaps": int(not number)}


def _number_so_far(question: Question) -> str | None:
    """The digits told of the number that is asked for or read back; None where it is not about a number."""
    known = question.wish.text_slot("digits") or question.wish.text_slot("phone")
    return None if question.slot != "phone" and (question.slot or not known) else known


def _again_with_gaps(question: Question, told: Piece) -> bool:
    """Whether a number of which more than the 138 is known was begun once more, and again not all of it heard."""
    known = _number_so_far(question) or ""
    begun = len(known) > HEAD and told.digits.startswith(known[:HEAD]) and not told.place
    return begun and not is_whole(known) and not is_whole(told.digits)


def _may_be_a_number(scene: Scene, question: Question) -> bool:
    """Whether what is read back could have been a number that was not made out: 罢我的战发盖成幺舞八百幺五就零零."""
    return not question.slot and "phone" in scene.understander.slots_of(question.wish.intent)


def _dialled(scene: Scene, question: Question) -> Piece:
    """Digits where a number is asked for, or others where one is read back; the same once more is a yes to it."""
    known = _number_so_far(question)
    if known is None or heard_whole.hearing(scene.text):  # told whole, it is the number that is known
        return Piece("", "")
    told = piece(scene.text)
    heard_before = not told.place and not told.wrong and told.digits in known
    same = not question.slot and (put_together(known, told) == known or heard_before)
    return Piece("", "") if same else told


def _that_one(scene: Scene, question: Question) -> Option | None:
    """Which of several people, told by what only one of them is: 大的那个, 四五年生的, 三点水的."""
    if question.slot != "person" or len(scene.text) > SHORT:
        return None
    people = [(member, option) for option in question.options if (member := _member(scene, option))]
    found = apart.meant(scene.text, [member for member, _ in people])
    return next((option for member, option in people if member == found), None)


def _garbled_choice(scene: Scene, question: Question) -> Option | None:
    """One of the choices as it sounds, where nothing else was clearly said."""
    meaning = scene.meaning
    clear = not meaning.unsure and (meaning.confidence >= CLEAR or meaning.intent in CONTROL)
    other = clear and meaning.intent not in (*ANSWERS, question.wish.intent)
    if not question.options or question.optional or other or len(scene.text) > SHORT:
        return None
    return sounding_like(scene.text, question.options)


def _member(scene: Scene, option: Option) -> Member | None:
    key, name = option.slots.get("member"), option.slots.get("person")
    if isinstance(key, int):
        return members.member(scene.db, key)
    named = members.named(scene.db, scene.utterance.speaker.branch_id, name) if isinstance(name, str) else []
    return named[0] if len(named) == 1 else None
