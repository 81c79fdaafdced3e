"""Sessions as an officer keeps them: put on the calendar, the roll called, the minutes written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from dialogs import words
from dialogs.hours import number
from dialogs.reply import Effect
from dialogs.sessions.finding import spoken
from dialogs.skill import Desk, Done
from dialogs.understanding.meaning import Span
from dialogs.understanding.times import as_span, find_time
from storage import attendances, log, minutes, roll, sessions
from storage.attendances import AttendanceState
from storage.log import About
from storage.sessions import Session

OWN = "sessions/convening"
"""The file with the words."""
LATE = "session.late_days"
"""The rule on how long afterwards a session may be entered."""
JUST_NOW = timedelta(minutes=10)
"""So long 通知大家 is about the session that was made."""
RECENT = 40
"""Entries of the log among which that is looked for."""


def convene(
    title: str, kind: str, start: datetime, desk: Desk, *, place: str = "", capacity: int | None = None
) -> Done:
    """Put a session on the branch's calendar; one of the same title at the same time is there already.

    One that took place a short time ago is entered afterwards (补记), and the log says so; an older one is not, for
    nobody could say any more who was there.
    """
    if too_late(start, desk):
        return Done("too_late", {"days": str(number(desk.profile, LATE))}, source=OWN)
    branch = desk.speaker.branch_id
    for each in sessions.between(desk.db, branch, start, start):
        if each.title == title:
            return Done("there_already", {"session": spoken(each, desk)}, source=OWN)
    key = sessions.add_session(desk.db, branch, title, start, kind=kind, place=place, capacity=capacity)
    made = sessions.session(desk.db, branch, key)
    if made is None:
        raise LookupError(f"session {key} was written and is not there")
    done = "session_made_late" if start <= desk.now else "session_made"
    entry = desk.log(
        done, About("session", key), None, OWN,
        officer=desk.speaker.name, title=made.title, day=made.starts_at.replace("T", " "), place=_at(made.place),
    )  # fmt: skip
    effects = (Effect("session_made", "session", key), Effect("logged", "entry", entry.id))
    return Done(done, {"session": spoken(made, desk)}, effects, source=OWN)


def made_just_now(desk: Desk) -> int | None:
    """The session that the speaker put on the calendar a moment ago, if it is still there."""
    since = (desk.now - JUST_NOW).isoformat(timespec="seconds")
    made = [
        entry.about_id
        for entry in log.tail(desk.db, desk.branch_id, RECENT)
        if entry.kind == "session_made" and entry.actor_id == desk.speaker.id and entry.at >= since
    ]
    session = sessions.session(desk.db, desk.branch_id, made[-1] or 0) if made else None
    return session.id if session is not None and session.state == "planned" else None


def too_late(start: datetime, desk: Desk) -> bool:
    """Whether a session that began then can no longer be entered."""
    return start < desk.now - timedelta(days=number(desk.profile, LATE))


def starts(when: Span, clock: str) -> datetime | None:
    """The minute at which it starts; None for a day or half a day, of which an hour has still to be asked."""
    start = datetime.fromisoformat(when.start or "")
    if when.end is None:
        return start
    said = find_time(clock, start.replace(hour=0, minute=0)) if clock else None
    span = as_span(said) if said else None
    return datetime.fromisoformat(span.start) if span and span.start and span.end is None else None


def call_roll(session: Session, states: Mapping[int, AttendanceState], desk: Desk) -> Done:
    """Write how each of these members was at the session; the last word counts, and each change is an entry.

    Of the frail (年老体弱) nothing is required, so they are excused where somebody else would be unexplained.
    """
    if session.start > desk.now:
        return Done("not_yet", {"session": spoken(session, desk)}, source=OWN)
    effects: list[Effect] = []
    for line in roll.roll(desk.db, session):
        state = states.get(line.member_id)
        if state is None:
            continue
        if state == "unexplained" and (line.frail or line.registration == "leave"):
            state = "excused"
        if state != line.state:
            attendances.record(desk.db, session.id, line.member_id, state, desk.now)
            entry = desk.log(
                "attendance", About("session", session.id), line.member_id, OWN,
                name=line.name, title=session.title, day=session.starts_at[:10], state=_state(state),
            )  # fmt: skip
            effects.append(Effect("logged", "entry", entry.id))
    roll.held(desk.db, session)
    written = [line.state for line in roll.roll(desk.db, session)]
    said: dict[str, str] = {state: str(written.count(state)) for state in roll.STATES}
    said |= {"missing": str(written.count("")), "title": session.title}
    return Done(
        "roll_called_open" if written.count("") else "roll_called",
        said,
        (Effect("roll_called", "session", session.id), *effects),
        source=OWN,
    )


def write_minutes(session: Session, text: str, desk: Desk) -> Done:
    """Write the session's minutes; the log keeps each version."""
    minutes.write(desk.db, session.id, text, desk.speaker.id, desk.now)
    entry = desk.log(
        "minutes", About("session", session.id), None, OWN,
        officer=desk.speaker.name, title=session.title, day=session.starts_at[:10], text=text,
    )  # fmt: skip
    effects = (Effect("minutes", "session", session.id), Effect("logged", "entry", entry.id))
    return Done("minutes", {"title": session.title}, effects)


def _state(state: str) -> str:
    return words.load(OWN, "words").say(f"state_{state}")


def _at(place: str) -> str:
    return words.load(OWN, "words").say("at_place", place=place) if place else ""
