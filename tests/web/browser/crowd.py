"""Two more branches for a server: one with a secretary and nobody else, one with three hundred members."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from bot import clock
from bot.config import load_config
from bot.web.desk.entrance import PURPOSE
from storage import (
    applications,
    attendances,
    broadcasts,
    care,
    documents,
    dues,
    links,
    members,
    outbox,
    sessions,
    suggestions,
    tasks,
)
from storage.database import open_database, writing

MEMBERS = 300
NOTHING, MUCH = "a-link-of-nothing", "a-link-of-much"
"""Secrets of the links with which the two secretaries sign in."""


def add_branches(folder: Path) -> None:
    now = clock.now()
    db = open_database(load_config(folder / "config.toml").database)
    with writing(db):
        empty, crowded = (members.add_branch(db, name, "wuxi", now) for name in ("新建支部", "大支部"))
        alone = members.add_member(db, empty, "钱新", now, role="secretary", title="书记", rung=1)
        busy = members.add_member(db, crowded, "孙大成", now, role="secretary", title="书记", rung=1)
        for secret, person in ((NOTHING, alone), (MUCH, busy)):
            links.add_link(db, secret, person, PURPOSE, now, now + timedelta(hours=1))
        crowd(db, crowded, busy, now)
    db.close()


def crowd(db: Database, branch: int, busy: int, now: datetime) -> None:
    """As much as three hundred members bring to a desk."""
    told = broadcasts.add(db, branch, "everybody", "明天下午三点，在活动室学习。", busy, now)
    held = sessions.add_session(db, branch, "全体大会", now - timedelta(days=1), place="大礼堂")
    key = documents.add_document(db, branch, "学习材料", now, text="学习材料。" * 50, summary="请大家学习。")
    for number in range(MEMBERS):
        person = members.add_member(db, branch, f"欧阳{number:03}", now, dues_fen=9000, phone="13900000000")
        dues.claim(db, person, dues.quarter_of(now), 9000, now)
        tasks.add_task(db, branch, "call_back", person, now, now, said="请书记给我回个电话")
        care.report(
            db, branch_id=branch, trigger="holiday", member_id=person, who=f"欧阳{number:03}", reporter_id=person,
            said="节日慰问", place="", recording_id=None, now=now, due_at=now,
        )  # fmt: skip
        applications.submit(db, branch, person, "dues_relief", now, said="党费能不能减免", reason="常年吃药")
        suggestions.add(db, branch, person, "活动室的灯换亮一点", now)
        attendances.record(db, held, person, "attended", now)
        outbox.put(
            db, dedupe_key=f"{broadcasts.key_of(told, person)}:next_turn:{person}", lane="routine",
            channel="next_turn", address=str(person), text="明天学习", now=now, member_id=person,
        )  # fmt: skip
    assert key
