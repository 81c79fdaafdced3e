"""Whose turn it is and what is answered: the first handler that knows what to do takes the turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from sqlite_utils import Database

from dialogs import notify
from dialogs.acting import run
from dialogs.always import control, pressed, small_talk
from dialogs.answering import answered, ask_again, corrected, meant
from dialogs.following import followed
from dialogs.reply import Reply, Unheard
from dialogs.scene import Handler, Scene, Step, Utterance, wish_of
from dialogs.skill import Skill, Wish
from dialogs.talk import Meanings, Question, Talk, expired, load_talk, save_talk
from dialogs.understanding.meaning import CARE_INTENTS
from dialogs.understanding.understand import Understander
from dialogs.unheard import unheard
from storage.outbox import Button

PUZZLED = 2
"""Misunderstandings in a row after which a person is offered."""


class Manager:
    """Holds the talks of everybody; their state stands in the database, one row a person."""

    def __init__(self, understander: Understander, skills: Mapping[str, Skill], expires: timedelta) -> None:
        self._understander = understander
        self._skills = skills
        self._expires = expires

    def respond(self, db: Database, utterance: Utterance) -> Reply:
        """The answer to one thing said; effects, log and the new state are written in the caller's transaction."""
        member_id = utterance.speaker.id
        talk = load_talk(db, member_id)
        late = expired(talk.question, utterance.now, self._expires)
        scene = Scene(db, utterance, talk.settled() if late else talk, self._skills, self._understander)
        news = notify.collect_news(scene.desk(""))
        step = next(step for handler in HANDLERS if (step := handler(scene)))
        before = scene.words("manager").say("expired") if late else ""
        reply = replace(step.reply, text=news + before + step.reply.text)
        save_talk(db, member_id, _remember(step.talk, step.reply, utterance), utterance.now)
        return reply


def danger(scene: Scene) -> Step | None:
    """Danger first: it is acted on before anything is asked, and a second wish in the same breath after it."""
    meaning = scene.meaning
    if meaning.danger is None or _naming_somebody(scene):
        return None
    first = run(scene, wish_of(meaning, meaning.danger))
    other = meaning.intent
    if other in CARE_INTENTS or other not in scene.skills or meaning.unsure or first.talk.question:
        return scene.still_open(first)
    second = run(replace(scene, talk=first.talk), wish_of(meaning))
    return Step(
        replace(
            second.reply,
            text=first.reply.text + second.reply.text,
            intent=first.reply.intent,
            effects=first.reply.effects + second.reply.effects,
        ),
        second.talk,
    )


def undecided(scene: Scene) -> Step | None:
    """Two meanings are as likely: offer both; after two misunderstandings in a row offer a person."""
    if not scene.meaning.unsure:
        return None
    manager, talk = scene.words("manager"), scene.talk
    if talk.puzzled + 1 >= PUZZLED:
        text = manager.say("offer_person", secretary=scene.desk("").secretary)
        question = Question(Wish("contact_secretary", text=scene.text), "", text, scene.utterance.now)
        buttons = tuple(Button(manager.say(key), manager.say(key)) for key in ("button_yes", "button_no"))
        return Step(Reply(text, buttons=buttons), replace(talk.settled(), question=question, puzzled=0))
    names = scene.words("meanings")
    near = [scene.meaning.intent, *(guess.intent for guess in scene.meaning.alternatives)]
    offered = tuple(intent for intent in near if names.has(intent))[:2]
    if len(offered) < 2:
        return Step(Reply(manager.say("not_understood")), replace(talk, puzzled=talk.puzzled + 1))
    first, second = (names.say(intent) for intent in offered)
    return Step(
        Reply(
            manager.say("which_meaning", first=first, second=second),
            buttons=(Button(first, first), Button(second, second)),
        ),
        replace(talk.settled(), meanings=Meanings(scene.text, offered), puzzled=talk.puzzled + 1),
    )


def wish(scene: Scene) -> Step:
    """Do what was wanted; a question that was open is asked again afterwards."""
    return scene.still_open(run(scene, wish_of(scene.meaning)))


HANDLERS: tuple[Handler, ...] = (
    unheard, pressed, danger, followed, control, answered, meant, corrected, ask_again, small_talk, undecided, wish,
)  # fmt: skip
"""In this order; the first that takes the step has it."""


def _naming_somebody(scene: Scene) -> bool:
    """The answer to who is in need is not a new report."""
    question = scene.talk.question
    return question is not None and question.wish.intent in CARE_INTENTS and question.slot == "person"


def _remember(talk: Talk, reply: Reply, utterance: Utterance) -> Talk:
    """The state after the answer: what was said last, and no longer unheard once something was understood."""
    heard = () if not isinstance(utterance.said, Unheard) else talk.unheard
    return replace(talk, last=reply.text, last_buttons=reply.buttons, unheard=heard)
