"""Whom a holiday round is for: a locality's group, from the roster and the year's care cases."""

from __future__ import annotations

from datetime import date, timedelta

from sqlite_utils import Database

from storage.members import Member, members

YEAR = timedelta(days=365)
GROUPS = ("everybody", "frail", "aged", "ill", "hardship")
"""Of whom a profile's group may be made up: all; 年老体弱; from an age on; ill or in need within a year."""


class UnknownGroup(ValueError):
    """A profile names a group that there is not; the message lists those there are."""


def target_group(
    db: Database, branch_id: int, groups: tuple[str, ...], aged_from_years: int, today: date
) -> list[Member]:
    """Whom a round is for, in roster order; officers who go themselves are not in it. Raises UnknownGroup."""
    if unknown := set(groups) - set(GROUPS):
        raise UnknownGroup(f"there is no group {min(unknown)!r}; choose from: {', '.join(GROUPS)}")
    officers = _officers(db, branch_id, today)
    needy = {name: _reported(db, branch_id, trigger, today) for name, trigger in _BY_CASE.items() if name in groups}
    found = []
    for person in members(db, branch_id):
        aged = person.birth_year is not None and today.year - person.birth_year >= aged_from_years
        belongs = (
            "everybody" in groups
            or ("frail" in groups and person.frail)
            or ("aged" in groups and aged)
            or any(person.id in ids for ids in needy.values())
        )
        if belongs and person.id not in officers:
            found.append(person)
    return found


_BY_CASE = {"ill": "illness", "hardship": "hardship"}


def _reported(db: Database, branch_id: int, trigger: str, today: date) -> set[int]:
    """Members with a case of this trigger within a year, that was no false alarm."""
    found = db.execute(
        "SELECT member_id FROM care_case WHERE branch_id = ? AND trigger = ? AND state <> 'false_alarm' "
        "AND reported_at >= ? AND member_id IS NOT NULL",
        [branch_id, trigger, (today - YEAR).isoformat()],
    )
    return {int(row[0]) for row in found.fetchall()}


def _officers(db: Database, branch_id: int, today: date) -> set[int]:
    found = db.execute(
        "SELECT member_id FROM role JOIN member ON member.id = member_id WHERE branch_id = ? AND role <> 'member' "
        "AND valid_from <= ? AND (valid_to IS NULL OR valid_to >= ?)",
        [branch_id, today.isoformat(), today.isoformat()],
    )
    return {int(row[0]) for row in found.fetchall()}
