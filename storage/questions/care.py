"""Who is in need, who has been there: for those who care for members only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage.database import rows
from storage.questions.asker import CARERS_BRANCH, Asker

OVER = ("closed", "false_alarm")
"""States of a case that needs nobody any more."""
_OVER = ", ".join(f"'{state}'" for state in OVER)
_BEEN = "at IS NOT NULL AND outcome <> 'not_met'"
"""A visit that was made, and not in vain."""


@dataclass(frozen=True)
class Case:
    """A care case with everything that is asked about it."""

    id: int
    """Key."""
    number: int
    """The number that people say."""
    trigger: str
    """emergency, illness, hardship, bereavement or holiday."""
    member_id: int | None
    """The member in need; None for somebody else."""
    who: str
    """Their name."""
    birth_year: int | None
    """Their year of birth."""
    state: str
    """reported, told, acknowledged, visit_planned, visited, closed or false_alarm."""
    place: str
    """Where, as it was said."""
    reported_at: str
    """ISO local."""
    due_at: str
    """ISO local: by then somebody is to have been there."""
    taken_by: str
    """Who has taken it, empty for nobody."""
    said: str
    """The first report, word for word."""
    reported_by: str
    """Who reported it."""
    visits: int
    """How often somebody was there."""
    visited_at: str
    """ISO local of the last visit, empty for none."""
    visited_by: str
    """Who was there last."""

    @property
    def waits(self) -> bool:
        """Whether nobody has been there yet."""
        return self.state not in ("visited", *OVER)

    @property
    def over(self) -> bool:
        """Whether it needs nobody any more."""
        return self.state in OVER


@dataclass(frozen=True)
class Visit:
    """One visit."""

    case_id: int
    """The case."""
    at: str
    """ISO local."""
    who: str
    """Who was visited."""
    member_id: int | None
    """The member visited, where it is one."""
    trigger: str
    """Why."""
    visitor: str
    """Who went, empty where not written."""
    notes: str
    """What was written down."""
    gift_fen: int
    """Money brought along; 0 for none."""


def cases(db: Database, asker: Asker) -> list[Case]:
    """Every case of the branch, those open first, the most urgent of them first; then the newest."""
    return rows(
        db,
        Case,
        "SELECT care_case.id, number, trigger, care_case.member_id, who, member.birth_year, care_case.state, "
        "care_case.place, reported_at, due_at, coalesce(taker.name, '') AS taken_by, "
        "coalesce((SELECT said FROM care_report WHERE case_id = care_case.id ORDER BY id LIMIT 1), '') AS said, "
        "coalesce((SELECT name FROM care_report JOIN member ON member.id = reporter_id WHERE case_id = care_case.id "
        "ORDER BY care_report.id LIMIT 1), '') AS reported_by, "
        f"(SELECT count(*) FROM visit WHERE case_id = care_case.id AND {_BEEN}) AS visits, "
        f"coalesce((SELECT max(at) FROM visit WHERE case_id = care_case.id AND {_BEEN}), '') AS visited_at, "
        "coalesce((SELECT name FROM visit JOIN member ON member.id = visitor_id WHERE case_id = care_case.id "
        f"AND {_BEEN} ORDER BY at DESC, visit.id DESC LIMIT 1), '') AS visited_by "
        "FROM care_case LEFT JOIN member ON member.id = care_case.member_id "
        "LEFT JOIN member AS taker ON taker.id = acknowledged_by "
        f"WHERE care_case.branch_id = {CARERS_BRANCH} AND merged_into IS NULL "
        f"ORDER BY care_case.state IN ('visited', {_OVER}), care_case.state IN ({_OVER}), trigger <> 'emergency', "
        f"CASE WHEN care_case.state IN ('visited', {_OVER}) THEN '' ELSE due_at END, reported_at DESC",
        asker.values(),
    )


def visits(db: Database, asker: Asker, start: datetime, end: datetime) -> list[Visit]:
    """The visits of a stretch, in order."""
    return rows(
        db,
        Visit,
        "SELECT case_id, at, who, care_case.member_id, trigger, coalesce(member.name, '') AS visitor, notes, "
        "coalesce(gift_fen, 0) AS gift_fen "
        "FROM visit JOIN care_case ON care_case.id = case_id LEFT JOIN member ON member.id = visitor_id "
        f"WHERE care_case.branch_id = {CARERS_BRANCH} AND at BETWEEN :start AND :end AND {_BEEN} ORDER BY at, visit.id",
        asker.values(start=start.isoformat(timespec="seconds"), end=end.isoformat(timespec="seconds")),
    )
