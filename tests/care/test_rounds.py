"""Holiday rounds: before each festival one visit for each of the group, once; who is left is one question away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import cnlunar
import pysqlite3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from bot.clock import DueWorker
from dialogs.care.festivals import UnknownFestival, next_day, next_own_day
from dialogs.duty import load_duties
from dialogs.hours import several
from storage import care, due, log, members, own_days, round_groups, rounds, visits
from storage.database import memory_database
from storage.members import Member
from storage.own_days import OwnDay
from storage.profiles import load_profile, profile_names
from tests.bot.conftest import Office

TEN_YEARS = range(2026, 2036)
START = datetime(2026, 11, 22, 7, 0)


class Branch:
    """A branch of five, with a clock that the test sets and the real duties."""

    def __init__(self, profile: str = "wuxi") -> None:
        self.db: Database = memory_database()
        self.now = START
        self.id = members.add_branch(self.db, "春晖支部", profile, START)
        for name, particulars in PEOPLE.items():
            members.add_member(self.db, self.id, name, START, **particulars)  # type: ignore[arg-type]
        self.worker = DueWorker(self.db, load_duties(), lambda: self.now, lambda: None)

    def go_to(self, moment: datetime) -> None:
        """Let the days pass as they do: the worker looks each morning."""
        while self.now.date() < moment.date():
            self.now = min(moment, datetime.combine(self.now.date() + timedelta(days=1), datetime.min.time()))
            self.worker.fire_due()
            self.now = min(moment, self.now.replace(hour=12))
            self.worker.fire_due()
        self.now = moment
        self.worker.fire_due()

    def person(self, name: str) -> Member:
        return members.named(self.db, self.id, name)[0]

    def tasks(self, festival: str) -> list[str]:
        found = self.db.execute(
            "SELECT name FROM round_case JOIN round ON round.id = round_id JOIN member ON member.id = member_id "
            "WHERE festival = ? ORDER BY member.id",
            [festival],
        )
        return [str(row[0]) for row in found.fetchall()]

    def logged(self, kind: str) -> list[str]:
        return [entry.sentence or "" for entry in log.entries(self.db, self.id) if entry.kind == kind]


PEOPLE: dict[str, dict[str, str | int]] = {
    "李卫民": {"role": "secretary", "title": "书记", "rung": 1, "birth_year": 1951},
    "王桂兰": {"birth_year": 1945},
    "张建国": {"birth_year": 1950},
    "刘德福": {"birth_year": 1960, "frail": 1},
    "陈玉珍": {"birth_year": 1955},
}


@pytest.fixture
def branch() -> Branch:
    return Branch()


# The calendar


def moon_days(year: int, month: int, day: int) -> Iterator[date]:
    """The days of a calendar year that the second library says to be this day of the moon's year."""
    each = date(year, 1, 1)
    while each.year == year:
        other = cnlunar.Lunar(datetime.combine(each, datetime.min.time()).replace(hour=12))
        if (other.lunarMonth, other.lunarDay, other.isLunarLeapMonth) == (month, day, False):
            yield each
        each += timedelta(days=1)


@pytest.mark.parametrize("year", TEN_YEARS)
def test_ten_years_of_lunar_festivals_are_as_a_second_library_has_them(year: int) -> None:
    for name, month, day in (("春节", 1, 1), ("中秋", 8, 15), ("重阳", 9, 9), ("老年节", 9, 9)):
        assert [next_day(name, date(year, 1, 1))] == list(moon_days(year, month, day)), name


@pytest.mark.parametrize(("name", "month", "day"), [("元旦", 1, 1), ("七一", 7, 1), ("国庆", 10, 1)])
def test_festivals_of_the_sun_are_on_their_day(name: str, month: int, day: int) -> None:
    for year in TEN_YEARS:
        assert next_day(name, date(year, month, day)) == date(year, month, day), "the day itself is not over"
        assert next_day(name, date(year, month, day) + timedelta(1)) == date(year + 1, month, day)


@pytest.mark.parametrize("key", profile_names())
def test_the_calendar_knows_every_festival_of_every_profile(key: str) -> None:
    profile = load_profile(key)
    more = several(profile, "rounds.more_festivals") if "rounds.more_festivals" in profile.rules else ()
    named = {next_day(name, date(2026, 1, 1)) for name in (*several(profile, "rounds.festivals"), *more)}
    assert len(named) == 6, "元旦, 春节, 七一, 中秋, 国庆, 重阳 or 老年节"
    assert set(several(profile, "rounds.target")) <= set(round_groups.GROUPS)
    assert set(several(profile, "rounds.own_days")) <= set(own_days.KINDS)


def test_an_unknown_festival_is_named() -> None:
    with pytest.raises(UnknownFestival, match="双十二节"):
        next_day("双十二节", date(2026, 1, 1))


@pytest.mark.parametrize("year", TEN_YEARS)
def test_a_lunar_birthday_is_as_a_second_library_has_it(year: int) -> None:
    own = OwnDay(1, "王桂兰", "birthday", 8, 20, 1, 1945)
    assert [next_own_day(own, date(year, 1, 1))] == list(moon_days(year, 8, 20))


def test_days_that_some_years_do_not_have() -> None:
    leap = OwnDay(1, "王桂兰", "birthday", 2, 29, 0, 1944)
    assert next_own_day(leap, date(2027, 1, 1)) == date(2027, 2, 28)
    assert next_own_day(leap, date(2028, 1, 1)) == date(2028, 2, 29)
    last = OwnDay(1, "王桂兰", "birthday", 12, 30, 1, None)
    eve = next_own_day(last, date(2027, 1, 1))
    assert eve == next_day("春节", date(2027, 1, 1)) - timedelta(days=1), "the last day of the moon's year"


@given(
    st.integers(1, 12), st.integers(1, 31), st.booleans(), st.dates(date(2026, 1, 1), date(2035, 12, 31))
)  # fmt: skip
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_own_day_comes_within_thirteen_months(month: int, day: int, lunar: bool, today: date) -> None:
    coming = next_own_day(OwnDay(1, "王桂兰", "birthday", month, day, int(lunar), None), today)
    assert coming is not None
    assert today <= coming <= today + timedelta(days=400)


# The rounds


def test_before_new_year_everybody_of_the_group_is_on_the_list_once(branch: Branch) -> None:
    branch.go_to(datetime(2026, 12, 16, 12, 0))
    assert branch.tasks("元旦") == []
    branch.go_to(datetime(2026, 12, 17, 12, 0))
    assert branch.tasks("元旦") == ["王桂兰", "张建国", "刘德福", "陈玉珍"], "the secretary goes himself"
    branch.go_to(datetime(2026, 12, 25, 12, 0))
    assert branch.tasks("元旦") == ["王桂兰", "张建国", "刘德福", "陈玉珍"]
    assert len(branch.logged("round_opened")) == 1
    told = branch.db.execute("SELECT count(*) FROM outbox WHERE text LIKE '%元旦%走访名单%'").fetchone()[0]
    assert told == 1


def test_a_year_has_its_six_rounds_and_no_more(branch: Branch) -> None:
    branch.go_to(datetime(2027, 11, 21, 12, 0))
    held = branch.db.execute("SELECT festival, day FROM round ORDER BY day").fetchall()
    assert [tuple(row) for row in held] == [
        ("元旦", "2027-01-01"), ("春节", "2027-02-06"), ("七一", "2027-07-01"), ("中秋", "2027-09-15"),
        ("国庆", "2027-10-01"), ("重阳", "2027-10-08"),
    ]  # fmt: skip
    assert all(len(branch.tasks(festival)) == 4 for festival, _ in held)


def test_whom_a_round_is_for_stands_in_the_profile() -> None:
    branch = Branch("fuzhou")
    care.report(
        branch.db, branch_id=branch.id, trigger="hardship", member_id=branch.person("陈玉珍").id, who="陈玉珍",
        reporter_id=branch.person("王桂兰").id, said="家里困难", place="", recording_id=None, now=START, due_at=START,
    )  # fmt: skip
    branch.go_to(datetime(2026, 12, 20, 12, 0))
    assert branch.tasks("元旦") == ["王桂兰", "刘德福", "陈玉珍"], "over eighty, frail, in need; not 张建国"


def test_a_frail_member_who_joins_late_is_put_on_the_open_list() -> None:
    branch = Branch("fuzhou")
    branch.go_to(datetime(2026, 12, 20, 12, 0))
    members.add_member(branch.db, branch.id, "孙守业", branch.now, frail=1)
    branch.go_to(datetime(2026, 12, 21, 12, 0))
    assert branch.tasks("元旦") == ["王桂兰", "刘德福", "孙守业"]
    assert len(branch.logged("round_joined")) == 1


def test_the_visit_closes_the_task_and_who_is_left_is_counted(branch: Branch) -> None:
    branch.go_to(datetime(2026, 12, 20, 12, 0))
    case = next(each for each in care.open_cases(branch.db, branch.id) if each.who == "王桂兰")
    visits.record(branch.db, case, branch.person("李卫民").id, branch.now, gift_fen=20000)
    [progress] = rounds.progress(branch.db, branch.id, branch.now.date())
    assert (progress.festival, progress.wanted, progress.unvisited) == ("元旦", 4, 3)


def test_two_festivals_in_the_same_days_are_one_visit(branch: Branch) -> None:
    branch.now = datetime(2027, 9, 1, 7, 0)
    branch.go_to(datetime(2027, 9, 25, 12, 0))
    assert branch.tasks("中秋") == branch.tasks("国庆")
    open_now = branch.db.execute("SELECT count(*) FROM care_case WHERE trigger = 'holiday'").fetchone()[0]
    assert open_now == 4, "中秋 on 15 September and 国庆 are one open case a member"


def test_a_festival_long_past_is_closed_with_that_reason(branch: Branch) -> None:
    branch.go_to(datetime(2027, 1, 10, 12, 0))
    assert len(care.open_cases(branch.db, branch.id)) == 4, "still on the list, overdue"
    branch.go_to(datetime(2027, 1, 18, 12, 0))
    closed = branch.db.execute("SELECT DISTINCT state, close_reason FROM care_case").fetchall()
    assert [tuple(row) for row in closed] == [("closed", "元旦已经过了，没有走访记录")]
    assert len(branch.logged("round_passed")) == 4


def test_own_days_are_a_task_for_that_member_alone(branch: Branch) -> None:
    own_days.set_day(branch.db, branch.person("王桂兰").id, "birthday", 11, 28, year=1945)
    own_days.set_day(branch.db, branch.person("张建国").id, "party_birthday", 12, 1, year=1972)
    branch.go_to(datetime(2026, 11, 24, 12, 0))
    assert branch.tasks("birthday") == []
    branch.go_to(datetime(2026, 11, 28, 12, 0))
    assert branch.tasks("birthday") == ["王桂兰"]
    assert branch.tasks("party_birthday") == ["张建国"]


def test_a_server_that_slept_through_the_opening_opens_once_and_late(branch: Branch) -> None:
    branch.go_to(datetime(2026, 12, 10, 12, 0))
    branch.now = datetime(2026, 12, 28, 15, 0)
    branch.worker.fire_due()
    assert len(branch.tasks("元旦")) == 4
    assert len(branch.logged("round_opened")) == 1
    late = branch.db.execute("SELECT due_at FROM due WHERE kind = 'holiday_round' AND late = 1 ORDER BY due_at")
    assert [row[0] for row in late.fetchall()][-1] == "2026-12-28T08:00:00"


def test_no_alarm_is_raised_for_a_holiday(branch: Branch) -> None:
    branch.go_to(datetime(2026, 12, 20, 12, 0))
    assert branch.db.execute("SELECT count(*) FROM outbox WHERE lane = 'alert'").fetchone()[0] == 0
    assert care.reporters(branch.db, 1) == []


def test_who_is_still_unvisited_is_one_question_away(office: Office) -> None:
    office.clock[0] = datetime(2026, 12, 20, 9, 0)
    office.app.due.fire_due()
    office.say("李卫民", "张建国看过了，送了三百")
    answer = office.say("李卫民", "谁还没走访")
    assert answer.table is not None
    left = {str(row[1]) for row in answer.table.rows if "节日看望" in row}
    assert len(left) == 9
    assert "张建国" not in left
    assert office.rows("SELECT state, gift_fen FROM care_case JOIN visit ON visit.case_id = care_case.id") == [
        ("closed", 30000)
    ]


def test_a_holiday_visit_told_by_mistake_is_on_the_list_again(office: Office) -> None:
    office.clock[0] = datetime(2026, 12, 20, 9, 0)
    office.app.due.fire_due()
    office.say("李卫民", "张建国看过了")
    office.say("李卫民", "不对")
    assert office.rows("SELECT state FROM care_case WHERE who = '张建国'") == [("acknowledged",)]


# Whatever the clock does


@given(st.lists(st.integers(-40, 60), min_size=1, max_size=8))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_the_clock_does_nobody_is_twice_in_a_round_and_a_row_always_waits(jumps: list[int]) -> None:
    branch = Branch()
    for days in jumps:
        branch.now = max(START, branch.now + timedelta(days=days, hours=5))
        branch.worker.fire_due()
    twice = branch.db.execute(
        "SELECT festival, day, member_id FROM round_case JOIN round ON round.id = round_id "
        "GROUP BY 1, 2, 3 HAVING count(*) > 1"
    ).fetchall()
    assert twice == []
    assert due.waiting(branch.db, kind="holiday_round") is not None
    per_day = branch.db.execute("SELECT max(n) FROM (SELECT count(*) AS n FROM round GROUP BY festival, day)")
    assert (per_day.fetchone()[0] or 1) == 1


def test_the_table_itself_refuses_a_second_task(branch: Branch) -> None:
    branch.go_to(datetime(2026, 12, 20, 12, 0))
    row = branch.db.execute("SELECT round_id, member_id, case_id FROM round_case LIMIT 1").fetchone()
    with pytest.raises(pysqlite3.IntegrityError, match="UNIQUE"):
        branch.db.execute("INSERT INTO round_case VALUES (?, ?, ?)", list(row))
