"""When somebody was last heard of: a message, a visit, a call, a session they came to. Who is silent, and how long.

Contacts that belong to no care case (an ordinary visit, a telephone call) are kept here too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage.database import insert, one, rows

OUTCOMES = ("met", "not_met", "by_phone", "family")
"""How a visit or a call ended; the same words as in the visits of a care case."""
_HEARD = """SELECT received_at AS at FROM inbox WHERE inbox.member_id = member.id
    UNION ALL SELECT at FROM contact_made
        WHERE contact_made.member_id = member.id AND outcome IN ('met', 'by_phone')
    UNION ALL SELECT visit.at FROM visit JOIN care_case ON care_case.id = visit.case_id
        WHERE care_case.member_id = member.id AND outcome IN ('met', 'by_phone')
    UNION ALL SELECT starts_at FROM attendance JOIN session ON session.id = attendance.session_id
        WHERE attendance.member_id = member.id AND attendance.state = 'attended'
    UNION ALL SELECT joined_at || 'T00:00:00' FROM member AS joined WHERE joined.id = member.id"""

_CONTACT = (
    "contact_made.id, member_id, officer_id, at, outcome, notes, gift_fen, name "
    "FROM contact_made JOIN member ON member.id = member_id"
)


@dataclass(frozen=True)
class Heard:
    """When a member was last heard of."""

    member_id: int
    """Whom."""
    name: str
    """Their name."""
    last_at: str
    """ISO local; the day of joining where nothing was heard since."""

    def silent_days(self, now: datetime) -> int:
        """Whole days since then, at least 0."""
        return max(0, (now.date() - datetime.fromisoformat(self.last_at).date()).days)


@dataclass(frozen=True)
class Contact:
    """A visit or call that belongs to no care case."""

    id: int
    """Key."""
    member_id: int
    """Whom it was for."""
    officer_id: int
    """Who made it."""
    at: str
    """ISO local."""
    outcome: str
    """One of OUTCOMES."""
    notes: str
    """What was said about it, word for word."""
    gift_fen: int | None
    """Money that was given, in fen."""
    name: str
    """Their name."""


def last_heard(db: Database, member_id: int) -> Heard | None:
    """When this member was last heard of; None for nobody of the roster."""
    return one(
        db,
        Heard,
        f"SELECT id AS member_id, name, (SELECT max(at) FROM ({_HEARD})) AS last_at FROM member "
        "WHERE id = ? AND left_at IS NULL",
        [member_id],
    )


def spoke_since(db: Database, member_id: int, since: str, before_inbox: int | None = None) -> bool:
    """Whether this member sent anything after this moment (before the message with that key, where one is given)."""
    found = db.execute(
        "SELECT 1 FROM inbox WHERE member_id = ? AND received_at >= ? AND (? IS NULL OR id < ?) LIMIT 1",
        [member_id, since, before_inbox, before_inbox],
    ).fetchone()
    return found is not None


def add_contact(
    db: Database,
    member_id: int,
    officer_id: int,
    at: datetime,
    outcome: str,
    *,
    notes: str = "",
    gift_fen: int | None = None,
    recording_id: int | None = None,
) -> int:
    """Write down a visit or call beside the care cases; returns its key."""
    return insert(
        db,
        "contact_made",
        member_id=member_id,
        officer_id=officer_id,
        at=at.isoformat(timespec="seconds"),
        outcome=outcome,
        notes=notes,
        gift_fen=gift_fen,
        recording_id=recording_id,
    )


def find_contact(db: Database, branch_id: int, contact_id: int) -> Contact | None:
    """The branch's contact with this key, or None."""
    return one(db, Contact, f"SELECT {_CONTACT} WHERE branch_id = ? AND contact_made.id = ?", [branch_id, contact_id])


def withdraw_contact(db: Database, contact_id: int, officer_id: int) -> bool:
    """Take back a contact that this officer wrote down by mistake; False where there is none."""
    return bool(
        db.execute("DELETE FROM contact_made WHERE id = ? AND officer_id = ?", [contact_id, officer_id]).rowcount
    )


def contacts_made(db: Database, member_id: int, limit: int = 20) -> list[Contact]:
    """The contacts with a member beside the care cases, newest first."""
    return rows(
        db,
        Contact,
        f"SELECT {_CONTACT} WHERE member_id = ? ORDER BY at DESC, contact_made.id DESC LIMIT ?",
        [member_id, limit],
    )
