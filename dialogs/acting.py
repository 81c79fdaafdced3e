"""Letting a skill act, and turning its outcome into words and an open question."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from dialogs import notify, words
from dialogs.reply import Effect, Reply
from dialogs.scene import Scene, Step
from dialogs.skill import Ask, Confirm, Done, NotMine, Wish
from dialogs.talk import Question
from dialogs.understanding.meaning import CARE_INTENTS
from storage import tasks
from storage.log import About
from storage.outbox import Button

MOST_EARLIER = 5
"""Answered questions that 返回 can go back to."""
FOLLOWED = ("step", "before", "heard_as")
"""What a wish that goes on from another carries with it; nothing that was said."""


def run(scene: Scene, wish: Wish) -> Step:
    """Do what is wanted; what no skill can do goes to the secretary, so that it is not lost."""
    return attempt(scene, wish) or _hand_over(scene, wish)


def attempt(scene: Scene, wish: Wish) -> Step | None:
    """Do what is wanted, if there is a skill for it that takes it for its own."""
    skill = scene.skills.get(wish.intent)
    outcome = skill.act(wish, scene.desk(skill.name)) if skill else NotMine()
    if skill is None or isinstance(outcome, NotMine):
        return None
    shared = isinstance(outcome, Done) and outcome.source
    replies = words.load(shared, "officer") if shared else skill.replies
    text = replies.of_turn(scene.utterance.inbox_id).say(outcome.key, **outcome.words)
    slots = {name: value for name, value in wish.slots.items() if name not in FOLLOWED}
    reply = Reply(text, intent=wish.intent, slots=slots, effects=_effects(outcome))
    return _step(scene, wish, outcome, reply)


def _step(scene: Scene, wish: Wish, outcome: Done | Ask | Confirm, reply: Reply) -> Step:
    talk = replace(scene.talk.settled(), puzzled=0, later=scene.talk.later)
    if wish.intent not in CARE_INTENTS:  # after an alarm the reading goes on where it was
        talk = replace(talk, follow=outcome.follow if isinstance(outcome, Done) else {})
    if isinstance(outcome, Done):
        reply = replace(
            reply, table=outcome.table, chart=outcome.chart, entries=outcome.entries, answered=outcome.answered,
            buttons=outcome.buttons,
        )  # fmt: skip
        return Step(reply, replace(talk, undo=outcome.undo, done=wish if outcome.undo else None))
    before = scene.talk.question
    if before is not None and before.wish.intent == wish.intent:
        talk = replace(talk, earlier=(*scene.talk.earlier, before)[-MOST_EARLIER:])
    wish = replace(wish, slots={**wish.slots, **outcome.slots})
    if isinstance(outcome, Confirm):
        manager = scene.words("manager")
        buttons = tuple(Button(manager.say(key), manager.say(key)) for key in ("button_yes", "button_no"))
        question = Question(wish, "", reply.text, scene.utterance.now)
        return Step(replace(reply, buttons=buttons), replace(talk, question=question))
    buttons = tuple(Button(option.label, option.label) for option in outcome.options)
    question = Question(wish, outcome.slot, reply.text, scene.utterance.now, outcome.options, outcome.optional)
    return Step(replace(reply, buttons=buttons), replace(talk, question=question))


def _effects(outcome: Done | Ask | Confirm) -> tuple[Effect, ...]:
    return () if isinstance(outcome, Confirm) else outcome.effects


def _hand_over(scene: Scene, wish: Wish) -> Step:
    """A wish that no skill serves yet becomes a task for the secretary, in the words in which it was said."""
    it, desk = scene.utterance, scene.desk("")
    task_id = tasks.add_task(
        scene.db,
        it.speaker.branch_id,
        "call_back",
        it.speaker.id,
        it.now,
        it.now + timedelta(hours=scene.profile.hours("task.call_back.hours")),
        said=wish.text,
        recording_id=it.recording_id,
    )
    entry = scene.log("handed_over", "log", "handed_over", About("task", task_id), name=it.speaker.name, said=wish.text)
    notify.alert(desk, f"task:{task_id}", entry.sentence or "")
    text = scene.words("manager").say("not_yet", secretary=desk.secretary)
    reply = Reply(
        text,
        intent=wish.intent,
        slots=wish.slots,
        effects=(Effect("call_back", "task", task_id), Effect("logged", "entry", entry.id)),
    )
    return Step(reply, replace(scene.talk.settled(), follow={}, puzzled=0))
