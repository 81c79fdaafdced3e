"""Nobody has listened to a voice message without words: it may be a cry for help, so the next officer hears of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from dialogs import notify
from dialogs.duty import DutyDesk
from dialogs.office import Office
from storage import due, tasks
from storage.due import DueRow
from storage.outbox import Button

KIND = "listen_call"
AGAIN = timedelta(hours=1)
"""Once everybody has been told, they are told again after so long, until somebody has listened."""


def begin_for(task_id: int, desk: Office) -> None:
    """The first officer has been told of the task; the next one is, unless somebody listens before."""
    _then(task_id, 1, desk)


def fire(row: DueRow, desk: DutyDesk) -> None:
    """Tell the next officer, or everybody again, with the recording; nothing where the task is done."""
    task_id, step = (int(part) for part in row.subject.split(":"))
    task = next((each for each in tasks.open_tasks(desk.db, desk.branch_id) if each.id == task_id), None)
    if task is None:
        return
    with_sound = replace(desk, recording_id=task.recording_id)
    buttons = [Button(desk.say("button_done"), f"done:{task_id}")]
    for officer in desk.officers[step : step + 1] or desk.officers:
        text = desk.say("listen", name=task.name)
        notify.alert(with_sound, f"{KIND}:{task_id}:{step}", text, buttons=buttons, to=officer)
    _then(task_id, step + 1, desk)


def _then(task_id: int, step: int, desk: Office) -> None:
    everybody = step >= len(desk.officers)
    after = AGAIN if everybody else desk.profile.minutes("ladder.emergency.next_minutes")
    due.put(
        desk.db,
        branch_id=desk.branch_id,
        kind=KIND,
        key=f"{KIND}:{task_id}:{step}",
        now=desk.now,
        after=after,
        subject=f"{task_id}:{step}",
    )
