"""Who reported somebody in need, and in which words: each report opens a case or joins the one that is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from storage.care.case import CareCase, open_case_of, the_case
from storage.care.taking import ask_anew
from storage.database import insert, rows

ReporterKind = Literal["self", "member", "family", "secretary"]
MOST_URGENT = 3
"""An emergency; 1 is ordinary, 2 was reported again."""


@dataclass(frozen=True)
class Opened:
    """What a report did."""

    case: CareCase
    """The case as it now stands."""
    new: bool
    """False when the report was added to a case that was open already."""


@dataclass(frozen=True)
class Report:
    """One report of a case."""

    id: int
    """Key."""
    reporter_id: int
    """Who reported."""
    reporter: str
    """Their name."""
    reporter_kind: ReporterKind
    """As what: the person themselves, another member, the family, or an officer."""
    said: str
    """In which words."""
    recording_id: int | None
    """The voice message."""
    at: str
    """ISO local."""


def report(
    db: Database,
    *,
    branch_id: int,
    trigger: str,
    member_id: int | None,
    who: str,
    reporter_id: int,
    said: str,
    place: str,
    recording_id: int | None,
    now: datetime,
    due_at: datetime,
    reporter_kind: ReporterKind = "member",
) -> Opened:
    """Open a case, or add the report to the person's open case of the same trigger, which becomes more urgent."""
    standing = open_case_of(db, branch_id, trigger, member_id)
    stamp, due = now.isoformat(timespec="seconds"), due_at.isoformat(timespec="seconds")
    if standing is None:
        case_id = insert(
            db,
            "care_case",
            branch_id=branch_id,
            number=_next_number(db, branch_id),
            trigger=trigger,
            member_id=member_id,
            who=who,
            urgency=MOST_URGENT if trigger == "emergency" else 1,
            place=place,
            reported_at=stamp,
            asked_at=stamp,
            due_at=due,
        )
    else:
        case_id = standing.id
        db.execute(
            "UPDATE care_case SET urgency = min(urgency + 1, ?), place = iif(place = '', ?, place), "
            "due_at = iif(state = 'visited', ?, min(due_at, ?)) WHERE id = ?",
            [MOST_URGENT, place, due, due, case_id],
        )
        if standing.state == "visited":
            ask_anew(db, case_id, now)
    insert(
        db,
        "care_report",
        case_id=case_id,
        reporter_id=reporter_id,
        reporter_kind="self" if reporter_id == member_id and reporter_kind == "member" else reporter_kind,
        said=said,
        recording_id=recording_id,
        at=stamp,
    )
    return Opened(the_case(db, branch_id, case_id), standing is None)


def reports(db: Database, case_id: int) -> list[Report]:
    """Every report of a case, first one first."""
    return rows(
        db,
        Report,
        "SELECT care_report.id, reporter_id, name AS reporter, reporter_kind, said, recording_id, at "
        "FROM care_report JOIN member ON member.id = reporter_id WHERE case_id = ? ORDER BY care_report.id",
        [case_id],
    )


def reporters(db: Database, case_id: int) -> list[int]:
    """Everybody who reported this case, first reporter first."""
    return [
        int(row[0])
        for row in db.execute(
            "SELECT reporter_id FROM care_report WHERE case_id = ? GROUP BY reporter_id ORDER BY min(id)",
            [case_id],
        )
    ]


def assign(db: Database, case: CareCase, member_id: int, who: str) -> CareCase:
    """Say who a case is about; a case of that member and trigger that is open already takes the reports over."""
    standing = open_case_of(db, case.branch_id, case.trigger, member_id)
    if standing and standing.id != case.id:
        db.execute("UPDATE care_report SET case_id = ? WHERE case_id = ?", [standing.id, case.id])
        db.execute("UPDATE care_case SET merged_into = ? WHERE id = ?", [standing.id, case.id])
        db.execute("UPDATE care_case SET state = 'closed' WHERE id = ?", [case.id])
        return standing
    db.execute("UPDATE care_case SET member_id = ?, who = ? WHERE id = ?", [member_id, who, case.id])
    return the_case(db, case.branch_id, case.id)


def _next_number(db: Database, branch_id: int) -> int:
    return int(
        db.execute("SELECT coalesce(max(number), 0) + 1 FROM care_case WHERE branch_id = ?", [branch_id]).fetchone()[0]
    )
