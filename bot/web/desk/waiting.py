"""What waits for an officer: reports nobody has taken, people to be visited, applications, tasks, messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlite_utils import Database

from bot.web.desk.entrance import HOME
from bot.web.desk.showing import moment
from bot.web.wording import wording
from dialogs import deciding, finishing
from storage import applications, care, outbox, tasks
from storage.applications import Application
from storage.care import CareCase
from storage.database import writing
from storage.members import Member
from storage.outbox import Message
from storage.tasks import Task

CHANNEL = "desk"
MESSAGES = 10
"""Messages that are shown beside what has to be done."""


@dataclass(frozen=True)
class Press:
    """A button on a card."""

    label: str
    """What it says."""
    to: str
    """Where it leads."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What it sends along."""


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


@dataclass(frozen=True)
class Waiting:
    """Everything that waits for an officer."""

    alerts: tuple[Card, ...]
    """Reports that nobody has taken, newest first."""
    cases: tuple[Card, ...]
    """People in need, most urgent first, without those in `alerts`."""
    applications: tuple[Card, ...]
    """What members applied for, oldest first."""
    tasks: tuple[Card, ...]
    """What only a human can do, most urgent first."""
    messages: tuple[Card, ...]
    """Other messages, newest first."""

    @property
    def piles(self) -> tuple[tuple[Card, ...], ...]:
        """Everything that has to be done."""
        return self.alerts, self.cases, self.applications, self.tasks

    @property
    def open(self) -> int:
        """Things that have to be done."""
        return sum(len(pile) for pile in self.piles)


def lay_out(db: Database, officer: Member, *, cares: bool = True) -> Waiting:
    """What waits for this officer now; an office that may not read about health sees its own messages alone of it."""
    cases = care.open_cases(db, officer.branch_id) if cares else []
    untaken = {case.id for case in cases if case.waits}
    messages = outbox.for_person(db, CHANNEL, officer.id)
    alerts = [message for message in messages if message.lane == "alert" and message.case_id in untaken]
    told = {message.case_id for message in alerts}
    others = [message for message in messages if message not in alerts][:MESSAGES]
    return Waiting(
        alerts=tuple(_of_message(message, with_choices=True) for message in alerts),
        cases=tuple(_of_case(case) for case in cases if case.id not in told),
        applications=tuple(_of_application(each) for each in applications.pending(db, officer.branch_id)),
        tasks=tuple(_of_task(task) for task in tasks.open_tasks(db, officer.branch_id)),
        messages=tuple(_of_message(message, with_choices=message.case_id is None) for message in others),
    )


def mark_shown(db: Database, officer: Member, now: datetime) -> None:
    """The officer's messages have reached the desk: mark them as delivered."""
    waiting = [each for each in outbox.for_person(db, CHANNEL, officer.id) if each.state == "waiting"]
    if waiting:
        with writing(db):
            for message in waiting:
                outbox.sent(db, message.id, now)


def case_state(case: CareCase) -> str:
    """How far a case is, in words."""
    return wording("case_states")[case.state]


def _of_message(message: Message, *, with_choices: bool) -> Card:
    """A message; a case's own card has the case's button."""
    to = f"{HOME}/messages/{message.id}/press"
    choices = message.choices if with_choices else ()
    return Card(
        key=f"message-{message.id}",
        title=message.text,
        at=moment(message.created_at),
        recording_id=message.recording_id,
        buttons=tuple(Press(each.label, to, {"choice": each.value}) for each in choices),
        link=f"{HOME}/care/{message.case_id}" if message.case_id else "",
    )


def _of_case(case: CareCase) -> Card:
    words = wording("desk")
    lines = [case_state(case)]
    if case.state != "visited":
        lines.insert(0, words["case_due"].format(due=moment(case.due_at)))
    if case.place:
        lines.insert(0, words["case_place"].format(place=case.place))
    take = Press(words["take"], f"{HOME}/care/{case.id}/take")
    return Card(
        key=f"case-{case.id}",
        title=words["case_line"].format(number=case.number, who=case.who, trigger=wording("triggers")[case.trigger]),
        lines=tuple(lines),
        at=moment(case.reported_at),
        buttons=(take,) if case.waits else (),
        link=f"{HOME}/care/{case.id}",
    )


def _of_application(application: Application) -> Card:
    words = wording("desk")
    return Card(
        key=f"application-{application.id}",
        title=words["application_line"].format(name=application.name, subject=deciding.subject(application)),
        lines=(application.reason or application.value,),
        at=moment(application.at),
        link=f"{HOME}/applications#application-{application.id}",
    )


def _of_task(task: Task) -> Card:
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
