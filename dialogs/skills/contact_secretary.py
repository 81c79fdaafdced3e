"""A member wants a human: a call-back task with a due time."""

from __future__ import annotations

from datetime import timedelta

from dialogs import handing, notify, words
from dialogs.reply import Effect
from dialogs.skill import Desk, Done, Outcome, Wish
from storage import tasks
from storage.log import About


def act(wish: Wish, desk: Desk) -> Outcome:
    """Put the call-back on the secretary's list and tell them."""
    if task_id := wish.key_slot("withdraw"):
        return _withdraw(task_id, desk)
    if any(cue in wish.text for cue in words.lists("skills/contact_secretary", "cues")["not_wanted"]):
        return Done("not_wanted")
    due = desk.now + timedelta(hours=desk.profile.hours("task.call_back.hours"))
    task_id = tasks.add_task(
        desk.db,
        desk.speaker.branch_id,
        "call_back",
        desk.speaker.id,
        desk.now,
        due,
        said=wish.text,
        recording_id=wish.key_slot("recording") or desk.recording_id,
    )
    entry = desk.log("call_back", About("task", task_id), name=desk.speaker.name, said=wish.text)
    text = entry.sentence or ""
    told = notify.alert(desk, f"task:{task_id}", text)
    names = "、".join(officer.spoken for officer in told) or desk.secretary
    effects = (Effect("call_back", "task", task_id), Effect("logged", "entry", entry.id))
    return Done("call_back", {"told": names}, effects, undo=Wish(wish.intent, {"withdraw": task_id}))


def _withdraw(task_id: int, desk: Desk) -> Done:
    """算了，不用打了: the task is done with, and the officer hears so."""
    taken = handing.take_back(desk, task_id)
    return Done("withdrawn", {"told": taken.told}, taken.effects) if taken else Done("not_wanted")
