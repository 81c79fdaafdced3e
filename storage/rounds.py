"""Holiday rounds: before each festival one visit for each member of the profile's group.

A visit of a round is a care case of the trigger `holiday`, so whatever shows and records cases serves the rounds too. A
member has one open holiday case at most: two festivals in the same days are one visit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from storage.database import insert, one, rows
from storage.members import Member
from storage.tables_care import OPEN


@dataclass(frozen=True)
class Round:
    """One festival of one year, in one branch."""

    id: int
    """Key."""
    branch_id: int
    """The branch."""
    festival: str
    """Its name in the profile (春节), or the kind of an own day."""
    day: str
    """ISO date."""


@dataclass(frozen=True)
class Progress:
    """How far a round is."""

    festival: str
    """As in Round."""
    day: str
    """ISO date."""
    wanted: int
    """Members to be visited."""
    unvisited: int
    """Of these, whom nobody has visited yet."""


def open_round(db: Database, branch_id: int, festival: str, day: date, now: datetime) -> tuple[Round, bool]:
    """The round of this festival and day; True where it was not there yet."""
    written = db.execute(
        "INSERT INTO round (branch_id, festival, day, opened_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [branch_id, festival, day.isoformat(), now.isoformat(timespec="seconds")],
    ).rowcount
    found = one(
        db,
        Round,
        "SELECT id, branch_id, festival, day FROM round WHERE branch_id = ? AND festival = ? AND day = ?",
        [branch_id, festival, day.isoformat()],
    )
    if found is None:
        raise LookupError(f"the round {festival} {day} of branch {branch_id} was not written")
    return found, bool(written)


def include(db: Database, round_: Round, person: Member, due_at: datetime, now: datetime) -> int | None:
    """Put somebody on the round's list, once; returns the key of their case, None where they are on it already."""
    listed = db.execute("SELECT 1 FROM round_case WHERE round_id = ? AND member_id = ?", [round_.id, person.id])
    if listed.fetchone():
        return None
    case_id = _open_holiday_case(db, person) or _new_case(db, person, due_at, now)
    insert(db, "round_case", round_id=round_.id, member_id=person.id, case_id=case_id)
    return case_id


def passed(db: Database, branch_id: int, before: date) -> list[tuple[int, str]]:
    """Open holiday cases of which every festival was before this day: (case, the last festival)."""
    found = db.execute(
        "SELECT case_id, festival, max(day) FROM round_case JOIN round ON round.id = round_id "
        f"JOIN care_case ON care_case.id = case_id WHERE round.branch_id = ? AND {OPEN} "
        "GROUP BY case_id HAVING max(day) < ? ORDER BY case_id",
        [branch_id, before.isoformat()],
    )
    return [(int(row[0]), str(row[1])) for row in found.fetchall()]


def progress(db: Database, branch_id: int, since: date) -> list[Progress]:
    """The rounds of festivals from this day on, soonest first."""
    return rows(
        db,
        Progress,
        "SELECT festival, day, count(*) AS wanted, sum(NOT EXISTS (SELECT 1 FROM visit "
        "WHERE case_id = round_case.case_id AND outcome <> 'not_met')) AS unvisited "
        "FROM round JOIN round_case ON round_id = round.id WHERE branch_id = ? AND day >= ? "
        "GROUP BY round.id ORDER BY day, round.id",
        [branch_id, since.isoformat()],
    )


def festivals_of_case(db: Database, case_id: int) -> list[Round]:
    """For which festivals a holiday case is, soonest first."""
    return rows(
        db,
        Round,
        "SELECT id, branch_id, festival, day FROM round JOIN round_case ON round_id = round.id WHERE case_id = ? "
        "ORDER BY day",
        [case_id],
    )


def _open_holiday_case(db: Database, person: Member) -> int | None:
    found = db.execute(
        f"SELECT id FROM care_case WHERE branch_id = ? AND member_id = ? AND trigger = 'holiday' AND {OPEN}",
        [person.branch_id, person.id],
    ).fetchone()
    return int(found[0]) if found else None


def _new_case(db: Database, person: Member, due_at: datetime, now: datetime) -> int:
    """A case that nobody reported: it is on the list, and no ladder is climbed for it."""
    stamp = now.isoformat(timespec="seconds")
    number = db.execute("SELECT coalesce(max(number), 0) + 1 FROM care_case WHERE branch_id = ?", [person.branch_id])
    return insert(
        db,
        "care_case",
        branch_id=person.branch_id,
        number=int(number.fetchone()[0]),
        trigger="holiday",
        member_id=person.id,
        who=person.name,
        state="told",
        reported_at=stamp,
        asked_at=stamp,
        due_at=due_at.isoformat(timespec="seconds"),
    )
