"""The duty list as an officer keeps it: who is called first when; each change is a line in the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dialogs import words
from dialogs.reply import Effect
from dialogs.skill import Desk, Done
from storage import duty, duty_reading
from storage.duty_reading import DutyLine
from storage.log import About
from storage.members import Officer

OWN = "officers/rostering"
"""The file with the words."""


@dataclass(frozen=True)
class Shift:
    """When somebody is on duty."""

    first: datetime
    """First day."""
    last: datetime | None
    """Last day; None for no end."""
    weekdays: str = ""
    """Digits, 1 for Monday; empty for every day."""
    from_clock: str = ""
    """HH:MM; empty for the whole day."""
    to_clock: str = ""
    """HH:MM, excluded; before `from_clock` it is the next morning's."""


def add(officer: Officer, rung: int, shift: Shift, desk: Desk) -> Done:
    """Put an officer on the duty list."""
    key = duty.put_on_duty(
        desk.db, desk.branch_id, officer.id, rung, shift.first, shift.last,
        weekdays=shift.weekdays, from_clock=shift.from_clock, to_clock=shift.to_clock,
    )  # fmt: skip
    line = duty_reading.line(desk.db, desk.branch_id, key)
    if line is None:
        raise LookupError(f"duty line {key} was written and is not there")
    return _written("added", line, desk)


def remove(line: DutyLine, desk: Desk) -> Done:
    """Take a line off the duty list."""
    duty_reading.end(desk.db, line.id, desk.now)
    return _written("removed", line, desk)


def when(line: DutyLine) -> str:
    """When a line holds, in words."""
    say = words.load(OWN, "words").say
    days = "、".join(say(f"day_{digit}") for digit in line.weekdays) or say("every_day")
    until = say("until", last=line.valid_to) if line.valid_to else say("open")
    hours = say("hours", start=line.from_clock, end=line.to_clock) if line.from_clock else say("all_day")
    return say("when", first=line.valid_from, until=until, days=days, hours=hours)


def _written(key: str, line: DutyLine, desk: Desk) -> Done:
    values = {"name": line.name, "when": when(line), "rung": str(line.rung)}
    entry = desk.log(f"duty_{key}", About("duty", line.id), line.member_id, OWN, officer=desk.speaker.name, **values)
    return Done(key, values, (Effect(f"duty_{key}", "duty", line.id), Effect("logged", "entry", entry.id)))
