"""Who asks: the one key by which every question finds its branch."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import pysqlite3
from sqlite_utils import Database

from storage.database import Value

OFFICES = ("secretary", "committee", "liaison", "party_committee")
"""Roles that may ask about their branch."""
CARE_ROLES = ("secretary", "committee", "liaison")
"""Roles that see what is about health: those of the branch itself, who visit, and the liaison who helps them."""


def _branch_by(roles: tuple[str, ...]) -> str:
    named = ", ".join(f"'{role}'" for role in roles)
    return (
        "(SELECT asker.branch_id FROM role JOIN member AS asker ON asker.id = role.member_id "
        f"WHERE asker.id = :asker AND asker.left_at IS NULL AND role.role IN ({named}) "
        "AND role.valid_from <= :today AND (role.valid_to IS NULL OR role.valid_to >= :today) LIMIT 1)"
    )


BRANCH = _branch_by(OFFICES)
"""In a WHERE: the asker's branch today; NULL, and so no row, for whoever holds no office."""
CARERS_BRANCH = _branch_by(CARE_ROLES)
"""The same for what is about health."""


@dataclass(frozen=True)
class Asker:
    """A person with a question."""

    id: int
    """Key of the member."""
    now: datetime
    """Local time at which it is asked."""

    def values(self, **more: Value) -> dict[str, Value]:
        """What a query is bound to."""
        return {"asker": self.id, "today": self.now.date().isoformat(), **more}

    def branch(self, db: Database) -> int | None:
        """The asker's branch; None for whoever holds no office today."""
        return self._one(db, BRANCH)

    def cares(self, db: Database) -> bool:
        """Whether the asker may be told what is about health."""
        return self._one(db, CARERS_BRANCH) is not None

    def _one(self, db: Database, which: str) -> int | None:
        found = db.execute(f"SELECT {which}", self.values()).fetchone()[0]
        return None if found is None else int(found)


@contextmanager
def reading(db: Database) -> Iterator[Database]:
    """The same database on a connection that cannot write; what lives in memory is itself held from writing."""
    file = next(row[2] for row in db.execute("PRAGMA database_list").fetchall() if row[1] == "main")
    if file:
        copy = Database(pysqlite3.connect(f"file:{file}?mode=ro", uri=True))
        copy.execute("PRAGMA query_only = 1")
        try:
            yield copy
        finally:
            copy.close()
        return
    db.execute("PRAGMA query_only = 1")
    try:
        yield db
    finally:
        db.execute("PRAGMA query_only = 0")
