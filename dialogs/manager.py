"""Whose turn it is and what is answered: the first handler that knows what to do takes the turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from sqlite_utils import Database

from dialogs import notify
from dialogs.acting import run
from dialogs.always import control, pressed, small_talk
from dialogs.answering import answered, ask_again, freely, meant
from dialogs.checking_in import checked_in
from dialogs.correcting import corrected
from dialogs.following import followed
from dialogs.known_case import of_known_case, tells_no_visit
from dialogs.reply import Reply, Unheard
from dialogs.scene import Handler, Scene, Step, Utterance, wish_of
from dialogs.skill import Skill, Wish, with_slots
from dialogs.talk import Meanings, Question, Talk, expired, load_talk, save_talk
from dialogs.understanding.meaning import CARE_INTENTS, Said, Understanding
from dialogs.understanding.sentences import load_words
from dialogs.understanding.understand import Understander
from dialogs.understanding.wishes import split_wishes
from dialogs.unheard import unheard
from storage import outbox
from storage.outbox import Button

PUZZLED = 2
"""Misunderstandings in a row after which a person is offered."""
EMERGENCY = "care_emergency"
ONE_BREATH = timedelta(seconds=6)
"""Messages that follow each other faster than this are parts of one sentence, where the first was not understood."""


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
        utterance = _with_what_went_before(talk, utterance)
        scene = Scene(db, utterance, talk.settled() if late else talk, self._skills, self._understander)
        news, before_this = notify.collect_news(scene.desk("")), outbox.last_id(db)
        step = _and_then(scene, next(step for handler in HANDLERS if (step := handler(scene))))
        before = scene.words("manager").say("expired") if late else ""
        held = notify.held(scene.desk(""), before_this)
        text = before + step.reply.text + held
        first_of_all = step.reply.intent == EMERGENCY  # whoever lies on the floor hears of 120 before any news
        reply = replace(step.reply, text=text + news if first_of_all else news + text)
        save_talk(db, member_id, _remember(step.talk, step.reply, utterance), utterance.now)
        return reply


def danger(scene: Scene) -> Step | None:
    """Danger first: it is acted on before anything is asked, and a second wish in the same breath after it."""
    meaning = scene.meaning
    if meaning.danger is None or _naming_somebody(scene) or of_known_case(scene):
        return None
    need = meaning if meaning.intent == meaning.danger else scene.as_meant(meaning.text, meaning.danger)
    first = run(scene, wish_of(need))
    if (
        meaning.intent in CARE_INTENTS
        or meaning.intent not in scene.skills
        or meaning.unsure
        or tells_no_visit(meaning)
    ):
        return scene.still_open(first)
    if (answered_wish := _waiting_for_this(scene)) is not None:
        return scene.joined(first, run(replace(scene, talk=first.talk), answered_wish))
    return scene.still_open(replace(first, talk=replace(first.talk, later=(wish_of(meaning),))))


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
    near = [scene.meaning.intent, *(guess.intent for guess in scene.meaning.alternatives)]
    offered = tuple(intent for intent in near if _called(scene, intent))[:2]
    if len(offered) < 2:
        return Step(Reply(manager.say("not_understood")), replace(talk, puzzled=talk.puzzled + 1))
    first, second = (_called(scene, intent) for intent in offered)
    return Step(
        Reply(
            manager.say("which_meaning", first=first, second=second),
            buttons=(Button(first, first), Button(second, second)),
        ),
        replace(talk.settled(), meanings=Meanings(scene.text, offered), puzzled=talk.puzzled + 1),
    )


def wish(scene: Scene) -> Step:
    """Do what was wanted, then what else was wanted in the same breath; an open question is asked again afterwards."""
    first = run(scene, wish_of(scene.meaning))
    others = tuple(wish_of(other) for other in _further(scene))
    return scene.still_open(replace(first, talk=replace(first.talk, later=(*first.talk.later, *others))))


def _further(scene: Scene) -> list[Understanding]:
    """The other wishes of the sentence, each with the slots of its own part."""
    parts = [scene.understand(Said(part)) for part in split_wishes(scene.text)] if scene.meaning.also else []
    wishes = []
    for intent in scene.meaning.also:
        own = next((part for part in parts if part.intent == intent), None)
        if intent in scene.skills:
            wishes.append(own or scene.as_meant(scene.text, intent))
    return wishes


def _and_then(scene: Scene, step: Step) -> Step:
    """Do what was said besides, as long as nothing is asked."""
    while step.talk.later and step.talk.question is None:
        wish, *rest = step.talk.later
        talk = replace(step.talk, later=tuple(rest))
        step = scene.joined(step, run(replace(scene, talk=talk), wish))
    return step


HANDLERS: tuple[Handler, ...] = (
    unheard, pressed, checked_in, danger, followed, freely, control, answered, meant, corrected, ask_again, small_talk,
    undecided, wish,
)  # fmt: skip
"""In this order; the first that takes the step has it."""


def _called(scene: Scene, intent: str) -> str:
    """What a meaning is called when it is offered: as its own .toml has it, else as the manager's has; else empty."""
    own = next((words.called for words in load_words() if words.intent == intent), "")
    names = scene.words("meanings")
    return own or (names.say(intent) if names.has(intent) else "")


def _naming_somebody(scene: Scene) -> bool:
    """The answer to who is meant is not a new report: a bare name, pressed, was once heard as a death."""
    question = scene.talk.question
    if question is None:
        return False
    asked = question.wish.intent in CARE_INTENTS and question.slot == "person"
    return asked or any(scene.text == option.label for option in question.options)


def _with_what_went_before(talk: Talk, utterance: Utterance) -> Utterance:
    """The words with those of a message sent just before, where that alone was not understood."""
    said = utterance.said
    if talk.said_at is None or utterance.now - talk.said_at > ONE_BREATH or not isinstance(said, Said):
        return utterance
    return replace(utterance, said=Said(talk.said + said.text, tuple(talk.said + other for other in said.alternatives)))


def _waiting_for_this(scene: Scene) -> Wish | None:
    """老伴住院了 may be the answer to why: then the wish that waits for it goes on, with all that was said before."""
    question, meaning = scene.talk.question, scene.meaning
    if question is None or question.wish.intent != meaning.intent or question.slot not in meaning.slots:
        return None
    # Where any words will do, all of them are the answer.
    return with_slots(question.wish, {question.slot: scene.text} if question.optional else meaning.slots)


def _remember(talk: Talk, reply: Reply, utterance: Utterance) -> Talk:
    """The state after the answer: what was said last, and no longer unheard once something was understood."""
    said = utterance.said
    puzzled = isinstance(said, Said) and (talk.puzzled > 0 or talk.meanings is not None)
    return replace(
        talk,
        last=reply.text,
        last_buttons=reply.buttons,
        unheard=talk.unheard if isinstance(said, Unheard) else (),
        said=said.text if puzzled and isinstance(said, Said) else "",
        said_at=utterance.now if puzzled else None,
    )
