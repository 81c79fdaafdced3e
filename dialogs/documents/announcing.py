"""A new document is told of once: before the next answer, or as a short notice by day, as the profile has it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from dialogs import notify, words
from dialogs.skill import Desk
from storage import members, outbox
from storage.documents import Document

DAY = (time(8, 30), time(20, 0))
"""Between these a notice may come; what is new at night waits for the morning."""
LONGEST_TITLE = 20
"""Characters up to which a title is said whole; a longer one is called by its nickname where it has one."""
BY_MESSAGE = "message"


def announce(document: Document, desk: Desk, *, renewed: bool = False) -> int:
    """Tell every member but the one who put it in; returns how many will hear of it. In the caller's transaction."""
    by_message = desk.profile.rules["document.notice"].value == BY_MESSAGE
    text = words.load("documents/announcing", "notices").say("renewed" if renewed else "new", title=called(document))
    key = f"document:{document.id}:{desk.now.isoformat(timespec='seconds')}" if renewed else f"document:{document.id}"
    told = [each for each in members.members(desk.db, desk.speaker.branch_id) if each.id != desk.speaker.id]
    for member in told:
        contacts = members.contacts(desk.db, member.id) if by_message else []
        places = [(each.channel, each.address) for each in contacts] or [(notify.NEXT_TURN, str(member.id))]
        for channel, address in places:
            outbox.put(
                desk.db,
                dedupe_key=f"{key}:{channel}:{address}",
                lane="routine",
                channel=channel,
                address=address,
                member_id=member.id,
                text=text,
                spoken=text if contacts else "",
                now=by_day(desk.now) if contacts else desk.now,
            )
    return len(told)


def called(document: Document) -> str:
    """What the document is called in passing."""
    names = document.spoken_names
    return names[0] if names and len(document.title) > LONGEST_TITLE else document.title


def by_day(now: datetime) -> datetime:
    """Now, or the next morning where it is late or early."""
    begins, ends = DAY
    if begins <= now.time() <= ends:
        return now
    day = now.date() + timedelta(days=1 if now.time() > ends else 0)
    return datetime.combine(day, begins)
