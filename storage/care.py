"""Care cases: who was reported in need, by whom, who has taken it. Visits and deliveries have files of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from storage.database import StorageError, insert, one, rows
from storage.tables_care import OPEN

TRIGGERS = ("emergency", "illness", "hardship", "bereavement", "holiday")
ReporterKind = Literal["self", "member", "family", "secretary"]
MOST_URGENT = 3
"""An emergency; 1 is ordinary, 2 was reported again."""
_COLUMNS = (
    "care_case.id, branch_id, number, trigger, member_id, who, urgency, state, place, reported_at, asked_at, step, "
    "due_at, acknowledged_by, acknowledged_at, close_reason"
)


class NoSuchCase(StorageError):
    """The branch has no case with this key."""


class NotVisited(StorageError):
    """A case closes with a visit or with a stated reason, and there is neither."""


@dataclass(frozen=True)
class CareCase:
    """Somebody in need, until a human has been there."""

    id: int
    """Key."""
    branch_id: int
    """The branch."""
    number: int
    """1, 2, 3 … in the branch: the number that people say."""
    trigger: str
    """emergency, illness, hardship, bereavement or holiday."""
    member_id: int | None
    """The member in need; None where it is somebody else (a neighbour)."""
    who: str
    """The name as it was said or as the roster has it."""
    urgency: int
    """1 to 3: a second report raises it, nothing lowers it; an emergency has 3."""
    state: str
    """reported, told, acknowledged, visit_planned, visited, closed or false_alarm."""
    place: str
    """Where, as it was said; empty where not said."""
    reported_at: str
    """ISO local, of the first report."""
    asked_at: str
    """ISO local: since when somebody is wanted who takes it; later than `reported_at` where it was opened anew."""
    step: int
    """Steps of the ladder taken so far."""
    due_at: str
    """ISO local: by then somebody is to have been there."""
    acknowledged_by: int | None
    """Who has taken it."""
    acknowledged_at: str | None
    """When it was taken."""
    close_reason: str
    """Why it was closed without a visit, or as a false alarm; empty where a visit closed it."""

    @property
    def waits(self) -> bool:
        """Whether nobody has taken it yet."""
        return self.state in ("reported", "told")

    @property
    def open(self) -> bool:
        """Whether it still needs somebody."""
        return self.state not in ("closed", "false_alarm")


@dataclass(frozen=True)
class Opened:
    """What a report did."""

    case: CareCase
    """The case as it now stands."""
    new: bool
    """False when the report was added to a case that was open already."""


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
    standing = _open_case(db, branch_id, trigger, member_id)
    stamp, due = _stamp(now), _stamp(due_at)
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


def find_case(db: Database, branch_id: int, case_id: int) -> CareCase | None:
    """The branch's case with this key, or None."""
    return one(
        db,
        CareCase,
        f"SELECT {_COLUMNS} FROM care_case WHERE branch_id = ? AND id = ?",
        [branch_id, case_id],
    )


def the_case(db: Database, branch_id: int, case_id: int) -> CareCase:
    """The branch's case with this key. Raises NoSuchCase."""
    case = find_case(db, branch_id, case_id)
    if case is None:
        raise NoSuchCase(f"branch {branch_id} has no care case {case_id}")
    return case


def open_cases(db: Database, branch_id: int, *, unvisited: bool = False) -> list[CareCase]:
    """The branch's cases that are not closed, most urgent and oldest first; `unvisited` leaves out those visited."""
    return rows(
        db,
        CareCase,
        f"SELECT {_COLUMNS} FROM care_case WHERE branch_id = ? AND {OPEN} AND NOT (? AND state = 'visited') "
        "ORDER BY trigger = 'emergency' DESC, due_at, id",
        [branch_id, unvisited],
    )


def reported_by(db: Database, reporter_id: int) -> list[CareCase]:
    """The open cases about this person, or reported by them, newest first."""
    return rows(
        db,
        CareCase,
        f"SELECT {_COLUMNS} FROM care_case WHERE {OPEN} AND (member_id = ? OR id IN "
        "(SELECT case_id FROM care_report WHERE reporter_id = ?)) ORDER BY id DESC",
        [reporter_id, reporter_id],
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


def told(db: Database, case_id: int) -> None:
    """Note that an alert has reached somebody."""
    db.execute("UPDATE care_case SET state = 'told' WHERE id = ? AND state = 'reported'", [case_id])


def next_step(db: Database, case: CareCase) -> int:
    """Count one more step of the ladder; returns its number, 1 for the first."""
    db.execute("UPDATE care_case SET step = step + 1 WHERE id = ?", [case.id])
    return int(db.execute("SELECT step FROM care_case WHERE id = ?", [case.id]).fetchone()[0])


@dataclass(frozen=True)
class Report:
    """One report of a case."""

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


def reports(db: Database, case_id: int) -> list[Report]:
    """Every report of a case, first one first."""
    return rows(
        db,
        Report,
        "SELECT reporter_id, name AS reporter, reporter_kind, said, recording_id, at "
        "FROM care_report JOIN member ON member.id = reporter_id WHERE case_id = ? ORDER BY care_report.id",
        [case_id],
    )


def acknowledge(db: Database, case: CareCase, officer_id: int, now: datetime) -> bool:
    """Let somebody take the case; False where somebody else already has, or where it is closed."""
    changed = db.execute(
        "UPDATE care_case SET acknowledged_by = ?, acknowledged_at = ?, state = iif(EXISTS "
        "(SELECT 1 FROM visit WHERE case_id = care_case.id AND at IS NULL), 'visit_planned', 'acknowledged') "
        "WHERE id = ? AND branch_id = ? AND state IN ('reported', 'told')",
        [officer_id, _stamp(now), case.id, case.branch_id],
    ).rowcount
    return bool(changed)


def ask_anew(db: Database, case_id: int, now: datetime) -> None:
    """Somebody is wanted again: what was taken or visited was reported once more."""
    db.execute(
        "UPDATE care_case SET state = 'reported', asked_at = ?, acknowledged_by = NULL, acknowledged_at = NULL "
        "WHERE id = ?",
        [_stamp(now), case_id],
    )


def asked_by_now(db: Database, case: CareCase, now: datetime) -> CareCase:
    """The case, asked since now at the latest: where the clock was set back, it was asked in a future that is gone."""
    if datetime.fromisoformat(case.asked_at) <= now:
        return case
    db.execute("UPDATE care_case SET asked_at = ? WHERE id = ?", [_stamp(now), case.id])
    return the_case(db, case.branch_id, case.id)


def assign(db: Database, case: CareCase, member_id: int, who: str) -> CareCase:
    """Say who a case is about; a case of that member and trigger that is open already takes the reports over."""
    standing = _open_case(db, case.branch_id, case.trigger, member_id)
    if standing and standing.id != case.id:
        db.execute("UPDATE care_report SET case_id = ? WHERE case_id = ?", [standing.id, case.id])
        db.execute("UPDATE care_case SET merged_into = ? WHERE id = ?", [standing.id, case.id])
        db.execute("UPDATE care_case SET state = 'closed' WHERE id = ?", [case.id])
        return standing
    db.execute("UPDATE care_case SET member_id = ?, who = ? WHERE id = ?", [member_id, who, case.id])
    return the_case(db, case.branch_id, case.id)


def close(
    db: Database, case: CareCase, by: int | None, now: datetime, *, reason: str = "", false_alarm: bool = False
) -> None:
    """Close a case that was visited, or say why it is closed without. Raises NotVisited where neither is so.

    `by` is None where nobody did, because its time was over (a festival long past).

    A false alarm is closed with its reason and changes nothing for the next report: it lowers nobody's priority.
    """
    if not reason and (false_alarm or not visited(db, case.id)):
        raise NotVisited(f"care case {case.id} has neither a visit nor a reason")
    db.execute(
        "UPDATE care_case SET state = ?, closed_at = ?, closed_by = ?, close_reason = ? WHERE id = ?",
        ["false_alarm" if false_alarm else "closed", _stamp(now), by, reason, case.id],
    )


def visited(db: Database, case_id: int) -> bool:
    """Whether somebody was there, spoke with them by telephone, or met the family."""
    found = db.execute("SELECT 1 FROM visit WHERE case_id = ? AND outcome <> 'not_met' LIMIT 1", [case_id])
    return found.fetchone() is not None


def _open_case(db: Database, branch_id: int, trigger: str, member_id: int | None) -> CareCase | None:
    if member_id is None:  # a neighbour whom the roster does not know: each report is a case of its own
        return None
    return one(
        db,
        CareCase,
        f"SELECT {_COLUMNS} FROM care_case WHERE branch_id = ? AND member_id = ? AND trigger = ? AND {OPEN}",
        [branch_id, member_id, trigger],
    )


def _next_number(db: Database, branch_id: int) -> int:
    return int(
        db.execute("SELECT coalesce(max(number), 0) + 1 FROM care_case WHERE branch_id = ?", [branch_id]).fetchone()[0]
    )


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
