"""Sign up for a study session or an activity."""

from __future__ import annotations

from datetime import datetime

from dialogs.reply import Effect
from dialogs.skill import Ask, Desk, Done, Option, Outcome, Wish
from dialogs.understanding.meaning import Span
from dialogs.understanding.sound import similarity, syllables
from dialogs.understanding.times import say_time
from storage import members, sessions
from storage.log import About
from storage.members import Member
from storage.sessions import Session

SOUNDS_LIKE = 0.75
"""Similarity from which a topic that was said is taken for one in a session's title."""
MOST_READ_OUT = 3
"""Choices an old ear can keep in mind."""


def act(wish: Wish, desk: Desk) -> Outcome:
    """Find the session by date or topic, ask where several fit, and write the name down."""
    coming = sessions.upcoming(desk.db, desk.speaker.branch_id, desk.now)
    if not coming:
        return Done("none_planned", {"secretary": desk.secretary})
    fitting = _fitting(coming, wish, desk)
    if not fitting:
        return _which("no_such", coming, desk)
    if len(fitting) > 1:
        return _which("which", fitting, desk)
    return _write_down(fitting[0], _who(wish, desk), desk)


def _fitting(coming: list[Session], wish: Wish, desk: Desk) -> list[Session]:
    if chosen := wish.key_slot("session"):
        return [session for session in coming if session.id == chosen]
    when = wish.slots.get("when")
    if isinstance(when, Span) and when.start:
        coming = [session for session in coming if _within(session.start, when)]
    topic = wish.text_slot("topic")
    by_topic = [session for session in coming if _sounds_like(topic, session.title, desk)] if topic else []
    return by_topic or coming


def _within(start: datetime, when: Span) -> bool:
    """On the day that was said, and where a stretch of it was said, in that stretch."""
    begin = datetime.fromisoformat(when.start or "")
    if when.end is None:
        return start.date() == begin.date()
    return begin <= start <= datetime.fromisoformat(when.end)


def _sounds_like(topic: str, title: str, desk: Desk) -> bool:
    if topic in title:
        return True
    said, read = syllables(topic), syllables(title)
    windows = [read[at : at + len(said)] for at in range(max(1, len(read) - len(said) + 1))]
    return max(similarity(said, window, desk.profile.region) for window in windows) >= SOUNDS_LIKE


def _which(key: str, choice: list[Session], desk: Desk) -> Ask:
    shown = choice[:MOST_READ_OUT]
    options = tuple(Option(_spoken(session, desk), {"session": session.id}) for session in shown)
    return Ask(key, "session", {"sessions": "；".join(option.label for option in options)}, options)


def _who(wish: Wish, desk: Desk) -> Member:
    named = members.named(desk.db, desk.speaker.branch_id, wish.text_slot("person"))
    return named[0] if len(named) == 1 else desk.speaker


def _write_down(session: Session, who: Member, desk: Desk) -> Outcome:
    standing = sessions.registration(desk.db, session.id, who.id)
    before = standing.state if standing else ""
    written = sessions.register(desk.db, session, who.id, desk.speaker.id, desk.now)
    words = {"session": _spoken(session, desk), "place": session.place, "name": who.name}
    if before == written.state:
        return Done("already", words)
    entry = desk.log(
        written.state, About("session", session.id), who.id, by=desk.speaker.name, name=who.name,
        title=session.title, day=session.starts_at[:10],
    )  # fmt: skip
    key = written.state if who.id == desk.speaker.id else f"{written.state}_other"
    return Done(
        key,
        words,
        (Effect(written.state, "registration", written.id), Effect("logged", "entry", entry.id)),
        undo=Wish("session_cancel", {"session": session.id, "person": who.name}),
    )


def _spoken(session: Session, desk: Desk) -> str:
    return f"{say_time(session.start, desk.now)}，{session.title}"
