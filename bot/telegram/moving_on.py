"""An alert that its chat refuses goes to the next officer on duty who can be reached."""

from __future__ import annotations

import logging

from bot.app import App
from bot.outbox import Undeliverable
from bot.telegram.wording import words
from storage import log, members, outbox
from storage.members import Officer
from storage.outbox import Message

logger = logging.getLogger(__name__)


def move_on(app: App) -> Undeliverable:
    """Give up messages to members; hand alerts on, down the list of officers."""

    def undeliverable(message: Message, kind: str) -> None:
        told = members.member(app.db, message.member_id) if message.member_id is not None else None
        if message.lane != "alert" or told is None:
            return
        officers = members.officers(app.db, told.branch_id, app.clock())
        places = [officer.id for officer in officers]
        below = officers[places.index(told.id) + 1 :] if told.id in places else officers
        following = next((officer for officer in below if members.contacts(app.db, officer.id)), None)
        if following is None:
            logger.error("alert %d reaches nobody by phone (%s); it stands on the desk", message.id, kind)
            return
        _hand_on(app, message, following)
        log.append(
            app.db,
            branch_id=told.branch_id,
            at=app.clock(),
            kind="alert_moved",
            sentence=words("log").say("alert_moved", name=told.name, officer=following.spoken),
            member_id=told.id,
            channel=message.channel,
        )

    return undeliverable


def _hand_on(app: App, message: Message, officer: Officer) -> None:
    for contact in members.contacts(app.db, officer.id):
        outbox.put(
            app.db,
            dedupe_key=f"moved:{message.id}:{contact.channel}:{contact.address}",
            lane="alert",
            channel=contact.channel,
            address=contact.address,
            member_id=officer.id,
            text=message.text,
            buttons=message.choices,
            recording_id=message.recording_id,
            case_id=message.case_id,
            now=app.clock(),
        )
