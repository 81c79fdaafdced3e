"""The four-knows card (四知道): where a member lives, what they do, family and health, what they need.

Each part says when it was last confirmed. Family and health are for those who care (`CARE_ROLES`) and for the member.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from storage.database import rows

PARTS = ("where", "daily", "family_health", "needs")
"""知道他们在哪里、平时干什么、家庭身体状况如何、有什么需求, in the document's order."""
PRIVATE = ("family_health",)
"""Parts that only care roles read."""
CARE_ROLES = ("secretary", "committee", "liaison")
"""Who reads the private parts: those who go and see people. The party committee above them does not."""


class UnknownPart(ValueError):
    """There is no such part of the card; the message lists those there are."""


@dataclass(frozen=True)
class Part:
    """One thing known about a member."""

    member_id: int
    """Whom it is about."""
    part: str
    """One of PARTS."""
    text: str
    """What is known, in the branch's own words."""
    confirmed_at: str
    """ISO local: when somebody last made sure."""
    confirmed_by: int
    """Who did."""


@dataclass(frozen=True)
class Stale:
    """A member whose card somebody has to go through again."""

    member_id: int
    """Whom."""
    name: str
    """Their name."""
    confirmed_at: str
    """ISO local of the part that has waited longest; empty where a part was never confirmed."""


def write(db: Database, member_id: int, part: str, text: str, by: int, now: datetime) -> None:
    """Write what is known, confirmed now. Raises UnknownPart."""
    if part not in PARTS:
        raise UnknownPart(f"there is no part {part!r} on the card; choose one of: {', '.join(PARTS)}")
    db.execute(
        "INSERT INTO card (member_id, part, text, confirmed_at, confirmed_by) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (member_id, part) DO UPDATE SET text = excluded.text, confirmed_at = excluded.confirmed_at, "
        "confirmed_by = excluded.confirmed_by",
        [member_id, part, text, now.isoformat(timespec="seconds"), by],
    )


def confirm(db: Database, member_id: int, part: str, by: int, now: datetime) -> bool:
    """Say that a part is still true; False where nothing is written there."""
    changed = db.execute(
        "UPDATE card SET confirmed_at = ?, confirmed_by = ? WHERE member_id = ? AND part = ?",
        [now.isoformat(timespec="seconds"), by, member_id, part],
    ).rowcount
    return bool(changed)


def read(db: Database, member_id: int, reader_roles: tuple[str, ...]) -> list[Part]:
    """The card as somebody of these roles may see it, in the order of PARTS."""
    cared = any(role in CARE_ROLES for role in reader_roles)
    return [part for part in _whole(db, member_id) if cared or part.part not in PRIVATE]


def own(db: Database, member_id: int) -> list[Part]:
    """The whole card, for the member it is about."""
    return _whole(db, member_id)


def stale(db: Database, branch_id: int, now: datetime, days: int) -> list[Stale]:
    """Members with a part that nobody has confirmed for so many days, or ever; frail members and the longest first."""
    return rows(
        db,
        Stale,
        "SELECT member_id, name, confirmed_at FROM (SELECT member.id AS member_id, name, frail, "
        "iif(count(part) < ?, '', min(card.confirmed_at)) AS confirmed_at "
        "FROM member LEFT JOIN card ON card.member_id = member.id WHERE branch_id = ? AND left_at IS NULL "
        "GROUP BY member.id) WHERE confirmed_at < ? ORDER BY frail DESC, confirmed_at, member_id",
        [len(PARTS), branch_id, (now - timedelta(days=days)).isoformat(timespec="seconds")],
    )


def _whole(db: Database, member_id: int) -> list[Part]:
    found = rows(
        db,
        Part,
        "SELECT member_id, part, text, confirmed_at, confirmed_by FROM card WHERE member_id = ?",
        [member_id],
    )
    return sorted(found, key=lambda part: PARTS.index(part.part))
