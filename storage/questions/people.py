"""Who is on the asker's roster."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from storage.database import rows
from storage.questions.asker import BRANCH, Asker


@dataclass(frozen=True)
class Particulars:
    """What the roster says of somebody."""

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
    """How they wish to be addressed."""
    frail: int
    """1 for those of whom nothing is required."""
    dues_fen: int | None
    """Dues a quarter; None where none are set."""
    titles: str
    """Their offices today, empty for none."""
    offers: str
    """What they offer in the register of talents, one after another."""


def roster(db: Database, asker: Asker) -> list[Particulars]:
    """Everybody of the branch, in roster order."""
    return rows(
        db,
        Particulars,
        "SELECT member.id, name, gender, birth_year, phone, address, called, frail, dues_fen, "
        "coalesce((SELECT group_concat(title, '、') FROM role WHERE member_id = member.id AND role.role <> 'member' "
        "AND valid_from <= :today AND (valid_to IS NULL OR valid_to >= :today)), '') AS titles, "
        "coalesce((SELECT group_concat(skill, '、') FROM talent WHERE member_id = member.id), '') AS offers "
        f"FROM member WHERE member.branch_id = {BRANCH} AND left_at IS NULL ORDER BY member.id",
        asker.values(),
    )
