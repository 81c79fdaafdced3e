"""What waits for an officer: reports nobody has taken, people to be visited, tasks, messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.web.wording import wording
from storage import care, outbox, tasks
from storage.care import CareCase
from storage.database import writing
from storage.members import Member
from storage.outbox import Button, Message
from storage.tasks import Task

CHANNEL = "desk"
MESSAGES = 10
"""Messages that are shown beside what has to be done."""


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
    buttons: tuple[Button, ...] = ()
    """What can be done about it."""


@dataclass(frozen=True)
class Desk:
    """Everything on an officer's desk."""

    alerts: tuple[Card, ...]
    """Reports that nobody has taken, newest first."""
    cases: tuple[Card, ...]
    """People in need, most urgent first, without those in `alerts`."""
    tasks: tuple[Card, ...]
    """What only a human can do, most urgent first."""
    messages: tuple[Card, ...]
    """Other messages, newest first."""

    @property
    def open(self) -> int:
        """Things that have to be done."""
        return len(self.alerts) + len(self.cases) + len(self.tasks)

    @property
    def recordings(self) -> set[int]:
        """The recordings that may be listened to here."""
        cards = self.alerts + self.cases + self.tasks + self.messages
        return {card.recording_id for card in cards if card.recording_id is not None}


def lay_out(db: Database, officer: Member) -> Desk:
    """The officer's desk as it now is."""
    cases = care.open_cases(db, officer.branch_id)
    untaken = {case.id for case in cases if case.waits}
    messages = outbox.for_person(db, CHANNEL, officer.id)
    alerts = [message for message in messages if message.lane == "alert" and message.case_id in untaken]
    told = {message.case_id for message in alerts}
    others = [message for message in messages if message not in alerts][:MESSAGES]
    return Desk(
        alerts=tuple(_of_message(message, buttons=message.choices) for message in alerts),
        cases=tuple(_of_case(case) for case in cases if case.id not in told),
        tasks=tuple(_of_task(task) for task in tasks.open_tasks(db, officer.branch_id)),
        messages=tuple(_of_message(message, _choices(message)) for message in others),
    )


def mark_shown(db: Database, officer: Member, now: datetime) -> None:
    """The officer's messages have reached the desk: mark them as delivered."""
    waiting = [each for each in outbox.for_person(db, CHANNEL, officer.id) if each.state == "waiting"]
    if waiting:
        with writing(db):
            for message in waiting:
                outbox.sent(db, message.id, now)


def _choices(message: Message) -> tuple[Button, ...]:
    """What can still be done about a message; a case's own card has its button."""
    return message.choices if message.case_id is None else ()


def _of_message(message: Message, buttons: tuple[Button, ...] = ()) -> Card:
    return Card(
        key=f"message-{message.id}",
        title=message.text,
        at=_moment(message.created_at),
        recording_id=message.recording_id,
        buttons=buttons,
    )


def _of_case(case: CareCase) -> Card:
    words = wording("desk")
    state = "case_open" if case.waits else "case_visited" if case.state == "visited" else "case_taken"
    lines = [words["case_due"].format(due=_moment(case.due_at)), words[state]]
    if case.place:
        lines.insert(0, words["case_place"].format(place=case.place))
    return Card(
        key=f"case-{case.id}",
        title=words["case_line"].format(number=case.number, who=case.who, trigger=wording("triggers")[case.trigger]),
        lines=tuple(lines),
        at=_moment(case.reported_at),
        buttons=(Button(words["take"], f"ack:{case.id}"),) if case.waits else (),
    )


def _of_task(task: Task) -> Card:
    words = wording("desk")
    lines = [words["task_due"].format(due=_moment(task.due_at))]
    if task.said:
        lines.insert(0, words["task_said"].format(said=task.said))
    return Card(
        key=f"task-{task.id}",
        title=wording("task_kinds")[task.kind].format(name=task.name),
        lines=tuple(lines),
        at=_moment(task.created_at),
        recording_id=task.recording_id,
        buttons=(Button(words["done"], f"done:{task.id}"),),
    )


def _moment(stamp: str) -> str:
    at = datetime.fromisoformat(stamp)
    return wording("desk")["moment"].format(month=at.month, day=at.day, hour=at.hour, minute=at.minute)
