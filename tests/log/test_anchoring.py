"""Every evening two officers get what a forger of the database cannot change."""

from __future__ import annotations

import re
from datetime import datetime

from dialogs import duty
from storage import due, log, members
from storage.log import Anchor
from tests.storage.conftest import NOW, Branch


def evening(branch: Branch, day: int) -> None:
    """What is due by that evening happens, as the worker lets it."""
    now = datetime(2026, 11, day, 20, 31)
    while row := due.take_due(branch.db, now):
        duty.load_duties()[row.kind].fire(row, duty.desk_of(branch.db, row.branch_id, now, row.kind))


def test_two_officers_get_the_anchor_every_evening(branch: Branch) -> None:
    secretary, liaison = members.officers(branch.db, branch.id, NOW)
    for officer in (secretary, liaison):
        members.add_contact(branch.db, officer.id, "telegram", f"chat{officer.id}", NOW)
    begin = duty.load_duties()["log_anchor"].begin
    assert begin is not None
    begin(duty.desk_of(branch.db, branch.id, NOW, "log_anchor"))
    begin(duty.desk_of(branch.db, branch.id, NOW, "log_anchor"))
    log.append(branch.db, branch_id=branch.id, at=NOW, kind="note", sentence="一件事")
    evening(branch, 22)
    evening(branch, 22)
    evening(branch, 23)
    sent = branch.db.execute("SELECT address, text FROM outbox WHERE channel = 'telegram' ORDER BY id").fetchall()
    assert [address for address, _ in sent] == [f"chat{secretary.id}", f"chat{liaison.id}"] * 2
    kept = [Anchor.read(re.findall(r"\d{4}-[^。]*", text)[0]) for _, text in sent[::2]]
    assert [(each.day, each.count) for each in kept] == [("2026-11-22", 1), ("2026-11-23", 2)]
    assert log.verify(branch.db, branch.id, kept) is None
