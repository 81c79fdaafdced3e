"""A session that will not take place: off the calendar, and whoever signed up hears it."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import notify, words
from dialogs.reply import Effect
from dialogs.sessions.finding import spoken
from dialogs.skill import Desk, Done
from dialogs.understanding.times import lasting
from storage import roll
from storage.log import About
from storage.sessions import Session

OWN = "sessions/calling_off"
"""The file with the words."""


def call_off(session: Session, desk: Desk, told: Sequence[int] | None = None) -> Done:
    """Take a planned session off the calendar and tell everybody who has a place in it, or those who are given."""
    everybody = told is not None  # also who did not sign up
    told = roll.signed_up(desk.db, session.id) if told is None else told
    roll.call_off(desk.db, session)
    said = {"session": spoken(session, desk)}
    entry = desk.log(
        "called_off", About("session", session.id), None, OWN,
        officer=desk.speaker.name, title=session.title, day=session.starts_at.replace("T", " "),
    )  # fmt: skip
    news = words.load(OWN, "words").say(
        "everybody_called_off" if everybody else "member_called_off", session=lasting(said["session"])
    )
    for member_id in told:
        notify.tell_member(desk, f"called_off:{session.id}", member_id, news)
    effects = (Effect("called_off", "session", session.id), Effect("logged", "entry", entry.id))
    key = "called_off_all" if everybody else "called_off_told" if told else "called_off"
    return Done(key, {**said, "count": str(len(told))}, effects, source=OWN)
