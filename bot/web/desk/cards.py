"""The cards on the desk: what each kind of thing shows of itself, and what can be done about it at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.web.desk.entrance import HOME
from bot.web.desk.showing import moment
from bot.web.wording import wording
from dialogs.officers import deciding, finishing
from storage.applications import Application
from storage.care import CareCase
from storage.outbox import Message
from storage.tasks import Task


@dataclass(frozen=True)
class Press:
    """A button on a card."""

    label: str
    """What it says."""
    to: str
    """Where it leads."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What it sends along."""
    do: bool = False
    """Whether it is the one thing to press on its card."""


@dataclass(frozen=True)
class Card:
    """One thing on the desk."""

    key: str
    """Names it on the page, so that a refresh keeps the focus where it was."""
    title: str
    """What it is."""
    lines: tuple[str, ...] = ()
    """What is known of it."""
    at: str = ""
    """When it came."""
    recording_id: int | None = None
    """The member's own voice."""
    buttons: tuple[Press, ...] = ()
    """What can be done about it here."""
    link: str = ""
    """The page with all of it; empty where there is none."""


def _state(case: CareCase) -> str:
    """How far a case is, in words."""
    return wording("case_states")[case.state]


def of_message(message: Message, *, with_choices: bool) -> Card:
    """A message; a case's own card has the case's button."""
    to = f"{HOME}/messages/{message.id}/press"
    choices = message.choices if with_choices else ()
    return Card(
        key=f"message-{message.id}",
        title=message.text,
        at=moment(message.created_at),
        recording_id=message.recording_id,
        buttons=tuple(
            Press(each.label, to, {"choice": each.value}, do=message.lane == "alert" and each is choices[0])
            for each in choices
        ),
        link=f"{HOME}/care/{message.case_id}" if message.case_id else "",
    )


def of_case(case: CareCase) -> Card:
    """Somebody in need."""
    words = wording("desk")
    lines = [_state(case)]
    if case.state == "visited":
        lines.append(words["case_to_close"])
    else:
        lines.insert(0, words["case_due"].format(due=moment(case.due_at)))
    if case.place:
        lines.insert(0, words["case_place"].format(place=case.place))
    take = Press(words["take"], f"{HOME}/care/{case.id}/take", do=True)
    return Card(
        key=f"case-{case.id}",
        title=words["case_line"].format(number=case.number, who=case.who, trigger=wording("triggers")[case.trigger]),
        lines=tuple(lines),
        at=moment(case.reported_at),
        buttons=(take,) if case.waits else (),
        link=f"{HOME}/care/{case.id}",
    )


def of_application(application: Application) -> Card:
    """What a member applied for; it is decided on its own page."""
    words = wording("desk")
    return Card(
        key=f"application-{application.id}",
        title=words["application_line"].format(name=application.name, subject=deciding.subject(application)),
        lines=(application.reason or application.value,),
        at=moment(application.at),
        link=f"{HOME}/applications#application-{application.id}",
    )


def of_task(task: Task) -> Card:
    """What only a human can do."""
    words = wording("desk")
    lines = [words["task_due"].format(due=moment(task.due_at))]
    if task.said:
        lines.insert(0, words["task_said"].format(said=task.said))
    return Card(
        key=f"task-{task.id}",
        title=finishing.subject(task),
        lines=tuple(lines),
        at=moment(task.created_at),
        recording_id=task.recording_id,
        buttons=(Press(words["done"], f"{HOME}/tasks/{task.id}/done"),),
    )
