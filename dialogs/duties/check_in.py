"""A gentle question how somebody is, at their own rhythm; after two tries without an answer a human calls.

A row is the next thing that may happen with one member: a first try, a second, or the look whether they answered. Who
was heard of in the meantime is not asked; who cannot be reached by any chat is called by a human straight away.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from dialogs import notify, telling
from dialogs.care import rhythms
from dialogs.duty import DutyDesk
from dialogs.hours import number
from storage import check_ins, in_touch, members, tasks
from storage.due import DueRow
from storage.log import About
from storage.members import Member

TRIES = 2
"""Questions without an answer after which a human calls."""
JUST_HEARD = timedelta(days=2)
"""Who spoke so recently is not asked how they are."""


def begin(desk: DutyDesk) -> None:
    """A first row for everybody who has none: their rhythm begins when they are on the roster."""
    for person in members.members(desk.db, desk.branch_id):
        if rhythms.is_asked(person, desk) and rhythms.next_row(person, desk) is None:
            rhythms.put(person, desk.now + rhythms.rhythm_of(person, desk), desk)


def fire(row: DueRow, desk: DutyDesk) -> None:
    """The next step with one member; it always leaves a row for the step after it, unless they are asked no more."""
    person = members.member(desk.db, row.member_id or 0)
    if person is None or not rhythms.is_asked(person, desk):
        return
    if not rhythms.good_hour(desk.now, desk):
        rhythms.put(person, desk.now, desk)  # fired late, at night: the row moves to the next good hour
        return
    rhythms.put(person, desk.now + _step(person, desk), desk)


def _step(person: Member, desk: DutyDesk) -> timedelta:
    """Do what is next; returns how long to wait for what comes after it."""
    rhythm, heard = rhythms.rhythm_of(person, desk), in_touch.last_heard(desk.db, person.id)
    silence = desk.now - datetime.fromisoformat(heard.last_at) if heard else rhythm
    standing = check_ins.open_check_in(desk.db, person.id)
    if standing and in_touch.spoke_since(desk.db, person.id, standing.asked_at):
        check_ins.end(desk.db, standing, "heard", desk.now)
        standing = None
    if standing is None and silence < JUST_HEARD:
        _settle(person, desk)
        return max(timedelta(days=1), rhythm - silence)
    if standing is None or standing.tries < TRIES:
        return _ask(person, rhythm, silence, desk)
    check_ins.end(desk.db, standing, "unanswered", desk.now)
    _call(person, "silent", desk)
    return rhythm


def _ask(person: Member, rhythm: timedelta, silence: timedelta, desk: DutyDesk) -> timedelta:
    if not members.contacts(desk.db, person.id):
        if silence < rhythm:
            return rhythm - silence
        _call(person, "unreachable", desk)
        return rhythm
    asked = check_ins.ask(desk.db, person.id, desk.now)
    text = rhythms.question(person, asked, desk)
    telling.ask_member(desk, f"check_in:{asked.id}:{asked.tries}", person.id, text)
    rhythms.remember(person, text, desk)
    desk.log("check_in_asked", About("check_in", asked.id), person.id, name=person.name, tries=asked.tries)
    return timedelta(hours=number(desk.profile, "check_in.again_hours"))


def _call(person: Member, why: str, desk: DutyDesk) -> None:
    """Put the member on the secretary's list, once, with the days of silence."""
    heard = in_touch.last_heard(desk.db, person.id)
    if heard is None or tasks.open_task(desk.db, desk.branch_id, "silent_call", member_id=person.id):
        return
    due = desk.now + timedelta(hours=desk.profile.hours("task.call_back.hours"))
    task_id = tasks.add_task(desk.db, desk.branch_id, "silent_call", person.id, desk.now, due)
    days = heard.silent_days(desk.now)
    entry = desk.log(why, About("task", task_id), person.id, name=person.name, days=days)
    if why == "silent":  # a branch whose members have no chats would get a message for each: the digest counts them
        notify.notice(desk, f"task:{task_id}", entry.sentence or "")


def _settle(person: Member, desk: DutyDesk) -> None:
    """Somebody who was silent and spoke again needs no call; the task is done by themselves."""
    if task := tasks.open_task(desk.db, desk.branch_id, "silent_call", member_id=person.id):
        tasks.finish(desk.db, desk.branch_id, task.id, person.id, desk.now)
        desk.log("heard_again", About("task", task.id), person.id, name=person.name)
