"""自查: each rule of the locality against the branch's books. Every story is a small branch of its own."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlite_utils import Database

from storage import attendances, cards, care, dues, log, members, rounds, sessions, themes, visits
from storage.checks import CARING, CHECKS, Finding, check_branch
from storage.checks.finding import load_words
from storage.database import memory_database
from storage.log import About
from storage.profiles import load_profile, profile_names
from storage.questions import reading

NOW = datetime(2026, 11, 22, 9, 30)
FOUNDED = datetime(2025, 10, 1, 9, 0)


class Branch:
    """A branch of five members whose books begin a year ago, beside another that has done everything wrong."""

    def __init__(self, profile: str = "wuxi", founded: datetime = FOUNDED) -> None:
        self.db: Database = memory_database()
        self.profile = profile
        self.key = members.add_branch(self.db, "第一支部", profile, founded)
        self.secretary = members.add_member(
            self.db, self.key, "李卫民", founded, role="secretary", title="书记", rung=1, birth_year=1955
        )
        self.people = [members.add_member(self.db, self.key, name, founded) for name in ("王桂兰", "张建国", "陈玉珍")]
        other = members.add_branch(self.db, "隔壁支部", profile, founded)
        stranger = members.add_member(self.db, other, "赵一", founded)
        self.report("illness", stranger, NOW - timedelta(days=90), branch=other)
        for week in range(5):
            lesson = sessions.add_session(self.db, other, "党课", NOW - timedelta(weeks=week + 1), state="held")
            attendances.record(self.db, lesson, stranger, "unexplained", NOW)

    def find(self, key: str) -> Finding:
        found = check_branch(self.db, self.key, load_profile(self.profile), NOW)
        return next(each for each in found if each.key == key)

    def study(self, day: datetime, title: str = "集体学习", state: str = "held") -> int:
        return sessions.add_session(self.db, self.key, title, day, state=state)  # type: ignore[arg-type]

    def every_month(self, until: int = 11) -> None:
        for month in range(1, until + 1):
            self.study(datetime(2026, month, 3, 9))

    def report(self, trigger: str, who: int, at: datetime, hours: int = 48, branch: int = 0) -> care.CareCase:
        return care.report(
            self.db, branch_id=branch or self.key, trigger=trigger, member_id=who, who="王桂兰", reporter_id=who,
            said="住院了", place="", recording_id=None, now=at, due_at=at + timedelta(hours=hours),
        ).case  # fmt: skip

    def visit(self, case: care.CareCase, at: datetime, outcome: str = "met") -> None:
        visits.record(self.db, case, visitor_id=self.secretary, at=at, outcome=outcome, recorded_by=self.secretary)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", profile_names())
def test_each_finding_says_where_its_rule_stands(name: str) -> None:
    branch = Branch(name)
    profile = load_profile(name)
    found = check_branch(branch.db, branch.key, profile, NOW)
    assert [each.key for each in found if each.key not in profile.rules] == [], "no rule, no check"
    assert len(found) >= 8
    for each in found:
        rule = profile.rules[each.key]
        assert (each.document, each.clause, each.own) == (rule.document, rule.clause, rule.own)
        assert each.said
        assert "{" not in each.said + each.title + each.remedy
        assert (each.state == "met") == (not each.remedy), each.key


def test_every_check_is_of_a_rule_that_some_locality_has_and_has_its_words() -> None:
    rules = {key for name in profile_names() for key in load_profile(name).rules}
    assert set(CHECKS) <= rules
    assert set(CHECKS) == set(load_words()) - {"words", "cues"}


def test_what_is_to_be_done_comes_first_and_health_is_left_out_for_who_does_not_care() -> None:
    branch = Branch()
    profile = load_profile("wuxi")
    states = [each.state for each in check_branch(branch.db, branch.key, profile, NOW)]
    assert states == sorted(states, key=["unmet", "unknown", "met"].index)
    without = {each.key for each in check_branch(branch.db, branch.key, profile, NOW, cares=False)}
    assert not without & CARING


def test_a_check_writes_nothing() -> None:
    branch = Branch()
    with reading(branch.db) as db:
        assert check_branch(db, branch.key, load_profile("wuxi"), NOW)


class TestStudy:
    KEY = "study.sessions_per_month"

    def test_every_month_is_met(self) -> None:
        branch = Branch()
        branch.every_month()
        assert branch.find(self.KEY).state == "met"
        assert "11次" in branch.find(self.KEY).said

    def test_a_month_without_is_named(self) -> None:
        branch = Branch()
        branch.every_month()
        branch.db.execute("DELETE FROM session WHERE starts_at LIKE '2026-04%'")
        found = branch.find(self.KEY)
        assert (found.state, "4月" in found.said, "5月" in found.said) == ("unmet", True, False)

    def test_the_month_that_runs_can_still_be_kept(self) -> None:
        branch = Branch()
        branch.every_month(until=10)
        found = branch.find(self.KEY)
        assert (found.state, found.said) == ("unmet", "11月还没有学习。")
        assert "月底" in found.remedy

    def test_without_a_roll_nobody_knows_whether_it_was_held(self) -> None:
        branch = Branch()
        branch.every_month()
        branch.db.execute("UPDATE session SET state = 'planned' WHERE starts_at LIKE '2026-06%'")
        found = branch.find(self.KEY)
        assert (found.state, "6月" in found.said) == ("unknown", True)

    def test_what_was_before_the_books_is_not_held_against_the_branch(self) -> None:
        branch = Branch(founded=datetime(2026, 8, 1))
        for month in range(8, 12):
            branch.study(datetime(2026, month, 3, 9))
        assert branch.find(self.KEY).state == "unknown"

    def test_an_activity_is_no_study(self) -> None:
        branch = Branch()
        branch.every_month()
        branch.db.execute("UPDATE session SET kind = 'activity' WHERE starts_at LIKE '2026-02%'")
        assert branch.find(self.KEY).state == "unmet"

    def test_the_entries_behind_it_are_named(self) -> None:
        branch = Branch()
        branch.every_month()
        log.append(branch.db, branch_id=branch.key, at=NOW, kind="roll", sentence="点名", about=About("session", 8))
        assert branch.find(self.KEY).entries == (1,)

    def test_a_visit_is_known_by_its_title(self) -> None:
        branch = Branch()
        assert branch.find("study.visits_per_year").state == "unmet"
        branch.study(NOW - timedelta(days=40), "参观新农村")
        assert branch.find("study.visits_per_year").state == "met"

    def test_themes_of_the_year(self) -> None:
        branch = Branch("jiayuguan")
        assert branch.find("theme.fixed_months").state == "unknown"
        wanted = load_profile("jiayuguan").rules["theme.fixed_months"].value
        assert isinstance(wanted, tuple)
        for month, theme in enumerate(wanted[1:], start=1):
            themes.set_theme(branch.db, branch.key, f"2026-{month:02}", theme)
        found = branch.find("theme.fixed_months")
        assert (found.state, wanted[0] in found.said, wanted[1] in found.said) == ("unmet", True, False)


class TestAbsence:
    KEY = "attendance.unexplained_in_a_row"

    @pytest.mark.parametrize(
        ("marks", "frail", "state"),
        [
            (("unexplained", "unexplained", "unexplained"), 0, "unmet"),
            (("unexplained", "unexplained", "excused"), 0, "met"),
            (("attended", "unexplained", "unexplained"), 0, "met"),
            (("unexplained", "unexplained", "unexplained"), 1, "met"),
        ],
        ids=["three times", "with leave once", "came once", "frail"],
    )
    def test_who_was_missed(self, marks: tuple[str, ...], frail: int, state: str) -> None:
        branch = Branch()
        branch.db.execute("UPDATE member SET frail = ? WHERE id = ?", [frail, branch.people[0]])
        for number, mark in enumerate(marks):
            lesson = branch.study(NOW - timedelta(weeks=number + 1))
            attendances.record(branch.db, lesson, branch.people[0], mark, NOW)  # type: ignore[arg-type]
            attendances.record(branch.db, lesson, branch.people[1], "attended", NOW)
        assert branch.find(self.KEY).state == state
        assert ("王桂兰" in branch.find(self.KEY).said) == (state == "unmet")

    def test_without_any_roll_it_is_unknown(self) -> None:
        assert Branch().find(self.KEY).state == "unknown"


class TestCare:
    KEY = "care.illness.visit_hours"

    def test_a_visit_in_time(self) -> None:
        branch = Branch()
        case = branch.report("illness", branch.people[0], NOW - timedelta(days=9))
        branch.visit(case, NOW - timedelta(days=8))
        assert branch.find(self.KEY).state == "met"

    @pytest.mark.parametrize("days", [None, 3], ids=["nobody went", "too late"])
    def test_a_visit_that_came_late_or_not_at_all(self, days: int | None) -> None:
        branch = Branch()
        case = branch.report("illness", branch.people[0], NOW - timedelta(days=9))
        if days:
            branch.visit(case, NOW - timedelta(days=9 - days))
        found = branch.find(self.KEY)
        assert (found.state, len(found.lines)) == ("unmet", 1)
        assert "第1号 王桂兰" in found.lines[0]
        assert ("还没去" in found.lines[0]) == (days is None)

    def test_a_visit_in_vain_does_not_count(self) -> None:
        branch = Branch()
        case = branch.report("illness", branch.people[0], NOW - timedelta(days=9))
        branch.visit(case, NOW - timedelta(days=8), "not_met")
        assert branch.find(self.KEY).state == "unmet"

    def test_what_is_not_yet_due_or_was_a_false_alarm_is_not_held_against_anybody(self) -> None:
        branch = Branch()
        branch.report("illness", branch.people[0], NOW - timedelta(hours=4))
        wrong = branch.report("illness", branch.people[1], NOW - timedelta(days=9))
        care.close(branch.db, wrong, branch.secretary, NOW, reason="说错了", false_alarm=True)
        found = branch.find(self.KEY)
        assert (found.state, "今年1件" in found.said) == ("met", True)

    def test_a_round_before_a_festival(self) -> None:
        branch = Branch()
        assert branch.find("rounds.festivals").state == "unknown"
        day = date(2026, 10, 1)
        opened = datetime(2026, 9, 16, 8)
        round_, _ = rounds.open_round(branch.db, branch.key, "国庆", day, opened)
        cases = []
        for person in branch.people[:2]:
            found = members.member(branch.db, person)
            assert found is not None
            case_id = rounds.include(branch.db, round_, found, datetime(2026, 10, 1), opened)
            cases.append(care.the_case(branch.db, branch.key, case_id or 0))
        branch.visit(cases[0], datetime(2026, 9, 29, 10))
        unvisited = branch.find("rounds.festivals")
        assert (unvisited.state, unvisited.lines) == ("unmet", ("国庆：张建国",))
        branch.visit(cases[1], datetime(2026, 10, 5, 10))
        assert branch.find("rounds.festivals").state == "met"

    def test_what_is_known_of_a_member_grows_old(self) -> None:
        branch = Branch()
        for person in (branch.secretary, *branch.people):
            for part in cards.PARTS:
                cards.write(branch.db, person, part, "在家", branch.secretary, NOW - timedelta(days=10))
        assert branch.find("card.stale_days").state == "met"
        branch.db.execute(
            "UPDATE card SET confirmed_at = '2026-01-01T09:00:00' WHERE member_id = ? AND part = 'needs'",
            [branch.people[2]],
        )
        assert branch.find("card.stale_days").lines == ("陈玉珍",)


class TestDues:
    KEY = "dues.collected_every"

    def test_quarters_that_are_over_are_what_counts(self) -> None:
        branch = Branch()
        assert branch.find(self.KEY).state == "unknown"
        branch.db.execute("UPDATE member SET dues_fen = 3000 WHERE id IN (?, ?)", branch.people[:2])
        for person in branch.people[:2]:
            for quarter in ("2026Q1", "2026Q2", "2026Q3"):
                dues.verify_payment(branch.db, person, quarter, 3000, branch.secretary, NOW)
        found = branch.find(self.KEY)
        assert (found.state, "第4季度还有2位" in found.said) == ("met", True)
        branch.db.execute("DELETE FROM dues WHERE member_id = ? AND quarter = '2026Q2'", [branch.people[1]])
        found = branch.find(self.KEY)
        assert (found.state, found.lines) == ("unmet", ("张建国，第2季度",))


class TestPeople:
    def test_three_are_enough_in_one_place_and_not_in_another(self) -> None:
        assert Branch("wuxi").find("branch.separate_from_members").state == "met"
        assert Branch("fuzhou").find("branch.separate_from_members").state == "unmet"

    def test_a_small_branch_needs_no_committee(self) -> None:
        branch = Branch("jiayuguan")
        found = check_branch(branch.db, branch.key, load_profile("jiayuguan"), NOW)
        assert "branch.committee_from_members" not in {each.key for each in found}
        for number in range(3):
            members.add_member(branch.db, branch.key, f"钱{number}", FOUNDED)
        assert branch.find("branch.committee_from_members").state == "unmet"
        for person in branch.people[:2]:
            branch.db.execute("UPDATE role SET role = 'committee', title = '委员' WHERE member_id = ?", [person])
        assert branch.find("branch.committee_from_members").state == "met"

    @pytest.mark.parametrize(
        ("since", "until", "state"),
        [
            ("2025-10-01", None, "unknown"),
            ("2023-05-10", None, "met"),
            ("2020-05-10", None, "unmet"),
            ("2024-05-10", "2027-05-09", "met"),
            ("2019-05-10", "2027-05-09", "unmet"),
        ],
        ids=["day of entry", "three years", "six years", "a stated term", "a term too long"],
    )
    def test_terms_of_office(self, since: str, until: str | None, state: str) -> None:
        branch = Branch()
        branch.db.execute(
            "UPDATE role SET valid_from = ?, valid_to = ? WHERE member_id = ?", [since, until, branch.secretary]
        )
        assert branch.find("branch.term_years_at_most").state == state

    @pytest.mark.parametrize(("born", "state"), [(1955, "met"), (1950, "unmet"), (None, "unknown")])
    def test_the_secretary_s_age(self, born: int | None, state: str) -> None:
        branch = Branch()
        branch.db.execute("UPDATE member SET birth_year = ? WHERE id = ?", [born, branch.secretary])
        assert branch.find("secretary.age_at_most").state == state

    def test_somebody_in_service_helps(self) -> None:
        branch = Branch()
        assert branch.find("branch.in_service_liaisons").state == "unmet"
        members.add_member(branch.db, branch.key, "周敏", FOUNDED, role="liaison", title="联络员", rung=2)
        found = branch.find("branch.in_service_liaisons")
        assert (found.state, found.said) == ("met", "联络员是周敏。")

    def test_money_the_books_do_not_hold_is_unknown(self) -> None:
        found = Branch("jiayuguan").find("branch.fund_yuan_year")
        assert (found.state, found.clause) == ("unknown", "19")
