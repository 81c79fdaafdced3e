"""A fresh branch in memory for every test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlite_utils import Database

from storage import members
from storage.database import memory_database

NOW = datetime(2026, 11, 22, 9, 30)


@dataclass(frozen=True)
class Branch:
    """A small branch with a secretary, a liaison and two members."""

    db: Database
    id: int
    secretary: int
    guilan: int
    defu: int


@pytest.fixture
def branch() -> Branch:
    db = memory_database()
    branch_id = members.add_branch(db, "春晖支部", "wuxi", NOW)
    secretary = members.add_member(db, branch_id, "李卫民", NOW, role="secretary", title="书记", rung=1)
    members.add_member(db, branch_id, "周敏", NOW, role="liaison", title="联络员", rung=2)
    guilan = members.add_member(db, branch_id, "王桂兰", NOW, birth_year=1945, dues_fen=9000)
    defu = members.add_member(db, branch_id, "刘德福", NOW, birth_year=1938)
    return Branch(db, branch_id, secretary, guilan, defu)
