"""How often and when members are asked how they are, and in what words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from dialogs import words
from dialogs.addressing import address
from dialogs.hours import number, on_day
from dialogs.office import Office
from dialogs.talk import load_talk, save_talk
from storage import check_ins, due
from storage.check_ins import CheckIn
from storage.due import DueRow
from storage.members import Member

KIND = "check_in"
"""The due rows of check-ins."""


def is_asked(person: Member, desk: Office) -> bool:
    """Members are asked who have not refused; officers on duty are not."""
    wanted = check_ins.rhythm(desk.db, person.id)
    officers = {officer.id for officer in desk.officers}
    return person.id not in officers and not (wanted and wanted.refused)


def rhythm_of(person: Member, desk: Office) -> timedelta:
    """From one check-in to the next: as the member wants it, else as the branch has it."""
    wanted = check_ins.rhythm(desk.db, person.id)
    own = wanted.every_days if wanted else None
    return timedelta(days=own or number(desk.profile, "check_in.every_days"))


def next_row(person: Member, desk: Office) -> DueRow | None:
    """What waits for this member."""
    return due.waiting(desk.db, kind=KIND, member_id=person.id)


def put(person: Member, earliest: datetime, desk: Office) -> None:
    """Write the next row for a member, at the first good hour from `earliest` on; what waited before no longer does."""
    stop(person, desk)
    at = good_from(max(earliest, desk.now), desk)
    key = f"{KIND}:{person.id}:{at.isoformat(timespec='minutes')}:{desk.now.isoformat(timespec='seconds')}"
    due.put(desk.db, branch_id=desk.branch_id, kind=KIND, key=key, now=desk.now, at=at, member_id=person.id)


def stop(person: Member, desk: Office) -> None:
    """Nothing more waits for this member."""
    if standing := next_row(person, desk):
        due.cancel(desk.db, standing.dedupe_key)


def good_hour(moment: datetime, desk: Office) -> bool:
    """Whether somebody may be asked now: between the hours that the profile gives, never in the quiet ones."""
    return _first(moment, desk) <= moment < _last(moment, desk)


def good_from(earliest: datetime, desk: Office) -> datetime:
    """The usual hour of the first day on which somebody may still be asked; always later than now.

    The day counts, not the minute: a question that went out some seconds late must not move by a day each week.
    """
    day = earliest if earliest < _last(earliest, desk) else earliest + timedelta(days=1)
    usual = _first(day, desk)
    return usual if usual > desk.now else _first(desk.now + timedelta(days=1), desk)


def remember(person: Member, text: str, desk: Office) -> None:
    """Let 再说一遍 say the question again, days later too; what was open in the talk stays open."""
    talk = load_talk(desk.db, person.id)
    save_talk(desk.db, person.id, replace(talk, last=text, last_buttons=()), desk.now)


def question(person: Member, asked: CheckIn, desk: Office) -> str:
    """What a member hears: gentler the second time."""
    key = "first" if asked.tries == 1 else "again"
    return (
        words.load("care/checking_in", "words")
        .of_turn(asked.id)
        .say(key, name=address(person, desk.officers, desk.now))
    )


def _first(moment: datetime, desk: Office) -> datetime:
    return on_day(moment.date(), desk.profile, "check_in.at")


def _last(moment: datetime, desk: Office) -> datetime:
    return on_day(moment.date(), desk.profile, "check_in.until")
