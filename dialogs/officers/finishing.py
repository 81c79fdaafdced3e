"""A task that a human has done: crossed off the list, with a line in the log."""

from __future__ import annotations

from dialogs import words
from dialogs.reply import Effect
from dialogs.skill import Desk, Done
from storage import tasks
from storage.log import About
from storage.tasks import Task

OWN = "officers/finishing"
"""The file with the words."""


def finish(task_id: int, desk: Desk) -> Done:
    """Mark a task as done; `task_gone` where somebody has done it already or the branch has no such task."""
    branch = desk.speaker.branch_id
    task = next((each for each in tasks.open_tasks(desk.db, branch) if each.id == task_id), None)
    if task is None or not tasks.finish(desk.db, branch, task_id, desk.speaker.id, desk.now):
        return Done("task_gone")
    what = subject(task)
    entry = desk.log("task_done", About("task", task.id), task.member_id, OWN, officer=desk.speaker.name, what=what)
    return Done(
        "task_done", {"what": what}, (Effect("task_done", "task", task.id), Effect("logged", "entry", entry.id))
    )


def subject(task: Task) -> str:
    """What there is to do, in a few words."""
    return words.load(OWN, "words").say(task.kind, name=task.name)
