"""Letting a skill act, and turning its outcome into words and an open question."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from dialogs import notify, words
from dialogs.handlers.open_question import buttons
from dialogs.reply import Effect, Reply
from dialogs.scene import Scene, Step
from dialogs.skill import Ask, Confirm, Done, NotMine, Outcome, Skill, Wish
from dialogs.talk import Question
from dialogs.understanding.meaning import CARE_INTENTS
from dialogs.which_day import settled
from dialogs.words import Words
from storage import tasks
from storage.log import About

MOST_EARLIER = 5
"""Answered questions that 返回 can go back to."""
FOLLOWED = ("step", "before", "heard_as", "about_session", "offered")
"""What a wish that goes on from another carries with it; nothing that was said."""


def run(scene: Scene, wish: Wish, only: str = "") -> Step:
    """Do what is wanted; what no skill can do goes to the secretary, so that it is not lost.

    Where `only` one slot of what was read back has changed, that alone is read back, if the skill has words for it.
    """
    return attempt(scene, wish, only) or hand_over(scene, wish)


def attempt(scene: Scene, wish: Wish, only: str = "") -> Step | None:
    """Do what is wanted, if there is a skill for it that takes it for its own."""
    skill = scene.skills.get(wish.intent)
    if skill is None:
        return None
    desk = scene.desk(skill.name)
    known = settled(wish, desk)
    if isinstance(known, Ask):
        outcome: Outcome = known
    else:
        wish, outcome = known, skill.act(known, desk)
    if isinstance(outcome, NotMine):
        return attempt(scene, outcome.instead) if outcome.instead else None
    replies = _replies(skill, outcome).of_turn(scene.utterance.inbox_id)
    brief = f"{outcome.key}_only_{only}"
    key = brief if isinstance(outcome, Confirm) and replies.has(brief) else outcome.key
    text = replies.say(key, **outcome.words)
    slots = {name: value for name, value in wish.slots.items() if name not in FOLLOWED}
    reply = Reply(text, intent=wish.intent, slots=slots, effects=_effects(outcome))
    return _step(scene, wish, outcome, reply)


def _replies(skill: Skill, outcome: Done | Ask | Confirm) -> Words:
    """Where its sentence stands."""
    if isinstance(outcome, Confirm) or not outcome.source:
        return skill.replies
    return words.load(outcome.source, "officer" if isinstance(outcome, Done) else "words")


def _step(scene: Scene, wish: Wish, outcome: Done | Ask | Confirm, reply: Reply) -> Step:
    later, talk = scene.talk.later, replace(scene.talk, puzzled=0)
    if wish.intent not in CARE_INTENTS:  # after an alarm the reading goes on where it was
        talk = replace(talk, follow={} if isinstance(outcome, Confirm) else outcome.follow)
    if isinstance(outcome, Done):
        reply = replace(
            reply, table=outcome.table, chart=outcome.chart, entries=outcome.entries, answered=outcome.answered,
            buttons=outcome.buttons, again=outcome.again,
        )  # fmt: skip
        talk = replace(talk.settled().without(wish.intent), later=later, unclear=())
        told = scene.talk.amend if not outcome.effects and scene.talk.amend else None  # 书记知道了没有, in between
        amend = outcome.amend or (told if told and told.intent in CARE_INTENTS else None)
        return Step(reply, replace(talk, undo=outcome.undo, done=wish if outcome.undo else None, amend=amend))
    question = _question(scene, wish, outcome, reply)
    before = scene.talk.question
    of_this = before is not None and before.wish.intent == wish.intent
    earlier = (*scene.talk.earlier, before)[-MOST_EARLIER:] if before is not None and of_this else ()
    lost = before is not None and before.asked == question.asked  # nothing new was made known
    told = scene.talk.amend  # what was told of a need can be told more of, whatever is asked after it
    amend = told if told and told.intent in CARE_INTENTS and wish.intent not in CARE_INTENTS else None
    unclear = talk.unclear if lost else ()
    talk = replace(talk.asking(question), later=later, earlier=earlier, unclear=unclear, amend=amend)
    return Step(replace(reply, buttons=buttons(scene, question)), talk, lost)


def _question(scene: Scene, wish: Wish, outcome: Ask | Confirm, reply: Reply) -> Question:
    """What is open now: a thing that is missing, or a yes to the read-back."""
    wish, now = replace(wish, slots={**wish.slots, **outcome.slots}), scene.utterance.now
    if isinstance(outcome, Confirm):
        return Question(wish, "", reply.text, now)
    return Question(wish, outcome.slot, reply.text, now, outcome.options, outcome.optional)


def _effects(outcome: Done | Ask | Confirm) -> tuple[Effect, ...]:
    return () if isinstance(outcome, Confirm) else outcome.effects


def hand_over(scene: Scene, wish: Wish, key: str = "not_yet") -> Step:
    """What nobody here can do becomes a task for the secretary, in the words in which it was said."""
    it, desk = scene.utterance, scene.desk("")
    talk = replace(scene.talk.settled(), follow={}, puzzled=0, unclear=(), later=scene.talk.later)
    if desk.officers and desk.officers[0].id == it.speaker.id:
        return Step(_not_served(scene, wish), talk)
    task_id = tasks.add_task(
        scene.db,
        it.speaker.branch_id,
        "call_back",
        it.speaker.id,
        it.now,
        it.now + timedelta(hours=scene.profile.hours("task.call_back.hours")),
        said=wish.text,
        recording_id=wish.key_slot("recording") or it.recording_id,
    )
    entry = scene.log("handed_over", "log", "handed_over", About("task", task_id), name=it.speaker.name, said=wish.text)
    notify.alert(desk, f"task:{task_id}", entry.sentence or "")
    text = scene.words("manager").say(key, secretary=desk.secretary)
    effects = (Effect("call_back", "task", task_id), Effect("logged", "entry", entry.id))
    return Step(Reply(text, intent=wish.intent, slots=wish.slots, effects=effects), talk)


def _not_served(scene: Scene, wish: Wish) -> Reply:
    """To whom else's list it would go there is nobody: who is on duty hears that it is not done, and who may help."""
    speaker, others = scene.utterance.speaker, scene.desk("").officers[1:]
    entry = scene.log("not_served", "log", "not_served", name=speaker.name, said=wish.text)
    say = scene.words("manager").say
    text = say("not_yet_ask", other=others[0].spoken) if others else say("not_yet_alone")
    return Reply(text, intent=wish.intent, slots=wish.slots, effects=(Effect("logged", "entry", entry.id),))
