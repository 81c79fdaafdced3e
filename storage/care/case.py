"""A care case, and which there are."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from storage.database import one, rows
from storage.tables_care import OPEN

TRIGGERS = ("emergency", "illness", "hardship", "bereavement", "holiday")
COLUMNS = (
    "care_case.id, branch_id, number, trigger, member_id, who, urgency, state, place, reported_at, asked_at, step, "
    "due_at, acknowledged_by, acknowledged_at, close_reason"
)


class NoSuchCase(LookupError):
    """The branch has no case with this key."""


class NotVisited(ValueError):
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
class Closed:
    """A case that needs nobody any more."""

    id: int
    """Key."""
    number: int
    """The number that people say."""
    trigger: str
    """What it was about."""
    who: str
    """Who was in need."""
    state: str
    """closed or false_alarm."""
    reported_at: str
    """ISO local."""
    closed_at: str
    """ISO local."""
    close_reason: str
    """Why it was closed without a visit; empty where a visit closed it."""


def find_case(db: Database, branch_id: int, case_id: int) -> CareCase | None:
    """The branch's case with this key, or None."""
    return one(
        db,
        CareCase,
        f"SELECT {COLUMNS} FROM care_case WHERE branch_id = ? AND id = ?",
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
        f"SELECT {COLUMNS} FROM care_case WHERE branch_id = ? AND {OPEN} AND NOT (? AND state = 'visited') "
        "ORDER BY trigger = 'emergency' DESC, due_at, id",
        [branch_id, unvisited],
    )


def reported_by(db: Database, reporter_id: int) -> list[CareCase]:
    """The open cases about this person, or reported by them, newest first."""
    return rows(
        db,
        CareCase,
        f"SELECT {COLUMNS} FROM care_case WHERE {OPEN} AND (member_id = ? OR id IN "
        "(SELECT case_id FROM care_report WHERE reporter_id = ?)) ORDER BY id DESC",
        [reporter_id, reporter_id],
    )


def closed(db: Database, branch_id: int, count: int) -> list[Closed]:
    """The branch's cases that were closed last, newest first, without those that became part of another."""
    return rows(
        db,
        Closed,
        "SELECT id, number, trigger, who, state, reported_at, coalesce(closed_at, reported_at) AS closed_at, "
        "close_reason FROM care_case WHERE branch_id = ? AND state IN ('closed', 'false_alarm') "
        "AND merged_into IS NULL ORDER BY closed_at DESC, id DESC LIMIT ?",
        [branch_id, count],
    )


def open_case_of(db: Database, branch_id: int, trigger: str, member_id: int | None) -> CareCase | None:
    """The open case of this member and trigger; there is at most one."""
    if member_id is None:  # a neighbour whom the roster does not know: each report is a case of its own
        return None
    return one(
        db,
        CareCase,
        f"SELECT {COLUMNS} FROM care_case WHERE branch_id = ? AND member_id = ? AND trigger = ? AND {OPEN}",
        [branch_id, member_id, trigger],
    )
