"""What the roster says of one person, those who moved away or died included, and writing one thing of it anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from storage.database import one, rows

WAYS_TO_LEAVE = ("transferred", "deceased")
"""How somebody can have left the branch; the table's CHECK says the same."""
COLUMNS = (
    "name", "gender", "birth_year", "phone", "address", "called", "party_group", "liaison_id", "frail", "dues_fen",
)  # fmt: skip
"""What can be written anew."""
_FROM = (
    "SELECT id, name, gender, birth_year, phone, address, called, party_group, liaison_id, frail, dues_fen, "
    "joined_at, coalesce(left_at, '') AS left_at, left_how FROM member WHERE branch_id = ?"
)


class UnknownParticular(ValueError):
    """There is no such column; the message lists those there are."""


@dataclass(frozen=True)
class Particulars:
    """One person of the roster, also one who is no longer in the branch."""

    id: int
    """Key of the member."""
    name: str
    """Full name."""
    gender: str
    """男 or 女, empty where unknown."""
    birth_year: int | None
    """Year of birth."""
    phone: str
    """As dialled, empty where unknown."""
    address: str
    """Where they live, empty where unknown."""
    called: str
    """How they wish to be addressed, empty where they have not said."""
    party_group: str
    """The Party group (党小组) they belong to, empty for none."""
    liaison_id: int | None
    """The officer who keeps in touch with them; None where nobody is named."""
    frail: int
    """1 for members of whom nothing is required (年老体弱); about health."""
    dues_fen: int | None
    """Dues a quarter in fen; None where not set."""
    joined_at: str
    """ISO day on which they came to the branch."""
    left_at: str
    """ISO day on which they left it; empty for who is in it."""
    left_how: str
    """transferred or deceased; empty for who is in it."""


def of(db: Database, branch_id: int, member_id: int) -> Particulars | None:
    """What the branch's roster says of this person; None for nobody of it."""
    return one(db, Particulars, f"{_FROM} AND id = ?", [branch_id, member_id])


def gone(db: Database, branch_id: int) -> list[Particulars]:
    """Who is no longer in the branch, the last to leave first."""
    return rows(db, Particulars, f"{_FROM} AND left_at IS NOT NULL ORDER BY left_at DESC, id", [branch_id])


def write(db: Database, member_id: int, column: str, value: str | int | None) -> None:
    """Write one of COLUMNS anew. Raises UnknownParticular."""
    if column not in COLUMNS:
        raise UnknownParticular(f"there is no particular {column!r}; choose one of: {', '.join(COLUMNS)}")
    db.execute(f"UPDATE member SET {column} = ? WHERE id = ?", [value, member_id])


def set_joined(db: Database, member_id: int, day: date) -> None:
    """Write when somebody came to the branch."""
    db.execute("UPDATE member SET joined_at = ? WHERE id = ?", [day.isoformat(), member_id])


def leave(db: Database, member_id: int, day: date, how: str) -> None:
    """Write that somebody left the branch on this day, and end their offices with it."""
    db.execute("UPDATE member SET left_at = ?, left_how = ? WHERE id = ?", [day.isoformat(), how, member_id])
    db.execute(
        "UPDATE role SET valid_to = ? WHERE member_id = ? AND role <> 'member' AND (valid_to IS NULL OR valid_to > ?)",
        [day.isoformat(), member_id, day.isoformat()],
    )


def come_back(db: Database, member_id: int) -> None:
    """Take somebody onto the roster again; their offices stay ended."""
    db.execute("UPDATE member SET left_at = NULL, left_how = '' WHERE id = ?", [member_id])
