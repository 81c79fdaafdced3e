"""An alert that its chat refuses: a case calls the next person on its ladder at once, any other alert is handed on."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from sqlite_utils import Database

from bot.outbox import Undeliverable
from bot.telegram.wording import words
from dialogs.care import ladder, reporting_back
from dialogs.care.ladder import CALL
from dialogs.duty import desk_of
from storage import care, duty, log, members, outbox
from storage.members import Member, Officer
from storage.outbox import Message

logger = logging.getLogger(__name__)


def move_on(db: Database, clock: Callable[[], datetime]) -> Undeliverable:
    """Give up messages to members; hand alerts on, up the ladder."""

    def undeliverable(message: Message, kind: str) -> None:
        told = members.member(db, message.member_id) if message.member_id is not None else None
        if message.lane != "alert" or told is None:
            return
        officers = (
            _call_the_next(db, clock(), message, told)
            if message.case_id is not None
            else _hand_on(db, clock(), message, _below(db, clock(), told))
        )
        if not officers:
            logger.error("alert %d reaches nobody by phone (%s); it stands on the desk", message.id, kind)
            return
        names = "、".join(officer.spoken for officer in officers)
        log.append(
            db,
            branch_id=told.branch_id,
            at=clock(),
            kind="alert_moved",
            sentence=words("log").say("alert_moved", name=told.name, officer=names),
            member_id=told.id,
            channel=message.channel,
        )

    return undeliverable


def _call_the_next(db: Database, now: datetime, message: Message, told: Member) -> list[Officer]:
    """The next step of the case's ladder, in the transaction that gives the message up."""
    case = care.find_case(db, told.branch_id, message.case_id or 0)
    if case is None or not case.waits:
        return []
    members.block_contact(db, message.channel, message.address)  # so that the ladder does not count on it
    desk = desk_of(db, told.branch_id, now, CALL)
    if not ladder.not_called(case, desk) and ladder.reachable(case, desk):
        return []  # the others have been called for it already, and are called again in their time
    return list(reporting_back.climb(case, desk).officers)


def _below(db: Database, now: datetime, told: Member) -> Officer | None:
    officers = duty.ladder(db, told.branch_id, now)
    places = [officer.id for officer in officers]
    below = officers[places.index(told.id) + 1 :] if told.id in places else officers
    return next((officer for officer in below if members.contacts(db, officer.id)), None)


def _hand_on(db: Database, now: datetime, message: Message, officer: Officer | None) -> list[Officer]:
    if officer is None:
        return []
    for contact in members.contacts(db, officer.id):
        outbox.put(
            db,
            dedupe_key=f"moved:{message.id}:{contact.channel}:{contact.address}",
            lane="alert",
            channel=contact.channel,
            address=contact.address,
            member_id=officer.id,
            text=message.text,
            buttons=message.choices,
            recording_id=message.recording_id,
            now=now,
        )
    return [officer]
