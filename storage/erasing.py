"""What a member said goes for good, wherever the branch keeps it: log, cases, wishes, messages, recordings.

What somebody still has to act upon stays until it is done: words of a case that is open, a message that was never
answered, a wish that is not decided. Of the roster and the books (attendance, dues, places) nothing goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage import log
from storage.members import Member
from storage.recordings import CARRYING, take_out

_ENDED = "SELECT id FROM care_case WHERE state IN ('closed', 'false_alarm')"
_OWN_ENDED = (
    f"{_ENDED} AND (member_id = :member OR (member_id IS NULL "
    "AND id IN (SELECT case_id FROM care_report WHERE reporter_id = :member)))"
)


@dataclass(frozen=True)
class Place:
    """Columns of a table that hold words of a member, or about one."""

    table: str
    """Table."""
    words: tuple[str, ...]
    """Columns that are emptied."""
    whose: str
    """Which rows, with :member, :name and :branch."""
    instead: str = ""
    """A column in which a sentence stands instead, where the desk shows it."""


PLACES = (
    Place("care_report", (), f"case_id IN ({_ENDED}) AND (reporter_id = :member OR case_id IN ({_OWN_ENDED}))", "said"),
    Place("care_case", ("place", "who", "close_reason"), f"id IN ({_OWN_ENDED})"),
    Place("visit", ("notes",), f"case_id IN ({_OWN_ENDED})"),
    Place("task", ("said", "subject"), "member_id = :member AND done_at IS NOT NULL"),
    Place("application", ("reason", "value"), "member_id = :member AND state <> 'pending'", "said"),
    Place("suggestion", ("answer",), "member_id = :member AND state <> 'new'", "said"),
    Place("registration", ("said", "reason"), "member_id = :member OR asked_by = :member"),
    Place("rhythm", ("said",), "member_id = :member"),
    Place("check_in", ("said",), "member_id = :member"),
    Place("contact_made", ("notes",), "member_id = :member"),
    Place(
        "outbox",
        ("spoken",),
        f"member_id = :member OR case_id IN ({_OWN_ENDED}) OR (case_id IS NULL AND instr(text, :name) "
        "AND (state <> 'waiting' OR channel = 'desk') "
        "AND member_id IN (SELECT id FROM member WHERE branch_id = :branch))",
        "text",
    ),
)
"""Where words stand that are overwritten."""
ROWS = (
    ("inbox", "member_id = :member AND state <> 'new'"),
    ("card", "member_id = :member"),
    ("talent", "member_id = :member"),
    ("dialogue", "member_id = :member OR (instr(state, :name) AND member_id IN "
                 "(SELECT id FROM member WHERE branch_id = :branch))"),
)  # fmt: skip
"""Rows that are nothing without their words."""


@dataclass(frozen=True)
class Erased:
    """What has gone."""

    entries: int
    """Entries of the branch log without their words."""
    files: tuple[str, ...]
    """Names of recordings whose rows are gone; to be removed from their folder after the commit."""
    open_cases: int
    """Cases that keep their words until they are closed."""


def erase_member(
    db: Database, member: Member, at: datetime, *, sentence: str, instead: str, actor_id: int | None, channel: str
) -> Erased:
    """Erase what the member said and what was said to and about them, inside the caller's transaction.

    `sentence` is the log's, `instead` stands where words stood on the desk; both name nobody. Call `log.settle` after
    the commit.
    """
    values: dict[str, str | int] = {"member": member.id, "name": member.name, "branch": member.branch_id}
    values["instead"] = instead
    entries = log.erase_words(
        db, member.branch_id, member.id, at, sentence=sentence, actor_id=actor_id, channel=channel
    )
    files = _erase_recordings(db, values)
    for place in PLACES:
        new = [f"{column} = ''" for column in place.words] + ([f"{place.instead} = :instead"] if place.instead else [])
        db.execute(f"UPDATE {place.table} SET {', '.join(new)} WHERE {place.whose}", values)
    db.execute("UPDATE outbox SET state = 'cancelled' WHERE member_id = :member AND state = 'waiting'", values)
    for table, whose in ROWS:
        db.execute(f"DELETE FROM {table} WHERE {whose}", values)
    still = "SELECT count(*) FROM care_case WHERE member_id = :member AND state NOT IN ('closed', 'false_alarm')"
    return Erased(entries, files, int(db.execute(still, values).fetchone()[0]))


def _erase_recordings(db: Database, values: dict[str, str | int]) -> tuple[str, ...]:
    """Take the member's recordings out of every row; returns their files. What another member sent, too, stays."""
    whose = {place.table: place.whose for place in PLACES} | dict(ROWS)
    own = " UNION ".join(f"SELECT recording_id FROM {table} WHERE {whose[table]}" for table in CARRYING)
    needed = " UNION ".join(
        ["SELECT recording_id FROM inbox WHERE recording_id IS NOT NULL AND (member_id <> :member OR state = 'new')"]
        + [
            f"SELECT recording_id FROM {table} WHERE recording_id IS NOT NULL AND NOT ({whose[table]})"
            for table in CARRYING
            if table not in ("outbox", "inbox")
        ]
    )
    found = db.execute(
        f"SELECT id, file FROM recording WHERE id IN ({own}) AND id NOT IN ({needed})", values
    ).fetchall()
    take_out(db, [int(key) for key, _ in found])
    return tuple(str(file) for _, file in found)
