"""What waits for an officer: reports nobody has taken, people to be visited, applications, tasks, messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.web.desk import cards
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
class Waiting:
    """Everything that waits for an officer."""

    alerts: tuple[cards.Card, ...]
    """Reports that nobody has taken, newest first."""
    cases: tuple[cards.Card, ...]
    """People in need without those in `alerts`: whom nobody has taken first, then most urgent first."""
    applications: tuple[cards.Card, ...]
    """What members applied for, oldest first."""
    tasks: tuple[cards.Card, ...]
    """What only a human can do, most urgent first."""
    messages: tuple[cards.Card, ...]
    """Other messages, newest first."""

    @property
    def piles(self) -> tuple[tuple[cards.Card, ...], ...]:
        """Everything that has to be done."""
        return self.alerts, self.cases, self.applications, self.tasks

    @property
    def open(self) -> int:
        """Things that have to be done."""
        return sum(len(pile) for pile in self.piles)


@dataclass(frozen=True)
class _Piles:
    """The same as rows, before anything is made of them."""

    alerts: list[Message]
    cases: list[CareCase]
    applications: list[Application]
    tasks: list[Task]
    messages: list[Message]


def lay_out(db: Database, officer: Member, *, cares: bool = True) -> Waiting:
    """What waits for this officer now; an office that may not read about health sees its own messages alone of it."""
    piles = _piles(db, officer, cares=cares)
    return Waiting(
        alerts=tuple(cards.of_message(message, with_choices=True) for message in piles.alerts),
        cases=tuple(cards.of_case(case) for case in piles.cases),
        applications=tuple(cards.of_application(each) for each in piles.applications),
        tasks=tuple(cards.of_task(task) for task in piles.tasks),
        messages=tuple(cards.of_message(message, with_choices=message.case_id is None) for message in piles.messages),
    )


def count_open(db: Database, officer: Member, *, cares: bool = True) -> int:
    """How many things have to be done: `lay_out(...).open`, for the pages that show nothing but the number."""
    piles = _piles(db, officer, cares=cares)
    return len(piles.alerts) + len(piles.cases) + len(piles.applications) + len(piles.tasks)


def _piles(db: Database, officer: Member, *, cares: bool) -> _Piles:
    cases = care.open_cases(db, officer.branch_id) if cares else []
    untaken = {case.id for case in cases if case.waits}
    messages = outbox.for_person(db, CHANNEL, officer.id)
    alerts = [message for message in messages if message.lane == "alert" and message.case_id in untaken]
    told = {message.case_id for message in alerts}
    return _Piles(
        alerts=alerts,
        cases=sorted((case for case in cases if case.id not in told), key=lambda case: not case.waits),
        applications=applications.pending(db, officer.branch_id),
        tasks=tasks.open_tasks(db, officer.branch_id),
        messages=[message for message in messages if message not in alerts][:MESSAGES],
    )


def mark_shown(db: Database, officer: Member, now: datetime) -> None:
    """The officer's messages have reached the desk: mark them as delivered."""
    waiting = [each for each in outbox.for_person(db, CHANNEL, officer.id) if each.state == "waiting"]
    if waiting:
        with writing(db):
            for message in waiting:
                outbox.sent(db, message.id, now)
