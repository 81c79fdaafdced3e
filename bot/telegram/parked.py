"""An update that could not be handled goes to a human: a task, an alert to the officer on duty, a line in the log."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.app import App
from bot.telegram.enrolment import CHANNEL, sender
from bot.telegram.wording import words
from dialogs import notify
from dialogs.skill import Desk
from storage import log, tasks
from storage.inbox import Received
from storage.members import Member
from storage.settings import profile_of

logger = logging.getLogger(__name__)

OnParked = Callable[[Received, Member | None], bool]
"""Called in the transaction that parks an update; True where a human is told."""


def hand_over(app: App) -> OnParked:
    """Have a human call back whoever sent an update that could not be handled."""

    def parked(received: Received, member: Member | None) -> bool:
        author = member or _author(app, received)
        if author is None:
            logger.error("update %s of nobody we know is parked", received.update_id)
            return False
        now = app.clock()
        profile = profile_of(app.db, author.branch_id)
        desk = Desk(app.db, author, now, CHANNEL, received.id, received.recording_id, profile, "")
        due = now + timedelta(hours=profile.hours("care.emergency.visit_hours"))
        tasks.add_task(app.db, author.branch_id, "call_back", author.id, now, due, recording_id=received.recording_id)
        notify.alert(desk, f"parked:{received.id}", words("alerts").say("parked", name=author.name))
        log.append(
            app.db,
            branch_id=author.branch_id,
            at=now,
            kind="parked",
            sentence=words("log").say("parked", name=author.name),
            actor_id=author.id,
            member_id=author.id,
            channel=CHANNEL,
        )
        return True

    return parked


def _author(app: App, received: Received) -> Member | None:
    """Who sent an update that the library cannot read: a private chat has the number of its person."""
    raw: Mapping[str, object] = json.loads(received.raw)
    for content in raw.values():
        person = content.get("from") or content.get("chat") if isinstance(content, dict) else None
        number = person.get("id") if isinstance(person, dict) else None
        if isinstance(number, int):
            return sender(app.db, number, app.clock())
    return None
