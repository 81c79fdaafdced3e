"""Reading the branch log for the desk: page by page, by member, and by words that stand in an entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from storage.database import rows
from storage.log import search

_NOT_HEALTH = (
    "substr(entry.kind, 1, 5) <> 'care_' AND about_kind NOT IN ('care_case', 'visit', 'contact_made', 'check_in')"
)
"""What may be read by an office that may not read about health."""
_READS = "substr(entry.kind, 1, 9) = 'desk_read'"
"""Entries of who looked at what."""
_FROM = (
    "SELECT entry.number, entry.at, entry.kind, entry.channel, coalesce(actor.name, '') AS actor, "
    "coalesce(member.name, '') AS member, entry.member_id, entry.about_kind, entry.about_id, "
    "coalesce(sentence, '') AS sentence FROM entry LEFT JOIN entry_content ON entry_id = entry.id "
    "LEFT JOIN member AS actor ON actor.id = actor_id LEFT JOIN member ON member.id = entry.member_id "
)


@dataclass(frozen=True)
class Line:
    """One entry as a person reads it."""

    number: int
    """1, 2, 3 … in the branch."""
    at: str
    """ISO local."""
    kind: str
    """What happened, in the log's own words."""
    channel: str
    """Where it was said or done."""
    actor: str
    """Who did it; empty for Nuanyang itself."""
    member: str
    """Whom it concerns; empty for nobody."""
    member_id: int | None
    """Their key."""
    about_kind: str
    """The table of the thing it concerns, empty for none."""
    about_id: int | None
    """Its key."""
    sentence: str
    """Plain Chinese; empty after an erasure."""


def newest(
    db: Database, branch_id: int, count: int, before: int | None = None, *, health: bool = True, reads: bool = True
) -> list[Line]:
    """The branch's last entries, newest first: those with a number below `before` where it is given.

    Without `health` those about care, visits and check-ins are left out, without `reads` those of who looked at what.
    """
    return rows(
        db,
        Line,
        f"{_FROM} WHERE entry.branch_id = ? AND (? IS NULL OR entry.number < ?) AND (? OR ({_NOT_HEALTH})) "
        f"AND (? OR NOT {_READS}) ORDER BY entry.number DESC LIMIT ?",
        [branch_id, before, before, health, reads, count],
    )


def with_words(db: Database, branch_id: int, words: str, count: int, *, health: bool = True) -> list[Line]:
    """The branch's entries in which these words stand, or else sound, newest first."""
    keys = [found.id for found in search.find(db, branch_id, words, limit=count)]
    marks = ", ".join("?" for _ in keys)
    return rows(
        db,
        Line,
        f"{_FROM} WHERE entry.branch_id = ? AND entry.id IN ({marks}) AND (? OR ({_NOT_HEALTH})) "
        "ORDER BY entry.number DESC",
        [branch_id, *keys, health],
    )


def about_member(db: Database, branch_id: int, member_id: int, count: int) -> list[Line]:
    """The branch's entries about a member, newest first."""
    return rows(
        db,
        Line,
        f"{_FROM} WHERE entry.branch_id = ? AND entry.member_id = ? AND NOT {_READS} "
        "ORDER BY entry.number DESC LIMIT ?",
        [branch_id, member_id, count],
    )


def about_thing(db: Database, branch_id: int, kind: str, key: int) -> list[Line]:
    """The branch's entries about one case, session or application, oldest first."""
    return rows(
        db,
        Line,
        f"{_FROM} WHERE entry.branch_id = ? AND about_kind = ? AND about_id = ? AND NOT {_READS} ORDER BY entry.number",
        [branch_id, kind, key],
    )


def of_kinds(db: Database, branch_id: int, kinds: Sequence[str], count: int) -> list[Line]:
    """The branch's entries of these kinds, newest first."""
    marks = ", ".join("?" for _ in kinds)
    return rows(
        db,
        Line,
        f"{_FROM} WHERE entry.branch_id = ? AND entry.kind IN ({marks}) ORDER BY entry.number DESC LIMIT ?",
        [branch_id, *kinds, count],
    )
