"""Every morning: open the rounds of the festivals and own days that are near, close what is long past.

A round lists each member of the profile's group once. Who joins the group later is put on the list while it is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dialogs import daily, notify, telling
from dialogs.care.festivals import next_day, next_own_day
from dialogs.duty import DutyDesk
from dialogs.hours import number, several
from dialogs.understanding.times import say_time
from storage import care, members, own_days, round_groups, rounds
from storage.due import DueRow
from storage.log import About
from storage.members import Member

HOUR = "rounds.at"


@dataclass(frozen=True)
class Coming:
    """A day before which somebody is to be visited."""

    festival: str
    """Name of the festival, or kind of the own day."""
    day: date
    """When it is."""
    people: tuple[Member, ...]
    """Who is to be visited."""


def begin(desk: DutyDesk) -> None:
    """The row of today."""
    daily.put_today(desk, HOUR)


def fire(_row: DueRow, desk: DutyDesk) -> None:
    """Open, fill, close, and come again tomorrow."""
    for coming in _coming(desk):
        _open(coming, desk)
    _close_passed(desk)
    daily.put_tomorrow(desk, HOUR)


def _coming(desk: DutyDesk) -> Iterator[Coming]:
    today, profile = desk.now.date(), desk.profile
    more = several(profile, "rounds.more_festivals") if "rounds.more_festivals" in profile.rules else ()
    group = round_groups.target_group(
        desk.db, desk.branch_id, several(profile, "rounds.target"), number(profile, "rounds.aged_from_years"), today
    )
    for name in (*several(profile, "rounds.festivals"), *more):
        day = next_day(name, today)
        if (day - today).days <= number(profile, "rounds.lead_days"):
            yield Coming(name, day, tuple(group))
    kinds = several(profile, "rounds.own_days")
    for own in own_days.own_days(desk.db, desk.branch_id):
        own_day, person = next_own_day(own, today), members.member(desk.db, own.member_id)
        near = own_day is not None and (own_day - today).days <= number(profile, "rounds.own_day_lead_days")
        officers = {officer.id for officer in desk.officers}
        if near and own_day and person and own.kind in kinds and person.id not in officers:
            yield Coming(own.kind, own_day, (person,))


def _open(coming: Coming, desk: DutyDesk) -> None:
    round_, new = rounds.open_round(desk.db, desk.branch_id, coming.festival, coming.day, desk.now)
    due_at = datetime.combine(coming.day, time(23, 59))
    added = [person for person in coming.people if rounds.include(desk.db, round_, person, due_at, desk.now)]
    if not added:
        return
    values: dict[str, str] = {
        "festival": _called(coming.festival, desk),
        "day": say_time(datetime.combine(coming.day, time()), desk.now).rpartition("，")[0],
        "count": str(len(added)),
        "names": telling.few([person.name for person in added]),
    }
    desk.log("round_opened" if new else "round_joined", About("round", round_.id), None, "", **values)
    own = coming.festival in own_days.KINDS
    text = desk.say("own_day" if own else "opened" if new else "joined", **values)
    notify.notice(desk, f"round:{round_.id}:{desk.now.date()}:{added[0].id}", text)


def _close_passed(desk: DutyDesk) -> None:
    """A festival that was long ago needs no visit any more: the case is closed with that reason, as a fact."""
    before = desk.now.date() - timedelta(days=number(desk.profile, "rounds.close_after_days"))
    for case_id, festival in rounds.passed(desk.db, desk.branch_id, before):
        case = care.the_case(desk.db, desk.branch_id, case_id)
        reason = desk.say("passed", festival=_called(festival, desk))
        care.close(desk.db, case, None, desk.now, reason=reason)
        about = About("care_case", case.id)
        desk.log("round_passed", about, case.member_id, who=case.who, number=case.number, reason=reason)


def _called(festival: str, desk: DutyDesk) -> str:
    return desk.say(festival) if festival in own_days.KINDS else festival
