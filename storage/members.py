"""The people of a branch: members, their roles by date, and how to reach them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage.database import insert, one, rows
from storage.surnames import surname_of

_COLUMNS = (
    "member.id, member.branch_id, name, gender, birth_year, phone, address, called, frail, speed, loudness, dues_fen"
)


@dataclass(frozen=True)
class Member:
    """Somebody of the branch."""

    id: int
    """Key."""
    branch_id: int
    """The branch."""
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
    """How they wish to be addressed (桂兰阿姨), empty where they have not said."""
    frail: int
    """1 for members of whom nothing is required (年老体弱)."""
    speed: float
    """Pace of the voice they hear; 1.0 is the voice's own."""
    loudness: float
    """Factor on the loudness of the voice they hear."""
    dues_fen: int | None
    """Dues a quarter as the branch set them, in fen; None where it has not."""


@dataclass(frozen=True)
class Officer:
    """Somebody on duty for the branch today."""

    id: int
    """Key of the member."""
    name: str
    """Full name."""
    role: str
    """secretary, committee, liaison or party_committee."""
    title: str
    """How the office is called (书记)."""
    rung: int
    """Place on the escalation ladder, lowest first."""

    @property
    def spoken(self) -> str:
        """How members speak of them: 李书记, 欧阳书记."""
        return surname_of(self.name) + self.title if self.title else self.name


@dataclass(frozen=True)
class Contact:
    """A way to reach somebody."""

    member_id: int
    """Whom."""
    channel: str
    """telegram or desk."""
    address: str
    """The chat on that channel."""
    state: str
    """ok or blocked."""


def add_branch(db: Database, name: str, profile: str, now: datetime) -> int:
    """Found a branch; returns its key."""
    return insert(db, "branch", name=name, profile=profile, created_at=now.isoformat(timespec="seconds"))


def add_member(
    db: Database,
    branch_id: int,
    name: str,
    now: datetime,
    *,
    role: str = "member",
    title: str = "",
    rung: int = 0,
    **particulars: str | int | float | None,
) -> int:
    """Enter somebody on the roster with a role from today; returns the key."""
    member_id = insert(db, "member", branch_id=branch_id, name=name, joined_at=now.date().isoformat(), **particulars)
    insert(db, "role", member_id=member_id, role=role, title=title, rung=rung, valid_from=now.date().isoformat())
    return member_id


def member(db: Database, member_id: int) -> Member | None:
    """The member with this key, or None."""
    return one(db, Member, f"SELECT {_COLUMNS} FROM member WHERE id = ? AND left_at IS NULL", [member_id])


def members(db: Database, branch_id: int) -> list[Member]:
    """Everybody of the branch, in roster order."""
    return rows(
        db,
        Member,
        f"SELECT {_COLUMNS} FROM member WHERE branch_id = ? AND left_at IS NULL ORDER BY id",
        [branch_id],
    )


def named(db: Database, branch_id: int, name: str) -> list[Member]:
    """The members of the branch with exactly this name; namesakes exist."""
    return [person for person in members(db, branch_id) if person.name == name]


def names(db: Database, branch_id: int) -> dict[int, str]:
    """Everybody who is or was of the branch, by key: who went may have left since."""
    found = db.execute("SELECT id, name FROM member WHERE branch_id = ?", [branch_id])
    return {int(key): str(name) for key, name in found}


def find(db: Database, name_or_id: str) -> list[Member]:
    """Members by key or exact name in any branch, for the operator at the command line."""
    if name_or_id.isdigit():
        found = member(db, int(name_or_id))
        return [found] if found else []
    return rows(
        db,
        Member,
        f"SELECT {_COLUMNS} FROM member WHERE name = ? AND left_at IS NULL ORDER BY id",
        [name_or_id],
    )


def officers(db: Database, branch_id: int, today: datetime) -> list[Officer]:
    """Who is on duty for the branch today, lowest rung of the ladder first."""
    return rows(
        db,
        Officer,
        "SELECT member.id, name, role, title, rung FROM role JOIN member ON member.id = member_id "
        "WHERE branch_id = ? AND role <> 'member' AND left_at IS NULL AND valid_from <= ? "
        "AND (valid_to IS NULL OR valid_to >= ?) ORDER BY rung, role.id",
        [branch_id, today.date().isoformat(), today.date().isoformat()],
    )


def officers_of_any_day(db: Database, branch_id: int) -> list[Officer]:
    """Everybody whose term has no end, whatever day the clock says it is; lowest rung first."""
    return rows(
        db,
        Officer,
        "SELECT member.id, name, role, title, rung FROM role JOIN member ON member.id = member_id "
        "WHERE branch_id = ? AND role <> 'member' AND left_at IS NULL AND valid_to IS NULL ORDER BY rung, role.id",
        [branch_id],
    )


def is_officer(db: Database, person: Member, today: datetime) -> bool:
    """Whether this person may ask the branch's questions today."""
    return any(officer.id == person.id for officer in officers(db, person.branch_id, today))


def set_voice(db: Database, member_id: int, *, speed: float, loudness: float) -> None:
    """Remember how this member likes to be spoken to."""
    db.execute("UPDATE member SET speed = ?, loudness = ? WHERE id = ?", [speed, loudness, member_id])


def set_phone(db: Database, member_id: int, phone: str) -> None:
    """Write this member's own number."""
    db.execute("UPDATE member SET phone = ? WHERE id = ?", [phone, member_id])


def set_address(db: Database, member_id: int, address: str) -> None:
    """Write where this member lives."""
    db.execute("UPDATE member SET address = ? WHERE id = ?", [address, member_id])


def add_contact(db: Database, member_id: int, channel: str, address: str, now: datetime) -> None:
    """Remember a chat of this member; a chat belongs to one person, the last who enrolled with it."""
    db.execute(
        "INSERT INTO contact (member_id, channel, address, created_at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (channel, address) DO UPDATE SET member_id = excluded.member_id, state = 'ok'",
        [member_id, channel, address, now.isoformat(timespec="seconds")],
    )


def contacts(db: Database, member_id: int) -> list[Contact]:
    """The ways to reach this person that work."""
    return rows(
        db,
        Contact,
        "SELECT member_id, channel, address, state FROM contact WHERE member_id = ? AND state = 'ok' ORDER BY id",
        [member_id],
    )


def contact_owner(db: Database, channel: str, address: str) -> int | None:
    """The member who uses this chat, or None for a stranger."""
    row = db.execute("SELECT member_id FROM contact WHERE channel = ? AND address = ?", [channel, address]).fetchone()
    return int(row[0]) if row else None


def block_contact(db: Database, channel: str, address: str) -> None:
    """Mark a chat that refuses our messages."""
    db.execute("UPDATE contact SET state = 'blocked' WHERE channel = ? AND address = ?", [channel, address])
