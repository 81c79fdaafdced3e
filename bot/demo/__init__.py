"""A branch of invented people, so that everything can be tried before anybody is entered."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from importlib.resources import files

from sqlite_utils import Database

from dialogs.documents import library
from storage import attendances, cards, care, dues, log, members, own_days, points, sessions, themes
from storage.database import writing
from storage.profiles import load_profile

Table = Mapping[str, list[Mapping[str, str | int | list[str]]]]


def make_demo(db: Database, now: datetime, profile: str) -> int:
    """Enter the demo branch with sessions around `now`; returns the branch's key."""
    plan = tomllib.loads(files(__name__).joinpath("branch.toml").read_text(encoding="utf-8"))
    with writing(db):
        branch_id = members.add_branch(db, plan["name"], profile, now)
        people = _people(db, branch_id, plan, now)
        _sessions(db, branch_id, plan, people, now)
        _themes(db, branch_id, plan, now)
        _dues(db, plan, people, now)
        _documents(db, branch_id, plan, now)
        _care(db, branch_id, plan, people, now)
        _knowing(db, plan, people, now)
        log.append(db, branch_id=branch_id, at=now, kind="founded", sentence=plan["founded"], channel="cli")
    return branch_id


def _people(db: Database, branch_id: int, plan: Table, now: datetime) -> dict[str, int]:
    return {str(each["name"]): members.add_member(db, branch_id, now=now, **each) for each in plan["person"]}  # type: ignore[arg-type]


def _sessions(db: Database, branch_id: int, plan: Table, people: Mapping[str, int], now: datetime) -> None:
    """Sessions by week from now and weekday; past ones carry who came."""
    monday = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=now.weekday())
    for each in plan["session"]:
        start = monday + timedelta(weeks=int(str(each["week"])), days=int(str(each["weekday"])) - 1)
        hour, minute = str(each["clock"]).split(":")
        start = start.replace(hour=int(hour), minute=int(minute))
        session_id = sessions.add_session(
            db,
            branch_id,
            str(each["title"]),
            start,
            kind=str(each["kind"]),
            place=str(each["place"]),
            capacity=int(str(each["capacity"])),
            state="held" if start < now else "planned",
        )
        absent = each.get("absent", [])
        for name, member_id in people.items() if start < now else ():
            came = isinstance(absent, list) and name not in absent
            attendances.record(db, session_id, member_id, "attended" if came else "unexplained", now)
            if came and (given := int(str(each.get("points", 0)))):
                points.give(db, member_id, start, given, str(each["title"]))


def _themes(db: Database, branch_id: int, plan: Table, now: datetime) -> None:
    """The branch's plan, by months from now."""
    for each in plan["theme"]:
        month = now.year * 12 + now.month - 1 + int(str(each["month"]))
        named = f"{month // 12}-{month % 12 + 1:02d}"
        themes.set_theme(db, branch_id, named, str(each["theme"]), str(each["activity"]))


def _dues(db: Database, plan: Table, people: Mapping[str, int], now: datetime) -> None:
    secretary = next(iter(people.values()))
    for each in plan["paid"]:
        amount = int(str(each["fen"]))
        dues.verify_payment(db, people[str(each["name"])], dues.quarter_of(now), amount, secretary, now)


def _documents(db: Database, branch_id: int, plan: Table, now: datetime) -> None:
    for each in plan["document"]:
        text = files(__name__).joinpath(str(each["file"])).read_text(encoding="utf-8")
        library.take_in(db, branch_id, text, now, nicknames=str(each["nicknames"]))


def _care(db: Database, branch_id: int, plan: Table, people: Mapping[str, int], now: datetime) -> None:
    profile = load_profile(str(db.execute("SELECT profile FROM branch WHERE id = ?", [branch_id]).fetchone()[0]))
    for each in plan["care"]:
        trigger = str(each["trigger"])
        reported = now - timedelta(hours=int(str(each["hours_ago"])))
        care.report(
            db,
            branch_id=branch_id,
            trigger=trigger,
            member_id=people[str(each["name"])],
            who=str(each["name"]),
            reporter_id=people[str(each["reporter"])],
            said=str(each["said"]),
            place=str(each["place"]),
            recording_id=None,
            now=reported,
            due_at=reported + timedelta(hours=profile.hours(f"care.{trigger}.visit_hours")),
        )


def _knowing(db: Database, plan: Table, people: Mapping[str, int], now: datetime) -> None:
    """What is known of some members, confirmed some time ago, and days of theirs soon to come."""
    secretary = next(iter(people.values()))
    for each in plan["card"]:
        confirmed = now - timedelta(days=int(str(each["days_ago"])))
        for part in cards.PARTS:
            cards.write(db, people[str(each["name"])], part, str(each[part]), secretary, confirmed)
    for each in plan["own_day"]:
        day = now + timedelta(days=int(str(each["in_days"])))
        member_id, year = people[str(each["name"])], int(str(each["year"]))
        own_days.set_day(db, member_id, str(each["kind"]), day.month, day.day, year=year)
