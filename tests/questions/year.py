"""The branch of year.toml, the same at every run: a year of sessions, dues, care and entries of the log."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from storage import attendances, care, dues, log, members, registrations, sessions, talents, visits
from storage.care import CareCase
from storage.database import insert, writing

NOW = datetime(2026, 11, 22, 9, 30)
FIRST = datetime(2025, 10, 8, 9, 0)
PLAN = tomllib.loads(Path(__file__).with_name("year.toml").read_text(encoding="utf-8"))
NEVER_COMES, ALWAYS_COMES = ("郑天福", "厍怀仁"), ("华锡良", "林宝珠")
BEHIND = ("亓兆堃", "逄玉琇")
RELIEFS = (("冯麦香", "approved", "药费多"), ("李有才", "pending", "儿子失业"), ("雷明亮", "pending", "住院花钱"))


@dataclass(frozen=True)
class Year:
    """The branch and who is who."""

    branch: int
    """Its key."""
    people: dict[str, int]
    """Name -> key."""


def make_year(db: Database) -> Year:
    """Write the branch and everything that happened in it."""
    dice = random.Random(2026)
    with writing(db):
        year = _people(db, dice)
        _held(db, year, dice)
        _coming(db, year, dice)
        _dues(db, year, dice)
        _care(db, year, dice)
        for note in PLAN["note"]:
            at = datetime.fromisoformat(note["day"]).replace(hour=10)
            _log(db, year, at, "suggested", f"{note['who']}：{note['said']}", note["who"])
    return year


def _people(db: Database, dice: random.Random) -> Year:
    branch = members.add_branch(db, "春晖社区离退休干部党支部", "wuxi", FIRST)
    people = {}
    for name, role, title, rung, born, gender in (
        ("李卫民", "secretary", "书记", 1, 1951, "男"), ("周敏", "liaison", "联络员", 2, 1985, "女"),
    ):  # fmt: skip
        people[name] = members.add_member(
            db, branch, name, FIRST, role=role, title=title, rung=rung, birth_year=born, gender=gender
        )
    for number, line in enumerate(PLAN["roster"].splitlines()):
        name, gender, born = line.split()
        phone = "" if number % 13 == 5 else f"138{number:04d}{(number * 7919) % 10000:04d}"
        address = f"{PLAN['places'][number % 5]}{number % 9 + 1}栋{number % 6 + 1}0{number % 4 + 1}"
        people[name] = members.add_member(
            db, branch, name, FIRST, gender=gender, birth_year=int(born), phone=phone, address=address,
            dues_fen=(9000, 10800, 7200)[number % 3], frail=int(born < "1938"),
        )  # fmt: skip
        if number % 6 == 0:
            talents.offer(db, people[name], PLAN["skills"][number // 6 % 8], "说会", FIRST + timedelta(days=number))
    insert(db, "role", member_id=people["叶金水"], role="committee", title="支委", rung=3, valid_from="2025-10-08")
    return Year(branch, people)


def _held(db: Database, year: Year, dice: random.Random) -> None:
    """A Wednesday every other week, the writing class each month, and what was held once."""
    likes = {name: dice.uniform(0.45, 0.95) for name in year.people}
    planned = []
    day, number = date(2026, 11, 11), 1
    while day > date(2025, 10, 20):
        planned.append((datetime(day.year, day.month, day.day, 15), PLAN["titles"][number % 3], "study"))
        day, number = day - timedelta(days=14), number + 1
    months = [(2025, month) for month in (11, 12)] + [(2026, month) for month in range(1, 12)]
    planned += [(datetime(y, m, 6 if m != 2 else 13, 9), "书法班", "activity") for y, m in months]
    planned += [
        (datetime(2026, 10, 18, 8, 30), "重阳节参观", "activity"), (datetime(2026, 4, 3, 9), "春游", "activity"),
        (datetime(2026, 11, 13, 14), "支部党员大会", "study"), (datetime(2026, 11, 20, 14), "组织生活会", "study"),
        (datetime(2026, 7, 1, 9), "七一座谈会", "study"),
    ]  # fmt: skip
    for start, title, kind in sorted(planned):
        session = sessions.add_session(db, year.branch, title, start, kind=kind, place="活动室", state="held")
        _log(db, year, start, "session_held", f"开了{title}", None, log.About("session", session))
        for name, key in year.people.items():
            state = (
                "attended"
                if dice.random() < likes[name]
                else dice.choice(("excused", "excused", "home_study", "unexplained", "unexplained"))
            )
            if name in NEVER_COMES:
                state = "home_study" if name == "郑天福" else "unexplained"
            if name in ALWAYS_COMES:
                state = "attended"
            attendances.record(db, session, key, state, start)
            if state == "excused":
                _log(db, year, start - timedelta(days=1), "leave_unreasoned", f"{name}请假：{title}", name)


def _coming(db: Database, year: Year, dice: random.Random) -> None:
    names = list(year.people)
    for start, title, kind, capacity, count in (
        (datetime(2026, 11, 25, 15), "党课", "study", 30, 18),
        (datetime(2026, 11, 27, 9), "参观革命纪念馆", "activity", 15, 17),
        (datetime(2026, 12, 2, 15), "集体学习", "study", 40, 0),
    ):
        key = sessions.add_session(db, year.branch, title, start, kind=kind, place="活动室", capacity=capacity)
        session = sessions.session(db, year.branch, key)
        assert session is not None
        for number, name in enumerate(dice.sample(names, count)):
            at = NOW - timedelta(days=5, minutes=-number)
            registrations.register(db, session, year.people[name], year.people[name], at)
            _log(db, year, at, "registered", f"{name}报名：{title}", name, log.About("session", key))
            if number in (4, 9):
                registrations.cancel(db, key, year.people[name], at + timedelta(hours=1))


def _dues(db: Database, year: Year, dice: random.Random) -> None:
    """Nearly all of the past quarters are verified; of this one some is claimed and some is open."""
    secretary = year.people["李卫民"]
    for quarter in dues.quarters("2025Q4", "2026Q4"):
        first = datetime(int(quarter[:4]), int(quarter[-1]) * 3 - 2, 8, 10)
        for number, (name, key) in enumerate(list(year.people.items())[2:]):
            owed = db.execute("SELECT dues_fen FROM member WHERE id = ?", [key]).fetchone()[0]
            at = min(first + timedelta(days=dice.randint(0, 40), minutes=number), NOW - timedelta(days=1))
            if name in BEHIND and quarter >= "2026Q2":
                continue
            if quarter == "2026Q4" and number % 5 == 2:
                continue
            paid = owed + (
                1000 if (quarter, number) == ("2026Q4", 8) else -1000 if (quarter, number) == ("2026Q4", 9) else 0
            )
            if quarter == "2026Q4" and number % 7 == 3:
                dues.claim(db, key, quarter, paid, at)
            else:
                dues.verify_payment(db, key, quarter, paid, secretary, at)
            row = db.execute("SELECT id FROM dues WHERE member_id = ? AND quarter = ?", [key, quarter]).fetchone()[0]
            _log(db, year, at, "claimed", f"{name}交了{quarter}党费", name, log.About("dues", row))
    for name, state, reason in (
        ("冯麦香", "approved", "药费多"),
        ("李有才", "pending", "儿子失业"),
        ("雷明亮", "pending", "住院花钱"),
    ):
        decided = {"decided_by": secretary, "decided_at": "2026-09-02T10:00:00"} if state != "pending" else {}
        insert(
            db, "application", branch_id=year.branch, member_id=year.people[name], kind="dues_relief", said=reason,
            reason=reason, state=state, at="2026-09-01T09:00:00", **decided,
        )  # fmt: skip


def _care(db: Database, year: Year, dice: random.Random) -> None:
    """Cases through the year, visited and closed but for the last ones."""
    names = [name for name in year.people if name not in ("李卫民", "周敏")]
    kinds = [
        ("illness", PLAN["ill"]),
        ("hardship", PLAN["hard"]),
        ("emergency", PLAN["sudden"]),
        ("bereavement", PLAN["grief"]),
    ]
    at = datetime(2025, 11, 28, 10)
    while at < datetime(2026, 11, 1):
        trigger, said = dice.choices(kinds, (6, 3, 1, 1))[0]
        case = _report(db, year, dice.choice(names), trigger, dice.choice(said), at)
        _go(db, year, case, at + timedelta(days=dice.randint(1, 4)), dice, close=True)
        at += timedelta(days=dice.randint(6, 13), hours=dice.randint(-2, 4))
    at = datetime(2026, 1, 28, 9)
    for name in ("郑天福", "陈依妹", "陈伯钦", "郗淑媖"):
        case = _report(db, year, name, "holiday", "春节慰问", at)
        _go(db, year, case, at + timedelta(days=2), dice, close=True)
    last = (
        ("于洪英", "illness", "摔断了胯骨在医院", 2, 0, True), ("张建国", "illness", "做白内障手术", 9, 1, False),
        ("孙守业", "illness", "肺炎住院", 4, 1, False), ("姜桂芝", "emergency", "在家摔倒起不来", 1, 1, False),
        ("冯麦香", "hardship", "家里漏水没人修", 12, 0, False), ("厍怀仁", "hardship", "没人送饭", 6, 1, True),
        ("林国栋", "illness", "心脏不舒服住院", 0, 0, False),
    )  # fmt: skip
    for name, trigger, said, days, taken, been in last:
        case = _report(db, year, name, trigger, said, NOW - timedelta(days=days, hours=2))
        if taken:
            care.acknowledge(db, case, year.people["周敏"], NOW - timedelta(days=days, hours=1))
        if been:
            _go(db, year, case, NOW - timedelta(days=days - 1, hours=1), dice, close=False)


def _report(db: Database, year: Year, name: str, trigger: str, said: str, at: datetime) -> CareCase:
    case = care.report(
        db, branch_id=year.branch, trigger=trigger, member_id=year.people[name], who=name,
        reporter_id=year.people["林宝珠"], said=f"{name}{said}", place="", recording_id=None, now=at,
        due_at=at + timedelta(days=3),
    ).case  # fmt: skip
    _log(
        db,
        year,
        at,
        "care_reported",
        f"林宝珠报告：{name}，{case.number}号，原话：{said}",
        name,
        log.About("care_case", case.id),
    )
    return case


def _go(db: Database, year: Year, case: CareCase, at: datetime, dice: random.Random, *, close: bool) -> None:
    visitor = dice.choice(("李卫民", "周敏", "叶金水"))
    gift = 50000 if case.trigger in ("holiday", "bereavement") else None
    visits.record(db, case, year.people[visitor], at, notes=dice.choice(PLAN["notes"]), gift_fen=gift)
    if close:
        db.execute("UPDATE care_case SET state = 'closed', closed_at = ? WHERE id = ?", [at.isoformat(), case.id])
    _log(db, year, at, "care_visited", f"{visitor}看望{case.who}", case.who, log.About("care_case", case.id))


def _log(
    db: Database, year: Year, at: datetime, kind: str, sentence: str, who: str | None, about: log.About | None = None
) -> None:
    member = year.people[who] if who else None
    log.append(
        db, branch_id=year.branch, at=at, kind=kind, sentence=sentence, actor_id=member, member_id=member,
        channel="cli", about=about,
    )  # fmt: skip
