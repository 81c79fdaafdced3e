"""不对 after something was done: taken back, or one thing in it changed (不对，是星期四; 不是我，是老李)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from dialogs import words
from dialogs.acting import run
from dialogs.answering import takes_back
from dialogs.scene import Scene, Step
from dialogs.skill import Wish
from dialogs.understanding.meaning import SlotValue, Span
from dialogs.understanding.names import find_people
from dialogs.understanding.times import as_span, find_time


def corrected(scene: Scene) -> Step | None:
    """Undo what was done last; where the right thing is said in the same breath, do that instead."""
    undo, done = scene.talk.undo, scene.talk.done
    if undo is None:
        return None
    right = _right(scene.text)
    changes = _changes(scene, done, right) if done and right else {}
    if not changes and scene.meaning.intent != "deny" and not takes_back(scene):
        return None
    step = run(scene, undo)
    if not changes or done is None:
        return step
    known = {name: value for name, value in done.slots.items() if name in scene.understander.slots_of(done.intent)}
    again = run(replace(scene, talk=step.talk), Wish(done.intent, {**known, **changes}, scene.text))
    # Only what holds now is read back: what was taken back need not be heard too.
    reply = replace(again.reply, effects=step.reply.effects + again.reply.effects)
    return Step(reply, again.talk)


def _right(text: str) -> str:
    """What is said after the denial: 是星期四 of 不对，是星期四; empty where nothing is denied."""
    cues = words.lists("manager", "cues")
    for cue in sorted(cues["denial"], key=len, reverse=True):
        if cue in text:
            rest = text.split(cue, 1)[1]
            marks = [mark for mark in cues["instead"] if mark in rest]
            return rest.split(marks[0], 1)[1] if marks else rest
    return ""


def _changes(scene: Scene, done: Wish, right: str) -> dict[str, SlotValue]:
    """The slots of the wish that are said anew."""
    names = scene.understander.slots_of(done.intent)
    said = scene.as_meant(right, done.intent).slots
    changes: dict[str, SlotValue] = {name: value for name, value in said.items() if name in names}
    if "when" in changes and (day := _same_week(scene, done, right)):
        changes["when"] = day
    if "person" in names and "person" not in changes and (name := _addressed(scene, right)):
        changes["person"] = name
    return changes


def _same_week(scene: Scene, done: Wish, right: str) -> Span | None:
    """A bare weekday after a date means the same week, not the next such day."""
    cues = words.lists("manager", "cues")
    before = done.slots.get("when")
    bare = any(cue in right for cue in cues["weekday"]) and not any(cue in right for cue in cues["which_week"])
    if not bare or not isinstance(before, Span) or not before.start:
        return None
    day = datetime.fromisoformat(before.start)
    monday = day - timedelta(days=day.weekday())
    found = find_time(right, max(scene.utterance.now, monday.replace(hour=0, minute=0)))
    return as_span(found) if found else None


def _addressed(scene: Scene, right: str) -> str:
    """Somebody named by surname alone (老李), where only one member can be meant."""
    people = find_people(right, (), scene.roster, scene.profile.region)
    return people[0].person.name if len(people) == 1 and not people[0].rivals else ""
