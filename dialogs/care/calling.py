"""One call to one officer: what it says, and the rows by which it goes out and is accounted for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dialogs import words
from dialogs.office import Office
from storage import care, deliveries, members, outbox
from storage.care import CareCase, Report
from storage.log import About
from storage.members import Officer
from storage.outbox import Button

DESK = "desk"
"""Channel of the secretary's page."""


def put_on_its_way(
    case: CareCase, called: Sequence[Officer], people: Sequence[Officer], step: int, desk: Office
) -> bool:
    """Write the alerts of one step, each with the row that it was tried; True where one goes to a chat."""
    reports = care.reports(desk.db, case.id)
    text = alert_text(case, reports, again=step > 1)
    recording = next((each.recording_id for each in reversed(reports) if each.recording_id), None)
    places = {officer.id: place for place, officer in enumerate(people, start=1)}
    by_chat = False
    for officer in called:
        written = tell(
            officer, case, text, f"care:{case.id}:{step}", desk, buttons=buttons(case), recording_id=recording
        )
        for channel, message_id in written:
            by_chat |= channel != DESK
            deliveries.note(
                desk.db,
                case.id,
                officer.id,
                channel,
                "tried",
                desk.now,
                rung=places[officer.id],
                step=step,
                message_id=message_id,
            )
    if step > 1:
        names = "、".join(officer.spoken for officer in called)
        about = About("care_case", case.id)
        desk.log("care_called", about, case.member_id, "care/ladder", number=case.number, officers=names)
    return by_chat


def alert_text(case: CareCase, reports: Sequence[Report], *, again: bool) -> str:
    """What an officer reads; the same number each time, so that two messages are seen to be one case."""
    last = reports[-1]
    due_at = datetime.fromisoformat(case.due_at).strftime("%m-%d %H:%M")
    text = _say(
        f"alert_{case.trigger}",
        number=case.number,
        who=case.who,
        reporter=last.reporter,
        said=last.said,
        due=due_at,
    )
    return _say("again") + text if again else text


def tell(
    officer: Officer,
    case: CareCase,
    text: str,
    key: str,
    desk: Office,
    *,
    buttons: Sequence[Button] = (),
    recording_id: int | None = None,
) -> list[tuple[str, int]]:
    """Write an alert to an officer's chats and desk; returns channel and key of each message."""
    chats = [(each.channel, each.address) for each in members.contacts(desk.db, officer.id)]
    written = []
    for channel, address in [*chats, (DESK, str(officer.id))]:
        message_id = outbox.put(
            desk.db,
            dedupe_key=f"{key}:{channel}:{address}",
            lane="alert",
            channel=channel,
            address=address,
            member_id=officer.id,
            text=text,
            buttons=buttons,
            recording_id=recording_id,
            case_id=case.id,
            now=desk.now,
        )
        if message_id is not None:
            written.append((channel, message_id))
    return written


def buttons(case: CareCase) -> tuple[Button, ...]:
    """What an officer can answer with one press."""
    return (Button(_say("button_taken"), f"ack:{case.id}"),)


def _say(key: str, **values: str | int) -> str:
    return words.load("care/ladder", "words").say(key, **values)
