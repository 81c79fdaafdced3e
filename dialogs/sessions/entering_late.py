"""A session that was held and never planned, entered afterwards (补记) together with who was there."""

from __future__ import annotations

from datetime import datetime

from dialogs.sessions import convening, titles
from dialogs.sessions.finding import stretch, topic_of
from dialogs.skill import Ask, Confirm, Desk, Done, Outcome, Wish
from dialogs.understanding.times import say_time


def enter(wish: Wish, desk: Desk) -> Outcome:
    """The session that is meant, written after a yes to the read-back; what is missing for that is asked before."""
    when = stretch(wish)
    if when is None:
        return Ask("which_day", "when")
    start = convening.starts(when, wish.text_slot("clock"))
    day = datetime.fromisoformat(when.start or "")
    if (start or day) > desk.now:
        return Done("no_session")
    if start is None and not convening.too_late(day.replace(hour=23, minute=59), desk):
        said = say_time(day, desk.now).rpartition("，")[0]
        return Ask("what_time", "clock", {"day": said}, optional=True)
    title = titles.title_of(topic_of(wish), desk)
    if not wish.confirmed and not convening.too_late(start or day, desk):
        return Confirm("enter_late", {"when": say_time(start or day, desk.now), "title": title})
    return convening.convene(title, titles.kind_of(wish.text), start or day, desk)
