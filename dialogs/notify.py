"""Telling people: alerts to the officers on duty, news to members. Every message is an outbox row."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import quiet, words
from dialogs.care.calling import DESK
from dialogs.office import Office
from dialogs.skill import Desk
from dialogs.understanding.times import say_time
from storage import members, outbox
from storage.members import Officer
from storage.outbox import Button, Lane

NEXT_TURN = "next_turn"
"""Channel of news that a member hears before the next answer, where no chat reaches them."""


def alert(
    desk: Office,
    key: str,
    text: str,
    *,
    case_id: int | None = None,
    buttons: Sequence[Button] = (),
    to: Officer | None = None,
    lane: Lane = "alert",
) -> list[Officer]:
    """Write an alert to the officer on duty, or to the one whose it is, on every channel; returns who is told.

    What only has to be known, not to be done, goes in the `routine` lane.
    """
    return _tell([to] if to else desk.officers[:1], desk, key, lane, text, case_id, buttons, desk.recording_id)


def notice(
    desk: Office, key: str, text: str, *, buttons: Sequence[Button] = (), recording_id: int | None = None
) -> list[Officer]:
    """Tell the officer on duty what can wait behind every alert; returns who is told."""
    return _tell(desk.officers[:1], desk, key, "routine", text, None, buttons, recording_id)


def tell_member(
    desk: Office, key: str, member_id: int, text: str, *, case_id: int | None = None, lane: Lane = "reply"
) -> None:
    """Write news to a member; without a chat it is kept for their next turn."""
    if not _put(desk, key, lane, member_id, text, spoken=text, case_id=case_id):
        outbox.put(
            desk.db,
            dedupe_key=f"{key}:{NEXT_TURN}:{member_id}",
            lane=lane,
            channel=NEXT_TURN,
            address=str(member_id),
            member_id=member_id,
            text=text,
            case_id=case_id,
            now=desk.now,
        )


def tell_officer(desk: Office, key: str, officer_id: int, text: str, *, case_id: int | None = None) -> None:
    """Write news to an officer's chats and desk, behind the alerts."""
    _put(desk, key, "reply", officer_id, text, case_id=case_id)
    _on_desk(desk, key, "reply", officer_id, text, case_id=case_id)


def collect_news(desk: Desk) -> str:
    """What the speaker has not been told yet; told with this answer, so marked in its transaction."""
    waiting = [
        message
        for message in outbox.due(desk.db, NEXT_TURN, desk.now, limit=50)
        if message.member_id == desk.speaker.id
    ]
    for message in waiting:
        outbox.sent(desk.db, message.id, desk.now)
    return "".join(message.text for message in waiting)


def held(desk: Office, after_id: int) -> str:
    """What its sender hears where a routine message, written after this one, waits for the end of the quiet hours."""
    until = outbox.held_since(desk.db, after_id)
    if until is None:
        return ""
    return words.load("notify", "words").say("held", when=say_time(until, desk.now))


def names(told: Sequence[Officer], desk: Office) -> str:
    """How members speak of those who were told; the sentence for nobody where the list is empty."""
    return "、".join(officer.spoken for officer in told) or desk.secretary


def _tell(
    told: Sequence[Officer],
    desk: Office,
    key: str,
    lane: Lane,
    text: str,
    case_id: int | None,
    buttons: Sequence[Button],
    recording_id: int | None,
) -> list[Officer]:
    for officer in told:
        _put(desk, key, lane, officer.id, text, case_id=case_id, buttons=buttons, recording_id=recording_id)
        _on_desk(desk, key, lane, officer.id, text, case_id=case_id, buttons=buttons, recording_id=recording_id)
    return list(told)


def _on_desk(
    desk: Office,
    key: str,
    lane: Lane,
    officer_id: int,
    text: str,
    *,
    case_id: int | None = None,
    buttons: Sequence[Button] = (),
    recording_id: int | None = None,
) -> None:
    outbox.put(
        desk.db,
        dedupe_key=f"{key}:{DESK}:{officer_id}",
        lane=lane,
        channel=DESK,
        address=str(officer_id),
        member_id=officer_id,
        text=text,
        buttons=buttons,
        recording_id=recording_id,
        case_id=case_id,
        now=desk.now,
    )


def _put(
    desk: Office,
    key: str,
    lane: Lane,
    member_id: int,
    text: str,
    *,
    spoken: str = "",
    case_id: int | None = None,
    buttons: Sequence[Button] = (),
    recording_id: int | None = None,
) -> bool:
    contacts = members.contacts(desk.db, member_id)
    not_before = quiet.not_before(desk.profile, desk.now) if lane == "routine" else desk.now
    for contact in contacts:
        outbox.put(
            desk.db,
            dedupe_key=f"{key}:{contact.channel}:{contact.address}",
            lane=lane,
            channel=contact.channel,
            address=contact.address,
            member_id=member_id,
            text=text,
            spoken=spoken,
            buttons=buttons,
            recording_id=recording_id,
            case_id=case_id,
            now=desk.now,
            not_before=not_before,
        )
    return bool(contacts)
