"""What is named at the command line, found: the branch's books, a branch, a person. Each error lists what there is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlite_utils import Database

from bot.config import Config
from bot.console import OperatorError
from storage import members
from storage.database import open_books
from storage.members import Member

LISTED = 20
"""Names in an error: enough to find the one that was meant."""


@contextmanager
def books(settings: Config) -> Iterator[Database]:
    """The branch's database, open for the time of a command. Raises StorageError where there is none."""
    db = open_books(settings.database)
    try:
        yield db
    finally:
        db.close()


def branches(db: Database, wanted: str = "") -> list[tuple[int, str]]:
    """Key and name of every branch, or of the one that was named. Raises OperatorError."""
    there = [(int(key), str(name)) for key, name in db.execute("SELECT id, name FROM branch ORDER BY id")]
    if not there:
        raise OperatorError("no_branch_yet")
    chosen = [(key, name) for key, name in there if wanted in ("", str(key), name)]
    if not chosen:
        raise OperatorError("no_branch", name=wanted, names="、".join(name for _, name in there))
    return chosen


def find_branch(db: Database, wanted: str) -> tuple[int, str]:
    """Key and name of the branch that was named, or of the only one. Raises OperatorError."""
    chosen = branches(db, wanted)
    if len(chosen) > 1:
        raise OperatorError("several_branches", names="、".join(name for _, name in chosen))
    return chosen[0]


def find_person(db: Database, name: str) -> Member:
    """The one person of that name or key. Raises OperatorError."""
    found = members.find(db, name)
    if len(found) == 1:
        return found[0]
    if found:
        raise OperatorError("several_members", name=name, names="、".join(str(each.id) for each in found))
    there = db.execute("SELECT name FROM member WHERE left_at IS NULL LIMIT ?", [LISTED])
    everybody = [str(row[0]) for row in there]
    raise OperatorError("no_member" if everybody else "no_member_yet", name=name, names="、".join(everybody))


def find_officer(db: Database, name: str, now: datetime) -> Member:
    """The person of that name; where none is named, the first on duty of the first branch. Raises OperatorError."""
    if name:
        return find_person(db, name)
    for branch_id, _ in branches(db):
        for officer in members.officers(db, branch_id, now):
            person = members.member(db, officer.id)
            if person is not None:
                return person
    raise OperatorError("no_officer")
