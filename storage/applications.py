"""What members apply for and a human decides: reduced dues, new particulars. Nothing changes until it is approved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from storage.database import insert, one, rows

Kind = Literal["dues_relief", "phone", "address", "particulars"]
_FROM = (
    "SELECT application.id, application.branch_id, member_id, name, kind, said, reason, value, recording_id, state, "
    "at, decided_by, decided_at FROM application JOIN member ON member.id = member_id"
)


@dataclass(frozen=True)
class Application:
    """One member's application."""

    id: int
    """Key."""
    branch_id: int
    """The branch."""
    member_id: int
    """Who applies."""
    name: str
    """Their name."""
    kind: str
    """dues_relief, or what is to be entered: phone, address, particulars."""
    said: str
    """The words in which it was said, all of them."""
    reason: str
    """The reason, in the member's own words; empty where none is needed."""
    value: str
    """What is to be entered; empty where nothing is."""
    recording_id: int | None
    """The voice message in which it was said."""
    state: str
    """pending, approved or rejected."""
    at: str
    """ISO local: when the member said yes to it."""
    decided_by: int | None
    """Who decided."""
    decided_at: str | None
    """When."""


def submit(
    db: Database,
    branch_id: int,
    member_id: int,
    kind: Kind,
    now: datetime,
    *,
    said: str,
    reason: str = "",
    value: str = "",
    recording_id: int | None = None,
) -> int:
    """Put an application before the secretary; returns its key."""
    return insert(
        db,
        "application",
        branch_id=branch_id,
        member_id=member_id,
        kind=kind,
        said=said,
        reason=reason,
        value=value,
        recording_id=recording_id,
        at=now.isoformat(timespec="seconds"),
    )


def pending(db: Database, branch_id: int) -> list[Application]:
    """The branch's applications on which nobody has decided, oldest first."""
    return rows(
        db,
        Application,
        f"{_FROM} WHERE application.branch_id = ? AND state = 'pending' ORDER BY at, application.id",
        [branch_id],
    )


def waiting(db: Database, member_id: int, kind: Kind) -> Application | None:
    """The member's last application of this kind on which nobody has decided, or None."""
    return one(
        db,
        Application,
        f"{_FROM} WHERE member_id = ? AND kind = ? AND state = 'pending' ORDER BY application.id DESC",
        [member_id, kind],
    )


def application(db: Database, branch_id: int, application_id: int) -> Application | None:
    """The branch's application with this key, or None."""
    return one(
        db, Application, f"{_FROM} WHERE application.branch_id = ? AND application.id = ?", [branch_id, application_id]
    )


def decide(
    db: Database, branch_id: int, application_id: int, state: Literal["approved", "rejected"], by: int, now: datetime
) -> bool:
    """Approve or reject; False where the branch has no such pending application. What follows is the caller's."""
    changed = db.execute(
        "UPDATE application SET state = ?, decided_by = ?, decided_at = ? "
        "WHERE id = ? AND branch_id = ? AND state = 'pending'",
        [state, by, now.isoformat(timespec="seconds"), application_id, branch_id],
    ).rowcount
    return bool(changed)
