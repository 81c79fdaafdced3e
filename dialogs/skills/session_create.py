"""An officer puts a session on the calendar: what is missing is asked, what was made is said and can be taken back."""

from __future__ import annotations

from datetime import datetime

from dialogs import words
from dialogs.sessions import calling_off, convening
from dialogs.skill import Ask, Desk, Done, Outcome, Wish
from dialogs.understanding.meaning import Span
from dialogs.understanding.times import as_span, find_time, say_time
from storage import sessions

OWN = "skills/session_create"
LONGEST_TITLE = 20
"""Characters; what is longer was no title but a whole sentence."""


def act(wish: Wish, desk: Desk) -> Outcome:
    """Make the session that was said; a second 不对 takes it off the calendar again."""
    if made := wish.key_slot("made"):
        return _take_back(made, desk)
    when = wish.slots.get("when")
    if not isinstance(when, Span) or not when.start:
        return Ask("when", "when")
    start = _start(when, wish.text_slot("clock"))
    if start is None:
        day = say_time(datetime.fromisoformat(when.start), desk.now).rpartition("，")[0]
        return Ask("what_time", "clock", {"day": day}, optional=True)
    if start <= desk.now:
        return Ask("is_over", "when", {"when": say_time(start, desk.now)})
    title = wish.text_slot("topic")[:LONGEST_TITLE] or _say("untitled")
    kind = "activity" if any(cue in wish.text for cue in words.lists(OWN, "cues")["activity"]) else "study"
    done = convening.convene(title, kind, start, desk, place=wish.text_slot("place"))
    if done.key != "session_made":
        return done
    return Done("made", dict(done.words), done.effects, undo=Wish(wish.intent, {"made": done.effects[0].id}))


def _start(when: Span, clock: str) -> datetime | None:
    """The minute at which it starts; None for a day or half a day, of which an hour has still to be asked."""
    start = datetime.fromisoformat(when.start or "")
    if when.end is None:
        return start
    said = find_time(clock, start.replace(hour=0, minute=0)) if clock else None
    span = as_span(said) if said else None
    return datetime.fromisoformat(span.start) if span and span.start and span.end is None else None


def _take_back(key: int, desk: Desk) -> Outcome:
    made = sessions.session(desk.db, desk.speaker.branch_id, key)
    if made is None or made.state != "planned":
        return Done("gone", {})
    return calling_off.call_off(made, desk)


def _say(key: str) -> str:
    return words.load(OWN, "parts").say(key)
