"""One function a sheet of the work book. Every query names the branch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage import dues as dues_book
from storage.dues import Dues
from storage.export.period import Period
from storage.spreadsheet import Cell, Sheet


@dataclass(frozen=True)
class Scope:
    """What a sheet is made from."""

    db: Database
    """The branch's books; may be a connection that cannot write."""
    branch_id: int
    """Whose."""
    period: Period
    """Of when."""
    today: datetime
    """When it is made: what is still to come is not yet owed."""
    words: Mapping[str, Mapping[str, str | list[str]]]
    """What stands in the sheets."""

    @property
    def values(self) -> dict[str, int | str]:
        """The values that every query may name."""
        start, end = (each.isoformat(timespec="minutes") for each in (self.period.start, self.period.end))
        return {"branch": self.branch_id, "start": start, "end": end}

    def rows(self, sql: str) -> list[tuple[Cell, ...]]:
        """The rows of a query."""
        return [tuple(row) for row in self.db.execute(sql, self.values).fetchall()]

    def say(self, value: Cell) -> str:
        """A value of the books as people read it; empty for none."""
        return str(self.words["values"].get(str(value), value)) if value is not None else ""

    def sheet(self, name: str, rows: Sequence[Sequence[Cell]], more: Sequence[str] = ()) -> Sheet:
        """The sheet with its name and columns from the words."""
        header = (*self.words["headers"][name], *more)
        return Sheet(str(self.words["sheets"][name]), header, tuple(tuple(row) for row in rows))


def members(scope: Scope) -> Sheet:
    """Everybody of the branch with their office."""
    found = scope.rows(
        "SELECT name, gender, birth_year, phone, address, (SELECT group_concat(title, '、') FROM role "
        "WHERE member_id = member.id AND title <> '' AND valid_to IS NULL), frail, dues_fen FROM member "
        "WHERE branch_id = :branch AND left_at IS NULL ORDER BY id"
    )
    lines = [
        (number, *row[:6], scope.say("frail") if row[6] else "", yuan(row[7]))
        for number, row in enumerate(found, start=1)
    ]
    return scope.sheet("members", lines)


def sessions(scope: Scope) -> Sheet:
    """What was held or planned, and how many came."""
    counts = ", ".join(
        f"(SELECT count(*) FROM attendance WHERE session_id = session.id AND state = '{state}')"
        for state in ("attended", "excused", "home_study", "unexplained")
    )
    found = scope.rows(
        f"SELECT starts_at, title, kind, place, {counts}, (SELECT count(*) FROM registration "
        "WHERE session_id = session.id AND state = 'registered') FROM session WHERE branch_id = :branch "
        "AND state <> 'cancelled' AND starts_at >= :start AND starts_at < :end ORDER BY starts_at"
    )
    return scope.sheet("sessions", [(moment(row[0]), row[1], scope.say(row[2]), *row[3:]) for row in found])


def attendance(scope: Scope) -> Sheet:
    """Everybody by every session: 到, 假, 学, 缺."""
    held = scope.rows(
        "SELECT DISTINCT session.id, starts_at FROM session JOIN attendance ON session_id = session.id "
        "WHERE branch_id = :branch AND starts_at >= :start AND starts_at < :end ORDER BY starts_at"
    )
    marks = {
        (row[0], row[1]): row[2]
        for row in scope.rows(
            "SELECT member_id, session_id, attendance.state FROM attendance JOIN session ON session.id = session_id "
            "WHERE branch_id = :branch AND starts_at >= :start AND starts_at < :end"
        )
    }
    people = scope.rows("SELECT id, name FROM member WHERE branch_id = :branch AND left_at IS NULL ORDER BY id")
    lines = [(name, *(scope.say(marks.get((key, session))) for session, _ in held)) for key, name in people]
    return scope.sheet("attendance", lines, [str(day)[5:10] for _, day in held])


def visits(scope: Scope) -> Sheet:
    """Every case of the period and who went when; a case that nobody has visited stands there too."""
    found = scope.rows(
        "SELECT number, who, trigger, reported_at, due_at, visit.at, member.name, gift_fen, notes FROM care_case "
        "LEFT JOIN visit ON case_id = care_case.id LEFT JOIN member ON member.id = visitor_id "
        "WHERE care_case.branch_id = :branch AND (reported_at >= :start AND reported_at < :end "
        "OR visit.at >= :start AND visit.at < :end) ORDER BY number, visit.at"
    )
    lines = [
        (row[0], row[1], scope.say(row[2]), *(moment(each) for each in row[3:6]), row[6], yuan(row[7]), row[8])
        for row in found
    ]
    return scope.sheet("visits", lines)


def dues(scope: Scope) -> Sheet:
    """Everybody's dues of the quarters the period touches, with their sums."""
    found = owed(scope)
    lines: list[tuple[Cell, ...]] = [
        (each.name, each.quarter, yuan(each.due_fen), yuan(each.paid_fen), scope.say(each.state)) for each in found
    ]
    due, paid = sum(each.due_fen or 0 for each in found), sum(each.paid_fen or 0 for each in found)
    return scope.sheet("dues", [*lines, (scope.say("total"), "", yuan(due), yuan(paid), "")])


def owed(scope: Scope) -> list[Dues]:
    """The dues the books know of: from the quarter in which a member was entered to the one it is today."""
    today = dues_book.quarter_of(scope.today)
    found = [
        each
        for quarter in scope.period.quarters
        if quarter <= today
        for each in dues_book.of_quarter(scope.db, scope.branch_id, quarter)
    ]
    return [each for each in found if each.state != "open" or (each.due_fen and each.quarter >= _since(scope, each))]


def _since(scope: Scope, each: Dues) -> str:
    return dues_book.since(scope.db, each.member_id)


def suggestions(scope: Scope) -> Sheet:
    """What members suggested, word for word, and what became of it."""
    found = scope.rows(
        "SELECT at, name, said, state, answer FROM suggestion JOIN member ON member.id = member_id "
        "WHERE suggestion.branch_id = :branch AND at >= :start AND at < :end ORDER BY at"
    )
    return scope.sheet("suggestions", [(moment(row[0]), *row[1:3], scope.say(row[3]), row[4]) for row in found])


def talents(scope: Scope) -> Sheet:
    """The register of talents as it stands at the end of the period."""
    found = scope.rows(
        "SELECT name, skill, since FROM talent JOIN member ON member.id = member_id "
        "WHERE branch_id = :branch AND left_at IS NULL AND since < :end ORDER BY name, skill"
    )
    return scope.sheet("talents", [(row[0], row[1], str(row[2])[:10]) for row in found])


def yuan(fen: Cell) -> Cell:
    """Fen as yuan, whole where it is whole; empty for none."""
    if not isinstance(fen, int):
        return None
    return fen // 100 if fen % 100 == 0 else fen / 100


def moment(stamp: Cell) -> str:
    """2026-11-25 09:30; empty for none."""
    return str(stamp)[:16].replace("T", " ") if stamp else ""
