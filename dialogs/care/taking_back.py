"""A visit that was told by mistake: taken back, and said so to whoever has heard of it."""

from __future__ import annotations

import json
from datetime import datetime

from dialogs.care import overdue, visiting
from dialogs.office import Office
from storage import care, in_touch, log, outbox, visits
from storage.log import About
from storage.members import Officer

LATEST = 10
"""Entries among which those of this turn are looked for."""


def withdraw(visit_id: int, officer: Officer, desk: Office, turn: int = 0) -> str | None:
    """Take back a visit that was told by mistake; returns what had been said of it, None where there is no such visit.

    Who has heard that somebody went hears that it was a mistake; what is not out yet is kept back.
    """
    visit = visits.find(desk.db, desk.branch_id, visit_id)
    if visit is None or visit.at is None or visit.recorded_by != officer.id:
        return None
    case = care.the_case(desk.db, desk.branch_id, visit.case_id)
    visits.withdraw(desk.db, visit)
    desk.log(
        "visit_withdrawn", About("visit", visit_id), case.member_id, "care/visiting", officer=officer.spoken, who=case.who,
        said=visit.notes, turn=turn,
    )  # fmt: skip
    overdue.look_at(case, datetime.fromisoformat(case.due_at), desk)
    heard = outbox.reached(desk.db, f"visited:{visit_id}:")
    outbox.cancel_keys(desk.db, f"visited:{visit_id}:")
    key = f"unvisited:{visit_id}:{desk.now.isoformat()}"
    visiting.tell_reporters(case, "told_withdrawn", key, officer, desk, only=heard)
    return visit.notes


def withdraw_key(key: str, officer: Officer, desk: Office, turn: int) -> bool:
    """Take back a row that `record` wrote, by its kind and key: v12 a visit, c7 a contact. False where it is gone."""
    kind, number = key[:1], int(key[1:])
    if kind == "v":
        return withdraw(number, officer, desk, turn) is not None
    contact = in_touch.find_contact(desk.db, desk.branch_id, number)
    if contact is None or not in_touch.withdraw_contact(desk.db, number, officer.id):
        return False
    about = About("contact_made", number)
    desk.log(
        "visit_withdrawn", about, contact.member_id, "care/visiting", officer=officer.spoken, who=contact.name,
        said=contact.notes, turn=turn,
    )  # fmt: skip
    return True


def said_before(desk: Office, turn: int) -> str:
    """The officer's own words of what was taken back in this turn, to be told again with one thing put right."""
    for entry in log.tail(desk.db, desk.branch_id, LATEST):
        fields = json.loads(entry.fields or "{}")
        if entry.kind == "visit_withdrawn" and fields.get("turn") == turn:
            return str(fields["said"])
    return ""
