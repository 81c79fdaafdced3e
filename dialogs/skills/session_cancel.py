"""Take a name off a session's list."""

from __future__ import annotations

from dialogs.reply import Effect
from dialogs.skill import Ask, Desk, Done, Option, Outcome, Wish
from dialogs.understanding.meaning import Span
from dialogs.understanding.times import say_time
from storage import members, sessions
from storage.log import About
from storage.members import Member
from storage.sessions import Session


def act(wish: Wish, desk: Desk) -> Outcome:
    """Withdraw the one sign-up that fits; ask where several do. No reason is asked."""
    who = _who(wish, desk)
    listed = [session for session in _signed_up(who, desk) if _fits(session, wish)]
    if not listed:
        return Done("not_signed_up", {"name": who.name})
    if len(listed) > 1:
        options = tuple(Option(_spoken(session, desk), {"session": session.id}) for session in listed[:3])
        return Ask("which", "session", {"sessions": "；".join(option.label for option in options)}, options)
    session = listed[0]
    sessions.cancel(desk.db, session.id, who.id, desk.now)
    entry = desk.log(
        "cancelled", About("session", session.id), who.id, name=who.name, by=desk.speaker.name,
        title=session.title, day=session.starts_at[:10],
    )  # fmt: skip
    return Done(
        "cancelled",
        {"session": _spoken(session, desk), "name": who.name},
        (Effect("cancelled", "session", session.id), Effect("logged", "entry", entry.id)),
        undo=Wish("session_register", {"session": session.id, "person": who.name}),
    )


def _who(wish: Wish, desk: Desk) -> Member:
    named = members.named(desk.db, desk.speaker.branch_id, wish.text_slot("person"))
    return named[0] if len(named) == 1 else desk.speaker


def _signed_up(who: Member, desk: Desk) -> list[Session]:
    """The coming sessions on whose list the person stands."""
    coming = sessions.upcoming(desk.db, desk.speaker.branch_id, desk.now)
    places = {session.id: sessions.registration(desk.db, session.id, who.id) for session in coming}
    return [
        session
        for session in coming
        if (place := places[session.id]) is not None and place.state in ("registered", "waiting")
    ]


def _fits(session: Session, wish: Wish) -> bool:
    if chosen := wish.key_slot("session"):
        return session.id == chosen
    when = wish.slots.get("when")
    if isinstance(when, Span) and when.start:
        return when.start[:10] <= session.starts_at[:10] <= (when.end or when.start)[:10]
    return True


def _spoken(session: Session, desk: Desk) -> str:
    return f"{say_time(session.start, desk.now)}，{session.title}"
