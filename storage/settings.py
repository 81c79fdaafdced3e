"""What a branch has set for itself: its locality, and values of its own where no document gives one.

A value that a document gives stands as the document has it, whatever was set before the locality was chosen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlite_utils import Database

from storage.database import rows
from storage.profiles import Profile, Rule, load_profile


class FixedByDocument(Exception):
    """A document gives this value, or it is none that can be set; the message names the rule."""


@dataclass(frozen=True)
class Setting:
    """One value that a branch set."""

    key: str
    """The rule."""
    value: str
    """As it was set."""
    set_by: str
    """Name of who set it."""
    at: str
    """ISO local."""


def profile_of(db: Database, branch_id: int) -> Profile:
    """The rules of a branch: its locality's, with what it has set itself."""
    profile = locality_of(db, branch_id)
    own = {each.key: each.value for each in of_branch(db, branch_id)}
    changed = {
        key: replace(rule, value=int(own[key]) if isinstance(rule.value, int) else own[key])
        for key, rule in profile.rules.items()
        if key in own and can_be_set(rule)
    }
    return replace(profile, rules={**profile.rules, **changed}) if changed else profile


def locality_of(db: Database, branch_id: int) -> Profile:
    """The rules of the branch's locality, without what it has set itself."""
    return load_profile(str(db.execute("SELECT profile FROM branch WHERE id = ?", [branch_id]).fetchone()[0]))


def can_be_set(rule: Rule) -> bool:
    """Whether a branch may give this value itself: a number or a time of day that no document gives."""
    return rule.own and (isinstance(rule.value, int) or (isinstance(rule.value, str) and rule.value[2:3] == ":"))


def of_branch(db: Database, branch_id: int) -> list[Setting]:
    """What the branch has set, by key."""
    return rows(
        db,
        Setting,
        "SELECT key, value, name AS set_by, at FROM setting JOIN member ON member.id = set_by "
        "WHERE setting.branch_id = ? ORDER BY key",
        [branch_id],
    )


def put(db: Database, branch_id: int, key: str, value: str | int, by: int, now: datetime) -> None:
    """Set a value. Raises FixedByDocument."""
    rule = locality_of(db, branch_id).rules.get(key)
    if rule is None or not can_be_set(rule):
        raise FixedByDocument(f"{key} cannot be set by a branch")
    db.execute(
        "INSERT INTO setting (branch_id, key, value, set_by, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (branch_id, key) "
        "DO UPDATE SET value = excluded.value, set_by = excluded.set_by, at = excluded.at",
        [branch_id, key, str(value), by, now.isoformat(timespec="seconds")],
    )


def forget(db: Database, branch_id: int, key: str) -> None:
    """Let a value be again what it is without the branch."""
    db.execute("DELETE FROM setting WHERE branch_id = ? AND key = ?", [branch_id, key])


def choose_locality(db: Database, branch_id: int, profile: str) -> None:
    """Let the branch follow another locality's rules. Raises UnknownProfile."""
    load_profile(profile)
    db.execute("UPDATE branch SET profile = ? WHERE id = ?", [profile, branch_id])
