"""A planned session is written at its new time or place, or with its title, and those who come are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dialogs import notify, words
from dialogs.reply import Effect
from dialogs.sessions.finding import spoken
from dialogs.skill import Desk, Done
from dialogs.understanding.times import lasting
from storage import roll, sessions
from storage.log import About
from storage.sessions import Session

OWN = "sessions/altering"
"""The file with the words."""


def move(
    session: Session,
    told: Sequence[int],
    desk: Desk,
    *,
    start: datetime | None = None,
    place: str = "",
    title: str = "",
) -> Done:
    """Write what is new, with an entry, and tell these; said from the row as it then stands."""
    roll.alter(desk.db, session, starts_at=start, place=place, title=title)
    now = sessions.session(desk.db, desk.branch_id, session.id)
    if now is None:
        raise LookupError(f"session {session.id} was moved and is not there")
    values = {"title": session.title, "day": session.starts_at.replace("T", " ")}
    entry = desk.log(
        "altered", About("session", session.id), None, OWN,
        officer=desk.speaker.name, to=_logged(session, now), **values,
    )  # fmt: skip
    at = words.load(OWN, "words").say("at_place", place=now.place) if now.place else ""
    after = lasting(spoken(now, desk)) + at
    news = words.load(OWN, "words").say("member_altered", session=after)
    for member_id in told:
        notify.tell_member(desk, f"altered:{session.id}:{desk.turn}", member_id, news)
    effects = (Effect("altered", "session", session.id), Effect("logged", "entry", entry.id))
    said = {"session": spoken(now, desk) + at, "count": str(len(told))}
    return Done("altered_told" if told else "altered", said, effects, source=OWN)


def _logged(before: Session, now: Session) -> str:
    changed = [now.title] if now.title != before.title else []
    changed += [now.starts_at.replace("T", " ")] if now.starts_at != before.starts_at else []
    return "，".join([*changed, *([now.place] if now.place != before.place else [])])
