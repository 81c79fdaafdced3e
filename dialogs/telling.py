"""Routine messages to one person: an officer's reminder or digest, a question to a member."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import quiet, words
from dialogs.care.calling import DESK
from dialogs.office import Office
from storage import members, outbox

MOST_NAMED = 3
"""Names that are said in one breath; the whole list is a question away."""


def few(names: Sequence[str], most: int = MOST_NAMED) -> str:
    """Some names in a row; that there are more is said."""
    said = "、".join(names[:most])
    return words.load("telling", "words").say("more", names=said) if len(names) > most else said


def tell_officer(desk: Office, key: str, officer_id: int, text: str, *, spoken: str = "") -> None:
    """Write to an officer on every chat, and on the desk; `spoken` is sent along as a voice note."""
    _put(desk, key, officer_id, text, spoken)
    _row(desk, key, DESK, str(officer_id), officer_id, text, spoken)


def ask_member(desk: Office, key: str, member_id: int, text: str) -> bool:
    """Write to a member on every chat, with the words spoken too; False where no chat of theirs takes messages."""
    return _put(desk, key, member_id, text, text)


def _put(desk: Office, key: str, member_id: int, text: str, spoken: str) -> bool:
    contacts = members.contacts(desk.db, member_id)
    for contact in contacts:
        _row(desk, key, contact.channel, contact.address, member_id, text, spoken)
    return bool(contacts)


def _row(desk: Office, key: str, channel: str, address: str, member_id: int, text: str, spoken: str) -> None:
    outbox.put(
        desk.db, dedupe_key=f"{key}:{channel}:{address}", lane="routine", channel=channel, address=address,
        member_id=member_id, text=text, spoken=spoken, now=desk.now,
        not_before=desk.now if channel == DESK else quiet.not_before(desk.profile, desk.now),
    )  # fmt: skip
