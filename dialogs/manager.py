"""Whose turn it is and what is answered: the first handler that knows what to do takes the turn."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from sqlite_utils import Database

from dialogs import notify, words
from dialogs.acting import run
from dialogs.asking.rehearing import in_desk_words
from dialogs.care.checking_in import checked_in
from dialogs.handlers.adding import added
from dialogs.handlers.always import control
from dialogs.handlers.answering import answered, freely
from dialogs.handlers.breath import extended, in_one_breath
from dialogs.handlers.correcting import corrected
from dialogs.handlers.fitting import fitting
from dialogs.handlers.following import followed
from dialogs.handlers.instead import takes_back
from dialogs.handlers.open_question import joined, resumed, still_open
from dialogs.handlers.passing_on import passed_on
from dialogs.handlers.pressing import pressed
from dialogs.handlers.puzzling import ask_again, undecided
from dialogs.handlers.small_talk import small_talk
from dialogs.handlers.unheard import unheard
from dialogs.handlers.urgent import danger, further
from dialogs.handlers.which_meaning import meant
from dialogs.reply import Reply, Unheard
from dialogs.scene import Handler, Scene, Step, Utterance, wish_of
from dialogs.skill import Skill
from dialogs.talk import Talk, load_talk, save_talk, without_expired
from dialogs.understanding.meaning import Said
from dialogs.understanding.understand import Understander
from storage import outbox

EMERGENCY = "care_emergency"


class Manager:
    """Holds the talks of everybody; their state stands in the database, one row a person."""

    def __init__(self, understander: Understander, skills: Mapping[str, Skill], expires: timedelta) -> None:
        self._understander = understander
        self._skills = skills
        self._expires = expires

    def respond(self, db: Database, utterance: Utterance) -> Reply:
        """The answer to one thing said; effects, log and the new state are written in the caller's transaction."""
        member_id = utterance.speaker.id
        talk, gone = without_expired(load_talk(db, member_id), utterance.now, self._expires)
        alone = in_desk_words(Scene(db, utterance, talk, self._skills, self._understander))
        scene = in_one_breath(alone)
        news, before_this = notify.collect_news(scene.desk("")), outbox.last_id(db)
        step = next(step for handler in HANDLERS if (step := handler(scene)))
        step = resumed(scene, passed_on(scene, _and_then(scene, step)))
        before = scene.words("manager").say(gone) if _worth_saying(scene, gone) else ""
        text = before + step.reply.text + notify.held(scene.desk(""), before_this)
        first_of_all = step.reply.intent == EMERGENCY  # whoever lies on the floor hears of 120 before any news
        told = text + re.sub(words.lists("manager", "cues")["said_already"][0], "", news)
        reply = replace(step.reply, text=told if first_of_all else news + text, heard=alone.text)
        save_talk(db, member_id, _remember(step.talk, step.reply, scene.utterance), utterance.now)
        return reply


def wish(scene: Scene) -> Step:
    """Do what was wanted, then what else was wanted in the same breath; an open question is asked again afterwards."""
    first = run(scene, wish_of(scene.meaning))
    return still_open(scene, replace(first, talk=replace(first.talk, later=(*first.talk.later, *further(scene)))))


def _and_then(scene: Scene, step: Step) -> Step:
    """Do what was said besides, as long as nothing is asked."""
    while step.talk.later and step.talk.question is None:
        wish, *rest = step.talk.later
        talk = replace(step.talk, later=tuple(rest))
        step = joined(step, run(replace(scene, talk=talk), wish))
    return step


HANDLERS: tuple[Handler, ...] = (
    unheard, pressed, checked_in, added, danger, fitting, followed, freely, control, answered, meant,
    extended, corrected, ask_again, small_talk, undecided, wish,
)  # fmt: skip
"""In this order; the first that takes the step has it."""


def _worth_saying(scene: Scene, gone: str) -> bool:
    """That something can no longer be undone matters only to who wants it undone."""
    if gone != "undo_expired":
        return bool(gone)
    return isinstance(scene.utterance.said, Said) and (scene.meaning.intent == "deny" or takes_back(scene))


def _remember(talk: Talk, reply: Reply, utterance: Utterance) -> Talk:
    """The state after the answer: what was said last, and no longer unheard once something was understood."""
    said = utterance.said
    puzzled = isinstance(said, Said) and (talk.puzzled > 0 or talk.meanings is not None)
    return replace(
        talk,
        last=reply.text if reply.again is None else reply.again,
        last_buttons=reply.buttons,
        unheard=talk.unheard if isinstance(said, Unheard) else (),
        said=said.text if isinstance(said, Said) else "",
        at=utterance.now,
        grasp="nothing" if puzzled else "acted" if reply.effects else "told",
    )
