"""Handing something to a human: a task or an application, the line in the log, and the officer on duty told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dialogs import notify
from dialogs.reply import Effect
from dialogs.skill import Desk, Wish
from storage import applications, tasks
from storage.applications import Kind
from storage.log import About, Entry


@dataclass(frozen=True)
class Handed:
    """What was handed to whom."""

    id: int
    """Key of the task or application."""
    told: str
    """Who was told, as members speak of them."""
    effects: tuple[Effect, ...]
    """What was written."""


@dataclass(frozen=True)
class Kept:
    """What a member said about a wish, over all its turns."""

    said: str
    """Every word of it, without the yes to the read-back."""
    recording_id: int | None
    """The voice message with the last of them."""

    @property
    def slots(self) -> dict[str, str | int]:
        """As it waits with the wish while the read-back is open."""
        return {"said": self.said} | ({} if self.recording_id is None else {"recording": self.recording_id})


def keep(wish: Wish, desk: Desk) -> Kept:
    """What was said so far: the wish as it was first said, then each answer, until it was read back."""
    before = wish.text_slot("said") or wish.text
    if wish.confirmed:
        return Kept(before, wish.key_slot("recording"))
    said = before if desk.said in before else f"{before}\n{desk.said}"
    return Kept(said, desk.recording_id if desk.recording_id is not None else wish.key_slot("recording"))


def give_task(desk: Desk, kind: str, due: datetime, kept: Kept, entry: str, **values: str) -> Handed:
    """Put a task on the secretary's list; `entry` is the sentence of the skill's [log] and of the alert."""
    task_id = tasks.add_task(
        desk.db,
        desk.speaker.branch_id,
        kind,
        desk.speaker.id,
        desk.now,
        due,
        said=kept.said,
        recording_id=kept.recording_id,
    )
    about = About("task", task_id)
    written = desk.log(entry, about, None, "", name=desk.speaker.name, said=kept.said, **values)
    told = notify.alert(desk, f"task:{task_id}", written.sentence or "")
    effects = (Effect(kind, "task", task_id), Effect("logged", "entry", written.id))
    return Handed(task_id, notify.names(told, desk), effects)


def take_back(desk: Desk, task_id: int) -> Handed | None:
    """A task that is not wanted any more is done with, and the officer hears so; None where it was done already.

    The entry is `withdrawn` of the skill's [log].
    """
    if not tasks.finish(desk.db, desk.speaker.branch_id, task_id, desk.speaker.id, desk.now):
        return None
    entry = desk.log("withdrawn", About("task", task_id), name=desk.speaker.name)
    told = note(desk, f"withdrawn:{task_id}", entry)
    return Handed(task_id, told, (Effect("withdrawn", "task", task_id),))


def apply(
    desk: Desk, kind: Kind, kept: Kept, entry: str, *, reason: str = "", value: str = "", **fields: str
) -> Handed:
    """Put an application before the secretary; `entry` is the sentence of the skill's [log] and of the alert."""
    key = applications.submit(
        desk.db,
        desk.speaker.branch_id,
        desk.speaker.id,
        kind,
        desk.now,
        said=kept.said,
        reason=reason,
        value=value,
        recording_id=kept.recording_id,
    )
    fields = {"name": desk.speaker.name, "said": kept.said, "reason": reason, "value": value, **fields}
    written = desk.log(entry, About("application", key), None, "", **fields)
    told = notify.alert(desk, f"application:{key}", written.sentence or "")
    effects = (Effect(kind, "application", key), Effect("logged", "entry", written.id))
    return Handed(key, notify.names(told, desk), effects)


def note(desk: Desk, key: str, entry: Entry, kept: Kept | None = None) -> str:
    """Tell the officer on duty of a line of the log that asks nothing urgent of them; returns who was told."""
    recording_id = kept.recording_id if kept else None
    return notify.names(notify.notice(desk, key, entry.sentence or "", recording_id=recording_id), desk)
