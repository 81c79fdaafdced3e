"""A session as it is told to somebody: when, where, whether they stand on its list, and what they asked of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from dialogs import words
from dialogs.sessions import spoken_of
from dialogs.sessions.finding import spoken
from dialogs.skill import Desk
from dialogs.understanding.times import lasting
from storage import places, registrations
from storage.outbox import Button
from storage.sessions import Session

OWN = "skills/session_list"
ASPECTS = ("remind", "room", "company", "still", "skip", "allowed", "unwritten")
"""What is asked of one session, each with a sentence of its own."""


def aspect(text: str) -> str:
    """What is asked about; one for all that is told of a session anyway."""
    return next((name for name in ASPECTS if spoken_of.says(name, text)), "one")


def parts(session: Session, desk: Desk) -> dict[str, str]:
    """All that can be told of it."""
    return {
        "session": spoken(session, desk), "place": place(session), "state": say(state(session, desk)),
        "secretary": desk.secretary, "room": room(session, desk), "company": company(session, desk),
    }  # fmt: skip


def shortly(found: Sequence[Session], text: str, desk: Desk) -> str:
    """The one thing that was asked of several sessions, of each; empty where it takes more words."""
    tell = next((tell for name, tell in _SHORTLY.items() if spoken_of.says(name, text)), None)
    return "；".join(f"{each.title}，{tell(each, desk)}" for each in found).replace("。", "") if tell else ""


def place(session: Session) -> str:
    """Where it is."""
    return say("at_place", place=session.place) if session.place else say("placeless")


def room(session: Session, desk: Desk) -> str:
    """How many places are left; empty where nobody counts them."""
    if session.capacity is None:
        return say("room_open")
    left = session.capacity - registrations.taken(desk.db, session.id)
    return say("room", count=left) if left > 0 else say("room_none")


def company(session: Session, desk: Desk) -> str:
    """How many come; who they are only the secretary tells."""
    count = registrations.taken(desk.db, session.id)
    return say("company", count=count, secretary=desk.secretary) if count else say("company_none")


_SHORTLY: Mapping[str, Callable[[Session, Desk], str]] = {
    "where": lambda session, _: place(session), "room": room, "company": company,
}  # fmt: skip


def state(session: Session, desk: Desk) -> str:
    """How the speaker stands in it: signed_up, waiting, leave, free."""
    standing = registrations.of(desk.db, session.id, desk.speaker.id)
    states = {"registered": "signed_up", "waiting": "waiting", "leave": "leave"}
    return states.get(standing.state, "free") if standing else "free"


def own(found: Sequence[Session], desk: Desk) -> list[Session]:
    """Those in which the speaker, or somebody for whom they asked, has a place."""
    return [each for each in found if places.asked_for_by(desk.db, each.id, desk.speaker.id)]


def button(session: Session, desk: Desk) -> Button:
    """Pressed, it is as if one had said the whole name with its day, so that no other session can be meant."""
    start = datetime.fromisoformat(session.starts_at)
    label = say("button", title=session.title, day=f"{start.month}-{start.day}")
    return Button(label, say("pressed", session=lasting(spoken(session, desk))))


def say(key: str, **values: str | int) -> str:
    """A part of the answer."""
    return words.load(OWN, "parts").say(key, **values)
