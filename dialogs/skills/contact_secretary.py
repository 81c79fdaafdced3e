"""A member wants a human: a call-back task with a due time."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from dialogs import call_back, handing, notify, words
from dialogs.call_back import Moment
from dialogs.reply import Effect
from dialogs.skill import Desk, Done, NotMine, Outcome, Wish
from dialogs.understanding.times import say_time
from storage import tasks
from storage.log import About
from storage.members import Officer
from storage.tasks import Task

FOLLOW = {"time": Wish("contact_secretary")}
"""What names a time just after a call was asked for is when it suits."""


def act(wish: Wish, desk: Desk) -> Outcome:
    """Put the call-back on the secretary's list, for when and by whom it is wanted, and tell them."""
    if task_id := wish.key_slot("withdraw"):
        return _withdraw(task_id, desk)
    if any(re.search(cue, wish.text) for cue in words.lists("skills/contact_secretary", "cues")["not_wanted"]):
        return Done("not_wanted")
    before = next((task for task in tasks.waiting_for(desk.db, desk.speaker.id, "call_back") if task.said), None)
    near = datetime.fromisoformat(before.due_at) if before and wish.text_slot("step") else None
    officer, at = call_back.wanted(wish.text, desk), call_back.moment(wish.text, desk.now, near)
    if wish.text_slot("step") and (before is None or at is None):  # said after the call was asked for
        asked = before is not None and call_back.asks_when(wish.text)
        return _status(before, desk) if before and asked else NotMine()
    whom = call_back.for_whom(wish.text)
    if before is not None and officer is None and not whom:
        return _once_more(before, at, wish, desk)
    key = "visit" if call_back.asks_to_come(wish.text) else "call_back"
    task_id = tasks.add_task(
        desk.db,
        desk.speaker.branch_id,
        "call_back",
        desk.speaker.id,
        desk.now,
        at.due if at else desk.now + timedelta(hours=desk.profile.hours("task.call_back.hours")),
        said=wish.text,
        recording_id=wish.key_slot("recording") or desk.recording_id,
        officer_id=officer.id if officer else None,
    )
    return _told(key, task_id, at, wish, desk, officer, whom)


def _once_more(task: Task, at: Moment | None, wish: Wish, desk: Desk) -> Done:
    """A call that is waited for already stays one task: with what is said now, and due when it is wanted now."""
    due = at.due if at else datetime.fromisoformat(task.due_at)
    tasks.say_more(desk.db, task.id, f"{task.said}\n{wish.text}", due)
    return _told("visit" if call_back.asks_to_come(wish.text) else "again", task.id, at, wish, desk, None)


def _status(task: Task, desk: Desk) -> Done:
    """By when the call is due, and that nobody has answered yet."""
    when = say_time(datetime.fromisoformat(task.due_at), desk.now)
    undo = Wish("contact_secretary", {"withdraw": task.id}, task.said)
    return Done("status", {"told": desk.secretary, "when": when}, undo=undo, follow=FOLLOW)


def _told(
    key: str, task_id: int, at: Moment | None, wish: Wish, desk: Desk, officer: Officer | None, whom: str = ""
) -> Done:
    """Tell the officer, and say who was told, for when and for whom."""
    key, when = ("for_other", "") if whom else (f"{key}_at", at.said) if at else (key, "")
    entry = desk.log(key, About("task", task_id), name=desk.speaker.name, said=wish.text, when=when, who=whom)
    told = notify.alert(desk, f"task:{task_id}:{desk.turn}", entry.sentence or "", to=officer)
    effects = (Effect("call_back", "task", task_id), Effect("logged", "entry", entry.id))
    said = {"told": notify.names(told, desk), "when": when, "who": whom}
    return Done(key, said, effects, undo=Wish(wish.intent, {"withdraw": task_id}), follow=FOLLOW)


def _withdraw(task_id: int, desk: Desk) -> Done:
    """算了，不用打了: the task is done with, and the officer hears so."""
    taken = handing.take_back(desk, task_id)
    return Done("withdrawn", {"told": taken.told}, taken.effects) if taken else Done("not_wanted")
